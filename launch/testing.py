"""`python3 run.py test`: every check, then every test, on a PostgreSQL made for the occasion and
thrown away. A run of chosen tests keeps its own, so that the next one does not pay for the tables again.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from launch import assets, exceptions
from launch.commands import apply_migrations, base_environment, has_command
from launch.databases import Database, make_database, open_database, url_of_database
from launch.packages import attempt, install_packages
from launch.place import Place, make_folders
from launch.processes import Command, captured, exit_code
from launch.speech import Stop, say, sentence_of, step

FOLDERS = ("run.py", "launch", "clausette", "config", "tests", "manage.py")
COUNTS = ("passed", "failed", "errors", "skipped")
WINDOWLESS = "chromium-headless-shell"  # the same engine without its windows: half the processor
BROWSERS = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome")
TABLES = "clausette_tables"


def run_tests(place: Place, words: Sequence[str]) -> int:
    """Run pytest with those words, the checks beside it; return 0 when nothing failed.

    With words, the checks are left out: the person wants one test, now.
    """
    with ThreadPoolExecutor(2) as beside:  # one processor would wait while packages come and mypy thinks
        browsing = beside.submit(find_browser, place)
        try:
            install_packages(place, "test")
            assets.install_assets(place)
        except OSError as error:
            raise Stop(sentence_of(error)) from error
        with trial_of(place, words) as (trial, more):
            make_folders(trial)
            # TEST_DATABASE_URL: a server of one's own, whose roles get new passwords (docs/how-to/run.md)
            chosen = {"DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "")}
            with open_database(trial, chosen, fast=True) as database:
                environ = test_environment(database)
                report = trial.run / "junit.xml"
                report.unlink(missing_ok=True)
                checked = beside.submit(made_checks, place, environ, {} if words else checks(place))
                copied = {} if words else tables_once(database)
                browser = browsing.result()
                code = run_pytest(place, environ | copied | with_browser(browser), [*words, *more], report)
                failed = say_checks(checked.result())
                counts = read_counts(report.read_text(encoding="utf-8") if report.exists() else "")
    return conclude(counts, failed, code, browser)


@contextmanager
def trial_of(place: Place, words: Sequence[str]) -> Iterator[tuple[Place, list[str]]]:
    """Where the cluster of this run lives, and what pytest is told of it.

    Chosen tests find the tables of the run before, made again when what makes them changed; the whole run,
    and a run beside another one, get a cluster of their own that is thrown away.
    """
    kept = place.state / "t"
    if words:
        kept.mkdir(parents=True, exist_ok=True)
    lock = (kept / "lock").open("w") if words else None
    try:
        if lock is not None and alone(lock.fileno()):
            kept.chmod(0o711)  # PostgreSQL's own user goes through it when we are root
            yield replace(place, state=kept), reuse(place.root, kept / "tables")
            return
    finally:
        if lock is not None:
            lock.close()
    with tempfile.TemporaryDirectory(prefix="clausette-") as folder:
        Path(folder).chmod(0o711)
        yield replace(place, state=Path(folder) / "s"), []


def tables_once(database: Database) -> dict[str, str]:
    """Make the tables once, in a database that each process of a whole run copies; return what tells them so.

    On a server that is not ours each makes its own. Raise Stop when a migration fails.
    """
    if not database.superuser:
        return {}
    make_database(database.place, database.superuser, TABLES)
    urls = {role: url_of_database(url, TABLES) for role, url in database.urls.items()}
    apply_migrations(replace(database, urls=urls, superuser=url_of_database(database.superuser, TABLES)), "")
    return {"TEST_TABLES": TABLES}


def alone(lock: int) -> bool:
    """Whether no other run holds the kept cluster; from now on this one does."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def reuse(root: Path, stamp: Path) -> list[str]:
    """Words for pytest: keep the tables, made again first when the files that make them changed."""
    patterns = ("**/migrations/*.py", "**/*.sql", "reference/facts/**/*.py", "kernel/protection.py")
    files = sorted({path for pattern in patterns for path in (root / "clausette").glob(pattern)})
    files.append(root / "requirements.txt")
    made = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    known = stamp.read_text() if stamp.exists() else ""
    stamp.write_text(made)
    return ["--reuse-db"] if known == made else ["--reuse-db", "--create-db"]


def find_browser(place: Place) -> str:
    """Chromium's path; installed now when we are root and may, else empty: the journeys in a browser
    are then skipped.
    """
    found = known_browser()
    if Path(found).name == WINDOWLESS or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    step("Installation de Chromium pour les parcours…")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    # with another browser at hand nobody waits for a network that does not answer
    apt = ["apt-get", "-qq", *(["-o", "Acquire::http::Timeout=15", "-o", "Acquire::Retries=0"] if found else [])]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    if not attempt(place, [*install, WINDOWLESS], **quiet):  # the lists of packages may be missing, or old
        attempt(place, [*apt, "update"], **quiet)
        if not attempt(place, [*install, WINDOWLESS], **quiet) and not found:
            attempt(place, [*install, "chromium"], **quiet)
    return known_browser()


def known_browser() -> str:
    """The path of the first browser that is there, empty for none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def test_environment(database: Database) -> dict[str, str]:
    """What tests receive: the owner's address on the test cluster."""
    environ = base_environment(database.place, os.environ)
    environ.pop("CLAUSETTE_STATIC", None)
    environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    environ["DATABASE_URL"] = database.urls["owner"]
    # journeys start a real server and a real worker, under their own roles
    return environ | {f"DATABASE_{role.upper()}_URL": database.urls[role] for role in ("app", "worker")}


def with_browser(browser: str) -> dict[str, str]:
    """What tells tests the browser, if there is one."""
    return {"CHROMIUM": browser} if browser else {}


def checks(place: Place) -> dict[str, list[str | Path]]:
    """The checks made beside the tests: French name, command."""
    there = [name for name in FOLDERS if (place.root / name).exists()]
    programs = place.venv / "bin"
    found: dict[str, list[str | Path]] = {
        "style (ruff)": [programs / "ruff", "check", "--output-format=concise", *there],
        "types (mypy)": [programs / "mypy", *there],
        "étages (import-linter)": [programs / "lint-imports"],
    }
    if has_command(place, "docs"):
        found["documentation produite"] = [place.python, "manage.py", "docs", "--check"]
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """One check made beside the tests: what it printed, what is said of it."""

    name: str
    good: bool
    printed: str
    sentence: str


def made_checks(
    place: Place, environ: Mapping[str, str], wanted: Mapping[str, list[str | Path]]
) -> list[Check]:
    """Run the checks one after the other, without a word: pytest has the terminal."""
    made: list[Check] = []
    if not wanted:
        return made
    counts, wrong = exceptions.count(place.root, [name for name in FOLDERS if (place.root / name).exists()])
    silenced = {"style (ruff)": "noqa", "types (mypy)": "type: ignore"}
    for name, command in wanted.items():
        begin = time.monotonic()
        kind = silenced.get(name, "")
        done = captured(command, cwd=place.root, env=environ)
        good = done.returncode == 0 and not any(one.endswith(f"({kind})") for one in wrong)
        said = f", {exceptions.sentence(counts, wrong, kind)}" if kind else ""
        sentence = f"Contrôle {name} : {'bon' if good else 'ÉCHEC'}{said} ({time.monotonic() - begin:.1f} s)"
        made.append(Check(name, good, f"{done.stdout}{done.stderr}".strip(), sentence))
    return made


def say_checks(made: Sequence[Check]) -> list[str]:
    """Say what the checks found, the words of those that failed above; return the names of these."""
    for one in made:
        if not one.good and one.printed:
            say(one.printed)
        step(one.sentence)
    return [one.name for one in made if not one.good]


def run_pytest(place: Place, environ: Mapping[str, str], words: Sequence[str], report: Path) -> int:
    """Run pytest on this terminal, its counts written to `report`; return its exit code."""
    command: Command = [
        place.python,
        "-m",
        "pytest",
        f"--junit-xml={report}",
        "-q",
        "--tb=short",
        "-rfEs",
        *(words or shared()),
    ]
    return exit_code(command, cwd=place.root, env=environ)


def shared() -> list[str]:
    """Words that share the whole run between the processors; a run of chosen tests stays in one process.

    One process more than processors: one waits for its browser or for the database while the others work.
    """
    many = os.cpu_count() or 1
    return ["-n", str(min(many + 1, 4)), "--dist", "loadscope", "--no-loadscope-reorder"] if many > 1 else []


def read_counts(report: str) -> dict[str, int]:
    """The counts of pytest's JUnit report: passed, failed, errors, skipped."""
    suite = re.search(r"<testsuite\b[^>]*>", report)
    words = dict(re.findall(r'(\w+)="(\d+)"', suite.group(0))) if suite else {}
    total, failed, errors, skipped = (
        int(words.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
    )
    return {"passed": total - failed - errors - skipped, "failed": failed + errors, "skipped": skipped}


def conclude(counts: Mapping[str, int], failed: Sequence[str], code: int, browser: str) -> int:
    """Say the result, the counts alone on the last line; return the exit code."""
    if not browser:
        say(
            "Attention : Chromium est absent, les parcours dans un navigateur "
            "n'ont pas été faits (comptés « skipped »)."
        )
    if failed:
        say(f"Contrôles en échec : {', '.join(failed)}")
    if code not in (0, 1) or not counts["passed"]:
        say(f"pytest s'est arrêté avec le code {code}.")
    say(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 0 if code == 0 and not failed and counts["passed"] else 1
