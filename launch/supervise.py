"""Keep the web server, the task worker and the embedded PostgreSQL alive until someone asks to stop.

A child dies with the launcher, even killed (the kernel tells it), and a child that survived all the
same is ended at the next start. A child that keeps dying ends everything, with its last words.
"""

import ctypes
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from launch.cluster import Cluster, tail
from launch.place import Place
from launch.processes import Command
from launch.speech import Stop, step

PR_SET_PDEATHSIG = 1
DEATHS, WITHIN = 5, 60.0  # so many deaths within so many seconds: give up
PATIENCE = 10.0  # seconds left to a child to finish what it does
LONGEST_LOG = 10_000_000  # bytes


class Asked(BaseException):
    """Someone asked to stop: Ctrl-C, SIGTERM, or the terminal closed."""


@dataclass
class Child:
    """One process to keep alive: its French name, its command, its environment, where its words go."""

    name: str
    short: str
    command: Command
    environ: Mapping[str, str]
    place: Place
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.place.logs / f"{self.short}.log"

    @property
    def pid_file(self) -> Path:
        return self.place.run / f"{self.short}.pid"

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches the launcher alone."""
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.place.root,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.pid_file.write_text(str(self.process.pid))

    def restart_if_dead(self, now: float) -> None:
        """Start again a process that ended. Raise Stop when it does nothing but end."""
        if self.process is None or self.process.poll() is None:
            return
        self.deaths = [moment for moment in self.deaths if now - moment < WITHIN] + [now]
        if len(self.deaths) >= DEATHS:
            raise Stop(
                f"Le {self.name} s'arrête sans cesse. Ses derniers mots :\n"
                f"{tail(self.log, 15)}\nJournal : {self.log}"
            )
        step(f"Le {self.name} s'est arrêté (code {self.process.returncode}) : il est relancé.")
        time.sleep(min(len(self.deaths) - 1, 3))
        self.start()

    def stop(self) -> None:
        """Ask the process to end, insist after a while."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.pid_file.unlink(missing_ok=True)


def die_with_parent() -> None:
    """In the child, before its program: receive SIGTERM when the launcher dies (Linux; elsewhere the
    pid file serves).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def web_child(place: Place, environ: Mapping[str, str], address: str) -> Child:
    """The web server, listening on `address` (host:port)."""
    options = [
        "--workers",
        "2",
        "--threads",
        "4",
        "--worker-class",
        "gthread",
        "--preload",
        "--no-control-socket",
    ]
    timing = ["--timeout", "60", "--graceful-timeout", "5", "--log-level", "warning"]
    command: Command = [place.python, "-m", "gunicorn", "config.wsgi", "--bind", address, *options, *timing]
    return Child("serveur web", "web", command, environ, place)


def worker_child(place: Place, environ: Mapping[str, str], arguments: Sequence[str]) -> Child:
    """The task worker."""
    return Child("processus des tâches", "worker", [place.python, "manage.py", *arguments], environ, place)


@contextmanager
def stoppable(*, leave_keyboard: bool = False) -> Iterator[None]:
    """Turn the signals that ask to stop into Asked, for the time of the block; a second one changes
    nothing.

    With `leave_keyboard`, Ctrl-C is left to the program that runs on this terminal (a shell, pytest).
    """

    def ask(number: int, frame: FrameType | None) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise Asked

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, ask)
    if leave_keyboard:
        signal.signal(
            signal.SIGINT, lambda number, frame: None
        )  # a function: an ignored signal would be inherited
    yield


@contextmanager
def children(*family: Child) -> Iterator[None]:
    """The processes started for the time of the block, stopped at its end whatever happens."""
    try:
        for child in family:
            child.start()
        yield
    finally:
        for child in family:
            if child.process and child.process.poll() is None:
                child.process.terminate()  # all at once first: they finish side by side
        for child in family:
            child.stop()


def watch(family: Sequence[Child], cluster: Cluster | None) -> None:
    """Stay until asked to stop, starting again whatever died. Raise Stop to give up, Asked when asked."""
    turn = 0
    while True:
        time.sleep(0.5)
        turn += 1
        if cluster and turn % 4 == 0 and not cluster.is_running():
            step("La base de données s'est arrêtée : elle est relancée.")
            cluster.start()
        for child in family:
            child.restart_if_dead(time.monotonic())


def wait_for_answer(url: str, child: Child, seconds: float = 60.0) -> int:
    """The HTTP status of the first answer of the web server (redirections followed).

    Raise Stop when it dies or stays mute.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if child.process is None or child.process.poll() is not None:
            raise Stop(
                "Le serveur web n'a pas démarré. Ses derniers mots :\n"
                f"{tail(child.log, 15)}\nJournal : {child.log}"
            )
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise Stop(f"Le serveur web ne répond pas après {seconds:.0f} secondes. Journal : {child.log}")


def end_orphans(place: Place) -> None:
    """End the processes a killed launcher left behind: those of the sessions of our pid files that
    still are ours.

    A killed web server leaves workers of its own for a second or two: they share its session, and hold
    the port.
    """
    files = list(place.run.glob("*.pid"))
    sessions = {int(text) for file in files if (text := file.read_text().strip()).isdigit()}
    for number, seconds in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 2.0)):
        end = time.monotonic() + seconds
        left = processes_of(place, sessions)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        while left and time.monotonic() < end:
            time.sleep(0.1)
            left = processes_of(place, sessions)
    for file in files:
        file.unlink(missing_ok=True)


def processes_of(place: Place, sessions: set[int]) -> list[int]:
    """The living processes of those sessions that run the Python of this installation (the system uses
    numbers again).
    """
    if not sessions:
        return []
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if session_of(folder) in sessions and program_of(folder) == os.fsencode(place.python)
    ]


def session_of(folder: Path) -> int:
    """The session of a process, read in its folder of /proc; 0 when it is gone."""
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[3])
    except OSError:
        return 0


def program_of(folder: Path) -> bytes:
    """The program a process was called by, read in its folder of /proc; empty when it is gone (or a
    zombie).
    """
    try:
        return (folder / "cmdline").read_bytes().split(b"\0")[0]
    except OSError:
        return b""
