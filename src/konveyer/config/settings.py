"""Django's settings, from the environment alone.

They load with an empty environment and without a database, so that tools (types, translations) can
import them. `KONVEYER_HOME` holds all data; the database is reached as the application role unless a
command asks for the owner (see `konveyer.config.database`).
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from konveyer.config.database import connection_settings
from konveyer.config.secrets import secret

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("KONVEYER_HOME") or Path.home() / ".local/share/konveyer")

DEBUG = os.environ.get("KONVEYER_DEBUG") == "1"
SECRET_KEY = secret("django")
HASH_KEY = secret("hash")  # of addresses that must not be addressed again
SEAL_KEY = secret("seal")  # secrets of others that we keep: sealed in the database, the key outside it
ALLOW_PRIVATE_HOOKS = os.environ.get("KONVEYER_ALLOW_PRIVATE_HOOKS") == "1"
ALLOW_PRIVATE_MAIL = os.environ.get("KONVEYER_ALLOW_PRIVATE_MAIL") == "1"
SENDING_FROZEN = HOME / "sending-frozen"
BASE_URL = os.environ.get("KONVEYER_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
_EXTRA_HOSTS = [host for host in os.environ.get("KONVEYER_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    BASE_URL.split("//")[-1].split("/")[0].split(":")[0],
    *_EXTRA_HOSTS,
]
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []

DOMAIN_APPS = [
    f"konveyer.domain.{name}"
    for name in (
        "workspace",
        "journal",
        "hooks",
        "people",
        "consent",
        "catalog",
        "conveyor",
        "delivery",
        "leads",
        "labels",
        "touches",
        "deals",
        "portfolio",
        "sheet",
        "absence",
        "notes",
        "lists",
        "imports",
        "duplicates",
        "erasure",
        "insight",
        "audit",
    )
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "konveyer.kit.postgres",
    "konveyer.web.kit",
    "konveyer.web.sign_in",
    "konveyer.web.setup",
    "konveyer.web.absence",
    "konveyer.web.consent",
    "konveyer.web.conveyors",
    "konveyer.web.labels",
    "konveyer.web.lists",
    "konveyer.web.duplicates",
    "konveyer.web.erasure",
    "konveyer.web.sheet",
    "konveyer.web.products",
    "konveyer.web.journal",
    "konveyer.web.board",
    "konveyer.web.deals",
    "konveyer.web.imports",
    "konveyer.web.insight",
    "konveyer.web.audit",
    "konveyer.web.lead",
    "konveyer.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    *DOMAIN_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "konveyer.web.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "konveyer.web.middleware.Language",
    "konveyer.web.middleware.InWorkspace",
    "konveyer.api.middleware.ApiAnswers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "konveyer.config.urls"
WSGI_APPLICATION = "konveyer.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(PACKAGE.glob("web/*/templates")),  # every screen brings its own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "konveyer.web.context.workplace",
                "konveyer.web.kit.context.shell",
            ],
        },
    }
]

DATABASES = {"default": connection_settings(os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Rate limits and spent codes live here: the default of 300 entries would forget them under attack.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "workspace.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "konveyer.web.sign_in.adapter.MembersOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes us write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"reset_password_from_key": "konveyer.web.sign_in.forms.ResetWithSecondFactor"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KONVEYER_PROXIES", "0"))
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Konveyer"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 30 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_TEMP_DIR = None
UPLOAD_LIMIT = 512 * 1024 * 1024

_SMTP = os.environ.get("KONVEYER_SMTP_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _SMTP else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(HOME / "outgoing-mail")  # without a server, mails wait here to be read
EMAIL_HOST = _SMTP
EMAIL_PORT = int(os.environ.get("KONVEYER_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("KONVEYER_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KONVEYER_SMTP_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and os.environ.get("KONVEYER_SMTP_PLAIN") != "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("KONVEYER_FROM_EMAIL", "konveyer@localhost")

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the package itself; nothing is collected
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
SILENCED_SYSTEM_CHECKS = ["models.W042"]
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("KONVEYER_LOG", "WARNING")},
}
