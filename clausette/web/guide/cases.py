"""The delicate situations of the trade: each with its figure in the demonstration, and where to open it there."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class HardCase:
    """One situation. `names`: usual names of its contracts in the demonstration; `figure`: what it must say."""

    number: int
    title: str
    names: tuple[str, ...]
    told: str
    figure: str

    @property
    def links(self) -> list[tuple[str, str]]:
        """(name, address of the search that finds it in the demonstration)."""
        return [(name, f"{SEARCH}?{urlencode({'q': name})}") for name in self.names]


SEARCH = "/o/plie-du-val-d-orselle/recherche/"
"""Search of the structure of the demonstration that follows all of them."""

HARD_CASES = (
    HardCase(
        1,
        "Accord-cadre et trois commandes",
        ("Entretien des espaces verts",),
        "Le maximum de l'accord-cadre ne fixe aucune heure. Chaque bon de commande porte son engagement :"
        " 100 000 €, 140 000 € et 60 000 € commandés à 50 % de main-d'œuvre, 5 % et 35 €/h.",
        "71 h, 100 h et 43 h dues ; 300 000 € commandés sur 900 000 €.",
    ),
    HardCase(
        2,
        "Reconduction non faite",
        ("Restauration scolaire",),
        "La reconduction était une partie conditionnelle. Le maître d'ouvrage ne reconduit pas : sa "
        "partie est annulée par une nouvelle version, avec la décision et son document.",
        "300 h dues, 0 h possible, 300 h validées.",
    ),
    HardCase(
        3,
        "Tranche optionnelle affermie",
        ("Aménagement des quais",),
        "La tranche optionnelle passe de « conditionnelle » à « ferme » le jour de la décision. Avant "
        "cette date, la page de l'engagement montre encore l'ancienne version.",
        "600 h dues fermes, 0 h possible.",
    ),
    HardCase(
        4,
        "Groupement de trois et sous-traitant de rang 2",
        ("Station de tramway Voltaire",),
        "Un mandataire et deux cotraitants solidaires, avec leurs parts. Une personne travaille chez le "
        "sous-traitant d'un sous-traitant : ses heures créditent l'engagement du groupement.",
        "400 h validées, travaillées au rang 2.",
    ),
    HardCase(
        5,
        "Titulaire en liquidation, marché transféré",
        ("Résidence du Verger",),
        "Le titulaire disparaît avant le terme. Un acte transfère le marché à une autre entreprise : le "
        "solde passe à un nouvel engagement, avec son document, et les heures faites restent à celui qui "
        "les a faites.",
        "400 h dues et validées pour le premier titulaire, 500 h dues par le suivant.",
    ),
    HardCase(
        6,
        "Marché réservé, heures non nominatives",
        ("Conditionnement de kits scolaires",),
        "L'atelier atteste ses heures en bloc, avec un nombre de personnes et un document. Elles comptent"
        " en heures, à part, jamais en participants.",
        "632 h, sans nom, sans taux.",
    ),
    HardCase(
        7,
        "Offre au-dessus du minimum",
        ("Lycée Marie-Curie",),
        "Le minimum exigé est de 2 400 h, l'entreprise s'est engagée sur 3 000 h : est dû le plus grand "
        "des deux.",
        "3 000 h dues.",
    ),
    HardCase(
        8,
        "Lot sans clause, heures volontaires",
        ("Passerelle des Tanneurs",),
        "Le lot 2 n'a pas de clause. Les heures que l'entreprise y fait faire sont « hors clause » : "
        "comptées à part, jamais dans un taux.",
        "240 h sur le lot 1, 180 h hors clause sur le lot 2.",
    ),
    HardCase(
        9,
        "Marché infructueux puis relancé",
        ("Halle de la gare",),
        "Le marché infructueux reste, avec son motif. « Relancer » crée un nouveau marché qui lui est "
        "lié, avec ses lots.",
        "2 marchés liés, 2 lots repris.",
    ),
    HardCase(
        10,
        "Salariée d'un GEIQ dans trois entreprises",
        ("Écoquartier des Forges",),
        "Un seul contrat de travail, trois mises à disposition à la suite : chaque heure crédite "
        "l'entreprise où elle est travaillée.",
        "300 h, 180 h et 240 h.",
    ),
    HardCase(
        11,
        "Vingt missions d'une semaine",
        ("Lycée Marie-Curie",),
        "Vingt missions de la même personne, chez le même employeur, sur le même marché, à moins de "
        "quinze jours d'intervalle.",
        "500 h, 20 missions, 1 contrat compté.",
    ),
    HardCase(
        12,
        "Mission suivie d'un CDI",
        ("Lycée Marie-Curie",),
        "Le CDI fait « suite » à la mission. Il ne rouvre pas la durée pendant laquelle les heures "
        "comptent.",
        "930 h pour une personne, 2 contrats de travail.",
    ),
    HardCase(
        13,
        "Personne validée après son embauche",
        ("Crèche du Faubourg",),
        "Les heures d'avant la décision ne se valident pas sans un motif écrit : c'est une "
        "régularisation, qui reste marquée.",
        "70 h régularisées.",
    ),
    HardCase(
        14,
        "Personne déjà salariée de l'entreprise",
        ("Lycée Marie-Curie",),
        "La question est posée à l'entrée. Sans motif accepté, la mise à l'emploi est refusée.",
        "360 h, motif écrit.",
    ),
    HardCase(
        15,
        "Éligibilité réexaminée à 24 mois",
        ("Lycée Marie-Curie",),
        "Les heures comptent 24 mois à partir de la première, quoi qu'il arrive. Après, une nouvelle "
        "décision sur des faits nouveaux ouvre une nouvelle durée.",
        "500 h sur deux durées.",
    ),
    HardCase(
        16,
        "Décembre déclaré en mars",
        ("Lycée Marie-Curie",),
        "Le relevé de décembre arrive en mars de l'année suivante. Les heures restent à leur mois ; dans "
        "les chiffres de l'année close elles sont sur leur propre ligne, « rattrapages ».",
        "70 h en rattrapage.",
    ),
    HardCase(
        17,
        "Acte de globalisation",
        ("Musée du Textile", "Kiosque du Jardin public"),
        "Un chantier trop court pour employer quelqu'un : sur accord écrit du maître d'ouvrage, des "
        "heures travaillées sur un marché créditent l'engagement d'un autre, du même titulaire. Chaque "
        "heure garde le marché où elle a été travaillée : le total du territoire ne la compte qu'une "
        "fois.",
        "700 h travaillées au musée : 600 h lui restent, 100 h créditent le kiosque.",
    ),
    HardCase(
        18,
        "Marché partagé entre deux structures",
        ("Gymnase des Acacias",),
        "Deux structures voient le marché et saisissent. Chaque heure n'a qu'une structure déclarante : "
        "les totaux des deux ne se recouvrent pas.",
        "aucune heure comptée deux fois.",
    ),
    HardCase(
        19,
        "Reprise d'un marché en cours",
        ("Stade des Hautes-Rives",),
        "Les heures validées avant Clausette sont reprises en une fois, avec leur document. Elles "
        "comptent dans l'avancement, jamais dans une année sauf détail.",
        "1 120 h reprises, 300 h depuis : 1 420 h.",
    ),
    HardCase(
        20,
        "Portefeuille transmis à une collègue",
        ("Aménagement des quais", "Station de tramway Voltaire", "Restauration scolaire"),
        "Les marchés d'une facilitatrice passent à une autre en un seul acte, inscrit au journal avec son"
        " motif.",
        "3 marchés changent de mains.",
    ),
)
