"""The requests that are sent: as Zendesk leads browsers to `/login`, and as sites post assertions."""

import base64
import hmac
import itertools
import time
import urllib.parse
import uuid

from table import brand_id, hosts, secret

HOST = "Host: sso.acme.example\r\n"
# What Chromium sends with a navigation from the Help Center, but its `Referer`.
CHROMIUM = "".join(f"{name}: {value}\r\n" for name, value in (
    ("Connection", "keep-alive"),
    ("sec-ch-ua", '"Chromium";v="156", "Not;A=Brand";v="24"'),
    ("sec-ch-ua-mobile", "?0"),
    ("sec-ch-ua-platform", '"Linux"'),
    ("Upgrade-Insecure-Requests", "1"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                   "Chrome/156.0.0.0 Safari/537.36"),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
               "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-User", "?1"),
    ("Sec-Fetch-Dest", "document"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Accept-Language", "en-US,en;q=0.9"),
))


def _visits(brands, count):
    """`count` times a host, its brand and the destination there, over the whole table.

    The step has no divisor in common with a number of brands: consecutive requests are far from
    each other in the table, and every brand has its turn before one has its second.
    """
    for number in range(count):
        brand = number * 7919 % brands
        # With the round, so that both hosts of a brand are asked for.
        host = hosts(brand)[(number + number // brands) % 2]
        yield brand, host, f"https://{host}/hc/en-us/requests/{208294 + number}?page=2"


def logins(brands, count, chromium=False):
    """Remote logins as Zendesk sends them; with `chromium`, as that browser follows them."""
    requests = []
    for number, (brand, host, destination) in enumerate(_visits(brands, count)):
        query = (
            f"brand_id={brand_id(brand)}&locale_id=1"
            f"&return_to={urllib.parse.quote(destination, safe='')}"
            f"&timestamp={1769760757 + number}"
        )
        browser = f"{CHROMIUM}Referer: https://{host}/\r\n" if chromium else ""
        requests.append(f"GET /login?{query} HTTP/1.1\r\n{HOST}{browser}\r\n")
    return requests


def logouts(brands, count):
    return [
        f"GET /logout?brand_id={brand_id(number % brands)}&email=&external_id= HTTP/1.1\r\n"
        f"{HOST}\r\n"
        for number in range(count)
    ]


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def assertions(brands, count, of_last=False):
    """Sign-ins that sites start by themselves, each with an assertion of its own; with `of_last`, all of
    the last brand.

    They are good for three minutes from now, and each is accepted once.
    """
    header = _base64url(b'{"typ":"JWT","alg":"HS256"}')
    keys = [secret(brand).encode() for brand in range(brands)]
    now, run = int(time.time()), uuid.uuid4().hex
    requests = []
    last = brands - 1
    visits = _visits(brands, count)
    if of_last:
        visits = itertools.repeat((last, hosts(last)[0], f"https://{hosts(last)[0]}/hc"), count)
    for number, (brand, _, destination) in zip(itertools.count(), visits):
        claims = (
            f'{{"iat":{now},"jti":"{run}-{number}","name":"Jane Doe",'
            f'"email":"jane{number}@acme-{brand}.example","external_id":"{number}"}}'
        )
        signed = f"{header}.{_base64url(claims.encode())}"
        token = f"{signed}.{_base64url(hmac.digest(keys[brand], signed.encode(), 'sha256'))}"
        body = f"jwt={token}&return_to={urllib.parse.quote(destination, safe='')}"
        requests.append(
            f"POST /access/jwt HTTP/1.1\r\n{HOST}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )
    return requests


def by_name(brands, count):
    """Requests for which something is looked up, by whatever can be a name in them, each of the last
    brand: `{kind: (count times that, the status of the answer)}`."""
    last = brands - 1
    host = f"https%3A%2F%2F{hosts(last)[1]}%2F"
    asked = {
        "/login by host": (f"/login?return_to={host}hc", 302),
        "/login by host, a route": (f"/login?return_to={host}neighbour%2F", 302),
        "/login by id": (f"/login?brand_id={brand_id(last)}&return_to=%2Fhc", 302),
        "/login, nobody's": ("/login", 200),
        "/login, a foreign host": ("/login?return_to=https%3A%2F%2Fevil.example%2F", 200),
        "/login, search for none": ("/login?search=nobody", 200),
        "/login, search for all": ("/login?search=acme", 200),
        "/start": (f"/start/brand-{last}", 302),
        "/start, no brand": ("/start/nobody", 404),
        "/backends/…/login": (f"/backends/site-{last}/login?brand_id={brand_id(last)}", 302),
        "/backends/…/not-me": (f"/backends/site-{last}/not-me", 404),
        "/callback": (f"/callback/site-{last}", 404),
        "/logout": (f"/logout?brand_id={brand_id(last)}", 200),
        "/logout/done": (f"/logout/done/site-{last}", 200),
        "/assets/brands": (f"/assets/brands/brand-{last}.css", 404),
    }
    kinds = {
        kind: ([f"GET {target} HTTP/1.1\r\n{HOST}\r\n"] * count, status)
        for kind, (target, status) in asked.items()
    }
    return kinds | {"/access/jwt": (assertions(brands, count, of_last=True), 200)}
