//! The site: embedded and compressed in release builds, read from disk in
//! development.

mod file;
mod page;

use std::{
    path::{Component, Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    http::{Problem, content_security_policy},
};
use file::File;

/// Path, bytes, and the bytes in brotli and gzip; empty where those are no
/// smaller.
type Embedded = (&'static str, &'static [u8], &'static [u8], &'static [u8]);

/// What the build script found.
const EMBEDDED: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

const INDEX: &str = "index.html";
/// Files beside the site that are for measuring it and not for visitors.
const WITHHELD: [&str; 2] = ["bench.html", "bench.js"];

/// The site and the content security policy that lets it run.
pub(crate) struct Site {
    source: Source,
    policy: RwLock<HeaderValue>,
}

enum Source {
    Embedded,
    Disk(PathBuf),
    /// Nobody has built it yet.
    Absent,
}

impl Site {
    /// The site in this directory; without one, the embedded one.
    pub(crate) fn new(directory: Option<PathBuf>) -> Self {
        let source = match directory {
            Some(directory) => Source::Disk(directory),
            None if EMBEDDED.is_empty() => Source::Absent,
            None => Source::Embedded,
        };
        let site = Self {
            source,
            policy: RwLock::new(HeaderValue::from_static("default-src 'none'")),
        };
        let index = site.read(INDEX).map(|file| file.plain).unwrap_or_default();
        site.allow(&index);
        site
    }

    /// The content security policy of every response.
    pub(crate) fn policy(&self) -> HeaderValue {
        let policy = self.policy.read().unwrap_or_else(PoisonError::into_inner);
        policy.clone()
    }

    /// Lets the inline scripts of this page run, and no others.
    fn allow(&self, page: &[u8]) {
        let policy = content_security_policy(&page::inline_script_hashes(page));
        if let Ok(value) = HeaderValue::from_str(&policy) {
            *self.policy.write().unwrap_or_else(PoisonError::into_inner) = value;
        }
    }

    fn read(&self, path: &str) -> Option<File> {
        if WITHHELD.contains(&path) {
            return None;
        }
        match &self.source {
            Source::Embedded => EMBEDDED
                .iter()
                .find(|(name, ..)| *name == path)
                .map(|(_, plain, brotli, gzip)| File::embedded(plain, brotli, gzip)),
            Source::Disk(directory) => {
                // Nothing but plain names below the directory.
                let below = Path::new(path);
                let plain = below
                    .components()
                    .all(|part| matches!(part, Component::Normal(_)));
                let bytes = plain.then(|| std::fs::read(directory.join(below)).ok());
                bytes.flatten().map(File::read)
            }
            Source::Absent => None,
        }
    }
}

/// Serves a file of the site; other addresses are pages of the application,
/// which finds its way by itself.
pub(crate) async fn serve(State(app): State<App>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found("address").into_response();
    }
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let headers = request.headers().clone();
    // Reading a file from disk blocks; development alone does it.
    let read = tokio::task::spawn_blocking(move || respond(&app.site, &path, &headers));
    match read.await {
        Ok(response) => response,
        Err(error) => Problem::internal(error).into_response(),
    }
}

fn respond(site: &Site, path: &str, headers: &HeaderMap) -> Response {
    if path != INDEX
        && let Some(file) = site.read(path)
    {
        return file.respond(path, headers);
    }
    // A missing script or image is missing; only pages have names without dots.
    let is_page = path == INDEX || !path.rsplit('/').next().unwrap_or_default().contains('.');
    if !is_page {
        return Problem::not_found("file").into_response();
    }
    match site.read(INDEX) {
        Some(index) => {
            if matches!(site.source, Source::Disk(_)) {
                // It may have been built again since.
                site.allow(&index.plain);
            }
            index.respond(INDEX, headers)
        }
        None => {
            let kind = HeaderValue::from_static("text/html; charset=utf-8");
            let headers = [(header::CONTENT_TYPE, kind)];
            (headers, page::NOT_BUILT).into_response()
        }
    }
}
