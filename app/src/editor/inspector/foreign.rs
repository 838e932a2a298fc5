//! A node of a kind that Patchbay does not know: kept as it came.

use dom::prelude::*;
use flow::FieldValue;
use serde_json::{Map, Value};

use super::field::NodeSignal;
use crate::components::Banner;

/// What the node holds, to read only.
#[component]
pub(super) fn ForeignFields(node: NodeSignal) -> impl IntoView {
    let text = move || {
        node.with(|node| {
            let Some(node) = node else {
                return String::new();
            };
            let mut shown = Map::new();
            for (key, value) in &node.fields {
                shown.insert(key.to_string(), json(value));
            }
            for (pointer, value) in &node.extra {
                shown.insert(pointer.clone(), value.clone());
            }
            serde_json::to_string_pretty(&Value::Object(shown)).unwrap_or_default()
        })
    };
    view! {
        <div class="field">
            <Banner>
                "Patchbay does not know this kind of step. It is kept as it came and sent back \
                 unchanged; you can move, connect and rename it."
            </Banner>
        </div>
        <div class="field">
            <span class="field__label">"What it holds"</span>
            <pre class="inspector__json" tabindex="0">
                {text}
            </pre>
        </div>
    }
}

fn json(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => Value::String(text.clone()),
        FieldValue::Integer(number) => (*number).into(),
        FieldValue::Json(value) => value.clone(),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}
