"""The information notice to a participant (GDPR art. 13 and 14): one source, as PDF and as DOCX.

The durations are the dated rows that the purge obeys: the text cannot promise something else.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from clausette.access.enums import BodyKind
from clausette.kernel.french import format_date
from clausette.privacy.queries.retention import rows_on
from clausette.reports.paper import Head, Ledger, Paper

WORDING = "2026-11-28"
"""Change it when what the notice says changes: those who received the former one are told again."""
_FIRMS = (
    "Votre employeur, l'entreprise où vous travaillez et le titulaire du marché : votre nom, votre date de naissance, "
    "votre emploi, vos heures, jusqu'à quand vous êtes éligible ; jamais le motif."
)
TITLE = "Information sur vos données personnelles"
TOLD = ("candidate", "person", "reason", "referral", "evidence", "payslip", "fse", "access_journal")
BY_HAND = " par la structure elle-même"
_PRIVATE = frozenset({BodyKind.ASSOCIATION, BodyKind.COMPANY, BodyKind.PLIE, BodyKind.MDE, BodyKind.GEIQ})
_DURATIONS = (Head("Donnée", width=3), Head("Durée", width=4), Head("Ensuite", width=3))
_RIGHTS = (
    ("Accès", "Demander tout ce que nous détenons sur vous : nous vous le remettons en un mois au plus."),
    ("Rectification", "Faire corriger une information fausse ou incomplète."),
    ("Effacement", "Faire effacer vos données, sauf si la loi ou un financeur nous impose de les garder."),
    ("Limitation", "Demander que nous cessions de nous en servir le temps d'une vérification."),
    ("Opposition", "Vous opposer à leur usage pour une raison qui tient à votre situation."),
    ("Accord retiré", "Reprendre à tout moment un accord que vous avez donné. Ne pas répondre est toujours possible."),
    ("Réclamation", "Vous adresser à la CNIL : cnil.fr, ou 3 place de Fontenoy, 75007 Paris."),
)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What changes from one notice to another."""

    structure: str
    commune: str
    body_kind: BodyKind
    person: str
    on: date


def notice_paper(facts: NoticeFacts) -> Paper:
    """Return the notice of a structure for a person."""
    rows = rows_on(facts.on)
    durations = tuple(
        (row.label, row.duration, f"{row.then}{BY_HAND if row.by_hand else ''}")
        for row in (rows[code] for code in TOLD if code in rows)
    )
    identity = _identity(facts)
    said = repr((WORDING, facts.structure, facts.commune, facts.body_kind, identity, durations, _RIGHTS))
    return Paper(
        title=TITLE,
        subtitle=f"Notice remise à {facts.person}",
        number="",
        issued=f"le {format_date(facts.on)}",
        issuer=tuple(line for line in (facts.structure, facts.commune) if line),
        recipient=(),
        correction="",
        notice="",
        statement=(
            f"{facts.structure} vous accompagne vers l'emploi grâce aux clauses sociales des marchés publics. Pour "
            "cela, nous enregistrons des informations sur vous. Voici lesquelles, pourquoi, et ce que vous pouvez "
            "demander."
        ),
        equivalent="",
        boxes=(),
        bar=None,
        identity=identity,
        blocks=(
            Ledger("Combien de temps", _DURATIONS, durations),
            Ledger("Vos droits", (Head("Droit", width=1), Head("Ce que vous pouvez demander", width=5)), _RIGHTS),
        ),
        definitions=(),
        verification=f"Version du texte : {WORDING}.",
        signature=("Notice remise le", "Signature"),
        footer=f"{TITLE} · {facts.structure} · version {WORDING}",
        hash=sha256(said.encode()).hexdigest(),
        issued_on=facts.on,
    )


def _identity(facts: NoticeFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    where = f"{facts.structure}, {facts.commune}" if facts.commune else facts.structure
    basis = "l'intérêt légitime" if facts.body_kind in _PRIVATE else "une mission d'intérêt public"
    return (
        ("Qui", (f"{where}, responsable de ces données.",)),
        (
            "Pourquoi",
            ("Vérifier que vous pouvez bénéficier d'une clause d'insertion, vous proposer un emploi.",
             "Compter vos heures, et vous dire jusqu'à quand elles comptent.",
             "Rendre compte aux maîtres d'ouvrage en chiffres, sans votre nom.",
             "Si vous entrez dans une opération FSE+, donner au financeur votre nom et vos réponses."),
        ),
        ("Sur quelle base", (f"Nous nous appuyons sur {basis} (article 6 du RGPD).",
                             "Les réponses facultatives, dont celles du FSE+, reposent sur votre accord.")),
        (
            "Quoi",
            ("Votre identité, votre commune, votre parcours, vos contrats de travail et vos heures d'insertion.",
             "Le motif pour lequel vous êtes éligible, qui peut être une reconnaissance de handicap : il est chiffré.",
             "Ce que la structure note de vos entretiens, de vos formations et de votre sortie."),
        ),
        (
            "Ce que nous n'enregistrons pas",
            ("Votre numéro de sécurité sociale, votre dossier médical, une mesure de justice.",),
        ),
        (
            "Qui les lit",
            ("La structure qui vous suit : tout.",
             "Le prescripteur qui vous a orienté : votre identité, votre motif, votre travail.",
             _FIRMS,
             "Une autre structure associée au même marché : votre nom et vos heures sur ce marché.",
             "Le maître d'ouvrage : des nombres, jamais votre nom."),
        ),
        ("Nous contacter", (f"{where}, ou la personne qui vous suit.",)),
    )  # fmt: skip
