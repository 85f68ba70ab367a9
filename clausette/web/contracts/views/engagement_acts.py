"""Signed acts between engagements, the balance taken over, the shares of a group."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.commitments import operations
from clausette.commitments.enums import WITHOUT_FIGURE, ActKind, CommitmentKind
from clausette.commitments.operations import Signed
from clausette.commitments.queries import (
    CommitmentLine,
    CommitmentSheet,
    act_line,
    list_commitments,
    members_of,
    shares_of,
)
from clausette.files.enums import Purpose
from clausette.hours.operations import transfer_balance
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, WrongState
from clausette.procurement.queries import contractors_of
from clausette.web.contracts.forms.engagement_life import (
    ActForm,
    GlobaliseForm,
    MoveForm,
    ReasonForm,
    SharesForm,
    TransferForm,
    asked,
)
from clausette.web.contracts.views.carrying import give_back
from clausette.web.contracts.views.doing import kept, sent
from clausette.web.contracts.views.engagement_life import answer, changing
from clausette.web.contracts.views.engagement_side import (
    NO_GROUP,
    NO_OTHER_CONTRACT,
    NO_OTHER_FIRM,
    NOBODY_ELSE,
)
from clausette.web.contracts.views.group_table import group_context
from clausette.web.doors import action
from clausette.web.transfers import limited_upload


def _choices(
    actor: Actor, sheet: CommitmentSheet, kept_if: Callable[[CommitmentLine], bool]
) -> list[tuple[str, str]]:
    """The other engagements, as choices of a form."""
    lines = list_commitments(actor=actor, as_of=clock.today())
    own = [line for line in lines if line.id != sheet.id and line.closed_on is None and kept_if(line)]
    return [(str(line.uid), f"{line.contract_name} · {line.name}") for line in own]


def _signed(actor: Actor, sheet: CommitmentSheet, form: ActForm | TransferForm) -> Signed:
    paper = kept(actor, sheet.contract.id, form)
    if paper is None:
        raise TypeError("a valid act has its paper")
    return Signed(asked(form, "signed_on"), form.cleaned_data["reason"], paper)


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def move(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Move hours due to another engagement of the same contract."""
    sheet = changing(actor, uid)
    here = sheet.contract.id

    def owes(line: CommitmentLine) -> bool:
        return line.contract_id == here and CommitmentKind(line.kind) not in WITHOUT_FIGURE

    others = _choices(actor, sheet, owes)
    if not others or sheet.figures.followed:
        raise WrongState(NOBODY_ELSE)
    form = MoveForm(**sent(request), others=others, initial={"starts_on": clock.today()})

    def write() -> None:
        operations.move_hours(
            actor=actor, from_uid=uid, to_uid=UUID(form.cleaned_data["to"]), hours=form.cleaned_data["hours"],
            on=asked(form, "starts_on"), signed=_signed(actor, sheet, form),
        )  # fmt: skip

    intro = "Les heures quittent cet engagement et deviennent dues par l'autre : chacun reçoit une nouvelle version."
    return answer(
        request, actor, sheet, form, write, told="Les heures sont déplacées.", title="Céder des heures dues",
        verb="Enregistrer l'acte", intro=intro,
    )  # fmt: skip


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def globalise(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Let hours worked here be credited to another engagement of the same titulaire."""
    sheet = changing(actor, uid)
    here = sheet.contract.id
    others = _choices(
        actor, sheet, lambda line: line.contractor_id == sheet.contractor_id and line.contract_id != here
    )
    if not others:
        raise WrongState(NO_OTHER_CONTRACT)
    form = GlobaliseForm(**sent(request), others=others, initial={"starts_on": clock.today()})

    def write() -> None:
        operations.globalise(
            actor=actor, from_uid=uid, to_uid=UUID(form.cleaned_data["to"]), ceiling=form.cleaned_data["ceiling"],
            starts_on=asked(form, "starts_on"), ends_on=form.cleaned_data["ends_on"],
            signed=_signed(actor, sheet, form), buyers_agree=form.cleaned_data["buyers"],
        )  # fmt: skip

    intro = (
        "Des heures travaillées sur cet engagement pourront être créditées à l'autre, sur accord écrit des maîtres "
        "d'ouvrage, dans la limite du plafond. Chaque heure ne compte qu'une fois."
    )
    return answer(
        request, actor, sheet, form, write, told="La globalisation est enregistrée.", title="Globaliser des heures",
        verb="Enregistrer l'acte", intro=intro,
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def withdraw_act(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take back a globalisation, or a surplus carried over."""
    act = act_line(actor=actor, uid=uid)
    if act.kind == ActKind.CARRY_OVER:
        return give_back(request, actor, act)
    if act.from_uid is None:
        raise Absent("commitments.CommitmentAct")
    sheet = changing(actor, act.from_uid)
    form = ReasonForm(**sent(request))

    def write() -> None:
        operations.withdraw_act(actor=actor, uid=uid, on=clock.today(), reason=form.cleaned_data["reason"])

    return answer(
        request, actor, sheet, form, write, told="La globalisation est retirée.", title="Retirer la globalisation",
        verb="Retirer", intro="Aucune heure de plus ne sera créditée par cet acte.",
    )  # fmt: skip


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def transfer(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Give the balance to another titulaire of the contract."""
    sheet = changing(actor, uid)
    known = contractors_of(actor=actor, contract_id=sheet.contract.id)
    firms = [(str(firm), name) for firm, name in known if firm != sheet.contractor_uid]
    if not firms:
        raise WrongState(NO_OTHER_FIRM)
    form = TransferForm(
        **sent(request), today=clock.today(), firms=firms,
        initial={"on": clock.today(), "signed_on": clock.today()},
    )  # fmt: skip

    def write() -> None:
        transfer_balance(
            actor=actor, uid=uid, to_contractor_uid=UUID(form.cleaned_data["contractor"]), on=asked(form, "on"),
            signed=_signed(actor, sheet, form),
        )  # fmt: skip

    intro = (
        "Cet engagement garde les heures validées jusqu'à la veille ; le reste devient l'engagement du nouveau "
        "titulaire. Rien n'est perdu ni compté deux fois."
    )
    return answer(
        request, actor, sheet, form, write, told="Le solde est transféré.", title="Transférer le solde",
        verb="Transférer", intro=intro,
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def shares(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say the share of each member of the group."""
    sheet = changing(actor, uid)
    members = members_of(
        actor=actor, contract_id=sheet.contract.id, lot_id=sheet.lot.id if sheet.lot else None,
        contractor_id=sheet.contractor_id,
    )  # fmt: skip
    if len(members) < 2:
        raise WrongState(NO_GROUP)
    known = shares_of(actor=actor, commitment_id=sheet.id, as_of=clock.today())
    held = {one.organisation_uid: one.share for one in known}
    first = {f"share{index}": held.get(member.uid) for index, member in enumerate(members)}
    form = SharesForm(**sent(request), members=members, initial={**first, "on": clock.today()})

    def write() -> None:
        operations.set_shares(actor=actor, uid=uid, shares=form.shares(), on=asked(form, "on"))

    intro = (
        "Chaque part dit qui fait les heures dans le groupement. Envers le maître d'ouvrage, le titulaire doit tout."
    )
    return answer(
        request, actor, sheet, form, write, told="Les parts du groupement sont enregistrées.",
        title="Parts du groupement", verb="Enregistrer les parts", intro=intro, template="contracts/shares.html",
        **group_context(actor, sheet, members, known),
    )  # fmt: skip
