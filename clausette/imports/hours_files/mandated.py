"""A file sent by a mandate of some markets only: what it opens, and why the rest is left. Pure (docs/adr/0022)."""

from collections.abc import Iterable, Sequence

from clausette.imports.hours_files.matching import Post, names_market
from clausette.imports.hours_files.records import Confidence, Fate, HoursRecord
from clausette.kernel.french import HARD


def _opened(contracts: Sequence[str]) -> str:
    """« « Gymnase » seul »."""
    names = ", ".join(f"« {name} »" for name in contracts)
    return f"{names} seul" if len(contracts) == 1 else f"{names} seuls"


def notice_of(contracts: Sequence[str]) -> str:
    """What is said of the whole file. `contracts`: names of the markets that the mandate opens."""
    return f"Votre mandat porte sur {_opened(contracts)}{HARD}: les heures des autres marchés ne sont pas prises."


def restrict(records: Iterable[HoursRecord], posts: Sequence[Post], contracts: Sequence[str]) -> None:
    """Say on the records that match nothing what the mandate opens; ask where a record does not write its market.

    Other markets of the firm are not read: a person may work there too, and their hours would be taken for those of the
    only market seen. Said once by the sender, it is no more asked.
    """
    outside = f"Votre mandat porte sur {_opened(contracts)}. Les heures d'un autre marché, l'entreprise les déclare."
    unsaid = f"Le fichier n'écrit pas de quel marché{HARD}; votre mandat porte sur {_opened(contracts)}."
    for record in records:
        if record.fate is Fate.UNMATCHED:
            record.say("E236", outside)
            record.findings.insert(0, record.findings.pop())  # why, before what to check
        elif _is_guessed(record, posts):
            record.post, record.fate, record.confidence = None, Fate.ASK, Confidence.LIKELY
            record.say("W233", unsaid)


def _is_guessed(record: HoursRecord, posts: Sequence[Post]) -> bool:
    """Whether a record is sure of its person, and writes no market."""
    if record.fate is not Fate.NEW or record.confidence is not Confidence.EXACT or record.post is None:
        return False
    return not names_market(record.named, posts[record.post])
