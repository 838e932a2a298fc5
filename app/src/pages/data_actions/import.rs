//! Importing a data action from a file: Patchbay's own, or the JSON as it goes
//! over the wire.

use dom::{ev, html, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::actions::Actions;
use crate::{
    client::Failure,
    components::{Button, Dialog},
};

/// Bytes of the largest file that the server takes.
const MOST_BYTES: f64 = 10.0 * 1024.0 * 1024.0;

/// Opens the file picker; also holds the dialog that says why a file was not
/// imported.
#[component]
pub(super) fn ImportButton() -> impl IntoView {
    let actions = expect_context::<Actions>();
    let picker: NodeRef<html::Input> = NodeRef::new();
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let picked = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.item(0));
        // The same file, corrected, can be picked again.
        input.set_value("");
        let Some(file) = file.filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match imported(&file, actions).await {
                Ok(id) => actions.open(id),
                Err(None) => {}
                Err(Some(why)) => {
                    refused.try_set(format!("{}: {why}", file.name()));
                    shown.try_set(true);
                }
            }
            busy.try_set(false);
        });
    };
    let pick = move |_| {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    view! {
        <input
            node_ref=picker
            type="file"
            accept=".json,application/json"
            hidden
            aria-label="File to import"
            on:change=picked
        />
        <Button icon="file-up" busy on_click=pick>
            "Import"
        </Button>
        <Dialog open=shown title="The file was not imported">
            <div class="dialog__body">
                <p>{refused}</p>
                <p>"Nothing was imported."</p>
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |_| shown.set(false)>"Close"</Button>
            </footer>
        </Dialog>
    }
}

/// The new one's id; an error without words is told elsewhere.
async fn imported(file: &File, actions: Actions) -> Result<String, Option<String>> {
    if file.size() > MOST_BYTES {
        return Err(Some(
            "It is larger than 10 MB, the most that Patchbay takes.".to_owned(),
        ));
    }
    let text = JsFuture::from(file.text()).await.ok();
    let text = text
        .and_then(|text| text.as_string())
        .ok_or_else(|| Some("The browser could not read it. Choose it again.".to_owned()))?;
    match actions.client.import_data_action(text).await {
        Ok(made) => Ok(made.summary.id),
        Err(Failure::SessionEnded) => Err(None),
        Err(failure) => Err(Some(in_words(&failure))),
    }
}

/// Where the document itself is at fault, the server names the place in it.
pub(super) fn in_words(failure: &Failure) -> String {
    let places = failure.problem().into_iter();
    let places = places.flat_map(|problem| &problem.errors);
    let places: Vec<_> = places.map(|place| place.detail.as_str()).collect();
    if places.is_empty() {
        failure.to_string()
    } else {
        places.join(" ")
    }
}
