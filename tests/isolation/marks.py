"""Marks: a word written in one personal field is shown only to the roles that the register gives it.

The matrix asks whether a row may be known; this asks whether the field may be read by somebody who knows the row: a
firm that employs a person reads their name, and no reason. The register is docs/reference/fields.toml, which says it
to people too.
"""

import re
from collections.abc import Iterator

from clausette.web.fields import field_matrix
from tests.isolation.canaries import WORD, Aviary
from tests.isolation.principals import Principal

# who holds an account, in the words of the register; a body of two kinds reads what either may
ROLES = {
    "buyer": ("buyer",),
    "firm": ("contractor", "employer"),
    "employer": ("employer", "contractor"),
    "prescriber": ("prescriber",),
}
STRUCTURES = ("facilitator", "member", "no factor")
# all persons of the world are born on one day, which no other date of it is: a value, where a word cannot be
BORN = re.compile(rb"17/05/1990|17\s+mai\s+1990|1990-05-17")
BIRTH = ("participants.Participant.birth_date", "participants.Referral.birth_date")


class Register:
    """What each role may read, field by field; and the marks that were met, so that a run can say it looked."""

    def __init__(self, aviary: Aviary) -> None:
        self.aviary = aviary
        self.who = {str(one["field"]): one["who"] for one in field_matrix()}
        self.met: dict[str, set[str]] = {}

    def shown_in_spite(self, who: Principal, data: bytes, sent: bytes = b"") -> Iterator[str]:
        """Give, in words, each personal field in these bytes that no role of this person may read.

        What the person has just `sent` is theirs: a refused form gives it back.
        """
        numbers = {int(one) for one in WORD.findall(data)} - {int(one) for one in WORD.findall(sent)}
        for number in sorted(numbers & self.aviary.marks.keys()):
            mark = self.aviary.marks[number]
            if mark.field not in self.who:
                continue  # no personal field: the rights of the row decide alone
            roles = self.roles(who, mark.owner)
            self.met.setdefault(mark.field, set()).update(roles)
            if all(self.who[mark.field][role] == "no" for role in roles):
                yield f"{mark.field} read as {'/'.join(roles)}"
        if BORN.search(data) and not BORN.search(sent):
            roles = self.roles(who, who.actor.organisation_id if who.actor else None)
            self.met.setdefault(BIRTH[0], set()).update(roles)
            if all(self.who[field][role] == "no" for field in BIRTH for role in roles):
                yield f"{BIRTH[0]} read as {'/'.join(roles)}"

    def written_in(self, data: bytes) -> Iterator[str]:
        """Give each personal field whose mark is in these bytes, whoever reads them.

        The reason of an act is told by its event too (`because`): that one is where it should be.
        """
        for number in sorted({int(one) for one in WORD.findall(data)} & self.aviary.marks.keys()):
            field = self.aviary.marks[number].field
            if field in self.who and not field.endswith("reason"):
                yield field
        if BORN.search(data):
            yield BIRTH[0]

    def roles(self, who: Principal, owner: int | None) -> tuple[str, ...]:
        """The words of the register for somebody, before a row of an organisation (None: of no one in particular)."""
        if who.actor is None:
            return ("anonymous",)
        if who.role not in STRUCTURES:
            return ROLES[who.role]
        chief = ("pilot_admin",) if who.role == "facilitator" else ()
        if owner == who.actor.organisation_id:
            return ("pilot", *chief)
        return ("copilot",) if owner is not None else ("copilot", "pilot", *chief)
