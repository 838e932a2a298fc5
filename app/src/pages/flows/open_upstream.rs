//! Opening what exists in Genesys Cloud only: from a list of what a connection
//! has, by name, or by id.

use api::{Connection, OpenUpstream, UpstreamEntry, UpstreamKind, Which};
use dom::prelude::*;

use super::{super::through::ThroughDefault, actions::FlowActions};
use crate::{
    client::{Client, Failure},
    components::{
        Banner, Button, ButtonKind, Dialog, Field, Segment, Segments, Select, TextInput, Tone,
    },
};

/// Entries that the list shows; a name or an id finds the others.
const SHOWN: usize = 200;

/// What the dialog holds while it is open.
#[derive(Clone, Copy)]
struct Opening {
    open: RwSignal<bool>,
    connections: RwSignal<Option<Vec<Connection>>>,
    connection: RwSignal<Option<String>>,
    entries: RwSignal<Option<Result<Vec<UpstreamEntry>, Failure>>>,
    /// What is looked for in the list: words of a name, or an id.
    wanted: RwSignal<String>,
    kind: RwSignal<UpstreamKind>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
    client: Client,
    actions: FlowActions,
}

impl Opening {
    fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            connections: RwSignal::new(None),
            connection: RwSignal::new(None),
            entries: RwSignal::new(None),
            wanted: RwSignal::new(String::new()),
            kind: RwSignal::new(UpstreamKind::Flow),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            client: expect_context(),
            actions: expect_context(),
        }
    }

    fn begin(self) {
        self.wanted.set(String::new());
        self.failed.set(None);
        self.open.set(true);
        spawn_local(async move {
            let found = self.client.connections().await.unwrap_or_default();
            let known = found
                .iter()
                .any(|one| Some(&one.id) == self.connection.get_untracked().as_ref());
            if !known {
                let default = found.iter().find(|one| one.is_default).or(found.first());
                self.connection.try_set(default.map(|one| one.id.clone()));
            }
            self.connections.try_set(Some(found));
            self.look();
        });
    }

    /// Asks what the connection has.
    fn look(self) {
        self.entries.set(None);
        let Some(connection) = self.connection.get_untracked() else {
            self.entries.set(Some(Ok(Vec::new())));
            return;
        };
        spawn_local(async move {
            let answer = self.client.upstream(&connection).await;
            if self.connection.try_get_untracked().flatten() == Some(connection) {
                self.entries.try_set(Some(answer));
            }
        });
    }

    fn open_entry(self, kind: UpstreamKind, which: Which) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        let body = OpenUpstream {
            connection: self.connection.get_untracked(),
            kind,
            which,
        };
        spawn_local(async move {
            let answer = self.client.open_upstream(&body).await;
            self.busy.try_set(false);
            match answer {
                Ok(flow) => {
                    self.open.try_set(false);
                    self.actions.open(flow.id);
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    self.failed.try_set(Some(failure.in_words()));
                }
            }
        });
    }

    /// Opens what was typed: an id where it looks like one, else a name.
    fn open_typed(self) {
        let text = self.wanted.get_untracked().trim().to_owned();
        if text.is_empty() {
            self.failed.set(Some(
                "Choose one from the list, or enter its name or id.".to_owned(),
            ));
            return;
        }
        let which = if is_id(&text) {
            Which::Id(text)
        } else {
            Which::Name(text)
        };
        self.open_entry(self.kind.get_untracked(), which);
    }
}

/// Opens the dialog, and holds it.
#[component]
pub fn OpenUpstreamButton() -> impl IntoView {
    let opening = Opening::new();
    let choices = Signal::derive(move || {
        let known = opening.connections.get().unwrap_or_default();
        known
            .into_iter()
            .map(|one| (one.id, one.name))
            .collect::<Vec<_>>()
    });
    let connection = Signal::derive(move || opening.connection.get().unwrap_or_default());
    let several = move || {
        opening
            .connections
            .with(|known| known.as_ref().is_some_and(|known| known.len() > 1))
    };
    view! {
        <Button icon="external-link" on_click=move |_| opening.begin()>"Open from Genesys…"</Button>
        <Dialog open=opening.open title="Open from Genesys" wide=true busy=opening.busy attr:data-panel="open-upstream">
            <div class="dialog__body upstream">
                {move || opening.failed.get().map(|words| view! { <Banner tone=Tone::Danger>{words}</Banner> })}
                <Show when=several fallback=|| view! { <ThroughDefault /> }>
                    <Field label="Connection">
                        <Select
                            value=connection
                            on_change=move |id| {
                                opening.connection.set(Some(id));
                                opening.look();
                            }
                            options=choices
                        />
                    </Field>
                </Show>
                <Segments
                    label="What to open"
                    value=opening.kind
                    on_change=move |kind| opening.kind.set(kind)
                    segments=vec![
                        Segment { value: UpstreamKind::Flow, label: "Flows", icon: None },
                        Segment { value: UpstreamKind::Module, label: "Modules", icon: None },
                    ]
                />
                <Field label="Name or id">
                    <TextInput
                        value=opening.wanted
                        on_input=move |text| {
                            opening.failed.set(None);
                            opening.wanted.set(text);
                        }
                        autofocus=true
                    />
                </Field>
                <Entries opening />
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |_| opening.open.set(false)>"Cancel"</Button>
                <Button
                    kind=ButtonKind::Primary
                    busy=opening.busy
                    on_click=move |_| opening.open_typed()
                    attr:data-action="open-upstream"
                >
                    "Open"
                </Button>
            </footer>
        </Dialog>
    }
}

/// What the connection has of what is wanted.
#[component]
fn Entries(opening: Opening) -> impl IntoView {
    move || match opening.entries.get() {
        None => view! { <p class="text-muted" role="status">"Asking Genesys what it has…"</p> }
            .into_any(),
        Some(Err(failure)) => view! {
            <Banner tone=Tone::Warning title="The list could not be read">
                {failure.to_string()}
            </Banner>
        }
        .into_any(),
        Some(Ok(entries)) => {
            let (kind, wanted) = (opening.kind.get(), opening.wanted.get());
            let found: Vec<_> = entries
                .into_iter()
                .filter(|entry| entry.kind == kind && fits(entry, &wanted))
                .collect();
            if found.is_empty() {
                let what = match kind {
                    UpstreamKind::Flow => "flow",
                    UpstreamKind::Module => "module",
                };
                let words = if wanted.trim().is_empty() {
                    format!("There is no {what} there yet.")
                } else {
                    format!("No {what} there is called so.")
                };
                return view! { <p class="text-muted" role="status">{words}</p> }.into_any();
            }
            let more = found.len().saturating_sub(SHOWN);
            let rows = found
                .into_iter()
                .take(SHOWN)
                .map(|entry| view! { <Entry opening entry /> })
                .collect_view();
            view! {
                <ul class="upstream__list" aria-label="What is in Genesys">{rows}</ul>
                {(more > 0).then(|| view! {
                    <p class="text-muted">{format!("and {more} more: type a part of the name")}</p>
                })}
            }
            .into_any()
        }
    }
}

#[component]
fn Entry(opening: Opening, entry: UpstreamEntry) -> impl IntoView {
    let UpstreamEntry {
        kind,
        title,
        id,
        name,
        version,
        flow,
    } = entry;
    let about = format!("{title}, version {version}");
    let shown = if name.is_empty() {
        "Without a name".to_owned()
    } else {
        name
    };
    let open_id = id.clone();
    view! {
        <li>
            <button
                class="upstream__entry"
                type="button"
                on:click=move |_| opening.open_entry(kind, Which::Id(open_id.clone()))
            >
                <span class="upstream__name">
                    {shown} " " <code class="upstream__id">{id}</code>
                </span>
                <span class="text-muted text-small">{about}</span>
                <span class="text-muted text-small">
                    {flow.is_some().then_some("Already here")}
                </span>
            </button>
        </li>
    }
}

fn fits(entry: &UpstreamEntry, wanted: &str) -> bool {
    let name = entry.name.to_lowercase();
    let wanted = wanted.to_lowercase();
    wanted
        .split_whitespace()
        .all(|word| name.contains(word) || entry.id.contains(word))
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}
