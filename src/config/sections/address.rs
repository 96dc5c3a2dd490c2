//! Addresses in the file: `https`, or plain HTTP on loopback.

use url::Url;

use crate::config::report::{Code, Path, Problems, hints};
use crate::domain::{Parameter, is_loopback};

/// Reads an address of a backend.
pub(in crate::config) fn read(text: &str, path: &Path, problems: &mut Problems) -> Option<Url> {
    checked(text, hints::address, path, problems)
}

/// Reads an address; `would_do` names one that is meant by a text that is none.
fn checked(
    text: &str,
    would_do: impl Fn(&str) -> Option<String>,
    path: &Path,
    problems: &mut Problems,
) -> Option<Url> {
    let url = match Url::parse(text) {
        // A parser that drops what it does not like has read something else than what is written.
        Ok(url) if !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') => {
            url
        }
        _ => {
            let hint = would_do(text).map(|it| format!("`{it}`"));
            problems
                .error(Code::AddressInvalid, path, "not an address")
                .with_hint(hint.unwrap_or_else(|| "such as `https://www.acme.example/in`".into()));
            return None;
        }
    };
    let loopback = url.host().is_some_and(|host| is_loopback(&host));
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => {
            problems
                .error(Code::AddressPlainHttp, path, "plain HTTP is possible on loopback only")
                .with_hint("use `https://`: what goes over the wire signs people in");
            return None;
        }
        _ => {
            let problem =
                problems.error(Code::AddressInvalid, path, "an address begins with `https://`");
            if let Some(address) = would_do(text) {
                problem.with_hint(format!("`{address}`"));
            }
            return None;
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        problems.error(Code::AddressUser, path, "an address holds no user and no password");
        return None;
    }
    Some(url)
}

/// Reads an address that takes a request's parameters: its own must not be named like one of them.
pub(in crate::config) fn read_target(
    text: &str,
    path: &Path,
    problems: &mut Problems,
) -> Option<Url> {
    let url = read(text, path, problems)?;
    if let Some(parameter) = own_parameters(&url).into_iter().next() {
        let name = parameter.as_str();
        problems
            .error(
                Code::AddressParameter,
                path,
                format!("its query holds `{name}`, which brandgate adds"),
            )
            .with_hint("take it out: two of one name are read differently by different readers");
        return None;
    }
    Some(url)
}

/// Reads an origin: no path, query or fragment.
pub(in crate::config) fn read_origin(
    text: &str,
    path: &Path,
    problems: &mut Problems,
) -> Option<Url> {
    let url = checked(text, hints::origin, path, problems)?;
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        problems
            .error(Code::OriginInvalid, path, "an origin is a scheme and a host, without a path")
            .with_hint(format!("`{}`", url.origin().ascii_serialization()));
        return None;
    }
    Some(url)
}

/// The parameters of ours that a generous reader (PHP) finds in the address's own query.
fn own_parameters(url: &Url) -> Vec<Parameter> {
    let names = url.query().unwrap_or_default().split(['&', ';']);
    names.filter_map(|pair| Parameter::taken_for(pair.split('=').next()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Path, Problems, read, read_target};

    #[test]
    fn an_address_is_https_or_on_loopback() {
        let cases = [
            ("https://www.acme.example/in.php", true),
            ("https://www.acme.example:8443/in?a=b#c", true),
            ("http://localhost:8080/in", true),
            ("http://shoes.localhost/in", true),
            ("http://127.0.0.1/in", true),
            ("http://[::1]/in", true),
            ("http://www.acme.example/in", false),
            ("http://localhost.evil.example/in", false),
            ("http://10.0.0.1/in", false),
            ("ftp://www.acme.example/", false),
            ("https://joe@www.acme.example/", false),
            ("https://joe:pw@www.acme.example/", false),
            ("www.acme.example/in", false),
            ("/in", false),
            ("", false),
            ("https://www.acme.example/ in", false),
            ("https:\\\\www.acme.example", false),
        ];
        for (text, good) in cases {
            let url = read(text, &Path::root(), &mut Problems::default());
            assert_eq!(url.is_some(), good, "{text:?}");
        }
    }

    #[test]
    fn its_own_query_holds_no_name_of_ours() {
        let cases = [
            ("a=b", true),
            ("email_template=x", true),
            ("return_to=x", false),
            ("Return_To", false),
            ("return.to=x", false),
            ("return%5Fto=x", false),
            ("return_to[]=x", false),
            ("a=b&brand_id=1", false),
            ("+kind=x", false),
        ];
        for (query, good) in cases {
            let text = format!("https://www.acme.example/in?{query}");
            let url = read_target(&text, &Path::root(), &mut Problems::default());
            assert_eq!(url.is_some(), good, "{query:?}");
        }
    }
}
