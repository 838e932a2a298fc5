//! The public platform's own flows, as the trees that their YAML stands for.

use flow::architect::{read, references, write};
use serde_json::Value;

use super::import::check_flow;
use crate::{BROWSER_STACK_BYTES, Meter, Mutator, Outcome, Target, target::broken};

pub(super) const TARGET: Target = Target {
    name: "architect",
    extension: "json",
    stack_bytes: BROWSER_STACK_BYTES,
    run,
    mutator: Mutator::Json,
};

fn run(text: &str, meter: &mut Meter) -> Outcome {
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        return Outcome::Refused;
    };
    let given = document.clone();
    let flow = match meter.stage("read", || read(given)) {
        Ok(flow) => flow,
        Err(error) => {
            let is_there = document.pointer(&error.path).is_some();
            assert!(
                is_there,
                "an error is at a place that is not there: {}",
                error.path
            );
            return Outcome::Refused;
        }
    };
    meter.stage("find references", || references(&flow));
    check_flow(&flow, None, meter);
    match meter.stage("write", || write(&flow)) {
        // As text, because the order of members counts.
        Ok(written) => {
            let [written, given] = [written, document].map(|tree| tree.to_string());
            assert!(written == given, "it is written as something else");
        }
        Err(problems) => broken(&format!("what was read cannot be written: {problems:?}")),
    }
    Outcome::Read
}
