//! The steps of a publish, with their times.

use api::{Publish, Step, StepName, StepState};
use dom::prelude::*;

use crate::components::Icon;

/// The steps in order, those to come included.
#[component]
pub(super) fn Steps(job: Publish) -> impl IntoView {
    let rows = job
        .steps
        .into_iter()
        .map(|step| {
            let Step {
                name,
                state,
                duration_millis,
                note,
            } = step;
            let (state, icon, said) = match state {
                StepState::Pending => ("pending", "check", "to come"),
                StepState::Running => ("running", "check", "under way"),
                StepState::Done => ("done", "check", "done"),
                StepState::Failed => ("failed", "x", "failed"),
            };
            view! {
                <li
                    class="step"
                    data-state=state
                    aria-current=(state == "running").then_some("step")
                >
                    <span class="step__mark">
                        <Icon name=icon />
                    </span>
                    <span class="step__name">
                        {title(name)} <span class="visually-hidden">{format!(", {said}")}</span>
                    </span>
                    <span class="step__time">{duration_millis.map(duration)}</span>
                    {note.map(|note| view! { <span class="step__detail">{note}</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps">{rows}</ol> }
}

fn title(name: StepName) -> &'static str {
    match name {
        StepName::Check => "Check the flow",
        StepName::Generate => "Write the document",
        StepName::Send => "Send it to Genesys Cloud",
        StepName::Confirm => "Confirm what is there",
        StepName::Publish => "Make it live",
    }
}

/// A duration as people read it: "40 ms", "1.2 s".
fn duration(millis: u64) -> String {
    if millis < 1_000 {
        format!("{millis} ms")
    } else {
        format!("{:.1} s", millis as f64 / 1_000.0)
    }
}
