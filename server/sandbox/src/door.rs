//! Who sees the sandbox's own page in a browser. Whoever runs the sandbox lets
//! people in by a key that opens once; a browser that was let in is known by a
//! cookie. Programs on this machine, such as tests, come without a browser's
//! marks and need no key: they could read the sandbox's file as well.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

/// Keys that wait to be used, and browsers that are known; older ones give way.
const MOST: usize = 100;
const COOKIE: &str = "sandbox-page";
const REFUSAL: &str = include_str!("door/refusal.html");

/// The door to the page. Clones are the same door.
#[derive(Clone, Debug, Default)]
pub struct Door(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    keys: VecDeque<String>,
    browsers: VecDeque<String>,
}

impl Door {
    /// The path and query of the page for somebody who may see it. It opens
    /// once.
    #[must_use]
    pub fn entrance(&self) -> String {
        let key = Uuid::new_v4().to_string();
        let entrance = format!("/?key={key}");
        keep(&mut self.inside().keys, key);
        entrance
    }

    /// Uses a key up; gives what the browser is known by from then on.
    fn open(&self, key: &str) -> Option<String> {
        let mut inside = self.inside();
        let place = inside.keys.iter().position(|known| known == key)?;
        inside.keys.remove(place);
        let browser = Uuid::new_v4().to_string();
        keep(&mut inside.browsers, browser.clone());
        Some(browser)
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let inside = self.inside();
        let mut cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='));
        cookies.any(|(name, value)| {
            name == COOKIE && inside.browsers.iter().any(|browser| browser == value)
        })
    }

    fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn keep(kept: &mut VecDeque<String>, new: String) {
    kept.push_back(new);
    while kept.len() > MOST {
        kept.pop_front();
    }
}

/// Lets browsers through that were let in.
pub(crate) async fn check(State(door): State<Door>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let key = query
        .strip_prefix("key=")
        .filter(|_| request.uri().path() == "/");
    if let Some(browser) = key.and_then(|key| door.open(key)) {
        // The page of whoever lets people in can have another name for this
        // host, so that the cookie comes along on the way here from there.
        let cookie = format!("{COOKIE}={browser}; Path=/; HttpOnly; SameSite=Lax");
        let headers = [
            (header::SET_COOKIE, cookie),
            (header::LOCATION, "/".to_owned()),
        ];
        return (StatusCode::SEE_OTHER, headers).into_response();
    }
    if !is_browser(request.headers()) || door.knows(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, Html(REFUSAL)).into_response()
}

/// Every browser says from which site a request comes, or where it reads a page.
fn is_browser(headers: &HeaderMap) -> bool {
    ["sec-fetch-site", "sec-fetch-mode", "origin"]
        .into_iter()
        .any(|name| headers.contains_key(name))
}
