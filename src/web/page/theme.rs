//! How a brand looks: its name, its logo and a colour that stays readable.

use std::fmt;

use url::Url;

use crate::domain::{Brand, LocalizedText, Rgb};
use crate::web::page::csp::image_origin;

/// The stylesheet that every page shares, served at `/assets/brandgate.css`.
pub(crate) const STYLESHEET: &str = include_str!("../../../templates/brandgate.css");

/// What text on it must reach, by WCAG 2 level AA.
const READABLE: f64 = 4.5;

/// What links lie on, as `brandgate.css` has it: the page and the card, in each colour scheme.
const LIGHT: [Rgb; 2] = [Rgb(0xf4, 0xf5, 0xf7), Rgb::WHITE];
const DARK: [Rgb; 2] = [Rgb(0x12, 0x14, 0x18), Rgb(0x1c, 0x1f, 0x25)];

/// A brand as its pages show it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct BrandLook {
    /// What people call the brand.
    pub(crate) name: String,
    /// The address of the brand's logo.
    pub(crate) logo: Option<String>,
    /// Where to ask for help: an `https:` or `mailto:` address.
    pub(crate) support: Option<String>,
    /// Path of its own stylesheet, beside the shared one.
    pub(crate) stylesheet: Option<String>,
    /// What the brand itself has to say.
    pub(crate) note: Option<LocalizedText>,
}

impl BrandLook {
    /// How the pages of `brand` look.
    pub(crate) fn of(brand: &Brand) -> Self {
        let theme = brand.theme.as_deref();
        let text = |url: &Url| url.to_string();
        let color = theme.and_then(|it| it.color);
        Self {
            name: brand.display_name.to_string(),
            logo: theme.and_then(|it| it.logo.as_ref()).map(text),
            support: theme.and_then(|it| it.support.as_ref()).map(text),
            note: theme.and_then(|it| it.note.clone()),
            stylesheet: color.map(|_| format!("/assets/brands/{}.css", brand.name)),
        }
    }

    /// The logo's address, if the page's policy can allow it.
    pub(crate) fn logo(&self) -> Option<&str> {
        self.logo.as_deref().filter(|logo| image_origin(logo).is_some())
    }

    /// What the brand has to say to whoever reads `language`, and in which language, where that is known.
    pub(crate) fn note(&self, language: &str) -> Option<(Option<&'static str>, &str)> {
        self.note.as_ref().map(|note| note.to(language))
    }

    /// The address of support, if it is one that is safe to follow.
    pub(crate) fn support(&self) -> Option<&str> {
        let is_link = |support: &&str| {
            Url::parse(support).is_ok_and(|url| matches!(url.scheme(), "https" | "http" | "mailto"))
        };
        self.support.as_deref().filter(is_link)
    }
}

impl Rgb {
    const BLACK: Self = Self(0, 0, 0);
    const WHITE: Self = Self(255, 255, 255);

    /// WCAG 2's relative luminance: 0 is black, 1 is white.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { to_the_2_4((share + 0.055) / 1.055) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever is easier to read on this colour: at least 4.58 to 1.
    fn text(self) -> Self {
        if self.contrast(Self::WHITE) >= READABLE || self.contrast(Self::BLACK) < READABLE {
            Self::WHITE
        } else {
            Self::BLACK
        }
    }

    /// This colour, moved towards `end` only as far as it takes to be readable on every ground.
    fn readable_on(self, grounds: [Self; 2], end: Self) -> Self {
        (0..Self::STEPS)
            .map(|step| self.mixed(end, step))
            .find(|mixed| grounds.iter().all(|ground| mixed.contrast(*ground) >= READABLE))
            .unwrap_or(end)
    }

    const STEPS: u16 = 64;

    fn mixed(self, end: Self, step: u16) -> Self {
        let channel = |from: u8, to: u8| {
            let sum = u16::from(from) * (Self::STEPS - step) + u16::from(to) * step;
            u8::try_from(sum / Self::STEPS).unwrap_or(to)
        };
        Self(channel(self.0, end.0), channel(self.1, end.1), channel(self.2, end.2))
    }
}

/// `base` to the power of 2.4, for 0.09 to 1. By Newton's way, since `powf` would be all for which the system's
/// mathematical library were loaded: 0.3 MB of every process.
fn to_the_2_4(base: f64) -> f64 {
    let square = base * base;
    // The fifth root of the square: from above, each step is nearer.
    let root = (0..16).fold(1.0, |root: f64, _| {
        let fourth = (root * root) * (root * root);
        (4.0 * root + square / fourth) / 5.0
    });
    square * root
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// A brand's own stylesheet: its colour, in the shades that are readable in light and dark.
///
/// It is a file of its own because the policy of the pages forbids styles in the page.
pub(crate) fn stylesheet(color: Rgb) -> String {
    let text = color.text();
    let light = color.readable_on(LIGHT, Rgb::BLACK);
    let dark = color.readable_on(DARK, Rgb::WHITE);
    format!(
        ":root {{ --brand: {color}; --on-brand: {text}; --link: {light}; }}\n\
         @media (prefers-color-scheme: dark) {{ :root {{ --link: {dark}; }} }}\n"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_power_is_that_of_the_mathematical_library() {
        for channel in 11..=u8::MAX {
            let base = (f64::from(channel) / 255.0 + 0.055) / 1.055;
            let error = to_the_2_4(base) / base.powf(2.4) - 1.0;
            assert!(error.abs() < 1e-12, "{channel}: {error:e}");
        }
    }

    #[test]
    fn luminance_and_contrast_are_those_of_wcag() {
        // (what, colour, contrast with white)
        let cases = [
            ("white", Rgb::WHITE, 1.0),
            ("black", Rgb::BLACK, 21.0),
            ("the lightest grey that is readable", Rgb(0x76, 0x76, 0x76), 4.54),
            ("the grey after it", Rgb(0x77, 0x77, 0x77), 4.48),
            ("pure red", Rgb(255, 0, 0), 4.0),
            ("pure blue", Rgb(0, 0, 255), 8.59),
        ];
        for (what, color, expected) in cases {
            let contrast = color.contrast(Rgb::WHITE);
            assert!((contrast - expected).abs() < 0.01, "{what}: {contrast}");
        }
    }

    #[test]
    fn a_stylesheet_keeps_the_colour_and_mends_what_is_hard_to_read() {
        let cases = [
            ("blue", "#0b5fff", "#0b5fff", "#ffffff", "#0b5fff", "#4082ff"),
            ("white", "#fff", "#ffffff", "#000000", "#6f6f6f", "#ffffff"),
            ("black", "#000", "#000000", "#ffffff", "#000000", "#878787"),
            ("yellow", "#ffdd00", "#ffdd00", "#000000", "#7f6e00", "#ffdd00"),
            ("a dark middle grey", "#767676", "#767676", "#ffffff", "#707070", "#878787"),
            ("a light middle grey", "#777777", "#777777", "#000000", "#6f6f6f", "#888888"),
        ];
        for (what, text, brand, on_brand, light, dark) in cases {
            let expected = format!(
                ":root {{ --brand: {brand}; --on-brand: {on_brand}; --link: {light}; }}\n\
                 @media (prefers-color-scheme: dark) {{ :root {{ --link: {dark}; }} }}\n"
            );
            assert_eq!(stylesheet(text.parse().unwrap()), expected, "{what}");
        }
    }

    proptest! {
        #[test]
        fn every_colour_gives_readable_buttons_and_links(r: u8, g: u8, b: u8) {
            let color = Rgb(r, g, b);
            prop_assert!(color.contrast(color.text()) >= READABLE);
            for (grounds, end) in [(LIGHT, Rgb::BLACK), (DARK, Rgb::WHITE)] {
                let link = color.readable_on(grounds, end);
                prop_assert!(grounds.iter().all(|ground| link.contrast(*ground) >= READABLE));
            }
            prop_assert_eq!(color.to_string().parse(), Ok(color));
        }
    }

    #[test]
    fn the_shared_stylesheet_has_the_grounds_we_reckon_with_and_readable_text() {
        assert!(STYLESHEET.len() < 7 * 1024, "{} bytes", STYLESHEET.len());
        let (light, dark) = STYLESHEET.split_once("@media (prefers-color-scheme: dark)").unwrap();
        for (what, css, grounds) in [("light", light, LIGHT), ("dark", dark, DARK)] {
            assert_eq!([color_in(css, "page"), color_in(css, "card")], grounds, "{what}");
            for (text, ground) in [("text", "page"), ("text", "card"), ("quiet", "page")]
                .into_iter()
                .chain([("quiet", "card"), ("link", "page"), ("link", "card")])
                .chain([("text", "inset"), ("quiet", "inset")])
            {
                let contrast = color_in(css, text).contrast(color_in(css, ground));
                assert!(contrast >= READABLE, "{what}: {text} on {ground} is {contrast}");
            }
        }
        let brand = color_in(light, "brand");
        assert!(brand.contrast(color_in(light, "on-brand")) >= READABLE, "button");
    }

    fn color_in(css: &str, name: &str) -> Rgb {
        let (_, rest) = css.split_once(&format!("--{name}: ")).unwrap();
        rest.split_once(';').unwrap().0.parse().unwrap()
    }

    #[test]
    fn support_is_linked_only_where_a_link_is_safe() {
        let cases = [
            ("mail", "mailto:help@acme.example", true),
            ("a page", "https://acme.example/help", true),
            ("a script", "javascript:alert(1)", false),
            ("a script in capitals", " JaVaScRiPt:alert(1)", false),
            ("data", "data:text/html,hello", false),
            ("a path", "/help", false),
        ];
        for (what, support, expected) in cases {
            let look = BrandLook { support: Some(support.to_owned()), ..BrandLook::default() };
            assert_eq!(look.support().is_some(), expected, "{what}");
        }
    }
}
