"""What becomes of people: exits with their follow-up, a training, an FSE+ operation with a person who came back."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.outcomes import operations as outcomes
from clausette.outcomes.enums import (
    Employment,
    ExitReason,
    FollowSituation,
    FollowUpPoint,
    InterviewKind,
    Isced,
    LeavingReason,
    Nationality,
    Obtained,
    Sensitive,
    Situation,
    Support,
    TrainingKind,
    YesNo,
)
from clausette.outcomes.queries import exits_to_confirm
from clausette.outcomes.rules import EntrySaid, ExitSaid, SensitiveSaid, due_on
from config.world.cast import TOWN
from config.world.stage import Stage
from config.world.working import Crew

FSE = "Parcours d'insertion du Val d'Orselle"
SEALED = SensitiveSaid(Nationality.REFUSED, Sensitive.NO, Sensitive.REFUSED, Sensitive.NO, Sensitive.YES)


def follow_paths(stage: Stage, crew: Crew) -> None:
    """Two exits confirmed, the others left to be; one training; one operation, a return and an exit told late."""
    as_of = stage.calendar.as_of
    with stage.structure("plie") as actor:
        gone = exits_to_confirm(actor=actor, on=as_of)
        for one, reason in zip(gone[:2], (ExitReason.CDI, ExitReason.SEEKING), strict=False):
            uid = outcomes.confirm_exit(
                actor=actor, participant_uid=one.participant_uid, exited_on=one.last_worked_on, reason=reason, on=as_of
            )
            if reason == ExitReason.CDI and due_on(one.last_worked_on, FollowUpPoint.THREE) <= as_of:
                outcomes.answer_point(
                    actor=actor, exit_uid=uid, point=FollowUpPoint.THREE, situation=FollowSituation.EMPLOYED, on=as_of
                )
        at_work = [work.who.uid for work in crew.works if work.who.structure == "plie" and work.ends_on is not None]
        people = list(dict.fromkeys(uid for uid in at_work if uid not in {one.participant_uid for one in gone[:2]}))
        _trained(actor, people[0], as_of)
        _funded(actor, people[:3], as_of)


def _trained(actor: Actor, person: UUID, as_of: date) -> None:
    starts_on = add_months(as_of, -3)
    values = outcomes.TrainingValues(
        TrainingKind.SAFETY, "Centre de formation du Val d'Orselle", starts_on, starts_on + timedelta(days=4),
        Decimal(35), "CACES R482 catégorie A",
    )  # fmt: skip
    uid = outcomes.add_training(actor=actor, participant_uid=person, values=values)
    outcomes.end_training(
        actor=actor, uid=uid, ended_on=starts_on + timedelta(days=4), hours_done=Decimal(35), obtained=Obtained.YES,
        on=as_of,
    )  # fmt: skip
    outcomes.note_interview(
        actor=actor, participant_uid=person, kind=InterviewKind.FOLLOW_UP, day=as_of - timedelta(days=12),
        note="Souhaite passer le permis B ; garage solidaire contacté.", on=as_of,
    )  # fmt: skip


def _funded(actor: Actor, people: list[UUID], as_of: date) -> None:
    year = (as_of - timedelta(days=100)).year
    values = outcomes.OperationValues(
        FSE, f"{year}00457", date(year, 1, 1), "FSE+ et Département", ends_on=date(year + 1, 12, 31)
    )
    funded = outcomes.create_operation(actor=actor, values=values)
    back, late, signing = people

    def enter(person: UUID, day: date) -> UUID:
        return outcomes.enter(
            actor=actor, participant_uid=person, operation_uid=funded, entered_on=day, support=Support.LASTING, on=as_of
        )

    first = as_of - timedelta(days=70)
    entry = enter(back, first)
    _signed(actor, entry, first, as_of)
    outcomes.leave(
        actor=actor, entry_uid=entry, left_on=first + timedelta(days=20),
        said=ExitSaid(LeavingReason.DROPPED, Situation.SEEKING, YesNo.NO), on=as_of,
    )  # fmt: skip
    again = enter(back, first + timedelta(days=40))
    _signed(actor, again, first + timedelta(days=41), as_of)
    third = enter(late, first)
    _signed(actor, third, first, as_of)
    outcomes.leave(actor=actor, entry_uid=third, left_on=first + timedelta(days=30), said=None, on=as_of)
    enter(signing, as_of - timedelta(days=3))


def _signed(actor: Actor, entry: UUID, day: date, as_of: date) -> None:
    said = EntrySaid(
        TOWN, "12 rue de la Fontaine", "00000", TOWN, "06 00 00 00 00", "", Employment.UNEMPLOYED, 14, YesNo.NO,
        Isced.LOW,
    )  # fmt: skip
    signature = outcomes.Signature(min(day, as_of), min(day, as_of))
    outcomes.fill_entry(
        actor=actor, entry_uid=entry, said=said, sensitive=SEALED, signature=signature, on=as_of
    )
