//! One page for people who use no mouse, enlarge it, choose its colours or cannot bear motion.

use serde_json::Value;

use crate::browser::Browser;
use crate::driver::texts;
use crate::looks::FAULTS;

/// What can be pressed or filled in, in the order in which it is read. Of radio buttons one is reached
/// by the key, and arrows choose among them.
const STOPS: &str = "
    const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
        .filter((it) => it.checkVisibility() && (it.type !== 'radio' || it.checked));";

const WITHOUT_EDGE: &str = "
    if (!matchMedia('(forced-colors: active)').matches) return ['colours are not forced'];
    return [...document.querySelectorAll('.button, .brands a, .field input, main')]
        .filter((it) => getComputedStyle(it).borderTopStyle === 'none')
        .map((it) => `no edge where colours are forced: ${it.outerHTML}`);";

const MOVES: &str = "
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['motion is not reduced'];
    return document.getAnimations({ subtree: true }).map((it) => `moves: ${it.effect.target.outerHTML}`);";

/// What is wrong with the page for them: each fault as a sentence. The window is so wide and so high.
pub(crate) async fn faults(browser: &Browser, scheme: &str, (width, height): (u32, u32)) -> Value {
    let mut found = by_key(browser).await;
    let mut add = |what: &str, faults: Value| {
        found.extend(texts(&faults).iter().map(|fault| format!("{what}: {fault}")));
    };
    browser.wish("forced-colors", "active").await;
    add("forced colours", browser.run(WITHOUT_EDGE).await);
    browser.wish("prefers-reduced-motion", "reduce").await;
    add("less motion", browser.run(MOVES).await);
    browser.prefer(scheme).await;
    // Twice as large, and of a window that is as wide as a phone no less than WCAG asks for.
    browser.resize((width / 2).max(320), height / 2).await;
    add("200 %", browser.run(FAULTS).await);
    browser.resize(width, height).await;
    browser.run("document.documentElement.style.fontSize = '200%'").await;
    add("letters at 200 %", browser.run(FAULTS).await);
    browser.run("document.documentElement.removeAttribute('style')").await;
    found.into()
}

/// Goes round the page by the tab key: everything is reached, in order, and shows that it is.
async fn by_key(browser: &Browser) -> Vec<String> {
    let stops = browser.run(&format!("{STOPS} return stops.length")).await.as_u64().unwrap();
    let here = format!(
        "{STOPS} const it = document.activeElement;
        return [stops.indexOf(it), getComputedStyle(it).outlineStyle !== 'none'];"
    );
    let (mut reached, mut faults) = (Vec::new(), Vec::new());
    // The window's own frame may be a stop between the last and the first.
    for _ in 0..=stops {
        browser.tab_key().await;
        let (place, is_shown): (i64, bool) =
            serde_json::from_value(browser.run(&here).await).unwrap();
        if place >= 0 && !is_shown {
            faults.push(format!("nothing shows that number {place} has the focus"));
        }
        reached.extend(u64::try_from(place));
    }
    let begin = reached.first().copied().unwrap_or_default();
    let expected: Vec<u64> = (0..stops).map(|place| (begin + place) % stops).collect();
    if !reached.starts_with(&expected) {
        faults.push(format!("the tab key goes to {reached:?} of {stops}"));
    }
    faults
}
