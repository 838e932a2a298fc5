//! What goes live with a publish: each thing that differs from what is live,
//! under those who changed it.

use api::{ThingChange, UnpublishedChange, UnpublishedChanges, UnpublishedDetail};
use dom::prelude::*;

use crate::components::RelativeTime;

/// What goes live.
#[component]
pub(super) fn Changes(known: UnpublishedChanges) -> impl IntoView {
    if known.changes.is_empty() {
        let words = match (known.upstream_id, known.is_live_known) {
            (None, _) => "All of it goes live for the first time.",
            (Some(_), false) => {
                "What is live is not known here. Both are compared before anything is sent."
            }
            (Some(_), true) => "Nothing differs from what is live.",
        };
        return view! { <p class="text-muted">{words}</p> }.into_any();
    }
    let title = match known.changes.len() as u64 + known.more {
        1 => "1 change goes live".to_owned(),
        count => format!("{count} changes go live"),
    };
    let mut groups: Vec<(Vec<String>, Vec<UnpublishedChange>)> = Vec::new();
    for change in known.changes {
        match groups.last_mut() {
            Some((authors, changes)) if *authors == change.authors => changes.push(change),
            _ => groups.push((change.authors.clone(), vec![change])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(authors, changes)| view! { <Group authors changes /> })
        .collect_view();
    let more = (known.more > 0)
        .then(|| view! { <p class="text-muted">{format!("and {} more", known.more)}</p> });
    view! {
        <section class="going-live" aria-label=title.clone() data-panel="going-live">
            <h3 class="title-group">{title}</h3>
            {groups}
            {more}
        </section>
    }
    .into_any()
}

/// What the same people changed.
#[component]
fn Group(authors: Vec<String>, changes: Vec<UnpublishedChange>) -> impl IntoView {
    let who = match authors.as_slice() {
        [] => "Who changed this is not known".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    let at = changes.iter().filter_map(|change| change.at.clone()).max();
    let at = at.map(|at| {
        view! { <span class="text-muted"><RelativeTime at /></span> }
    });
    let rows = changes
        .into_iter()
        .map(|change| view! { <Thing change /> })
        .collect_view();
    view! {
        <div class="going-live__group">
            <h4 class="going-live__who">{who} {at}</h4>
            <ul class="going-live__things">{rows}</ul>
        </div>
    }
}

#[component]
fn Thing(change: UnpublishedChange) -> impl IntoView {
    let word = match change.change {
        ThingChange::Added => "Added",
        ThingChange::Removed => "Removed",
        ThingChange::Changed => "Changed",
    };
    let details = change.details.into_iter().map(detail).collect_view();
    let more = (change.more > 0)
        .then(|| view! { <li class="text-muted">{format!("and {} more", change.more)}</li> });
    view! {
        <li class="going-live__thing">
            <div class="going-live__row">
                <span class="going-live__what">{change.title}</span>
                <span class="text-muted">{word}</span>
            </div>
            <ul class="going-live__details">{details} {more}</ul>
        </li>
    }
}

/// What a value was, and what it is now.
fn detail(detail: UnpublishedDetail) -> View {
    let UnpublishedDetail {
        what,
        before,
        after,
    } = detail;
    if before.is_none() && after.is_none() {
        return view! { <li>{what}</li> };
    }
    let value = |value: Option<String>| match value {
        Some(value) => view! { <span class="going-live__value">{value}</span> },
        None => view! { <span class="text-muted">"nothing"</span> },
    };
    view! {
        <li>
            <span class="text-muted">{what} ": "</span>
            {value(before)}
            <span class="visually-hidden">" becomes "</span>
            <span class="text-muted" aria-hidden="true">" → "</span>
            {value(after)}
        </li>
    }
}
