//! The rooms of `docs/architecture.md`, from the ground up, and which may use which.

use std::collections::{BTreeMap, BTreeSet};

use crate::docs::{quoted, read};
use crate::sources::{House, Source};

/// A room and those that it may use. A room stands below every one that uses it, so none can use
/// one above it, and there is no circle between them.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &[]),
    ("keyed_limit", &[]),
    ("recent", &[]),
    ("plain", &[]),
    ("rate_limit", &[]),
    ("descriptors", &[]),
    ("tls", &[]),
    ("calls", &[]),
    ("log", &["clock"]),
    ("audit", &["clock", "log"]),
    ("token/denied", &["domain"]),
    ("token/keys", &[]),
    ("token/random", &[]),
    ("token/mint", &["domain", "token/keys"]),
    ("token/sealed", &["domain", "token/keys", "token/random"]),
    ("token/verify", &["domain", "token/keys", "token/sealed"]),
    (
        "token",
        &[
            "token/denied",
            "token/keys",
            "token/random",
            "token/mint",
            "token/sealed",
            "token/verify",
        ],
    ),
    ("metrics", &["domain"]),
    ("store", &["calls", "domain", "metrics"]),
    (
        "backend",
        &[
            "calls",
            "domain",
            "metrics",
            "token/keys",
            "token/random",
            "token/sealed",
            "token/verify",
            "token",
        ],
    ),
    ("traces", &["calls", "clock", "metrics", "token/random", "token/sealed", "backend"]),
    (
        "table",
        &[
            "domain",
            "metrics",
            "token/denied",
            "token/keys",
            "token/mint",
            "token/sealed",
            "backend",
        ],
    ),
    ("config/report", &["domain"]),
    ("config/document", &["config/report"]),
    ("config/file", &["config/report"]),
    (
        "config/sections",
        &[
            "clock",
            "tls",
            "audit",
            "traces",
            "domain",
            "token/denied",
            "token/keys",
            "token/mint",
            "token/sealed",
            "token/verify",
            "token",
            "store",
            "backend",
            "table",
            "config/report",
            "config/document",
            "config/file",
        ],
    ),
    (
        "config/advice",
        &[
            "tls",
            "domain",
            "token/mint",
            "backend",
            "table",
            "config/report",
            "config/document",
            "config/sections",
        ],
    ),
    (
        "config",
        &[
            "metrics",
            "domain",
            "token/denied",
            "token/mint",
            "backend",
            "table",
            "config/report",
            "config/document",
            "config/file",
            "config/sections",
            "config/advice",
        ],
    ),
    ("zendesk_api", &["domain", "clock", "backend", "config/sections", "config"]),
    ("import", &["domain", "plain"]),
    ("inspect", &["domain", "token/keys", "token/verify"]),
    ("web/page", &["domain", "token/random", "backend", "table"]),
    ("web/response", &["web/page"]),
    ("web/request", &["domain", "token/sealed", "backend", "table"]),
    (
        "web/state",
        &[
            "traces",
            "recent",
            "audit",
            "metrics",
            "clock",
            "keyed_limit",
            "rate_limit",
            "token/sealed",
            "store",
            "backend",
            "table",
            "web/page",
        ],
    ),
    (
        "web/visit",
        &[
            "recent",
            "domain",
            "metrics",
            "token/sealed",
            "backend",
            "traces",
            "table",
            "web/page",
            "web/request",
            "web/state",
        ],
    ),
    (
        "web/error",
        &[
            "recent",
            "audit",
            "metrics",
            "domain",
            "clock",
            "token/denied",
            "token/keys",
            "token/random",
            "token/mint",
            "token/sealed",
            "token/verify",
            "store",
            "backend",
            "table",
            "web/page",
            "web/response",
            "web/request",
            "web/state",
            "web/visit",
        ],
    ),
    (
        "web/sign_in",
        &[
            "plain",
            "recent",
            "audit",
            "metrics",
            "domain",
            "keyed_limit",
            "token/random",
            "token/mint",
            "token/sealed",
            "store",
            "backend",
            "table",
            "web/page",
            "web/response",
            "web/request",
            "web/state",
            "web/visit",
            "web/error",
        ],
    ),
    ("web/connection", &["clock", "tls", "web/request", "web/state", "web/error"]),
    (
        "web/routes",
        &[
            "audit",
            "domain",
            "token/random",
            "token/mint",
            "token/sealed",
            "token/verify",
            "backend",
            "table",
            "web/page",
            "web/response",
            "web/request",
            "web/state",
            "web/visit",
            "web/error",
            "web/sign_in",
        ],
    ),
    (
        "web/preview",
        &["domain", "backend", "table", "web/request", "web/error", "web/routes", "web/sign_in"],
    ),
    (
        "web",
        &[
            "metrics",
            "traces",
            "web/page",
            "web/request",
            "web/state",
            "web/visit",
            "web/error",
            "web/sign_in",
            "web/connection",
            "web/routes",
        ],
    ),
    ("route", &["config", "domain", "backend", "table", "web/request", "web/preview", "web"]),
    (
        "ops",
        &[
            "traces",
            "recent",
            "domain",
            "token/keys",
            "route",
            "audit",
            "descriptors",
            "log",
            "metrics",
            "backend",
            "table",
            "web/state",
        ],
    ),
    (
        "app",
        &[
            "traces",
            "audit",
            "metrics",
            "domain",
            "clock",
            "descriptors",
            "tls",
            "token/keys",
            "token/mint",
            "token/sealed",
            "store",
            "backend",
            "table",
            "config/sections",
            "config",
            "web/page",
            "web/state",
            "web/connection",
            "web",
            "ops",
        ],
    ),
    (
        "cli",
        &[
            "route",
            "domain",
            "clock",
            "descriptors",
            "audit",
            "log",
            "token/random",
            "token/mint",
            "token/sealed",
            "token/verify",
            "store",
            "backend",
            "table",
            "config/report",
            "config/file",
            "config/sections",
            "config",
            "zendesk_api",
            "import",
            "inspect",
            "plain",
            "app",
        ],
    ),
    ("main", &["cli"]),
];

fn room_of(place: &[String]) -> Option<&'static str> {
    let holds = |room: &str| {
        let mut names = place.iter();
        room.split('/').all(|name| names.next().is_some_and(|it| it == name))
    };
    let rooms = ROOMS.iter().map(|row| row.0).filter(|room| holds(room));
    rooms.max_by_key(|room| room.split('/').count())
}

#[test]
fn no_room_uses_one_above_it() {
    let sources = Source::all();
    let house = House::of(&sources);
    let (mut wrong, mut used) = (Vec::new(), Vec::new());
    for source in sources.iter().filter(|source| !source.place.is_empty()) {
        let name = source.name();
        let Some(from) = room_of(&source.place) else {
            wrong.push(format!("{name} stands in no room"));
            continue;
        };
        let in_service = house.named_in_service_by(source);
        for file in house.named_by(source) {
            let Some(to) = room_of(&file).filter(|to| *to != from) else { continue };
            // A test may ask for the whole of what its part belongs to.
            let is_own = file.first() == source.place.first();
            if is_own && !in_service.contains(&file) {
                continue;
            }
            let may = ROOMS.iter().any(|(room, may)| *room == from && may.contains(&to));
            if !may {
                wrong.push(format!("{name} uses {}: `{from}` may not use `{to}`", file.join("/")));
            }
            used.push((from, to));
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // What nobody uses is a hole in the wall.
    let may = ROOMS.iter().flat_map(|(room, may)| may.iter().map(move |to| (*room, *to)));
    let unused: Vec<_> = may.filter(|arrow| !used.contains(arrow)).collect();
    assert!(unused.is_empty(), "nobody goes there: {unused:?}");
}

#[test]
fn every_room_stands_above_those_that_it_uses() {
    let floor = |room: &str| ROOMS.iter().position(|row| row.0 == room);
    for (room, may) in ROOMS {
        for to in *may {
            assert!(floor(to).is_some() && floor(to) < floor(room), "`{room}` uses `{to}`");
        }
    }
}

/// A room of the documents is all of one folder.
fn whole(room: &str) -> &str {
    room.split('/').next().unwrap_or(room)
}

#[test]
fn the_table_of_rooms_says_what_each_may_use() {
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (room, may) in ROOMS.iter().filter(|(room, _)| *room != "main") {
        let others = may.iter().map(|to| whole(to)).filter(|to| *to != whole(room));
        uses.entry(whole(room)).or_default().extend(others);
    }
    let text = read("docs/architecture.md");
    let (rooms, _) = text.split_once("## Words").unwrap();
    let mut rows = 0;
    for row in rooms.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let [named, _, may_use] = *cells.as_slice() else { panic!("{row}") };
        let may_use = quoted(may_use);
        let said: BTreeSet<&str> = may_use.iter().map(String::as_str).collect();
        let known =
            quoted(named).iter().filter_map(|room| uses.remove(room.as_str())).flatten().collect();
        assert_eq!(said, known, "{named}");
        rows += 1;
    }
    assert!(rows > 10 && uses.is_empty(), "{rows} rows, and none of {uses:?}");
}
