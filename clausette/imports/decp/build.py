"""From what was understood of a « marché » to a `DecpContract`."""

from collections.abc import Mapping
from dataclasses import replace

from clausette.imports.decp import pick, values
from clausette.imports.decp.pick import Understood
from clausette.imports.decp.results import (
    Concession,
    Contractor,
    DecpContract,
    Effect,
    Modification,
    Problem,
    Subcontract,
    SubcontractModification,
    YearOfExecution,
)


def build(read: Understood, raw: Mapping[str, object], problems: list[Problem]) -> DecpContract | None:
    """The contract, or None when a problem prevents following it.

    `read`: values understood; `raw`: the record as written; `problems`: all those met so far.
    """
    official_id, title = pick.text(read, "id"), pick.text(read, "objet")
    buyer = pick.text(pick.group(read, "acheteur"), "id")
    notified_on = pick.day(read, "dateNotification")
    blocked = any(problem.blocking for problem in problems)
    if blocked or official_id is None or title is None or buyer is None or notified_on is None:
        return None
    place = pick.group(read, "lieuExecution")
    contractors = contractors_of(read)
    socials = pick.texts(read, "considerationsSociales", "considerationSociale")
    return DecpContract(
        official_id=official_id,
        buyer_siret=buyer,
        nature=pick.text(read, "nature"),
        title=title,
        cpv=pick.text(read, "codeCPV"),
        techniques=pick.texts(read, "techniques", "technique"),
        modalities=pick.texts(read, "modalitesExecution", "modaliteExecution"),
        framework_id=pick.text(read, "idAccordCadre"),
        ccag=pick.text(read, "ccag"),
        procedure=pick.text(read, "procedure"),
        place_code=pick.text(place, "code"),
        place_type=pick.text(place, "typeCode"),
        duration_months=pick.whole(read, "dureeMois"),
        notified_on=notified_on,
        published_on=pick.day(read, "datePublicationDonnees"),
        amount_ht=pick.amount(read, "montant"),
        amount_is_maximum=is_framework(read),
        group_kind=pick.text(read, "typeGroupementOperateurs"),
        subcontracting_declared=pick.flag(read, "sousTraitanceDeclaree"),
        contractors=contractors,
        award_readable=bool(contractors) and all(p.effect is not Effect.AWARD for p in problems),
        social=frozenset(values.SOCIAL_CODES[label].value for label in socials),
        has_social_clause=has_social_clause(socials, raw),
        modifications=_modifications(read),
        subcontracts=_subcontracts(read),
    )


def build_concession(
    read: Understood, raw: Mapping[str, object], problems: list[Problem]
) -> DecpContract | None:
    """The concession, or None when a problem prevents following it. Its years are for the person to set up."""
    official_id, title = pick.text(read, "id"), pick.text(read, "objet")
    grantor = pick.text(pick.group(read, "autoriteConcedante"), "id")
    signed_on = pick.day(read, "dateSignature")
    blocked = any(problem.blocking for problem in problems)
    if blocked or official_id is None or title is None or grantor is None or signed_on is None:
        return None
    firms = contractors_of(read, "concessionnaires")
    socials = pick.texts(read, "considerationsSociales", "considerationSociale")
    years = pick.groups(read, "donneesExecution")
    return DecpContract(
        official_id=official_id,
        buyer_siret=grantor,
        nature=pick.text(read, "nature"),
        title=title,
        cpv=None,
        techniques=(),
        modalities=(),
        framework_id=None,
        ccag=None,
        procedure=pick.text(read, "procedure"),
        place_code=None,
        place_type=None,
        duration_months=pick.whole(read, "dureeMois"),
        notified_on=signed_on,
        published_on=pick.day(read, "datePublicationDonnees"),
        amount_ht=pick.amount(read, "valeurGlobale"),
        amount_is_maximum=False,
        group_kind=None,
        subcontracting_declared=None,
        contractors=firms,
        award_readable=bool(firms) and all(p.effect is not Effect.AWARD for p in problems),
        social=frozenset(values.SOCIAL_CODES[label].value for label in socials),
        has_social_clause=has_social_clause(socials, raw),
        modifications=_modifications(read),
        starts_on=pick.day(read, "dateDebutExecution"),
        concession=Concession(pick.amount(read, "montantSubventionPublique"), tuple(map(_year, years))),
    )


def _year(item: Understood) -> YearOfExecution:
    tariffs = pick.groups(item, "tarifs")
    return YearOfExecution(
        published_on=pick.day(item, "datePublicationDonneesExecution"),
        investment=pick.amount(item, "depensesInvestissement"),
        tariffs=tuple((pick.text(one, "intituleTarif") or "", pick.amount(one, "tarif")) for one in tariffs),
    )


def is_framework(read: Understood) -> bool:
    """Whether the amount is a ceiling: the contract is a framework agreement, by its technique or its orders.

    Arrêté of 22 December 2022: the amount of a framework agreement is its estimated maximum.
    """
    modalities = pick.texts(read, "modalitesExecution", "modaliteExecution")
    techniques = pick.texts(read, "techniques", "technique")
    if pick.text(read, "nature") == values.FRAMEWORK or values.FRAMEWORK in techniques:
        return True  # the nature: as in the 2019 format
    return not {values.ORDERS, values.CALL_OFFS}.isdisjoint(modalities)


def has_social_clause(socials: tuple[str, ...], raw: Mapping[str, object]) -> bool | None:
    """Whether the file says there is a social clause; None: it does not say, or contradicts itself.

    `socials`: official labels understood; `raw`: the record, to see whether something was not understood.
    """
    if values.NO_SOCIAL in socials and len(socials) > 1:
        return None
    if values.SOCIAL_CLAUSE in socials:
        return True
    group = raw.get("considerationsSociales")
    written = group.get("considerationSociale") if isinstance(group, Mapping) else None
    all_understood = isinstance(written, list) and len({str(item) for item in written}) == len(socials)
    return False if socials and all_understood else None


def contractors_of(read: Understood, key: str = "titulaires") -> tuple[Contractor, ...]:
    """The firms understood of a list."""
    return tuple(item for item in pick.items(read, key) if isinstance(item, Contractor))


def _modifications(read: Understood) -> tuple[Modification, ...]:
    """The changes, of a « marché » or of a concession; without number (2019), the rank is the number."""
    found = pick.numbered(read, "modifications")
    unnumbered = all("id" not in item for _, item in found)
    return tuple(_modification(item, index + 1 if unnumbered else None) for index, item in found)


def _modification(item: Understood, rank: int | None) -> Modification:
    notified = pick.day(item, "dateNotificationModification") or pick.day(item, "dateSignatureModification")
    return Modification(
        number=rank or pick.whole(item, "id"),
        notified_on=notified,
        published_on=pick.day(item, "datePublicationDonneesModification"),
        duration_months=pick.whole(item, "dureeMois"),
        amount_ht=pick.amount(item, "montant") or pick.amount(item, "valeurGlobale"),
        contractors=contractors_of(item),
    )


def _subcontracts(read: Understood) -> tuple[Subcontract, ...]:
    """Each declared subcontract with its own changes; a change of none of them is reported by `coherence`."""
    changes = [_subcontract_change(item) for item in pick.groups(read, "modificationsActesSousTraitance")]
    acts = [_subcontract(item) for item in pick.groups(read, "actesSousTraitance")]
    joined = [
        replace(act, modifications=tuple(change for change in changes if change.number == act.number))
        for act in acts
    ]
    return tuple(joined)


def _subcontract(item: Understood) -> Subcontract:
    firm = item.get("sousTraitant")
    return Subcontract(
        number=pick.whole(item, "id"),
        subcontractor=firm if isinstance(firm, Contractor) else None,
        notified_on=pick.day(item, "dateNotification"),
        published_on=pick.day(item, "datePublicationDonnees"),
        duration_months=pick.whole(item, "dureeMois"),
        amount_ht=pick.amount(item, "montant"),
        price_variation=pick.text(item, "variationPrix"),
    )


def _subcontract_change(item: Understood) -> SubcontractModification:
    return SubcontractModification(
        number=pick.whole(item, "id"),
        notified_on=pick.day(item, "dateNotificationModificationSousTraitance"),
        published_on=pick.day(item, "datePublicationDonnees"),
        duration_months=pick.whole(item, "dureeMois"),
        amount_ht=pick.amount(item, "montant"),
    )
