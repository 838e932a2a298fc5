//! One connection: what it is, whether it works, changing it.

use api::{Connection, ConnectionCheck, Profile, Region};
use dom::prelude::*;

use super::{areas::Areas, connection_form::ConnectionForm, connections::Connections};
use crate::{
    client::{Client, Failure},
    components::{Badge, Banner, Button, ButtonKind, Confirm, Dialog, RelativeTime, Toasts, Tone},
};

#[component]
pub fn ConnectionCard(connection: Connection, connections: Connections) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let checking = RwSignal::new(false);
    // Of a check that passed before this page was opened, the line among the
    // facts is enough.
    let last = RwSignal::new(
        connection
            .last_check
            .as_ref()
            .map(|last| (last.check.ok, Some(last.at.clone()))),
    );
    let failed_before = connection.last_check.clone().filter(|last| !last.check.ok);
    let outcome = RwSignal::new(failed_before.map(|last| Ok::<_, Failure>(last.check)));
    let defaulting = RwSignal::new(false);
    let editing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let id = StoredValue::new(connection.id.clone());
    let name = StoredValue::new(connection.name.clone());
    let preset = connection.preset;
    let is_default = connection.is_default;

    let check = move |_| {
        checking.set(true);
        outcome.set(None);
        spawn_local(async move {
            let answer = client.check_connection(&id.get_value()).await;
            if let Ok(check) = &answer {
                last.try_set(Some((check.ok, None)));
            }
            outcome.try_set(Some(answer));
            checking.try_set(false);
        });
    };
    let make_default = move |_| {
        defaulting.set(true);
        spawn_local(async move {
            let answer = client.make_default(&id.get_value()).await;
            defaulting.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("“{}” is the default now.", name.get_value()));
                    connections.refetch();
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("Nothing was changed. {failure}")),
            }
        });
    };
    let remove = move |()| {
        removing.set(true);
        spawn_local(async move {
            let answer = client.remove_connection(&id.get_value()).await;
            removing.try_set(false);
            asking.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("“{}” was removed.", name.get_value()));
                    connections.refetch();
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    toasts.danger(format!("“{}” was not deleted. {failure}", name.get_value()));
                }
            }
        });
    };
    let secret = match connection.secret_hint.as_str() {
        "" => "Set".to_owned(),
        hint => format!("Ends in {hint}"),
    };
    let region = Region::at(&connection.api_url, &connection.oauth_url);
    let scopes = if connection.scopes.is_empty() {
        "All that the client has".to_owned()
    } else {
        connection.scopes.join(" ")
    };
    let to_edit = StoredValue::new(connection.clone());
    view! {
        <section class="card" aria-label=connection.name.clone()>
            <header class="card__head">
                <h3 class="card__title">{connection.name.clone()}</h3>
                {connection.is_default.then(|| view! { <Badge tone=Tone::Accent>"Default"</Badge> })}
                {preset.then(|| view! { <Badge>"Preset"</Badge> })}
                {connection
                    .secret_is_due
                    .then(|| view! { <Badge tone=Tone::Warning>"Replace the secret"</Badge> })}
            </header>
            <dl class="facts">
                {region
                    .map(|region| {
                        view! {
                            <dt>"Region"</dt>
                            <dd>{region.name}</dd>
                        }
                    })}
                <dt>"Profile"</dt>
                <dd>{profile_words(connection.profile)}</dd>
                <dt>"API address"</dt>
                <dd class="mono">{connection.api_url}</dd>
                <dt>"Sign-in address"</dt>
                <dd class="mono">{connection.oauth_url}</dd>
                <dt>"Client ID"</dt>
                <dd class="mono">{connection.client_id}</dd>
                <dt>"Client secret"</dt>
                <dd>{secret} ", set " <RelativeTime at=connection.secret_set_at in_sentence=true /></dd>
                <dt>"Scopes"</dt>
                <dd>{scopes}</dd>
                <dt>"Last check"</dt>
                <dd>
                    {move || match last.get() {
                        None => view! { "Not checked since it was set up" }.into_any(),
                        Some((ok, at)) => {
                            view! {
                                {if ok { "Passed " } else { "Failed " }}
                                {match at {
                                    Some(at) => view! { <RelativeTime at in_sentence=true /> }.into_any(),
                                    None => view! { "just now" }.into_any(),
                                }}
                            }
                                .into_any()
                        }
                    }}
                </dd>
            </dl>
            {connection
                .secret_is_due
                .then(|| {
                    view! {
                        <div class="card__foot">
                            <Banner tone=Tone::Warning>
                                <p>
                                    "The secret is older than 90 days. Make a second one in Genesys Cloud and enter it here: it is tried before it takes the place of the old one, so that no call fails."
                                </p>
                            </Banner>
                        </div>
                    }
                })}
            {move || outcome.get().map(|outcome| view! { <Outcome outcome /> })}
            <footer class="card__foot">
                <Button icon="plug" busy=checking on_click=check>
                    "Check"
                </Button>
                {(!is_default)
                    .then(|| {
                        view! {
                            <Button busy=defaulting on_click=make_default>
                                "Make default"
                            </Button>
                        }
                    })}
                {(!preset)
                    .then(|| {
                        view! {
                            <Button icon="pencil" on_click=move |_| editing.set(true)>
                                "Edit"
                            </Button>
                            <Button kind=ButtonKind::Ghost on_click=move |_| asking.set(true)>
                                "Delete"
                            </Button>
                        }
                    })}
                {preset
                    .then(|| {
                        view! {
                            <p class="text-muted text-small">
                                "It comes from how Patchbay was started, and is changed there."
                            </p>
                        }
                    })}
            </footer>
            <Dialog open=editing title="Edit the connection">
                <ConnectionForm open=editing connections connection=to_edit.get_value() />
            </Dialog>
            <Confirm
                open=asking
                title=format!("Delete “{}”?", name.get_value())
                text="Its secret is erased here and flows can no longer be published through it. Nothing changes in Genesys Cloud."
                action="Delete connection"
                busy=removing
                on_confirm=remove
            />
        </section>
    }
}

/// What a connection speaks.
pub(super) fn profile_words(profile: Profile) -> &'static str {
    match profile {
        Profile::Direct => "Direct: flows, data actions and contacts as JSON",
    }
}

/// What trying a connection showed.
#[component]
fn Outcome(outcome: Result<ConnectionCheck, Failure>) -> impl IntoView {
    let (tone, title, text, areas) = match outcome {
        Ok(check) if check.ok => (Tone::Success, check.sentence, check.next_step, check.areas),
        Ok(check) if !check.areas.is_empty() => {
            (Tone::Warning, check.sentence, check.next_step, check.areas)
        }
        Ok(check) => (Tone::Danger, check.sentence, check.next_step, check.areas),
        Err(failure) => (
            Tone::Danger,
            "The connection was not checked.".to_owned(),
            Some(failure.to_string()),
            Vec::new(),
        ),
    };
    view! {
        <div class="card__foot">
            <Banner tone title>
                {text.map(|text| view! { <p>{text}</p> })}
            </Banner>
        </div>
        {(!areas.is_empty()).then(|| view! { <Areas areas /> })}
    }
}
