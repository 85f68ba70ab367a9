"""Settings: declared, referenced, refused when unknown or unsafe."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.reference import PAGE, settings_page


def test_the_reference_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "python -m config.reference"


@pytest.mark.parametrize(
    ("check", "environ"),
    [
        (env.refuse_unknown, {"CLAUSETTE_DEBUG": "1"}),
        (env.role, {"CLAUSETTE_ROLE": "superuser"}),
        (env.hosts, {"CLAUSETTE_HOSTS": "*"}),
        (env.hosts, {"CLAUSETTE_HOSTS": ","}),
        (env.hosts, {"CLAUSETTE_HOSTS": "clausette.example"}),
        (env.hosts, {"CLAUSETTE_HTTPS": "oui"}),
        (env.database, {"DATABASE_URL": "mysql://x/y"}),
        (lambda e: env.secret_key(Path("nowhere"), e), {"CLAUSETTE_SECRET_KEY": "short"}),
        (lambda e: env.secret_key(Path("nowhere"), e), {"CLAUSETTE_SECRET_KEY": "a" * 60}),
    ],
)
def test_what_is_unknown_or_unsafe_is_refused(check: object, environ: dict[str, str]) -> None:
    assert callable(check)
    with pytest.raises(ImproperlyConfigured):
        check(environ)


def test_roles_are_deduced_from_the_owner_s_address(tmp_path: Path) -> None:
    url = "postgresql://clausette_owner:se%40cret@db.example:5433/clausette?host=/run/pg"
    (tmp_path / "passwords").mkdir()
    (tmp_path / "passwords" / "clausette_app").write_text("kept\n")
    base = {"DATABASE_URL": url, "CLAUSETTE_STATE": str(tmp_path)}
    owner = env.database({**base, "CLAUSETTE_ROLE": "owner"})
    assert owner == env.DatabasePlace("clausette", "clausette_owner", "se@cret", "/run/pg", "5433")
    assert env.database(base) == env.DatabasePlace("clausette", "clausette_app", "kept", "/run/pg", "5433")
    own = env.database({**base, "CLAUSETTE_ROLE": "worker", "DATABASE_WORKER_URL": "postgresql://w@h/d"})
    assert own == env.DatabasePlace("d", "w", "", "h", "")


def test_the_secret_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    made = env.secret_key(tmp_path / "state", {})
    path = tmp_path / "state" / "secret.key"
    assert env.secret_key(tmp_path / "state", {}) == made == path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
