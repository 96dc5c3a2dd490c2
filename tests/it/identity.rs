//! What a backend may say about people.

use serde_json::{Value, json};

use crate::support::app::{App, SHOES_SITE, SSO, TO_BOOTS, TO_SHOES, assert_refused};
use crate::support::assertion::{self, SHOES, STAFF};

/// What is said, and what Zendesk is told then, or the refusal.
type Case<'a> = (&'a str, Value, Result<Value, (u16, &'a str)>);

#[track_caller]
fn assert_outcomes(app: &App, query: &str, secret: &str, cases: &[Case<'_>]) {
    for (what, changes, expected) in cases {
        let mut joe = app.browser();
        joe.login(query);
        let answer = joe.submit(SHOES_SITE, &app.assertion(secret, changes), None);
        match expected {
            Err((status, kind)) => assert_refused(&answer, *status, kind, what),
            Ok(expected) => {
                assert!(answer.is_hand_off(), "{what}: {}", answer.title());
                let (_, claims) = assertion::read_by_zendesk(&answer.hand_off().jwt);
                for (claim, value) in expected.as_object().unwrap() {
                    assert_eq!(&claims[claim], value, "{what}: {claim}");
                }
            }
        }
    }
}

#[test]
fn nobody_says_an_address_that_is_not_his_to_say() {
    let reserved = Err((403, "address-reserved"));
    let invalid = Err((422, "email-invalid"));
    assert_outcomes(
        &App::start(),
        TO_SHOES,
        SHOES,
        &[
            ("a reserved domain", json!({"email": "ceo@acme.example"}), reserved.clone()),
            ("in capitals", json!({"email": "CEO@ACME.EXAMPLE"}), reserved.clone()),
            ("in full width", json!({"email": "ceo@ａｃｍｅ.example"}), reserved.clone()),
            ("a reserved address", json!({"email": "Boss@mail.example"}), reserved.clone()),
            (
                "its neighbour",
                json!({"email": "bos@mail.example"}),
                Ok(json!({"email": "bos@mail.example"})),
            ),
            (
                "beneath it",
                json!({"email": "ceo@x.acme.example"}),
                Ok(json!({"email": "ceo@x.acme.example"})),
            ),
            (
                "another domain's capitals",
                json!({"email": "Joe@Example.COM"}),
                Ok(json!({"email": "Joe@example.com"})),
            ),
            ("two at signs", json!({"email": "ceo@acme.example@example.com"}), invalid.clone()),
            (
                "two at signs, in quotes",
                json!({"email": "\"ceo@acme.example\"@example.com"}),
                invalid.clone(),
            ),
            ("a line break", json!({"email": "ceo@acme.example\n@example.com"}), invalid.clone()),
            ("white space", json!({"email": " joe@example.com"}), invalid.clone()),
            ("a name around it", json!({"email": "Joe <joe@example.com>"}), invalid.clone()),
            ("no at sign", json!({"email": "joe"}), invalid.clone()),
            ("a no-break space behind it", json!({"email": "joe@example.com\u{a0}"}), invalid),
            ("blank", json!({"email": ""}), Err((422, "email-missing"))),
            ("none", json!({"email": null}), Err((422, "email-missing"))),
            (
                "blanks behind it",
                json!({"email": "joe@example.com   "}),
                Ok(json!({"email": "joe@example.com"})),
            ),
            ("a reserved one, blanks behind it", json!({"email": "ceo@acme.example \n"}), reserved),
            (
                "a mobile carrier's dots",
                json!({"email": "a..b.@docomo.ne.jp"}),
                Ok(json!({"email": "a..b.@docomo.ne.jp"})),
            ),
            (
                "such dots elsewhere",
                json!({"email": "ceo.@acme.example"}),
                Err((422, "email-invalid")),
            ),
            (
                "said with capitals",
                json!({"email_verified": "False"}),
                Err((403, "email-unverified")),
            ),
            ("said with a number", json!({"email_verified": 0}), Err((403, "email-unverified"))),
            (
                "said as PHP writes it",
                json!({"email_verified": ""}),
                Err((422, "assertion-invalid")),
            ),
            ("verified, as a text", json!({"email_verified": "True"}), Ok(json!({}))),
            ("verified, as a number", json!({"email_verified": 1}), Ok(json!({}))),
            ("a list", json!({"email": ["joe@example.com"]}), Err((422, "assertion-invalid"))),
            ("not verified", json!({"email_verified": false}), Err((403, "email-unverified"))),
            ("verified", json!({"email_verified": true}), Ok(json!({"email_verified": null}))),
        ],
    );
}

#[test]
fn whole_domains_narrow_further() {
    let not_allowed = Err((403, "address-not-allowed"));
    assert_outcomes(
        &App::start(),
        TO_BOOTS,
        SHOES,
        &[
            ("in it", json!({"email": "joe@EXAMPLE.com"}), Ok(json!({"email": "joe@example.com"}))),
            ("beneath it", json!({"email": "joe@x.example.com"}), not_allowed.clone()),
            ("ending like it", json!({"email": "joe@xexample.com"}), not_allowed.clone()),
            ("elsewhere", json!({"email": "joe@mail.example"}), not_allowed),
        ],
    );
}

#[test]
fn ids_carry_the_brands_prefix_once() {
    let missing = Err((422, "external-id-missing"));
    let not_allowed = Err((403, "external-id-not-allowed"));
    let long = "7".repeat(256);
    assert_outcomes(
        &App::start(),
        TO_SHOES,
        SHOES,
        &[
            ("without it", json!({"external_id": "7"}), Ok(json!({"external_id": "shoes_7"}))),
            ("with it", json!({"external_id": "shoes_7"}), Ok(json!({"external_id": "shoes_7"}))),
            ("a number", json!({"external_id": 7}), Ok(json!({"external_id": "shoes_7"}))),
            (
                "blanks behind it",
                json!({"external_id": "7   "}),
                Ok(json!({"external_id": "shoes_7"})),
            ),
            ("none", json!({"external_id": null}), missing.clone()),
            ("blank", json!({"external_id": ""}), missing),
            ("blanks in front", json!({"external_id": " 7"}), not_allowed.clone()),
            ("the prefix alone", json!({"external_id": "shoes_"}), not_allowed.clone()),
            ("too long", json!({"external_id": long}), not_allowed.clone()),
            ("white space", json!({"external_id": "7 8"}), not_allowed),
            ("a list", json!({"external_id": ["7"]}), Err((422, "assertion-invalid"))),
        ],
    );
    let app = App::start();
    let coffee = "brand_id=360000000003";
    for id in ["shoes_7", "shoes_7  "] {
        let jwt = app.assertion(assertion::COFFEE, &json!({"external_id": id}));
        let mut joe = app.browser();
        joe.login(coffee);
        let answer = joe.submit(crate::support::app::COFFEE_SITE, &jwt, None);
        assert_refused(&answer, 403, "external-id-not-allowed", "another backend's prefix");
    }
}

#[test]
fn what_grants_access_is_refused_unless_it_is_listed() {
    let app = App::start();
    let role = Err((403, "role-not-allowed"));
    let attribute = Err((403, "attribute-not-allowed"));
    assert_outcomes(
        &app,
        TO_SHOES,
        SHOES,
        &[
            ("an agent", json!({"role": "agent"}), role.clone()),
            ("an admin", json!({"role": "admin"}), role.clone()),
            ("an end user", json!({"role": "end_user"}), Ok(json!({"role": "end_user"}))),
            ("nothing said", json!({}), Ok(json!({"role": null}))),
            (
                "blanks",
                json!({"role": "", "organization_id": "", "tags": [null], "user_fields": []}),
                Ok(json!({"role": null, "organization_id": null, "tags": ["shoes"]})),
            ),
            ("blanks around it", json!({"role": " agent "}), role.clone()),
            ("a role that is none", json!({"role": "owner"}), Err((422, "assertion-invalid"))),
            ("a custom role", json!({"custom_role_id": 1}), attribute.clone()),
            ("fields", json!({"user_fields": {"vip": true}}), attribute.clone()),
            (
                "a language",
                json!({"locale": 1, "locale_id": 2}),
                Ok(json!({"locale": 1, "locale_id": 2})),
            ),
            (
                "a language in letters, and a phone that is none",
                json!({"locale": "en-US", "phone": true, "name": false}),
                Ok(json!({"locale": null, "phone": null, "name": "joe"})),
            ),
            ("tags that are none", json!({"tags": true}), Err((422, "assertion-invalid"))),
            ("tags that the rules give", json!({"tags": ["vip"]}), Ok(json!({"tags": ["shoes"]}))),
            (
                "an organization that the rules give",
                json!({"organization": "Evil", "organizations": "Evil", "organization_id": 1, "organization_ids": "1"}),
                Ok(
                    json!({"organization": "Acme Shoes", "organizations": null, "organization_id": null, "organization_ids": null}),
                ),
            ),
        ],
    );
    assert_outcomes(
        &app,
        TO_BOOTS,
        SHOES,
        &[
            ("listed tags", json!({"tags": ["a", "b"]}), Ok(json!({"tags": ["a", "b"]}))),
            (
                "a filtered list of PHP's",
                json!({"tags": {"0": "a", "2": "b"}}),
                Ok(json!({"tags": ["a", "b"]})),
            ),
            ("blanks say nothing", json!({"tags": ["", null]}), Ok(json!({"tags": null}))),
            ("an empty list takes all away", json!({"tags": []}), Ok(json!({"tags": []}))),
            ("two tags in one", json!({"tags": ["a b"]}), Err((403, "attribute-not-allowed"))),
            ("names for places", json!({"tags": {"x": "a"}}), Err((422, "assertion-invalid"))),
            (
                "an empty object of PHP's",
                json!({"user_fields": []}),
                Ok(json!({"user_fields": null})),
            ),
            (
                "listed fields",
                json!({"user_fields": {"since": "2020-01-31", "gone": null}}),
                Ok(json!({"user_fields": {"since": "2020-01-31", "gone": null}})),
            ),
            (
                "a listed organization",
                json!({"organization": "X"}),
                Ok(json!({"organization": "X"})),
            ),
            ("several", json!({"organizations": "X,Y"}), Ok(json!({"organizations": "X,Y"}))),
            (
                "a telephone that is not listed is passed over",
                json!({"phone": "+15550100"}),
                Ok(json!({"phone": null})),
            ),
        ],
    );
    let unlisted = "brand_id=360000000003";
    for changes in
        [json!({"tags": ["a"]}), json!({"organization": "X"}), json!({"organization_id": 1})]
    {
        let mut joe = app.browser();
        joe.login(unlisted);
        let jwt = app.assertion(assertion::COFFEE, &changes);
        let answer = joe.submit(crate::support::app::COFFEE_SITE, &jwt, None);
        assert_refused(&answer, 403, "attribute-not-allowed", &changes.to_string());
    }
}

#[test]
fn staff_is_signed_in_by_the_staffs_own_backend() {
    let app = App::start();
    let agents = "return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fagent%2Ftickets";
    let role = Err((403, "role-not-allowed"));
    let staff = |mut changes: Value| {
        let all = changes.as_object_mut().unwrap();
        all.entry("aud").or_insert(json!(SSO));
        all.entry("email").or_insert(json!("ann@acme.example"));
        changes
    };
    let cases = [
        ("an agent", json!({"role": "agent"}), Ok(json!({"role": "agent", "external_id": "7"}))),
        ("an admin", json!({"role": "admin"}), Ok(json!({"role": "admin"}))),
        ("nothing said", json!({}), Ok(json!({"role": null}))),
        ("an end user", json!({"role": "end_user"}), role),
        (
            "not of the staff",
            json!({"role": "agent", "email": "joe@example.com"}),
            Err((403, "address-not-allowed")),
        ),
        ("for nobody", json!({"role": "agent", "aud": null}), Err((403, "assertion-audience"))),
    ];
    for (what, changes, expected) in cases {
        let mut ann = app.browser();
        ann.login(agents);
        let jwt = app.assertion(STAFF, &staff(changes));
        let answer = ann.submit("https://intranet.acme.example", &jwt, None);
        match expected {
            Err((status, kind)) => assert_refused(&answer, status, kind, what),
            Ok(expected) => {
                let (_, claims) = assertion::read_by_zendesk(&answer.hand_off().jwt);
                for (claim, value) in expected.as_object().unwrap() {
                    assert_eq!(&claims[claim], value, "{what}: {claim}");
                }
            }
        }
    }
}
