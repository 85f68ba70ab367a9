"""What a person types and what she is answered: arguments, ports, counts, other versions."""

import ast
import errno
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from launch import cli
from launch.assets import ASSETS, copy_asset
from launch.cluster import other_major
from launch.packages import refuse_addresses
from launch.place import ROOT, Place
from launch.serve import demand_port, port_sentence, read_port, visible_host
from launch.speech import Stop
from launch.supervise import Asked, end_orphans, stoppable
from launch.testing import conclude, read_counts


def test_no_word_starts_the_site() -> None:
    options = cli.parser().parse_args([])
    assert (options.command, options.bind, options.demo) == (None, "127.0.0.1", None)


def test_words_after_test_and_manage_are_left_alone() -> None:
    assert cli.read_words(["test", "-x", "tests/launch"]).words == ["-x", "tests/launch"]
    assert cli.read_words(["manage", "world", "--seed", "1"]).words == ["world", "--seed", "1"]


def test_demo_or_not() -> None:
    assert cli.parser().parse_args(["--demo"]).demo is True
    assert cli.parser().parse_args(["--no-demo"]).demo is False


@pytest.mark.parametrize("words", [["demarrer"], ["backup"], ["--force"], ["restore", "a", "b"]])
def test_a_wrong_word_is_one_french_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 1
    said = capsys.readouterr().err
    assert "Aide : python3 run.py --help" in said
    assert "Traceback" not in said
    assert not re.search(r"\b(the|following|invalid|unrecognized|required)\b", said)


def test_every_command_has_a_function() -> None:
    listed = set(re.findall(r"^    (\w+)  ", cli.parser().format_help(), re.MULTILINE))
    assert {"once", "test", "manage", "backup", "restore", "lock", "reset"} <= listed
    assert listed <= set(cli.COMMANDS)


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("8123", 8123), (" 80 ", 80)])
def test_port_read(text: str, port: int) -> None:
    assert read_port({"PORT": text}) == port


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5"])
def test_port_refused(text: str) -> None:
    with pytest.raises(Stop, match="65535"):
        read_port({"PORT": text})


def test_a_taken_port_is_named_with_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=f"{port} est déjà pris.*PORT=") as stop:
            demand_port("127.0.0.1", port)
    assert "\n" not in str(stop.value)
    demand_port("127.0.0.1", port)


def test_the_last_port_proposes_a_possible_one() -> None:
    assert "PORT=8000" in port_sentence(OSError(errno.EADDRINUSE, ""), "127.0.0.1", 65535)


@pytest.mark.parametrize(
    ("bind", "host"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("10.0.0.1", "10.0.0.1")],  # noqa: S104 - not listened on
)
def test_the_address_shown_can_be_opened(bind: str, host: str) -> None:
    assert visible_host(bind) == host


def test_another_major_says_both_versions_and_the_commands() -> None:
    said = other_major("17", "18", Path("/s/pg/data"))
    assert "PostgreSQL 17" in said
    assert "PostgreSQL 18" in said
    assert "run.py backup" in said
    assert "run.py restore" in said


REPORT = '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1">'


def test_counts_of_a_report() -> None:
    assert read_counts(REPORT) == {"passed": 4, "failed": 3, "skipped": 3}
    assert read_counts("") == {"passed": 0, "failed": 0, "skipped": 0}


@pytest.mark.parametrize(
    ("passed", "checks", "code", "expected"),
    [(4, [], 0, 0), (0, [], 5, 1), (4, ["style"], 0, 1), (4, [], 1, 1)],
)
def test_the_last_line_counts(
    passed: int, checks: list[str], code: int, expected: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        conclude({"passed": passed, "failed": 0, "skipped": 1}, checks, code, "/usr/bin/chromium") == expected
    )
    assert capsys.readouterr().out.splitlines()[-1] == f"{passed} passed, 0 failed, 1 skipped"


def test_no_browser_is_said_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    conclude({"passed": 1, "failed": 0, "skipped": 9}, [], 0, "")
    assert "Chromium est absent" in capsys.readouterr().out


# --- files ------------------------------------------------------------------------


def test_no_lock_names_an_address() -> None:
    for name in ("requirements.txt", "requirements-test.txt", "uv.txt", "node.txt"):
        refuse_addresses(ROOT / name)
        assert "--hash=sha256:" in (ROOT / name).read_text()
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_a_lock_with_an_address_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("--index-url https://exemple.fr/simple\nDjango==5.2\n")
    with pytest.raises(Stop, match="exemple"):
        refuse_addresses(lock)


def test_a_copied_sheet_loses_its_source_map(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("b{c:d}\n/*# sourceMappingURL=a.css.map */")
    (tmp_path / "a.js").write_text("f()\n//# sourceMappingURL=a.js.map\n")
    for name in ("a.css", "a.js"):
        copy_asset(tmp_path / name, tmp_path / "out" / name)
        assert "sourceMappingURL" not in (tmp_path / "out" / name).read_text()
    assert (tmp_path / "out/a.css").read_text().startswith("b{c:d}")


def test_assets_come_from_locked_packages() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    for source in ASSETS:
        package = "/".join(source.split("/")[: 2 if source.startswith("@") else 1])
        assert f'"node_modules/{package}"' in lock


def test_the_launcher_needs_nothing_installed() -> None:
    ours = {"launch"}
    for path in sorted((ROOT / "launch").glob("*.py")):
        tree = ast.parse(path.read_text())
        imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        imported |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
        foreign = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - ours
        assert foreign <= ({"psycopg"} if path.name == "sql.py" else set()), path.name


# --- processes --------------------------------------------------------------------


def test_sigterm_asks_to_stop_once() -> None:
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        with pytest.raises(Asked), stoppable():
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)  # a second one, while all is being stopped: nothing
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def test_an_orphan_is_ended_and_a_stranger_is_not(tmp_path: Path) -> None:
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / "state/run").mkdir(parents=True)
    place = Place(tmp_path, tmp_path / "state")
    place.python.symlink_to(sys.executable)
    nap = ["-c", "import time; time.sleep(60)"]
    orphan = subprocess.Popen([place.python, *nap], start_new_session=True)  # noqa: S603 - constants
    stranger = subprocess.Popen([sys.executable, *nap], start_new_session=True)  # noqa: S603 - constants
    try:
        (place.run / "web.pid").write_text(str(orphan.pid))
        (place.run / "worker.pid").write_text(str(stranger.pid))
        end_orphans(place)
        assert orphan.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
        assert not list(place.run.glob("*.pid"))
    finally:
        for process in (orphan, stranger):
            process.kill()
            process.wait()
