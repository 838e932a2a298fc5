//! The settings of a step in modules, call flows and shared flows, by the type
//! that those give it. They are those of the lookup flow's nodes under other
//! names (spec, decision 10).

use super::field::Field;
use super::node::{check_kind, pairs_of};
use super::{Problem, request};

/// Checks settings by the step's type; false if there is no such type.
pub(super) fn check(kind: &str, settings: &Field<'_>, problems: &mut Vec<Problem>) -> bool {
    match kind {
        "setData" => {
            if settings.required("data", problems).is_some() {
                pairs_of(settings, "data", "key", problems);
            }
            true
        }
        // Here the settings are the request itself.
        "httpRequest" => {
            request::check(settings, problems);
            true
        }
        _ => like(kind).is_some_and(|like| check_kind(like, settings, problems)),
    }
}

/// Whether there is a step of this type.
pub(super) fn is_known(kind: &str) -> bool {
    matches!(kind, "setData" | "httpRequest") || like(kind).is_some()
}

/// The node of a lookup flow that takes the same settings.
fn like(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "playPrompt" => "PlayPromptNode",
        "condition" => "ConditionNode",
        "split" => "SplitNode",
        "dataAction" => "DataActionNode",
        "flowModule" => "FlowModuleNode",
        "runFlow" => "RunFlowNode",
        "disconnect" => "DisconnectNode",
        _ => return None,
    })
}
