//! An e-mail address that its owner recognises and a stranger does not.

/// The first letter and the domain: `j•••@example.com`.
///
/// It holds nothing but letters, digits, dots and hyphens of the original, whatever that is.
pub(crate) fn masked_email(address: &str) -> String {
    const LONGEST_DOMAIN: usize = 253;
    let is_domain = |text: &&str| {
        (1..=LONGEST_DOMAIN).contains(&text.len())
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    };
    let (local, domain) =
        address.rsplit_once('@').map_or((address, None), |(local, rest)| (local, Some(rest)));
    let mut masked: String =
        local.chars().next().filter(|c| c.is_alphanumeric()).into_iter().collect();
    masked.push_str("•••");
    if let Some(domain) = domain.filter(is_domain) {
        masked.push('@');
        masked.push_str(domain);
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked_whatever_it_is() {
        let long = format!("j@{}.example", "a".repeat(300));
        let cases = [
            ("an ordinary address", "jane@acme.example", "j•••@acme.example"),
            ("a short one", "j@acme.example", "j•••@acme.example"),
            ("letters beyond ASCII", "élan@bücher.example", "é•••@bücher.example"),
            ("several @", "\"a@b\"@acme.example", "•••@acme.example"),
            ("no @", "jane", "j•••"),
            ("no name", "@acme.example", "•••@acme.example"),
            ("no domain", "jane@", "j•••"),
            ("nothing", "", "•••"),
            ("an @ alone", "@", "•••"),
            ("a domain that is markup", "jane@<b>", "j•••"),
            ("a domain that turns the text round", "jane@a\u{202e}b.example", "j•••"),
            ("a name that begins with a mark", "\u{202e}jane@a.example", "•••@a.example"),
            ("an address literal", "jane@[127.0.0.1]", "j•••"),
            ("an endless domain", &long, "j•••"),
        ];
        for (what, address, expected) in cases {
            assert_eq!(masked_email(address), expected, "{what}");
        }
    }
}
