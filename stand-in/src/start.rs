//! The page where a newcomer starts.

use super::brands::{
    BIKES, Brand, COFFEE, COFFEE_SITE, GAMES, MUSIC, MUSIC_SITE_HOST, PROVIDER_HOST, SHOES,
    SHOES_SITE,
};
use super::pages::{Card, Link, Look, Start};
use super::stand_in::{Person, World};

/// Every brand with its accounts, and what there is to do.
pub(super) fn page(world: &World) -> Start<'_> {
    let settings = &world.settings;
    let shoes = "Its own site has a login form and posts a signed assertion to brandgate.";
    let coffee = "Its login script is ten years old: it puts the token into an address and forgets \
        where you wanted to go. You still get there.";
    let games = "Signs in with Zendesk's own form; brandgate only shows the way.";
    let bikes = "Its people have accounts at Acme ID, a provider of OpenID Connect; brandgate takes \
        a code there and comes back with a name.";
    let music = "Its own site keeps you signed in by a cookie. Where brandgate sees it, nobody asks \
        for a password again, and the chat knows your name.";
    let site = |label, host, path| Link::new(label, world.at(host) + path);
    let own = |host| vec![site("Its own site", host, "/")];
    Start {
        look: Look::plain(world),
        cards: vec![
            card(world, &SHOES, shoes, own(SHOES_SITE.host), &settings.shoes_people),
            card(world, &COFFEE, coffee, own(COFFEE_SITE.host), &settings.coffee_people),
            card(world, &GAMES, games, vec![], &settings.zendesk_people),
            card(
                world,
                &BIKES,
                bikes,
                vec![site("Acme ID", PROVIDER_HOST, "/")],
                &settings.bikes_people,
            ),
            card(
                world,
                &MUSIC,
                music,
                vec![
                    site("Its own site", MUSIC_SITE_HOST, "/"),
                    site("Chat with us", MUSIC_SITE_HOST, "/help"),
                ],
                &settings.music_people,
            ),
        ],
        sso: &settings.sso_origin,
        brands_yaml: &settings.brands_yaml,
    }
}

fn card<'a>(
    world: &World,
    brand: &'static Brand,
    how: &'static str,
    more: Vec<Link>,
    people: &'a [Person],
) -> Card<'a> {
    let deep = "/hc/requests/42?from=mail&note=a%20b";
    let mut links = vec![
        Link::new("Help Center", world.at(brand.home) + "/hc"),
        Link::new("A page that needs a sign-in", world.at(brand.home) + deep),
    ];
    links.extend(more);
    Card { brand, how, links, people }
}
