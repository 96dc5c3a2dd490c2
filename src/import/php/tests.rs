use super::router::WRITE_OUT;
use super::{Script, import};
use crate::import::Draft;

/// What is imported, each host with its addresses; or every problem.
fn said(source: &str) -> String {
    match import(Script { name: "in.php", bytes: source.as_bytes() }, None) {
        Ok(draft) => hosts(&draft),
        Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

fn hosts(draft: &Draft) -> String {
    let mut lines = Vec::new();
    for brand in &draft.brands {
        let backend = draft.backends.iter().find(|it| it.name == brand.backend).unwrap();
        let login = backend.login_url.as_deref().unwrap_or("zendesk");
        let logout = backend.logout_url.as_ref().map_or(String::new(), |it| format!(" {it}"));
        lines.push(format!("{} → {login}{logout}", brand.hosts.join("+")));
    }
    lines.join("\n")
}

#[test]
fn a_table_is_read_as_people_have_it() {
    let cases = [
        ("'a.zendesk.com' => 'https://a.example/in'", "a.zendesk.com → https://a.example/in"),
        // Twice the same is once.
        (
            "'a.zendesk.com' => 'https://a.example/in', 'A.zendesk.com' => 'https://a.example/in',",
            "a.zendesk.com → https://a.example/in",
        ),
        // One of Zendesk's and one other are one brand; more cannot be told apart.
        (
            "'a.zendesk.com' => 'https://a.example/in', 'help.a.example' => 'https://a.example/in'",
            "help.a.example+a.zendesk.com → https://a.example/in",
        ),
        (
            "'a.zendesk.com' => 'https://a.example/in', 'b.zendesk.com' => 'https://a.example/in', \
             'help.a.example' => 'https://a.example/in'",
            "a.zendesk.com → https://a.example/in\nb.zendesk.com → https://a.example/in\n\
             help.a.example → https://a.example/in",
        ),
        (
            "'a.zendesk.com' => 'https://acme.zendesk.com/access/normal', 'b.zendesk.com' => \
             'https://b.zendesk.com/access/normal?x'",
            "a.zendesk.com → zendesk\nb.zendesk.com → zendesk",
        ),
        (
            "'a.zendesk.com' => ['login' => 'https://a.example/in', 'note' => $x, 'logout' => '//a.example/out']",
            "a.zendesk.com → https://a.example/in https://a.example/out",
        ),
        // A brand's own name, with everything beneath it.
        (
            "'shoes' => ['host' => 'a.zendesk.com', 'login' => 'https://a.example/in', 'logout' => 'https://a.example/out'],\n\
             'books' => array('hosts' => array('b.zendesk.com', 'help.b.example'), 'url' => 'https://b.example/in')",
            "a.zendesk.com → https://a.example/in https://a.example/out\n\
             help.b.example+b.zendesk.com → https://b.example/in",
        ),
        (
            "'shoes' => ['subdomain' => 'a.zendesk.com', 'mapped' => 'help.a.example', 'in' => 'https://a.example/in', 'logo' => 'a.png', 'name' => 'Shoes']",
            "help.a.example+a.zendesk.com → https://a.example/in",
        ),
        (
            "'shoes' => ['host' => 'a.zendesk.com', 'login' => LOGIN]",
            "in.php:2: an address of `a.zendesk.com` is the constant `LOGIN`; only a running script knows it: write it out here, in a copy of the script",
        ),
        // What is computed.
        (
            "'a.zendesk.com' => 'https://a.example/in',\n'b.zendesk.com' => BASE . '/in',\n\
             'c.zendesk.com' => $c, 'd.zendesk.com' => D, 'e.zendesk.com' => url('e'), \
             'f.zendesk.com' => \"https://$f/in\", 'g.zendesk.com' => $x['g'], HOST => 'https://h.example', \
             $i . '.zendesk.com' => 'https://i.example/in', ...$more",
            "in.php:3: the address of `b.zendesk.com` is put together with `.`; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the address of `c.zendesk.com` is the variable `$c`; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the address of `d.zendesk.com` is the constant `D`; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the address of `e.zendesk.com` is what `url(…)` gives; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the address of `f.zendesk.com` is a text with a variable in it; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the address of `g.zendesk.com` is computed; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the host for `https://h.example` is the constant `HOST`; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: the host for `https://i.example/in` is put together with `.`; only a running script knows it: write it out here, in a copy of the script\n\
             in.php:4: a part of the table is another array, by `...`; only a running script knows it: write it out here, in a copy of the script",
        ),
        // What means nothing.
        (
            "'a.zendesk.com' => '/in.php'",
            "in.php:2: what stands for `a.zendesk.com` is no whole address; write it with `https://` and its host",
        ),
        (
            "'a.zendesk.com/hc/de' => 'https://a.example/in'",
            "in.php:2: `a.zendesk.com/hc/de` has a path, a brand's host has none: write the host alone, and add the exception as one of the brand's `routes` afterwards",
        ),
        (
            "'a.zendesk.com' => 'https://a.example/in', '*.zendesk.com' => 'https://b.example/in'",
            "in.php:2: `*.zendesk.com` is no host",
        ),
        (
            "'a.zendesk.com' => 'https://joe:hunter2@a.example/in'",
            "in.php:2: an address holds no user and no password: take them out of the script",
        ),
        (
            "'a.zendesk.com' => 'https://joe:hunter2@a.example/i n'",
            "in.php:2: this is no address that people could be sent to",
        ),
        (
            "'a.zendesk.com' => 'https://a.example/in',\n'a.zendesk.com' => 'https://b.example/in'",
            "in.php:3: `a.zendesk.com` has another login address here than before (its first line is 2): leave in the script the one that is in use",
        ),
        (
            "360000000001 => 'https://a.example/in'",
            "in.php:2: `https://a.example/in` has a number for a key; if that is a brand's `brand_id`, write the brand's host in its place",
        ),
        ("'a.zendesk.com' => ''", NO_TABLE),
        (
            "'a.zendesk.com' => 'https://a.example/in', 'b.zendesk.com' => null",
            "in.php:2: `b.zendesk.com` has no address",
        ),
        // Tables of something else.
        (
            "'login_url' => 'https://a.example/in', 'logout_url' => 'https://a.example/out'",
            ON_LINE_2,
        ),
        ("'a.zendesk.com' => 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t'", NO_TABLE),
        ("'a.zendesk.com' => 'Acme Shoes'", NO_TABLE),
        ("'iat' => time(), 'jti' => uniqid(), 'email' => $email", NO_TABLE),
    ];
    for (table, expected) in cases {
        for script in [format!("<?php $x = array(\n{table});"), format!("<? $x = [\n{table}]")] {
            assert_eq!(said(&script), expected, "{script}");
        }
    }
}

#[test]
fn a_script_without_a_table_is_told_which_lines_to_write_as_one() {
    let what = "there is no array that gives hosts their login addresses";
    let by_id = "switch ($_GET['brand_id']) {\ncase '1': $u = 'https://a.example/in'; break;\n";
    let cases = [
        (
            format!("{by_id}case '2': $u = 'https://b.example/in';\n}}"),
            ON_LINE_2.replace("in.php:2:", "in.php:3:").replace("line 2", "lines 3 and 4"),
        ),
        (
            "$t = match ($id) { '1' => 'https://a.example/in', default => '' };".to_owned(),
            ON_LINE_2.to_owned(),
        ),
        (
            "const A = 'https://a.example/in';\n$t = ['help.a.example' => A];".to_owned(),
            ON_LINE_2.to_owned(),
        ),
        (
            "$raw = <<<'L'\nhelp.a.example https://a.example/in\nL;".to_owned(),
            format!("in.php:2: {what}; it may be in this heredoc; {WRITE_OUT}"),
        ),
        (
            "$b = json_decode('{\"help.a.example\":\"https://a.example/in\"}', true);".to_owned(),
            ON_LINE_2.to_owned(),
        ),
        (
            "\n$b = json_decode(file_get_contents('brands.json'), true);".to_owned(),
            format!("in.php:3: {what}; it may be in what `json_decode(…)` gives; {WRITE_OUT}"),
        ),
    ];
    for (script, expected) in cases {
        assert_eq!(said(&format!("<?php\n{script}")), expected, "{script}");
    }
    let row = "<?php\nconst B = [1 => ['hosts' => ['a.example'], 'url' => self::BASE . '/in'],\n\
               2 => ['hosts' => ['b.example'], 'url' => 'https://b.example/in']];";
    assert_eq!(
        said(row),
        format!(
            "in.php:2: `a.example` has no address but what is put together with `.`; {WRITE_OUT}"
        )
    );
}

const ON_LINE_2: &str = "in.php:2: there is no array that gives hosts their login addresses, such as \
                         `'brand1.zendesk.com' => 'https://www.brand1.example/in.php'`; `if`, `switch` and \
                         `match` are not read; addresses stand in line 2: write those of login pages as such \
                         an array, in a copy of the script";

const NO_TABLE: &str = "in.php: there is no array that gives hosts their login addresses, such as \
                        `'brand1.zendesk.com' => 'https://www.brand1.example/in.php'`; `if`, `switch` and \
                        `match` are not read";

#[test]
fn a_row_may_name_its_host_by_the_address_of_its_help_center() {
    let cases = [
        (
            "['id' => 360001, 'url' => 'https://a.zendesk.com/', 'remote_login' => 'https://a.example/in', 'remote_logout' => 'https://a.example/out'],\n\
             ['id' => 360002, 'url' => 'https://b.zendesk.com', 'remote_login' => 'https://zendesk.b.example', 'secret' => 'S3cr3t']",
            "a.zendesk.com → https://a.example/in https://a.example/out\nb.zendesk.com → https://zendesk.b.example/",
        ),
        (
            "'shoes' => ['host' => 'a.zendesk.com', 'login' => 'https://b.zendesk.com']",
            "a.zendesk.com → https://b.zendesk.com/",
        ),
        (
            "'a' => ['url' => 'https://a.zendesk.com', 'logo' => 'https://cdn.example/a.png', 'name' => 'A']",
            ON_LINE_2,
        ),
    ];
    for (rows, expected) in cases {
        assert_eq!(said(&format!("<?php $x = [\n{rows}];")), expected, "{rows}");
    }
}

#[test]
fn a_script_without_a_table_says_where_it_may_be() {
    let cases = [
        ("", "in.php: there is no `<?php` in it: this is no script in PHP"),
        ("const a = ['x'];", "in.php: there is no `<?php` in it: this is no script in PHP"),
        ("<?php", NO_TABLE),
        ("<?php $a = ['x' => ", "in.php:1: the array that begins here has no end"),
        ("<?php $a = array('x' ; 'y')", "in.php:1: an array ends here without its bracket"),
        ("<?php $a = array('x' }", "in.php:1: an array ends here without its bracket"),
        (
            "<?php\n$a = array('x => 'y');",
            "in.php:2: a quote is missing on this line, or one is too many: what is text and what is not change places here",
        ),
        (
            "<?php\n$a = array(\n'x.zendesk.com' => 'https://x.example/in'\n'y.zendesk.com' => 'https://y.example/in');",
            "in.php:3: a comma is missing at the end of this line",
        ),
        (
            "<?php\n\nrequire_once __DIR__ . '/brands.php';\nforeach ($brands as $b) {}",
            "in.php:3: there is no table of hosts in this script; it may be in what is included here: import that file",
        ),
        (
            "<?php\n$b = json_decode(file_get_contents('b.json'), true);\nforeach ($b as $h => $u) {}",
            "in.php:2: there is no array that gives hosts their login addresses; the one that the script goes through is what `json_decode(…)` gives; only a running script knows it: write it out here, in a copy of the script",
        ),
    ];
    for (script, expected) in cases {
        assert_eq!(said(script), expected, "{script}");
    }
    let deep = format!("<?php $a = {}{};", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(said(&deep), "in.php:1: arrays lie too deep within each other here");
}

#[test]
fn a_host_that_stands_outside_the_tables_is_not_forgotten_silently() {
    let note = |line: usize, host: &str| {
        format!(
            "in.php:{line}: `{host}` stands here, and in no table that was read: if people come from it, add it"
        )
    };
    let table = "$x = ['a.zendesk.com' => 'https://a.example/in'];";
    let cases = [
        (
            "$y['live'] = ['b.zendesk.com' => ['sso' => ['login' => 'https://b.example/in']]];",
            vec![note(2, "b.zendesk.com")],
        ),
        (
            "switch ($host) {\ncase 'b.zendesk.com': go('https://b.example/in');\ncase 'B.zendesk.com': case \
             'c.zendesk.com': }",
            vec![note(3, "b.zendesk.com"), note(4, "c.zendesk.com")],
        ),
        // One that is known, the account's own page, and a comment.
        (
            "if ($h === 'https://A.zendesk.com') go('https://acme.zendesk.com/access/jwt'); // 'd.zendesk.com'",
            vec![],
        ),
    ];
    for (rest, expected) in cases {
        let script = format!("<?php {table}\n{rest}");
        let draft = import(Script { name: "in.php", bytes: script.as_bytes() }, None).unwrap();
        assert_eq!(draft.notes, expected, "{rest}");
    }
}

#[test]
fn what_is_included_is_said_to_be_missing() {
    let script = "<?php include 'more.php'; $x = ['a.zendesk.com' => 'https://a.example/in'];";
    let draft = import(Script { name: "in.php", bytes: script.as_bytes() }, None).unwrap();
    assert_eq!(
        draft.notes,
        [
            "in.php:1: what is included here was not read: if the table, or a part of it, is there, import that file"
        ]
    );
}

/// The flaws of the published router, with and without what makes each.
#[test]
fn a_flaw_is_named_where_the_script_has_it_and_nowhere_else() {
    let good = "<?php
        $b = ['a.zendesk.com' => 'https://a.example/in', 'xa.zendesk.com' => 'https://x.example/in'];
        $host = parse_url($_GET['return_to'], PHP_URL_HOST) ?: byId($_GET['brand_id']);
        if (isset($b[$host])) { header('Location: ' . $b[$host] . '?' . $_SERVER['QUERY_STRING']); }
        else { echo 'Which brand?'; }";
    let flaws = |script: &str| {
        let script = Script { name: "in.php", bytes: script.as_bytes() };
        import(script, None).unwrap().flaws.join("\n")
    };
    assert_eq!(flaws(good), "");
    let says_so = "die('Which brand?');";
    assert_eq!(flaws(&good.replace("else { echo 'Which brand?'; }", says_so)), "");
    let within = good.replace("isset($b[$host])", "strpos($h, $x) !== false");
    let cases = [
        (good.replace("<?php", "<?"), "`short_open_tag=Off`"),
        (good.replace("'brand_id'", "'id'"), "does not read brand_id"),
        (good.replace("else", ""), "a blank page"),
        (good.replace("else { echo 'Which brand?'; }", "exit('');"), "a blank page"),
        (good.replace("'QUERY_STRING'", "''"), "drops every parameter:"),
        (
            good.replace("'?' . $_SERVER['QUERY_STRING']", "'?return_to=' . $to"),
            "without encoding it",
        ),
        (
            good.replace("'?' . $_SERVER['QUERY_STRING']", "'?return_to=' . urlencode($to)"),
            "drops every parameter but return_to",
        ),
        (
            good.replace(
                "'?' . $_SERVER['QUERY_STRING']",
                "'?brand_id=' . $id . '&return_to=' . urlencode($to)",
            ),
            "drops every parameter but return_to, brand_id",
        ),
        (within.clone(), "https://elsewhere.example/?x=a.zendesk.com led"),
        (within.clone(), "https://A.ZENDESK.COM/hc was not found"),
        (
            within.replace('}', "exit; }"),
            "people of xa.zendesk.com were sent to the login page of a.zendesk.com",
        ),
    ];
    for (script, expected) in &cases {
        assert!(flaws(script).contains(expected), "{expected}: {}", flaws(script));
    }
    // Without an `exit` the last of the headers counts, which is the right one.
    assert!(!flaws(&within).contains("people of"), "{}", flaws(&within));
    assert!(!flaws(&within.replace("strpos", "stripos")).contains("was not found"));
}

#[test]
fn a_table_of_thirty_thousand_hosts_is_read() {
    let rows =
        (0..30_000).map(|it| format!("'brand{it}.zendesk.com' => 'https://b{it}.example/in',\n"));
    let script = format!(
        "<?php $b = [{}]; if (strpos($a, $b)) {{ header('x'); exit; }}",
        rows.collect::<String>()
    );
    let draft = import(Script { name: "in.php", bytes: script.as_bytes() }, None).unwrap();
    assert_eq!(draft.brands.len(), 30_000);
    assert!(draft.to_yaml().unwrap().contains("b29999.example"));
}

#[test]
fn no_part_of_a_script_is_too_much() {
    let script = include_str!("../../../tests/corpus/php/short.php");
    for cut in (0..script.len()).filter(|it| script.is_char_boundary(*it)) {
        drop(said(&script[..cut]));
        drop(said(&format!("<?php {}", &script[cut..])));
        let mut damaged = script.to_owned();
        damaged.replace_range(cut..=cut, "[");
        drop(said(&damaged));
    }
}

#[test]
fn a_script_that_is_not_utf_8_is_read_and_that_is_said() {
    let script =
        b"<?php // B\xfccher \x93\n$brands = ['a.zendesk.com' => 'https://a.example/in?x=\xfc'];";
    let draft = import(Script { name: "in.php", bytes: script }, None).unwrap();
    assert_eq!(hosts(&draft), "a.zendesk.com \u{2192} https://a.example/in?x=%C3%BC");
    let note = "in.php is not UTF-8: it was read as Windows-1252, of which Latin-1 is a part";
    assert!(draft.notes.iter().any(|it| it == note), "{:?}", draft.notes);
    let utf_16: Vec<u8> = "<?php".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let problems =
        import(Script { name: "in.php", bytes: &[&[0xff, 0xfe], &utf_16[..]].concat() }, None);
    let said: Vec<String> = problems.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(said, ["in.php: it is not text: save it as UTF-8"]);
}
