"""HAProxy: a map file, looked up with the host of the decoded `return_to`."""

from machine import find
from servers import Server
from table import ELSEWHERE, sites

CONFIGURATION = """\
global
  no strict-limits
  maxconn {connections}
  nbthread 1
  no log
defaults
  mode http
  option http-keep-alive
  timeout client 75s
  timeout http-request 30s
  timeout http-keep-alive 75s
frontend login
  bind 127.0.0.1:{port} backlog 16384
  http-request redirect code 302 location %[url_param(return_to),url_dec,field(3,/),lower,map_str({map},{elsewhere})]?%[query] if {{ path /login }}
"""
# More than any measurement opens.
CONNECTIONS = 12_000


class Haproxy(Server):
    name = "HAProxy"
    tools = ("haproxy",)

    def commands(self, brands, files=4096, under=(), settings=None):
        table = self.file("map", "".join(f"{host} {site}\n" for host, site in sites(brands)))
        path = self.file("cfg", CONFIGURATION.format(
            # A redirect has no server behind it: one descriptor for each connection, and some more.
            connections=min(CONNECTIONS, files - 200),
            port=self.port,
            map=table,
            elsewhere=ELSEWHERE,
        ))
        yield [*under, find("haproxy"), "-db", "-f", path], settings
