"""Every dated gesture of every room moves the clock: a table added tomorrow cannot be forgotten."""

from datetime import date

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import DateField

from clausette.privacy.queries.catalogue import held_tables
from clausette.privacy.queries.retention import on_the_clock
from tests.hats import acting, as_owner
from tests.isolation import world as dense

pytestmark = pytest.mark.django_db
FAR, TERM, THEN = date(2040, 5, 10), date(2042, 5, 10), date(2042, 5, 11)
MOVES: dict[str, tuple[str, ...]] = {
    "participants.PersonContact": ("referred_on",),
    "participants.EligibilityCheck": ("asked_on", "decided_on"),
    "participants.Home": ("known_on",),
    "participants.LimitMove": ("decided_on",),
    "participants.CheckNote": ("dated_on",),
    "participants.Referral": ("sent_on", "answered_on"),
    "placements.Placement": ("ended_on",),
    "outcomes.TrainingAction": ("ended_on",),
    "outcomes.Interview": ("on",),
    "outcomes.PathExit": ("confirmed_on",),
    "outcomes.FollowUp": ("answered_on",),
    "outcomes.FundedEntry": ("left_on",),
    "outcomes.EntryQuestionnaire": ("signed_on", "notice_on"),
    "outcomes.ExitQuestionnaire": ("answered_on",),
    "privacy.NoticeGiven": ("given_on",),
}
ALSO = {  # constraints tie them
    ("participants.EligibilityCheck", "decided_on"): {"hire_before": FAR},
    ("outcomes.EntryQuestionnaire", "signed_on"): {"notice_on": date(2026, 1, 6)},
}
STILL: dict[str, str] = {
    "participants.Participant": "a birth, and the end of the clock",
    "participants.DecisionFacts": "frozen with a decision, whose day counts",
    "participants.Resemblance": "two records compared: the person was not met",
    "participants.Reunion": "two records made one: the person was not met",
    "participants.ReferralPiece": "within the dates of its referral, then of the decision, which count",
    "privacy.Erasure": "the end of the clock",
    "privacy.RetentionHold": "holds, and does not count as a contact",
    "placements.Allocation": "within the dates of its work contract, which counts",
    "hours.WorkedMonth": "within the dates of its work contract, which counts",
    "hours.HoursLine": "within the dates of its work contract, which counts",
    "hours.UnlistedPerson": "hours named apart then matched: within the dates of the work contract, which counts",
    "hours.PriorTraining": "before the dates of its work contract, which counts",
    "hours.CorrectionProposal": "about hours, within the dates of their work contract",
    "hours.Confirmation": "an answer about hours, within the dates of their work contract",
}


def test_every_table_with_a_day_that_holds_a_person_moves_the_clock_or_says_why_not() -> None:
    dated = {
        table.label
        for table in held_tables()
        if any(isinstance(one, DateField) and one.name != "created_at" for one in table.model._meta.concrete_fields)
    }
    assert dated == set(MOVES) | set(STILL)
    assert not set(MOVES) & set(STILL)


def test_each_of_these_days_keeps_the_person_two_years_more() -> None:
    world = dense.build()
    who = world.rows["participant A1"]
    with as_owner():
        over = {"ended_on": date(2026, 3, 31), "end_reason": "resignation"}
        apps.get_model("placements.Placement").objects.filter(participant_id=who.pk).update(**over)
        apps.get_model("privacy.Erasure").objects.filter(participant_id=who.pk).delete()
        apps.get_model("participants.Participant").objects.filter(pk=who.pk).update(erased_on=None)
        referrals = apps.get_model("participants.Referral").objects.filter(owner_org_id=who.owner_org_id)
        answer = {"state": "accepted", "answered_on": date(2026, 1, 6), "participant_id": who.pk}
        referrals.filter(pk__in=referrals.values("pk")[:1]).update(**answer, consent_withdrawn_on=None)
    forgotten = []
    paths = {table.label: table.path for table in held_tables()}
    for label, fields in MOVES.items():
        for field in fields:
            with transaction.atomic():
                with as_owner():
                    rows = apps.get_model(label).objects.filter(**{paths[label]: who.pk})
                    numbers = list(rows.values_list("pk", flat=True)[:1])
                    assert numbers, f"no {label} about this person"
                    apps.get_model(label).objects.filter(pk__in=numbers).update(
                        **{field: FAR}, **ALSO.get((label, field), {})
                    )
                with acting(world.members["A"]) as actor:
                    ends = [
                        one.kept_until for one in on_the_clock(actor=actor, on=THEN, category="person")
                        if one.participant_id == who.pk
                    ]  # fmt: skip
                if ends != [TERM]:
                    forgotten.append((label, field, ends))
                transaction.set_rollback(True)
    assert forgotten == []
