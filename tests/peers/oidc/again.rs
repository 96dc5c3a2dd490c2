//! A provider that asks people to begin again.

use serde_json::json;

use super::faulty::{Faulty, Key, TOKEN};
use super::service::{App, SSO, TO_SHOES};
use crate::support::log;

#[test]
fn a_sign_in_begins_again_once_by_itself_and_then_offers_it() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let words = [
        "temporarily_unavailable",
        "authentication_expired",
        "login_required",
        "interaction_required",
        "account_selection_required",
        "consent_required",
    ];
    for word in words {
        let mut joe = app.browser();
        let begun = joe.login(TO_SHOES);
        let id = begun.sent("state");
        let error = |state: &str| {
            format!("{SSO}/callback/staff?state={state}&error={word}&error_description=leaked")
        };
        let again = joe.get(&error(&id));
        assert_eq!(again.status, 302, "{word}: {}", again.body);
        assert!(again.to().starts_with(&format!("{}/auth?", faulty.issuer)), "{}", again.to());
        let state = again.sent("state");
        assert_eq!(state, format!("{id}.2"));
        for name in ["nonce", "code_challenge"] {
            assert_ne!(again.sent(name), begun.sent(name), "{word}: {name}");
        }
        for name in ["scope", "client_id", "redirect_uri"] {
            assert_eq!(again.sent(name), begun.sent(name), "{word}: {name}");
        }
        let line = log::lines("begun again").pop().unwrap();
        assert_eq!((&line["level"], &line["backend.name"]), (&json!("INFO"), &json!("staff")));
        assert!(line["message"].as_str().unwrap().ends_with(word), "{line}");

        let stopped = joe.get(&error(&state));
        let (status, kind, why) = stopped.refused();
        assert_eq!((status, kind.as_str()), (403, "backend-again"), "{word}");
        assert_eq!(why, format!("the backend asks to begin again: {word}"));
        assert_eq!(stopped.line()["level"], "INFO", "{word}: no alarm");

        let now = app.clock.now();
        let claims = json!({
            "iss": faulty.issuer, "aud": "brandgate-staff", "sub": "joe", "iat": now,
            "exp": now + 60, "nonce": again.sent("nonce"), "email": "joe@example.com",
            "email_verified": true, "name": "Joe",
        });
        faulty.redeem_for(&key.sign(&claims));
        let back = format!("{SSO}/callback/staff?state={state}&code=one");
        let (claims, return_to) = joe.get(&back).handed_off();
        assert_eq!(claims["email"], "joe@example.com", "{word}: it still ends well");
        assert_eq!(return_to, "https://help.acme-shoes.example/hc/requests");
        let used = joe.get(&error(&id)).refused();
        assert_eq!(
            (used.0, used.1.as_str()),
            (409, "flow-used"),
            "{word}: begins nothing any more"
        );
    }
}

#[test]
fn nobody_begins_again_what_this_browser_has_not_begun() {
    let faulty = Faulty::start(&[]);
    let app = App::start(&faulty.issuer);
    let mut joe = app.browser();
    let id = joe.login(TO_SHOES).sent("state");
    let url = |state: &str| format!("{SSO}/callback/staff?state={state}&error=login_required");
    let stranger = app.browser().get(&url(&id)).refused();
    assert_eq!((stranger.0, stranger.1.as_str()), (400, "flow-missing"));
    for state in [format!("{id}.2.2"), format!("{id}.3"), format!("{id}."), ".2".to_owned()] {
        let refused = joe.get(&url(&state)).refused();
        assert_eq!((refused.0, refused.1.as_str()), (400, "flow-missing"), "{state}");
    }
    let other = url(&id) + "&iss=https://evil.example";
    let refused = joe.get(&other).refused();
    assert_eq!((refused.0, refused.1.as_str()), (403, "backend-unproven"), "another's word");
    assert_eq!(joe.get(&url(&id)).status, 302, "positive control");
    assert_eq!(faulty.asked(TOKEN), 0);
}

#[test]
fn nobody_comes_back_to_a_backend_that_has_been_closed() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let mut joe = app.browser();
    let begun = joe.login(TO_SHOES);
    let kind = "type: oidc";
    app.reload(&[(kind, &format!("{kind}\n    closed: Back on Monday"))]);
    let back = format!("{SSO}/callback/staff?state={}&code=one", begun.sent("state"));
    let stopped = joe.get(&back);
    let (status, kind, why) = stopped.refused();
    assert_eq!((status, kind.as_str(), why.as_str()), (403, "closed", "the backend is closed"));
    assert_eq!(faulty.asked(TOKEN), 0, "no code is redeemed");
}
