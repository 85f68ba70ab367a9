"""Which database, as which role: the embedded cluster's, or the one named by `DATABASE_URL` (its
owner's address).

Three roles (owner, app, worker) because PostgreSQL itself keeps organisations apart: the web and the
jobs log in as roles that row-level security binds; only migrations run as the owner.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from launch.cluster import Cluster, find_cluster, running
from launch.passwords import database_password
from launch.place import Place
from launch.queries import Refused, ask, identifier, literal
from launch.speech import Stop

ROLES = ("owner", "app", "worker")
NAME = "clausette"
PREFIX = "clausette_"
OLDEST = 150000  # server_version_num


@dataclass(frozen=True)
class Database:
    """The addresses of one database, by role. `cluster` and `superuser` are there when it is embedded."""

    place: Place
    urls: Mapping[str, str]
    superuser: str = ""
    cluster: Cluster | None = None

    @property
    def keeper(self) -> str:
        """The address that sees every row: the superuser's where the cluster is ours, else the owner's."""
        return self.superuser or self.urls["owner"]


def socket_url(user: str, password: str, folder: object, database: str) -> str:
    """An address through a Unix socket."""
    who = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return f"postgresql://{who}@/{quote(database)}?host={quote(str(folder), safe='')}"


def url_as(url: str, user: str, password: str) -> str:
    """The same server and database, as another user."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{where}"))


def url_of_database(url: str, database: str) -> str:
    """The same server and user, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database)}"))


def user_of(url: str) -> str:
    """The user named in an address."""
    return unquote(urlsplit(url).username or "")


def database_of(url: str) -> str:
    """The database named in an address."""
    return unquote(urlsplit(url).path.lstrip("/"))


def without_password(url: str) -> tuple[str, str]:
    """An address without its password, and the password."""
    parts = urlsplit(url)
    user, _, where = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    return urlunsplit(parts._replace(netloc=f"{name}@{where}")), unquote(password)


def demand_postgres(name: str, url: str) -> None:
    """Raise Stop when what an environment variable holds is not the address of a PostgreSQL database."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise Stop(
            f"{name} n'est pas une adresse PostgreSQL : "
            "attendu postgresql://utilisateur:mot-de-passe@serveur/base"
        )


@contextmanager
def open_database(place: Place, environ: Mapping[str, str], *, fast: bool = False) -> Iterator[Database]:
    """The database of this place, its roles ready, for the time of the block."""
    if environ.get("DATABASE_URL"):
        yield external_database(place, environ)
        return
    with running(find_cluster(place, fast=fast)) as cluster:
        yield embedded_database(place, cluster)


def embedded_database(place: Place, cluster: Cluster) -> Database:
    """Make (or heal) the roles and the database of an embedded cluster that runs; return its addresses."""
    superuser = socket_url("postgres", database_password(place, "postgres"), place.socket, "postgres")
    passwords = {role: database_password(place, PREFIX + role) for role in ROLES}
    ask(place, superuser, role_statements(passwords, testing=cluster.fast))
    if not ask(place, superuser, [("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])])[0]:
        make_database(place, superuser, NAME)
    urls = {role: socket_url(PREFIX + role, passwords[role], place.socket, NAME) for role in ROLES}
    return Database(place, urls, url_of_database(superuser, NAME), cluster)


def role_statements(passwords: Mapping[str, str], *, testing: bool = False) -> list[str]:
    """SQL that makes the roles when they are absent and sets their passwords; said again, it changes
    nothing.

    On a cluster of tests the owner may create databases and put on the hats of the others.
    """
    statements = []
    for role, password in passwords.items():
        name = PREFIX + role
        missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal(name)})"
        statements.append(f"DO $$ BEGIN IF {missing} THEN CREATE ROLE {name}; END IF; END $$")
        statements.append(f"ALTER ROLE {name} LOGIN PASSWORD {literal(password)}")
    if "worker" in passwords:
        statements.append("GRANT clausette_app TO clausette_worker")
    if testing:
        statements += [
            "ALTER ROLE clausette_owner CREATEDB",
            # put on, never inherited: the policies of the web are not those of the owner, here as elsewhere
            "GRANT clausette_app, clausette_worker TO clausette_owner WITH INHERIT FALSE, SET TRUE",
        ]
    return statements


def make_database(place: Place, superuser: str, name: str) -> None:
    """Create a database that belongs to the owner and that no other role can enter."""
    quoted = identifier(name)
    ask(
        place,
        superuser,
        [
            f"CREATE DATABASE {quoted} OWNER clausette_owner TEMPLATE template0",
            f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC",
            f"GRANT CONNECT, TEMPORARY ON DATABASE {quoted} TO clausette_app, clausette_worker",
        ],
    )


def external_database(place: Place, environ: Mapping[str, str]) -> Database:
    """The database of `DATABASE_URL`, its app and worker roles made when the owner may.

    Raise Stop with what to do.
    """
    owner = environ["DATABASE_URL"]
    given = {role: environ.get(f"DATABASE_{role.upper()}_URL", "") for role in ("app", "worker")}
    for name, url in (
        ("DATABASE_URL", owner),
        ("DATABASE_APP_URL", given["app"]),
        ("DATABASE_WORKER_URL", given["worker"]),
    ):
        if url:
            demand_postgres(name, url)
    demand_owner(place, owner)
    missing = {role: database_password(place, PREFIX + role) for role in ("app", "worker") if not given[role]}
    urls = {role: given[role] or url_as(owner, PREFIX + role, missing[role]) for role in given}
    if not all(can_enter(place, url) for url in urls.values()):
        make_external_roles(place, owner, missing)
    for role, url in urls.items():
        if not can_enter(place, url):
            raise Stop(
                f"Le rôle {user_of(url)} ne peut pas se connecter : vérifiez DATABASE_{role.upper()}_URL."
            )
    return Database(place, {"owner": owner, **urls})


OWNER_FACTS = """SELECT current_user::text, current_setting('server_version_num')::int,
                        current_setting('server_encoding'), rolsuper
                 FROM pg_roles WHERE rolname = current_user"""


def demand_owner(place: Place, url: str) -> None:
    """Raise Stop when the database does not answer, cannot serve, or when the address is not that of
    the owner's role.
    """
    try:
        [[who, version, encoding, superuser]] = ask(place, url, [OWNER_FACTS])[0]
    except Refused as refusal:
        raise Stop(f"La base de DATABASE_URL ne répond pas : {str(refusal).splitlines()[0]}") from refusal
    if version < OLDEST:
        raise Stop(
            f"Clausette demande PostgreSQL {OLDEST // 10000} ou plus récent ; "
            f"ce serveur est en version {version // 10000}."
        )
    if encoding != "UTF8":
        raise Stop(f"Cette base est en {encoding} : Clausette demande une base en UTF8.")
    if who != "clausette_owner" or superuser:
        raise Stop(
            "DATABASE_URL doit être l'adresse du rôle clausette_owner, "
            "propriétaire de la base et non superutilisateur.\n"
            "À taper une fois par l'administrateur de PostgreSQL :\n"
            "CREATE ROLE clausette_owner LOGIN CREATEROLE PASSWORD '…'; "
            f"CREATE DATABASE {identifier(database_of(url))} OWNER clausette_owner "
            "ENCODING 'UTF8' TEMPLATE template0;"
        )


def can_enter(place: Place, url: str) -> bool:
    """Whether a role can log in to its database and, for the worker, is a member of the application's
    role.
    """
    try:
        ask(place, url, ["SELECT 1"])
    except Refused:
        return False
    return True


def make_external_roles(place: Place, owner: str, passwords: Mapping[str, str]) -> None:
    """Make the roles as the owner. Raise Stop with the SQL for the administrator when the owner may not."""
    database = identifier(database_of(owner))
    grant = f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO clausette_app, clausette_worker"
    try:
        ask(place, owner, [*role_statements(passwords), grant])
    except Refused as refusal:
        raise Stop(
            f"Le rôle clausette_owner ne peut pas créer les rôles de l'application ({refusal}).\n"
            "À taper une fois par l'administrateur de PostgreSQL :\n"
            "CREATE ROLE clausette_app LOGIN PASSWORD '…'; "
            "CREATE ROLE clausette_worker LOGIN PASSWORD '…'; "
            f"GRANT clausette_app TO clausette_worker; {grant};\n"
            "Puis donnez DATABASE_APP_URL et DATABASE_WORKER_URL."
        ) from refusal
