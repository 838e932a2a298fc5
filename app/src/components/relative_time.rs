//! Times as people say them: "2 minutes ago", with the exact time on hover.

use std::time::Duration;

use dom::prelude::*;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The time now, renewed every half minute: `expect_context::<Clock>()`.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<f64>);

impl Clock {
    /// A clock that ticks as long as the page is there.
    pub fn ticking() -> Self {
        let now = RwSignal::new(Date::now());
        set_interval(move || now.set(Date::now()), Duration::from_secs(30));
        Self(now)
    }
}

/// A time, told relative to now.
#[component]
pub fn RelativeTime(
    /// The time: RFC 3339.
    #[prop(into)]
    at: Signal<String>,
    /// Whether it stands within a sentence and so begins with a small letter.
    #[prop(optional)]
    in_sentence: bool,
) -> impl IntoView {
    let Clock(now) = expect_context();
    let words = move || {
        let words = at.with(|at| relative(Date::parse(at), now.get().max(Date::now())));
        if in_sentence {
            uncapitalised(words)
        } else {
            words
        }
    };
    view! {
        <time datetime=at title=move || at.with(|at| exact(at))>
            {words}
        </time>
    }
}

/// The exact time, as the browser's language writes it. What is no time comes
/// back as it was.
pub fn exact(at: &str) -> String {
    let millis = Date::parse(at);
    if millis.is_nan() {
        return at.to_owned();
    }
    format_with(millis, &[("dateStyle", "long"), ("timeStyle", "medium")])
}

/// "Just now" and "Yesterday" within a sentence; names of months stay.
fn uncapitalised(words: String) -> String {
    match words.as_str() {
        "Just now" => "just now".to_owned(),
        "Yesterday" => "yesterday".to_owned(),
        _ => words,
    }
}

fn relative(at_millis: f64, now_millis: f64) -> String {
    if at_millis.is_nan() {
        return "Unknown".to_owned();
    }
    let ago = now_millis - at_millis;
    if ago < 45_000.0 {
        "Just now".to_owned()
    } else if ago < 1.5 * MINUTE {
        "1 minute ago".to_owned()
    } else if ago < 59.5 * MINUTE {
        format!("{:.0} minutes ago", ago / MINUTE)
    } else if ago < 1.5 * HOUR {
        "1 hour ago".to_owned()
    } else if ago < 23.5 * HOUR {
        format!("{:.0} hours ago", ago / HOUR)
    } else if ago < 1.5 * DAY {
        "Yesterday".to_owned()
    } else if ago < 6.5 * DAY {
        format!("{:.0} days ago", ago / DAY)
    } else if ago < 300.0 * DAY {
        format_with(at_millis, &[("day", "numeric"), ("month", "short")])
    } else {
        format_with(
            at_millis,
            &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
        )
    }
}

fn format_with(millis: f64, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (part, style) in parts {
        // Setting a property of an object made on the line above cannot fail.
        let _ = Reflect::set(
            &options,
            &JsValue::from_str(part),
            &JsValue::from_str(style),
        );
    }
    Date::new(&JsValue::from_f64(millis))
        .to_locale_string("en-GB", &options)
        .into()
}
