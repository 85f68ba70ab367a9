"""`python3 run.py`: from a bare checkout to a site that answers, then watch over it."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from launch import assets, commands
from launch.databases import Database, open_database
from launch.packages import install_packages
from launch.place import Place, demand_short_socket, make_folders
from launch.speech import Stop, say, sentence_of, step
from launch.supervise import (
    Asked,
    children,
    end_orphans,
    wait_for_answer,
    watch,
    web_child,
    worker_child,
)

DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Wishes:
    """What the person asked of a start: where to listen, the demonstration world or not, stop after
    the first page.
    """

    bind: str = "127.0.0.1"
    demo: bool | None = None
    once: bool = False


def serve(place: Place, wishes: Wishes, environ: Mapping[str, str] = os.environ) -> None:
    """Install what is missing, start everything, stay until asked to stop.

    Raise Stop with one sentence when it cannot.
    """
    port = read_port(environ)
    demand_folders(place, environ)
    try:
        with only_one(place):
            end_orphans(place)
            demand_port(wishes.bind, port)
            install(place)
            with open_database(place, environ) as database:
                prepare(database, demo=wishes.demo)
                run(database, wishes, port, environ)
    except Asked:
        step("Arrêt demandé.")
    step("Clausette est arrêtée ; les données restent dans " + str(place.state))


def demand_folders(place: Place, environ: Mapping[str, str]) -> None:
    """Make the folders of the state. Raise Stop when they cannot serve."""
    if not environ.get("DATABASE_URL"):
        demand_short_socket(place.socket)
    make_folders(place)


def make_ready(place: Place, environ: Mapping[str, str] = os.environ) -> None:
    """What every command that touches the data needs first: folders and packages.

    Raise Stop when it cannot be had.
    """
    demand_folders(place, environ)
    install(place)


def install(place: Place) -> None:
    """Python packages and front-end files. Raise Stop when they cannot be had."""
    try:
        install_packages(place)
        assets.install_assets(place)
    except OSError as error:
        raise Stop(sentence_of(error)) from error


def prepare(database: Database, *, demo: bool | None) -> None:
    """Tables, communes, static files, demonstration world (by default only in the embedded database)."""
    commands.migrate(database)
    commands.replay_erasures(database)
    commands.load_communes(database)
    assets.collect_static(database.place, commands.command_environment(database))
    commands.load_world(database, wanted=database.cluster is not None if demo is None else demo)


def run(database: Database, wishes: Wishes, port: int, environ: Mapping[str, str]) -> None:
    """The web server and the worker, until asked to stop (or, with `once`, until the first page has
    answered).
    """
    place = database.place
    demand_port(wishes.bind, port)
    web = web_child(place, commands.process_environment(database, "app", environ), f"{wishes.bind}:{port}")
    arguments = (
        ["work"] if commands.has_command(place, "work") else ["procrastinate", "worker", "--concurrency", "2"]
    )
    worker = worker_child(place, commands.process_environment(database, "worker", environ), arguments)
    url = f"http://{visible_host(wishes.bind)}:{port}/"
    with children(web, worker):
        accounts = commands.demonstration_accounts(database)
        status = wait_for_answer(url, web)
        if status >= (400 if wishes.once else 500):
            raise Stop(f"La première page répond par l'erreur {status}. Journal : {web.log}")
        step(f"Clausette répond : {url}")
        if wishes.once:
            return
        say(f"\n{accounts}\n" if accounts else "")
        say(f"Ctrl-C arrête tout. Données : {place.state} · Journaux : {place.logs}")
        watch([web, worker], database.cluster)


def visible_host(bind: str) -> str:
    """The host to write in an address, for a server that listens there; all interfaces include this machine's own."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - a comparison, not a binding
    return f"[{host}]" if ":" in host else host


def read_port(environ: Mapping[str, str]) -> int:
    """The port of `PORT`, 8000 by default. Raise Stop when it is not a port."""
    text = environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT vaut « {text} » : attendu un nombre de 1 à 65535.")
    return int(text)


def demand_port(bind: str, port: int) -> None:
    """Raise Stop when the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((bind, port))
        except OSError as error:
            raise Stop(port_sentence(error, bind, port)) from error


def port_sentence(error: OSError, bind: str, port: int) -> str:
    """The sentence for a port that cannot be had."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else DEFAULT_PORT
        taken = f"Le port {port} est déjà pris par un autre programme."
        return f"{taken} Avec un autre : PORT={other} python3 run.py"
    if error.errno == errno.EACCES:
        return f"Le port {port} est réservé au système. Avec un autre : PORT={DEFAULT_PORT} python3 run.py"
    return f"Impossible d'écouter sur {bind}:{port} : {error.strerror}."


@contextmanager
def only_one(place: Place, sentence: str = "") -> Iterator[None]:
    """Hold this state folder's place of server for the time of the block. Raise Stop when it is taken."""
    with (place.run / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            who = lock.read().strip() or "?"
            raise Stop(sentence or f"Clausette tourne déjà avec ces données (processus {who}).") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
