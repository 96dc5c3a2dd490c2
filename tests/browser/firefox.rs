//! What only Firefox does: its settings, and the scripts of its own window, which see all of it.

use fantoccini::Client;
use serde_json::{Value, json};

use crate::driver::{Answer, Own, Wishes, texts};

pub(crate) const WHAT_TO_INSTALL: &str =
    "the tests in Firefox need Debian's package firefox-esr, and `cargo install geckodriver`";

pub(crate) const DRIVER: [&str; 3] = ["geckodriver", "--port=0", "--allow-system-access"];

pub(crate) fn capabilities(wishes: Wishes<'_>) -> Value {
    let mut arguments = vec!["-headless".to_owned()];
    if let Some(profile) = wishes.profile {
        arguments.extend(["-profile".to_owned(), profile.display().to_string()]);
    }
    json!({
        "moz:firefoxOptions": {
            "args": arguments,
            "prefs": {
                // A page may name other machines; no test asks them for anything. What is this
                // machine's own goes past a proxy.
                "network.proxy.type": 1,
                "network.proxy.http": "127.0.0.1",
                "network.proxy.http_port": 9,
                "network.proxy.ssl": "127.0.0.1",
                "network.proxy.ssl_port": 9,
                "javascript.enabled": !wishes.without_scripts,
                // 3 is "the windows and tabs from the last time", and all of them at once.
                "browser.startup.page": if wishes.restore { 3 } else { 0 },
                "browser.sessionstore.restore_on_demand": false,
            },
        },
    })
}

/// What the console complained about since the last time, on pages.
pub(crate) async fn console(client: &Client) -> Answer<Vec<String>> {
    const SCRIPT: &str = "
        const said = Services.console.getMessageArray()
            .filter(it => it instanceof Ci.nsIScriptError && /^https?:/.test(it.sourceName));
        Services.console.reset();
        return said.map(it => it.message);";
    Ok(texts(&in_its_window(client, SCRIPT).await?))
}

/// The addresses that the Back button knows of, the first one first.
pub(crate) async fn history(client: &Client) -> Answer<Vec<String>> {
    const SCRIPT: &str = "
        const history = gBrowser.selectedBrowser.browsingContext.sessionHistory;
        return [...Array(history.count).keys()].map(it => history.getEntryAtIndex(it).URI.spec);";
    Ok(texts(&in_its_window(client, SCRIPT).await?))
}

pub(crate) async fn forget_cookies(client: &Client) -> Answer<()> {
    in_its_window(client, "Services.cookies.removeAll()").await.map(drop)
}

/// Lets the person prefer pages that are `light` or `dark`.
pub(crate) async fn prefer(client: &Client, scheme: &str) -> Answer<()> {
    let number = i32::from(scheme != "dark");
    let name = "layout.css.prefers-color-scheme.content-override";
    in_its_window(client, &format!("Services.prefs.setIntPref('{name}', {number})")).await.map(drop)
}

/// Lets a media feature have this value.
pub(crate) async fn wish(client: &Client, feature: &str, value: &str) -> Answer<()> {
    let (name, number) = match (feature, value) {
        ("forced-colors", "active") => ("browser.display.document_color_use", 2),
        ("forced-colors", _) => ("browser.display.document_color_use", 0),
        ("prefers-reduced-motion", "reduce") => ("ui.prefersReducedMotion", 1),
        ("prefers-reduced-motion", _) => ("ui.prefersReducedMotion", 0),
        other => panic!("{other:?} is not known here"),
    };
    in_its_window(client, &format!("Services.prefs.setIntPref('{name}', {number})")).await.map(drop)
}

/// Lets pages run scripts of their own, or not.
pub(crate) async fn run_scripts(client: &Client, may_run: bool) -> Answer<()> {
    let script = format!("Services.prefs.setBoolPref('javascript.enabled', {may_run})");
    in_its_window(client, &script).await.map(drop)
}

pub(crate) async fn ask_for(client: &Client, language: &str) -> Answer<()> {
    let script = format!("Services.prefs.setStringPref('intl.accept_languages', '{language}')");
    in_its_window(client, &script).await.map(drop)
}

/// Shrinks or widens the page; the window has a least width.
pub(crate) async fn resize(client: &Client, width: u32, height: u32) -> Answer<()> {
    client.set_window_size(1400, 1000).await?;
    let script = format!(
        "const style = gBrowser.selectedBrowser.style;
        style.minWidth = style.maxWidth = '{width}px';
        style.minHeight = style.maxHeight = '{height}px';"
    );
    in_its_window(client, &script).await?;
    while client.execute("return innerWidth", vec![]).await? != json!(width) {}
    Ok(())
}

async fn in_its_window(client: &Client, script: &str) -> Answer<Value> {
    let context = |name| Own { path: "moz/context", body: json!({ "context": name }) };
    client.issue_cmd(context("chrome")).await?;
    let answer = client.execute(script, vec![]).await;
    client.issue_cmd(context("content")).await?;
    answer
}
