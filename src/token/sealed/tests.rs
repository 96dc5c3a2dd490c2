//! What holds of everything that is sealed, whatever it is.

use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Carried, Confirmation, Flow, FlowId, OpenError, Purpose, Sealable, Sealed, StateKeys, Ticket,
    UsedFlow,
};
use crate::domain::{Attribute, ClaimedProfile, Role};
use crate::token::keys::Fingerprint;

const NOW: u64 = 1_800_000_000;

/// Another program's question.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Question(String);

impl Sealable for Question {
    const PURPOSE: Purpose = Purpose::Challenge;
    const LIFETIME: u64 = 900;
}

fn flow() -> Flow {
    Flow {
        brand: "coffee".into(),
        backend: "coffee-pool".into(),
        route: Some(2),
        locale: NonZeroU16::new(8),
        return_to: Some("https://help.example/hc?a=\"b\"".into()),
    }
}

/// A profile in which everything is said.
fn claimed() -> ClaimedProfile {
    let fields = json!({ "since": "2020-01-31", "gone": null, "chosen": ["ü"] });
    ClaimedProfile {
        email: Some("joe@bücher.example".into()),
        email_verified: Some(true),
        name: Some("Joe \"J\" Bücher".into()),
        external_id: Some("7".into()),
        role: Some(Role::Agent),
        custom_role_id: Some(u64::MAX),
        phone: Some("+1 555 1234567".into()),
        locale: Some(1),
        locale_id: Some(2),
        organization: Some("Acme".into()),
        organizations: Some("Acme,Shoes".into()),
        organization_id: Some(3),
        organization_ids: Some("3,4".into()),
        tags: Some(vec!["shoes".into(), "vip".into()]),
        remote_photo_url: Some("https://acme.example/joe.png".into()),
        user_fields: fields.as_object().cloned(),
        malformed: Attribute::ALL.to_vec(),
    }
}

fn trust() -> Vec<Fingerprint> {
    vec![Fingerprint::of(&["one"]), Fingerprint::of(&["other"])]
}

fn confirmation() -> Confirmation {
    let return_to = "https://help.acme-shoes.example/hc?a=\"b\"".into();
    Confirmation { claimed: claimed(), trust: trust(), jti: "an-id".into(), return_to }
}

fn is_for_its_flow_and_its_time<T: Sealable>(content: &T) {
    let keys = StateKeys::random().unwrap();
    let key = keys.sealing();
    let (flow, other) = (FlowId::random().unwrap(), FlowId::random().unwrap());
    let text = key.seal(content, flow, NOW).unwrap();
    let end = NOW + T::LIFETIME;
    let later = text.replacen(&end.to_string(), &(end + 1).to_string(), 1);
    let (altered, expired) = (Some(OpenError::Altered), Some(OpenError::Expired));
    let empty = format!("{end}.{}.", T::PURPOSE.letter());
    let cases = [
        ("in time", flow, text.as_str(), end - 1, None),
        ("too late", flow, &text, end, expired),
        ("another browser's", other, &text, NOW, altered),
        ("a later end", flow, &later, NOW, altered),
        ("cut", flow, &text[..text.len() - 1], NOW, altered),
        ("without its end", flow, text.split_once('.').unwrap().1, NOW, altered),
        ("nothing", flow, "", NOW, altered),
        ("nothing sealed", flow, &empty, NOW, altered),
    ];
    for (what, flow, text, now, expected) in cases {
        let opened = Sealed::<T>::read(text).and_then(|sealed| sealed.open(&keys, flow, now));
        assert_eq!(opened.err(), expected, "{what}: {:?}", T::PURPOSE);
    }
    let back = Sealed::<T>::read(&text).unwrap().open(&keys, flow, NOW).ok().unwrap();
    let json = |content: &T| serde_json::to_value(content).unwrap();
    assert_eq!(json(&back), json(content), "it comes back as it went");
    let cut = key.seal_bytes(T::PURPOSE, flow.as_bytes(), end, b"{\"a\":").unwrap();
    let cut = format!("{end}.{}.{cut}", T::PURPOSE.letter());
    let opened = Sealed::<T>::read(&cut).unwrap().open(&keys, flow, NOW);
    assert_eq!(opened.err(), altered, "another content under the same purpose");
}

#[test]
fn what_is_sealed_is_for_its_flow_and_its_time_and_comes_back_as_it_went() {
    is_for_its_flow_and_its_time(&flow());
    is_for_its_flow_and_its_time(&UsedFlow(flow()));
    is_for_its_flow_and_its_time(&confirmation());
    is_for_its_flow_and_its_time(&Question("…".into()));
    let profile = Carried::<Question>::Profile(Box::new(claimed()));
    is_for_its_flow_and_its_time(&Ticket { flow: flow(), trust: trust(), carried: profile });
    let question = Carried::Question(Question("…".into()));
    is_for_its_flow_and_its_time(&Ticket { flow: flow(), trust: trust(), carried: question });
}

#[test]
fn one_kind_never_opens_as_another() {
    let keys = StateKeys::random().unwrap();
    let key = keys.sealing();
    let id = FlowId::random().unwrap();
    let text = key.seal(&Question("…".into()), id, NOW).unwrap();
    assert_eq!(Sealed::<Confirmation>::read(&text).err(), Some(OpenError::Altered));
    // With the other's letter it is read, but does not open.
    let renamed = text.replacen(".q.", ".c.", 1);
    let opened = Sealed::<Confirmation>::read(&renamed).unwrap().open(&keys, id, NOW);
    assert_eq!(opened.err(), Some(OpenError::Altered));
    assert!(!text.contains('…'), "nobody reads it");
}
