//! The demo's pages; each says on whose site it is, since that is what people lose sight of.

mod help;

use askama::Template;

use super::brands::{BIKES, Brand};
use super::stand_in::{BROWSERS, Person, World};
use super::zendesk::User;

pub(super) use self::help::{Help, Widget};

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

    pub(super) fn site(world: &World, brand: &Brand) -> Self {
        let Brand { color, mark, name, .. } = *brand;
        Self { color, mark, ..Self::new(world, name, "the brand's own site") }
    }

    pub(super) fn provider(world: &World) -> Self {
        let part = "a provider of OpenID Connect";
        Self { color: BIKES.color, mark: "id", ..Self::new(world, "Acme ID", part) }
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
#[template(path = "message.html")]
pub(super) struct Message {
    pub(super) look: Look,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) links: Vec<Link>,
}

/// Any page of a Help Center.
#[derive(Template)]
#[template(path = "help_center.html")]
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
#[template(path = "sign_in.html")]
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
#[template(path = "post.html")]
pub(super) struct Post<'a> {
    pub(super) look: Look,
    pub(super) action: &'a str,
    pub(super) jwt: &'a str,
    pub(super) return_to: Option<&'a str>,
}

/// The home page of a brand's own site, or of its provider.
#[derive(Template)]
#[template(path = "site.html")]
pub(super) struct SiteHome<'a> {
    pub(super) look: Look,
    pub(super) title: &'a str,
    pub(super) about: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) sign_in: &'a str,
    pub(super) sign_out: &'a str,
    pub(super) my_requests: String,
    pub(super) help_center: String,
    pub(super) chat: Option<&'a str>,
}

/// Asks somebody whether they mean it.
#[derive(Template)]
#[template(path = "question.html")]
pub(super) struct Question<'a> {
    pub(super) look: Look,
    pub(super) title: &'static str,
    pub(super) name: &'a str,
    pub(super) action: String,
    pub(super) yes: &'static str,
    pub(super) no: Link,
}

/// A page that would sign its visitors in as somebody else.
#[derive(Template)]
#[template(path = "stranger.html")]
pub(super) struct Stranger {
    pub(super) look: Look,
    pub(super) login: String,
    pub(super) start: String,
}

/// A page that would chat as its visitors.
#[derive(Template)]
#[template(path = "foreign_chat.html")]
pub(super) struct ForeignChat {
    pub(super) look: Look,
    pub(super) token: String,
    pub(super) start: String,
}

impl ForeignChat {
    fn address(&self) -> String {
        quoted(&self.token)
    }
}

/// Where a newcomer starts.
#[derive(Template)]
#[template(path = "start.html")]
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
    pub(super) links: Vec<Link>,
    pub(super) people: &'a [Person],
}

/// Everything that can be broken.
#[derive(Template)]
#[template(path = "break.html")]
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
    pub(super) switches: Vec<Switch>,
}

/// A button that makes the next sign-in go wrong somewhere else: where it is posted to, what, and
/// the label.
pub(super) struct Switch {
    pub(super) action: &'static str,
    pub(super) slug: &'static str,
    pub(super) label: &'static str,
}

impl Item {
    pub(super) fn new(title: &'static str, sees: &'static str, links: Vec<Link>) -> Self {
        Self { title, sees, links, switches: vec![] }
    }
}

/// A text as a script has it, wherever in a page that stands.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('<', "\\u003c")
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
        let card = Card { brand, how: HOSTILE, links: links(), people };
        let switch = Switch { action: HOSTILE, slug: HOSTILE, label: HOSTILE };
        let item = Item { switches: vec![switch], ..Item::new(HOSTILE, HOSTILE, links()) };
        let help = |widget, name| {
            Help { look: look(), name, token: text(), script: text(), widget }.render()
        };
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
                title: HOSTILE,
                about: HOSTILE,
                name: Some(HOSTILE),
                sign_in: HOSTILE,
                sign_out: HOSTILE,
                my_requests: text(),
                help_center: text(),
                chat: Some(HOSTILE),
            }
            .render(),
            Question {
                look: look(),
                title: HOSTILE,
                name: HOSTILE,
                action: text(),
                yes: HOSTILE,
                no: Link::new(HOSTILE, text()),
            }
            .render(),
            help(Widget::Classic, Some(HOSTILE)),
            help(Widget::Chat, None),
            ForeignChat { look: look(), token: text(), start: text() }.render(),
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
