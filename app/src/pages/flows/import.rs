//! Importing a flow from a file: picked or dropped.

use dom::{
    ev::{self, DragEvent},
    html,
    prelude::*,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::actions::FlowActions;
use crate::{
    client::{Client, Failure},
    components::{Button, ButtonKind, Dialog, Icon},
};

/// Bytes of the largest file that the server takes.
const MOST_BYTES: f64 = 10.0 * 1024.0 * 1024.0;

/// The import of the page: `expect_context::<Importing>()`.
#[derive(Clone, Copy)]
pub struct Importing {
    busy: RwSignal<bool>,
    failed: RwSignal<Option<Refusal>>,
    shown: RwSignal<bool>,
    picker: NodeRef<html::Input>,
}

/// Why a file was not imported.
#[derive(Clone, Debug, PartialEq)]
struct Refusal {
    file: String,
    sentence: String,
}

impl Importing {
    /// Nothing is imported yet.
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            shown: RwSignal::new(false),
            picker: NodeRef::new(),
        }
    }

    fn pick(self) {
        if let Some(picker) = self.picker.get_untracked() {
            picker.click();
        }
    }

    fn import(self, file: File, client: Client, actions: FlowActions) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match imported(&file, client).await {
                Ok(id) => actions.open(id),
                Err(None) => {}
                Err(Some(refusal)) => {
                    self.failed.try_set(Some(refusal));
                    self.shown.try_set(true);
                }
            }
            self.busy.try_set(false);
        });
    }
}

/// The new flow's id; an error without a refusal is told elsewhere.
async fn imported(file: &File, client: Client) -> Result<String, Option<Refusal>> {
    let refusal = |sentence: String| {
        Some(Refusal {
            file: file.name(),
            sentence,
        })
    };
    if file.size() > MOST_BYTES {
        let words = "It is larger than 10 MB, the most that Patchbay takes. Export the flow alone and try again.";
        return Err(refusal(words.to_owned()));
    }
    let text = JsFuture::from(file.text())
        .await
        .ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| {
            let words = "The browser could not read it. It may have been moved or changed since it was chosen: choose it again.";
            refusal(words.to_owned())
        })?;
    match client.import_flow(text).await {
        Ok(flow) => Ok(flow.id),
        Err(Failure::SessionEnded) => Err(None),
        Err(failure) => {
            // Where the document itself is at fault, the server names the line,
            // the column and the place in it.
            let places = failure
                .problem()
                .into_iter()
                .flat_map(|problem| &problem.errors);
            let places: Vec<_> = places.map(|place| place.detail.as_str()).collect();
            let sentence = if places.is_empty() {
                failure.to_string()
            } else {
                places.join(" ")
            };
            Err(refusal(sentence))
        }
    }
}

/// Opens the file picker; also holds the dialog that says why a file was not
/// imported.
#[component]
pub fn ImportButton() -> impl IntoView {
    let importing = expect_context::<Importing>();
    let client = expect_context::<Client>();
    let actions = expect_context::<FlowActions>();
    let picked = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.item(0));
        // The same file, corrected, can be picked again.
        input.set_value("");
        if let Some(file) = file {
            importing.import(file, client, actions);
        }
    };
    view! {
        <input
            node_ref=importing.picker
            type="file"
            accept=".json,.patchbay,application/json"
            hidden
            aria-label="File to import"
            on:change=picked
        />
        <Button icon="file-up" busy=importing.busy on_click=move |_| importing.pick()>
            "Import"
        </Button>
        <Dialog open=importing.shown title="The file was not imported">
            <div class="dialog__body">
                {move || {
                    importing.failed.get().map(|refusal| view! { <RefusalText refusal /> })
                }}
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |_| importing.shown.set(false)>"Close"</Button>
                <Button
                    kind=ButtonKind::Primary
                    on_click=move |_| {
                        importing.shown.set(false);
                        importing.pick();
                    }
                >
                    "Choose another file"
                </Button>
            </footer>
        </Dialog>
    }
}

#[component]
fn RefusalText(refusal: Refusal) -> impl IntoView {
    view! {
        <p>
            <strong class="text-strong">{refusal.file}</strong>
        </p>
        <p>{refusal.sentence}</p>
        <p>"Nothing was imported."</p>
    }
}

/// Takes a file that is dropped anywhere on the page, and says so while one
/// is held over it.
#[component]
pub fn ImportDrop() -> impl IntoView {
    let importing = expect_context::<Importing>();
    let client = expect_context::<Client>();
    let actions = expect_context::<FlowActions>();
    let over = RwSignal::new(false);
    let listeners = [
        window_event_listener(ev::dragover, move |event| {
            if carries_file(&event) {
                event.prevent_default();
                over.set(true);
            }
        }),
        window_event_listener(ev::dragleave, move |event| {
            // Leaving the window has no element to go to.
            if event.related_target().is_none() {
                over.set(false);
            }
        }),
        window_event_listener(ev::drop, move |event| {
            over.set(false);
            if !carries_file(&event) {
                return;
            }
            event.prevent_default();
            let file = event
                .data_transfer()
                .and_then(|data| data.files())
                .and_then(|files| files.item(0));
            if let Some(file) = file {
                importing.import(file, client, actions);
            }
        }),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    view! {
        <Show when=move || over.get()>
            <div class="toasts" aria-hidden="true">
                <div class="toast">
                    <Icon name="file-up" />
                    <span class="toast__text">"Drop the file anywhere to import it"</span>
                </div>
            </div>
        </Show>
    }
}

fn carries_file(event: &DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|data| data.types().includes(&"Files".into(), 0))
}
