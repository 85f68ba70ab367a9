"""What taking over may say of a line: one registry, stable codes, French sentences with what to do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from clausette.hours.enums import Severity
from clausette.hours.rules.controls import CONTROLS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: its weight, its title (for the list of codes) and what to do."""

    code: str
    severity: Severity
    title: str
    fix: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
KINDS: tuple[Kind, ...] = (
    Kind("E201", _E, "Case illisible", "Corrigez la case."),
    Kind("E202", _E, "Case obligatoire vide", "Remplissez la case."),
    Kind("E203", _E, "Numéro de sécurité sociale", "Effacez-le : il n'est jamais conservé, la case est lue vide."),
    Kind("E204", _E, "Marché introuvable", "Écrivez le numéro ou le nom d'usage d'un marché du classeur ou de "
                                           "Clausette."),
    Kind("E205", _E, "Plusieurs marchés possibles", "Ajoutez le numéro du marché, celui du lot ou le titulaire."),
    Kind("E206", _E, "Personne introuvable", "Ajoutez la personne à la feuille Personnes, ou corrigez son nom."),
    Kind("E207", _E, "Plusieurs personnes du même nom", "Ajoutez la date de naissance."),
    Kind("E208", _E, "Contrat de travail introuvable", "Ajoutez le contrat de travail de cette personne sur ce "
                                                       "marché."),
    Kind("E209", _E, "Plusieurs contrats de travail possibles", "Ajoutez l'employeur ou la date de début."),
    Kind("E210", _E, "Dates incohérentes", "Corrigez l'une des dates."),
    Kind("E211", _E, "Avenant ou commande antérieurs au marché", "Vérifiez la date de l'avenant, ou celle du marché."),
    Kind("E212", _E, "Heures hors du contrat de travail", "Corrigez le mois, ou les dates du contrat de travail."),
    Kind("E213", _E, "Heures avant le début du marché", "Corrigez le mois, ou le début du marché."),
    Kind("E214", _E, "Mois à venir", "Corrigez le mois."),
    Kind("E215", _E, "Trop d'heures dans le mois", "Vérifiez la saisie : au plus 220 heures par personne et par mois."),
    Kind("E216", _E, "Deux lignes différentes pour le même mois", "Gardez la bonne ligne, ou additionnez les deux."),
    Kind("E217", _E, "Heures différentes de celles déjà enregistrées", "Corrigez le relevé dans Clausette, ou "
        "cette ligne."),
    Kind("E218", _E, "Relevé en cours dans Clausette", "Terminez ce relevé dans Clausette ; la ligne n'y est "
                                                       "pas ajoutée."),
    Kind("E219", _E, "Ce dont la ligne dépend n'est pas repris", "Corrigez d'abord l'autre ligne."),
    Kind("E220", _E, "Deux lignes différentes pour la même chose", "Gardez une seule ligne."),
    Kind("E221", _E, "Heures déjà comptées dans le solde de reprise",
         "Avancez la date « Reprise au », ou retirez ces heures du détail."),
    Kind("E222", _E, "Le marché est suivi par une autre structure", "Demandez à la structure référente de vous "
        "l'ouvrir."),
    Kind("E223", _E, "Refusé par une règle de Clausette", "Corrigez la ligne, puis renvoyez-la."),
    Kind("E224", _E, "Engagement introuvable", "Ajoutez-le à la feuille Engagements, ou corrigez sa référence."),
    Kind("E225", _E, "Ligne corrigée introuvable", "Écrivez le numéro d'une ligne de la feuille Heures déjà connues."),
    Kind("W201", _W, "Ligne en double", "Elle est reprise une seule fois."),
    Kind("W202", _W, "Déjà dans Clausette avec d'autres valeurs", "Ce qui est dans Clausette reste ; "
        "corrigez-le s'il le faut."),
    Kind("W203", _W, "Heures après le terme de l'engagement", "Vérifiez le terme, ou ajoutez un avenant."),
    Kind("W204", _W, "SIRET inconnu ou établissement fermé", "Vérifiez l'établissement ; la ligne est reprise."),
    Kind("W205", _W, "Valeur supposée", "Complétez la case si la valeur supposée n'est pas la bonne."),
    Kind("W206", _W, "Organisme sans SIRET", "Ajoutez le SIRET : sans lui, deux organismes de même nom se confondent."),
    Kind("W207", _W, "Éligibilité non reprise", "Ajoutez le public retenu et la date de décision."),
    Kind("W208", _W, "Dates d'éligibilité différentes", "La date de Clausette est calculée : première heure + "
                                                        "24 mois."),
    Kind("W209", _W, "Mesure de justice", "Elle n'est pas conservée : l'avis d'un prescripteur habilité est noté."),
    Kind("W210", _W, "Ligne de total", "Elle n'est pas reprise : les totaux sont recalculés."),
    Kind("W211", _W, "Homonyme", "Dites s'il s'agit de la même personne."),
    Kind("W212", _W, "Le total du classeur n'est pas celui de ses lignes", "Vérifiez ce total, ou les lignes "
        "au-dessus."),
    Kind("W213", _W, "Niveau de formation non repris", "Ajoutez le public retenu et la date de décision : il est "
                                                       "gardé avec elle."),
    Kind("W214", _W, "Prescripteur inconnu", "Ajoutez-le à l'annuaire, puis dites sur la fiche qui a orienté la "
                                             "personne."),
    Kind("W215", _W, "Feuille ou colonne inconnue", "Vérifiez son nom : elle n'est pas lue."),
    Kind("I201", _I, "Fiche complétée", "Rien de ce qui est déjà écrit n'est remplacé."),
    Kind("E231", _E, "Personne hors de vos mises à l'emploi", "Vérifiez le nom et la date de naissance, ou demandez au "
         "facilitateur de l'ajouter."),
    Kind("E232", _E, "Marché ou mission non reconnus", "Dites de quel engagement il s'agit, ou laissez ces heures si "
         "ce marché n'est pas suivi."),
    Kind("E235", _E, "Relevé qui ne peut plus changer ainsi", "Voyez au besoin avec le facilitateur."),
    Kind("E236", _E, "Hors de votre mandat", "Gardez ces heures pour l'entreprise, ou demandez-lui un mandat sur ce "
         "marché."),
    Kind("W231", _W, "Heures différentes de celles de Clausette", "Vérifiez laquelle des deux est juste avant de "
         "confirmer."),
    Kind("W232", _W, "Correction à proposer", "Confirmez pour la proposer : les heures validées ne changent pas avant "
         "la réponse du facilitateur."),
    Kind("W233", _W, "Marché non écrit, mandat limité", "Dites si ces heures sont de ce marché : c'est retenu pour vos "
         "prochains fichiers."),
    Kind("I231", _I, "Ligne qui n'est pas des heures", "Rien à faire."),
    Kind("I232", _I, "Ligne sans heures", "Rien à faire."),
    Kind("I233", _I, "Ligne additionnée à une autre", "Rien à faire."),
    Kind("I234", _I, "Aucune heure ce mois-ci", "Rien à faire si personne n'a travaillé ; sinon écrivez ses heures."),
)  # fmt: skip
BY_CODE: Mapping[str, Kind] = {kind.code: kind for kind in KINDS} | {
    one.code: Kind(one.code, one.severity, one.title, one.fix) for one in CONTROLS
}
"""Those of files, and those of the controls of hours: a file of hours hears both."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said of a line: `column` its letter (« C »), `label` its heading, `value` what is written there."""

    code: str
    sentence: str
    column: str = ""
    label: str = ""
    value: str = ""

    @property
    def stops(self) -> bool:
        """True when the line cannot be taken over as it is."""
        return BY_CODE[self.code].severity is Severity.ERROR

    @property
    def fix(self) -> str:
        """What to do."""
        return BY_CODE[self.code].fix

    @property
    def text(self) -> str:
        """All in one line, the code last: « Colonne C : … . Corrigez la case. (E201) »."""
        where = f"Colonne {self.column} : " if self.column else ""
        return f"{where}{self.sentence} {self.fix} ({self.code})"

    def kept(self) -> dict[str, Any]:
        """As kept with the line."""
        return asdict(self)


def letter(column: int) -> str:
    """Return the letters of a column from its place (0 → A, 26 → AA)."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
