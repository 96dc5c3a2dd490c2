"""A provider of another code base: django-oauth-toolkit, in memory, with one client. Its sign-in page
signs in whoever types a name. Its argument says where brandgate is. Prints its issuer when it is
ready, and ends when its standard input does."""

import os
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

APPS = ["auth", "contenttypes", "sessions"]
sso = sys.argv[1]
key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS), "oauth2_provider"],
    LOGIN_URL="/login/",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    # The tables as they are now, and no slow hash: nobody waits for what a test does not need.
    MIGRATION_MODULES=dict.fromkeys([*APPS, "oauth2_provider"]),
    OAUTH2_PROVIDER={
        "OAUTH2_VALIDATOR_CLASS": "__main__.Validator",
        "OIDC_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        "OIDC_RSA_PRIVATE_KEY": key.decode(),
        "PKCE_REQUIRED": True,
        "SCOPES": {"openid": "who you are", "email": "your address", "profile": "your name"},
    },
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF="__main__",
    SECRET_KEY="only for tests",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()

from django.contrib.auth import login  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils.html import escape  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Validator(OAuth2Validator):
    """Says of people what the others say; whether an address is theirs as their first name has it."""

    def get_additional_claims(self):
        return {
            "email": lambda request: request.user.email,
            "email_verified": lambda request: request.user.first_name == "verified",
            "name": lambda request: request.user.last_name,
        }


def sign_in(request):
    """Signs in whoever types a name."""
    if request.method == "POST":
        login(request, User.objects.get(username=request.POST["login"]))
        return HttpResponseRedirect(request.GET["next"])
    address = escape(request.get_full_path())
    return HttpResponse(
        f'<form method="post" action="{address}"><input name="login"><input name="password"></form>'
    )


urlpatterns = [
    path("login/", sign_in),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


call_command("migrate", run_syncdb=True, verbosity=0)
for name, proof in [("joe", "verified"), ("jane", "verified"), ("unverified", "")]:
    User.objects.create_user(
        name, f"{name}@example.com", first_name=proof, last_name=f"{name.title()} Bloggs"
    )
Application.objects.create(
    client_id="brandgate-staff",
    client_secret="secret-of-staff-0123456789abcdef0123456789",
    client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    algorithm=Application.RS256_ALGORITHM,
    redirect_uris=f"{sso}/callback/staff",
    post_logout_redirect_uris=f"{sso}/logout/done/staff",
    skip_authorization=True,
)


def end_with_the_test():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
print(f"http://127.0.0.1:{server.server_port}/o", flush=True)
server.serve_forever()
