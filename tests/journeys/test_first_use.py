"""A real first use: the command, the invitation, the password, the telephone, the first page, a colleague."""

import re
import time
from collections.abc import Callable

from clausette.access.second_factor import code_at
from tests.journeys.conftest import Running
from tests.journeys.page import Journey

PASSWORD = "trois marmottes au marché"


def code(secret: str, shift: int = 0) -> str:
    """What the telephone shows now."""
    return code_at(secret, int(time.time()) // 30 + shift)


def installed(empty: Running) -> str:
    """Install the first structure; return the address of the invitation that the command prints."""
    printed = empty.installation.manage(
        "install",
        "--structure",
        "PLIE du Pays d'Ouche",
        "--siret",
        "13002526500013",
        "--admin",
        "nadia@ouche.example",
    )
    link = re.search(r"http://\S+(/compte/invitation/\S+/)", printed)
    assert link, printed
    return link[1]


def accepts(nadia: Journey, link: str) -> None:
    """The first person comes by the invitation and chooses a name and a password."""
    nadia.goto("/")
    nadia.check("accueil")
    nadia.press("Se connecter")
    nadia.check("connexion")
    nadia.goto(link)
    nadia.title("Bienvenue")
    nadia.check("invitation")
    nadia.fill(full_name="Nadia Berger", password="court", again="court")
    nadia.press("Créer mon compte")
    nadia.sees("12 caractères")
    assert nadia.page.locator("[name=full_name]").input_value() == "Nadia Berger"
    nadia.check("invitation-refusee")
    nadia.fill(password=PASSWORD, again=PASSWORD)
    nadia.press("Créer mon compte")


def enrols(nadia: Journey) -> list[str]:
    """The telephone becomes the second factor; return the codes to print."""
    nadia.title("Activer la double authentification")
    nadia.check("second-facteur")
    nadia.page.get_by_text("Je ne peux pas photographier").click()
    secret = nadia.page.locator("[data-secret]").inner_text().replace(" ", "")
    nadia.fill(code="000000")
    nadia.press("Activer")
    nadia.sees("Ce code n'est pas bon")
    nadia.fill(code=code(secret))
    nadia.press("Activer")
    nadia.title("Vos codes de secours")
    nadia.check("codes-de-secours")
    paper = nadia.page.locator("[data-codes] li").all_inner_texts()
    assert len(paper) == 10
    nadia.press("J'ai gardé mes codes, continuer")
    nadia.page.wait_for_url("**/o/plie-du-pays-d-ouche/")
    return paper


def comes_back(nadia: Journey, paper: list[str]) -> None:
    """Another day, another browser: the password, then a code of the paper."""
    nadia.page.context.clear_cookies()
    nadia.goto("/o/plie-du-pays-d-ouche/structure/")
    nadia.title("Se connecter")
    nadia.fill(email="nadia@ouche.example", password=PASSWORD)
    nadia.press("Se connecter")
    nadia.title("Votre code")
    nadia.check("code")
    nadia.fill(code=paper[0])
    nadia.press("Continuer")
    nadia.title("Structure")
    nadia.check("structure")


def invites(nadia: Journey, empty: Running) -> str:
    """A colleague is invited; return the address that the letter carries."""
    nadia.press("Inviter une personne")
    nadia.check("inviter")
    nadia.fill(email="omar@ouche.example", full_name="Omar Leduc")
    nadia.press("Envoyer l'invitation")
    nadia.sees("L'invitation part par courriel")
    nadia.check("structure-invitation")
    empty.installation.run_jobs()
    [letter] = empty.installation.letters()
    assert "Nadia Berger vous invite" in letter
    path = re.search(r"http://\S+?(/compte/invitation/\S+)", letter)
    assert path
    return path[1]


def removes(nadia: Journey, omar: Journey) -> None:
    """The colleague leaves: nothing is open to him any more."""
    nadia.goto("/o/plie-du-pays-d-ouche/structure/")
    nadia.page.get_by_role("link", name="Modifier Omar Leduc").click()
    nadia.title("Omar Leduc")
    nadia.check("membre")
    nadia.press("Retirer cette personne")
    nadia.title("Retirer Omar Leduc de la structure ?")
    nadia.check("membre-retirer")
    nadia.press("Retirer de la structure")
    nadia.sees("Omar Leduc n'est plus membre de la structure.")
    omar.goto("/")
    omar.title("Choisir une structure")
    omar.check("aucune-structure")


def test_from_the_command_to_the_first_page(empty: Running, person: Callable[[str], Journey]) -> None:
    nadia = person(empty.site)
    accepts(nadia, installed(empty))
    comes_back(nadia, enrols(nadia))
    path = invites(nadia, empty)

    omar = person(empty.site)
    omar.goto(path)
    omar.sees("omar@ouche.example")
    omar.fill(password="quatre lapins bien cachés", again="quatre lapins bien cachés")
    omar.press("Créer mon compte")
    omar.title("Activer la double authentification")
    again = person(empty.site)
    again.goto(path)
    again.title("Cette invitation n'est plus valable")

    removes(nadia, omar)
