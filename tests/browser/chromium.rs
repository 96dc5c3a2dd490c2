//! What only Chromium does: its arguments, its console, and its developer tools.

use fantoccini::Client;
use serde_json::{Value, json};

use crate::driver::{Answer, Own, Wishes};

pub(crate) const WHAT_TO_INSTALL: &str =
    "the browser tests need Debian's packages chromium and chromium-driver: install both";

pub(crate) const DRIVER: [&str; 2] = ["chromedriver", "--port=0"];

const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    // Containers have little of it, or none.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A page may name other machines; no test asks them for anything.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
];

pub(crate) fn capabilities(wishes: Wishes<'_>) -> Value {
    let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
    if wishes.without_scripts {
        arguments.push("--blink-settings=scriptEnabled=false".to_owned());
    }
    if let Some(profile) = wishes.profile {
        arguments.push(format!("--user-data-dir={}", profile.display()));
    }
    if wishes.restore {
        arguments.push("--restore-last-session".to_owned());
    }
    json!({
        "goog:chromeOptions": { "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

/// What the console said since the last time.
pub(crate) async fn console(client: &Client) -> Answer<Vec<String>> {
    let log = Own { path: "se/log", body: json!({ "type": "browser" }) };
    let lines = client.issue_cmd(log).await?;
    let lines = lines.as_array().into_iter().flatten();
    Ok(lines.map(|line| line["message"].to_string()).collect())
}

/// The addresses that the Back button knows of, the first one first.
pub(crate) async fn history(client: &Client) -> Answer<Vec<String>> {
    let history = devtools(client, "Page.getNavigationHistory", json!({})).await?;
    let entries = history["entries"].as_array().into_iter().flatten();
    Ok(entries.map(|entry| entry["url"].as_str().unwrap().to_owned()).collect())
}

pub(crate) async fn forget_cookies(client: &Client) -> Answer<()> {
    devtools(client, "Network.clearBrowserCookies", json!({})).await.map(drop)
}

/// Lets the person prefer pages that are `light` or `dark`.
pub(crate) async fn prefer(client: &Client, scheme: &str) -> Answer<()> {
    wish(client, "prefers-color-scheme", scheme).await
}

/// Lets a media feature have this value, and all others what they have by themselves.
pub(crate) async fn wish(client: &Client, feature: &str, value: &str) -> Answer<()> {
    let features = json!({ "features": [{ "name": feature, "value": value }] });
    devtools(client, "Emulation.setEmulatedMedia", features).await.map(drop)
}

/// Lets pages run scripts of their own, or not.
pub(crate) async fn run_scripts(client: &Client, may_run: bool) -> Answer<()> {
    let value = json!({ "value": !may_run });
    devtools(client, "Emulation.setScriptExecutionDisabled", value).await.map(drop)
}

pub(crate) async fn ask_for(client: &Client, language: &str) -> Answer<()> {
    devtools(client, "Network.enable", json!({})).await?;
    let headers = json!({ "headers": { "Accept-Language": language } });
    devtools(client, "Network.setExtraHTTPHeaders", headers).await.map(drop)
}

/// Shrinks or widens the window's inside.
pub(crate) async fn resize(client: &Client, width: u32, height: u32) -> Answer<()> {
    let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    devtools(client, "Emulation.setDeviceMetricsOverride", size).await.map(drop)
}

async fn devtools(client: &Client, method: &str, parameters: Value) -> Answer<Value> {
    let body = json!({ "cmd": method, "params": parameters });
    client.issue_cmd(Own { path: "goog/cdp/execute", body }).await
}
