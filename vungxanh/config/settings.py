"""Settings of the whole installation; everything variable comes from the environment."""

import os
from pathlib import Path

from vungxanh.config.database import database

BASE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("VUNGXANH_HOME", "var")).resolve()
DEMO = os.environ.get("VUNGXANH_DEMO") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("VUNGXANH_SECRET_KEY", "only-for-building-and-checking")
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "vungxanh.config.urls"
AUTH_USER_MODEL = "accounts.Staff"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "vungxanh.core",
    "vungxanh.audit",
    "vungxanh.locations",
    "vungxanh.accounts",
    "vungxanh.reports",
    "vungxanh.uptake",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
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
            ],
        },
    },
]
DATABASES = {"default": database(HOME)}
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
