//! The part of a text for which something was found.

use dom::prelude::*;
use flow::search::Excerpt;

/// Where something stands, with what was meant of it marked.
#[component]
pub(crate) fn Meant(excerpt: Excerpt) -> impl IntoView {
    let Excerpt { place, text, lit } = excerpt;
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let (head, found, tail) = (
        part(0..lit.start),
        part(lit.clone()),
        part(lit.end..text.len()),
    );
    view! {
        <span class="meant">
            <span class="meant__place">{place}</span>
            <span class="meant__text">{head}<mark>{found}</mark>{tail}</span>
        </span>
    }
}
