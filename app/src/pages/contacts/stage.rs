//! How far a contact has come, in a word and as steps.

use api::{Contact, ContactStage};
use dom::prelude::*;

use crate::components::{Badge, Icon, Tone};

/// The stages in the order in which a contact goes through them.
pub const STAGES: [ContactStage; 9] = [
    ContactStage::Registering,
    ContactStage::NotRegistered,
    ContactStage::New,
    ContactStage::Validating,
    ContactStage::Different,
    ContactStage::Passed,
    ContactStage::Pending,
    ContactStage::Failed,
    ContactStage::Unknown,
];

/// A stage in a word.
pub fn word_of(stage: ContactStage) -> &'static str {
    word(stage).1
}

/// The colour and the word of a stage.
fn word(stage: ContactStage) -> (Tone, &'static str) {
    match stage {
        ContactStage::Registering => (Tone::Info, "Registering"),
        ContactStage::NotRegistered => (Tone::Danger, "Not registered"),
        ContactStage::New => (Tone::Neutral, "Not checked yet"),
        ContactStage::Validating => (Tone::Info, "Validating"),
        ContactStage::Different => (Tone::Warning, "Differs"),
        ContactStage::Passed => (Tone::Success, "Passed"),
        ContactStage::Pending => (Tone::Warning, "Pending"),
        ContactStage::Failed => (Tone::Danger, "Failed"),
        ContactStage::Unknown => (Tone::Neutral, "Unknown"),
    }
}

#[component]
pub fn StageBadge(stage: ContactStage) -> impl IntoView {
    let (tone, word) = word(stage);
    view! {
        <Badge tone dot=true>
            {word}
        </Badge>
    }
}

/// New, validating, and what the check said.
#[component]
pub fn Lifecycle(contact: Contact) -> impl IntoView {
    let made = match contact.creation_latency_ms {
        Some(millis) => format!("Genesys made it in {millis} ms."),
        None => "Genesys had it already.".to_owned(),
    };
    let (_, said) = word(contact.stage);
    // The state of each step: new, validating, what the check said.
    let (new, validating, checked) = match contact.stage {
        ContactStage::Registering => ("running", "pending", "pending"),
        ContactStage::NotRegistered => ("failed", "pending", "pending"),
        ContactStage::New => ("done", "pending", "pending"),
        ContactStage::Validating => ("done", "running", "pending"),
        ContactStage::Different | ContactStage::Unknown => ("done", "pending", "pending"),
        ContactStage::Passed | ContactStage::Pending => ("done", "done", "done"),
        ContactStage::Failed => ("done", "done", "failed"),
    };
    let last = match contact.stage {
        ContactStage::Passed | ContactStage::Pending | ContactStage::Failed => said,
        _ => "Checked",
    };
    let detail = if new == "done" { made } else { String::new() };
    view! {
        <ol class="steps" aria-label="Lifecycle">
            <Step state=new name="New" detail />
            <Step state=validating name="Validating" detail=String::new() />
            <Step state=checked name=last detail=String::new() />
        </ol>
    }
}

#[component]
fn Step(state: &'static str, name: &'static str, detail: String) -> impl IntoView {
    let icon = if state == "failed" { "x" } else { "check" };
    view! {
        <li class="step" data-state=state>
            <span class="step__mark" aria-hidden="true">
                <Icon name=icon />
            </span>
            <span class="step__name">{name}</span>
            <span class="step__time"></span>
            {(!detail.is_empty()).then(|| view! { <p class="step__detail">{detail}</p> })}
        </li>
    }
}
