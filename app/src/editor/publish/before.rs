//! Before a publish: what will be sent, through what, and whose changes go
//! live with it.

use api::{Connection, Consumers, UnpublishedChanges};
use dom::prelude::*;

use super::{
    super::desk::Desk,
    changes::Changes,
    consumers::{self, ConsumerList},
};
use crate::components::{Banner, Select, Tone};

/// What will be sent, and through what.
#[component]
pub(super) fn Before(
    desk: Desk,
    chosen: RwSignal<Option<String>>,
    /// Whether what calls the flow would be broken.
    breaks: RwSignal<bool>,
) -> impl IntoView {
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
    let kind = move || desk.flow.with(|flow| flow.kind.title().to_lowercase());
    let what = move || {
        unpublished.with(|known| match known {
            None => "…".to_owned(),
            Some(known) => match &known.upstream_id {
                Some(id) if known.version == 0 => format!("Compared with {id} first"),
                Some(id) => format!("Version {} of {id}", known.version),
                None => format!("A new {}: it was never published there", kind()),
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
    let callers: RwSignal<Option<Result<Consumers, String>>> = RwSignal::new(None);
    consumers::look(
        desk,
        Signal::derive(move || through.get().filter(|_| is_called()).map(|one| one.id)),
        callers,
    );
    let is_broken = Memo::new(move |_| {
        callers.with(|found| matches!(found, Some(Ok(found)) if consumers::breaks(found)))
    });
    Effect::new(move |_| breaks.set(is_broken.get()));
    view! {
        // What breaks stands first.
        <Show when=move || is_broken.get()>
            <ConsumerList found=callers />
        </Show>
        <div class="rows">
            <div class="rows__row">
                {move || desk.flow.with(|flow| flow.kind.title())} <span class="rows__end">{move || desk.flow.with(|flow| flow.name.clone())}</span>
            </div>
            <div class="rows__row">"Holds" <span class="rows__end">{size}</span></div>
            <div class="rows__row">"Through" {connection}</div>
            <div class="rows__row">
                "Upstream" <span class="rows__end truncate">{what}</span>
            </div>
        </div>
        {warnings}
        {move || unpublished.get().map(|known| view! { <Changes known /> })}
        <Show when=move || is_called() && !is_broken.get()>
            <ConsumerList found=callers />
        </Show>
        <p class="text-muted">
            "It is checked, sent to Genesys Cloud and made live. What others changed there \
             is brought together with it, and never overwritten."
        </p>
    }
}
