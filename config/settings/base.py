"""What Clausette is made of: applications, middleware, templates, language."""

from pathlib import Path
from typing import Any

from config import env

env.refuse_unknown()

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = Path(env.value("CLAUSETTE_STATE")).resolve()
ROLE = env.role()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",  # allauth needs its backends; its group and permission tables get no grant
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "clausette.kernel",
    "clausette.journal",
    "clausette.access",
    "clausette.reference",
    "clausette.files",
    "clausette.procurement",
    "clausette.commitments",
    "clausette.participants",
    "clausette.advice",
    "clausette.placements",
    "clausette.hours",
    "clausette.outcomes",
    "clausette.agenda",
    "clausette.reports",
    "clausette.imports",
    "clausette.privacy",
    "clausette.web",
    "config.world",
    "config.handbook",
]

MIDDLEWARE = [
    "clausette.kernel.logs.RequestReference",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "clausette.web.typography.Glued",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clausette.access.middleware.LoginWrites",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((ROOT / "clausette" / "web").glob("**/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
del TEMPLATES[0]["APP_DIRS"]  # said by the loaders

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.value("CLAUSETTE_STATIC")).resolve()
# clausette/web/static is found as the application's own
STATICFILES_DIRS = [folder for folder in (ROOT / "build" / "assets",) if folder.is_dir()]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STATE / "files", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# uploads are cut while they are read: evidence 10 MB, workbook 20 MB, official file 100 MB (see each door)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a grid of 60 people × 24 months
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
