//! One edge by itself.

use super::Problem;
use super::field::Field;

pub(super) fn check(edge: &Field<'_>, problems: &mut Vec<Problem>) {
    if !edge.is_object(problems) {
        return;
    }
    for key in ["id", "fromNodeId", "toNodeId"] {
        if let Some(field) = edge.required(key, problems) {
            field.text(problems);
        }
    }
    if let Some(label) = edge.optional("label")
        && !label.value().is_string()
    {
        label.refuse("type.wrong", "a text is expected", problems);
    }
}
