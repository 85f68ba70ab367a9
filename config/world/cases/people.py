"""Cases of people: lent to three firms, weekly missions, hired after a mission, already employed, examined again."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from clausette.commitments.operations import Terms
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, first_day
from clausette.participants.enums import Sex
from clausette.placements.enums import LinkKind, Modality, WorkContractKind
from clausette.placements.operations import allocate
from config.world.buying import Due, Signed
from config.world.cases.kit import Case, Kit
from config.world.working import Work

MISSIONS = 20
"""As many weekly missions as the case of the model says."""
DAY_HOURS = 5
FIVE_DAYS = 4
"""From Monday to Friday, counted in nights."""


def lycee(kit: Kit, actor: Actor) -> list[Case]:
    """One long contract on which the cases of people are told."""
    starts, ends = kit.month(-26), kit.end_of(kit.month(-26), 33)
    signed = kit.contract(actor, "lycee", "Lycée Marie-Curie", "departement", "D-2024-858", starts=starts, ends=ends,
                          amount=6_400_000)  # fmt: skip
    kit.award(actor, signed, "ferrand", on=starts)
    due = kit.owe(actor, signed, "lycee", "ferrand", starts=starts, ends=ends,
                  terms=Terms(minimum_hours=Decimal(2400), offer_hours=Decimal(3000)))  # fmt: skip
    months: dict[date, list[tuple[Work, str]]] = defaultdict(list)
    cases = [
        Case(7, "offre", "Offre au-dessus du minimum", {"lycee": signed.uid}, {"lycee": due.uid}),
        _examined_again(kit, actor, due, months),
        _already_employed(kit, actor, due, months),
        _hired_after_mission(kit, actor, signed, due, months),
        _weekly_missions(kit, actor, signed, due),
    ]
    _tell_all(kit, actor, signed, months, starts)
    return cases


def _tell_all(
    kit: Kit, actor: Actor, signed: Signed, months: dict[date, list[tuple[Work, str]]], first: date
) -> None:
    """Every month of the firm, « aucune heure » when nobody worked; the last December is declared in March."""
    december = _last_december(kit)
    month = first
    while month < kit.month(0):
        late = add_months(month, 3) if month == december else None
        kit.tell(
            actor, signed, "ferrand", month, months.get(month, []),
            typed=late.replace(day=10) if late else None, checked=late.replace(day=20) if late else None,
        )  # fmt: skip
        month = add_months(month, 1)


def _last_december(kit: Kit) -> date:
    """The December of the last year that is over."""
    return kit.month(0).replace(month=12, day=1, year=kit.month(0).year - 1)


def _examined_again(
    kit: Kit, actor: Actor, due: Due, months: dict[date, list[tuple[Work, str]]]
) -> Case:
    """Hours counted until 24 months after the first one; a new decision on new facts opens them again."""
    first, again = kit.month(-26), kit.month(-2)
    who = kit.person(actor, "Awa", "Sissoko", date(1984, 3, 9), "DELD", on=first - timedelta(days=6), sex=Sex.FEMALE)
    before = kit.hire(actor, who, due, starts=first, ends=kit.end_of(first, 3))
    for rank in range(3):
        months[add_months(first, rank)].append((before, "90"))
    december = _last_december(kit)
    middle = kit.hire(actor, who, due, starts=december, ends=kit.end_of(december, 1), follows_uid=before.uid,
                      link=LinkKind.FOLLOWS)  # fmt: skip
    months[december].append((middle, "70"))
    kit.decide(actor, who, "RSA", on=again)
    after = kit.hire(actor, who, due, starts=again + timedelta(days=1), ends=kit.end_of(again, 6),
                     follows_uid=middle.uid, link=LinkKind.FOLLOWS)  # fmt: skip
    for rank in range(2):
        months[add_months(again, rank)].append((after, "80"))
    return Case(15, "reexamen", "Éligibilité réexaminée à 24 mois", {"lycee": due.contract.uid}, {"lycee": due.uid},
                {"awa": who.uid})  # fmt: skip


def _already_employed(
    kit: Kit, actor: Actor, due: Due, months: dict[date, list[tuple[Work, str]]]
) -> Case:
    """Already in the firm: refused unless a reason is written."""
    starts = kit.month(-10)
    who = kit.person(actor, "Denis", "Maurel", date(1969, 7, 22), "SENIOR", on=starts - timedelta(days=9))
    reason = "Passage d'un temps partiel subi de 8 h à un temps plein, avis motivé du prescripteur."
    work = kit.hire(actor, who, due, starts=starts, ends=kit.end_of(starts, 6),
                    employed_since=starts - timedelta(days=200), already_employed_reason=reason)  # fmt: skip
    for rank in range(6):
        months[add_months(starts, rank)].append((work, "60"))
    return Case(14, "deja", "Personne déjà salariée de l'entreprise", {"lycee": due.contract.uid},
                {"lycee": due.uid}, {"denis": who.uid})  # fmt: skip


def _hired_after_mission(
    kit: Kit, actor: Actor, signed: Signed, due: Due, months: dict[date, list[tuple[Work, str]]]
) -> Case:
    """A mission of three months, then the firm hires for good: two work contracts, one person."""
    starts, hired = kit.month(-8), kit.month(-5)
    who = kit.person(actor, "Lamine", "Baldé", date(1996, 11, 2), "SIAE", on=starts - timedelta(days=5),
                     pass_ends_on=add_months(starts, 20))  # fmt: skip
    mission = kit.hire(actor, who, due, starts=starts, ends=kit.end_of(starts, 3), employer="etti",
                       modality=Modality.ETTI, kind=WorkContractKind.TEMP_MISSION)  # fmt: skip
    for rank in range(3):
        kit.tell(actor, signed, "etti", add_months(starts, rank), [(mission, "110")])
    cdi = kit.hire(actor, who, due, starts=hired, ends=None, kind=WorkContractKind.CDI, follows_uid=mission.uid,
                   link=LinkKind.HIRED_AFTER_MISSION)  # fmt: skip
    for rank in range(5):
        months[add_months(hired, rank)].append((cdi, "120"))
    return Case(12, "cdi", "Mission suivie d'un CDI", {"lycee": signed.uid}, {"lycee": due.uid}, {"lamine": who.uid})


def _weekly_missions(kit: Kit, actor: Actor, signed: Signed, due: Due) -> Case:
    """Twenty missions of a week, one after the other: one « contrat compté »."""
    start = kit.month(-17)
    monday = start + timedelta(days=(7 - start.weekday()) % 7)
    who = kit.person(actor, "Samuel", "Ravel", date(1990, 1, 30), "SIAE", on=start - timedelta(days=4),
                     pass_ends_on=add_months(start, 22))  # fmt: skip
    months: dict[date, list[tuple[Work, str]]] = defaultdict(list)
    for rank in range(MISSIONS):
        begins = monday + timedelta(days=7 * rank)
        work = kit.hire(
            actor, who, due, starts=begins, ends=begins + timedelta(days=FIVE_DAYS), employer="etti2",
            modality=Modality.ETTI, kind=WorkContractKind.TEMP_MISSION, job="manœuvre",
        )  # fmt: skip
        days = [begins + timedelta(days=one) for one in range(FIVE_DAYS + 1)]
        for month in sorted({first_day(day) for day in days}):
            worked = DAY_HOURS * sum(1 for day in days if first_day(day) == month)
            months[month].append((work, str(worked)))
    for month, lines in sorted(months.items()):
        kit.tell(actor, signed, "etti2", month, lines)
    return Case(11, "missions", "Vingt missions d'une semaine", {"lycee": signed.uid}, {"lycee": due.uid},
                {"samuel": who.uid})  # fmt: skip


def geiq(kit: Kit, actor: Actor) -> list[Case]:
    """One work contract of a GEIQ, three firms in turn, three engagements credited."""
    starts, ends = kit.month(-8), kit.end_of(kit.month(-8), 12)
    lots = (
        ("1", "Gros œuvre", 900_000, True),
        ("2", "Menuiseries", 400_000, True),
        ("3", "Électricité", 350_000, True),
    )
    signed = kit.contract(actor, "forges", "Écoquartier des Forges", "bailleur", "OH-2026-82", starts=starts, ends=ends,
                          lots=lots)  # fmt: skip
    firms = {"1": "ferrand", "2": "castan", "3": "rivoire"}
    for lot, firm in firms.items():
        kit.award(actor, signed, firm, on=starts, lot=lot)
    dues = {
        lot: kit.owe(actor, signed, f"forges-{lot}", firm, starts=starts, ends=ends, minimum=300, lot=lot)
        for lot, firm in firms.items()
    }
    known = starts - timedelta(days=8)
    who = kit.person(actor, "Inaya", "Cordier", date(2005, 5, 14), "GEIQ", on=known, sex=Sex.FEMALE)
    turns = (("1", -8, 3, "100"), ("2", -5, 2, "90"), ("3", -3, 3, "80"))
    work: Work | None = None
    for lot, first, length, hours in turns:
        begins, until = kit.month(first), kit.end_of(kit.month(first), length)
        if work is None:
            work = kit.hire(
                actor, who, dues[lot], starts=begins, ends=ends, employer="geiq", modality=Modality.GEIQ,
                kind=WorkContractKind.PROFESSIONALISATION, job="ouvrière du bâtiment", host_until=until,
            )  # fmt: skip
        else:
            allocate(actor=actor, placement_uid=work.uid, commitment_uid=dues[lot].uid, starts_on=begins,
                     ends_on=until, host_company_uid=kit.stage.bodies[firms[lot]], on=kit.past(begins))  # fmt: skip
            work = kit.again(work, dues[lot])
        kit.tell_months(actor, signed, "geiq", begins, [hours] * length, [work])
    month = starts
    while month < kit.month(0):
        for firm in firms.values():
            kit.tell(actor, signed, firm, month, [])
        month = add_months(month, 1)
    owed = {lot: due.uid for lot, due in dues.items()}
    return [Case(10, "geiq", "Salariée d'un GEIQ dans trois entreprises", {"forges": signed.uid}, owed,
                 {"inaya": who.uid})]  # fmt: skip
