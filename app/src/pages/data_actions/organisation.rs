//! What Genesys Cloud has: its data actions, opened by a click, by id or by
//! name.

use api::UpstreamDataAction;
use dom::{ev::SubmitEvent, prelude::*};
use flow::EntityRef;

use super::{super::through::ThroughDefault, actions::Actions, import::in_words};
use crate::{
    client::Failure,
    components::{
        Banner, Button, ButtonKind, Dialog, Field, SearchInput, Spinner, TextInput, Tone,
    },
};

#[component]
pub(super) fn OrganisationButton() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button icon="server" on_click=move |_| open.set(true)>
            "Open from Genesys Cloud"
        </Button>
        <Dialog
            open
            title="Open from Genesys Cloud"
            wide=true
            attr:data-panel="organisation"
        >
            <Organisation />
        </Dialog>
    }
}

#[component]
fn Organisation() -> impl IntoView {
    let actions = expect_context::<Actions>();
    let answer = RwSignal::new(None::<Result<Vec<UpstreamDataAction>, Failure>>);
    let search = RwSignal::new(String::new());
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let ask = move || {
        answer.set(None);
        spawn_local(async move {
            let found = actions.client.upstream_data_actions().await;
            answer.try_set(Some(found));
        });
    };
    ask();
    let open = move |reference: EntityRef| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            match actions.client.open_data_action(reference).await {
                Ok(opened) => actions.open(opened.summary.id),
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    refused.try_set(Some(in_words(&failure)));
                }
            }
            busy.try_set(false);
        });
    };
    let open_typed = move |event: SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        let text = text.trim();
        if !text.is_empty() {
            let is_id = text.len() == 36 && text.matches('-').count() == 4;
            open(if is_id {
                EntityRef::Id(text.to_owned())
            } else {
                EntityRef::Name(text.to_owned())
            });
        }
    };
    let choose = Callback::new(move |action: UpstreamDataAction| match action.here {
        Some(here) => actions.open(here),
        None => open(EntityRef::Id(action.id)),
    });
    let list = move || match answer.get() {
        None => view! {
            <p class="action__said" role="status">
                <Spinner />
                " Asking Genesys Cloud…"
            </p>
        },
        Some(Err(failure)) => view! {
            <Banner tone=Tone::Danger>
                {failure.to_string()} " "
                <Button small=true on_click=move |_| ask()>
                    "Try again"
                </Button>
            </Banner>
        },
        Some(Ok(found)) => view! { <List found search choose /> },
    };
    view! {
        <div class="dialog__body">
            <ThroughDefault />
            <form on:submit=open_typed>
                <Field
                    label="Name or id"
                    hint="Capitals matter in a name."
                    error=refused
                >
                    <div class="action__buttons">
                        <TextInput
                            value=typed
                            on_input=move |text: String| typed.set(text)
                        />
                        <Button kind=ButtonKind::Primary submit=true busy>
                            "Open"
                        </Button>
                    </div>
                </Field>
            </form>
            <SearchInput label="Search what Genesys Cloud has" value=search />
            {list}
        </div>
    }
}

#[component]
fn List(
    found: Vec<UpstreamDataAction>,
    search: RwSignal<String>,
    choose: Callback<UpstreamDataAction>,
) -> impl IntoView {
    let count = found.len();
    let found = StoredValue::new(found);
    let rows = move || {
        let search = search.get().to_lowercase();
        let fits = |action: &UpstreamDataAction| {
            let name = action.name.to_lowercase();
            search.split_whitespace().all(|word| name.contains(word))
        };
        let found = found.get_value().into_iter().filter(fits);
        let rows = found.map(|action| {
            let note = format!(
                "v{} · {} in, {} out{}",
                action.version,
                action.inputs,
                action.outputs,
                if action.here.is_some() {
                    " · here already"
                } else {
                    ""
                }
            );
            let name = action.name.clone();
            view! {
                <li>
                    <button
                        class="action__choice"
                        type="button"
                        on:click=move |_| choose.run(action.clone())
                    >
                        <span class="truncate">{name}</span>
                        <span class="text-muted text-small">{note}</span>
                    </button>
                </li>
            }
        });
        rows.collect_view()
    };
    view! {
        <Show when=move || count == 0>
            <p class="action__said">"Genesys Cloud has no data actions."</p>
        </Show>
        <ul aria-label="Data actions in Genesys Cloud">{rows}</ul>
    }
}
