"""One wrong field at a time in an otherwise valid record: the exact place, sentence and consequence."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clausette.imports.decp import Effect, Problem, read_decp

SAMPLE = Path(__file__).parent / "samples" / "decp_marche.json"
REMOVED = object()
NO_MARCHE = " Cet enregistrement ne peut pas être repris."
NO_AWARD = " L'attribution ne sera pas reprise : vous la saisirez."
NC = "« NC » (non communiqué) est écrit à la place de la valeur."
FIRM = "titulaires[0].titulaire"
ACT = "actesSousTraitance[0].acteSousTraitance"
CHANGE = "modifications[0].modification"
SOCIAL = "considerationsSociales.considerationSociale"

# (path changed, value written, path reported, sentence); the effect is told by the end of the sentence.
BAD: list[tuple[str, Any, str, str]] = [
    ("id", REMOVED, "id", "Numéro du marché : ce champ obligatoire manque." + NO_MARCHE),
    ("id", "", "id", "Numéro du marché : le texte est vide." + NO_MARCHE),
    ("id", "NC", "id", "Numéro du marché : " + NC + NO_MARCHE),
    (
        "id",
        202600012,
        "id",
        "Numéro du marché : un texte est attendu, un nombre a été lu. Des zéros ont pu être perdus."
        + NO_MARCHE,
    ),
    (
        "id",
        "20260000000000012",
        "id",
        "Numéro du marché : le texte a 17 caractères, 16 au plus sont admis." + NO_MARCHE,
    ),
    ("id", "2026 A,1", "id", "Numéro : caractères déconseillés par le format : espace, « , »."),
    (
        "acheteur.id",
        "20009981000019",
        "acheteur.id",
        "SIRET de l'acheteur : la clé de ce SIRET est fausse, un chiffre est sans doute mal recopié."
        + NO_MARCHE,
    ),
    (
        "acheteur.id",
        "2000998100001",
        "acheteur.id",
        "SIRET de l'acheteur : un SIRET a 14 chiffres, 13 ont été lus. Un zéro initial a pu être perdu."
        + NO_MARCHE,
    ),
    (
        "acheteur.id",
        "2000998100001O",
        "acheteur.id",
        "SIRET de l'acheteur : un SIRET n'a que des chiffres." + NO_MARCHE,
    ),
    (
        "acheteur",
        "20009981000018",
        "acheteur",
        "Acheteur : un objet est attendu, un texte a été lu." + NO_MARCHE,
    ),
    ("acheteur", REMOVED, "acheteur", "Acheteur : ce champ obligatoire manque." + NO_MARCHE),
    ("objet", None, "objet", "Objet : la valeur est vide (null)." + NO_MARCHE),
    (
        "objet",
        "x" * 1001,
        "objet",
        "Objet : le texte a 1001 caractères : seuls les 1000 premiers sont repris.",
    ),
    (
        "objet",
        "éco\x00le",
        "objet",
        "Ce texte contient des caractères illisibles : ils sont remplacés par « \ufffd ».",
    ),
    (
        "dateNotification",
        "2026-13-45",
        "dateNotification",
        "Date de notification : cette date n'existe pas au calendrier." + NO_MARCHE,
    ),
    (
        "dateNotification",
        "02/03/2026",
        "dateNotification",
        "Date de notification : une date est attendue sous la forme AAAA-MM-JJ." + NO_MARCHE,
    ),
    (
        "dateNotification",
        "0026-03-02",
        "dateNotification",
        "Date de notification : cette date est invraisemblable." + NO_MARCHE,
    ),
    (
        "dateNotification",
        "2026-03-02T00:00:00",
        "dateNotification",
        "Date de notification : seul le jour est lu ; ce qui suit la date est laissé de côté.",
    ),
    (
        "dateNotification",
        "2026-04-16",
        "datePublicationDonnees",
        "Date de publication : elle précède la notification du marché.",
    ),
    ("datePublicationDonnees", "NC", "datePublicationDonnees", "Date de publication : " + NC),
    ("nature", "MARCHE", "nature", "Nature : « MARCHE » est lu comme « Marché »."),
    (
        "nature",
        "Marché de partenaria",
        "nature",
        "Nature : valeur inconnue « Marché de partenaria » ; la plus proche est « Marché de partenariat ».",
    ),
    (
        "procedure",
        "Appel d’offre ouvert",
        "procedure",
        (
            "Procédure : valeur inconnue « Appel d’offre ouvert » ; la plus proche est « Appel d'offres "
            "ouvert »."
        ),
    ),
    (
        "formePrix",
        "xyz",
        "formePrix",
        (
            "Forme du prix : valeur inconnue « xyz » ; les valeurs admises sont « Unitaire », « Forfaitaire "
            "», « Mixte »."
        ),
    ),
    ("ccag", "Maîtrise d'oeuvre", "ccag", "CCAG : « Maîtrise d'oeuvre » est lu comme « Maitrise d'œuvre »."),
    (
        "codeCPV",
        "4521420",
        "codeCPV",
        "Code CPV : le code doit avoir huit chiffres, suivis parfois d'un tiret et d'un chiffre.",
    ),
    ("montant", 0, "montant", "Montant : le montant doit être au moins 1 €."),
    ("montant", "NC", "montant", "Montant : " + NC),
    ("montant", "1000000", "montant", "Montant : le nombre est écrit comme un texte ; il a été lu."),
    ("montant", "un million", "montant", "Montant : un nombre est attendu, un texte a été lu."),
    ("montant", 10**60, "montant", "Montant : ce nombre est trop grand pour être lu."),
    ("montant", 10**12, "montant", "Montant : ce montant est invraisemblable."),
    ("montant", 1000.125, "montant", "Montant : le montant est arrondi au centime."),
    ("montant", True, "montant", "Montant : un nombre est attendu, une valeur vrai ou faux a été lue."),
    ("montant", float("nan"), "montant", "Montant : un nombre est attendu, un texte a été lu."),
    ("dureeMois", 0, "dureeMois", "Durée : le nombre doit être au moins 1."),
    ("dureeMois", 1.5, "dureeMois", "Durée : un nombre entier est attendu."),
    ("dureeMois", 99999, "dureeMois", "Durée : ce nombre est invraisemblable."),
    ("tauxAvance", 5, "tauxAvance", "Taux de l'avance : une part entre 0 et 1 est attendue."),
    (
        "marcheInnovant",
        "oui",
        "marcheInnovant",
        "Marché innovant : true ou false est attendu ; la valeur a été comprise.",
    ),
    (
        "marcheInnovant",
        "peut-être",
        "marcheInnovant",
        "Marché innovant : true ou false est attendu, un texte a été lu.",
    ),
    ("titulaires", REMOVED, "titulaires", "Titulaires : ce champ obligatoire manque." + NO_AWARD),
    ("titulaires", [], "titulaires", "Titulaires : la liste est vide." + NO_AWARD),
    ("titulaires", {}, "titulaires", "Titulaires : une liste est attendue, un objet a été lu." + NO_AWARD),
    (
        "titulaires[0]",
        {"nom": "Toits d'Ici"},
        "titulaires[0]",
        "Titulaire : l'objet « titulaire » manque." + NO_AWARD,
    ),
    (f"{FIRM}.id", "NC", f"{FIRM}.id", "Titulaire : l'entreprise n'est pas identifiée." + NO_AWARD),
    (
        f"{FIRM}.id",
        "99310001500012",
        f"{FIRM}.id",
        "Titulaire : la clé de ce SIRET est fausse, un chiffre est sans doute mal recopié." + NO_AWARD,
    ),
    (
        f"{FIRM}.typeIdentifiant",
        REMOVED,
        f"{FIRM}.typeIdentifiant",
        (
            "Titulaire, type d'identifiant : le type manque ou est inconnu ; le numéro est un SIRET et il est "
            "lu ainsi."
        ),
    ),
    (
        FIRM,
        {"id": "B12", "typeIdentifiant": "SIREN"},
        f"{FIRM}.typeIdentifiant",
        "Titulaire, type d'identifiant : valeur inconnue « SIREN » ; la plus proche est « SIRET »."
        + NO_AWARD,
    ),
    (
        FIRM,
        {"id": "DE123", "typeIdentifiant": "TVA"},
        f"{FIRM}.id",
        "Titulaire : « DE123 » n'est pas un numéro de TVA européen ; il est gardé tel quel.",
    ),
    (f"{FIRM}.id", "99310002300015", "titulaires[1]", "Titulaires : cet élément est déjà dans la liste."),
    (
        "typeGroupementOperateurs",
        "Pas de groupement",
        "typeGroupementOperateurs",
        "Groupement : 2 titulaires sont donnés, sans groupement.",
    ),
    (
        "titulaires[1]",
        REMOVED,
        "typeGroupementOperateurs",
        "Groupement : un seul titulaire est donné ; les cotraitants sont à ajouter.",
    ),
    (
        "considerationsSociales",
        REMOVED,
        "considerationsSociales",
        (
            "Considérations sociales : ce champ obligatoire manque. Cela ne veut pas dire qu'il n'y a pas de "
            "clause ; à vérifier auprès de l'acheteur."
        ),
    ),
    (f"{SOCIAL}[0]", "NC", f"{SOCIAL}[0]", "Considération sociale : " + NC),
    (
        SOCIAL,
        ["Clause sociale", "Pas de considération sociale"],
        SOCIAL,
        (
            "« Pas de considération sociale » ne peut pas aller avec « Clause sociale » : à vérifier auprès "
            "de l'acheteur."
        ),
    ),
    (
        SOCIAL,
        ["Clause sociale", "Sans objet"],
        f"{SOCIAL}[1]",
        "Considération sociale : « Sans objet » est lu comme « Pas de considération sociale ».",
    ),
    (
        "modalitesExecution.modaliteExecution[0]",
        "Bons de commande",
        "techniques.technique",
        (
            "Techniques : les modalités sont celles d'un accord-cadre, la technique ne le dit pas ; le "
            "montant est lu comme un maximum."
        ),
    ),
    (
        "idAccordCadre",
        "2026-ECOLE-02",
        "idAccordCadre",
        "Numéro de l'accord-cadre : c'est celui du marché lui-même.",
    ),
    (
        "lieuExecution.code",
        "3818",
        "lieuExecution.code",
        "Code du lieu : pour « Code commune », cinq caractères (69266, 2A004) sont attendus.",
    ),
    (
        "sousTraitanceDeclaree",
        False,
        "sousTraitanceDeclaree",
        "Sous-traitance déclarée : « false », mais des actes de sous-traitance sont donnés.",
    ),
    (
        f"{ACT}.sousTraitant.id",
        "214356",
        f"{ACT}.sousTraitant.id",
        "Sous-traitant : un SIRET a 14 chiffres, 6 ont été lus.",
    ),
    (
        f"{ACT}.id",
        2,
        "modificationsActesSousTraitance[0].modificationActeSousTraitance.id",
        "Numéro de l'acte modifié : aucun acte de sous-traitance n'a le numéro 1.",
    ),
    (
        f"{CHANGE}.dateNotificationModification",
        "2025-09-10",
        f"{CHANGE}.dateNotificationModification",
        "Date de notification de la modification : elle précède la notification du marché.",
    ),
    (
        "Montant",
        1,
        "Montant",
        "Cette clé n'existe pas dans le format : elle n'est pas lue.",
    ),
]


@pytest.mark.parametrize(("path", "written", "reported", "sentence"), BAD)
def test_a_wrong_field_is_said_at_its_place(path: str, written: object, reported: str, sentence: str) -> None:
    record = json.loads(SAMPLE.read_text(encoding="utf-8"))["marches"]["marche"][0]
    change(record, path, written)
    (read,) = read_decp(json.dumps({"marches": {"marche": [record]}}).encode()).records
    effect = Effect.RECORD if sentence.endswith(NO_MARCHE) else Effect.REMARK
    effect = Effect.AWARD if sentence.endswith(NO_AWARD) else effect
    said = {(p.path, p.sentence): p for p in read.problems}
    assert (reported, sentence) in said, [(p.path, p.sentence) for p in read.problems]
    assert said[reported, sentence].effect is effect
    assert (read.fields is None) == (effect is Effect.RECORD)
    if read.fields is not None:
        assert read.fields.award_readable == (effect is not Effect.AWARD)


def test_the_table_is_long_enough() -> None:
    assert len(BAD) >= 40
    assert len({(path, repr(written)) for path, written, _, _ in BAD}) == len(BAD)


def test_a_key_written_twice_is_said_with_both_values() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    same = text.replace('"montant": 1000000,', '"montant": 1000000, "montant": 1000000,')
    other = text.replace('"montant": 1000000,', '"montant": 1000000, "montant": 900000,')
    (once,) = read_decp(same.encode()).records
    (twice,) = read_decp(other.encode()).records
    assert once.problems == (
        Problem("montant", "1000000", "Cette clé est écrite deux fois, avec la même valeur."),
    )
    assert twice.problems == (
        Problem(
            "montant",
            "900000",
            "Cette clé est écrite deux fois, avec des valeurs différentes : « 1000000 », puis « 900000 »."
            + NO_MARCHE,
            Effect.RECORD,
        ),
    )


def test_a_notification_still_to_come_is_remarked_when_the_day_is_given() -> None:
    (record,) = read_decp(SAMPLE.read_bytes(), on=date(2026, 3, 1)).records
    first, *rest = record.problems
    assert first == Problem("dateNotification", "2026-03-02", "Date de notification : cette date est à venir.")
    assert {problem.path for problem in rest} == {
        "datePublicationDonnees",
        "modifications[0].modification.dateNotificationModification",
        "actesSousTraitance[0].acteSousTraitance.dateNotification",
        "modificationsActesSousTraitance[0].modificationActeSousTraitance.dateNotificationModificationSousTraitance",
    }
    assert all(problem.sentence.endswith(" : cette date est à venir.") for problem in rest)


def test_an_amount_of_one_euro_is_not_taken() -> None:
    record = json.loads(SAMPLE.read_text(encoding="utf-8"))["marches"]["marche"][0] | {"montant": 1}
    (read,) = read_decp(json.dumps({"marches": {"marche": [record]}}).encode()).records
    assert read.fields is not None
    assert read.fields.amount_ht is None
    told = "Montant : 1 € tient sans doute lieu de montant inconnu ; il n'est pas repris."
    assert read.problems == (Problem("montant", "1", told),)


def test_an_unclear_social_answer_is_neither_yes_nor_no() -> None:
    answers = {
        ("Clause sociale",): True,
        ("Critère social",): False,
        ("Pas de considération sociale",): False,
        ("Clause sociale", "Pas de considération sociale"): None,
        ("Critère social", "Close social"): None,
        ("NC",): None,
    }
    for written, expected in answers.items():
        record = json.loads(SAMPLE.read_text(encoding="utf-8"))["marches"]["marche"][0]
        change(record, SOCIAL, list(written))
        (read,) = read_decp(json.dumps({"marches": {"marche": [record]}}).encode()).records
        assert read.fields is not None
        assert read.fields.has_social_clause is expected, written


def change(record: Any, path: str, value: object) -> None:
    """Write `value` at `path` (« a[0].b »), or remove what is there."""
    steps: list[str | int] = []
    for part in path.split("."):
        name, *indexes = part.replace("]", "").split("[")
        steps += [name, *map(int, indexes)]
    for step in steps[:-1]:
        record = record[step]
    if value is REMOVED:
        del record[steps[-1]]
    else:
        record[steps[-1]] = value
