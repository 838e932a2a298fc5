//! Where a request comes from, as far as that can be known.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use crate::{app::App, http::Problem};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// How the address of a client is learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clients {
    /// They connect themselves.
    Direct,
    /// Through a proxy on this machine that may say who they are or not.
    BehindProxy,
    /// Through a proxy that says so last in `X-Forwarded-For`.
    Forwarded,
}

impl Clients {
    /// The address of a client; none where all of them look alike.
    fn address(self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        match self {
            Self::Direct => Some(peer),
            Self::BehindProxy => Some(peer).filter(|peer| !peer.is_loopback()),
            Self::Forwarded => last_forwarded(headers).or(Some(peer)),
        }
        .map(network)
    }

    /// The address to which a connection counts; none where it can be anybody's,
    /// and where its requests say whose they are.
    pub(crate) fn address_of_connection(self, peer: IpAddr) -> Option<IpAddr> {
        match self {
            Self::Forwarded => None,
            _ => self.address(peer, &HeaderMap::new()),
        }
    }

    /// The address to which a request counts that came over a proxy's connection;
    /// none where connections are counted.
    pub(crate) fn address_of_request(self, headers: &HeaderMap) -> Option<IpAddr> {
        match self {
            Self::Forwarded => last_forwarded(headers).map(network),
            _ => None,
        }
    }
}

/// The entry that the nearest proxy wrote: those before it are the client's own
/// words.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all(FORWARDED_FOR).iter().next_back()?;
    let entry = line.to_str().ok()?.rsplit(',').next()?.trim();
    let with_port = || entry.parse::<SocketAddr>().ok().map(|there| there.ip());
    entry.parse().ok().or_else(with_port)
}

/// Whoever has an IPv6 address has the 2^64 beside it too.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let prefix = u128::from(address) & !u128::from(u64::MAX);
            Ipv6Addr::from(prefix).into()
        }
        address => address,
    }
}

/// The address of a request's client, where there is one to go by.
pub(crate) struct Client(pub(crate) Option<IpAddr>);

impl FromRequestParts<App> for Client {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = peer.and_then(|peer| app.clients.address(peer.ip(), &parts.headers));
        Ok(Self(address))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_the_entry_of_the_nearest_proxy_counts() {
        let address = |clients: Clients, peer: &str, lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                let value = HeaderValue::from_str(line).expect("a value");
                headers.append(FORWARDED_FOR, value);
            }
            let found = clients.address(peer.parse().expect("an address"), &headers);
            found.map(|address| address.to_string())
        };
        let client = Some("203.0.113.7");
        for (clients, peer, lines, expected) in [
            (
                Clients::Forwarded,
                "127.0.0.1",
                &["1.1.1.1, 203.0.113.7"] as &[_],
                client,
            ),
            (
                Clients::Forwarded,
                "127.0.0.1",
                &["1.1.1.1", "203.0.113.7:99"],
                client,
            ),
            (
                Clients::Forwarded,
                "127.0.0.1",
                &["::ffff:203.0.113.7"],
                client,
            ),
            (
                Clients::Forwarded,
                "127.0.0.1",
                &["2001:db8::1:2"],
                Some("2001:db8::"),
            ),
            (
                Clients::Forwarded,
                "203.0.113.7",
                &["203.0.113.9, x"],
                client,
            ),
            (Clients::BehindProxy, "127.0.0.1", &["203.0.113.7"], None),
            (Clients::BehindProxy, "203.0.113.7", &["1.1.1.1"], client),
            (Clients::Direct, "203.0.113.7", &["1.1.1.1"], client),
        ] {
            let found = address(clients, peer, lines);
            assert_eq!(found.as_deref(), expected, "{clients:?} {peer} {lines:?}");
        }
    }
}
