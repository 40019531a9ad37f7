"""One settings file. Demo, tests and production differ by environment variables only (see .env.example)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from learningcity.config.demo import insist_on_this_machine
from learningcity.config.env import database, envbool, envint, envlist, envstr, require

ROOT = Path(__file__).resolve().parents[2]
STATE = Path(envstr("LEARNINGCITY_STATE") or ROOT / ".local")

# --- Which of the two lives is this? -------------------------------------------------------------------------------
# The demo is switched on by ./run alone; without it nothing of the demo exists and nothing is guessed.
DEMO = envbool("LEARNINGCITY_DEMO")
DEBUG = False
if DEMO:
    insist_on_this_machine()
else:
    require("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "SITE_URL", "EMAIL_HOST")

SECRET_KEY = envstr("SECRET_KEY", "demo-only, never used in production")
SECRET_KEY_FALLBACKS = envlist("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = envstr("SITE_URL", "http://localhost:8000").rstrip("/")
SITE_NAME_TH = envstr("SITE_NAME_TH", "แพลตฟอร์มเมืองแห่งการเรียนรู้")
SITE_NAME_EN = envstr("SITE_NAME_EN", "Learning City Platform")
CONTACT_EMAIL = envstr("CONTACT_EMAIL")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Parts ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "learningcity.interfaces",
    "learningcity.portal",
    "learningcity.workspace",
    "learningcity.awards",
    "learningcity.plans",
    "learningcity.harvest",
    "learningcity.library",
    "learningcity.practices",
    "learningcity.partners",
    "learningcity.opendata",
    "learningcity.cities",
    "learningcity.imports",
    "learningcity.pictures",
    "learningcity.sources",
    "learningcity.search",
    "learningcity.moderation",
    "learningcity.notices",
    "learningcity.audit",
    "learningcity.accounts",
    "learningcity.common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "rules",
    "template_partials",
    "learningcity.config.administration.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "learningcity.common.middleware.request_id",
    "learningcity.config.metrics.measure",
    "learningcity.opendata.middleware.count_uses",
    "learningcity.interfaces.api.middleware.speak_to_programs",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "learningcity.common.middleware.language_from_path",
    "learningcity.common.middleware.refuse_unreadable",
    "learningcity.config.pagecache.cache_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "learningcity.accounts.middleware.require_second_factor",
    "learningcity.accounts.middleware.KeepOurSite",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Behind those of whom its page asks; what is sent is read only after the last of them.
    "learningcity.common.middleware.refuse_too_large",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "learningcity.common.middleware.SayStoreIsAway",
]
ROOT_URLCONF = "learningcity.config.urls"
WSGI_APPLICATION = "learningcity.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learningcity.common.context.site",
            ],
            "builtins": ["learningcity.common.templatetags.common", "django.templatetags.i18n"],
        },
    }
]

# --- Database: the owner migrates, the site connects as a role that owns nothing -------------------------------------
DATABASES = {
    "default": {
        **database(envstr("DATABASE_URL", "postgresql://learningcity_app@/learningcity")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_APP_ROLE = envstr("DATABASE_APP_ROLE", "learningcity_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits must be counted by all processes together, so they are kept in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_cache",
        # With Django's 300, a few dozen busy addresses would make the site forget everybody's wrong passwords.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
PAGE_CACHE_ENTRIES = envint("PAGE_CACHE_ENTRIES", 2000)
PAGE_CACHE_BYTES = 64_000_000

# --- Languages: Thai stands at /, English at /en/ -------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# --- Files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATIC_ROOT = Path(envstr("STATIC_ROOT") or STATE / "static")
MEDIA_ROOT = STATE / "media"
FILE_STORE = (
    {
        "BACKEND": "learningcity.common.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": envstr("S3_BUCKET"),
            "endpoint_url": envstr("S3_ENDPOINT_URL") or None,
            "region_name": envstr("S3_REGION") or None,
            "access_key": envstr("S3_ACCESS_KEY"),
            "secret_key": envstr("S3_SECRET_KEY"),
        },
    }
    if envstr("S3_BUCKET")
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
)
STORAGES = {
    "default": FILE_STORE,
    "staticfiles": {"BACKEND": "learningcity.config.static.OwnFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# Where officers bring files of data, a request may be larger than elsewhere: a file of the largest size, and what is around it.
LARGER_REQUESTS = {r"^(?:/en)?/workspace/[-\w]+/data/$": 1_510_000_000}
# What one question to a large table may use.
TABLE_MEMORY_MB = envint("TABLE_MEMORY_MB", 400)
TABLE_THREADS = envint("TABLE_THREADS", 2)
# What answers it: duckdb, or clickhouse where one machine is outgrown (docs/decisions/0018-asking-tables.md).
TABLE_ENGINE = envstr("TABLE_ENGINE", "duckdb")
# Tables and files that are made again when they are missing.
TABLE_SHELF = STATE / "tables"
# Groups of fewer people than this are not shown to anybody. California's schools and colleges keep the same limit
# (calpassplus.org/Launchboard/Suppression); lower it only with the advice of whoever answers for personal data.
SMALLEST_GROUP = envint("SMALLEST_GROUP", 10)
# Whether it is counted how often data are taken, by dataset, kind of file and month; never who takes them.
COUNT_USES = envbool("COUNT_USES", True)
# What nothing for everybody is read from, neither page nor table: to write there makes nothing be read anew. Whole apps, or
# models; a test reads everything and finds none of them.
READ_BY_NOBODY = frozenset(
    "accounts audit imports notices workspace harvest.Finding harvest.Run harvest.Host interfaces.ApiKey moderation.Hand "
    "moderation.Proposal moderation.Report opendata.Change opendata.Upload opendata.Use partners.Clerk partners.Contact "
    "partners.Invitation partners.Reminder".split()
)
# Seconds between two requests to a catalog of others.
HARVEST_PAUSE = envint("HARVEST_PAUSE", 1)
# Questions in a minute from one address without a key; whoever has one may ask ten times as many.
QUESTIONS_A_MINUTE = envint("QUESTIONS_A_MINUTE", 300)
# Servers on this machine that tests start and harvest, as host:port. Never read from outside.
HARVEST_TEST_SERVERS: list[str] = []

# --- People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Addresses are unique however their letters are written, which the check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "learningcity.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# By code, because with a link nobody who has a second factor could change their address.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Besides allauth's own: as many errors as one address may report in an hour; a whole school sits behind one.
ACCOUNT_RATE_LIMITS = {"report_error": "30/h/ip"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "learningcity.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME_EN
# Clocks differ, and people type slowly: the code before and the one after count too.
MFA_TOTP_TOLERANCE = 1
# Passkeys need https; browsers make an exception for localhost, and so must the demo.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
USERSESSIONS_TRACK_ACTIVITY = False
# Behind a proxy all visitors would otherwise share one address, and with it one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(envbool("BEHIND_PROXY"))

# --- Mail ----------------------------------------------------------------------------------------------------------
# Whoever sends mail puts it into the outbox; the worker takes it from there to the mail server.
EMAIL_BACKEND = "learningcity.notices.adapter.Outbox"
LETTER_BACKEND = f"django.core.mail.backends.{'console' if DEMO else 'smtp'}.EmailBackend"
EMAIL_HOST = envstr("EMAIL_HOST")
EMAIL_PORT = envint("EMAIL_PORT", 587)
EMAIL_HOST_USER = envstr("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = envstr("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = envbool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = envstr("DEFAULT_FROM_EMAIL", "noreply@localhost")

# --- Work in the background ------------------------------------------------------------------------------------------
# Besides the tasks of every app: jobs that take an action.
PROCRASTINATE_IMPORT_PATHS = [
    f"learningcity.{app}.jobs" for app in ("cities", "harvest", "imports", "moderation", "opendata", "partners")
]

# --- Safety --------------------------------------------------------------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS and envbool("SECURE_SSL_REDIRECT", True)
# Clients of CKAN post their questions, and a redirect would lose them.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$", r"^api/(3/)?action/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if envbool("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_FAILURE_VIEW = "learningcity.portal.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
METRICS_TOKEN = envstr("METRICS_TOKEN")

# --- What is written down while it runs -----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "learningcity.common.logs.JsonFormatter"},
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain" if DEMO else "json"}},
    "root": {"handlers": ["console"], "level": "WARNING" if DEMO else "INFO"},
}
if dsn := envstr("SENTRY_DSN"):
    import sentry_sdk  # comes with requirements-production.lock

    sentry_sdk.init(dsn=dsn, send_default_pii=False, environment=envstr("SENTRY_ENVIRONMENT", "production"))
