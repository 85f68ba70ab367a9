"""Prescribers and what they propose: one of each answer, and a need."""

from datetime import date, timedelta
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.kernel.months import add_months
from clausette.participants.enums import ConsentMeans, EvidenceMeans, PrescriberKind, Sex
from clausette.participants.operations import (
    Candidate,
    Told,
    propose_referral,
    return_referral,
    take_referral,
    tell_need,
    tie_prescriber,
)
from config.world.cast import BODY, TOWN
from config.world.stage import Stage


def _candidate(first: str, last: str, born_on: date, on: date, *codes: str, opinion: str = "") -> Candidate:
    return Candidate(
        first, last, born_on, on, ConsentMeans.SIGNED, Sex.UNKNOWN, TOWN, opinion=opinion,
        situations=[Told(code, EvidenceMeans.SEEN) for code in codes],
    )  # fmt: skip


def refer(stage: Stage) -> None:
    """A mission locale tied to both structures proposes four people; one is looked at, one sent back."""
    today, body = stage.calendar.as_of, BODY["mission"]
    for structure in ("plie", "mde"):
        with stage.structure(structure) as actor:
            tie_prescriber(
                actor=actor, name=body.name, siret=body.siret, kind=PrescriberKind.ML, on=today - timedelta(days=300)
            )
    with stage.structure("plie") as actor:
        need = tell_need(
            actor=actor, job="Maçon", site="École Pasteur", people=2, commune_name=TOWN,
            starts_on=today + timedelta(days=20), ends_on=today + timedelta(days=12), on=today,
        )  # fmt: skip
        tell_need(
            actor=actor, job="Agent de propreté", people=3, commune_name=TOWN, starts_on=today + timedelta(days=30),
            ends_on=today + timedelta(days=25), on=today,
        )  # fmt: skip
        structure_uid = get_organisation(actor=actor, uid=stage.bodies["plie"]).uid
    proposed = (
        ("Noé", "Vasquez", 20, 9, "JEUNE_SQ"),
        ("Maëlle", "Thibault", 23, 6, "JEUNE_SQ", "RSA"),
        ("Idriss", "Kanté", 24, 3, "JEUNE_SQ"),
        ("Lina", "Prévost", 21, 1, "JEUNE_SQ"),
    )
    uids: list[UUID] = []
    for first, last, age, days, *codes in proposed:
        on = today - timedelta(days=int(days))
        who = _candidate(
            str(first), str(last), add_months(on, -12 * int(age)) - timedelta(days=40), on, *map(str, codes),
            opinion="Sans emploi depuis la fin de sa formation. Motivation constante, disponible tout de suite.",
        )  # fmt: skip
        with stage.acting("zoe") as actor:
            uids.append(
                propose_referral(
                    actor=actor, structure_uid=structure_uid, candidate=who, need_uid=None if len(uids) == 3 else need,
                    on=on,
                )
            )  # fmt: skip
    with stage.structure("plie") as actor:
        take_referral(actor=actor, uid=uids[1])
        told = "Pouvez-vous préciser depuis quand cette personne n'est plus en formation ?"
        return_referral(actor=actor, uid=uids[2], reason=told, on=today - timedelta(days=1))
