"""What each record would bring to the contracts already held. Nothing is decided for the person.

A contract is found by buyer and number. Without that, one typed by hand before its publication is *probable*
when the buyer and one contractor are the same and what is known of the rest does not contradict (trade
practice, MODEL §1): first five digits of the CPV code, amount within 5 %, notified within 60 days. At least
one of these three must be known on both sides. « Same buyer » is the same legal body (first nine digits of the
SIRET); a buyer typed without SIRET is probable with the same number only. The person then chooses, even when
one candidate is left: a second contract made in silence costs more than a question.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from clausette.imports.decp.results import DecpContract, DecpRecord, RecordKind
from clausette.procurement.rules import normal_number

CPV_DIGITS = 5
SIREN_DIGITS = 9
AMOUNT_MARGIN = Decimal("0.05")
DAYS_APART = 60
OTHER_ESTABLISHMENT = "même acheteur, autre établissement"

FieldValue = str | Decimal | date | frozenset[str] | None


class Outcome(StrEnum):
    """What a record is, beside what is held."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class HeldContract:
    """What is already held of one contract. `amount_ht` in euros; `fingerprint` of its last import, if any;
    `typed` when a person made it by hand; `contractor_ids`: identifiers of its firms, without their kind."""

    uid: UUID
    buyer_siret: str
    official_id: str
    title: str
    cpv: str | None
    amount_ht: Decimal | None
    notified_on: date | None
    contractor_ids: frozenset[str]
    fingerprint: str | None
    typed: bool
    concession: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change: `field` as in `DecpContract`, or « record » for the rest of the file."""

    field: str
    label: str
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract typed by hand that may be this record, with the reasons to think so, in French."""

    held: HeldContract
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One record and what it would bring. `held`: the contract found by its number, for changed and same."""

    record: DecpRecord
    outcome: Outcome
    held: HeldContract | None = None
    changes: tuple[Change, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    sentence: str = ""


def compare(records: Iterable[DecpRecord], held: Mapping[str, HeldContract]) -> list[Comparison]:
    """One comparison per record, in the same order.

    `held`: contracts already there, by `record_key` (buyer's SIRET/number); those without number may be under
    any other key, for instance their uid.
    """
    typed = _typed_by_body(held.values())
    return [_compare(record, held, typed) for record in records]


TypedByBody = Mapping[str, Sequence[HeldContract]]


def _typed_by_body(held: Iterable[HeldContract]) -> TypedByBody:
    """Contracts typed by hand and never imported, by the nine digits of their buyer ("" when unknown)."""
    found: defaultdict[str, list[HeldContract]] = defaultdict(list)
    for other in held:
        if other.typed and other.fingerprint is None:
            found[other.buyer_siret[:SIREN_DIGITS]].append(other)
    return found


def _compare(record: DecpRecord, held: Mapping[str, HeldContract], typed: TypedByBody) -> Comparison:
    contract = record.fields
    if contract is None or record.blocked:
        return Comparison(record, Outcome.REFUSED, sentence=_why_refused(record))
    if record.duplicate_of is not None:
        sentence = f"Déjà dans ce fichier : enregistrement {record.duplicate_of}."
        return Comparison(record, Outcome.SAME, held=held.get(contract.key), sentence=sentence)
    known = held.get(contract.key)
    if known is not None and known.concession != (record.kind is RecordKind.CONCESSION):
        return _of_another_kind(record, known)
    if known is not None:
        return _with_known(record, contract, known)
    candidates = _probable(contract, typed)
    if candidates:
        return Comparison(record, Outcome.AMBIGUOUS, candidates=candidates, sentence=_which(len(candidates)))
    return Comparison(record, Outcome.ADDED, sentence="Nouveau marché.")


def _of_another_kind(record: DecpRecord, known: HeldContract) -> Comparison:
    """A « marché » and a concession of one buyer may have one number: only the person can tell."""
    held, said = ("une concession", "un marché") if known.concession else ("un marché", "une concession")
    reason = f"même acheteur et même numéro, mais c'est {held} chez vous et {said} dans le fichier"
    return Comparison(
        record, Outcome.AMBIGUOUS, candidates=(Candidate(known, (reason,)),), sentence=_which(1)
    )


def _with_known(record: DecpRecord, contract: DecpContract, known: HeldContract) -> Comparison:
    if known.fingerprint == record.fingerprint:
        return Comparison(record, Outcome.SAME, held=known, sentence="Identique au dernier import.")
    changes = differences(contract, known)
    if not changes and known.fingerprint is not None:
        changes = (Change("record", "Autres données de l'enregistrement", None, None),)
    if not changes:
        return Comparison(record, Outcome.SAME, held=known, sentence="Identique à ce qui a été saisi.")
    return Comparison(record, Outcome.CHANGED, held=known, changes=changes, sentence="Marché déjà connu.")


def differences(contract: DecpContract, known: HeldContract) -> tuple[Change, ...]:
    """The fields the record would change. What the file does not say changes nothing."""
    firms = frozenset(firm.id for firm in contract.contractors) if contract.award_readable else None
    pairs: tuple[tuple[str, str, FieldValue, FieldValue], ...] = (
        ("title", "Objet", known.title, contract.title),
        ("cpv", "Code CPV", _cpv(known.cpv), contract.cpv),
        ("amount_ht", "Montant HT", known.amount_ht, contract.amount_ht),
        ("notified_on", "Date de notification", known.notified_on, contract.notified_on),
        ("contractors", "Titulaires", known.contractor_ids, firms),
    )
    return tuple(
        Change(field, label, before, after)
        for field, label, before, after in pairs
        if after is not None and before != after
    )


def _probable(contract: DecpContract, typed: TypedByBody) -> tuple[Candidate, ...]:
    """The contracts typed by hand, never imported, that may be this one (see the module)."""
    found = []
    for other in (*typed.get(contract.buyer_siret[:SIREN_DIGITS], ()), *typed.get("", ())):
        reasons = _reasons(contract, other)
        if reasons:
            found.append(Candidate(other, reasons))
    return tuple(sorted(found, key=lambda candidate: (-len(candidate.reasons), str(candidate.held.uid))))


def _reasons(contract: DecpContract, other: HeldContract) -> tuple[str, ...]:
    if other.official_id and normal_number(other.official_id) == normal_number(contract.official_id):
        return (_same_number(contract, other),)
    if not other.buyer_siret or other.contractor_ids.isdisjoint(firm.id for firm in contract.contractors):
        return ()
    verdicts = (
        ("code CPV proche", _same_cpv(contract.cpv, _cpv(other.cpv))),
        ("montant à moins de 5 %", _close_amounts(contract.amount_ht, other.amount_ht)),
        ("notification à moins de 60 jours", _close_dates(contract.notified_on, other.notified_on)),
    )
    agreeing = tuple(reason for reason, verdict in verdicts if verdict)
    if not agreeing or any(verdict is False for _, verdict in verdicts):
        return ()
    same = "même acheteur" if other.buyer_siret == contract.buyer_siret else OTHER_ESTABLISHMENT
    return (same, "même titulaire", *agreeing)


def _same_number(contract: DecpContract, other: HeldContract) -> str:
    if not other.buyer_siret:
        return "même numéro ; le maître d'ouvrage saisi n'a pas de SIRET"
    if other.buyer_siret != contract.buyer_siret:
        return f"même numéro, {OTHER_ESTABLISHMENT}"
    return f"même acheteur, numéro écrit autrement : « {other.official_id} »"


def _same_cpv(one: str | None, other: str | None) -> bool | None:
    return None if not one or not other else one[:CPV_DIGITS] == other[:CPV_DIGITS]


def _close_amounts(one: Decimal | None, other: Decimal | None) -> bool | None:
    return None if one is None or other is None else abs(one - other) <= AMOUNT_MARGIN * max(one, other)


def _close_dates(one: date | None, other: date | None) -> bool | None:
    return None if one is None or other is None else abs((one - other).days) <= DAYS_APART


def _cpv(code: str | None) -> str | None:
    return code[:8] if code else None


def _which(count: int) -> str:
    if count == 1:
        return "Un marché saisi ressemble à celui-ci : est-ce le même ?"
    return f"{count} marchés saisis ressemblent à celui-ci : lequel est-ce ?"


def _why_refused(record: DecpRecord) -> str:
    blocking: Sequence[str] = [problem.sentence for problem in record.problems if problem.blocking]
    return blocking[0] if blocking else "Cet enregistrement ne peut pas être repris."
