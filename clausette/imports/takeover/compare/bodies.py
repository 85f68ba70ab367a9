"""Keys of bodies: a SIRET, else a name; the same name with a SIRET elsewhere in the workbook is that body."""

from collections.abc import Iterable, Mapping

from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.records import Record
from clausette.kernel.siret import format_siret

SIREN = 9  # digits of a firm; the five others tell its establishment
ROLES = ("buyer", "contractor", "employer", "host")


class Bodies:
    """Recognises the bodies named in a workbook. `held`: key → name."""

    def __init__(self, records: Iterable[Record], held: Mapping[str, str]) -> None:
        self.held = held
        self.sirets: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        for key, name in held.items():
            self.sirets.setdefault(key_of(name), set()).add(key)
        for record in records:
            for role in ROLES:
                siret, name = record.text(f"{role}_siret"), record.text(f"{role}_name")
                if siret and name:
                    self.sirets.setdefault(key_of(name), set()).add(siret)
                    self.names.setdefault(siret, name)

    def key(self, record: Record, role: str) -> str:
        """Return the key of the body in this role, « » when none is named."""
        siret, name = record.text(f"{role}_siret"), record.text(f"{role}_name")
        if siret:
            return siret
        if not name:
            return ""
        known = self.sirets.get(key_of(name), set())
        return next(iter(known)) if len(known) == 1 else f"n:{key_of(name)}"

    def name(self, key: str) -> str:
        """A name to show for a key."""
        return self.held.get(key) or self.names.get(key) or key.removeprefix("n:")

    def remark(self, record: Record, role: str, seen: set[str]) -> None:
        """Say once of a body that it is unknown, without SIRET, or known under another name."""
        key = self.key(record, role)
        if not key or key in seen:
            return
        seen.add(key)
        name = record.text(f"{role}_name")
        if key.startswith("n:"):
            if key not in self.held:
                record.say(
                    "W206",
                    f"« {name} » n'a pas de SIRET : l'organisme est enregistré sous ce nom.",
                    f"{role}_name",
                )
        elif key not in self.held:
            record.say("W204", self._unknown(key, name), f"{role}_siret", key)
        elif name and not _near(name, self.held[key]):
            record.say(
                "W204", f"Ce SIRET est celui de « {self.held[key]} » dans Clausette.", f"{role}_siret", key
            )

    def _unknown(self, siret: str, name: str) -> str:
        """A SIRET that nobody registered: a new body, or another establishment of one that is held."""
        said = f"« {name} »" if name else "l'organisme"
        for key, known in self.held.items():
            if key[:SIREN] == siret[:SIREN]:
                return (
                    f"Cet établissement n'est pas dans Clausette, « {known} » y est sous le SIRET "
                    f"{format_siret(key)} : l'un des deux a peut-être fermé. {said} est enregistré à part."
                )
        return f"Ce SIRET n'est pas encore dans Clausette : {said} y est enregistré."


def _near(one: str, other: str) -> bool:
    first, second = set(key_of(one).split()), set(key_of(other).split())
    return bool(first & second)
