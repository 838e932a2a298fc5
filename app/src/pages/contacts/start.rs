//! Starting an interaction: by which channel.

use api::{Interaction, InteractionState, NewInteraction};
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
    /// The contact.
    id: String,
    /// The channels that are available.
    channels: Vec<Channel>,
    /// Loaded again when it is done.
    shown: Shown,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let id = StoredValue::new(id);
    let first = channels.first().map(|channel| channel.as_str());
    let chosen = RwSignal::new(first.unwrap_or_default().to_owned());
    let options: Vec<_> = channels
        .iter()
        .map(|channel| {
            (
                channel.as_str().to_owned(),
                channel_name(*channel).to_owned(),
            )
        })
        .collect();
    let options = Signal::stored(options);
    // One name for one intent: a click that is heard twice starts one.
    let key = RwSignal::new(random_name());
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let start = move |_| {
        let Some(channel) = Channel::from_name(&chosen.get_untracked()) else {
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
    view! {
        <Dialog open title="Start an interaction" busy>
            <div class="dialog__body">
                {banner}
                <Field label="Channel" hint="Those that Genesys says are available.">
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
