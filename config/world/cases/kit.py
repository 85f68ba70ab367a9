"""Short words in which a hard case is told; everything goes through the operations of the rooms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.operations import PartEntry, Terms, create_commitment
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.hours.enums import StatementSource
from clausette.hours.operations import Entry, save_statement, submit_statement, validate_clean
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, last_day
from clausette.participants.enums import EvidenceMeans, Sex
from clausette.participants.operations import CategoryEntry, create_participant, decide_eligibility
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.operations import place
from clausette.procurement.enums import ContractNature
from clausette.procurement.operations import LotEntry, award, create_contract
from clausette.procurement.queries import contract_key, contract_sheet
from config.world.buying import Due, Market, Signed
from config.world.plan import Bought, Owed, Stint
from config.world.stage import Stage, at
from config.world.telling import Fate, Told
from config.world.typing_hours import Ledger, WorldBroken
from config.world.working import Crew, Someone, Work

STRUCTURE = "plie"
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A hard case as it stands in the world: its number in the model, its contracts and engagements by a short name."""

    number: int
    key: str
    title: str
    contracts: dict[str, UUID] = field(default_factory=dict)
    owed: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)


@dataclass(slots=True)
class Kit:
    """The stage and the ledgers of the story, and the words of the cases."""

    stage: Stage
    market: Market
    crew: Crew
    ledger: Ledger

    def month(self, rank: int) -> date:
        """First day of a month counted from the last one of the world."""
        return self.stage.calendar.first(rank)

    def past(self, day: date) -> date:
        """That day, never after the end of the world."""
        return self.stage.calendar.past(day)

    def contract(
        self, actor: Actor, key: str, name: str, buyer: str, number: str, *, starts: date, ends: date,
        amount: int | None = None, lots: Sequence[tuple[str, str, int, bool]] = (), **details: Any,
    ) -> Signed:  # fmt: skip
        """A contract followed by the structure."""
        known = self.past(starts)
        details.setdefault("nature", ContractNature.WORKS)
        uid = create_contract(
            actor=actor, common_name=name, buyer_uid=self.stage.bodies[buyer], official_id=number, title=name,
            amount_ht=Decimal(amount) if amount else None, starts_on=starts, ends_on=ends, notified_on=known,
            consultation_on=add_months(known.replace(day=1), -4), on=known,
            lots=[LotEntry(n, t, Decimal(cost), has_clause=clause) for n, t, cost, clause in lots], **details,
        )  # fmt: skip
        if key in self.market.contracts:
            raise WorldBroken(f"two contracts of the story are called {key}")
        plan = Bought(key, STRUCTURE, name, name, buyer, number, amount, lots=tuple(lots))
        signed = Signed(plan, uid, contract_key(actor, uid).id)
        self.market.contracts[key] = signed
        return signed

    def lot(self, actor: Actor, signed: Signed, number: str) -> UUID:
        """The lot of that number."""
        return next(
            lot.uid for lot in contract_sheet(actor=actor, uid=signed.uid).lots if lot.number == number
        )

    def award(self, actor: Actor, signed: Signed, firm: str, *, on: date, lot: str = "", **more: Any) -> UUID:
        """The contract or one lot goes to a firm."""
        return award(
            actor=actor, contract_uid=signed.uid, contractor_uid=self.stage.bodies[firm], notified_on=on, on=on,
            lot_uid=self.lot(actor, signed, lot) if lot else None, **more,
        )  # fmt: skip

    def owe(
        self, actor: Actor, signed: Signed, key: str, firm: str, *, starts: date, ends: date, minimum: int = 0,
        kind: CommitmentKind = CommitmentKind.FIXED, terms: Terms | None = None, parts: Sequence[PartEntry] = (),
        lot: str = "", **options: Any,
    ) -> Due:  # fmt: skip
        """What a firm owes."""
        terms = terms or Terms(minimum_hours=Decimal(minimum) if minimum else None)
        uid = create_commitment(
            actor=actor, contract_uid=signed.uid, contractor_uid=self.stage.bodies[firm], kind=kind, starts_on=starts,
            ends_on=ends, on=self.past(starts), terms=terms, parts=parts,
            lot_uid=self.lot(actor, signed, lot) if lot else None, **options,
        )  # fmt: skip
        due = Due(Owed(key, firm, starts, 1, kind, minimum, lot=lot), signed, uid, starts, ends)
        self.market.owed[key] = due
        return due

    def person(
        self, actor: Actor, first: str, last: str, born: date, code: str, *, on: date, sex: Sex = Sex.MALE,
        pass_ends_on: date | None = None, decided: bool = True,
    ) -> Someone:  # fmt: skip
        """Somebody followed by the structure, found eligible on that day."""
        uid = create_participant(actor=actor, first_name=first, last_name=last, birth_date=born, sex=sex,
                                 commune_name="Valmorel-sur-Orselle", on=on)  # fmt: skip
        who = Someone(uid, STRUCTURE, f"{first} {last}", referred=False)
        self.crew.people.append(who)
        if decided:
            self.decide(actor, who, code, on=on, pass_ends_on=pass_ends_on)
        return who

    def decide(
        self, actor: Actor, who: Someone, code: str, *, on: date, pass_ends_on: date | None = None
    ) -> None:
        """A decision of eligibility, its piece seen ten days before."""
        seen = date.fromordinal(on.toordinal() - 10)
        entry = CategoryEntry(code, True, seen, EvidenceMeans.SEEN, pass_ends_on)
        decide_eligibility(
            actor=actor, participant_uid=who.uid, categories=[entry], eligible=True, on=on, pass_ends_on=pass_ends_on
        )  # fmt: skip

    def hire(
        self, actor: Actor, who: Someone, due: Due, *, starts: date, ends: date | None, employer: str = "",
        host: str = "", modality: Modality = Modality.DIRECT, kind: WorkContractKind = WorkContractKind.CDD,
        job: str = "ouvrier polyvalent", weekly: int = 35, **particulars: Any,
    ) -> Work:  # fmt: skip
        """A work contract and its first mise à disposition."""
        host = host or due.plan.firm
        employer = employer or host
        uid = place(
            actor=actor, participant_uid=who.uid, employer_uid=self.stage.bodies[employer], modality=modality,
            work_contract=kind, job=job, starts_on=starts, ends_on=ends, weekly_hours=Decimal(weekly),
            commitment_uid=due.uid, host_company_uid=self.stage.bodies[host], on=self.past(starts), **particulars,
        )  # fmt: skip
        work = Work(uid, who, due, Stint(employer, starts, 1, 0), employer, starts, ends, host)
        self.crew.works.append(work)
        return work

    def again(self, work: Work, due: Due) -> Work:
        """The same work contract, credited elsewhere."""
        other = replace(work, due=due, host=due.plan.firm)
        self.crew.works.append(other)
        return other

    def paper(self, actor: Actor, name: str, signed: Signed | None = None) -> UUID:
        """A signed paper, as PDF."""
        return store_file(
            actor=actor, name=f"{name}.pdf", data=PAPER, purpose=Purpose.EVIDENCE,
            contract_id=signed.id if signed else None,
        )  # fmt: skip

    def _statement_paper(
        self, actor: Actor, signed: Signed, declarant: str, month: date, lines: Sequence[tuple[Work, str]]
    ) -> UUID:
        """The paper of a statement: a small table, its own each month."""
        rows = "".join(f"{work.who.name};{hours}\r\n" for work, hours in lines)
        head = f"Relevé {signed.plan.key} {declarant};{month:%m/%Y}\r\nSalarié;Heures travaillées\r\n"
        return store_file(
            actor=actor, name=f"releve-{declarant}-{month:%Y-%m}.csv", data=(head + rows).encode("utf-8"),
            purpose=Purpose.EVIDENCE, contract_id=signed.id,
        )  # fmt: skip

    def tell(
        self, actor: Actor, signed: Signed, declarant: str, month: date, lines: Sequence[tuple[Work, str]], *,
        typed: date | None = None, checked: date | None = None, validated: bool = True,
    ) -> UUID:  # fmt: skip
        """The statement of one month: typed on the 5th, validated on the 18th of the next one unless said otherwise."""
        typed = self.past(typed or add_months(month, 1).replace(day=5))
        checked = self.past(checked or add_months(month, 1).replace(day=18))
        entries = [Entry(work.uid, work.due.uid, Decimal(hours)) for work, hours in lines]
        piece = self._statement_paper(actor, signed, declarant, month, lines) if lines else None
        ref = save_statement(
            actor=actor, contract_uid=signed.uid, declarant_uid=self.stage.bodies[declarant], month=month,
            entries=entries, is_nil=not lines, evidence_uid=piece, version=None, on=typed, source=StatementSource.GRID,
        )  # fmt: skip
        ref = submit_statement(actor=actor, uid=ref.uid, version=ref.version, at=at(typed), on=typed)
        if validated:
            left = validate_clean(actor=actor, uids=[ref.uid], at=at(checked, 15), on=checked).left
            if left:
                raise WorldBroken(f"{signed.plan.key} {month:%Y-%m}: " + "; ".join(s for _, s in left))
        fate = Fate.VALIDATED if validated else Fate.WAITING
        told = Told(signed.plan.key, STRUCTURE, declarant, month, fate, piece is not None, tuple(
            (work, Decimal(hours)) for work, hours in lines))  # fmt: skip
        self.ledger.statements.append((told, ref.uid))
        if piece is not None:
            self.ledger.pieces.append((told, piece))
        return ref.uid

    def tell_months(
        self,
        actor: Actor,
        signed: Signed,
        declarant: str,
        first: date,
        hours: Sequence[str],
        works: Sequence[Work],
    ) -> None:
        """As many months as there are hours, the same for each of the people."""
        for rank, told in enumerate(hours):
            self.tell(actor, signed, declarant, add_months(first, rank), [(work, told) for work in works])

    def end_of(self, first: date, months: int) -> date:
        """Last day of a period of that many months."""
        return last_day(add_months(first, months - 1))
