"""The pages of the guide: plain texts with links."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clausette.access.queries import is_demonstration
from clausette.web.doors import public
from clausette.web.guide.cases import HARD_CASES


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the guide."""

    url_name: str
    title: str
    told: str


CHAPTERS = (
    Chapter("guide:first_steps", "Premiers pas", "Entrer, trouver, comprendre « Ma journée »."),
    Chapter(
        "guide:main_job", "D'un fichier DECP à l'attestation", "Tout le chemin d'un marché, étape par étape."
    ),
    Chapter(
        "guide:imports",
        "Les données essentielles",
        "Quel fichier envoyer, et que faire quand une publication change un marché.",
    ),
    Chapter(
        "guide:takeover",
        "Démarrer avec des marchés en cours",
        "Un classeur de marchés, de personnes et d'heures, repris, rapproché, défait s'il le faut.",
    ),
    Chapter(
        "guide:advice",
        "Conseiller un maître d'ouvrage",
        "L'étude, le calcul, le levier, les textes, et le DCE vérifié avant sa publication.",
    ),
    Chapter(
        "guide:purchases",
        "Le programme d'achats d'un maître d'ouvrage",
        "Pour le facilitateur : des lignes repérées, triées au clavier, rendues à l'acheteur.",
    ),
    Chapter(
        "guide:statements",
        "Le mois de relevés",
        "Pour le facilitateur : saisir, contrôler, valider, renvoyer.",
    ),
    Chapter(
        "guide:paths",
        "Suivre un parcours jusqu'à la sortie",
        "Pour le facilitateur : la prochaine étape, les formations, la sortie, le FSE+.",
    ),
    Chapter(
        "guide:firm",
        "L'entreprise déclare",
        "Pour une entreprise ou un employeur : un mois, depuis un téléphone.",
    ),
    Chapter(
        "guide:prescriber",
        "Le prescripteur oriente",
        "Pour un prescripteur : proposer, compléter, suivre la réponse ; pour la structure : répondre.",
    ),
    Chapter(
        "guide:buyer",
        "Le maître d'ouvrage suit ses marchés",
        "Pour un acheteur : ce qui est dû et fait, ce qu'il saisit, ses bilans.",
    ),
    Chapter(
        "guide:follow_up",
        "Du conseil au suivi",
        "Pour le facilitateur : l'étude d'un achat, son marché, ses engagements, les publications.",
    ),
    Chapter(
        "guide:hard_cases", "Les cas difficiles", "Reconduction, groupement, reprise… : un exemple de chacun."
    ),
)


def _page(request: HttpRequest, name: str, **more: object) -> HttpResponse:
    vars(request)["demonstration"] = is_demonstration()  # nobody's rights are open here: asked of the one row
    return render(request, f"guide/{name}.html", {"chapters": CHAPTERS, **more})


@public()
def contents(request: HttpRequest) -> HttpResponse:
    """What the guide tells."""
    return _page(request, "contents")


@public()
def first_steps(request: HttpRequest) -> HttpResponse:
    """Coming in, finding, the first page."""
    return _page(request, "first_steps")


@public()
def follow_up(request: HttpRequest) -> HttpResponse:
    """From the study of a purchase to its contract and its engagements."""
    return _page(request, "follow_up")


@public()
def takeover(request: HttpRequest) -> HttpResponse:
    """Starting with running work."""
    return _page(request, "takeover")


@public()
def purchases(request: HttpRequest) -> HttpResponse:
    """From a buyer's programme to its lines sorted."""
    return _page(request, "purchases")


@public()
def statements(request: HttpRequest) -> HttpResponse:
    """The month of a facilitator."""
    return _page(request, "statements")


@public()
def paths(request: HttpRequest) -> HttpResponse:
    """From the next step of a path to its exit, and the FSE+."""
    return _page(request, "paths")


@public()
def firm(request: HttpRequest) -> HttpResponse:
    """The month of a firm."""
    return _page(request, "firm")


@public()
def main_job(request: HttpRequest) -> HttpResponse:
    """From the official record to the attestation."""
    return _page(request, "main_job")


@public()
def imports(request: HttpRequest) -> HttpResponse:
    """Official files, and what they change."""
    return _page(request, "imports")


@public()
def hard_cases(request: HttpRequest) -> HttpResponse:
    """The delicate situations of the trade, each with its figure in the demonstration."""
    return _page(request, "hard_cases", cases=HARD_CASES)


@public()
def buyer(request: HttpRequest) -> HttpResponse:
    """What a buyer reads, types and downloads."""
    return _page(request, "buyer")


@public()
def advice(request: HttpRequest) -> HttpResponse:
    """From the question of a buyer to the text in the tender."""
    return _page(request, "advice")


@public()
def prescriber(request: HttpRequest) -> HttpResponse:
    """What a prescriber proposes, and what the structure answers."""
    return _page(request, "prescriber")
