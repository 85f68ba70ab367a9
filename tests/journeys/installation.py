"""A real installation for a journey: its own database, its own state folder, gunicorn under the web role."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
ROLES = ("", "_APP", "_WORKER")
PATIENCE = 30.0


def with_name(url: str, name: str) -> str:
    """Return the same address of a database with another name."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def administer(statement: str, *names: str) -> None:
    """Run one statement about databases, as their owner."""
    with psycopg.connect(with_name(os.environ["DATABASE_URL"], "postgres"), autocommit=True) as link:
        link.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    """A database of this name for the time of the block, made from another one."""
    administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    administer("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@dataclass(frozen=True)
class Installation:
    """A database and a state folder; its commands and its server see nothing else."""

    database: str
    state: Path
    static: Path

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of its processes."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("CLAUSETTE_", "DJANGO_"))}
        addresses = {
            f"DATABASE{role}_URL": with_name(os.environ[f"DATABASE{role}_URL"], self.database)
            for role in ROLES
            if f"DATABASE{role}_URL" in os.environ
        }
        folders = {"CLAUSETTE_STATE": str(self.state), "CLAUSETTE_STATIC": str(self.static)}
        return inherited | addresses | folders | {"CLAUSETTE_HOSTS": "127.0.0.1,localhost"} | more

    def manage(self, *arguments: str, **more: str) -> str:
        """Run a management command; return what it prints. Fails the test when it fails."""
        done = subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment(**more), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"manage {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def run_jobs(self) -> None:
        """Do what waits in the queue, then stop."""
        self.manage("procrastinate", "worker", "--one-shot", "--concurrency", "1")

    def fall_asleep(self) -> None:
        """Nobody has touched anything for two hours: every session is over, the browsers do not know it."""
        with psycopg.connect(with_name(os.environ["DATABASE_URL"], self.database), autocommit=True) as link:
            link.execute("UPDATE access_session SET seen_at = seen_at - interval '2 hours'")

    def traces(self) -> dict[str, str]:
        """What is kept of what people do: mails, log of the site, journal of acts and of readings."""
        rows = sql.SQL("SELECT t::text FROM {} t")
        with psycopg.connect(with_name(os.environ["DATABASE_URL"], self.database)) as link:
            kept = {
                table: "\n".join(str(row[0]) for row in link.execute(rows.format(sql.Identifier(table))))
                for table in ("journal_event", "journal_reading", "procrastinate_jobs")
            }
        return kept | {"mails": "\n".join(self.letters()), "log": (self.state / "web.log").read_text()}

    def letters(self) -> list[str]:
        """The texts of the mails written, the latest last."""
        paths = sorted(self.state.glob("mails/*.eml"))
        return [str(message_from_bytes(p.read_bytes(), policy=policy.default).get_content()) for p in paths]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    """Gunicorn for this installation; yields its address."""
    port = free_port()
    log = installation.state / "web.log"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    environment = installation.environment(
        CLAUSETTE_ROLE="app", DJANGO_SETTINGS_MODULE="config.settings.live"
    )
    with log.open("wb") as words:
        process = subprocess.Popen(  # noqa: S603 - our own server
            command, cwd=ROOT, env=environment, stdout=words, stderr=words
        )
    try:
        _wait(f"http://127.0.0.1:{port}/mentions-legales/", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer:\n{log.read_text()[-3000:]}")
