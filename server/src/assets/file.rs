//! One file of the site as a response.

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::random;

/// A file in the forms that there are of it.
pub(super) struct File {
    pub(super) plain: Cow<'static, [u8]>,
    brotli: &'static [u8],
    gzip: &'static [u8],
}

impl File {
    pub(super) fn embedded(
        plain: &'static [u8],
        brotli: &'static [u8],
        gzip: &'static [u8],
    ) -> Self {
        Self {
            plain: Cow::Borrowed(plain),
            brotli,
            gzip,
        }
    }

    pub(super) fn read(bytes: Vec<u8>) -> Self {
        Self {
            plain: Cow::Owned(bytes),
            brotli: &[],
            gzip: &[],
        }
    }

    /// The response, in the best form that the browser takes.
    pub(super) fn respond(self, path: &str, request: &HeaderMap) -> Response {
        let mut tag = random::fingerprint(&self.plain);
        tag.truncate(32);
        let tag = format!("\"{tag}\"");
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, caching(path));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        let known = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|known| known.trim().trim_start_matches("W/") == tag);
        if known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
        let (encoding, body) = self.best(request);
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, body).into_response()
    }

    fn best(self, request: &HeaderMap) -> (Option<&'static str>, Body) {
        for (encoding, bytes) in [("br", self.brotli), ("gzip", self.gzip)] {
            if !bytes.is_empty() && accepts(request, encoding) {
                return (Some(encoding), Body::from(bytes));
            }
        }
        let body = match self.plain {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        };
        (None, body)
    }
}

fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    request
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            let named = parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
            named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

/// A file whose name holds its content's hash never changes; a page and what
/// has a plain name are asked for again.
fn caching(path: &str) -> HeaderValue {
    let hashed = path
        .split(['-', '.', '_'])
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_page = path.rsplit('.').next().is_some_and(|end| end == "html");
    HeaderValue::from_static(if is_page {
        "no-store"
    } else if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        for (path, expected) in [
            ("index.html", "no-store"),
            (
                "app-25ac06a8f0917acb_bg.wasm",
                "public, max-age=31536000, immutable",
            ),
            (
                "app-25ac06a8f0917acb.js",
                "public, max-age=31536000, immutable",
            ),
            ("fonts/inter-latin.woff2", "no-cache"),
            ("theme.js", "no-cache"),
            // Trunk leaves leading zeros of a hash out.
            (
                "type-1b942780aa8f8.css",
                "public, max-age=31536000, immutable",
            ),
        ] {
            assert_eq!(caching(path), expected, "{path}");
        }
    }

    #[test]
    fn a_compressed_form_goes_only_to_who_takes_it() {
        let offers = |text: &'static str| {
            let pair = (header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            HeaderMap::from_iter([pair])
        };
        for (offer, encoding, takes) in [
            ("gzip, br", "br", true),
            ("gzip;q=1.0, br;q=0", "br", false),
            ("gzip", "br", false),
            ("", "gzip", false),
        ] {
            assert_eq!(accepts(&offers(offer), encoding), takes, "{offer}");
        }
    }
}
