"""The table that every server is given: so many brands, each with two hosts and a site of its own."""

import hashlib

PUBLIC_URL = "https://sso.acme.example"
ACCOUNT = "acme"
# Where peers send whom they know no site for.
ELSEWHERE = "https://sso.acme.example/unknown"
ZENDESK_SECRET = hashlib.sha256(b"bench zendesk").hexdigest()
STATE_KEY = hashlib.sha256(b"bench state key").hexdigest()


def hosts(brand):
    return [f"acme-{brand}.zendesk.com", f"help.acme-{brand}.example"]


def brand_id(brand):
    return 360000000000 + brand


def site(brand):
    """The sign-in page of a brand."""
    return f"https://www.acme-{brand}.example/zdlogin.php"


def secret(brand):
    """What a brand's site signs its assertions with."""
    return hashlib.sha256(f"bench {brand}".encode()).hexdigest()


def sites(brands):
    """Each host with the sign-in page of its brand."""
    return [(host, site(brand)) for brand in range(brands) for host in hosts(brand)]


def brands_yaml(brands, port, assertion=False):
    """The same for brandgate; with `assertion`, the sites post to it and not to Zendesk."""
    lines = [
        "version: 1",
        "server:",
        f"  public_url: {PUBLIC_URL}",
        f"  listen: 127.0.0.1:{port}",
        "  ops: { listen: 127.0.0.1:0 }",
        "  shutdown_delay: 0",
        "  state_key: { env: BENCH_STATE_KEY }",
        "zendesk:",
        f"  account: {ACCOUNT}",
        "  shared_secret: { env: BENCH_ZENDESK }",
        "backends:",
    ]
    for brand in range(brands):
        lines += [f"  site-{brand}:", "    type: redirect", f"    login_url: {site(brand)}"]
        if assertion:
            lines += [
                "    assertion:",
                "      algorithm: HS256",
                f"      secrets: [{{ env: BENCH_SECRET_{brand} }}]",
                "      unsolicited: true",
            ]
    lines.append("brands:")
    for brand in range(brands):
        lines += [
            f"  brand-{brand}:",
            f"    name: Acme {brand}",
            f"    brand_id: {brand_id(brand)}",
            f"    hosts: [{', '.join(hosts(brand))}]",
            f"    backend: site-{brand}",
        ]
    return "\n".join(lines) + "\n"


def full_yaml(brands, port):
    """Brands of which each has everything of its own: besides what the others have, a site with
    assertions, a prefix, a domain, which is reserved, a user pool, and routes to the pool and to a
    neighbour's site."""
    lines = brands_yaml(0, port).splitlines()
    begin = lines.index("backends:")
    head = lines[:begin] + ["reserved:"]
    for brand in range(brands):
        head.append(
            f"- {{ email_domains: [acme-{brand}.example], backends: [site-{brand}, pool-{brand}] }}"
        )
    backends = ["backends:"]
    own = ["brands:"]
    for brand in range(brands):
        domain = f"email_domains: [acme-{brand}.example]"
        backends += [
            f"  site-{brand}:",
            "    type: redirect",
            f"    login_url: {site(brand)}",
            "    assertion:",
            "      algorithm: HS256",
            f"      secrets: [{{ env: BENCH_SECRET_{brand} }}]",
            "      unsolicited: true",
            f"  pool-{brand}: {{ type: cognito, region: eu-central-1, client_id: c{brand} }}",
        ]
        own += [
            f"  brand-{brand}:",
            f"    name: Acme {brand}",
            f"    brand_id: {brand_id(brand)}",
            f"    hosts: [{', '.join(hosts(brand))}]",
            f"    backend: site-{brand}",
            f"    identity: {{ external_id_prefix: b{brand}_, {domain} }}",
            "    routes:",
            f"    - {{ path: '^/neighbour(/|$)', backend: site-{(brand + 1) % brands} }}",
            f"    - {{ path: '^/pool(/|$)', backend: pool-{brand}, identity: {{ {domain} }} }}",
        ]
    return "\n".join(head + backends + own) + "\n"


def environment(brands, assertion=False):
    """The secrets that `brands_yaml` names."""
    named = {"BENCH_ZENDESK": ZENDESK_SECRET, "BENCH_STATE_KEY": STATE_KEY}
    if assertion:
        named |= {f"BENCH_SECRET_{brand}": secret(brand) for brand in range(brands)}
    return named
