//! The demo's pages; each says on whose site it is, since that is what people lose sight of.

use askama::Template;

use super::brands::{Brand, OwnSite};
use super::stand_in::{BROWSERS, Person, World};
use super::zendesk::User;

/// What all pages have at their head.
pub(super) struct Look {
    owner: &'static str,
    part: &'static str,
    color: &'static str,
    mark: &'static str,
    start: String,
}

impl Look {
    fn new(world: &World, owner: &'static str, part: &'static str) -> Self {
        let start = world.at(super::brands::START_HOST) + "/";
        Self { owner, part, color: "#b3261e", mark: "b", start }
    }

    pub(super) fn plain(world: &World) -> Self {
        Self::new(world, "brandgate demo", "everything on this computer")
    }

    pub(super) fn stranger(world: &World) -> Self {
        Self { mark: "?", ..Self::new(world, "Free Sneakers!!", "a stranger's site") }
    }

    pub(super) fn account(world: &World) -> Self {
        let color = "#17494d";
        Self {
            color,
            mark: "A",
            ..Self::new(world, "Acme", "stand-in Zendesk, the account itself")
        }
    }

    pub(super) fn zendesk(world: &World, brand: &Brand) -> Self {
        let Brand { color, mark, name, .. } = *brand;
        Self { color, mark, ..Self::new(world, name, "stand-in Zendesk, Help Center") }
    }

    pub(super) fn site(world: &World, site: &OwnSite) -> Self {
        let Brand { color, mark, name, .. } = *site.brand;
        Self { color, mark, ..Self::new(world, name, "the brand's own site") }
    }
}

/// A link and what it says.
pub(super) struct Link {
    label: &'static str,
    href: String,
}

impl Link {
    pub(super) fn new(label: &'static str, href: String) -> Self {
        Self { label, href }
    }
}

/// A few words and the ways on.
#[derive(Template)]
#[template(path = "demo/message.html")]
pub(super) struct Message {
    pub(super) look: Look,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) links: Vec<Link>,
}

/// Any page of a Help Center.
#[derive(Template)]
#[template(path = "demo/help_center.html")]
pub(super) struct HelpCenter<'a> {
    pub(super) look: Look,
    pub(super) user: Option<User>,
    pub(super) sign_in: String,
    pub(super) hop: String,
    pub(super) sign_out: String,
    pub(super) target: &'a str,
    pub(super) restricted: bool,
    pub(super) start: String,
}

/// A form for an e-mail address and a password.
#[derive(Template)]
#[template(path = "demo/sign_in.html")]
pub(super) struct SignIn<'a> {
    pub(super) look: Look,
    pub(super) owner: &'static str,
    pub(super) action: String,
    pub(super) failed: bool,
    pub(super) email: String,
    pub(super) people: &'a [Person],
}

/// Posts an assertion by itself, as the classic login scripts do.
#[derive(Template)]
#[template(path = "demo/post.html")]
pub(super) struct Post<'a> {
    pub(super) look: Look,
    pub(super) action: &'a str,
    pub(super) jwt: &'a str,
    pub(super) return_to: Option<&'a str>,
}

/// The home page of a brand's own site.
#[derive(Template)]
#[template(path = "demo/site.html")]
pub(super) struct SiteHome<'a> {
    pub(super) look: Look,
    pub(super) name: Option<&'a str>,
    pub(super) my_requests: String,
    pub(super) help_center: String,
}

/// A page that would sign its visitors in as somebody else.
#[derive(Template)]
#[template(path = "demo/stranger.html")]
pub(super) struct Stranger {
    pub(super) look: Look,
    pub(super) login: String,
    pub(super) start: String,
}

/// Where a newcomer starts.
#[derive(Template)]
#[template(path = "demo/start.html")]
pub(super) struct Start<'a> {
    pub(super) look: Look,
    pub(super) cards: Vec<Card<'a>>,
    pub(super) sso: &'a str,
    pub(super) brands_yaml: &'a str,
}

/// One brand on the start page.
pub(super) struct Card<'a> {
    pub(super) brand: &'static Brand,
    pub(super) how: &'static str,
    pub(super) home: String,
    pub(super) deep: String,
    pub(super) site: Option<String>,
    pub(super) people: &'a [Person],
}

/// Everything that can be broken.
#[derive(Template)]
#[template(path = "demo/break.html")]
pub(super) struct Break {
    pub(super) look: Look,
    pub(super) start: String,
    pub(super) items: Vec<Item>,
}

/// One thing that goes wrong, and what people then see.
pub(super) struct Item {
    pub(super) title: &'static str,
    pub(super) sees: &'static str,
    pub(super) links: Vec<Link>,
    /// Buttons that throw Zendesk's switch: what is posted, and the label.
    pub(super) refusals: Vec<(&'static str, &'static str)>,
}

impl Item {
    pub(super) fn new(title: &'static str, sees: &'static str, links: Vec<Link>) -> Self {
        Self { title, sees, links, refusals: vec![] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "\"><script>alert(1)</script>'";

    fn look() -> Look {
        let start = HOSTILE.to_owned();
        Look { owner: HOSTILE, part: HOSTILE, color: "#000000", mark: "x", start }
    }

    fn people() -> Vec<Person> {
        let [email, name, password] = [HOSTILE; 3].map(str::to_owned);
        vec![Person { email, name, password, id: 1 }]
    }

    fn text() -> String {
        HOSTILE.to_owned()
    }

    #[test]
    fn every_page_escapes_what_it_shows() {
        let people = people();
        let people = &people[..];
        let user = User {
            email: text(),
            name: text(),
            external_id: Some(text()),
            organizations: vec![text()],
            tags: vec![text()],
            phone: Some(text()),
            ..User::default()
        };
        let links = || vec![Link::new(HOSTILE, text())];
        let brand = &super::super::brands::SHOES;
        let card =
            Card { brand, how: HOSTILE, home: text(), deep: text(), site: Some(text()), people };
        let item =
            Item { refusals: vec![(HOSTILE, HOSTILE)], ..Item::new(HOSTILE, HOSTILE, links()) };
        let pages = [
            Message { look: look(), title: HOSTILE, text: HOSTILE, links: links() }.render(),
            HelpCenter {
                look: look(),
                user: Some(user),
                sign_in: text(),
                hop: text(),
                sign_out: text(),
                target: HOSTILE,
                restricted: true,
                start: text(),
            }
            .render(),
            SignIn {
                look: look(),
                owner: HOSTILE,
                action: text(),
                failed: true,
                email: text(),
                people,
            }
            .render(),
            Post { look: look(), action: HOSTILE, jwt: HOSTILE, return_to: Some(HOSTILE) }.render(),
            SiteHome {
                look: look(),
                name: Some(HOSTILE),
                my_requests: text(),
                help_center: text(),
            }
            .render(),
            Stranger { look: look(), login: text(), start: text() }.render(),
            Start { look: look(), cards: vec![card], sso: HOSTILE, brands_yaml: HOSTILE }.render(),
            Break { look: look(), start: text(), items: vec![item] }.render(),
        ];
        for page in pages {
            let page = page.unwrap();
            assert!(page.contains("&#60;script&#62;alert(1)"), "{page}");
            assert!(!page.contains("<script>alert"), "{page}");
            assert!(page.contains("<meta name=\"viewport\""), "{page}");
        }
    }
}
