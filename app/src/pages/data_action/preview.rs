//! The JSON that would be sent, live.

use dom::prelude::*;
use flow::{Stamp, data_action::generate};

use super::desk::ActionDesk;
use crate::{components::Button, editor::json};

/// Characters of a line that are shown; the script is one line in base64.
const SHOWN: usize = 400;

#[component]
pub(super) fn Preview(desk: ActionDesk) -> impl IntoView {
    let text = Memo::new(move |_| {
        let stamp = desk.summary.with(|summary| {
            let upstream = summary.upstream.as_ref();
            Stamp {
                upstream_id: upstream.map(|upstream| upstream.id.clone()),
                version: upstream.map_or(1, |upstream| upstream.version),
                last_modified: summary.changed_at.clone(),
            }
        });
        desk.action.with(|action| generate(action, &stamp).text)
    });
    let request = move || {
        let id = desk.summary.with(|summary| {
            summary
                .upstream
                .as_ref()
                .map(|upstream| upstream.id.clone())
        });
        match id {
            Some(id) => ("PUT", format!("/api/v2/tasks/dataactions/{id}")),
            None => ("POST", "/api/v2/tasks/dataactions".to_owned()),
        }
    };
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        let written = clipboard.write_text(&text.get_untracked());
        spawn_local(async move {
            match wasm_bindgen_futures::JsFuture::from(written).await {
                Ok(_) => desk.toasts.success("The JSON is on the clipboard."),
                Err(_) => desk
                    .toasts
                    .danger("This browser did not let the JSON onto the clipboard."),
            }
        });
    };
    let lines = move || {
        let text = text.get();
        let lines = text.split('\n').enumerate();
        lines
            .map(|(index, line)| {
                let end = line.char_indices().nth(SHOWN).map(|(end, _)| end);
                let rest = end.map(|end| {
                    let left = line.len() - end;
                    view! { <span class="text-muted">{format!("… and {left} more")}</span> }
                });
                let parts = coloured(line.get(..end.unwrap_or(line.len())).unwrap_or_default());
                view! {
                    <span class="json__line" data-line=(index + 1).to_string()>
                        {parts}
                        {rest}
                    </span>
                }
            })
            .collect_view()
    };
    view! {
        <div class="action__scroll" data-panel="preview">
            <div class="preview__head">
                <span class="badge">{move || request().0}</span>
                <code class="preview__request">{move || request().1}</code>
                <span>{move || format!("{} bytes", text.with(String::len))}</span>
                <Button small=true icon="copy" on_click=copy>
                    "Copy"
                </Button>
            </div>
            <pre class="json" tabindex="0" aria-label="JSON that will be sent">
                {lines}
            </pre>
        </div>
    }
}

fn coloured(line: &str) -> View {
    let parts = json::parts(line).into_iter().map(|(part, piece)| {
        let piece = piece.to_owned();
        match part {
            json::Part::Space => piece.into_view(),
            part => view! { <span class=part.class()>{piece}</span> },
        }
    });
    parts.collect_view().into_view()
}
