//! Warns about widgets for whose tokens nobody can ask.

use super::Facts;
use crate::config::document::Reporter;
use crate::config::report::{Code, Path};
use crate::domain::BrandKey;

pub(super) fn about_widgets(facts: &Facts<'_>, problems: &Reporter<'_>) {
    for (brand, key) in facts.brands.iter().zip((0..).map(BrandKey)) {
        let (Ok(brand), Some(widgets)) = (brand, facts.widgets.get(&key)) else { continue };
        let Some(backend) = facts.backend(brand.backend) else { continue };
        if backend.proof_of_login().is_some() {
            continue;
        }
        let path = Path::root().key("brands").key(brand.name.as_str());
        let given = [("chat", widgets.chat.is_some()), ("messaging", widgets.messaging.is_some())];
        for (widget, _) in given.iter().filter(|(_, given)| *given) {
            problems
                .warning(
                    Code::WidgetUnasked,
                    &path.key(widget),
                    format!(
                        "nobody can ask for its tokens: `{}` shows no page who somebody is",
                        backend.name
                    ),
                )
                .at_key()
                .with_hint(
                    "a backend of type `redirect` with `assertion`, or of type `session_token` \
                     with a cookie",
                );
        }
    }
}
