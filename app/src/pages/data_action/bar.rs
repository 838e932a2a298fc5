//! The bar above the editor of a data action.

use api::{PublishState, UploadedAction};
use dom::prelude::*;

use super::{desk::ActionDesk, upload::UploadButton};
use crate::{
    components::{Badge, Icon, IconButton, Spinner, Tone},
    download::download_data_action,
};

#[component]
pub(super) fn Bar(desk: ActionDesk) -> impl IntoView {
    let name = move || desk.action.with(|action| action.name.clone());
    let download = move |_| {
        let name = desk.action.with_untracked(|action| action.name.clone());
        download_data_action(desk.client, desk.toasts, desk.id.get_value(), name);
    };
    view! {
        <header class="action__bar" data-panel="bar">
            <a
                class="button button--ghost button--icon"
                href="/data-actions"
                aria-label="Back to data actions"
                data-tooltip="Back to data actions"
            >
                <Icon name="arrow-left" />
            </a>
            <h1 class="action__title truncate">{name}</h1>
            <Upstream desk />
            <Saved desk />
            <span class="editor-bar__spacer"></span>
            <IconButton icon="file-down" label="Download file" on_click=download />
            <UploadButton desk />
        </header>
    }
}

/// Whether what a person did is on the server.
#[component]
fn Saved(desk: ActionDesk) -> impl IntoView {
    let said = Memo::new(move |_| desk.saving.state.with(super::saving::SaveState::said));
    view! {
        <span
            class="save-state"
            role="status"
            data-state=move || said.get().0
            data-panel="save-state"
        >
            {move || match said.get().1 {
                Some(icon) => view! { <Icon name=icon /> },
                None => view! { <Spinner /> },
            }}
            {move || said.get().2}
        </span>
    }
}

/// The colour and the word for the life of a data action upstream.
pub(in crate::pages) fn upstream_state(
    upstream: Option<&UploadedAction>,
    upload: Option<&PublishState>,
    is_changed_here: bool,
) -> (Tone, String) {
    if matches!(upload, Some(PublishState::Running)) {
        return (Tone::Info, "Uploading".to_owned());
    }
    if matches!(upload, Some(PublishState::Failed { .. })) {
        return (Tone::Danger, "Upload failed".to_owned());
    }
    match upstream {
        None => (Tone::Neutral, "Not uploaded".to_owned()),
        Some(upstream) if upstream.changed_since || is_changed_here => (
            Tone::Warning,
            format!("Changed since v{}", upstream.version),
        ),
        Some(upstream) => (Tone::Success, format!("Uploaded v{}", upstream.version)),
    }
}

#[component]
fn Upstream(desk: ActionDesk) -> impl IntoView {
    let state = Memo::new(move |_| {
        let is_changed_here = desk.saving.pending() > 0;
        desk.summary.with(|summary| {
            upstream_state(
                summary.upstream.as_ref(),
                summary.upload.as_ref(),
                is_changed_here,
            )
        })
    });
    let id = move || {
        let upstream = desk.summary.with(|summary| summary.upstream.clone());
        upstream.map(|upstream| format!("Id {} in Genesys Cloud", upstream.id))
    };
    view! {
        <Badge tone=Signal::derive(move || state.get().0) dot=true attr:title=id>
            {move || state.get().1}
        </Badge>
    }
}

#[cfg(test)]
mod tests {
    use api::{Failure, PublishState, UploadedAction};

    use super::upstream_state;

    #[test]
    fn what_is_under_way_or_failed_is_said_before_what_is_there() {
        let there = |changed_since| UploadedAction {
            id: "u".to_owned(),
            version: 2,
            uploaded_at: None,
            changed_since,
        };
        let failed = PublishState::Failed {
            failure: Failure {
                code: String::new(),
                sentence: String::new(),
                next_step: String::new(),
                correlation_id: None,
                problems: Vec::new(),
            },
        };
        for (upstream, upload, changed_here, expected) in [
            (None, None, false, "Not uploaded"),
            (None, Some(PublishState::Running), false, "Uploading"),
            (Some(there(false)), None, false, "Uploaded v2"),
            (Some(there(false)), None, true, "Changed since v2"),
            (Some(there(true)), None, false, "Changed since v2"),
            (Some(there(true)), Some(failed), false, "Upload failed"),
        ] {
            let (_, word) = upstream_state(upstream.as_ref(), upload.as_ref(), changed_here);
            assert_eq!(word, expected);
        }
    }
}
