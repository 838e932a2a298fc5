//! Play prompt: says something to the caller.

use super::{
    Category, FieldInput, FieldSpec, Kind, KindSpec, sets_nothing, single_exit,
    wire::{Member, Shape, Wire, Wires},
};
use crate::Node;

/// Characters of a prompt that a card shows.
const SHOWN_CHARS: usize = 60;

const MEMBERS: &[Member] = &[Member::field("prompt", Shape::Text)];

pub(super) static PLAY_PROMPT: KindSpec = KindSpec {
    kind: Kind::PLAY_PROMPT,
    title: "Play prompt",
    help: "Says something to the caller.",
    also: "say tts speak speech audio message announcement",
    icon: "volume",
    category: Category::Prompt,
    has_entry: true,
    fields: &[FieldSpec {
        key: "prompt",
        label: "Prompt",
        help: "What is said. A name can stand in it: Hello {{customerName}}.",
        input: FieldInput::TemplateText,
        required: true,
        default: None,
    }],
    exits: single_exit,
    subtitle,
    sets: sets_nothing,
    rules: &[],
    wires: Wires {
        lookup: Some(Wire {
            type_name: "PlayPromptNode",
            members: MEMBERS,
        }),
        module: Some(Wire {
            type_name: "playPrompt",
            members: MEMBERS,
        }),
    },
};

fn subtitle(node: &Node) -> String {
    let prompt = node.text("prompt").trim();
    match prompt.char_indices().nth(SHOWN_CHARS) {
        _ if prompt.is_empty() => "Nothing to say yet".to_owned(),
        Some((end, _)) => format!("{}…", prompt.get(..end).unwrap_or_default()),
        None => prompt.to_owned(),
    }
}
