"""May a paper be kept? Health papers never; the others as the structure chose for this kind and this funding. Pure.

Sources: GDPR art. 9 and CNIL opinion 2023-005 (RQTH is health data); minimisation, art. 5: a paper is seen, not kept,
unless an audit asks for it (FSE+, regulation (EU) 2021/1060 art. 82).
"""

from collections.abc import Collection

from clausette.participants.enums import EvidenceKind, Funding
from clausette.reference.facts.publics import PublicRow

HEALTH = frozenset({EvidenceKind.RQTH})
"""Kinds that no setting may keep: held by a constraint too."""

_KINDS = {
    "SIAE": EvidenceKind.PASS_IAE,
    "DELD": EvidenceKind.FRANCE_TRAVAIL, "DETLD": EvidenceKind.FRANCE_TRAVAIL, "ASS": EvidenceKind.FRANCE_TRAVAIL,
    "RSA": EvidenceKind.CAF, "AUTRE_MINIMA": EvidenceKind.CAF, "PARENT_ISOLE": EvidenceKind.CAF,
    "SENIOR": EvidenceKind.IDENTITY, "JEUNE_SQ": EvidenceKind.IDENTITY, "JEUNE_DIPL": EvidenceKind.IDENTITY,
    "QPV": EvidenceKind.ADDRESS, "FRR": EvidenceKind.ADDRESS,
    "GEIQ": EvidenceKind.MEMBERSHIP, "REGIE": EvidenceKind.MEMBERSHIP, "EPIDE_E2C": EvidenceKind.MEMBERSHIP,
    "PLIE": EvidenceKind.MEMBERSHIP, "JEUNE_ACC": EvidenceKind.MEMBERSHIP,
    "EA_ESAT": EvidenceKind.RQTH, "AAH": EvidenceKind.RQTH, "INVALIDITE": EvidenceKind.RQTH, "RQTH": EvidenceKind.RQTH,
    "AVIS_MOTIVE": EvidenceKind.PRESCRIBER_OPINION, "MOBILITE": EvidenceKind.PRESCRIBER_OPINION,
}  # fmt: skip


def kind_of(code: str) -> EvidenceKind:
    """Return the kind of paper that proves a public."""
    return _KINDS.get(code, EvidenceKind.OTHER)


def refusal_to_keep(
    public: PublicRow, funding: Funding, kept: Collection[tuple[EvidenceKind, Funding]]
) -> str:
    """Say why the paper of this public may not be kept; "" when it may. `kept`: what the structure chose to keep."""
    kind = kind_of(public.code)
    if kind in HEALTH:
        return "Une pièce de santé est vue, elle n'est jamais conservée : choisissez « Pièce vue, non conservée »."
    if public.sensitive:
        return "Cette pièce touche à la vie privée : elle est vue, jamais conservée."
    if (kind, funding) not in kept:
        return (
            f"Votre structure ne conserve pas cette pièce ({kind.label}, {funding.label}) : choisissez « Pièce vue, "
            "non conservée », ou demandez à un administrateur de changer le réglage des pièces."
        )
    return ""
