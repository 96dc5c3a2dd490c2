"""What bench/run and bench/instructions share: the table, the requests, a running server."""

import base64
import hashlib
import hmac
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER_CORE, CLIENT_CORE = 0, 1
TICKS = os.sysconf("SC_CLK_TCK")
BACKENDS = 100
SECRETS = {
    f"BENCH_SECRET_{n}": hashlib.sha256(f"bench {n}".encode()).hexdigest() for n in range(BACKENDS)
}
ENVIRONMENT = {
    "BENCH_ZENDESK": hashlib.sha256(b"bench zendesk").hexdigest(),
    "BENCH_STATE_KEY": hashlib.sha256(b"bench state key").hexdigest(),
    **SECRETS,
}


def fail(message):
    sys.exit(f"bench: {message}")


# The table --------------------------------------------------------------------------------------


def hosts(brand):
    return [f"acme-{brand}.zendesk.com", f"help.acme-{brand}.example"]


def brands_yaml(brands, assertion):
    """A table of `brands` brands with two hosts each, over a hundred sites."""
    lines = [
        "version: 1",
        "server:",
        "  public_url: https://sso.acme.example",
        "  listen: 127.0.0.1:0",
        "  ops: { listen: 127.0.0.1:0 }",
        "  state_key: { env: BENCH_STATE_KEY }",
        "zendesk:",
        "  account: acme",
        "  shared_secret: { env: BENCH_ZENDESK }",
        "backends:",
    ]
    for n, name in enumerate(SECRETS):
        lines += [
            f"  site-{n}:",
            "    type: redirect",
            f"    login_url: https://www.acme-{n}.example/zdlogin.php",
        ]
        if assertion:
            lines += [
                "    assertion:",
                "      algorithm: HS256",
                f"      secrets: [{{ env: {name} }}]",
                "      unsolicited: true",
            ]
    lines.append("brands:")
    for brand in range(brands):
        lines += [
            f"  brand-{brand}:",
            f"    name: Acme {brand}",
            f"    brand_id: {360000000000 + brand}",
            f"    hosts: [{', '.join(hosts(brand))}]",
            f"    backend: site-{brand % BACKENDS}",
        ]
    return "\n".join(lines) + "\n"


# Requests ---------------------------------------------------------------------------------------


def destination(brand, number):
    host = hosts(brand)[number % 2]
    return f"https://{host}/hc/en-us/requests/{208294 + number}?page=2"


def login_requests(brands, count):
    """Remote logins as Zendesk sends them, spread over all brands."""
    requests = []
    for number in range(count):
        brand = number * 7919 % brands
        return_to = urllib.parse.quote(destination(brand, number), safe="")
        query = (
            f"brand_id={360000000000 + brand}&locale_id=1"
            f"&return_to={return_to}&timestamp={1769760757 + number}"
        )
        requests.append(f"GET /login?{query} HTTP/1.1\r\nHost: sso.acme.example\r\n\r\n")
    return requests


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def assertion_requests(brands, count):
    """Sign-ins that sites start by themselves, each with an assertion of its own."""
    header = base64url(b'{"typ":"JWT","alg":"HS256"}')
    secrets = [secret.encode() for secret in SECRETS.values()]
    now, run = int(time.time()), uuid.uuid4().hex
    requests = []
    for number in range(count):
        brand = number % brands
        claims = (
            f'{{"iat":{now},"jti":"{run}-{number}","name":"Jane Doe",'
            f'"email":"jane{number}@acme-{brand}.example","external_id":"{number}"}}'
        )
        signed = f"{header}.{base64url(claims.encode())}"
        key = secrets[brand % BACKENDS]
        token = f"{signed}.{base64url(hmac.digest(key, signed.encode(), 'sha256'))}"
        return_to = urllib.parse.quote(destination(brand, number), safe="")
        body = f"jwt={token}&return_to={return_to}"
        requests.append(
            "POST /access/jwt HTTP/1.1\r\nHost: sso.acme.example\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )
    return requests


# The server -------------------------------------------------------------------------------------


class Server:
    """A running brandgate, and how long it took to answer for the first time."""

    def __init__(self, binary, table, folder, under=(), environment=()):
        self.log = Path(tempfile.mkstemp(dir=folder, suffix=".log")[1])
        command = ["taskset", "-c", str(SERVER_CORE), *under, binary, "serve", "--config", table]
        begun = time.perf_counter()
        with self.log.open("wb") as log:
            environment = {**os.environ, **ENVIRONMENT, **dict(environment)}
            self.process = subprocess.Popen(command, stderr=log, env=environment)
        self.port = self._port()
        answer = self.ask(login_requests(1, 1)[0])
        self.start_ms = (time.perf_counter() - begun) * 1000
        if not answer.startswith("HTTP/1.1 302 "):
            fail(f"the first answer is no redirect:\n{answer}")

    def _port(self):
        for _ in range(600_000):
            said = re.search(r"public=\S*?127\.0\.0\.1:(\d+)", self.log.read_text())
            if said:
                return int(said[1])
            if self.process.poll() is not None:
                fail(f"the server does not start:\n{self.log.read_text()}")
            time.sleep(0.0001)
        return fail("the server does not say where it listens")

    def ask(self, request):
        """The head of the answer, and what came along with it of the body."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request.encode())
            return connection.recv(65536).decode()

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_mb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024 / 1e6

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def built():
    print("building …", file=sys.stderr)
    build = ["cargo", "build", "--release", "--locked", "--no-default-features"]
    build.append("--message-format=json")
    ran = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode != 0:
        fail("cargo build failed")
    made = [json.loads(line).get("executable") for line in ran.stdout.splitlines()]
    return next(filter(None, made))
