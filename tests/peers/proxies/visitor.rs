//! Somebody who signs in through a proxy, by TLS.

use std::net::{IpAddr, SocketAddr};

use brandgate::clock::Clock;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Error};

use super::proxy::Proxy;
use crate::support::answer::Answer;
use crate::support::jar::{Context, Jar};

pub(crate) const HOST: &str = "sso.acme.example";

/// A browser at an address of its own.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    https: u16,
    /// What it calls the service.
    host: &'static str,
    jar: Jar,
    clock: Clock,
}

impl Visitor {
    /// One who comes from `address`.
    pub(crate) fn new(proxy: &Proxy, address: [u8; 4]) -> Self {
        let authorities = Certificate::from_pem_bundle(proxy.authorities().as_bytes()).unwrap();
        let here = SocketAddr::from(([127, 0, 0, 1], proxy.https));
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .tls_certs_only(authorities)
            .resolve(HOST, here)
            .local_address(IpAddr::from(address))
            .pool_max_idle_per_host(if proxy.reads_anew { 0 } else { usize::MAX })
            .build()
            .unwrap();
        Self {
            client,
            https: proxy.https,
            host: HOST,
            jar: Jar::default(),
            clock: Clock::default(),
        }
    }

    /// The same browser without cookies: its connections stay.
    pub(crate) fn anew(&self) -> Self {
        Self { jar: Jar::default(), ..self.clone() }
    }

    /// The same browser, which calls the service by another name.
    pub(crate) fn calling_it(&self, host: &'static str) -> Self {
        Self { host, ..self.clone() }
    }

    /// A site beside it has set this for all of the domain.
    pub(crate) fn hold(&mut self, name: &str, value: &str) {
        let cookie = format!("{name}={value}; Domain=acme.example");
        self.jar.take(HOST, &cookie, &self.clock);
    }

    /// Follows a link of the account's.
    pub(crate) async fn get(&mut self, target: &str) -> Result<Answer, Error> {
        let request = self.client.get(self.address(target));
        self.send(request, "https://acme.zendesk.com", Context::CrossSiteGet).await
    }

    /// Lets a page of `site` post a form.
    pub(crate) async fn post(
        &mut self,
        target: &str,
        site: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, Error> {
        let request = self.client.post(self.address(target)).form(fields).header("origin", site);
        self.send(request, site, Context::CrossSitePost).await
    }

    fn address(&self, target: &str) -> String {
        format!("https://{HOST}:{}{target}", self.https)
    }

    async fn send(
        &mut self,
        request: reqwest::RequestBuilder,
        page: &str,
        context: Context,
    ) -> Result<Answer, Error> {
        let mut request = request.header("host", self.host).header("referer", format!("{page}/"));
        request = request.header("sec-fetch-site", "cross-site");
        // Nobody is at these addresses, and nobody is to be taken for them.
        request = request.header("x-forwarded-for", "203.0.113.9, 198.51.100.7");
        request = request.header("forwarded", "for=203.0.113.9");
        if let Some(cookies) = self.jar.header((HOST, "/"), context, &self.clock) {
            request = request.header("cookie", cookies);
        }
        let answer = read(request.send().await?).await?;
        for cookie in answer.headers("set-cookie") {
            self.jar.take(HOST, cookie, &self.clock);
        }
        Ok(answer)
    }
}

/// The whole of an answer.
pub(crate) async fn read(answer: reqwest::Response) -> Result<Answer, Error> {
    let mut text = format!("HTTP/1.1 {}\r\n", answer.status().as_u16());
    for (name, value) in answer.headers() {
        if name != "transfer-encoding" {
            text.extend([name.as_str(), ": ", value.to_str().unwrap(), "\r\n"]);
        }
    }
    text += "\r\n";
    text += &answer.text().await?;
    Ok(Answer::parse(text.as_bytes()))
}
