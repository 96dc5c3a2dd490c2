"""Caddy: two maps, as nginx."""

from machine import find
from servers import Server
from table import ELSEWHERE, sites

CADDYFILE = """\
{{
  admin off
  auto_https off
  log {{
    level ERROR
  }}
}}
:{port} {{
  bind 127.0.0.1
  map {{http.request.uri.query.return_to}} {{asked}} {{
    ~^https://([a-z0-9.-]+)(?:[/?#]|$) ${{1}}
    default ""
  }}
  map {{asked}} {{site}} {{
{map}
    default {elsewhere}
  }}
  redir /login {{site}}?{{query}} 302
}}
"""


class Caddy(Server):
    name = "Caddy"
    tools = ("caddy",)

    def commands(self, brands):
        rows = "\n".join(f"    {host} {site}" for host, site in sites(brands))
        path = self.file("Caddyfile", CADDYFILE.format(
            port=self.port, elsewhere=ELSEWHERE, map=rows
        ))
        # One core is what it has: more threads would only be in each other's way.
        environment = {"GOMAXPROCS": "1"}
        # Where it keeps its own copy of the configuration.
        environment |= {name: str(self.folder) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        yield [find("caddy"), "run", "--adapter", "caddyfile", "--config", path], environment
