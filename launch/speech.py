"""What the launcher says, in French, to the person at the terminal."""

import sys
import time

_BEGIN = time.monotonic()


class Stop(Exception):
    """The command cannot go on.

    The message is one French sentence, shown without traceback; the exit code is 1.
    """


def say(sentence: str = "") -> None:
    """Print one line now, even into a pipe."""
    print(sentence, flush=True)


def step(sentence: str) -> None:
    """Print one line of progress with the seconds since the start."""
    say(f"[{time.monotonic() - _BEGIN:6.1f} s] {sentence}")


def complain(sentence: str) -> None:
    """Print one line on the error output."""
    print(sentence, file=sys.stderr, flush=True)


def sentence_of(error: OSError, fallback: str = "") -> str:
    """The French sentence for a fault of the file system.

    `error` is what the system raised; `fallback` is said of faults that have no sentence of their own.
    """
    name = str(error.filename or "")
    if isinstance(error, PermissionError) or error.errno == 30:  # EROFS: read-only file system
        return (
            f"Le dossier ou fichier {name or '(inconnu)'} ne peut pas être lu ou écrit : vérifiez ses droits."
        )
    if error.errno in (28, 122):  # ENOSPC, EDQUOT
        return f"Le disque est plein{f' ({name})' if name else ''} : libérez de la place, puis relancez."
    return fallback or f"Le système a refusé une opération : {error}."
