//! A site's help page with a chat, and the lines with which such pages tell the chat who is there.

use askama::Template;

use super::{Look, quoted};

/// The widgets to which a page gives a `jwtFn`.
#[derive(Clone, Copy)]
pub(crate) enum Widget {
    /// The Web Widget (Classic).
    Classic,
    /// The Chat widget from before it.
    Chat,
}

impl Widget {
    /// Where Zendesk has its script.
    pub(crate) fn script(self) -> &'static str {
        match self {
            Self::Classic => "/ekr/snippet.js?key=acme-music",
            Self::Chat => "/chat.js?acme-music",
        }
    }

    fn is_classic(self) -> bool {
        matches!(self, Self::Classic)
    }
}

/// A help page with a chat.
#[derive(Template)]
#[template(path = "help.html")]
pub(crate) struct Help<'a> {
    pub(crate) look: Look,
    pub(crate) name: Option<&'a str>,
    /// Where brandgate has tokens for the chat.
    pub(crate) token: String,
    pub(crate) script: String,
    pub(crate) widget: Widget,
}

impl Help<'_> {
    /// The page's own script, as Zendesk's manual writes it; the page shows it too.
    fn lines(&self) -> String {
        let address = quoted(&self.token);
        let jwt_fn = format!(
            r#"function jwtFn(callback) {{
  fetch({address}, {{ credentials: "include" }})
    .then(function (answer) {{ return answer.json(); }})
    .then(function (said) {{
      document.getElementById("chat-note").textContent = said.token
        ? "A token for the chat, good for a few minutes."
        : "No token, so the chat does not know you. (" + said.code + ": " + said.description + ")";
      if (said.token) callback(said.token);
    }});
}}
"#
        );
        let given = match self.widget {
            Widget::Classic => {
                "window.zESettings = {
  webWidget: { authenticate: { chat: { jwtFn: jwtFn } } }
};"
            }
            Widget::Chat => {
                "$zopim(function () {
  $zopim.livechat.authenticate({ jwtFn: jwtFn });
});"
            }
        };
        jwt_fn + given
    }
}
