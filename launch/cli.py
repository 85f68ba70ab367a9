"""The command line: words of the person to functions, faults to one sentence each."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from launch import archive, commands, keys, packages, serve
from launch.backups import prune
from launch.databases import open_database
from launch.place import Place, find_place, make_folders
from launch.speech import Stop, complain, say, sentence_of, step
from launch.supervise import Asked, stoppable

PASSED_ON = ("test", "manage")
EPILOGUE = """\
variables d'environnement :
  PORT                 port du site (8000)
  CLAUSETTE_STATE      dossier des données : base, fichiers, clés
                       (var/ ; en root, un dossier de /var/lib/clausette)
  DATABASE_URL         adresse d'une base PostgreSQL 15 ou plus récente, pour le rôle
                       clausette_owner ; sans elle, une base embarquée
  DATABASE_APP_URL     adresse du rôle clausette_app, si le propriétaire ne peut pas créer de rôle
  DATABASE_WORKER_URL  adresse du rôle clausette_worker, de même
"""


class FrenchParser(argparse.ArgumentParser):
    """argparse speaks English: the words it adds are replaced."""

    def format_help(self) -> str:
        return in_french(super().format_help())

    def format_usage(self) -> str:
        return in_french(super().format_usage())

    def error(self, message: str) -> NoReturn:
        raise Stop(f"{in_french(message)[:1].upper()}{in_french(message)[1:]}. Aide : python3 run.py --help")


WORDS = (
    ("usage: ", "usage : "),
    ("options:", "options :"),
    ("positional arguments:", "arguments :"),
    ("show this help message and exit", "montre cette aide"),
    ("the following arguments are required:", "il manque :"),
    ("unrecognized arguments:", "mots inconnus :"),
    ("invalid choice:", "commande inconnue :"),
    ("(choose from", "(au choix"),
    ("argument COMMANDE: ", ""),
    ("commandes:", "commandes :"),
    ("expected one argument", "attend une valeur"),
)


def in_french(text: str) -> str:
    """argparse's own words, replaced."""
    for english, french in WORDS:
        text = text.replace(english, french)
    return text


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = FrenchParser(
        prog="python3 run.py",
        description=(
            "Clausette : installe ce qui manque, démarre la base, le site et les tâches. Ctrl-C arrête tout."
        ),
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_wishes(top)
    names = top.add_subparsers(
        dest="command", metavar="COMMANDE", title="commandes", parser_class=FrenchParser
    )
    names.add_parser("once", help="démarre, vérifie que la première page répond, arrête")
    names.add_parser("test", help="tous les tests (les mots qui suivent vont à pytest)")
    names.add_parser("manage", help="une commande de gestion, sur la même base")
    backup = names.add_parser("backup", help="sauvegarde base et fichiers dans FICHIER, clés des personnes à part")
    backup.add_argument("file", metavar="FICHIER", type=Path)
    restore = names.add_parser("restore", help="remet une sauvegarde en place")
    restore.add_argument("file", metavar="FICHIER", type=Path)
    restore.add_argument(
        "--keys", metavar="CLES", type=Path, help="sauvegarde des clés (d'office, celle à côté de FICHIER)"
    )
    restore.add_argument("--force", action="store_true", help="remplace les données présentes")
    names.add_parser("lock", help="recalcule les verrous des bibliothèques (avec empreintes, sans adresse)")
    reset = names.add_parser(
        "reset", help="efface toutes les données de cette installation, après confirmation"
    )
    reset.add_argument("--yes", action="store_true", help="sans poser la question")
    return top


def add_wishes(top: argparse.ArgumentParser) -> None:
    """The options of a start."""
    top.add_argument("--bind", metavar="ADRESSE", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    demo = top.add_mutually_exclusive_group()
    demo.add_argument(
        "--demo",
        action="store_true",
        default=None,
        help="charge le jeu de démonstration (d'office sans DATABASE_URL)",
    )
    demo.add_argument("--no-demo", dest="demo", action="store_false", help="ne le charge pas")


def read_words(words: Sequence[str]) -> argparse.Namespace:
    """The command line understood; what follows `test` and `manage` is theirs, options included."""
    if words and words[0] in PASSED_ON:
        return argparse.Namespace(command=words[0], words=list(words[1:]))
    return parser().parse_args(list(words))


def main(words: Sequence[str]) -> int:
    """Run one command; return its exit code. A fault known in advance is one sentence, without traceback."""
    try:
        options = read_words(words)
        name = options.command or "serve"
        with stoppable(leave_keyboard=name in PASSED_ON):
            return COMMANDS[name](find_place(), options)
    except Stop as stop:
        complain(str(stop))
    except (Asked, KeyboardInterrupt):
        complain("Interrompu.")
    except subprocess.CalledProcessError as error:
        complain(f"Une étape a échoué (code {error.returncode}) : {' '.join(map(str, error.cmd))}")
    except OSError as error:
        complain(sentence_of(error))
    return 1


def do_serve(place: Place, options: argparse.Namespace) -> int:
    """Start, and stay."""
    serve.serve(place, serve.Wishes(bind=options.bind, demo=options.demo, once=options.command == "once"))
    return 0


def do_manage(place: Place, options: argparse.Namespace) -> int:
    """One management command; a help page of them all when none is given."""
    serve.make_ready(place)
    with open_database(place, os.environ) as database:
        if options.words and options.words[0] not in ("migrate", "makemigrations"):
            commands.migrate(database)
        return commands.manage(database, options.words or ["help"])


def do_test(place: Place, options: argparse.Namespace) -> int:
    """All the checks and tests."""
    from launch.testing import run_tests

    return run_tests(place, options.words)


def do_backup(place: Place, options: argparse.Namespace) -> int:
    """One archive of everything but the keys of persons, which go apart."""
    apart = keys.beside(options.file)
    for path in (options.file, apart):
        if path.exists():
            raise Stop(f"Le fichier {path} existe déjà : donnez un autre nom.")
    serve.make_ready(place)
    with open_database(place, os.environ) as database:
        archive.save(database, options.file)
    step(f"Sauvegarde complète et vérifiée : {options.file}")
    if keys.save(keys.folder(place, os.environ), apart):
        step(f"Clés des personnes, à part : {apart}")
        say("Gardez les clés ailleurs, sept jours au plus : c'est ce qui rend un effacement définitif.")
    return 0


def do_restore(place: Place, options: argparse.Namespace) -> int:
    """An archive put back, then brought up to the code."""
    if not options.file.is_file():
        raise Stop(f"Le fichier {options.file} n'existe pas.")
    serve.make_ready(place)
    busy = "Arrêtez d'abord Clausette (Ctrl-C), puis relancez la restauration."
    with serve.only_one(place, busy), open_database(place, os.environ) as database:
        rows = archive.restore(database, options.file, force=options.force)
        store, apart = keys.folder(place, os.environ), options.keys or keys.beside(options.file)
        if apart.is_file():
            keys.restore(store, apart)
            step(f"Clés des personnes reprises de {apart}")
        elif not keys.held(store):
            say("Aucune clé de personne ici : ce qui est scellé restera illisible tant qu'elles ne sont pas reprises.")
        commands.migrate(database)
        commands.replay_erasures(database)
        prune(place.backups)
    step(f"Restauration complète et vérifiée : {rows} lignes.")
    return 0


def do_lock(place: Place, options: argparse.Namespace) -> int:
    """New locks."""
    packages.lock_packages(place)
    return 0


def do_reset(place: Place, options: argparse.Namespace) -> int:
    """Erase the state folder, after the question."""
    if os.environ.get("DATABASE_URL"):
        raise Stop(
            "reset n'efface que la base embarquée : avec DATABASE_URL, faites-le dans votre PostgreSQL."
        )
    if not (place.run / "serve.lock").exists() and not (place.pg / "data").exists():
        raise Stop(f"Il n'y a pas de données de Clausette dans {place.state}.")
    make_folders(place)
    with serve.only_one(place, "Arrêtez d'abord Clausette (Ctrl-C)."):
        if not options.yes:
            say(f"Seront effacés de {place.state} : base, fichiers, clés et sauvegardes.")
            if input("Pour confirmer, tapez effacer : ").strip() != "effacer":
                raise Stop("Rien n'a été effacé.")
        stop_cluster(place)
        shutil.rmtree(place.state)
    step("Données effacées.")
    return 0


def stop_cluster(place: Place) -> None:
    """Stop the embedded server if a killed launcher left it running."""
    from launch.cluster import find_cluster

    if (place.pg / "data").exists() and place.python.exists():
        find_cluster(place).stop()


COMMANDS: dict[str, Callable[[Place, argparse.Namespace], int]] = {
    "serve": do_serve,
    "once": do_serve,
    "manage": do_manage,
    "test": do_test,
    "backup": do_backup,
    "restore": do_restore,
    "lock": do_lock,
    "reset": do_reset,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
