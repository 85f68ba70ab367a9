"""The environment variables Clausette reads, all of them, and their check at start.

`docs/reference/settings.md` is generated from this list.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "CLAUSETTE_"
ROLES = ("owner", "app", "worker")
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, its value when absent, what it is for (French, for the reference)."""

    name: str
    default: str
    purpose: str


VARIABLES = (
    Variable("DATABASE_URL", "postgresql://clausette_owner@/clausette",
             "Base de données, avec le rôle propriétaire ; les autres rôles en sont déduits."),
    Variable("DATABASE_APP_URL", "", "Base de données pour le site, quand elle ne se déduit pas de DATABASE_URL."),
    Variable("DATABASE_WORKER_URL", "", "Base de données pour les tâches, de même."),
    Variable("CLAUSETTE_PREPARE", "1", "0 quand un répartiteur de connexions (pgBouncer…) sépare le site de la base."),
    Variable("CLAUSETTE_ROLE", "app", "Rôle pris dans la base : owner (migrations), app (site), worker (tâches)."),
    Variable("CLAUSETTE_STATE", "var", "Dossier des fichiers déposés, des courriels écrits et des clés."),
    Variable("CLAUSETTE_SECRET_KEY", "", "Clé secrète (au moins 50 caractères) ; sinon lue ou créée dans l'état."),
    Variable("CLAUSETTE_KEYS", "", "Dossier des clés des personnes et du registre des effacements ; sinon keys/."),
    Variable("CLAUSETTE_MASTER_KEY", "",
             "Clé qui enveloppe celles des personnes (64 chiffres hexadécimaux) ; sinon un fichier du dossier."),
    Variable("CLAUSETTE_HOSTS", "localhost,127.0.0.1,[::1]", "Noms sous lesquels le site répond, avec des virgules."),
    Variable("CLAUSETTE_HTTPS", "0", "1 quand le site est servi en HTTPS (derrière un mandataire)."),
    Variable("CLAUSETTE_MAIL_URL", "", "smtp(s)://nom:motdepasse@hôte:port ; absent : fichiers .eml dans l'état."),
    Variable("CLAUSETTE_MAIL_FROM", "Clausette <ne-pas-repondre@localhost>", "Expéditeur des courriels."),
    Variable("CLAUSETTE_OPERATOR", "", "Organisme qui exploite ce service (mentions légales)."),
    Variable("CLAUSETTE_CONTACT", "", "Adresse où écrire à l'exploitant."),
    Variable("CLAUSETTE_SOURCE_URL", "", "Adresse du code source, montrée en pied de page."),
    Variable("CLAUSETTE_GEOCODER", "",
             "Service d'adresses (format de l'API nationale, …/search/) : reçoit l'adresse seule ; absent : aucun."),
    Variable("CLAUSETTE_CLAMAV", "",
             "Antivirus ClamAV : tcp://hôte:3310 ou unix:///chemin ; s'il ne répond pas, une pièce attend en "
             "quarantaine, aucun autre fichier n'est pris."),
    Variable("CLAUSETTE_STATIC", "build/static", "Dossier des fichiers statiques assemblés."),
)  # fmt: skip


def value(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the value of a declared variable, or its default. Raises KeyError for one that is not declared."""
    declared = {variable.name: variable for variable in VARIABLES}[name]
    return environ.get(name, "") or declared.default


def refuse_unknown(environ: Mapping[str, str] = os.environ) -> None:
    """Raise ImproperlyConfigured for a CLAUSETTE_ variable that nobody reads: a misspelt setting is a silent one."""
    known = {variable.name for variable in VARIABLES}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise ImproperlyConfigured(
            f"Réglage inconnu : {', '.join(unknown)}. Voir docs/reference/settings.md."
        )


def role(environ: Mapping[str, str] = os.environ) -> str:
    """Return owner, app or worker."""
    chosen = value("CLAUSETTE_ROLE", environ)
    if chosen not in ROLES:
        raise ImproperlyConfigured(f"CLAUSETTE_ROLE vaut « {chosen} » : attendu owner, app ou worker.")
    return chosen


def keys_folder(state: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the keys of persons."""
    given = value("CLAUSETTE_KEYS", environ)
    return Path(given).expanduser().resolve() if given else state / "keys"


def master_key(environ: Mapping[str, str] = os.environ) -> str:
    """Return the master key given, checked, or "" when it is kept in a file of the keys' folder."""
    given = value("CLAUSETTE_MASTER_KEY", environ).strip().lower()
    if given and (len(given) != 64 or not set(given) <= set("0123456789abcdef") or len(set(given)) < 8):
        raise ImproperlyConfigured("CLAUSETTE_MASTER_KEY : attendu 64 chiffres hexadécimaux tirés au hasard.")
    return given


def geocoder(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the geocoder, or "" (none): HTTPS only, unless it is on this machine."""
    given = value("CLAUSETTE_GEOCODER", environ).strip()
    place = urlsplit(given)
    local = place.scheme == "http" and place.hostname in {"localhost", "127.0.0.1", "::1"}
    safe = place.hostname and (local or place.scheme == "https") and not place.query and not place.fragment
    if given and not safe:
        raise ImproperlyConfigured("CLAUSETTE_GEOCODER : attendu une adresse https://…/search/, sans « ? ».")
    return given


def clamav(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the antivirus, or "" (none)."""
    given = value("CLAUSETTE_CLAMAV", environ).strip()
    place = urlsplit(given)
    if given and not (place.scheme == "tcp" and place.hostname) and not (place.scheme == "unix" and place.path):
        raise ImproperlyConfigured("CLAUSETTE_CLAMAV : attendu tcp://hôte:3310 ou unix:///chemin.")
    return given


def flag(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Return a 0/1 variable as a boolean."""
    text = value(name, environ)
    if text not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} vaut « {text} » : attendu 0 ou 1.")
    return text == "1"


def hosts(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the host names served; refuse « * », and names of the outside without HTTPS."""
    names = [name.strip() for name in value("CLAUSETTE_HOSTS", environ).split(",") if name.strip()]
    if not names or any("*" in name for name in names):
        raise ImproperlyConfigured("CLAUSETTE_HOSTS doit nommer les hôtes un par un.")
    if not flag("CLAUSETTE_HTTPS", environ) and not set(names) <= LOCAL_HOSTS:
        raise ImproperlyConfigured(
            "CLAUSETTE_HOSTS nomme un hôte extérieur : CLAUSETTE_HTTPS=1 est nécessaire."
        )
    return names


def secret_key(state: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Return the secret key given, or the one kept in the state folder (made at first start, owner-only)."""
    given = value("CLAUSETTE_SECRET_KEY", environ)
    path = state / "secret.key"
    if not given and path.exists():
        given = path.read_text(encoding="ascii").strip()
    if not given:
        given = os.urandom(48).hex()
        state.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(given)
    if len(given) < 50 or len(set(given)) < 5:
        raise ImproperlyConfigured("La clé secrète est trop courte : au moins 50 caractères au hasard.")
    return given


@dataclass(frozen=True, slots=True)
class DatabasePlace:
    """Where the database is and who connects."""

    name: str
    user: str
    password: str
    host: str
    port: str


def _place(url: str) -> DatabasePlace:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL : attendu postgresql://rôle@hôte/base.")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return DatabasePlace(
        name=unquote(parts.path.strip("/")),
        user=unquote(parts.username or query.get("user", "")),
        password=unquote(parts.password or query.get("password", "")),
        host=query.get("host", parts.hostname or ""),
        port=str(parts.port or query.get("port", "")),
    )


def database(environ: Mapping[str, str] = os.environ) -> DatabasePlace:
    """Return the database for the role chosen: its own address if given, else DATABASE_URL under the role's name.

    The password of a deduced role is read in the state folder, `passwords/clausette_app` or `…_worker`.
    """
    owner = _place(value("DATABASE_URL", environ))
    chosen = role(environ)
    if chosen == "owner":
        return owner
    own = value(f"DATABASE_{chosen.upper()}_URL", environ)
    if own:
        return _place(own)
    user = f"clausette_{chosen}"
    kept = Path(value("CLAUSETTE_STATE", environ)) / "passwords" / user
    password = kept.read_text(encoding="ascii").strip() if kept.exists() else ""
    return DatabasePlace(owner.name, user, password, owner.host, owner.port)
