"""The closed list of what a text may say of a purchase: a name, and what it is in plain words."""

from collections.abc import Iterator

from clausette.advice.texts.blocks import (
    ROW,
    TAG,
    Block,
    Facts,
    Heading,
    Items,
    ItemsOf,
    Para,
    Signatures,
    Table,
    When,
)

VALUES = {
    "structure": "nom de votre structure",
    "facilitateur": "nom du facilitateur",
    "coordonnees": "téléphone et adresse électronique du facilitateur",
    "acheteur": "maître d'ouvrage",
    "objet": "objet de l'achat",
    "numero": "numéro de la consultation ou du marché",
    "lieu": "lieu d'exécution",
    "duree": "durée d'exécution",
    "valeur": "valeur estimée HT",
    "date_engagement": "date d'engagement de la consultation",
    "date_demande": "date de la demande d'avis",
    "obligation": "réponse à « la clause est-elle obligatoire ? »",
    "levier": "levier juridique conseillé",
    "raisons": "raisons du levier conseillé",
    "article_levier": "article du levier juridique",
    "article_execution": "article de la condition d'exécution",
    "article_critere": "article du critère d'attribution",
    "beneficiaires": "structures auxquelles le marché est réservé",
    "heures_total": "volume total d'heures d'insertion",
    "validite": "durée pendant laquelle les heures d'une personne comptent",
    "interim": "règle sur l'intérim classique",
    "periodicite": "rythme des relevés d'heures",
    "jour_releve": "jour limite des relevés d'heures",
    "penalite": "pénalité par heure non réalisée",
    "penalite_retard": "pénalité par jour de retard d'un relevé",
    "ponderation": "pondération du critère",
    "question": "question posée par le candidat",
    "candidat": "nom du candidat",
    "derogation": "texte du motif de dérogation",
    "titulaire": "titulaire du marché",
    "date_notification": "date de notification",
    "date_debut": "début de l'exécution",
    "date_fin": "fin de l'exécution",
    "date_reunion": "date et lieu de la réunion de lancement",
    "financement": "conditions financières de la convention",
    "duree_convention": "durée de la convention",
    "pied": "nom du modèle, sa version, date du droit",
}
"""Names of one value: what it is."""
LISTS = {
    "lots": {
        "numero": "numéro du lot",
        "intitule": "intitulé du lot",
        "montant": "montant estimé HT du lot",
        "volume": "volume d'insertion du lot",
        "calcul": "calcul du volume du lot",
        "titulaire": "titulaire du lot",
    },
    "publics_reconnus": {"libelle": "public accompagné par une structure reconnue par l'État"},
    "publics_eloignes": {"libelle": "public éloigné de l'emploi"},
}
"""Names of lists, with what is known of each of their things."""
FLAGS = {
    "condition": "une condition d'exécution est prévue",
    "critere": "un critère d'attribution est prévu",
    "reserve": "le marché est réservé",
    "prestation": "l'achat est une prestation d'insertion",
    "sans_clause": "aucune clause n'est conseillée",
}
"""Names of conditions: true or false."""


def strings(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Give every string of these blocks, conditions and lists opened."""
    for block in blocks:
        if isinstance(block, Heading | Para):
            yield block.text
        elif isinstance(block, Items):
            yield from block.texts
        elif isinstance(block, ItemsOf):
            yield block.text
        elif isinstance(block, Table):
            yield from block.heads
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Facts):
            yield from (text for row in block.rows for text in row)
        elif isinstance(block, Signatures):
            yield from block.who
        else:
            yield from strings(block.blocks)


def lists_of(blocks: tuple[Block, ...]) -> set[str]:
    """Return the lists that these blocks walk."""
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, ItemsOf | Table) and block.over:
            found.add(block.over)
        elif isinstance(block, When):
            found |= lists_of(block.blocks)
    return found


def values_of(blocks: tuple[Block, ...]) -> list[str]:
    """Return the values that these blocks write, in their order, once each; those of lists left out."""
    names = (name for text in strings(blocks) for name in TAG.findall(text))
    return list(dict.fromkeys(name for name in names if not name.startswith(f"{ROW}.")))
