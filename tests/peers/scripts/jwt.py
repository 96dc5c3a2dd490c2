"""In the shape of the published Python sample: `python3 jwt.py QUERY` prints where the browser is sent."""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.parse
import uuid

query = urllib.parse.parse_qs(sys.argv[1])


def part(data):
    return base64.urlsafe_b64encode(data).replace(b"=", b"")


claims = {
    "iat": time.time(),
    "jti": str(uuid.uuid1()),
    "name": "Joe",
    "email": "joe@example.com",
    "external_id": "7",
    "tags": [None],
}
header = {"typ": "JWT", "alg": "HS256"}
message = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
secret = os.environ["SITE_SECRET"].encode()
jwt = message + b"." + part(hmac.new(secret, message, hashlib.sha256).digest())
return_to = query.get("return_to", [None])[0]
location = f"{os.environ['SITE_SENDS_TO']}/access/jwt?jwt={jwt.decode()}"
sys.stdout.write(f"{location}&return_to={urllib.parse.quote(str(return_to))}")
