"""Management commands: their environment, the preparation of a database (migrations, demonstration
world), the accounts.
"""

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch import keys
from launch.archive import save
from launch.backups import prune
from launch.databases import Database
from launch.packages import fingerprint
from launch.place import Place
from launch.processes import Command, captured, exit_code
from launch.queries import ask
from launch.speech import Stop, complain, step

LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
TABLES = """SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%'
            AND n.nspname <> 'information_schema'"""

COMMUNES = "SELECT count(*) FROM (SELECT 1 FROM reference_commune LIMIT 100) AS first"
# whom the base knows erased, and who is there and is not: persons, and referrals, which have keys of their own
ERASED = """SELECT p.uid::text FROM participants_participant p WHERE p.erased_on IS NOT NULL
            UNION SELECT r.uid::text FROM participants_referral r
              LEFT JOIN participants_participant p ON p.id = r.participant_id
             WHERE p.erased_on IS NOT NULL
                OR EXISTS (SELECT FROM privacy_erasure e WHERE e.referral_id = r.id)"""
BACK = """SELECT p.uid::text FROM participants_participant p WHERE p.erased_on IS NULL AND p.uid = ANY ('{{{0}}}')
          UNION SELECT r.uid::text FROM participants_referral r WHERE r.uid = ANY ('{{{0}}}')"""


def base_environment(place: Place, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment common to all our processes: the person's, without the addresses of the
    database.

    Bytecode is cached even where the machine says not to: without it every start parses every library
    again.
    """
    refused = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "CLAUSETTE_ROLE"}
    kept = {
        name: value
        for name, value in environ.items()
        if name not in refused and not name.startswith("DATABASE_")
    }
    kept.setdefault("CLAUSETTE_HOSTS", LOCAL_HOSTS)
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.live",
        "CLAUSETTE_STATE": str(place.state),
        "CLAUSETTE_STATIC": str(place.static),
        "PYTHONUNBUFFERED": "1",
    }


def process_environment(
    database: Database, role: str, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of a lasting process (`app` or `worker`): it is given its own role's address and
    no other.
    """
    url = database.urls[role]
    return {
        **base_environment(database.place, environ),
        "CLAUSETTE_ROLE": role,
        "DATABASE_URL": url,
        f"DATABASE_{role.upper()}_URL": url,
    }


def command_environment(database: Database, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of a management command: the three addresses; manage.py chooses the role by the
    command's name.
    """
    addresses = {f"DATABASE_{role.upper()}_URL": database.urls[role] for role in ("app", "worker")}
    return {**base_environment(database.place, environ), "DATABASE_URL": database.urls["owner"], **addresses}


def manage(database: Database, arguments: Sequence[str]) -> int:
    """Run one management command on this terminal; return its exit code."""
    command: Command = [database.place.python, "manage.py", *arguments]
    return exit_code(command, cwd=database.place.root, env=command_environment(database))


def has_command(place: Place, name: str) -> bool:
    """Whether one of our rooms, or the gate, brings that management command."""
    folders = (place.root / "clausette", place.root / "config")
    return any(found for folder in folders for found in folder.glob(f"**/management/commands/{name}.py"))


def is_empty(database: Database) -> bool:
    """Whether the database has no table yet."""
    return bool(ask(database.place, database.keeper, [TABLES])[0][0][0] == 0)


def migrate(database: Database) -> None:
    """Bring the tables up to the code, after a backup when there are data. Raise Stop when a migration fails."""
    place = database.place
    stamp = place.run / "migrated"
    wanted = fingerprint_of_migrations(place)
    if database.cluster and stamp.exists() and stamp.read_text() == wanted:
        return
    if is_empty(database):
        apply_migrations(database, "")
    elif has_pending_migrations(database):
        kept = save_before_migration(database)
        apply_migrations(database, f" Les données d'avant sont dans {kept}")
        prune(place.backups)
    stamp.write_text(wanted)


def replay_erasures(database: Database) -> None:
    """Erase again whom a restored base brought back, before the site opens. Raise Stop when it fails.

    The ledger is beside the keys, out of reach of a restore. What a crash left half done is finished in the same way.
    """
    if not erasures_differ(database, keys.folder(database.place, os.environ)):
        return
    step("Effacements à reprendre (sauvegarde d'avant, ou arrêt brutal) : ils sont rejoués…")
    if manage(database, ["replay-erasures"]):
        raise Stop("Les effacements n'ont pas pu être rejoués (voir ci-dessus) : le site ne s'ouvre pas.")


def erasures_differ(database: Database, store: Path) -> bool:
    """Whether the ledger, the keys and the base do not tell the same erasures."""
    ledger = keys.erased(store)
    known = {row[0] for row in ask(database.place, database.keeper, [ERASED])[0]}
    if known - ledger or keys.alive(store) & ledger:
        return True
    unknown = ledger - known  # whom the base does not have at all was written after it: nothing to do
    return bool(unknown and ask(database.place, database.keeper, [BACK.format(",".join(sorted(unknown)))])[0])


def apply_migrations(database: Database, comfort: str) -> None:
    """Apply the migrations. Raise Stop, with the words of comfort, when one fails."""
    step("Création ou mise à jour des tables…")
    if manage(database, ["migrate", "--skip-checks", "--verbosity", "0"]):
        raise Stop(f"La mise à jour des tables a échoué (voir ci-dessus).{comfort}")


def has_pending_migrations(database: Database) -> bool:
    """Whether the code brings migrations this database has not had. Raise Stop when the code does not even load."""
    command: Command = [
        database.place.python,
        "manage.py",
        "migrate",
        "--check",
        "--skip-checks",
        "--verbosity",
        "0",
    ]
    done = captured(command, cwd=database.place.root, env=command_environment(database))
    if "Traceback" in done.stderr:
        complain(done.stderr)
        raise Stop("Clausette ne se charge pas (voir ci-dessus) ; rien n'a été modifié.")
    return done.returncode != 0


def save_before_migration(database: Database) -> Path:
    """Keep an archive of the data as they were before migrations; return it."""
    target = database.place.backups / f"avant-migration-{time.strftime('%Y%m%d-%H%M%S')}.tar"
    step(f"Des mises à jour de tables sont en attente : sauvegarde d'abord dans {target}")
    save(database, target)
    return target


def fingerprint_of_migrations(place: Place) -> str:
    """Hash of our migrations, of the SQL they read, and of the locked libraries, which bring their own."""
    ours = sorted((place.root / "clausette").glob("**/migrations/*.py")) + sorted(
        (place.root / "clausette").glob("**/*.sql")
    )
    return fingerprint([place.root / "requirements.txt", *ours])


def load_communes(database: Database) -> None:
    """Load the list of communes that came with the front-end files, once, and again when it changed.

    A failure is said and stops nothing: every page lives without the list.
    """
    place = database.place
    file, stamp = place.build / "reference" / "communes.json", place.run / "communes"
    wanted = fingerprint([file]) if file.exists() else ""
    known = stamp.read_text() if stamp.exists() else ""
    # the demonstration brings three communes of its own
    if not wanted or (known == wanted and ask(place, database.keeper, [COMMUNES])[0][0][0] >= 100):
        return
    step("Liste des communes…")
    if manage(database, ["load-communes", str(file), "--verbosity", "0"]):
        complain("La liste des communes n'a pas été chargée (voir ci-dessus) ; le site s'ouvre sans elle.")
        return
    stamp.write_text(wanted)


def load_world(database: Database, *, wanted: bool) -> None:
    """Load the demonstration world where there is none. Raise Stop when it fails."""
    place = database.place
    done = place.run / "world"
    if not wanted or done.exists() or not has_command(place, "world"):
        return
    step("Chargement du jeu de démonstration…")
    if manage(database, ["world", "--scale", "S", "--seed", "1", "--if-absent"]):
        raise Stop(
            "Le jeu de démonstration n'a pas pu être chargé (voir ci-dessus). "
            "Sans lui : python3 run.py --no-demo"
        )
    done.write_text("")


def demonstration_accounts(database: Database) -> str:
    """What `demo-accounts` prints: the accounts and their passwords; nothing when there is no
    demonstration.
    """
    if not has_command(database.place, "demo-accounts"):
        return ""
    command: Command = [database.place.python, "manage.py", "demo-accounts"]
    done = captured(command, cwd=database.place.root, env=command_environment(database))
    return done.stdout.strip() if done.returncode == 0 else ""
