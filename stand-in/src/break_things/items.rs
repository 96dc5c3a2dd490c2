//! What can be broken, in words.

use super::{Fault, REFUSE, TROUBLE, TROUBLES, marked, refusals};
use crate::brands::{COFFEE, LOOP, MUSIC_SITE_HOST, SHOES, SHOES_SITE, STRANGER_HOST};
use crate::pages::{Item, Link, Switch};
use crate::stand_in::World;

/// Everything that can be broken, in the order in which the page has it.
pub(super) fn all(world: &World) -> Vec<Item> {
    [by_the_shops(world), by_strangers(world), elsewhere(world)].into_iter().flatten().collect()
}

/// What the shops send wrongly.
fn by_the_shops(world: &World) -> Vec<Item> {
    let shoes = |label, fault| Link::new(label, marked(world, &SHOES, fault));
    let site = world.at(SHOES_SITE.host);
    let no_flow = format!("{site}/zdlogin?demo_break={}", Fault::NoFlow.name());
    vec![
        Item::new(
            "The site signs with a wrong secret",
            "People see that the shop's sign-in could not be verified, and a code to tell support.",
            vec![shoes("Sign in with last year's secret", Fault::WrongSecret)],
        ),
        Item::new(
            "The site's clock is three hours slow",
            "People see that the sign-in is too old, and can start again; the log says whose clock \
             is off.",
            vec![shoes("Sign in three hours ago", Fault::ClockOff)],
        ),
        Item::new(
            "An assertion is used twice",
            "The first one signs you in as Alice. The second, pressed within three minutes, is a \
             copy of it and is refused.",
            vec![
                shoes("1. Sign in", Fault::Replay),
                shoes("2. The same assertion again", Fault::ReplayAgain),
            ],
        ),
        Item::new(
            "The shop says you are the chief",
            "ceo@acme.example is an admin of the account, so no brand's site may say that address: \
             people see that they cannot sign in here with it.",
            vec![shoes("Sign in as ceo@acme.example", Fault::Reserved)],
        ),
        Item::new(
            "The shop makes you an agent",
            "A role is more than the rules of this brand allow: the sign-in is refused, not lowered \
             in silence.",
            vec![shoes("Sign in with role agent", Fault::RoleAgent)],
        ),
        Item::new(
            "A token without a signature",
            "alg: none is an old trick. People see that the shop's sign-in is not set up correctly, and \
             nobody is signed in.",
            vec![shoes("Sign in unsigned", Fault::AlgNone)],
        ),
        Item::new(
            "The wrong shop answers",
            "You ask to sign in to the coffee shop and the shoe shop answers: its key counts for \
             nothing there.",
            vec![Link::new("Sign in to the wrong shop", marked(world, &COFFEE, Fault::WrongBrand))],
        ),
        Item::new(
            "A sign-in that nobody asked for",
            "An assertion arrives at the coffee shop's address although this browser never asked to \
             sign in there: it is refused, and people are told to start again from the Help Center.",
            vec![Link::new("Post one out of the blue", no_flow)],
        ),
    ]
}

/// What others would like.
fn by_strangers(world: &World) -> Vec<Item> {
    let sso = &world.settings.sso_origin;
    let foreign =
        format!("{sso}/login?brand_id={}&return_to=https%3A%2F%2Fevil.example%2F", SHOES.id);
    let posted = marked(world, &SHOES, Fault::ForeignReturnTo);
    vec![
        Item::new(
            "A way out to somebody else's site",
            "Somebody sends a link that would leave for evil.example: it stops before any password \
             is asked for. A site that posts such an address has you end where you wanted to go.",
            vec![Link::new("Follow the link", foreign), Link::new("Let the site post it", posted)],
        ),
        Item::new(
            "A stranger signs you in",
            "A page of somebody else would have you write to support as her. You are asked first \
             whether you are Mallory.",
            vec![Link::new("Visit the stranger", world.at(STRANGER_HOST) + "/")],
        ),
        Item::new(
            "A login cookie of somebody else's making",
            "A token that says Melody, but with another signature, is in the music shop's cookie: it \
             counts for nothing, and the login page asks for her password.",
            vec![Link::new("Put it into this browser", world.at(MUSIC_SITE_HOST) + "/forged")],
        ),
        Item::new(
            "A stranger would chat as you",
            "A page of somebody else asks brandgate for your chat token. Sign in to the music shop \
             first, then see that it still gets nothing.",
            vec![
                Link::new("Sign in to the music shop", world.at(MUSIC_SITE_HOST) + "/login"),
                Link::new("Visit the other page", world.at(STRANGER_HOST) + "/chat"),
            ],
        ),
    ]
}

/// What goes wrong at Zendesk and at the provider.
fn elsewhere(world: &World) -> Vec<Item> {
    let switches = refusals().map(|(slug, label, _)| Switch { action: REFUSE, slug, label });
    let troubles = TROUBLES.map(|(slug, label, _)| Switch { action: TROUBLE, slug, label });
    let clash =
        [&SHOES, &COFFEE].map(|brand| Link::new(brand.name, world.at(brand.home) + "/hc/requests"));
    vec![
        Item::new(
            "One person, two shops",
            "Sign in as dana@example.com with password both, first at one shop, then at the other: \
             Zendesk has one user per address and refuses her second id. brandgate explains it.",
            clash.into(),
        ),
        Item::new(
            "A Help Center that never believes you",
            "Sign in once and it sends you round and round; brandgate stops the loop and says so.",
            vec![Link::new("Into the loop", world.at(LOOP.home) + "/hc/requests/1")],
        ),
        Item {
            switches: troubles.into(),
            ..Item::new(
                "The provider goes wrong",
                "Acme ID, where the people of the bike shop sign in, answers what it must not, or not \
                 at all. Nobody is signed in; whoever may try again is told so.",
                vec![],
            )
        },
        Item {
            switches: switches.into(),
            ..Item::new(
                "Zendesk refuses",
                "All is well until the last step; then Zendesk sends people back with a message \
                 meant for programmers. They see ours instead, and nobody is signed out.",
                vec![],
            )
        },
    ]
}
