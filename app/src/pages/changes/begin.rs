//! What will be changed, and the way to begin it.

use api::Right;
use dom::{
    ev::MouseEvent,
    prelude::*,
    route::{NavigateOptions, use_navigate},
};

use super::{
    super::through::Through,
    choice::Choice,
    plan::Looked,
    preview::Previews,
    taken::{Counts, Taken},
};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Tone},
    editor::random_name,
    session::SessionState,
};

#[component]
pub(super) fn Begin(choice: Choice, looked: Looked) -> impl IntoView {
    let client = expect_context::<Client>();
    let navigate = StoredValue::new_local(use_navigate());
    let (asked, previews) = looked;
    let taken = Taken::of(&asked, previews);
    let counts = Memo::new(move |_| taken.counts());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    // One key for each choice of flows: what is sent twice is begun once.
    let key = StoredValue::new(random_name());
    Effect::new(move |_| {
        counts.track();
        key.set_value(random_name());
    });
    let asked = StoredValue::new(asked);
    let begin = move |_: MouseEvent| {
        if busy.get_untracked() {
            return;
        }
        let now = counts.get_untracked();
        if now.taken == 0 {
            return failed.set(Some(
                "Tick at least one flow that is to be changed.".to_owned(),
            ));
        }
        busy.set(true);
        failed.set(None);
        let mut new = choice.batch(key.get_value(), asked.get_value());
        new.leave_out = taken.left_out();
        new.publish &= !now.all_blocked();
        spawn_local(async move {
            match client.begin_batch(&new).await {
                Ok(batch) => {
                    navigate.try_with_value(|navigate| {
                        let to = format!("/batches/{}", batch.id);
                        navigate(&to, NavigateOptions::default());
                    });
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    failed.try_set(Some(failure.in_words()));
                }
            }
            busy.try_set(false);
        });
    };
    let publishes = Signal::derive(move || choice.publish.get());
    view! {
        <section aria-label="Preview" data-panel="change-preview" class="changes__begin">
            <h2 class="title-group">"Preview"</h2>
            <Previews taken publishes />
            {if counts.get_untracked().changeable == 0 {
                view! { <p class="text-muted">"Nothing is left to change. Choose other flows."</p> }.into_any()
            } else {
                view! { <Confirm choice counts failed busy begin=Callback::new(begin) /> }.into_any()
            }}
        </section>
    }
}

impl Counts {
    /// Whether errors keep all that are changed from being published: then that
    /// is not offered.
    fn all_blocked(self) -> bool {
        self.blocked == self.taken
    }

    /// What the button does.
    fn words(self, publishes: bool) -> String {
        let flows = match (self.taken, self.all) {
            (1, 1) => "1 flow".to_owned(),
            (taken, all) if taken == all => format!("{all} flows"),
            (_, 1) => "no flow".to_owned(),
            (taken, all) => format!("{taken} of {all} flows"),
        };
        match (publishes && !self.all_blocked(), self.blocked) {
            (false, _) => format!("Change {flows}"),
            (true, 0) => format!("Change and publish {flows}"),
            (true, blocked) => format!("Change {flows}, publish {}", self.taken - blocked),
        }
    }
}

/// Whether to publish, and the yes.
#[component]
fn Confirm(
    choice: Choice,
    counts: Memo<Counts>,
    failed: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    begin: Callback<MouseEvent>,
) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let may_publish = move || session.may(Right::Publish);
    let all_blocked = Memo::new(move |_| counts.get().all_blocked());
    let why = move || {
        let Counts { taken, .. } = counts.get();
        match taken {
            0 => {
                "No flow is ticked. Those with errors can be changed here, corrected in the editor, and published then."
            }
            _ => {
                "Errors keep them from being published. They are changed here: correct them in the editor, then publish."
            }
        }
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || choice.publish.get() && !all_blocked.get()
                disabled=move || all_blocked.get() || !may_publish()
                on:change=move |event| choice.publish.set(event_target_checked(&event))
            />
            "Publish each flow once it is changed"
        </label>
        <Show when=move || all_blocked.get()>
            <p class="text-muted text-small">{why}</p>
        </Show>
        <Show when=move || !may_publish()>
            <p class="text-muted text-small">
                "Publishing needs the role of a publisher. The flows are changed here, and a publisher can publish them."
            </p>
        </Show>
        <Show when=move || choice.publish.get()>
            <Through chosen=choice.through label="Connection to publish through" />
        </Show>
        {move || failed.get().map(|words| view! { <Banner tone=Tone::Danger>{words}</Banner> })}
        <div class="changes__act">
            <Button kind=ButtonKind::Primary busy on_click=begin attr:data-action="begin">
                {move || counts.get().words(choice.publish.get())}
            </Button>
        </div>
    }
}
