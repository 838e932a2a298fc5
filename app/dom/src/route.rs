//! Addresses: which one the page shows, and the ways to another.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent, Url, UrlSearchParams};

use crate::{
    RwSignal, Signal, browser::document, ev, expect_context, on_cleanup, provide_context, window,
    window_event_listener,
};

/// Where the page is.
#[derive(Clone, Copy)]
pub struct Location {
    /// The path of the address, without query and fragment: `/flows`.
    pub pathname: Signal<String>,
    path: RwSignal<String>,
    /// What stands behind the path: `?node=n1`.
    search: RwSignal<String>,
}

/// How to go to another address.
#[derive(Clone, Copy, Debug)]
pub struct NavigateOptions {
    /// Whether the browser's Back skips the address that is left.
    pub replace: bool,
    /// Whether the page is shown from its top.
    pub scroll: bool,
}

impl Default for NavigateOptions {
    fn default() -> Self {
        Self {
            replace: false,
            scroll: true,
        }
    }
}

/// Follows links and the browser's own buttons from now on, until the current
/// component ends; within it everybody finds the address.
pub fn provide_location() -> Location {
    let path = RwSignal::new(path_now());
    let location = Location {
        pathname: path.into(),
        path,
        search: RwSignal::new(search_now()),
    };
    provide_context(location);
    let gone = window_event_listener(ev::popstate, move |_| location.arrive());
    let clicked = window_event_listener(ev::click, move |event| location.follow(&event));
    on_cleanup(move || {
        gone.remove();
        clicked.remove();
    });
    location
}

/// Where the page is.
#[must_use]
pub fn use_location() -> Location {
    expect_context()
}

/// Goes to another address of this site.
pub fn use_navigate() -> impl Fn(&str, NavigateOptions) + Copy + 'static {
    let location = use_location();
    move |to, options| location.go(to, options)
}

/// What the address says behind its `?` under this name.
#[must_use]
pub fn use_query(name: &'static str) -> Signal<Option<String>> {
    let location = use_location();
    Signal::derive(move || {
        let said = location
            .search
            .with(|search| UrlSearchParams::new_with_str(search));
        said.ok()?.get(name)
    })
}

fn path_now() -> String {
    window().location().pathname().unwrap_or_default()
}

fn search_now() -> String {
    window().location().search().unwrap_or_default()
}

/// Sets a signal unless it has ended or says so already.
fn arrived(signal: RwSignal<String>, now: String) {
    if signal.try_with_untracked(|before| *before != now) == Some(true) {
        signal.set(now);
    }
}

impl Location {
    /// Reads where the browser is now.
    fn arrive(self) {
        // The page that is left does not get to see what is meant for the next.
        arrived(self.path, path_now());
        arrived(self.search, search_now());
    }

    fn go(self, to: &str, options: NavigateOptions) {
        let Ok(history) = window().history() else {
            return crate::warn("This page has no history, so it stays where it is.");
        };
        let gone = if options.replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(to))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(to))
        };
        if gone.is_err() {
            return crate::warn("The browser refuses to go to this address.");
        }
        self.arrive();
        if options.scroll {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Goes where a link leads, unless that is the browser's own affair.
    fn follow(self, event: &MouseEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| target.closest("a[href]").ok().flatten());
        if let Some(to) = link.and_then(|link| address_within(&link)) {
            event.prevent_default();
            self.go(&to, NavigateOptions::default());
        }
    }
}

/// The address that a link leads to, where that is a page of this site.
fn address_within(link: &Element) -> Option<String> {
    let says = |name, refused: &str| {
        link.get_attribute(name)
            .is_some_and(|value| value.split_whitespace().any(|word| word == refused))
    };
    let elsewhere = link.get_attribute("target").is_some_and(|to| to != "_self");
    if elsewhere || link.has_attribute("download") || says("rel", "external") {
        return None;
    }
    let base = document().base_uri().ok().flatten()?;
    let url = Url::new_with_base(&link.get_attribute("href")?, &base).ok()?;
    let same_site = url.origin() == window().location().origin().ok()?;
    same_site.then(|| format!("{}{}{}", url.pathname(), url.search(), url.hash()))
}
