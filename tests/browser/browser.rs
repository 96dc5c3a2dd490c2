//! What a person does with a browser: visit, fill in, press, look, go back.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::driver::{Driver, Kind, Wishes, texts};
use crate::{chromium, firefox};

/// The longest that anything here may take; a machine with much to do is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs axe, which stands before it, and tells each fault as a sentence.
const AXE: &str = r#"
const tell = arguments[arguments.length - 1];
const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, { runOnly }).then(
  ({ violations }) => tell(violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.map((node) => node.html + " " + node.failureSummary).join(" | ")}`)),
  (error) => tell([String(error)]),
);"#;

/// A browser in front of somebody.
pub(crate) struct Browser {
    client: Client,
    driver: Driver,
}

impl Browser {
    /// Opens one that has never been anywhere.
    pub(crate) async fn open() -> Self {
        Self::with(Wishes::default()).await
    }

    /// Opens one that runs no scripts.
    pub(crate) async fn without_scripts() -> Self {
        Self::with(Wishes { without_scripts: true, ..Wishes::default() }).await
    }

    /// Opens `WebKitGTK`.
    pub(crate) async fn webkit() -> Self {
        let driver = Driver::of(Kind::WebKit);
        Self { client: driver.open(Wishes::default()).await, driver }
    }

    /// Opens one that is not as usual.
    pub(crate) async fn with(wishes: Wishes<'_>) -> Self {
        let driver = Driver::start();
        Self { client: driver.open(wishes).await, driver }
    }

    /// Closes all windows, as a person does at the end of a day.
    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }

    /// Types an address.
    pub(crate) async fn visit(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Presses the link or the button that says so.
    pub(crate) async fn press(&self, label: &str) {
        let path = format!("//*[self::a or self::button][normalize-space()=\"{label}\"]");
        self.element(Locator::XPath(&path), label).await.click().await.unwrap();
    }

    /// Presses what leads to another page, or to the same one anew, and waits for that.
    pub(crate) async fn press_and_leave(&self, label: &str) {
        self.run("window.isLeft = true").await;
        self.press(label).await;
        let since = Instant::now();
        while self.run("return window.isLeft === true").await == Value::Bool(true) {
            assert!(since.elapsed() < PATIENCE, "\"{label}\" leads nowhere");
        }
    }

    /// Fills in the field with this id, in place of what it had.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        let field = self.element(Locator::Id(id), id).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Fills in the field with this name, where nobody gave it an id.
    pub(crate) async fn fill_named(&self, name: &str, text: &str) {
        let path = format!("//input[@name=\"{name}\"]");
        self.element(Locator::XPath(&path), name).await.send_keys(text).await.unwrap();
    }

    /// Fills in a login form and sends it.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) {
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.element(Locator::Css("form button"), "a button").await.click().await.unwrap();
    }

    /// Waits for the page with this headline.
    pub(crate) async fn sees(&self, headline: &str) {
        // A hidden one has no box, and what a person does not see does not count.
        let path = format!("//h1[normalize-space()=\"{headline}\"][not(ancestor::*[@hidden])]");
        self.element(Locator::XPath(&path), headline).await;
    }

    /// Waits until the element with this id says so.
    pub(crate) async fn reads(&self, id: &str, part: &str) {
        let path = format!("//*[@id=\"{id}\"][contains(normalize-space(), \"{part}\")]");
        self.element(Locator::XPath(&path), part).await;
    }

    /// Waits for an element that CSS selects by this.
    pub(crate) async fn sees_part(&self, selector: &str) {
        self.element(Locator::Css(selector), selector).await;
    }

    /// Waits for an element with this id.
    pub(crate) async fn sees_id(&self, id: &str) {
        self.element(Locator::Id(id), id).await;
    }

    /// The text of the element with this id.
    pub(crate) async fn text(&self, id: &str) -> String {
        self.element(Locator::Id(id), id).await.text().await.unwrap()
    }

    /// All that can be read on the page.
    pub(crate) async fn page(&self) -> String {
        // In one step: an element that is found first may be gone with its page by the second.
        let text = self.run("return document.body?.innerText ?? ''").await;
        text.as_str().unwrap().to_owned()
    }

    /// The address as the browser has it, to the last byte.
    pub(crate) async fn address(&self) -> String {
        self.run("return location.href").await.as_str().unwrap().to_owned()
    }

    /// The document, as the browser has it now.
    pub(crate) async fn document(&self) -> String {
        self.client.source().await.unwrap()
    }

    /// Goes back one page.
    pub(crate) async fn back(&self) {
        match self.client.back().await {
            // Its own page, of a form's answer that it may not show again, is a page like others.
            Err(error) if error.to_string().contains("Reached error page") => {}
            outcome => outcome.unwrap(),
        }
    }

    /// The addresses that the Back button knows of, the first one first.
    pub(crate) async fn history(&self) -> Vec<String> {
        match self.driver.kind {
            Kind::Chromium => chromium::history(&self.client).await.unwrap(),
            Kind::Firefox => firefox::history(&self.client).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// Forgets all cookies: as good as a new browser, and quicker.
    pub(crate) async fn forget_cookies(&self) {
        match self.driver.kind {
            Kind::Chromium => chromium::forget_cookies(&self.client).await.unwrap(),
            Kind::Firefox => firefox::forget_cookies(&self.client).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// Forgets the cookies that go to this page.
    pub(crate) async fn forget_cookies_of_this_site(&self) {
        self.client.delete_all_cookies().await.unwrap();
    }

    /// Lets the person prefer pages that are `light` or `dark`.
    pub(crate) async fn prefer(&self, scheme: &str) {
        match self.driver.kind {
            Kind::Chromium => chromium::prefer(&self.client, scheme).await.unwrap(),
            Kind::Firefox => firefox::prefer(&self.client, scheme).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// Lets the person wish for what a media feature has as this value.
    pub(crate) async fn wish(&self, feature: &str, value: &str) {
        match self.driver.kind {
            Kind::Chromium => chromium::wish(&self.client, feature, value).await.unwrap(),
            Kind::Firefox => firefox::wish(&self.client, feature, value).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// Lets pages run scripts of their own, or not.
    pub(crate) async fn run_scripts(&self, may_run: bool) {
        match self.driver.kind {
            Kind::Chromium => chromium::run_scripts(&self.client, may_run).await.unwrap(),
            Kind::Firefox => firefox::run_scripts(&self.client, may_run).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// Types where the cursor is.
    pub(crate) async fn type_keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Lets the person ask for pages in this language.
    pub(crate) async fn ask_for(&self, language: &str) {
        match self.driver.kind {
            Kind::Chromium => chromium::ask_for(&self.client, language).await.unwrap(),
            Kind::Firefox => firefox::ask_for(&self.client, language).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// What axe finds on the page: by the rules of WCAG 2.2 AA, and by those that are good practice.
    pub(crate) async fn axe(&self) -> Vec<String> {
        let axe = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/browser/axe/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&axe).unwrap_or_else(|error| {
            panic!("{}: {error}; `scripts/test` installs it by npm", axe.display())
        });
        let script = format!("{source};\n{AXE}");
        texts(&self.client.execute_async(&script, vec![]).await.unwrap())
    }

    /// What the window shows, as PNG.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.unwrap()
    }

    /// Shrinks or widens the window's inside.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        match self.driver.kind {
            Kind::Chromium => chromium::resize(&self.client, width, height).await.unwrap(),
            Kind::Firefox => firefox::resize(&self.client, width, height).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// What the console complained about since the last time.
    pub(crate) async fn console(&self) -> Vec<String> {
        match self.driver.kind {
            Kind::Chromium => chromium::console(&self.client).await.unwrap(),
            Kind::Firefox => firefox::console(&self.client).await.unwrap(),
            Kind::WebKit => not_in_webkit(),
        }
    }

    /// Opens a tab and turns to it.
    pub(crate) async fn open_tab(&self) -> Tab {
        let first = self.client.window().await.unwrap();
        let second = self.client.new_window(true).await.unwrap().handle;
        self.client.switch_to_window(second.clone()).await.unwrap();
        Tab { first, second }
    }

    /// Opens these addresses at once, each in a tab of its own.
    pub(crate) async fn open_tabs(&self, addresses: &[String]) -> Vec<WindowHandle> {
        let here = self.client.window().await.unwrap();
        let addresses = json!(addresses);
        self.run(&format!("for (const it of {addresses}) open(it, '_blank', 'noopener')")).await;
        let since = Instant::now();
        loop {
            let mut tabs = self.client.windows().await.unwrap();
            tabs.retain(|tab| *tab != here);
            if tabs.len() == addresses.as_array().map_or(0, Vec::len) {
                return tabs;
            }
            assert!(since.elapsed() < PATIENCE, "{} tabs opened", tabs.len());
        }
    }

    /// Waits for so many tabs that have come to addresses with this beginning.
    pub(crate) async fn tabs_at(&self, beginning: &str, number: usize) -> Vec<WindowHandle> {
        let since = Instant::now();
        loop {
            let (mut tabs, mut addresses) = (Vec::new(), Vec::new());
            for tab in self.client.windows().await.unwrap() {
                self.turn_to(&tab).await;
                let address = self.client.current_url().await.unwrap();
                if address.as_str().starts_with(beginning) {
                    tabs.push(tab);
                }
                addresses.push(address);
            }
            if tabs.len() == number {
                return tabs;
            }
            let addresses: Vec<_> = addresses.iter().map(url::Url::as_str).collect();
            assert!(since.elapsed() < PATIENCE, "of {number} tabs at {beginning}: {addresses:#?}");
        }
    }

    /// Turns to another tab.
    pub(crate) async fn turn_to(&self, tab: &WindowHandle) {
        self.client.switch_to_window(tab.clone()).await.unwrap();
    }

    /// Presses the key that goes from one link, field or button to the next; says where one is.
    pub(crate) async fn tab_key(&self) -> String {
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        body.send_keys("\u{e004}").await.unwrap();
        self.client.active_element().await.unwrap().text().await.unwrap()
    }

    /// Runs a script on the page, even where its own may not run.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap()
    }

    /// Waits for an element, and says what there was instead.
    async fn element(&self, locator: Locator<'_>, what: &str) -> Element {
        let since = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(since.elapsed());
            match self.client.wait().at_most(left).for_element(locator).await {
                Ok(element) => return element,
                // A page that goes while it is looked at is no reason to stop looking.
                Err(_) if since.elapsed() < PATIENCE => {}
                Err(error) => {
                    let there = self.there().await.unwrap_or_else(|error| error.to_string());
                    panic!("no \"{what}\" ({error}), but {there}");
                }
            }
        }
    }

    async fn there(&self) -> Result<String, CmdError> {
        let address = self.client.current_url().await?;
        let text = self.client.find(Locator::Css("body")).await?.text().await?;
        Ok(format!("at {address}:\n{text}"))
    }
}

fn not_in_webkit() -> ! {
    panic!("WebKitGTK's driver knows no way to do that")
}

/// Two tabs of one browser.
pub(crate) struct Tab {
    pub(crate) first: WindowHandle,
    pub(crate) second: WindowHandle,
}
