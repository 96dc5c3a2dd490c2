"""PHP: a router and an assertion endpoint as scripts, under php-fpm behind nginx."""

import getpass
from pathlib import Path

from machine import find
from servers import Server
from servers.nginx import command, main
from table import ACCOUNT, ELSEWHERE, ZENDESK_SECRET, secret, sites

SCRIPTS = Path(__file__).parent / "php"
POOL = """\
[global]
error_log = /dev/stderr
daemonize = no
[bench]
{user}
listen = {socket}
listen.backlog = 16384
listen.mode = 0666
pm = static
pm.max_children = {children}
pm.max_requests = 0
env[BENCH_TABLE] = {table}
"""
SETTINGS = {
    "opcache.enable": "1",
    "opcache.validate_timestamps": "0",
    "opcache.memory_consumption": "512",
    "opcache.interned_strings_buffer": "64",
    "opcache.jit": "tracing",
    "opcache.jit_buffer_size": "64M",
    "memory_limit": "512M",
    "expose_php": "0",
    "short_open_tag": "0",
}
# A script waits for nothing: one core is busy with few.
CHILDREN = 4
FRONT = """\
  upstream php {{ server unix:{socket}; }}
  map $uri $script {{
    /login {scripts}/login.php;
    /access/jwt {scripts}/access_jwt.php;
  }}
  server {{
    listen 127.0.0.1:{port} backlog=16384;
    fastcgi_param QUERY_STRING $query_string;
    fastcgi_param REQUEST_METHOD $request_method;
    fastcgi_param CONTENT_TYPE $content_type;
    fastcgi_param CONTENT_LENGTH $content_length;
    fastcgi_param SCRIPT_FILENAME $script;
    client_body_buffer_size 16k;
    location / {{ fastcgi_pass php; }}
  }}
"""


def table(brands, assertion):
    """A script whose constant arrays stay in opcache."""
    rows = [f"'{host}' => '{site}'," for host, site in sites(brands)]
    lines = ["<?php", "return [", f"'elsewhere' => '{ELSEWHERE}',"]
    lines += [f"'account' => '{ACCOUNT}',", f"'secret' => '{ZENDESK_SECRET}',"]
    lines += ["'sites' => [", *rows, "],", "'secrets' => ["]
    if assertion:
        lines += [f"'{site}' => '{secret(brand // 2)}'," for brand, (_, site) in enumerate(sites(brands))]
    return "\n".join([*lines, "]];"]) + "\n"


class Php(Server):
    name = "PHP"
    tools = ("nginx", "php-fpm")

    def commands(self, brands, assertion=False):
        prefix = self.folder / f"php-{self.port}"
        socket = f"{prefix}.sock"
        as_root = getpass.getuser() == "root"
        pool = self.file("fpm.conf", POOL.format(
            # Workers of root's must be told so (-R, too).
            user="user = root" if as_root else "",
            socket=socket,
            children=CHILDREN,
            table=self.file("table.php", table(brands, assertion)),
        ))
        fpm = [find("php-fpm"), "--nodaemonize", "--fpm-config", pool, "-n", "-d", "zend_extension=opcache"]
        fpm += ["--allow-to-run-as-root"] if as_root else []
        for name, value in SETTINGS.items():
            fpm += ["-d", f"{name}={value}"]
        yield fpm, None
        http = FRONT.format(socket=socket, port=self.port, scripts=SCRIPTS)
        path = self.file("nginx.conf", main(http, prefix))
        yield command(path, prefix), None
