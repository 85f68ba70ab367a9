"""People: registered, found eligible, put to work; and those who still wait."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.participants.enums import EvidenceMeans, Sex
from clausette.participants.operations import (
    CategoryEntry,
    Opinion,
    ask_check,
    create_participant,
    decide_eligibility,
    hold_check,
)
from clausette.participants.rules import FactsEntry
from clausette.placements.enums import LinkKind, Modality, PlacementEnd, WorkContractKind
from clausette.placements.operations import allocate, end_placement, place
from config.world.buying import Due, Market
from config.world.cast import HILL, PORT, TOWN
from config.world.names import LAST, MEN, WOMEN
from config.world.plan import Stint
from config.world.stage import Stage

HEADCOUNT = 60
SIAE = "SIAE"
KNOWN_SINCE = date(2012, 1, 1)
"""The durations of eligibility are known since that day (reference)."""
AGES = {"JEUNE_SQ": (18, 24), "JEUNE_ACC": (17, 24), "SENIOR": (51, 60)}
LEVELS_MET = ("51", "70", "40", "50", "30")
PUBLICS = ("DELD", "RSA", "JEUNE_SQ", "SENIOR", "DETLD", "QPV", "ASS", "AVIS_MOTIVE", "JEUNE_ACC", "RQTH")
WITH_TITLE = {"RQTH"}
LENT = {"etti": Modality.ETTI, "etti2": Modality.ETTI, "geiq": Modality.GEIQ}
JOBS = {
    "ferrand": "manœuvre gros œuvre", "castan": "aide-menuisier", "rivoire": "aide-électricien",
    "voirie": "ouvrier de voirie", "proprete": "agent de propreté", "paysages": "ouvrier paysagiste",
    "jardins": "ouvrier polyvalent des espaces verts",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Someone:
    """A person registered by a structure; `referred` when the mission locale sent them."""

    uid: UUID
    structure: str
    name: str
    referred: bool


@dataclass(frozen=True, slots=True)
class Work:
    """One person at work on one engagement."""

    uid: UUID
    who: Someone
    due: Due
    stint: Stint
    employer: str
    starts_on: date
    ends_on: date | None
    host: str = ""

    @property
    def hosted_by(self) -> str:
        """Where the person works: the titulaire, unless it is said otherwise."""
        return self.host or self.due.plan.firm

    @property
    def declarant(self) -> str:
        """Who says the hours: the employer."""
        return self.employer


@dataclass(slots=True)
class Crew:
    """Everybody, and who works where."""

    people: list[Someone] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    known: dict[str, Someone] = field(default_factory=dict)
    last_work: dict[str, UUID] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def put_to_work(stage: Stage, market: Market, crew: Crew) -> None:
    """All the work contracts of the story, in the order of their beginning."""
    told = [(due, stint) for due in market.owed.values() for stint in due.plan.stints]
    dated = [(stage.calendar.first(stint.start), due, stint) for due, stint in told]
    for starts_on, due, stint in sorted(dated, key=lambda one: one[0]):
        structure = stint.by or due.contract.plan.owner
        with stage.structure(structure) as actor:
            crew.works.append(_work(stage, crew, actor, due, stint, starts_on))


def _work(stage: Stage, crew: Crew, actor: Actor, due: Due, stint: Stint, month: date) -> Work:
    employer = due.plan.firm if stint.way == "direct" else stint.way
    late = (0, 1, 2, 4) if isinstance(stint.start, int) else (5, 7)
    starts_on = month + timedelta(days=stage.chance.choice(late))
    structure = stint.by or due.contract.plan.owner
    who = crew.known.get(stint.person) or _newcomer(stage, crew, actor, structure, starts_on, stint.way)
    ends_on = None if stint.cdi else min(stage.calendar.after(stint.start, stint.months), due.ends_on)
    work = Work(UUID(int=0), who, due, stint, employer, starts_on, ends_on)
    uid = _lent_again(stage, crew, actor, work) if stint.same else _hired(stage, crew, actor, work)
    if stint.person:
        crew.known[stint.person], crew.last_work[stint.person] = who, uid
    return replace(work, uid=uid)


def _hired(stage: Stage, crew: Crew, actor: Actor, work: Work) -> UUID:
    """A new work contract, longer than this mise à disposition when it goes on elsewhere."""
    due, stint = work.due, work.stint
    ends_on = (
        stage.calendar.after(stint.start, stint.contract_months) if stint.contract_months else work.ends_on
    )
    follows = crew.last_work.get(stint.person) if stint.person else None
    return place(
        actor=actor, participant_uid=work.who.uid, employer_uid=stage.bodies[work.employer],
        modality=_modality(due, stint), work_contract=_contract_kind(due, stint), job=JOBS[due.plan.firm],
        starts_on=work.starts_on, ends_on=ends_on, weekly_hours=Decimal(stint.weekly), commitment_uid=due.uid,
        host_company_uid=stage.bodies[due.plan.firm], host_until=work.ends_on if stint.contract_months else None,
        follows_uid=follows, link=LinkKind.FOLLOWS if follows else "", on=stage.calendar.past(work.starts_on),
    )  # fmt: skip


def _lent_again(stage: Stage, crew: Crew, actor: Actor, work: Work) -> UUID:
    """The same work contract, with another firm."""
    uid = crew.last_work[work.stint.person]
    allocate(
        actor=actor, placement_uid=uid, commitment_uid=work.due.uid, starts_on=work.starts_on, ends_on=work.ends_on,
        host_company_uid=stage.bodies[work.due.plan.firm], on=stage.calendar.past(work.starts_on),
    )  # fmt: skip
    return uid


def _modality(due: Due, stint: Stint) -> Modality:
    if due.plan.firm == "jardins":
        return Modality.SUBCONTRACT_ACI
    return LENT.get(stint.way, Modality.DIRECT)


def _contract_kind(due: Due, stint: Stint) -> WorkContractKind:
    if stint.cdi:
        return WorkContractKind.CDI
    if due.plan.firm == "jardins":
        return WorkContractKind.CDDI
    kinds = {"etti": WorkContractKind.TEMP_MISSION, "etti2": WorkContractKind.TEMP_MISSION,
             "geiq": WorkContractKind.PROFESSIONALISATION}  # fmt: skip
    return kinds.get(stint.way, WorkContractKind.CDD)


def _newcomer(stage: Stage, crew: Crew, actor: Actor, structure: str, hired_on: date, way: str) -> Someone:
    """Register a person and decide that they are eligible, some days before the hiring."""
    decided_on = max(stage.calendar.before(hired_on, stage.chance.randint(4, 25)), KNOWN_SINCE)
    code = SIAE if way in {"etti", "etti2"} else "GEIQ" if way == "geiq" else stage.chance.choice(PUBLICS)
    who = _registered(stage, crew, actor, structure, decided_on, code)
    _eligible(stage, actor, who, code, decided_on)
    return who


def _registered(stage: Stage, crew: Crew, actor: Actor, structure: str, on: date, code: str) -> Someone:
    chance = stage.chance
    woman = chance.random() < 0.4
    first, last = _name(stage, crew, woman=woman)
    youngest, oldest = AGES.get(code, (19, 57))
    born_on = add_months(on, -12 * chance.randint(youngest, oldest)) - timedelta(days=chance.randint(1, 350))
    referred = chance.random() < (0.85 if code.startswith("JEUNE") else 0.12)
    uid = create_participant(
        actor=actor, first_name=first, last_name=last, birth_date=born_on, sex=Sex.FEMALE if woman else Sex.MALE,
        commune_name=chance.choice((TOWN, TOWN, HILL, PORT)), on=on,
        referred_by_uid=stage.bodies["mission"] if referred else None,
        referred_on=on - timedelta(days=chance.randint(3, 30)) if referred else None,
    )  # fmt: skip
    who = Someone(uid, structure, f"{first} {last}", referred)
    crew.people.append(who)
    return who


def _name(stage: Stage, crew: Crew, *, woman: bool) -> tuple[str, str]:
    while True:
        first, last = stage.chance.choice(WOMEN if woman else MEN), stage.chance.choice(LAST)
        if last not in crew.names or len(crew.names) == len(LAST):
            crew.names.add(last)
            return first, last


def _eligible(stage: Stage, actor: Actor, who: Someone, code: str, on: date) -> None:
    """One public retenu, sometimes a second criterion."""
    means = EvidenceMeans.PRESCRIBER if code == "AVIS_MOTIVE" else EvidenceMeans.SEEN
    title = add_months(on, 23) if code in {SIAE, *WITH_TITLE} else None
    seen = on - timedelta(days=stage.chance.randint(2, 40))
    entries = [CategoryEntry(code, True, seen, means, title)]
    second = stage.chance.choice(("QPV", "RSA", "FRR", "MOBILITE", ""))
    if second and second != code:
        entries.append(CategoryEntry(second, False, seen))
    opinion = Opinion("Lina Haddad", "Mission locale", "Ruptures de parcours, accompagnement engagé.", seen)
    rank = (on - date(2020, 1, 1)).days
    said = FactsEntry(
        level=LEVELS_MET[rank % len(LEVELS_MET)], registered_on=add_months(on, -(rank % 31) - 1),
        in_district=rank % 5 == 0, already_employed=False,
    )  # fmt: skip
    decide_eligibility(
        actor=actor, participant_uid=who.uid, categories=entries, eligible=True, on=on, facts=said,
        pass_ends_on=title if code == SIAE else None, opinion=opinion if code == "AVIS_MOTIVE" else None,
    )  # fmt: skip


def fill_the_waiting_list(stage: Stage, crew: Crew) -> None:
    """Those who do not work yet: eligible and ready, to be checked, refused."""
    rank = 0
    while len(crew.people) < HEADCOUNT:
        structure = "plie" if rank % 3 else "mde"
        on = stage.calendar.before(stage.calendar.as_of, stage.chance.randint(1, 45))
        with stage.structure(structure) as actor:
            code = stage.chance.choice(PUBLICS)
            who = _registered(stage, crew, actor, structure, on, code)
            if rank % 8 == 4:
                missing = ["Attestation France Travail, datée de moins de trois mois."]
                hold_check(actor=actor, participant_uid=who.uid, missing=missing, on=on)
            elif rank % 4 == 0:
                ask_check(actor=actor, participant_uid=who.uid, on=on)
            elif rank % 7 == 5:
                entry = CategoryEntry("DELD", False, on - timedelta(days=10))
                told = "Inscription à France Travail depuis moins de douze mois, aucun autre critère."
                decide_eligibility(
                    actor=actor,
                    participant_uid=who.uid,
                    categories=[entry],
                    eligible=False,
                    on=on,
                    reason=told,
                )
            else:
                _eligible(stage, actor, who, code, on)
        rank += 1


def end_some(stage: Stage, crew: Crew) -> None:
    """Work contracts whose end was recorded: the planned one."""
    for work in crew.works:
        goes_on = work.stint.flat or work.stint.same or work.stint.contract_months
        if not goes_on and work.ends_on is not None and work.ends_on < stage.calendar.first(0):
            with stage.structure(work.who.structure) as actor:
                end_placement(
                    actor=actor, uid=work.uid, ended_on=work.ends_on, reason=PlacementEnd.TERM,
                    on=stage.calendar.past(work.ends_on),
                )  # fmt: skip
