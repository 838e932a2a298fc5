//! Registering a contact, and editing one.

use api::{Contact, ContactComparison, ContactFields, NewContact, SaveContact};
use dom::{ev::SubmitEvent, prelude::*};

use super::{
    super::through::Through,
    exists::ExistsAlready,
    metadata::{MetadataRows, Rows},
};
use crate::{
    client::{Client, Failure},
    components::{
        Banner, Button, ButtonKind, Field, IntegerInput, TextArea, TextInput, Toasts, Tone,
    },
};

const USUAL_SECONDS: u64 = 300;
const MOST_SECONDS: i64 = 7_200;
const E164: &str = "With “+” and the country code, digits only: +15551234567.";

/// The fields that say what is wrong with them themselves.
const POINTERS: [&str; 10] = [
    "externalContactId",
    "name",
    "channels",
    "voice",
    "sms",
    "email",
    "chat",
    "initialMessage",
    "interactionDurationSeconds",
    "metadata",
];

/// A contact as somebody saw it who changes it.
#[derive(Clone, PartialEq)]
pub struct Seen {
    /// The contact's id.
    pub id: String,
    /// Its version, and what it is to be.
    pub save: SaveContact,
}

impl Seen {
    /// As it is loaded.
    pub fn of(contact: &Contact) -> Self {
        Self {
            id: contact.id.clone(),
            save: SaveContact {
                version: contact.version.clone(),
                contact: contact.contact.clone(),
            },
        }
    }
}

/// A form in a dialog.
#[component]
pub fn ContactForm(
    /// The dialog that the form is in; closed when it is done.
    open: RwSignal<bool>,
    /// Called with the contact's id when it is done.
    #[prop(into)]
    on_done: Callback<String>,
    /// The contact to edit; without one, one is registered.
    #[prop(optional)]
    contact: Option<Seen>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let (existing, fields) = match contact {
        Some(Seen { id, save }) => (Some((id, save.version)), save.contact),
        None => {
            let fields = ContactFields {
                interaction_duration_seconds: USUAL_SECONDS,
                ..ContactFields::default()
            };
            (None, fields)
        }
    };
    let is_new = existing.is_none();
    let existing = StoredValue::new(existing);
    let [id, name, voice, sms, email, chat, message] = [
        fields.external_contact_id,
        fields.name,
        fields.voice,
        fields.sms,
        fields.email,
        fields.chat,
        fields.initial_message,
    ]
    .map(RwSignal::new);
    let seconds = RwSignal::new(i64::try_from(fields.interaction_duration_seconds).unwrap_or(300));
    let metadata = Rows::of(&fields.metadata);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let through = RwSignal::new(None::<String>);
    // How the contact stands that is here already, or that somebody changed since,
    // and what was entered of it.
    let exists = RwSignal::new(None::<(ContactComparison, ContactFields)>);
    let pointer = |field: &str| format!("/contact/{field}");
    let problem = move |field: &'static str| {
        Signal::derive(move || refused.with(|refused| refused.as_ref()?.about(&pointer(field))))
    };
    // That there is no channel at all is said at the first.
    let voice_problem =
        Signal::derive(move || problem("voice").get().or_else(|| problem("channels").get()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let fields = ContactFields {
            external_contact_id: id.get_untracked(),
            name: name.get_untracked(),
            voice: voice.get_untracked(),
            sms: sms.get_untracked(),
            email: email.get_untracked(),
            chat: chat.get_untracked(),
            initial_message: message.get_untracked(),
            interaction_duration_seconds: seconds.get_untracked().try_into().unwrap_or_default(),
            metadata: metadata.entries(),
        };
        spawn_local(async move {
            let answer = match existing.get_value() {
                Some((id, version)) => {
                    let save = SaveContact {
                        version,
                        contact: fields,
                    };
                    match client.save_contact(&id, &save).await {
                        Err(failure) if failure.is_kind("changed-since") => {
                            match client.compare_changes(&id, &save.contact).await {
                                Ok(found) => {
                                    busy.try_set(false);
                                    exists.try_set(Some((found, save.contact)));
                                    return;
                                }
                                Err(failure) => Err(failure),
                            }
                        }
                        answer => answer,
                    }
                }
                None => {
                    let contact = fields;
                    let connection = through.get_untracked();
                    let new = NewContact {
                        contact,
                        connection,
                    };
                    let answer = client.register_contact(&new).await;
                    match answer {
                        Err(failure) if failure.is_kind("contact-exists") => {
                            match client.compare_contact(&new).await {
                                Ok(found) => {
                                    busy.try_set(false);
                                    exists.try_set(Some((found, new.contact)));
                                    return;
                                }
                                Err(failure) => Err(failure),
                            }
                        }
                        answer => answer,
                    }
                }
            };
            busy.try_set(false);
            match answer {
                Ok(contact) => {
                    open.try_set(false);
                    if !is_new && contact.notice.is_none() {
                        toasts.success("Genesys has the contact as it is here.");
                    }
                    on_done.run(contact.id);
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused.get()?;
        let pointers = POINTERS.map(pointer);
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        (failure != Failure::SessionEnded && !failure.is_about_only(&pointers))
            .then(|| view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> })
    };
    let form = move || {
        view! {
            <form novalidate on:submit=submit>
                <div class="dialog__body">
                    {banner}
                    {is_new.then(|| view! { <Through chosen=through /> })}
                    <p class="text-muted text-small contact-rule">
                        "A contact needs at least one number or address."
                    </p>
                    <div class="field-columns">
                        <Field
                            label="Contact ID"
                            hint="What your own systems know it by: letters, digits, “-” and “_”."
                            error=problem("externalContactId")
                        >
                            <TextInput
                                value=id
                                on_input=move |text| id.set(text)
                                read_only=!is_new
                                autofocus=is_new
                                code=true
                            />
                        </Field>
                        <Field label="Name" error=problem("name")>
                            <TextInput value=name on_input=move |text| name.set(text) />
                        </Field>
                        <Field label="Number for calls" hint=E164 optional=true error=voice_problem>
                            <TextInput
                                value=voice
                                on_input=move |text| voice.set(text)
                                kind="tel"
                                placeholder="+15551234567"
                            />
                        </Field>
                        <Field
                            label="Number for text messages"
                            hint=E164
                            optional=true
                            error=problem("sms")
                        >
                            <TextInput
                                value=sms
                                on_input=move |text| sms.set(text)
                                kind="tel"
                                placeholder="+15551234567"
                            />
                        </Field>
                        <Field label="Mail address" optional=true error=problem("email")>
                            <TextInput
                                value=email
                                on_input=move |text| email.set(text)
                                kind="email"
                                placeholder="name@example.org"
                            />
                        </Field>
                        <Field label="Address for chats" optional=true error=problem("chat")>
                            <TextInput value=chat on_input=move |text| chat.set(text) />
                        </Field>
                    </div>
                    <Field
                        label="First message"
                        hint="What an interaction begins with; “Hello” when empty."
                        optional=true
                        error=problem("initialMessage")
                    >
                        <TextArea
                            value=message
                            on_input=move |text| message.set(text)
                            lines=2
                        />
                    </Field>
                    <Field
                        label="Longest interaction"
                        error=problem("interactionDurationSeconds")
                    >
                        <IntegerInput
                            value=seconds
                            on_input=move |number| seconds.set(number)
                            range=1..=MOST_SECONDS
                            unit="s"
                        />
                    </Field>
                    <Field label="Metadata" optional=true error=problem("metadata")>
                        <MetadataRows rows=metadata />
                    </Field>
                </div>
                <footer class="dialog__foot">
                    <Button disabled=busy on_click=move |_| open.set(false)>
                        "Cancel"
                    </Button>
                    <Button kind=ButtonKind::Primary submit=true busy>
                        {if is_new { "Register" } else { "Save in Genesys" }}
                    </Button>
                </footer>
            </form>
        }
    };
    view! {
        {move || match exists.get() {
            None => form().into_any(),
            Some((comparison, fields)) => view! {
                <ExistsAlready comparison fields is_new open on_done back=exists />
            }
            .into_any(),
        }}
    }
}
