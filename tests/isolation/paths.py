"""Paths of people: training, exits and what comes after, FSE+; the structure that follows them alone reads."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clausette.kernel.sealing import keyring
from clausette.outcomes.enums import Nationality
from clausette.outcomes.rules import EntrySaid, ExitSaid, SensitiveSaid
from clausette.outcomes.sealing import seal_answers

if TYPE_CHECKING:
    from tests.isolation.world import World

# persons with a path told: those of each structure, one of whom is at work on a shared contract
TOLD = {"A1": "A", "A3": "A", "B1": "B", "C2": "C"}


def walked(world: "World") -> None:
    """Write a training action, an interview and an exit for some persons; the prescriber who referred sees none."""
    for owner in ("A", "B", "C"):
        world.plant(
            f"funded {owner}", "outcomes.FundedOperation", {owner}, owner_org_id=world.org(owner), code=f"{owner}-1",
            starts_on=date(2026, 1, 5),
        )  # fmt: skip
    for name, owner in TOLD.items():
        whose = {
            "participant": world.rows[f"participant {name}"], "owner_org_id": world.org(owner),
            "noted_by_id": world.members[owner].account_id,
        }  # fmt: skip
        kept = {**whose, "withdrawn_reason": ""}
        world.plant(
            f"training {name}", "outcomes.TrainingAction", {owner}, **kept, kind="safety", starts_on=date(2026, 2, 2),
            hours_planned=Decimal(35),
        )  # fmt: skip
        world.plant(f"interview {name}", "outcomes.Interview", {owner}, **kept, kind="call", on=date(2026, 2, 2))
        left = world.plant(
            f"exit {name}", "outcomes.PathExit", {owner}, **kept, exited_on=date(2026, 2, 1), reason="training",
            confirmed_on=date(2026, 2, 2),
        )  # fmt: skip
        world.plant(
            f"point {name}", "outcomes.FollowUp", {owner}, **whose, exit=left, point=0, situation="training",
            answered_on=date(2026, 2, 2),
        )  # fmt: skip
        _funded(world, name, owner, whose)


def _funded(world: "World", name: str, owner: str, whose: dict[str, Any]) -> None:
    """An entry with its three questionnaires; the address sealed in the first is a word found nowhere else."""
    entry = world.plant(
        f"entry {name}", "outcomes.FundedEntry", {owner}, **whose, withdrawn_reason="",
        operation=world.rows[f"funded {owner}"], entered_on=date(2026, 1, 6),
    )  # fmt: skip
    person, word = world.rows[f"participant {name}"].uid, world.aviary.word()
    ring = keyring([person], make=True)
    first = world.plant(
        f"questionnaire {name}", "outcomes.EntryQuestionnaire", {owner}, **whose, entry=entry, version=1, reason=""
    )  # fmt: skip
    answers = {key: value for key, value in whose.items() if key != "noted_by_id"}
    private = world.plant(f"private {name}", "outcomes.SensitiveAnswers", {owner}, **answers, questionnaire=first)
    last = world.plant(
        f"leaving {name}", "outcomes.ExitQuestionnaire", {owner}, **whose, entry=entry, version=1,
        answered_on=date(2026, 2, 2),
    )  # fmt: skip
    said: dict[Any, EntrySaid | SensitiveSaid | ExitSaid] = {
        first: EntrySaid(address=word), private: SensitiveSaid(Nationality.EU), last: ExitSaid(),
    }
    for row, one in said.items():
        row.sealed = seal_answers(ring, person=person, row=row.uid, said=one)
        row.save(update_fields=["sealed"])
    number = int(word[2:6])
    world.aviary.words[number] = world.aviary.rows[first._meta.db_table, first.pk]
    world.aviary.mark(number, "outcomes.EntryQuestionnaire", "sealed", world.org(owner))
