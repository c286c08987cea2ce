"""Settings of the whole installation; everything variable comes from the environment.

Each variable is described in docs/settings.md.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from vungxanh.config import paths
from vungxanh.config.address import public_address
from vungxanh.config.database import ROLE, Role, database
from vungxanh.config.inbox import inbox
from vungxanh.config.mail import mail
from vungxanh.config.navigation import NAVIGATION as NAVIGATION
from vungxanh.config.navigation import SECTIONS as SECTIONS
from vungxanh.config.outgoing import outgoing
from vungxanh.config.push import push
from vungxanh.config.secret import secret_key
from vungxanh.config.sms import oa, sms
from vungxanh.config.variables import one_of, secret, whole_number

MEGABYTE = 1024 * 1024


def _listed(variable: str) -> list[str]:
    return [part.strip() for part in os.environ.get(variable, "").split(",") if part.strip()]


BASE = Path(__file__).resolve().parents[1]
HOME = paths.home()
KEYS = paths.keys()
DEMO = os.environ.get("VUNGXANH_DEMO") == "1"
HTTPS = os.environ.get("VUNGXANH_HTTPS") == "1"
DEBUG = False
SECRET_KEY = secret_key(KEYS)

ALLOWED_HOSTS = _listed("VUNGXANH_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = _listed("VUNGXANH_ORIGINS")
# As phones reach the installation; see core.address.
PUBLIC_ADDRESS = public_address()
ROOT_URLCONF = "vungxanh.config.urls"
AUTH_USER_MODEL = "accounts.Staff"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "vungxanh.core",
    "vungxanh.audit",
    "vungxanh.locations",
    "vungxanh.messaging",
    "vungxanh.accounts",
    "vungxanh.reports",
    "vungxanh.duties",
    "vungxanh.people",
    "vungxanh.checkins",
    "vungxanh.declarations",
    "vungxanh.uptake",
    "vungxanh.directives",
    "vungxanh.config.processing",
]
MIDDLEWARE = [
    "vungxanh.core.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "vungxanh.config.answers.HeadersMiddleware",
    # Above what answers by itself: files, refusals and redirects carry the policy too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages for slow networks; Django pads what it compresses against guessing by length (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vungxanh.core.preferences.LanguageMiddleware",
    "vungxanh.config.limits.LimitsMiddleware",
    "vungxanh.config.answers.PlainAnswersMiddleware",
    "vungxanh.core.errors.RefusalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "vungxanh.accounts.middleware.ViewerMiddleware",
    "vungxanh.accounts.api.DeviceMiddleware",
    "vungxanh.people.middleware.CitizenMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
# A program of device intake alone has no pages: nobody signs in, and it could not look them up.
IS_INTAKE = os.environ.get(ROLE) == Role.INTAKE
if IS_INTAKE:
    MIDDLEWARE = [
        "vungxanh.core.metrics.MetricsMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "vungxanh.config.answers.HeadersMiddleware",
        "allauth.account.middleware.AccountMiddleware",  # allauth starts with it alone
    ]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "vungxanh.core.context.console",
                "vungxanh.accounts.views.glass.banner",
            ],
        },
    },
]
DATABASES = {"default": database(HOME)}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "vx_language"
LANGUAGE_COOKIE_AGE = 365 * 86400
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Built files carry a digest in their names, so browsers keep them for good.
STATIC_URL = "/static/"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/vx/.*[.-][0-9A-Za-z]{8,}\.[a-z0-9]+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Over HTTPS browsers take a __Host- cookie only from this host itself, not from its neighbours.
_HOST_ONLY = "__Host-" if HTTPS else ""
# In the database under a digest of the key alone: a stolen table opens no session.
SESSION_ENGINE = "vungxanh.accounts.gateways.session_store"
# A working day at the desk. The session's cookie is named in the OpenAPI document.
SESSION_COOKIE_NAME = f"{_HOST_ONLY}vx_session"
IDLE_MINUTES = whole_number("VUNGXANH_IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_HOST_ONLY}vx_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "vungxanh.config.answers.stale_form"

# Argon2id first (RFC 9106); the others read older hashes, which sign-in renews.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Of django-allauth only the steps of sign-in and the second factors are used: no sign-up, no
# addresses of its own, no mail. Wrong attempts are counted by accounts.actions.
ACCOUNT_ADAPTER = "vungxanh.accounts.gateways.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # sealed: nothing may be looked up by it
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGIN_TIMEOUT = 600
MFA_ADAPTER = "vungxanh.accounts.gateways.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Never for the demo's own authority: it would bind every other program on "localhost".
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS and not DEMO else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Uploads stay in memory until a room seals them: nothing personal in a temporary file.
UPLOAD_BYTES = 20 * MEGABYTE
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_BYTES
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "vungxanh.core.logs.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": one_of("VUNGXANH_LOG", LOG_LEVELS, "WARNING")},
    "loggers": {
        # Django's own configuration would send mail and print a second form.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # What visitors ask for in vain is counted, not written down.
        "django.request": {"level": "ERROR"},
    },
}

# Rooms keep their background jobs in jobs.py; "task" is a word of the field.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
MAIL = mail()
INBOX = inbox()
SMS = sms()
OA = oa()
PUSH = push()
OUTGOING = outgoing()
# For so long a process uses the words of a template that it read.
TEMPLATE_SECONDS = 5.0
METRICS_TOKEN = secret("VUNGXANH_METRICS_TOKEN")
# Two years: as long as people may ask who looked at what is kept of them.
AUDIT_DAYS = whole_number("VUNGXANH_AUDIT_DAYS", 730)
# Look-ups of persons in an hour, by an officer and by a keeper's enrolled device.
LOOKUPS_OFFICER = whole_number("VUNGXANH_LOOKUPS_OFFICER", 60)
LOOKUPS_DEVICE = whole_number("VUNGXANH_LOOKUPS_DEVICE", 10)
