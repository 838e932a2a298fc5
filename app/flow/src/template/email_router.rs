//! The inbound flow of the shared-flows guide: it hands an email to a shared
//! flow and keeps what comes back. The shared flow is named, since it has an id
//! only once it was published; a note says what to do before that.

use super::{
    draw::{add, begun, connect, named, note},
    email_processor,
};
use crate::{EntityRef, FieldKey, FieldValue, Flow, FlowKind, Kind, Pair};

const FIRST_STEP: &str = "First step: publish a shared flow “Shared Email Processor”. “Shared email processor” under New flow is one. Then choose it in “Run Shared Email Processor”, and delete this note.";

pub(super) fn build() -> Flow {
    let mut flow = begun(FlowKind::Shared, "Inbound Email Router");
    flow.description = "Receives email and delegates to shared processor".to_owned();
    let mut run = named(&Kind::RUN_FLOW, "Run Shared Email Processor");
    let result = format!("${{output.{}}}", email_processor::OUTPUT);
    let fields = [
        (
            "flow",
            FieldValue::Reference(EntityRef::Name(email_processor::NAME.to_owned())),
        ),
        (
            "inputs",
            FieldValue::Pairs(vec![Pair::text(
                email_processor::INPUT,
                "${interaction.email.body}",
            )]),
        ),
        (
            "outputs",
            FieldValue::Pairs(vec![Pair::text("localResult", result)]),
        ),
    ];
    let fields = fields.map(|(key, value)| (FieldKey::of(key), value));
    run.fields.extend(fields);
    add(&mut flow, "run-processor", run);
    note(&mut flow, "first-step", FIRST_STEP);
    connect(&mut flow, "start", "run-processor");
    flow
}
