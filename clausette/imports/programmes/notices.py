"""Contract notices (eForms, UBL 2.3): each lot is a purchase, with what it says of social considerations.

Read as the official XML is: no document type, no entity, bounded depth and size. Places of the fields: BT-21 title,
BT-262 CPV, BT-27 value, BT-36 and BT-536 duration, BT-5071 place, BT-71 reserved participation, BT-736 reserved
execution, BT-775 social objective.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.parsers import expat

from clausette.imports.decp.decode import MOST_DEPTH, UnreadableError
from clausette.imports.decp.markup import SLICE, UNKNOWN_ENCODING, encoding_of, safe_parser, syntax_refusal
from clausette.imports.programmes.cells import read_amount, read_code
from clausette.imports.programmes.results import ReadLine, Remark
from clausette.kernel.parsing import parse_date
from clausette.kernel.text import collapse
from clausette.procurement.enums import ContractNature
from clausette.reference.facts.nuts import DEPARTMENTS

MOST_ELEMENTS = 200_000
MOST_LOTS = 5_000
ROOTS = {
    "ContractNotice": "",
    "PriorInformationNotice": "",
    "ContractAwardNotice": "C'est un avis d'attribution : ces achats sont déjà attribués.",
}
NOT_A_NOTICE = "Ce fichier XML n'est pas un avis de marché (eForms) ni un fichier de données essentielles (DECP)."
NO_LOT = "Cet avis ne contient aucun lot."
OBJECTIVES = {
    "acc-all": "accessibilité pour tous",
    "et-eq": "égalité des ethnies",
    "gen-eq": "égalité entre les femmes et les hommes",
    "hum-right": "droits de l'homme dans les chaînes d'approvisionnement",
    "opp": "emploi de personnes qui en sont éloignées ou handicapées",
    "other": "autre objectif social",
    "work-cond": "conditions de travail équitables",
}
RESERVED = {
    "res-ws": "réservé aux ateliers protégés et aux structures d'insertion",
    "res-pub-ser": "réservé à des organisations de service public",
}


@dataclass(slots=True)
class Element:
    """One element: its local name, attributes, text and children."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, *path: str) -> Iterator["Element"]:
        """The elements at this path below it."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> "Element | None":
        """The first of them."""
        return next(self.all(*path), None)

    def said(self, *path: str) -> str:
        """The text of the first of them, « » when there is none."""
        found = self.first(*path)
        return collapse(found.text) if found else ""

    def listed(self, name: str, list_name: str) -> list[str]:
        """The codes of a list, wherever they are below."""
        found = [self.text.strip()] if (self.name, self.attributes.get("listName")) == (name, list_name) else []
        return [*found, *(code for child in self.children for code in child.listed(name, list_name))]


class _Tree:
    """What expat calls: builds the tree of one notice, bounded."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.stack) >= MOST_DEPTH:
            raise UnreadableError("Ce fichier XML est démesuré : ce n'est pas un avis de marché.")
        local = name.rpartition(":")[2]
        if self.root is None and local not in ROOTS:
            raise UnreadableError(NOT_A_NOTICE)
        element = Element(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def data(self, text: str) -> None:
        if self.stack:
            self.stack[-1].text += text

    def end(self, _name: str) -> None:
        self.stack.pop()


def tree_of(data: bytes) -> Element:
    """The tree of a notice. Raises UnreadableError with the sentence to show."""
    encoding, _ = encoding_of(data)
    tree = _Tree()
    parser = safe_parser(tree, encoding)
    try:
        for start in range(0, len(data), SLICE):
            parser.Parse(data[start : start + SLICE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise syntax_refusal(error, tree.stack[-1].name if tree.stack else "") from error
    except (LookupError, UnicodeDecodeError, ValueError):
        raise UnreadableError(UNKNOWN_ENCODING) from None
    if tree.root is None:
        raise UnreadableError(NOT_A_NOTICE)
    return tree.root


def lines_of_notice(data: bytes) -> tuple[tuple[ReadLine, ...], tuple[str, ...]]:
    """Return the lots of a notice, and what is said of it. Raises UnreadableError."""
    root = tree_of(data)
    lots = [one for one in root.all("ProcurementProjectLot") if _is_lot(one)][: MOST_LOTS + 1]
    if not lots:
        raise UnreadableError(NO_LOT)
    if len(lots) > MOST_LOTS:
        raise UnreadableError(f"Cet avis a plus de {MOST_LOTS} lots : il n'est pas lu.")
    lines = tuple(_Lot(root, lot, number, alone=len(lots) == 1).line() for number, lot in enumerate(lots, 1))
    return lines, tuple(told for told in (ROOTS[root.name],) if told)


def _is_lot(one: Element) -> bool:
    kind = one.first("ID")
    return kind is not None and kind.attributes.get("schemeName", "Lot") in ("Lot", "Part")


class _Lot:
    """One lot to a line; what it does not say is taken from the whole procedure."""

    def __init__(self, root: Element, lot: Element, number: int, *, alone: bool) -> None:
        self.lot, self.number, self.alone = lot, number, alone
        self.root = root
        self.own = lot.first("ProcurementProject") or Element("", {})
        self.whole = root.first("ProcurementProject") or Element("", {})
        self.values: dict[str, Any] = {}
        self.remarks: list[Remark] = []

    def line(self) -> ReadLine:
        """Read each field; one that is wrong is told and left out."""
        identifier = self.lot.said("ID")
        title = self.own.said("Name") or self.whole.said("Name")
        self.values["title"] = title[:200]
        if not title:
            self.remarks.append(Remark("L'objet du lot est vide.", "BT-21", "Objet"))
            del self.values["title"]
        self.values["reference"] = (self.root.said("ContractFolderID") or self.root.said("ID"))[:60]
        self._lot_name(identifier)
        nature = self.own.listed("ProcurementTypeCode", "contract-nature") or self.whole.listed(
            "ProcurementTypeCode", "contract-nature"
        )
        if nature and nature[0] in ContractNature.values:
            self.values["nature"] = nature[0]
        self._amount()
        self._cpv()
        self._launch()
        self._duration()
        self._place()
        self._social()
        return ReadLine("", self.number, self.number, self.values, tuple(self.remarks))

    def _lot_name(self, identifier: str) -> None:
        if identifier and not self.alone:
            self.values["lot"] = identifier[:100]

    def _told(self, code: str, label: str, sentence: str, value: str) -> None:
        self.remarks.append(Remark(sentence, code, label, value[:60], stops=False))

    def _amount(self) -> None:
        path = ("RequestedTenderTotal", "EstimatedOverallContractAmount")
        found = self.own.first(*path) or (self.whole.first(*path) if self.alone else None)
        if found is None:
            return
        currency = found.attributes.get("currencyID", "EUR")
        if currency != "EUR":
            sentence = f"La valeur est en {currency[:3]}, pas en euros : elle n'est pas lue."
            self._told("BT-27", "Valeur estimée", sentence, found.text.strip())
            return
        try:
            self.values["amount"] = read_amount(found.text)
        except ValueError as refused:
            self._told("BT-27", "Valeur estimée", str(refused), found.text.strip())

    def _cpv(self) -> None:
        path = ("MainCommodityClassification", "ItemClassificationCode")
        said = self.own.said(*path) or self.whole.said(*path)
        if not said:
            return
        try:
            self.values["cpv"] = read_code(said)
        except ValueError as refused:
            self._told("BT-262", "Code CPV", str(refused), said)

    def _launch(self) -> None:
        said = self.root.said("IssueDate")
        day = _day(said)
        if day:
            self.values["engaged_on"] = day
        elif said:
            self._told("BT-05", "Date de l'avis", f"« {said[:40]} » n'est pas une date.", said)

    def _duration(self) -> None:
        period = self.own.first("PlannedPeriod")
        if period is None:
            return
        measure = period.first("DurationMeasure")
        starts, ends = _day(period.said("StartDate")), _day(period.said("EndDate"))
        if measure is not None and measure.text.strip().isdigit():
            per = {"YEAR": 12, "MONTH": 1}.get(measure.attributes.get("unitCode", "MONTH"))
            count = int(measure.text.strip()[:6])
            months = count * per if per else -(-count // (30 if measure.attributes["unitCode"] == "DAY" else 4))
        elif starts and ends and ends >= starts:
            months = -(-(ends - starts).days * 12 // 365)
        else:
            return
        if 1 <= months <= 999:
            self.values["duration"] = months

    def _place(self) -> None:
        location = self.own.first("RealizedLocation", "Address") or self.whole.first("RealizedLocation", "Address")
        if location is None:
            return
        code = location.said("CountrySubentityCode")
        parts = (location.said("PostalZone") or DEPARTMENTS.get(code, ""), location.said("CityName"))
        place = " ".join(part for part in parts if part) or location.said("Region") or code
        if place:
            self.values["place"] = place[:100]

    def _social(self) -> None:
        told = [OBJECTIVES.get(code, code) for code in self.own.listed("ProcurementTypeCode", "social-objective")]
        reserved = self.lot.listed("TendererRequirementTypeCode", "reserved-procurement")
        told += [RESERVED.get(code, code) for code in reserved if code != "none"]
        if "yes" in self.lot.listed("ExecutionRequirementCode", "reserved-execution"):
            told.append("exécution réservée à des ateliers protégés ou à des structures d'insertion")
        if told:
            self.values["said_social"] = " ; ".join(dict.fromkeys(told))[:200]


def _day(text: str) -> date | None:
    """A day written with a time zone, « 2023-05-26Z »."""
    try:
        return parse_date(text[:10])
    except ValueError:
        return None
