//! Whether what is drawn is live, beside the flow's name.

use api::{PublishState, Upstream};
use dom::prelude::*;

use super::desk::Desk;
use crate::{components::Badge, live_state::live_state};

/// What is live, as the server last said, and at which state of the drawing.
#[derive(Clone, PartialEq)]
struct Known {
    upstream: Option<Upstream>,
    revision: u64,
}

/// Which version is live, and whether the flow has changed since. It is asked
/// for when the flow was opened and when a publish has ended.
#[component]
pub(super) fn Live(desk: Desk) -> impl IntoView {
    let known = RwSignal::new(None::<Known>);
    let ended = Memo::new(move |_| {
        let publish = desk.publish.get();
        publish.filter(|publish| publish.state != PublishState::Running)
    });
    Effect::new(move |_| {
        ended.track();
        let revision = desk.revision.get_untracked();
        let has_pending = desk.pending.get_untracked() > 0;
        spawn_local(async move {
            // What could not be asked is not shown; the next end asks again.
            let Ok(flow) = desk.client.flow(&desk.flow_id()).await else {
                return;
            };
            let upstream = flow.upstream.map(|upstream| Upstream {
                changed_since: upstream.changed_since || has_pending,
                ..upstream
            });
            known.try_set(Some(Known { upstream, revision }));
        });
    });
    move || {
        known.get().map(|Known { upstream, revision }| {
            let is_changed = Memo::new(move |_| desk.revision.get() != revision);
            let shown = move || {
                let upstream = upstream.clone().map(|upstream| Upstream {
                    changed_since: upstream.changed_since || is_changed.get(),
                    ..upstream
                });
                let (tone, word) = live_state(upstream.as_ref());
                view! { <Badge tone>{word}</Badge> }
            };
            view! { <span class="editor-bar__chip" data-narrow="hide" data-panel="live">{shown}</span> }
        })
    }
}
