//! Which pages may talk to this server: those that it served itself.

use axum::http::{HeaderMap, header};
use url::Url;

/// The addresses under which browsers see this server.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    /// As browsers write them: scheme, host, and a port that is not the
    /// scheme's own.
    exact: Vec<String>,
    secure: bool,
}

impl Origins {
    /// The one public address.
    pub(crate) fn public(origin: &Url) -> Self {
        Self {
            exact: vec![origin.origin().ascii_serialization()],
            secure: origin.scheme() == "https",
        }
    }

    /// The names of this machine for itself, over plain http.
    pub(crate) fn loopback(port: u16) -> Self {
        let suffix = if port == 80 {
            String::new()
        } else {
            format!(":{port}")
        };
        Self {
            exact: ["127.0.0.1", "localhost", "[::1]"]
                .map(|host| format!("http://{host}{suffix}"))
                .to_vec(),
            secure: false,
        }
    }

    /// Whether browsers reach this server over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether an `Origin` header names this server, letter by letter. One that
    /// is missing, doubled or `null` does not.
    pub(crate) fn names_us(&self, headers: &HeaderMap) -> bool {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (Some(origin), None) => self
                .exact
                .iter()
                .any(|known| known.as_bytes() == origin.as_bytes()),
            _ => false,
        }
    }

    /// Whether a request that changes something comes from a page of ours: it
    /// has the header that no form can send, and the browser says that it is of
    /// the same origin (older browsers: names that origin).
    pub(crate) fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let console = headers.get("x-console").is_some_and(|value| value == "1");
        let site = headers.get("sec-fetch-site");
        let same_site = site.is_none_or(|value| value == "same-origin");
        let has_origin = headers.contains_key(header::ORIGIN);
        let same_origin = !has_origin || self.names_us(headers);
        console && same_site && same_origin && (site.is_some() || has_origin)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_a_page_of_ours_may_change_something() {
        let origins = Origins::loopback(8700);
        let own = ("origin", "http://127.0.0.1:8700");
        let foreign = ("origin", "http://evil.example");
        let console = ("x-console", "1");
        let same = ("sec-fetch-site", "same-origin");
        for (pairs, allowed) in [
            (vec![console, same], true),
            (vec![console, same, own], true),
            (vec![console, own], true),
            (vec![same, own], false),
            (vec![console], false),
            (vec![("x-console", "0"), same], false),
            (vec![console, same, foreign], false),
            (vec![console, same, ("origin", "null")], false),
            (vec![console, ("sec-fetch-site", "same-site"), own], false),
            (vec![console, ("sec-fetch-site", "cross-site"), own], false),
            (vec![console, ("sec-fetch-site", "none"), own], false),
        ] {
            assert_eq!(origins.is_own_page(&headers(&pairs)), allowed, "{pairs:?}");
        }
    }

    #[test]
    fn an_origin_matches_letter_by_letter() {
        let origins = Origins::loopback(8700);
        for origin in [
            "null",
            "",
            "http://127.0.0.1",
            "http://127.0.0.1:8701",
            "https://127.0.0.1:8700",
            "http://127.0.0.1:8700/",
            "http://127.0.0.1:8700.evil.example",
            "http://evil.example:8700",
            "HTTP://127.0.0.1:8700",
            "http://0x7f.1:8700",
            "http://LOCALHOST:8700",
            "http://localhost.:8700",
            "http://user@127.0.0.1:8700",
        ] {
            assert!(
                !origins.names_us(&headers(&[("origin", origin)])),
                "{origin}"
            );
        }
        assert!(!origins.names_us(&headers(&[])));
        assert!(origins.names_us(&headers(&[("origin", "http://localhost:8700")])));
        let public = Origins::public(&Url::parse("https://patchbay.example/x").expect("a URL"));
        assert!(public.names_us(&headers(&[("origin", "https://patchbay.example")])));
        assert!(public.is_secure());
    }
}
