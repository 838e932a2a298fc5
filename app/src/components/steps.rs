//! The steps of a job, with their times.

use api::{Step, StepName, StepState};
use dom::prelude::*;

use super::Icon;

/// The steps in order, those to come included.
#[component]
pub fn Steps(
    /// The steps, in order.
    steps: Vec<Step>,
    /// What each is called in this job.
    title: fn(StepName) -> &'static str,
) -> impl IntoView {
    let rows = steps.into_iter().map(|step| {
        let Step {
            name,
            state,
            duration_millis,
            note,
        } = step;
        let (state, icon, said) = match state {
            StepState::Pending => ("pending", "check", ", to come"),
            StepState::Running => ("running", "check", ", under way"),
            StepState::Done => ("done", "check", ", done"),
            StepState::Failed => ("failed", "x", ", failed"),
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
                    {title(name)} <span class="visually-hidden">{said}</span>
                </span>
                <span class="step__time">{duration_millis.map(duration)}</span>
                {note.map(|note| view! { <span class="step__detail">{note}</span> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <ol class="steps">{rows}</ol> }
}

/// A duration as people read it: "40 ms", "1.2 s".
fn duration(millis: u64) -> String {
    if millis < 1_000 {
        format!("{millis} ms")
    } else {
        format!("{:.1} s", millis as f64 / 1_000.0)
    }
}
