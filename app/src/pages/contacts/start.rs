//! Starting an interaction: by which channel, and with what.

use api::{Contact, Interaction, InteractionState, NewInteraction};
use dom::prelude::*;
use flow::contact::Channel;

use super::contact::{Shown, channel_name};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Dialog, Field, Select, Toasts, Tone},
    editor::random_name,
};

#[component]
pub fn StartInteraction(
    open: RwSignal<bool>,
    contact: Contact,
    /// Loaded again when it is done.
    shown: Shown,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    // Nothing is chosen beforehand: a start calls somebody at once.
    let chosen = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let channels = StoredValue::new(contact.channels.clone());
    let address_of = move |channel: Channel| {
        channels.with_value(|channels| {
            let found = channels.iter().find(|one| one.channel == channel);
            found.map(|one| one.address.clone()).unwrap_or_default()
        })
    };
    let mut options = vec![(String::new(), "Choose a channel…".to_owned())];
    options.extend(contact.startable.iter().map(|channel| {
        let words = format!("{}: {}", channel_name(*channel), address_of(*channel));
        (channel.as_str().to_owned(), words)
    }));
    let options = Signal::stored(options);
    // One name for one intent: a click that is heard twice starts one.
    let key = RwSignal::new(random_name());
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let id = StoredValue::new(contact.id.clone());
    let start = move |_| {
        let Some(channel) = Channel::from_name(&chosen.get_untracked()) else {
            tried.set(true);
            return;
        };
        busy.set(true);
        refused.set(None);
        let new = NewInteraction {
            key: key.get_untracked(),
            channel,
        };
        spawn_local(async move {
            let answer = client.start_interaction(&id.get_value(), &new).await;
            busy.try_set(false);
            match answer {
                Ok(interaction) => {
                    key.try_set(random_name());
                    open.try_set(false);
                    tell(toasts, &interaction);
                    shown.refetch();
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused
            .get()
            .filter(|failure| *failure != Failure::SessionEnded)?;
        Some(view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> })
    };
    let problem = Signal::derive(move || {
        let is_missing = tried.get() && chosen.with(String::is_empty);
        is_missing.then(|| "Choose the channel to reach the contact by.".to_owned())
    });
    let fields = StoredValue::new((contact.contact, contact.connection));
    view! {
        <Dialog open title="Start an interaction" busy>
            <div class="dialog__body">
                {banner}
                <dl class="facts start__facts">
                    <dt>"Contact"</dt>
                    <dd>
                        {fields.with_value(|(contact, _)| contact.name.clone())} " "
                        <span class="mono text-muted">
                            {fields.with_value(|(contact, _)| contact.external_contact_id.clone())}
                        </span>
                    </dd>
                    <dt>"First message"</dt>
                    <dd>
                        {fields
                            .with_value(|(contact, _)| match contact.initial_message.as_str() {
                                "" => "Hello".to_owned(),
                                message => message.to_owned(),
                            })}
                    </dd>
                    <dt>"Through"</dt>
                    <dd>{fields.with_value(|(_, connection)| connection.clone())}</dd>
                </dl>
                <Field
                    label="Channel"
                    hint="Those that Genesys says are available. It begins as soon as you press Start."
                    error=problem
                >
                    <Select value=chosen on_change=move |channel| chosen.set(channel) options />
                </Field>
            </div>
            <footer class="dialog__foot">
                <Button disabled=busy on_click=move |_| open.set(false)>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Primary busy on_click=start>
                    "Start"
                </Button>
            </footer>
        </Dialog>
    }
}

fn tell(toasts: Toasts, interaction: &Interaction) {
    match (&interaction.state, &interaction.notice) {
        (InteractionState::Started, _) => {
            let channel = channel_name(interaction.channel).to_lowercase();
            toasts.success(format!("The interaction was started by {channel}."));
        }
        (_, Some(notice)) => {
            toasts.danger(format!("{} {}", notice.sentence, notice.next_step));
        }
        (_, None) => toasts.warning("The interaction is being started."),
    }
}
