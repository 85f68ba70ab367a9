"""What the gallery shows: each component, in every state, with invented words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from clausette.kernel.columns import Column
from clausette.web.components.badges import SHAPES, Badge
from clausette.web.components.base import Component
from clausette.web.components.buttons import Button, LinkButton, PostButton
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.grid import GridCell, GridRow, HoursGrid
from clausette.web.components.lists import (
    Breadcrumb,
    Crumb,
    Fact,
    Facts,
    NextAction,
    NextActions,
    Step,
    Stepper,
    Tab,
    Tabs,
    Timeline,
    TimelineEvent,
)
from clausette.web.components.notices import Confirm, EmptyState, Flash
from clausette.web.components.paging import Pagination
from clausette.web.components.tables import Sort, Table, Under

LOCKED = "Le relevé d'octobre n'est pas encore complet : il manque une pièce justificative."


@dataclass(frozen=True, slots=True)
class Sample:
    """A lot, as the gallery needs it."""

    name: str
    firm: str
    ends_on: date | None
    due: Decimal
    validated: Decimal
    state: Badge

    @property
    def gauge(self) -> Gauge:
        return Gauge(self.due, self.validated, Decimal(40), Decimal("0.6"), compact=True)


SAMPLES = (
    Sample(
        "Gymnase des Acacias, lot 1",
        "Bâti Ouche",
        date(2027, 7, 31),
        Decimal(833),
        Decimal(661),
        Badge("à valider", "wait"),
    ),
    Sample(
        "Halle Nord, gros œuvre",
        "Nord Construction",
        date(2027, 6, 30),
        Decimal(1250),
        Decimal("402.5"),
        Badge("en difficulté", "danger"),
    ),
    Sample("Voirie du bourg, lot 3", "Vert Paysages", None, Decimal(310), Decimal(318), Badge("tenu", "ok")),
)

COLUMNS: tuple[Column[Sample], ...] = (
    Column("Lot", lambda row: row.name),
    Column("Titulaire", lambda row: row.firm),
    Column("Fin", lambda row: row.ends_on, "date"),
    Column("Dues", lambda row: row.due, "hours"),
    Column("Validées", lambda row: row.validated, "hours"),
    Column("Avancement", lambda row: row.gauge),
    Column("État", lambda row: row.state),
)

EMPTY = EmptyState(
    "Aucun marché pour l'instant",
    "Un marché porte les engagements d'insertion. Saisissez-le, ou importez les données essentielles de l'acheteur.",
    LinkButton("Ajouter un marché", "#marches", "primary"),
    icon="market",
)


def buttons() -> list[Component]:
    return [
        Button("Valider"),
        Button("Renvoyer", "secondary"),
        Button("Retirer", "danger"),
        Button("Annuler", "quiet"),
        Button("Valider", disabled=LOCKED, about="octobre 2026"),
        LinkButton("Voir le relevé", "#releve"),
        LinkButton("Nouveau marché", "#nouveau", "primary"),
        LinkButton("Préparer le bilan", "#bilan", disabled="Aucune heure n'est encore validée."),
    ]


def badges() -> list[Component]:
    words = ("brouillon", "transmis", "validé", "à valider", "à justifier", "en retard")
    return [Badge(word, tone) for tone, word in zip(SHAPES, words, strict=True)]


def flashes() -> list[Component]:
    return [
        Flash("Le relevé d'octobre est validé : 221,5 h.", "success"),
        Flash("Une relance partira demain à 9 h.", "info"),
        Flash("Deux lignes dépassent 220 h dans le mois. Vérifiez la feuille d'heures.", "warning"),
        Flash("Le fichier n'a pas été lu : ce n'est pas un PDF.", "error"),
    ]


def figures() -> list[Component]:
    gauge = Gauge(Decimal(43200), Decimal(31480), Decimal(2600), Decimal("0.89"))
    return [
        Figure(
            "31 480 h",
            "validées sur 43 200 h dues",
            "≈ 17 personnes pendant un an",
            "#lignes",
            "Heures validées par un facilitateur, corrections comprises, au 22 novembre 2026.",
            gauge,
        ),
        Figure("172 h", "restant à réaliser", "≈ 1 personne pendant 1,1 mois"),
        Figure(
            "318 h",
            "validées sur 310 h dues",
            gauge=Gauge(Decimal(310), Decimal(318), Decimal(0), Decimal("0.4")),
        ),
        Figure("0 h", "sur 500 h dues", gauge=Gauge(Decimal(500), Decimal(0), elapsed=Decimal(0))),
    ]


def next_actions(token: str) -> list[Component]:
    to_validate = (
        NextAction(
            "Interim Plus Insertion", "octobre, 14 personnes, 1 508 h", "depuis 3 jours",
            "Rénovation du lycée J. Monnet, lots 2 et 7", "#releve-1", Badge("2 lignes à justifier", "warn"),
            action=LinkButton("Contrôler", "#controler", "primary", about="octobre, Interim Plus Insertion"),
        ),
        NextAction(
            "Bâti Ouche", "octobre, 2 personnes, 221,5 h", "depuis hier", "Gymnase des Acacias, lot 1", "#releve-2",
            Badge("sans remarque", "ok"),
            action=PostButton("Valider", "#valider", "secondary", about="octobre, Bâti Ouche", token=token),
        ),
        NextAction(
            "GEIQ BTP Normandie", "septembre, correction", "depuis hier", "Moins 14\u00a0h sur une ligne validée",
            "#releve-3",
            action=LinkButton("Comparer", "#comparer", about="septembre, GEIQ BTP Normandie"),
        ),
    )  # fmt: skip
    late = (
        NextAction(
            "Vert Paysages", "octobre non déclaré", "7 jours de retard", "Déjà relancé le 12 et le 17", late=True,
            action=LinkButton("Appeler", "#appeler", about="Vert Paysages"),
        ),
    )  # fmt: skip
    return [
        NextActions("À valider", to_validate, "3 relevés, 1 715,5 h", 12, "#tout"),
        NextActions("À relancer", late, "la relance part aujourd'hui à 9 h si vous ne faites rien"),
    ]


def paths() -> dict[str, Component]:
    return {
        "timeline": Timeline(
            (
                TimelineEvent(
                    "hier, 17 h 12",
                    "Bâti Ouche a transmis octobre : 221,5 h",
                    "3 pièces justificatives",
                    "#fil",
                ),
                TimelineEvent("12 novembre 2026", "Relance d'octobre", "Réponse promise pour le 20"),
            )
        ),
        "stepper": Stepper(
            (
                Step("Déposer le fichier", "done", "hier"),
                Step("Comparer", "current"),
                Step("Confirmer", "blocked", "une ligne à corriger"),
                Step("Appliquer"),
            ),
            "Import des données essentielles",
        ),
        "tabs": Tabs(
            (
                Tab("Engagements", "#e", True, 3),
                Tab("Relevés d'heures", "#r", False, 18),
                Tab("Historique", "#h"),
            )
        ),
        "crumbs": Breadcrumb((Crumb("Marchés", "#m"), Crumb("Métropole", "#x"), Crumb("marché 2025-118"))),
        "facts": Facts(
            (
                Fact("Donneur d'ordre", "Métropole", "#metropole"),
                Fact("Levier juridique", "Condition d'exécution (L2112-2-1)"),
                Fact("État", Badge("en cours", "info")),
                Fact(
                    "Heures dues",
                    "833 h",
                    "#calcul",
                    "1 000 000 € × 50 % × 5 % ÷ 30 €/h, à l'heure la plus proche",
                ),
                Fact("Référent", None),
            )
        ),
    }


def tables() -> dict[str, Component]:
    query = QueryDict("tri=fin&etat=ouvert")
    sort = Sort({"Lot": "nom", "Fin": "fin", "Dues": "dues"}, "fin", query=query)
    totals = {"Dues": Decimal(2393), "Validées": Decimal("1381.5")}
    return {
        "table": Table(
            "Lots suivis", COLUMNS, SAMPLES, row_href=lambda row: "#lot", links={"Validées": lambda row: "#lignes"},
            sort=sort, totals=totals, totals_links={"Validées": "#toutes"}, show_caption=True,
        ),
        "wide": Table("Lots suivis, tableau large", COLUMNS, SAMPLES, row_href=lambda row: "#lot", narrow="scroll"),
        "two_lines": Table(
            "Lots suivis, seconde ligne", COLUMNS, SAMPLES, row_href=lambda row: "#lot",
            under={COLUMNS[0].label: Under("Référent", lambda row: "PLIE du Val d'Orselle", lambda row: "#referent")},
        ),
        "none": Table("Marchés", COLUMNS, (), empty=EMPTY),
        "pages": Pagination(214, 3, "marchés", query),
        "one_page": Pagination(1, 1, "marchés"),
        "confirm": Confirm(
            "Clore le marché 2025-118", "Clore le marché", "#retour", danger=True,
            consequences=("172 h resteront non réalisées.", "Les entreprises ne pourront plus déclarer d'heures."),
        ),
    }  # fmt: skip


def _by_month() -> Component:
    lemaire = (
        GridCell("h1_1", "121,5", locked="validé le 3 octobre 2026"),
        GridCell("h1_2", "100"),
        GridCell("h1_3"),
    )
    too_much = "232\u00a0h : plus de 220\u00a0h dans le mois. Vérifiez la feuille d'heures."
    haddad = (GridCell("h2_1", "7h30"), GridCell("h2_2", "232", too_much), GridCell("h2_3"))
    return HoursGrid(
        "Heures par personne et par mois",
        ("septembre 2026", "octobre 2026", "novembre 2026"),
        (
            GridRow("D. Lemaire", lemaire, "maçon, CDD", "221,5\u00a0h", "#lemaire"),
            GridRow("K. Haddad", haddad, "aide-maçon, ETTI", "239,5\u00a0h"),
        ),
        ("129\u00a0h", "332\u00a0h", "0\u00a0h"),
        "461\u00a0h",
    )


def _one_month() -> Component:
    too_much = "232\u00a0h : plus de 220\u00a0h dans le mois."
    return HoursGrid(
        "Heures d'octobre 2026",
        ("octobre 2026",),
        (
            GridRow("D. Lemaire", (GridCell("s1", "121,5"),), "maçon, CDD, validé jusqu'au 3 mars 2027"),
            GridRow("K. Haddad", (GridCell("s2", "232", too_much),), "aide-maçon, ETTI"),
        ),
        ("353,5\u00a0h",),
    )


def grids() -> list[Component]:
    return [_by_month(), _one_month()]
