//! The hosts of the demo and what lives on each of them.

/// The account's own host, the only one that takes a JWT.
pub(super) const ACCOUNT_HOST: &str = "acme.zendesk.localhost";
/// Where a newcomer starts.
pub(super) const START_HOST: &str = "demo.localhost";
/// Where brandgate itself is expected.
pub(super) const SSO_HOST: &str = "sso.localhost";
/// Where brandgate answers too, so that browsers bring the music site's cookie along.
pub(super) const MUSIC_SSO_HOST: &str = "sso.music-site.localhost";
/// Where the people of the bikes brand have their accounts.
pub(super) const PROVIDER_HOST: &str = "bikes-id.localhost";
/// The music brand's own site, whose cookie goes to all hosts beneath it.
pub(super) const MUSIC_SITE_HOST: &str = "music-site.localhost";
/// Where Zendesk keeps the script of its chat widget.
pub(super) const WIDGET_HOST: &str = "static.zdassets.localhost";
/// A site that belongs to no brand.
pub(super) const STRANGER_HOST: &str = "stranger.localhost";

/// One brand of the account and the hosts of its Help Center.
pub(super) struct Brand {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) id: u64,
    pub(super) home: &'static str,
    pub(super) other_host: Option<&'static str>,
    pub(super) color: &'static str,
    pub(super) mark: &'static str,
    pub(super) backend: &'static str,
    /// Whether the Help Center keeps the session it is given; one of them never does.
    pub(super) keeps_sessions: bool,
}

/// Signs in with a form whose answer is a form POST.
pub(super) static SHOES: Brand = Brand {
    key: "shoes",
    name: "Acme Shoes",
    id: 360_000_000_001,
    home: "shoes.localhost",
    other_host: Some("acme-shoes.zendesk.localhost"),
    color: "#1f5fd0",
    mark: "S",
    backend: "shoes-site",
    keeps_sessions: true,
};

/// Signs in with a script that nobody has touched for ten years.
pub(super) static COFFEE: Brand = Brand {
    key: "coffee",
    name: "Acme Coffee",
    id: 360_000_000_002,
    home: "coffee.localhost",
    other_host: Some("acme-coffee.zendesk.localhost"),
    color: "#8a4b16",
    mark: "C",
    backend: "coffee-site",
    keeps_sessions: true,
};

/// Signs in with Zendesk's own form.
pub(super) static GAMES: Brand = Brand {
    key: "games",
    name: "Acme Games",
    id: 360_000_000_003,
    home: "acme-games.zendesk.localhost",
    other_host: None,
    color: "#6d35c9",
    mark: "G",
    backend: "native",
    keeps_sessions: true,
};

/// Signs in at a provider of OpenID Connect.
pub(super) static BIKES: Brand = Brand {
    key: "bikes",
    name: "Acme Bikes",
    id: 360_000_000_005,
    home: "bikes.localhost",
    other_host: Some("acme-bikes.zendesk.localhost"),
    color: "#2a6b2f",
    mark: "B",
    backend: "bikes-id",
    keeps_sessions: true,
};

/// Has a site whose login cookie is enough.
pub(super) static MUSIC: Brand = Brand {
    key: "music",
    name: "Acme Music",
    id: 360_000_000_006,
    home: "music.localhost",
    other_host: Some("acme-music.zendesk.localhost"),
    color: "#a8246a",
    mark: "M",
    backend: "music-login",
    keeps_sessions: true,
};

/// Never believes that anybody has signed in.
pub(super) static LOOP: Brand = Brand {
    key: "loop",
    name: "Acme Loop",
    id: 360_000_000_004,
    home: "loop.localhost",
    other_host: None,
    color: "#0b7a6f",
    mark: "L",
    backend: "shoes-site",
    keeps_sessions: false,
};

pub(super) static BRANDS: [&Brand; 6] = [&SHOES, &COFFEE, &GAMES, &BIKES, &MUSIC, &LOOP];

impl Brand {
    fn owns(&self, host: &str) -> bool {
        self.home == host || self.other_host == Some(host)
    }
}

/// A brand's own site, with users and a login page that Zendesk knows nothing about.
pub(super) struct OwnSite {
    pub(super) host: &'static str,
    pub(super) brand: &'static Brand,
    pub(super) style: SiteStyle,
}

/// How a site hands over who has signed in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum SiteStyle {
    /// A form POST that carries `return_to` along.
    Post,
    /// A redirect with the token in its address; `return_to` is forgotten.
    OldGet,
}

pub(super) static SHOES_SITE: OwnSite =
    OwnSite { host: "shoes-site.localhost", brand: &SHOES, style: SiteStyle::Post };
pub(super) static COFFEE_SITE: OwnSite =
    OwnSite { host: "coffee-site.localhost", brand: &COFFEE, style: SiteStyle::OldGet };

/// What answers on one host.
pub(super) enum Place {
    Account,
    HelpCenter(&'static Brand),
    OwnSite(&'static OwnSite),
    MusicSite,
    Provider,
    Widget,
    Stranger,
    Start,
}

impl Place {
    /// Looks a host up by its exact name, without the port.
    pub(super) fn at(host: &str) -> Option<Self> {
        let site = [&SHOES_SITE, &COFFEE_SITE].into_iter().find(|site| site.host == host);
        match host {
            ACCOUNT_HOST => Some(Self::Account),
            START_HOST => Some(Self::Start),
            STRANGER_HOST => Some(Self::Stranger),
            MUSIC_SITE_HOST => Some(Self::MusicSite),
            PROVIDER_HOST => Some(Self::Provider),
            WIDGET_HOST => Some(Self::Widget),
            _ => site.map(Self::OwnSite).or_else(|| brand_at(host).map(Self::HelpCenter)),
        }
    }
}

/// The brand whose Help Center answers on this host.
pub(super) fn brand_at(host: &str) -> Option<&'static Brand> {
    BRANDS.into_iter().find(|brand| brand.owns(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_one_place_and_only_its_exact_name_counts() {
        let hosts = [ACCOUNT_HOST, START_HOST, STRANGER_HOST, "shoes.localhost", "loop.localhost"];
        for host in hosts.into_iter().chain([MUSIC_SITE_HOST, PROVIDER_HOST, WIDGET_HOST]) {
            assert!(Place::at(host).is_some(), "{host}");
        }
        for host in ["", "localhost", SSO_HOST, MUSIC_SSO_HOST, "shoes.localhost.", "SHOES"] {
            assert!(Place::at(host).is_none(), "{host}");
        }
        assert_eq!(
            brand_at("acme-coffee.zendesk.localhost").map(|brand| brand.key),
            Some("coffee")
        );
    }
}
