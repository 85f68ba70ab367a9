"""How long each kind of data is kept, and what becomes of it then: dated rows, each with its source.

A duration that no text sets is the practice of the field: its reliability says so, and the page shows it.
"""

from dataclasses import dataclass
from datetime import date

from clausette.reference.enums import Reliability


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """Kept `months` (then `days`) after the event named by `since`, its day included; then `then`.

    `most_months`: never longer than that after a second event, named by `most_since`. `notice_days`: the persons in
    charge are told that long before. `years_from_new_year`: whole years counted from the 31st of December.
    `by_hand`: nothing takes it away by itself yet.
    """

    code: str
    label: str
    since: str
    then: str
    starts_on: date
    source: str
    reliability: Reliability
    months: int = 0
    days: int = 0
    notice_days: int = 30
    most_since: str = ""
    most_months: int = 0
    years_from_new_year: bool = False
    by_hand: bool = False

    @property
    def lasts(self) -> str:
        """« 24 mois »."""
        if self.days:
            return f"{self.days} jours"
        return f"{self.months // 12} ans" if self.months >= 60 and not self.months % 12 else f"{self.months} mois"

    @property
    def duration(self) -> str:
        """« 6 mois après le relevé final, 12 mois au plus après la validation des heures »."""
        told = f"{self.lasts} après {self.since}"
        if self.most_months:
            return f"{told}, {self.most_months} mois au plus après {self.most_since}"
        return f"{told} ; dès {self.most_since} si elle vient avant" if self.most_since else told


_GDPR = date(2018, 5, 25)
_CNIL_2021 = date(2021, 3, 11)
_CCP = date(2019, 4, 1)
_ESF = date(2021, 7, 1)
_SOURCED, _HIGH, _MEDIUM, _LOW = Reliability.SOURCED, Reliability.HIGH, Reliability.MEDIUM, Reliability.LOW
_TWO_YEARS = "CNIL, délibération 2021-028 du 11/3/2021 (deux ans après le dernier contact) ; R5132-1-23 par analogie"
_SPARING = "RGPD, art. 5 (minimisation) et art. 9 ; délai de recours, usage à confirmer"
_JUDGED = "RGPD, art. 5 (minimisation) ; durée choisie, à confirmer par votre délégué à la protection des données"
_JOURNALS = "CNIL, recommandation sur la journalisation (6 à 12 mois)"

RETENTION: tuple[RetentionRow, ...] = (
    RetentionRow(
        "candidate", "Candidat jamais mis à l'emploi", "le dernier contact", "identité et parcours effacés",
        _CNIL_2021, _TWO_YEARS, _HIGH, months=24,
    ),
    RetentionRow(
        "person", "Identité, coordonnées, parcours", "la fin de la dernière mise à l'emploi",
        "rendus anonymes : année de naissance, sexe, heures et résultat restent", _CNIL_2021, _TWO_YEARS, _HIGH,
        months=24,
    ),
    RetentionRow(
        "reason", "Motif d'éligibilité", "la décision, ou la fin de la mise à l'emploi",
        "détruit : la réponse (oui ou non) et ses dates restent", _GDPR, _SPARING, _MEDIUM, months=6,
        most_since="la fin de l'éligibilité",
    ),
    RetentionRow(
        "referral", "Orientation refusée, retirée ou restée sans réponse", "la dernière date de l'orientation",
        "identité, avis, situations et pièces effacés ; dès le lendemain quand la personne retire son accord", _GDPR,
        _SPARING, _MEDIUM, months=6,
    ),
    RetentionRow(
        "evidence", "Pièce d'éligibilité conservée", "la validation", "effacée, son empreinte reste", _GDPR, _JUDGED,
        _LOW, days=30, notice_days=0, most_since="la remise par le prescripteur", most_months=6,
    ),
    RetentionRow(
        "payslip", "Bulletin de paie, feuille d'heures", "le relevé final",
        "effacés, leur empreinte reste", _GDPR, _JUDGED, _LOW, months=6, most_since="la validation des heures",
        most_months=12,
    ),
    RetentionRow(
        "quarantine", "Pièce que l'antivirus n'a pas pu analyser", "l'envoi",
        "détruite : son nom et son empreinte restent, qui l'a envoyée en est averti", _GDPR, _JUDGED, _LOW, days=7,
        notice_days=0,
    ),
    RetentionRow(
        "raw_import", "Classeur repris, tel qu'il a été envoyé", "l'envoi",
        "effacé avec les lignes lues : son nom, son empreinte et ce qu'il a créé restent", _GDPR, _JUDGED, _LOW,
        days=30, notice_days=7,
    ),
    RetentionRow(
        "letter", "Courriel de relance", "le jour où il est écrit",
        "texte et adresse effacés : le jour, l'étape et l'issue restent", _GDPR, _JUDGED, _LOW, months=12,
        notice_days=0,
    ),
    RetentionRow(
        "unlisted", "Personne déclarée hors liste, non rapprochée", "sa saisie par l'entreprise",
        "effacée avec ses heures, qui n'ont été créditées à personne", _GDPR, _JUDGED, _LOW, months=6,
    ),
    RetentionRow(
        "account", "Compte d'utilisateur inactif", "la dernière connexion",
        "fermé après un courriel un mois avant, avec ses connexions ; nom et adresse d'un dépôt sans compte ou d'un "
        "mandat terminé effacés ; le nom reste sur les actes", _CNIL_2021,
        "R5132-1-23 du code du travail, par analogie ; usage des services publics de l'inclusion", _MEDIUM, months=6,
    ),
    RetentionRow(
        "access_journal", "Journal des lectures", "la lecture", "effacé", _GDPR, _JOURNALS, _HIGH, months=12,
        notice_days=0,
    ),
    RetentionRow(
        "journal_author", "Nom de l'auteur au journal des actes", "l'acte", "remplacé par « agent de la structure »",
        _GDPR, _JUDGED, _LOW, months=36, notice_days=0, by_hand=True,
    ),
    RetentionRow(
        "hours", "Heures, engagements, pénalités (sans nom)", "la fin d'exécution du marché",
        "archivés puis effacés par la structure (dix ans pour des travaux)", _CCP,
        "Code de la commande publique, R2184-13", _SOURCED, months=60, by_hand=True,
    ),
    RetentionRow(
        "fse", "Dossier d'un participant d'une opération FSE+", "le 31 décembre de l'année du dernier paiement",
        "suit ensuite la durée ordinaire", _ESF, "Règlement (UE) 2021/1060, art. 82 (de mémoire)", _MEDIUM, months=60,
        years_from_new_year=True,
    ),
)  # fmt: skip
