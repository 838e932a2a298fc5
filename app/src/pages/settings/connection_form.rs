//! Making and changing a connection.

use api::{Connection, ConnectionDraft, Region};
use dom::{ev::SubmitEvent, prelude::*};

use super::connections::Connections;
use crate::{
    client::{Client, Failure},
    components::{
        Banner, Button, ButtonKind, Field, PasswordInput, Select, TextInput, Toasts, Tone,
    },
};

#[component]
pub fn ConnectionForm(
    /// The dialog that the form is in; closed when it is done.
    open: RwSignal<bool>,
    /// Loaded again when it is done.
    connections: Connections,
    /// The connection to change; without one, one is made.
    #[prop(optional)]
    connection: Option<Connection>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let existing = connection.as_ref().map(|connection| connection.id.clone());
    let is_new = existing.is_none();
    let text = |read: fn(&Connection) -> &String| {
        RwSignal::new(connection.as_ref().map(read).cloned().unwrap_or_default())
    };
    let name = text(|connection| &connection.name);
    let api_url = text(|connection| &connection.api_url);
    let oauth_url = text(|connection| &connection.oauth_url);
    let client_id = text(|connection| &connection.client_id);
    let place = RwSignal::new(Place::of(connection.as_ref()));
    let scopes = RwSignal::new(
        connection
            .as_ref()
            .map(|connection| connection.scopes.join(" "))
            .unwrap_or_default(),
    );
    let secret = RwSignal::new(String::new());
    // Only the first is the default without being asked.
    let is_first = connections.with(|known| matches!(known, Some(Ok(known)) if known.is_empty()));
    let is_default = RwSignal::new(match &connection {
        Some(connection) => connection.is_default,
        None => is_first,
    });
    let profile = connection
        .as_ref()
        .map(|connection| connection.profile)
        .unwrap_or_default();
    let secret_hint = connection
        .as_ref()
        .map(|connection| {
            format!(
                "Leave empty to keep the one that ends in {}. A new one is tried first, and takes its place only if it works.",
                connection.secret_hint
            )
        })
        .unwrap_or_else(|| "It is kept sealed and never shown again.".to_owned());

    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let missing = move |value: RwSignal<String>, words: &str| {
        value
            .with(|value| value.trim().is_empty())
            .then(|| words.to_owned())
    };
    let name_problem = move || missing(name, "Give the connection a name.");
    let api_problem = move || match place.get() {
        Place::Elsewhere => missing(api_url, "Enter the address of the API."),
        Place::Region(_) => None,
    };
    let id_problem = move || missing(client_id, "Enter the OAuth client's ID.");
    let secret_problem = move || {
        if is_new {
            missing(secret, "Enter the OAuth client's secret.")
        } else {
            None
        }
    };
    let shown = move |own: Option<String>, pointer: &str| {
        let refused = refused.with(|refused| refused.as_ref()?.about_or_within(pointer));
        refused.or_else(|| own.filter(|_| tried.get()))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        refused.set(None);
        let complete = untrack(|| {
            name_problem().is_none()
                && api_problem().is_none()
                && id_problem().is_none()
                && secret_problem().is_none()
        });
        if !complete || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let trimmed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let given = |value: String| (!value.is_empty()).then_some(value);
        let (api_url, oauth_url) = match place.get_untracked() {
            Place::Region(region) => (region.api_url(), Some(region.oauth_url())),
            Place::Elsewhere => (trimmed(api_url), given(trimmed(oauth_url))),
        };
        let asked_for = scopes.get_untracked();
        let draft = ConnectionDraft {
            name: trimmed(name),
            api_url,
            oauth_url,
            scopes: asked_for.split_whitespace().map(str::to_owned).collect(),
            client_id: trimmed(client_id),
            client_secret: given(secret.get_untracked()),
            is_default: is_default.get_untracked(),
        };
        let existing = existing.clone();
        spawn_local(async move {
            let answer = match &existing {
                Some(id) => client.change_connection(id, &draft).await,
                None => client.add_connection(&draft).await,
            };
            busy.try_set(false);
            match answer {
                Ok(saved) => {
                    open.try_set(false);
                    toasts.success(format!(
                        "“{}” was saved. Check it to see whether it works.",
                        saved.name
                    ));
                    connections.refetch();
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused.get()?;
        let in_fields = [
            "/name",
            "/apiUrl",
            "/oauthUrl",
            "/clientId",
            "/clientSecret",
            "/scopes",
        ];
        (failure != Failure::SessionEnded && !failure.is_within_only(&in_fields)).then(|| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    view! {
        <form novalidate on:submit=submit>
            <div class="dialog__body">
                {banner}
                <Field label="Name" error=Signal::derive(move || shown(name_problem(), "/name"))>
                    <TextInput value=name on_input=move |text| name.set(text) autofocus=true />
                </Field>
                <p class="field text-small">
                    <span class="field__label">"Profile"</span>
                    <span class="text-muted">{super::connection_card::profile_words(profile)}</span>
                </p>
                <Field
                    label="Region"
                    hint=Signal::derive(move || match place.get() {
                        Place::Region(region) => {
                            format!("Calls go to api.{0}, tokens come from login.{0}.", region.domain)
                        }
                        Place::Elsewhere => {
                            "For what is in none of the regions, such as a gateway or a sandbox.".to_owned()
                        }
                    })
                >
                    <Select
                        value=Signal::derive(move || place.get().value().to_owned())
                        on_change=move |value: String| {
                            place.set(Place::named(&value));
                            // What is asked for now was not asked for before.
                            tried.set(false);
                        }
                        options=Signal::stored(Place::options())
                    />
                </Field>
                <Show when=move || place.get() == Place::Elsewhere>
                    <Addresses
                        api_url
                        oauth_url
                        api_error=Signal::derive(move || shown(api_problem(), "/apiUrl"))
                        oauth_error=Signal::derive(move || shown(None, "/oauthUrl"))
                    />
                </Show>
                <Field
                    label="Client ID"
                    error=Signal::derive(move || shown(id_problem(), "/clientId"))
                >
                    <TextInput
                        value=client_id
                        on_input=move |text| client_id.set(text)
                        code=true
                    />
                </Field>
                <Field
                    label="Client secret"
                    hint=secret_hint
                    error=Signal::derive(move || shown(secret_problem(), "/clientSecret"))
                >
                    <PasswordInput value=secret what="secret" autocomplete="off" />
                </Field>
                <Field
                    label="Scopes"
                    hint="What tokens are asked for, separated by blanks. Empty asks for all that the client has."
                    optional=true
                    error=Signal::derive(move || shown(None, "/scopes"))
                >
                    <TextInput value=scopes on_input=move |text| scopes.set(text) code=true />
                </Field>
                <div class="field">
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=is_default
                            on:change=move |event| is_default.set(event_target_checked(&event))
                        />
                        "Make it the default: what names no other connection goes through it"
                    </label>
                </div>
            </div>
            <footer class="dialog__foot">
                <Button disabled=busy on_click=move |_| open.set(false)>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Primary submit=true busy>
                    "Save connection"
                </Button>
            </footer>
        </form>
    }
}

/// Where Genesys Cloud is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In one of its regions.
    Region(Region),
    /// At addresses that are written out.
    Elsewhere,
}

impl Place {
    /// The place of a connection; of a new one, the first region.
    fn of(connection: Option<&Connection>) -> Self {
        let Some(connection) = connection else {
            return Region::ALL
                .into_iter()
                .next()
                .map_or(Self::Elsewhere, Self::Region);
        };
        Region::at(&connection.api_url, &connection.oauth_url).map_or(Self::Elsewhere, Self::Region)
    }

    fn value(self) -> &'static str {
        match self {
            Self::Region(region) => region.domain,
            Self::Elsewhere => "",
        }
    }

    fn named(value: &str) -> Self {
        Region::ALL
            .into_iter()
            .find(|region| region.domain == value)
            .map_or(Self::Elsewhere, Self::Region)
    }

    fn options() -> Vec<(String, String)> {
        let regions = Region::ALL.into_iter().map(|region| {
            let words = format!("{} ({})", region.name, region.domain);
            (region.domain.to_owned(), words)
        });
        let elsewhere = (String::new(), "Other address…".to_owned());
        regions.chain(std::iter::once(elsewhere)).collect()
    }
}

/// The addresses of what is in no region.
#[component]
fn Addresses(
    api_url: RwSignal<String>,
    oauth_url: RwSignal<String>,
    api_error: Signal<Option<String>>,
    oauth_error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <Field
            label="API address"
            hint="For example https://api.mypurecloud.ie"
            error=api_error
        >
            <TextInput
                value=api_url
                on_input=move |text| api_url.set(text)
                kind="url"
                code=true
            />
        </Field>
        <Field
            label="Sign-in address"
            hint="Where tokens are given. Derived from the API address when empty."
            optional=true
            error=oauth_error
        >
            <TextInput
                value=oauth_url
                on_input=move |text| oauth_url.set(text)
                kind="url"
                code=true
            />
        </Field>
    }
}
