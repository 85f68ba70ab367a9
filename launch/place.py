"""Where things are: the checkout, what is built beside it, and the state folder (data that must not be
lost).
"""

import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launch.speech import Stop, sentence_of

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_STATE = Path("/var/lib/clausette")
LONGEST_SOCKET = 107  # bytes: sun_path of a Unix socket on Linux, minus the final zero


@dataclass(frozen=True)
class Place:
    """The folders of one installation:

    `root` is the checkout, `state` holds database, files, keys and backups.
    """

    root: Path
    state: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin/python"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def tools(self) -> Path:
        return self.build / "tools"

    @property
    def assets(self) -> Path:
        return self.build / "assets"

    @property
    def static(self) -> Path:
        return self.build / "static"

    @property
    def passwords(self) -> Path:
        return self.state / "passwords"

    @property
    def pg(self) -> Path:
        return self.state / "pg"

    @property
    def socket(self) -> Path:
        return self.pg / "s"

    @property
    def run(self) -> Path:
        return self.state / "run"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def backups(self) -> Path:
        return self.state / "backups"


def state_folder(root: Path, environ: Mapping[str, str], *, is_root: bool) -> Path:
    """The state folder: `CLAUSETTE_STATE`, else `var/`, else (root) a system folder proper to this
    checkout.

    Root's folder is named by a hash of the checkout's path, so that two clones never share a cluster.
    """
    given = environ.get("CLAUSETTE_STATE", "").strip()
    if given:
        return Path(given).expanduser().absolute()
    if is_root:
        return SYSTEM_STATE / hashlib.sha256(str(root).encode()).hexdigest()[:12]
    return root / "var"


def find_place(environ: Mapping[str, str] = os.environ) -> Place:
    """The installation this command works on."""
    return Place(ROOT, state_folder(ROOT, environ, is_root=os.geteuid() == 0))


def demand_short_socket(socket_folder: Path) -> None:
    """Raise Stop when PostgreSQL's socket in that folder would have a path too long for the system."""
    if len(os.fsencode(socket_folder / ".s.PGSQL.5432.lock")) > LONGEST_SOCKET:
        raise Stop(
            f"Le chemin {socket_folder} est trop long pour la base de données : "
            "donnez un dossier plus court avec CLAUSETTE_STATE=/un/dossier."
        )


def make_folders(place: Place) -> None:
    """Make the state folder and its parts. Raise Stop when it cannot be written."""
    try:
        place.state.mkdir(parents=True, exist_ok=True)
        for folder in (place.passwords, place.run, place.logs, place.backups):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
        probe = place.state / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Stop(f"{sentence_of(error)} Un autre dossier : CLAUSETTE_STATE=/un/dossier.") from error


def site_packages(place: Place) -> Path:
    """The folder of the environment's packages."""
    found = sorted(place.venv.glob("lib/python3.*/site-packages"))
    if not found:
        raise Stop(f"L'environnement {place.venv} est incomplet : supprimez-le, puis relancez.")
    return found[-1]


def python_name() -> str:
    """How the person called Python, for the commands shown to her."""
    return Path(sys.executable).name if sys.executable else "python3"
