"""Beyond the twenty cases: what the demonstration shows besides, without changing a figure of theirs."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import ContestReason, LineState, StatementSource
from clausette.hours.operations import (
    Answer,
    accept_reopening,
    answer_hours,
    ask_reopening,
    change_reporting,
    decline_proposal,
    propose_correction,
    split_total,
    submit_statement,
    validate_statement,
)
from clausette.hours.queries import confirmations_waiting, lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.operations import Beside, allocate
from config.world.buying import Due
from config.world.cases.kit import STRUCTURE, Case, Kit
from config.world.stage import at
from config.world.telling import Fate, Told

SITES = (
    ("halte", "Halte routière des Deux-Ponts", "2026-T-861", "castan"),
    ("cuisine", "Cuisine centrale des Tanneries", "2026-T-862", "rivoire"),
)
REOPENED = "nettoyage"
"""A contract whose attestation was issued before: it is computed again from the journal, reopening included."""
TOTAL, PARTS = Decimal(126), {"halte": Decimal(70), "cuisine": Decimal(48)}
"""What the GEIQ states for the month, what each engagement is credited; the rest is training, on no site."""


def stated_total(kit: Kit, actor: Actor) -> list[Case]:
    """A trainee of a GEIQ in two firms the same month: one total, split; the two statements wait for validation."""
    starts = kit.month(-1)
    ends = kit.end_of(starts, 10)
    dues: dict[str, Due] = {}
    for key, name, number, firm in SITES:
        signed = kit.contract(actor, key, name, "metropole", number, starts=starts, ends=ends, amount=310_000)
        kit.award(actor, signed, firm, on=starts)
        dues[key] = kit.owe(actor, signed, key, firm, starts=starts, ends=ends, minimum=500)
    who = kit.person(actor, "Mehdi", "Carlier", date(2004, 9, 2), "GEIQ", on=starts - timedelta(days=9))
    work = kit.hire(
        actor, who, dues["halte"], starts=starts, ends=ends, employer="geiq", modality=Modality.GEIQ,
        kind=WorkContractKind.PROFESSIONALISATION, job="ouvrier du second œuvre",
    )  # fmt: skip
    allocate(actor=actor, placement_uid=work.uid, commitment_uid=dues["cuisine"].uid, starts_on=starts, ends_on=ends,
             host_company_uid=kit.stage.bodies["rivoire"], beside=Beside.SHARE, share=Decimal("0.4"),
             on=kit.past(starts))  # fmt: skip
    on = kit.past(kit.month(0).replace(day=5))
    split_total(
        actor=actor, placement_uid=work.uid, month=starts, total=TOTAL, seen=None, source=StatementSource.GRID, on=on,
        parts={dues[key].uid: hours for key, hours in PARTS.items()},
    )  # fmt: skip
    works = {"halte": work, "cuisine": kit.again(work, dues["cuisine"])}
    for key, _, _, firm in SITES:
        signed = dues[key].contract
        uid = statements_visible_to(actor).values_list("uid", flat=True).get(contract__uid=signed.uid)
        submit_statement(actor=actor, uid=uid, version=None, at=at(on), on=on)
        told = Told(key, STRUCTURE, "geiq", starts, Fate.WAITING, proved=False, lines=((works[key], PARTS[key]),))
        kit.ledger.statements.append((told, uid))
        kit.tell(actor, signed, firm, starts, [])
    return [Case(21, "total", "Un total réparti entre deux entreprises",
                 {key: due.contract.uid for key, due in dues.items()}, {key: due.uid for key, due in dues.items()},
                 {"mehdi": who.uid})]  # fmt: skip


LENT = ("Nour", "Basile")
"""Two people that Passerelle Intérim lends on the site whose titulaire confirms."""


def confirmed(kit: Kit, actor: Actor) -> list[Case]:
    """An engagement whose titulaire confirms: a month « non contesté », one contested, one to confirm."""
    starts, ends = kit.month(-3), kit.end_of(kit.month(-3), 14)
    signed = kit.contract(actor, "maraichers", "Halle des Maraîchers", "metropole", "2026-T-871", starts=starts,
                          ends=ends, amount=420_000)  # fmt: skip
    kit.award(actor, signed, "ferrand", on=starts)
    due = kit.owe(actor, signed, "maraichers", "ferrand", starts=starts, ends=ends, minimum=600, confirmed_by_firm=True)
    works = []
    for rank, first in enumerate(LENT):
        who = kit.person(actor, first, ("Delattre", "Oumarou")[rank], date(1994 + rank, 3, 12), "SIAE",
                         on=starts - timedelta(days=12), pass_ends_on=kit.end_of(starts, 20))  # fmt: skip
        works.append(
            kit.hire(actor, who, due, starts=starts, ends=ends, employer="etti", modality=Modality.ETTI,
                     kind=WorkContractKind.TEMP_MISSION, job="manœuvre gros œuvre", weekly=20)
        )  # fmt: skip
    handed = [kit.past(add_months(kit.month(rank), 1).replace(day=5)) for rank in (-3, -2)]
    handed.append(kit.stage.calendar.as_of - timedelta(days=3))
    uids = [
        kit.tell(actor, signed, "etti", kit.month(rank), [(works[0], first), (works[1], second)], typed=on,
                 validated=False)
        for rank, first, second, on in ((-3, "62", "58", handed[0]), (-2, "66", "60", handed[1]),
                                        (-1, "64", "61", handed[2]))
    ]  # fmt: skip
    for month in (-3, -2, -1):
        kit.tell(actor, signed, "ferrand", kit.month(month), [])
    checked = handed[0] + timedelta(days=15)
    validate_statement(actor=actor, uid=uids[0], version=None, at=at(checked, 15), on=checked)
    _contest(kit, handed[1] + timedelta(days=2))
    people = {first.lower(): work.who.uid for first, work in zip(LENT, works, strict=True)}
    return [Case(22, "confirmed", "Des heures confirmées par l'entreprise", {"maraichers": signed.uid},
                 {"maraichers": due.uid}, people)]  # fmt: skip


def _contest(kit: Kit, on: date) -> None:
    """The titulaire confirms one line of the month of two months ago, and contests the other."""
    month = kit.month(-2)
    with kit.stage.acting("ines") as firm:
        sheet = next(one for one in confirmations_waiting(actor=firm, on=on) if one.month == month)
        kept, other = sheet.lines
        contest = Answer(other.line_uid, True, other.hours - 8, ContestReason.ABSENT, other.hours)
        answer_hours(actor=firm, answers=[Answer(kept.line_uid, seen=kept.hours), contest], at=at(on))


def reopened(kit: Kit, actor: Actor) -> list[Case]:
    """A month reopened at the request of the facilitator, accepted by the director, corrected and validated again;
    another waits for her decision."""
    month = kit.month(-5)
    uid = next(uid for told, uid in kit.ledger.statements if (told.contract, told.month) == (REOPENED, month))
    on = kit.past(add_months(month, 2).replace(day=9))
    asked = ask_reopening(actor=actor, uid=uid, version=None, at=at(on), on=on,
                          reason="Feuilles de la dernière semaine reçues après la validation.")  # fmt: skip
    with kit.stage.acting("helene") as director:
        accept_reopening(actor=director, uid=asked.uid, at=at(on, 14), on=on)
    later = on + timedelta(days=1)
    validate_statement(actor=actor, uid=uid, version=None, at=at(later, 9), on=later)
    waits = next(uid for told, uid in kit.ledger.statements if (told.contract, told.month) == (REOPENED, kit.month(-3)))
    ask_reopening(actor=actor, uid=waits, version=None, at=at(kit.stage.calendar.as_of), on=kit.stage.calendar.as_of,
                  reason="Deux jours de formation sont comptés en travail.")  # fmt: skip
    return []


def proposed(kit: Kit, actor: Actor) -> list[Case]:
    """Ferrand proposes another figure on its last validated month, and waits; Passerelle Intérim was answered."""
    on = kit.stage.calendar.as_of
    _propose(kit, "ines", "ferrand", on - timedelta(days=2), Decimal(8), "Une journée d'intempéries dite travaillée.")
    asked = on - timedelta(days=9)
    uid = _propose(kit, "paul", "etti", asked, Decimal(-7), "Le dernier vendredi manque sur notre relevé de mission.")
    decline_proposal(
        actor=actor, uid=uid, at=at(asked + timedelta(days=3), 11),
        reason="La feuille signée par le chantier ne porte pas ce vendredi : envoyez-la nous signée.",
    )  # fmt: skip
    return []


def _propose(kit: Kit, who: str, declarant: str, on: date, less: Decimal, reason: str) -> UUID:
    """Who declares takes some hours off the first line of its last validated month, or adds some."""
    told = [
        (told.month, uid) for told, uid in kit.ledger.statements
        if (told.declarant, told.owner, told.fate) == (declarant, STRUCTURE, Fate.VALIDATED)
        and told.lines and told.contract != REOPENED and told.month < kit.month(0)
    ]  # fmt: skip
    _, statement = max(told, key=lambda one: one[0])
    with kit.stage.acting(who) as firm:
        lines = lines_visible_to(firm).filter(statement__uid=statement, state=LineState.VALIDATED, corrects=None)
        line, hours = lines.order_by("id").values_list("uid", "hours")[0]
        return propose_correction(
            actor=firm, line_uid=line, hours=hours - less, reason=reason, at=at(on), on=on
        ).uid


def another_reports(kit: Kit, actor: Actor) -> list[Case]:
    """On the shared gymnase, the neighbour reports the hours of the lot where its own person works."""
    neighbour: UUID = kit.stage.bodies["mde"]
    change_reporting(
        actor=actor, commitment_uid=kit.market.owed["gymnase-3"].uid, structure_uid=neighbour,
        from_month=kit.month(-1), on=kit.stage.calendar.as_of,
        reason="Accord entre les deux structures : la Maison de l'emploi suit la personne au travail sur ce lot.",
    )  # fmt: skip
    return []
