"""Gestures on a path: training actions, interviews, exit, follow-up points."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.outcomes import operations
from clausette.outcomes.enums import ExitReason, FollowSituation, FollowUpPoint, InterviewKind, Obtained
from clausette.outcomes.queries import TrainingLine, exit_line, person_of_interview, training_line
from clausette.placements.queries import work_contracts_of
from clausette.web.doors import action
from clausette.web.outcomes.common import followed, gesture
from clausette.web.outcomes.forms.path import (
    ExitForm,
    FollowUpForm,
    InterviewForm,
    TrainingEndForm,
    TrainingForm,
)
from clausette.web.people.forms.checks import ReasonForm
from clausette.web.typed import posted


def _commitments(actor: Actor, person: UUID, known: TrainingLine | None = None) -> list[tuple[str, str]]:
    """The engagements on which the person works or worked, and the one already noted."""
    found = {
        str(part.commitment_uid): part.contract_name
        for line in work_contracts_of(actor=actor, participant_uid=person)
        for part in line.allocations
    }
    if known is not None and known.commitment_uid is not None:
        found.setdefault(str(known.commitment_uid), known.commitment_name)
    return list(found.items())


@action("facilitator", methods=("GET", "POST"))
def add_training(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Note a training action."""
    sheet = followed(actor, uid)
    form = TrainingForm(posted(request), commitments=_commitments(actor, uid))
    return gesture(
        request, actor, sheet, form,
        lambda: operations.add_training(actor=actor, participant_uid=uid, values=form.values()),
        title="Ajouter une formation", verb="Enregistrer", done="La formation est enregistrée.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def change_training(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Correct a training action."""
    line = training_line(actor=actor, uid=uid)
    sheet = followed(actor, line.participant_uid)
    known = {
        "kind": line.kind, "provider": line.provider, "starts_on": line.starts_on, "ends_on": line.ends_on,
        "hours_planned": line.hours_planned, "qualification": line.qualification,
        "commitment": str(line.commitment_uid or ""),
    }  # fmt: skip
    choices = _commitments(actor, line.participant_uid, line)
    form = TrainingForm(posted(request), initial=known, commitments=choices)
    return gesture(
        request, actor, sheet, form, lambda: operations.change_training(actor=actor, uid=uid, values=form.values()),
        title="Corriger la formation", verb="Enregistrer", done="La formation est corrigée.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def end_training(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say how a training action ended."""
    line = training_line(actor=actor, uid=uid)
    sheet = followed(actor, line.participant_uid)
    known = {"ended_on": line.ended_on, "hours_done": line.hours_done, "obtained": line.obtained or ""}
    form = TrainingEndForm(posted(request), initial=known)

    def act() -> None:
        said = form.cleaned_data
        operations.end_training(
            actor=actor, uid=uid, ended_on=said["ended_on"], hours_done=said["hours_done"],
            obtained=Obtained(said["obtained"]) if said["obtained"] else None, on=clock.today(),
        )  # fmt: skip

    return gesture(
        request, actor, sheet, form, act, title="Terminer la formation", verb="Enregistrer la fin",
        done="La fin de la formation est enregistrée.",
        lead=f"{line.kind.label} chez {line.provider}, depuis le {format_date(line.starts_on)}.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def withdraw_training(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a training action typed by mistake."""
    line = training_line(actor=actor, uid=uid)
    sheet, form = followed(actor, line.participant_uid), ReasonForm(posted(request))
    return gesture(
        request, actor, sheet, form,
        lambda: operations.withdraw_training(
            actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now()
        ),
        title="Retirer la formation", verb="Retirer", done="La formation est retirée.",
        lead=f"{line.kind.label} chez {line.provider}, depuis le {format_date(line.starts_on)}.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def note_interview(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Note an interview."""
    sheet, today = followed(actor, uid), clock.today()
    form = InterviewForm(posted(request), initial={"on": today})

    def act() -> None:
        said = form.cleaned_data
        operations.note_interview(
            actor=actor, participant_uid=uid, kind=InterviewKind(said["kind"]), day=said["on"], note=said["note"],
            on=today,
        )  # fmt: skip

    return gesture(
        request, actor, sheet, form, act, title="Noter un entretien", verb="Enregistrer", done="L'entretien est noté."
    )


@action("facilitator", methods=("GET", "POST"))
def withdraw_interview(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw an interview noted by mistake."""
    sheet = followed(actor, person_of_interview(actor=actor, uid=uid))
    form = ReasonForm(posted(request))
    return gesture(
        request, actor, sheet, form,
        lambda: operations.withdraw_interview(
            actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now()
        ),
        title="Retirer l'entretien", verb="Retirer", done="L'entretien est retiré.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def confirm_exit(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Confirm the end of a path, proposed on the last day worked."""
    sheet, today = followed(actor, uid), clock.today()
    works = work_contracts_of(actor=actor, participant_uid=uid)
    last = max((line.last_day for line in works if line.last_day), default=None)
    form = ExitForm(posted(request), initial={"exited_on": last if last and last <= today else None})

    def act() -> None:
        operations.confirm_exit(
            actor=actor, participant_uid=uid, exited_on=form.cleaned_data["exited_on"],
            reason=ExitReason(form.cleaned_data["reason"]), on=today,
        )  # fmt: skip

    return gesture(
        request, actor, sheet, form, act, title="Confirmer la sortie", verb="Confirmer la sortie",
        done="La sortie est confirmée.", lead="Une sortie est la fin du parcours, pas la fin d'une mission.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def withdraw_exit(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw an exit confirmed by mistake."""
    line = exit_line(actor=actor, uid=uid)
    sheet, form = followed(actor, line.participant_uid), ReasonForm(posted(request))
    return gesture(
        request, actor, sheet, form,
        lambda: operations.withdraw_exit(actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now()),
        title="Retirer la sortie", verb="Retirer", done="La sortie est retirée.",
        lead=f"Sortie du {format_date(line.exited_on)}, avec ses points de suivi.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def follow_up(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Answer a follow-up point."""
    line, today = exit_line(actor=actor, uid=uid), clock.today()
    sheet = followed(actor, line.participant_uid)
    asked = request.GET.get("point", "")
    point = FollowUpPoint(int(asked)) if asked in {str(one.value) for one in FollowUpPoint} else FollowUpPoint.AT_ONCE
    known = line.answers.get(point)
    form = FollowUpForm(posted(request), initial={"point": point.value, "situation": known or ""})

    def act() -> None:
        operations.answer_point(
            actor=actor, exit_uid=uid, point=form.asked, situation=FollowSituation(form.cleaned_data["situation"]),
            on=today,
        )  # fmt: skip

    return gesture(
        request, actor, sheet, form, act, title="Point de suivi", verb="Enregistrer",
        done="Le point de suivi est renseigné.",
        lead=f"Sortie du {format_date(line.exited_on)} vers : {line.reason.label}.",
    )  # fmt: skip
