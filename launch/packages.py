"""Install the locked Python packages, and remake the locks.

Stamped by the hash of the locks: nothing to do takes no time.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from launch.place import Place
from launch.processes import Command, exit_code
from launch.speech import Stop, step

GROUPS = {"run": "requirements.txt", "test": "requirements-test.txt"}
STAMP = "clausette.stamp"
LOCKED = ("--require-hashes", "--only-binary", ":all:")
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action", "ignore")
NO_NETWORK = (
    "Les {what} n'ont pas pu être installées : vérifiez l'accès de cette machine au réseau "
    "(ou à l'index de paquets de votre organisation), puis relancez. Détail : {log}"
)


def fingerprint(paths: Sequence[Path]) -> str:
    """One hash of several files, in the order given."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def attempt(place: Place, command: Command, **more: str) -> bool:
    """Run one installation command, its words kept in `build/install.log`; tell whether it succeeded."""
    place.build.mkdir(exist_ok=True)
    with (place.build / "install.log").open("a") as log:
        log.write(f"\n$ {' '.join(map(str, command))}\n")
        log.flush()
        environ = {**os.environ, **more}
        return exit_code(command, cwd=place.root, env=environ, output=log) == 0


def no_network(place: Place, what: str) -> Stop:
    """The refusal when an installation failed."""
    return Stop(NO_NETWORK.format(what=what, log=place.build / "install.log"))


def install_packages(place: Place, group: str = "run") -> None:
    """Make the environment hold exactly the locked packages of `run` or `test`. Raise Stop when it
    cannot.

    An environment that once took the test group keeps it, so that running and testing in turn
    reinstalls nothing.
    """
    stamp = place.venv / STAMP
    known: dict[str, str] = json.loads(stamp.read_text()) if stamp.exists() else {}
    if "test" in known:
        group = "test"
    locks = [place.root / name for name in ("uv.txt", "requirements.txt", GROUPS[group])]
    wanted = f"{fingerprint(locks)} python {sys.version_info[0]}.{sys.version_info[1]}"
    if known.get(group) == wanted:
        return
    step("Installation des bibliothèques Python (une seule fois)…")
    stamp.unlink(missing_ok=True)
    uv = find_uv(place)
    if not place.python.exists():
        make_environment(place, uv)
    target = place.root / GROUPS[group]
    by_uv = uv and attempt(place, [uv, "pip", "sync", "--python", place.python, *LOCKED, target])
    if not by_uv and not attempt(place, [place.python, *PIP, *LOCKED, "-r", target]):
        raise no_network(place, "bibliothèques Python")
    stamp.write_text(json.dumps({group: wanted}))


def find_uv(place: Place) -> Path | None:
    """uv, installed aside from its own lock; None when this machine cannot have it (pip does the work
    then).

    Debian without python3-venv has pip alone: `pip install --target` needs no environment. A Python
    without pip makes it through an environment of its own.
    """
    uv = place.tools / "bin/uv"
    stamp = place.tools / STAMP
    wanted = fingerprint([place.root / "uv.txt"])
    if uv.exists() and stamp.exists() and stamp.read_text() == wanted:
        return uv
    lock: list[str | Path] = ["-r", place.root / "uv.txt"]
    if not attempt(place, [sys.executable, *PIP, *LOCKED, "--upgrade", "--target", place.tools, *lock]):
        if not make_plain_environment(place):
            return None
        if not attempt(place, [place.python, *PIP, *LOCKED, "--upgrade", "--target", place.tools, *lock]):
            return None
    stamp.write_text(wanted)
    return uv if uv.exists() else None


def make_environment(place: Place, uv: Path | None) -> None:
    """Make `.venv` with uv, else with the machine's own venv."""
    if uv and attempt(place, [uv, "venv", "--quiet", "--clear", "--python", sys.executable, place.venv]):
        return
    if not make_plain_environment(place):
        raise Stop(
            "Ni pip ni venv n'ont pu servir : vérifiez le réseau, ou installez-les "
            f"(Debian : apt-get install python3-venv python3-pip). Détail : {place.build / 'install.log'}"
        )


def make_plain_environment(place: Place) -> bool:
    """Make `.venv` with the standard library, pip included; tell whether that worked."""
    if (place.venv / "bin/pip").exists():
        return True
    try:
        venv.create(place.venv, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError, SystemExit):
        return False
    return (place.venv / "bin/pip").exists()


def lock_packages(place: Place) -> None:
    """Resolve the `.in` files again and write the locks: every file with its hashes, no address of any
    index.
    """
    uv = find_uv(place)
    if uv is None:
        raise Stop("Verrouiller demande uv, qui n'a pas pu être installé sur cette machine.")
    options = (
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--upgrade",
    )
    for name in ("requirements", "requirements-test", "node"):
        step(f"Verrou de {name}.in…")
        source, target = place.root / f"{name}.in", place.root / f"{name}.txt"
        if not attempt(
            place, [uv, "pip", "compile", *options, "--python-version", "3.11", source, "-o", target]
        ):
            raise no_network(place, "versions à verrouiller")
        refuse_addresses(target)


def refuse_addresses(lock: Path) -> None:
    """Raise Stop when a lock names the address of an index: whoever installs chooses where from."""
    guilty = [
        line for line in lock.read_text().splitlines() if "://" in line and not line.lstrip().startswith("#")
    ]
    if guilty:
        raise Stop(f"Le verrou {lock.name} nomme une adresse : {guilty[0].strip()}")
