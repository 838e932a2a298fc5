//! The shared flow of the shared-flows guide, which the email router runs. The
//! guide leaves open what it does: here it gives back the text that it took.

use super::draw::{add, begun, connect, named};
use crate::{DataType, FieldKey, FieldValue, Flow, FlowKind, Kind, Pair, Parameter};

/// Its name, by which the email router refers to it.
pub(super) const NAME: &str = "Shared Email Processor";
/// What it takes.
pub(super) const INPUT: &str = "emailBody";
/// What it gives back.
pub(super) const OUTPUT: &str = "processedResult";

pub(super) fn build() -> Flow {
    let mut flow = begun(FlowKind::Shared, NAME);
    flow.description = "Reusable logic for processing email content".to_owned();
    flow.interface.inputs = vec![Parameter {
        description: "The body of the incoming email".to_owned(),
        ..Parameter::new(INPUT, DataType::String)
    }];
    flow.interface.outputs = vec![Parameter {
        description: "The result of processing the email".to_owned(),
        ..Parameter::new(OUTPUT, DataType::String)
    }];
    let mut set = named(&Kind::SET_VARIABLES, "Process Email");
    set.fields.insert(
        FieldKey::of("variables"),
        FieldValue::Pairs(vec![Pair::text(OUTPUT, format!("${{{INPUT}}}"))]),
    );
    add(&mut flow, "process-email", set);
    connect(&mut flow, "start", "process-email");
    flow
}
