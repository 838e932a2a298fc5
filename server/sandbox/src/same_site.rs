//! Keeps other sites in the user's browser from using the sandbox.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// A header that a form or a foreign page cannot send without asking first.
const MARK: &str = "x-sandbox";

/// Lets requests through whose host is a plain address, and changes only when
/// they come from the sandbox's own page or from no page at all.
pub(crate) async fn check(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let refusal = if !has_plain_host(headers) {
        Some("Open the sandbox by its address.")
    } else if reads || comes_from_here(headers) {
        None
    } else {
        Some("Changes are taken from the sandbox's own page only.")
    };
    match refusal {
        None => next.run(request).await,
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
    }
}

/// An address or localhost: a name could have been pointed here by a foreign
/// site after its page was loaded.
fn has_plain_host(headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, header::HOST.as_str()) else {
        return true;
    };
    let Ok(authority) = host.parse::<axum::http::uri::Authority>() else {
        return false;
    };
    let name = authority.host();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || bare.parse::<std::net::IpAddr>().is_ok()
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let site = text(headers, "sec-fetch-site");
    let own_site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let own_origin = match (text(headers, "origin"), text(headers, "host")) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, origin_host)| origin_host == host),
        (Some(_), None) => false,
    };
    headers.contains_key(MARK) && own_site && own_origin
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn changes_come_from_the_own_page_or_from_no_page() {
        let host = ("host", "127.0.0.1:4000");
        let mark = ("x-sandbox", "1");
        for (list, accepted) in [
            (vec![host, mark], true),
            (vec![host, mark, ("origin", "http://127.0.0.1:4000")], true),
            (vec![host, mark, ("sec-fetch-site", "same-origin")], true),
            (vec![host], false),
            (vec![host, mark, ("origin", "null")], false),
            (vec![host, mark, ("origin", "http://127.0.0.1:4001")], false),
            (vec![host, mark, ("origin", "https://evil.example")], false),
            (vec![host, mark, ("sec-fetch-site", "cross-site")], false),
            (vec![host, mark, ("sec-fetch-site", "same-site")], false),
        ] {
            assert_eq!(comes_from_here(&headers(&list)), accepted, "{list:?}");
        }
    }

    #[test]
    fn a_host_name_that_could_be_rebound_is_refused() {
        for (host, plain) in [
            ("127.0.0.1:80", true),
            ("localhost:80", true),
            ("[::1]:80", true),
            ("evil.example:80", false),
            ("127.0.0.1.evil.example", false),
            ("localhost.evil.example", false),
        ] {
            assert_eq!(has_plain_host(&headers(&[("host", host)])), plain, "{host}");
        }
    }
}
