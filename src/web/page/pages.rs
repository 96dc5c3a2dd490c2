//! What people see: one struct per page, and with each page the policy that fits it.

use askama::Template;

use crate::domain::BrandId;
use crate::web::page::csp::{Nonce, hand_off_policy, image_origin, page_policy};
use crate::web::page::masked_email::masked_email;
use crate::web::page::texts::Texts;
use crate::web::page::theme::BrandLook;

/// A page ready to be sent.
#[derive(Debug)]
pub(crate) struct Page {
    /// The document.
    pub(crate) html: String,
    /// Its `Content-Security-Policy`.
    pub(crate) policy: String,
    /// The tag of its language.
    pub(crate) language: &'static str,
}

impl Page {
    /// The same page, which gives itself another address as soon as it is read.
    pub(crate) fn at(mut self, address: ShownAddress, nonce: &Nonce) -> Self {
        let nonce_text = nonce.as_str();
        let address = match address {
            ShownAddress::Path => "location.pathname",
            ShownAddress::Front => "\"/\"",
        };
        let script = format!(
            "<script nonce=\"{nonce_text}\">history.replaceState(null, \"\", {address})</script>\n"
        );
        // All that others wrote is escaped, so that only the template itself ends the body.
        let end = self.html.rfind("</body>").unwrap_or(self.html.len());
        self.html.insert_str(end, &script);
        self.with_script(nonce)
    }

    /// The same page, whose own script runs.
    pub(in crate::web) fn with_script(mut self, nonce: &Nonce) -> Self {
        let source = format!("; script-src 'nonce-{}'; ", nonce.as_str());
        self.policy = self.policy.replacen("; ", &source, 1);
        self
    }
}

/// An address of ours that a page can take in the place of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ShownAddress {
    /// Its own without the query.
    Path,
    /// The address of the front page.
    Front,
}

/// A page could not be written; only an error in its template can be the reason.
#[derive(Debug, thiserror::Error)]
#[error("the page `{page}` could not be written")]
pub(crate) struct PageError {
    page: &'static str,
    #[source]
    source: askama::Error,
}

/// Asks where to sign in.
#[derive(Template)]
#[template(path = "brands.html")]
pub(crate) struct BrandsPage<'a> {
    pub(crate) texts: &'a Texts,
    /// What there is to choose from; may be empty.
    pub(crate) brands: Vec<BrandLink<'a>>,
    /// Looks for others, where they are more than one page shows.
    pub(crate) search: Option<BrandSearch<'a>>,
}

/// What is looked for among more brands than a person looks through.
pub(crate) struct BrandSearch<'a> {
    pub(crate) text: &'a str,
    /// A relative destination, which stays.
    pub(crate) return_to: Option<&'a str>,
    /// The address of the page before this one.
    pub(crate) before: Option<String>,
    /// And of the one after it.
    pub(crate) after: Option<String>,
}

/// One choice of a [`BrandsPage`].
pub(crate) struct BrandLink<'a> {
    /// What people call the brand.
    pub(crate) name: &'a str,
    /// Where its sign-in begins.
    pub(crate) href: &'a str,
    /// Address of its logo.
    pub(crate) logo: Option<&'a str>,
}

impl BrandLink<'_> {
    fn logo(&self) -> Option<&str> {
        self.logo.filter(|logo| image_origin(logo).is_some())
    }
}

impl BrandsPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write(
            "brands",
            self.texts,
            self,
            page_policy(self.brands.iter().filter_map(BrandLink::logo)),
        )
    }
}

/// Posts the ticket that stands behind the `#` of its own address.
#[derive(Template)]
#[template(path = "ticket.html")]
pub(crate) struct TicketPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The origin of the page that sent the browser here; empty where nobody says.
    pub(crate) sender: &'a str,
    /// Lets this page's script run, and no other.
    pub(crate) nonce: &'a Nonce,
}

impl TicketPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        Ok(write("ticket", self.texts, self, page_policy([]))?.with_script(self.nonce))
    }
}

/// Asks whether a sign-in that another site sent is wanted.
#[derive(Template)]
#[template(path = "confirm.html")]
pub(crate) struct ConfirmPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand that is signed in to.
    pub(crate) look: &'a BrandLook,
    /// Who would be signed in, in full: the page masks it.
    pub(crate) email: &'a str,
    /// Why the person is asked.
    pub(crate) because: AskedBecause<'a>,
    /// What the answer carries back to us.
    pub(crate) confirmation: &'a str,
    /// The brand, for an answer that comes too late.
    pub(crate) brand_id: Option<BrandId>,
    /// Where the sign-in ends, likewise.
    pub(crate) return_to: &'a str,
    /// Where a person goes who is somebody else.
    pub(crate) not_me: &'a str,
    /// The code that the log line carries too.
    pub(crate) trace: &'a str,
}

/// Why somebody is asked whether to continue.
#[derive(Clone, Copy)]
pub(crate) enum AskedBecause<'a> {
    /// They came from a page of this origin.
    Site(&'a str),
    /// They came from no page.
    NoPage,
    /// Their browser does not say where they came from.
    Unknown,
    /// Somebody has just said here that they are somebody else.
    NotMe,
}

impl ConfirmPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write("confirm", self.texts, self, page_policy(self.look.logo()))
    }

    fn question(&self) -> String {
        let email = masked_email(self.email);
        self.texts.say_with("confirm-title", &[("brand", &self.look.name), ("email", &email)])
    }

    fn support(&self) -> Option<(&str, String)> {
        support(self.texts, self.look)
    }
}

/// Where to ask a brand for help, if it says so: address and label.
fn support<'l>(texts: &Texts, look: &'l BrandLook) -> Option<(&'l str, String)> {
    Some((look.support()?, texts.say_with("error-support", &[("brand", look.name.as_str())])))
}

/// Sends the browser on without a redirect.
#[derive(Template)]
#[template(path = "onward.html")]
pub(crate) struct OnwardPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The address to open next.
    pub(crate) location: &'a str,
    /// Lets this page's script run, and no other.
    pub(crate) nonce: &'a Nonce,
}

impl OnwardPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write("onward", self.texts, self, hand_off_policy(self.nonce))
    }
}

/// Says how somebody who is somebody else signs out at a brand's own site.
#[derive(Template)]
#[template(path = "not_me.html")]
pub(crate) struct NotMePage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand that is signed in to.
    pub(crate) look: &'a BrandLook,
    /// The site's front page.
    pub(crate) site: &'a str,
    /// Where the sign-in begins anew.
    pub(crate) again: &'a str,
}

impl NotMePage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write("not_me", self.texts, self, page_policy(self.look.logo()))
    }
}

/// Says that the person is signed out, and starts nothing by itself.
#[derive(Template)]
#[template(path = "signed_out.html")]
pub(crate) struct SignedOutPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand, where one is known.
    pub(crate) look: Option<&'a BrandLook>,
    pub(crate) action: Option<Action>,
}

impl SignedOutPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write("signed_out", self.texts, self, page_policy(self.look.and_then(BrandLook::logo)))
    }
}

/// Says what went wrong and what to do about it.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand, where one is known.
    pub(crate) look: Option<&'a BrandLook>,
    /// Names the texts `error-{kind}-title` and `error-{kind}-text`.
    pub(crate) kind: &'static str,
    /// The parameter of the address that it is about, where it is about one.
    pub(crate) parameter: Option<&'static str>,
    /// What those who run it say about it, and in which language, where that is known.
    pub(crate) said: Option<(Option<&'static str>, &'a str)>,
    /// The code that the log line carries too.
    pub(crate) trace: &'a str,
    /// What the person can do, the best first.
    pub(crate) actions: Vec<Action>,
}

impl ErrorPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write("error", self.texts, self, page_policy(self.look.and_then(BrandLook::logo)))
    }

    fn title(&self) -> String {
        self.texts.say(&format!("error-{}-title", self.kind)).into_owned()
    }

    fn text(&self) -> String {
        self.texts.say(&format!("error-{}-text", self.kind)).into_owned()
    }

    /// What the person can do, as address, label, and whether the site there is not to hear from where
    /// they came. Where the text says to tell support, that is among it, and the best where no other
    /// try would help.
    fn buttons(&self) -> Vec<(&str, String, bool)> {
        let label = |action: &Action| self.texts.say(action.label).into_owned();
        let mut buttons = Vec::with_capacity(self.actions.len() + 1);
        for action in &self.actions {
            buttons.push((action.href.as_str(), label(action), action.is_unnamed));
        }
        if let Some((href, label)) = self.support().filter(|_| self.names_support()) {
            let support = (href, label, true);
            let is_best = !self.actions.iter().any(Action::may_help);
            buttons.insert(if is_best { 0 } else { buttons.len() }, support);
        }
        buttons
    }

    fn support(&self) -> Option<(&str, String)> {
        support(self.texts, self.look?)
    }

    fn names_support(&self) -> bool {
        NAMES_SUPPORT.split(' ').any(|kind| kind == self.kind)
    }
}

/// The errors whose text tells people to turn to support.
pub(crate) const NAMES_SUPPORT: &str = "\
    too-many-from-backend backend-again \
    token-too-large body-too-large wrong-content-type post-invalid assertion-unreadable \
    assertion-algorithm assertion-signature assertion-from-the-future assertion-invalid \
    assertion-audience session-key-unknown session-issuer session-other-project \
    address-reserved person-denied address-not-allowed email-proof-missing external-id-missing \
    external-id-not-allowed role-not-allowed attribute-not-allowed loop internal \
    zendesk-invalid-request zendesk-signature zendesk-not-allowed zendesk-clock \
    zendesk-unreadable zendesk-external-id zendesk-unknown backend-denied backend-unproven";

/// Something a person can do after an error: a link with a text of ours.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Action {
    label: &'static str,
    href: String,
    /// Whether the browser does not say that a page of ours led there: our origin would vouch for
    /// whatever that site redirects to.
    is_unnamed: bool,
}

impl Action {
    /// Sign in anew, to the same destination.
    pub(crate) fn start_again(href: String) -> Self {
        Self { label: "action-start-again", href, is_unnamed: false }
    }

    /// Go on to where the sign-in was to lead.
    pub(crate) fn go_on(href: String) -> Self {
        Self { label: "action-continue", href, is_unnamed: false }
    }

    /// Go to the brand's home.
    pub(crate) fn home(href: String) -> Self {
        Self { label: "action-home", href, is_unnamed: false }
    }

    /// Choose where to sign in.
    pub(crate) fn choose(href: String) -> Self {
        Self { label: "action-choose", href, is_unnamed: false }
    }

    /// Choose a new password.
    pub(crate) fn reset_password(href: String) -> Self {
        Self { label: "action-reset-password", href, is_unnamed: true }
    }

    /// Go to where the account is looked after.
    pub(crate) fn registered(href: String) -> Self {
        Self { label: "action-registered", href, is_unnamed: true }
    }

    /// The same, at another address of ours.
    pub(crate) fn elsewhere(self) -> Self {
        Self { is_unnamed: true, ..self }
    }

    /// Whether it may lead to where the person was going.
    fn may_help(&self) -> bool {
        matches!(self.label, "action-start-again" | "action-try-again" | "action-continue")
    }

    /// Do the same once more.
    pub(crate) fn try_again(href: String) -> Self {
        Self { label: "action-try-again", href, is_unnamed: false }
    }
}

/// Says what this address is for.
#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage<'a> {
    pub(crate) texts: &'a Texts,
    /// What a person can do who came here by mistake.
    pub(crate) action: Option<Action>,
}

impl HomePage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        write("home", self.texts, self, page_policy([]))
    }
}

/// Renders `template`, which people know as `page`.
pub(in crate::web) fn write(
    page: &'static str,
    texts: &Texts,
    template: &impl Template,
    policy: String,
) -> Result<Page, PageError> {
    Ok(Page { html: render(page, template)?, policy, language: texts.language() })
}

/// The document alone.
pub(in crate::web) fn render(
    page: &'static str,
    template: &impl Template,
) -> Result<String, PageError> {
    template.render().map_err(|source| PageError { page, source })
}

/// Every kind of failure that the service names, each with texts of its own: what is written where
/// they are chosen.
#[cfg(test)]
pub(in crate::web) fn error_kinds() -> std::collections::BTreeSet<&'static str> {
    let texts = |source: &'static str| source.split('"').skip(1).step_by(2);
    let outcomes = include_str!("../error/outcome.rs");
    let zendesks =
        texts(include_str!("../routes/logout.rs")).filter(|it| it.starts_with("zendesk-"));
    let is_kind =
        |text: &&str| text.contains('-') || outcomes.contains(&format!("::new(\"{text}\""));
    let kinds: std::collections::BTreeSet<_> =
        texts(outcomes).filter(is_kind).chain(zendesks).collect();
    assert!(kinds.contains("loop") && kinds.contains("zendesk-clock"), "{kinds:?}");
    kinds
}

#[cfg(test)]
mod tests;
