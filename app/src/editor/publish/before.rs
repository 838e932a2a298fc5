//! Before a publish: what will be sent, through what, and whose changes go
//! live with it.

use api::{Connection, UnpublishedChanges};
use dom::prelude::*;

use super::{super::desk::Desk, consumers::ConsumerList};
use crate::components::{Banner, RelativeTime, Select, Tone};

/// What will be sent, and through what.
#[component]
pub(super) fn Before(desk: Desk, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let known: RwSignal<Option<Vec<Connection>>> = RwSignal::new(None);
    let unpublished: RwSignal<Option<UnpublishedChanges>> = RwSignal::new(None);
    spawn_local(async move {
        // Who may not read connections still publishes through the default one.
        let found = desk.client.connections().await.unwrap_or_default();
        known.try_set(Some(found));
    });
    let through = Memo::new(move |_| {
        known.with(|known| {
            let known = known.as_ref()?;
            let chosen = chosen.get();
            let named = known.iter().find(|one| Some(&one.id) == chosen.as_ref());
            let default = || known.iter().find(|one| one.is_default).or(known.first());
            named.or_else(default).cloned()
        })
    });
    Effect::new(move |_| {
        let Some(connection) = through.get() else {
            return;
        };
        // What comes late is not of the connection that is chosen by then.
        let is_still = move |id: &str| {
            through
                .try_with_untracked(|now| now.as_ref().is_some_and(|now| now.id == id))
                .unwrap_or_default()
        };
        spawn_local(async move {
            let found = desk
                .client
                .unpublished(&desk.flow_id(), &connection.id)
                .await;
            if let (Ok(found), true) = (found, is_still(&connection.id)) {
                unpublished.try_set(Some(found));
            }
        });
    });
    let connection = move || {
        let known = known.get().unwrap_or_default();
        if known.len() < 2 {
            let words = match (through.get(), known.is_empty()) {
                (Some(connection), _) => format!("{} ({})", connection.name, connection.api_url),
                (None, true) => "The default Genesys connection".to_owned(),
                (None, false) => "…".to_owned(),
            };
            return view! { <span class="rows__end truncate">{words}</span> }.into_any();
        }
        let options: Vec<_> = known
            .into_iter()
            .map(|one| (one.id, format!("{} ({})", one.name, one.api_url)))
            .collect();
        let value = Signal::derive(move || through.get().map(|one| one.id).unwrap_or_default());
        view! {
            <span class="rows__end">
                <Select
                    label="Genesys connection to publish through"
                    value
                    on_change=move |id| chosen.set(Some(id))
                    options=Signal::stored(options)
                />
            </span>
        }
        .into_any()
    };
    let what = move || {
        unpublished.with(|known| match known {
            None => "…".to_owned(),
            Some(known) => match &known.upstream_id {
                Some(id) if known.version == 0 => format!("Compared with {id} first"),
                Some(id) => format!("Version {} of {id}", known.version),
                None => "A new flow: it was never published there".to_owned(),
            },
        })
    };
    let size = move || {
        let nodes = desk.flow.with(|flow| flow.nodes);
        if nodes == 1 {
            "1 node".to_owned()
        } else {
            format!("{nodes} nodes")
        }
    };
    // Only modules and shared flows have callers.
    let is_called = move || desk.flow.with(|flow| flow.kind.entity().is_some());
    let warnings = move || {
        let warnings = desk.problems.with(|problems| problems.warnings());
        (warnings > 0).then(|| {
            let words = if warnings == 1 {
                "One warning stays. It does not stand in the way.".to_owned()
            } else {
                format!("{warnings} warnings stay. They do not stand in the way.")
            };
            view! { <Banner tone=Tone::Warning>{words}</Banner> }
        })
    };
    view! {
        <div class="rows">
            <div class="rows__row">
                "Flow" <span class="rows__end">{move || desk.flow.with(|flow| flow.name.clone())}</span>
            </div>
            <div class="rows__row">"Holds" <span class="rows__end">{size}</span></div>
            <div class="rows__row">"Through" {connection}</div>
            <div class="rows__row">
                "Upstream" <span class="rows__end truncate">{what}</span>
            </div>
        </div>
        {warnings}
        {move || unpublished.get().map(|known| view! { <Changes known /> })}
        <Show when=is_called>
            <ConsumerList
                desk
                connection=Signal::derive(move || through.get().map(|one| one.id))
            />
        </Show>
        <p class="text-muted">
            "The flow is checked, sent to Genesys Cloud and made live. What others changed there \
             is brought together with it, and never overwritten."
        </p>
    }
}

/// Whose changes go live.
#[component]
fn Changes(known: UnpublishedChanges) -> impl IntoView {
    if known.changes.is_empty() {
        let words = match known.upstream_id {
            Some(_) => "Nothing was changed here since it was last published.",
            None => "Nobody has changed it since it was made.",
        };
        return view! { <p class="text-muted">{words}</p> }.into_any();
    }
    let count = known.changes.len() as u64 + known.more;
    let title = match count {
        1 => "1 change goes live".to_owned(),
        count => format!("{count} changes go live"),
    };
    let rows = known
        .changes
        .into_iter()
        .map(|change| {
            view! {
                <li class="going-live__row">
                    <span class="going-live__what">{change.label}</span>
                    <span class="text-muted">{change.author}</span>
                    <span class="text-muted"><RelativeTime at=change.at /></span>
                </li>
            }
        })
        .collect_view();
    let more = (known.more > 0).then(|| {
        view! { <li class="text-muted">{format!("and {} more before these", known.more)}</li> }
    });
    view! {
        <section class="going-live" aria-label=title.clone()>
            <h3 class="title-group">{title}</h3>
            <ul class="going-live__list" tabindex="0">{rows} {more}</ul>
        </section>
    }
    .into_any()
}
