"""nginx: two maps, the first of which reads the host out of `return_to`."""

import getpass

from machine import find
from servers import Server
from table import ELSEWHERE, sites

# Both spellings of a return_to: encoded, as Zendesk sends it, and as it is.
HOST = r"^https(?::|%3A)(?:/|%2F){2}([a-z0-9.-]+)(?:$|[/?#]|%2F|%3F|%23)"
MAIN = """\
daemon off;
master_process {master};
{user}
worker_processes 1;
worker_rlimit_nofile {files};
error_log stderr warn;
pid {prefix}.pid;
pcre_jit on;
events {{ worker_connections {connections}; multi_accept on; }}
http {{
  access_log off;
  server_tokens off;
  keepalive_timeout 75s;
  keepalive_requests 1000000000;
  client_body_temp_path {prefix}.body;
  proxy_temp_path {prefix}.proxy;
  fastcgi_temp_path {prefix}.fastcgi;
  uwsgi_temp_path {prefix}.uwsgi;
  scgi_temp_path {prefix}.scgi;
{http}
}}
"""
ROUTER = """\
  map_hash_max_size {size};
  map_hash_bucket_size 128;
  map $arg_return_to $host_asked {{
    default "";
    "~*{host}" $1;
  }}
  map $host_asked $site {{
    default {elsewhere};
{map}
  }}
  server {{
    listen 127.0.0.1:{port} backlog=16384;
    location = /login {{ return 302 $site?$args; }}
  }}
"""
# More than any measurement opens.
CONNECTIONS = 12_000


def main(http, prefix, files=4096, alone=False):
    """A whole configuration for one worker; with `alone`, it has no master."""
    user = getpass.getuser()
    return MAIN.format(
        master="off" if alone else "on",
        user="user root;" if user == "root" else "",
        files=files,
        prefix=prefix,
        connections=min(CONNECTIONS, files),
        http=http,
    )


def command(path, prefix):
    return [find("nginx"), "-c", path, "-p", prefix.parent, "-e", "stderr"]


class Nginx(Server):
    name = "nginx"
    tools = ("nginx",)

    def commands(self, brands, files=4096, under=(), settings=None):
        prefix = self.folder / f"nginx-{self.port}"
        rows = sites(brands)
        http = ROUTER.format(
            size=max(2048, 2 * len(rows)),
            host=HOST,
            elsewhere=ELSEWHERE,
            map="\n".join(f"    {host} {site};" for host, site in rows),
            port=self.port,
        )
        path = self.file("conf", main(http, prefix, files, alone=bool(under)))
        yield [*under, *command(path, prefix)], settings
