"""Whether servers give the same answers: checked before anything is measured."""

import base64
import hmac
import html
import json
import re

from machine import fail
from servers import answered
from table import ACCOUNT, ZENDESK_SECRET, site

SAMPLE = 400
# What one server chooses by itself.
OWN = {"iat", "jti"}


def check(ours, peers, requests, meaning):
    """Sends a sample of `requests` to all; ends the script at the first answer that differs."""
    step = max(1, len(requests) // SAMPLE)
    # A step of odd length meets both hosts of a brand.
    sample = requests[:: step + 1 - step % 2]
    with ours.connect() as connection:
        said = [meaning(answered(connection, request)) for request in sample]
    for peer in peers:
        with peer.connect() as connection:
            for request, expected in zip(sample, said):
                found = meaning(answered(connection, request))
                if found != expected:
                    fail(
                        f"{peer.name} answers otherwise than {ours.name}:\n{request.strip()}\n"
                        f"{ours.name}: {expected}\n{peer.name}: {found}"
                    )


def expect_logins(ours, requests):
    """That the server sends a few people to the site of the brand they asked for."""
    with ours.connect() as connection:
        for request in requests[:: max(1, len(requests) // 50)]:
            query = request.split(" ", 2)[1].partition("?")[2]
            brand = int(re.search(r"acme-(\d+)\.", query)[1])
            found = redirect(answered(connection, request))
            if found != (302, f"{site(brand)}?{query}"):
                fail(f"{ours.name} leads elsewhere:\n{request.strip()}\n{found}")


def redirect(answer):
    """Where an answer leads."""
    return answer.status, answer.headers.get("location")


def hand_off(answer):
    """Whom a page hands off to Zendesk, and where to."""
    page = answer.body.decode()
    if answer.status != 200:
        return answer.status, page[-300:]
    action = re.search(r'action="([^"]*)"', page)
    fields = {}
    for field in re.findall(r"<input[^>]*>", page):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', field))
        fields[attributes.get("name")] = html.unescape(attributes.get("value", ""))
    if action is None or action[1] != f"https://{ACCOUNT}.zendesk.com/access/jwt":
        return answer.status, f"no form for Zendesk in {page[-300:]}"
    return answer.status, _claims(fields.get("jwt", "")), fields.get("return_to")


def _claims(token):
    """What a token of Zendesk's secret says, but what its maker chooses."""
    signed, _, signature = token.rpartition(".")
    if signature != _base64url(hmac.digest(ZENDESK_SECRET.encode(), signed.encode(), "sha256")):
        return f"not signed with Zendesk's secret: {token}"
    claims = json.loads(base64.urlsafe_b64decode(signed.partition(".")[2] + "=="))
    return {name: value for name, value in claims.items() if name not in OWN}


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
