//! The forms of a sign-in: the password, and what may be asked for after it.

use askama::Template;

use crate::backend::cognito::{CodeBy, StandardAttribute};
use crate::web::page::csp::{Nonce, page_policy};
use crate::web::page::pages::{Page, PageError, write};
use crate::web::page::texts::Texts;
use crate::web::page::theme::BrandLook;

/// What went wrong with the form that was sent before.
pub(crate) struct FormProblem<'a> {
    /// Names the text `error-{kind}-text`.
    pub(crate) kind: &'static str,
    /// The code that the log line carries too.
    pub(crate) trace: &'a str,
}

impl FormProblem<'_> {
    /// The document's title: what is wrong is heard first.
    fn before(problem: Option<&Self>, texts: &Texts, title: String) -> String {
        match problem {
            Some(_) => texts.say_with("problem-title", &[("title", &title)]),
            None => title,
        }
    }

    fn text(&self, texts: &Texts) -> String {
        texts.say(&format!("error-{}-text", self.kind)).into_owned()
    }

    /// The code, unless a person has merely typed something wrong: nobody calls support for that.
    fn shown_trace(&self) -> Option<&str> {
        let is_typo = matches!(
            self.kind,
            "wrong-password"
                | "wrong-code"
                | "passwords-differ"
                | "new-password-refused"
                | "attribute-refused"
        );
        (!is_typo).then_some(self.trace)
    }
}

/// Asks for an address and a password.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub(crate) struct SignInPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand that is signed in to.
    pub(crate) look: &'a BrandLook,
    pub(crate) action: &'a str,
    /// Shows that the form is ours.
    pub(crate) token: &'a str,
    /// What was typed before.
    pub(crate) email: &'a str,
    /// Where people register.
    pub(crate) register_url: Option<&'a str>,
    /// Where people reset their password.
    pub(crate) forgot_url: Option<&'a str>,
    pub(crate) problem: Option<FormProblem<'a>>,
    /// Lets this page's script run, and no other.
    pub(crate) nonce: &'a Nonce,
}

impl SignInPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        Ok(write("sign_in", self.texts, self, page_policy(self.look.logo()))?
            .with_script(self.nonce))
    }

    /// Whether the address is there already, so that the password comes next.
    fn has_email(&self) -> bool {
        !self.email.is_empty()
    }

    fn problem_text(&self, problem: &FormProblem<'_>) -> String {
        problem.text(self.texts)
    }

    fn title(&self) -> String {
        self.texts.say_with("sign-in-title", &[("brand", &self.look.name)])
    }

    fn document_title(&self) -> String {
        FormProblem::before(self.problem.as_ref(), self.texts, self.title())
    }
}

/// What a [`ChallengePage`] asks for.
pub(crate) enum Ask<'a> {
    /// A new password, and some attributes.
    NewPassword(Vec<&'static Field>),
    Code(CodeBy),
    /// A way to get a code.
    Method(&'a [CodeBy]),
}

/// Asks for something more after the password.
#[derive(Template)]
#[template(path = "challenge.html")]
pub(crate) struct ChallengePage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand that is signed in to.
    pub(crate) look: &'a BrandLook,
    pub(crate) action: &'a str,
    /// Shows that the form is ours.
    pub(crate) token: &'a str,
    /// What the answer carries back to us.
    pub(crate) challenge: &'a str,
    /// Whose account it is about, as it was typed: for whoever keeps passwords.
    pub(crate) account: &'a str,
    pub(crate) ask: Ask<'a>,
    pub(crate) problem: Option<FormProblem<'a>>,
    /// Lets this page's script run, and no other.
    pub(crate) nonce: &'a Nonce,
}

impl ChallengePage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        Ok(write("challenge", self.texts, self, page_policy(self.look.logo()))?
            .with_script(self.nonce))
    }

    /// Whoever was sent a code cannot wait for the next one.
    fn problem_text(&self, problem: &FormProblem<'_>) -> String {
        match (problem.kind, &self.ask) {
            ("wrong-code", Ask::Code(CodeBy::Sms | CodeBy::SmsOtp | CodeBy::Email)) => {
                self.texts.say("code-sent-wrong").into_owned()
            }
            _ => problem.text(self.texts),
        }
    }

    fn document_title(&self) -> String {
        FormProblem::before(self.problem.as_ref(), self.texts, self.title())
    }

    fn title(&self) -> String {
        let title = match self.ask {
            Ask::NewPassword(_) => self.texts.say("new-password-title"),
            Ask::Code(_) => self.texts.say("code-title"),
            Ask::Method(_) => self.texts.say("method-title"),
        };
        title.into_owned()
    }

    fn text(&self) -> String {
        let text = match self.ask {
            Ask::NewPassword(_) => self.texts.say("new-password-text"),
            Ask::Code(CodeBy::Sms | CodeBy::SmsOtp) => self.texts.say("code-by-sms-text"),
            Ask::Code(CodeBy::Email) => self.texts.say("code-by-email-text"),
            Ask::Code(CodeBy::Authenticator) => self.texts.say("code-by-authenticator-text"),
            Ask::Method(_) => self.texts.say("method-text"),
        };
        text.into_owned()
    }

    /// What there is to choose from: Cognito's word, and ours.
    fn methods(&self) -> Vec<(&'static str, String)> {
        let Ask::Method(methods) = self.ask else { return Vec::new() };
        let label = |method: &CodeBy| match method {
            CodeBy::Sms | CodeBy::SmsOtp => self.texts.say("method-sms"),
            CodeBy::Email => self.texts.say("method-email"),
            CodeBy::Authenticator => self.texts.say("method-authenticator"),
        };
        methods.iter().map(|method| (method.as_str(), label(method).into_owned())).collect()
    }
}

/// How an attribute is asked for.
pub(crate) struct Field {
    attribute: StandardAttribute,
    label: &'static str,
    /// The `type` of its `input`.
    kind: &'static str,
    autocomplete: &'static str,
}

#[rustfmt::skip]
const FIELDS: [Field; StandardAttribute::ALL.len()] = [
    Field { attribute: StandardAttribute::Name, label: "attribute-name", kind: "text", autocomplete: "name" },
    Field { attribute: StandardAttribute::GivenName, label: "attribute-given-name", kind: "text", autocomplete: "given-name" },
    Field { attribute: StandardAttribute::MiddleName, label: "attribute-middle-name", kind: "text", autocomplete: "additional-name" },
    Field { attribute: StandardAttribute::FamilyName, label: "attribute-family-name", kind: "text", autocomplete: "family-name" },
    Field { attribute: StandardAttribute::Nickname, label: "attribute-nickname", kind: "text", autocomplete: "nickname" },
    Field { attribute: StandardAttribute::PreferredUsername, label: "attribute-preferred-username", kind: "text", autocomplete: "off" },
    Field { attribute: StandardAttribute::Email, label: "attribute-email", kind: "email", autocomplete: "email" },
    Field { attribute: StandardAttribute::PhoneNumber, label: "attribute-phone-number", kind: "tel", autocomplete: "tel" },
    Field { attribute: StandardAttribute::Address, label: "attribute-address", kind: "text", autocomplete: "street-address" },
    Field { attribute: StandardAttribute::Birthdate, label: "attribute-birthdate", kind: "date", autocomplete: "bday" },
    Field { attribute: StandardAttribute::Gender, label: "attribute-gender", kind: "text", autocomplete: "sex" },
    Field { attribute: StandardAttribute::Locale, label: "attribute-locale", kind: "text", autocomplete: "language" },
    Field { attribute: StandardAttribute::Zoneinfo, label: "attribute-zoneinfo", kind: "text", autocomplete: "off" },
    Field { attribute: StandardAttribute::Picture, label: "attribute-picture", kind: "url", autocomplete: "photo" },
    Field { attribute: StandardAttribute::Profile, label: "attribute-profile", kind: "url", autocomplete: "off" },
    Field { attribute: StandardAttribute::Website, label: "attribute-website", kind: "url", autocomplete: "url" },
];

impl Field {
    pub(crate) fn of(attributes: &[StandardAttribute]) -> Vec<&'static Self> {
        FIELDS.iter().filter(|field| attributes.contains(&field.attribute)).collect()
    }

    /// What the field of `attribute` is called in the form.
    pub(crate) fn name(attribute: StandardAttribute) -> String {
        format!("attribute-{}", attribute.as_str())
    }

    /// Addresses and numbers run from left to right in every language; a name as its script does.
    fn direction(&self) -> &'static str {
        if self.kind == "text" { "auto" } else { "ltr" }
    }

    fn input(&self) -> String {
        Self::name(self.attribute)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Ask, ChallengePage, CodeBy, Field, FormProblem, Nonce, SignInPage, StandardAttribute,
    };
    use crate::web::page::texts::Texts;
    use crate::web::page::theme::BrandLook;

    fn look() -> BrandLook {
        BrandLook { name: "Acme Coffee".into(), ..BrandLook::default() }
    }

    fn challenge(ask: Ask<'_>, problem: Option<FormProblem<'_>>) -> String {
        let texts = Texts::english().unwrap();
        let page = ChallengePage {
            texts: &texts,
            look: &look(),
            action: "/sign-in/F",
            token: "T",
            challenge: "C",
            account: "carol@coffee.example",
            ask,
            problem,
            nonce: &Nonce::new([7; 16]),
        };
        page.page().unwrap().html
    }

    #[test]
    fn the_password_form_is_as_it_is() {
        let texts = Texts::english().unwrap();
        let page = SignInPage {
            texts: &texts,
            look: &look(),
            action: "/sign-in/F",
            token: "T",
            email: "joe@example.com",
            register_url: Some("https://www.acme.example/join"),
            forgot_url: Some("https://www.acme.example/forgot"),
            problem: Some(FormProblem { kind: "wrong-password", trace: "0123ABCD" }),
            nonce: &Nonce::new([7; 16]),
        };
        let html = page.page().unwrap().html;
        assert!(html.contains("<title>Error: Sign in to Acme Coffee</title>"), "{html}");
        let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
        insta::assert_snapshot!(main, @r#"
        <h1>Sign in to Acme Coffee</h1>
        <div class="problem" id="problem" role="alert">
        <p>The email address or the password is not right. Please check both and try again.</p>
        </div>
        <form method="post" action="/sign-in/F">
        <input type="hidden" name="token" value="T">
        <div class="field">
        <label for="email">Email address</label>
        <input id="email" name="email" type="email" value="joe@example.com" autocomplete="username" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="128" required aria-describedby="problem">
        </div>
        <div class="field">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" dir="ltr" maxlength="256" required autofocus aria-describedby="problem">
        <button class="reveal" type="button" aria-controls="password" data-hide="Hide password" hidden>Show password</button>
        </div>
        <div class="actions">
        <button class="button">Sign in</button>
        <a href="https://www.acme.example/forgot" rel="noreferrer">Forgot your password?</a>
        <a href="https://www.acme.example/join" rel="noreferrer">Create an account</a>
        </div>
        </form>
        "#);
    }

    #[test]
    fn every_field_has_a_label_and_every_problem_is_tied_to_its_fields() {
        let codes = CodeBy::ALL.map(Ask::Code);
        let more =
            [Ask::NewPassword(Field::of(&StandardAttribute::ALL)), Ask::Method(&CodeBy::ALL)];
        for ask in codes.into_iter().chain(more) {
            let problem = FormProblem { kind: "code-expired", trace: "0123ABCD" };
            let html = challenge(ask, Some(problem));
            let inputs = html.split("<input ").skip(1).map(|it| it.split('>').next().unwrap());
            for input in inputs.filter(|it| !it.contains("hidden")) {
                if input.contains("type=\"radio\"") {
                    assert!(
                        html.contains("<fieldset class=\"choices\" aria-describedby=\"problem")
                    );
                    continue;
                }
                let id = input.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
                assert!(html.contains(&format!("<label for=\"{id}\">")), "{id}");
                assert!(input.contains("aria-describedby=\"problem"), "{id}");
                assert!(input.contains("autocomplete=\""), "{id}");
            }
            assert_eq!(html.matches("id=\"problem\" role=\"alert\"").count(), 1);
            assert_eq!(html.matches("class=\"button\"").count(), 1, "one primary button");
            assert!(html.contains("0123ABCD"));
            assert!(html.contains("<title>Error: "), "a screen reader says it first");
        }
    }

    #[test]
    fn without_a_problem_nothing_points_at_one() {
        for ask in [Ask::Code(CodeBy::Sms), Ask::NewPassword(Vec::new())] {
            let html = challenge(ask, None);
            assert!(!html.contains("problem") && !html.contains("<title>Error"), "{html}");
            assert!(html.contains("aria-describedby=\"advice\""), "{html}");
        }
    }

    #[test]
    fn every_attribute_can_be_asked_for() {
        assert_eq!(Field::of(&StandardAttribute::ALL).len(), StandardAttribute::ALL.len());
        let html = challenge(Ask::NewPassword(Field::of(&[StandardAttribute::PhoneNumber])), None);
        assert!(html.contains(
            "name=\"attribute-phone_number\" type=\"tel\" autocomplete=\"tel\" dir=\"ltr\""
        ));
        assert!(!html.contains("attribute-email"));
    }
}
