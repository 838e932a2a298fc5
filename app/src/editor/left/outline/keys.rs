//! What keys do in the outline: those of every tree, and what edits the flow.

use editor::{Command, OutlineEntry, OutlineStep};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{super::super::desk::now_millis, acts, tree::Tree};

/// After so long, in milliseconds, a letter begins a new word.
const WORD_MILLIS: f64 = 700.0;

/// Takes a key that went down on a row.
pub(super) fn key_down(tree: Tree, event: &KeyboardEvent) {
    if event.is_composing() || in_field(event) {
        return;
    }
    let held = event.ctrl_key() || event.meta_key();
    if handles(tree, event, held) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn handles(tree: Tree, event: &KeyboardEvent, held: bool) -> bool {
    let key = event.key();
    if event.alt_key() {
        if key == "Enter" {
            acts::show_on_canvas(tree);
        }
        return key == "Enter";
    }
    if held {
        return with_primary(tree, &key);
    }
    let page = || {
        let seen = tree.scrolled.get_untracked();
        seen.rows_in_view().saturating_sub(1).max(1)
    };
    match key.as_str() {
        "ArrowDown" => drop(tree.step(OutlineStep::Next)),
        "ArrowUp" => drop(tree.step(OutlineStep::Previous)),
        "Home" => drop(tree.step(OutlineStep::First)),
        "End" => drop(tree.step(OutlineStep::Last)),
        "PageDown" => drop(tree.step(OutlineStep::Forward(page()))),
        "PageUp" => drop(tree.step(OutlineStep::Back(page()))),
        "ArrowLeft" if !acts::fold(tree, true) => drop(tree.step(OutlineStep::Out)),
        "ArrowRight" if !acts::fold(tree, false) => drop(tree.step(OutlineStep::In)),
        "ArrowLeft" | "ArrowRight" => {}
        "Enter" => acts::open(tree),
        " " => acts::toggle_selected(tree),
        "Escape" => return tree.desk.run(Command::Clear),
        "F2" => acts::rename(tree),
        "Insert" => acts::add_here(tree),
        "Delete" | "Backspace" => acts::delete(tree),
        "ContextMenu" => acts::open_menu(tree),
        "F10" if event.shift_key() => acts::open_menu(tree),
        "+" if tree.desk.single_letter_keys() => acts::add_here(tree),
        ">" if tree.desk.single_letter_keys() => acts::connect(tree),
        // The page's own.
        "?" => return false,
        letter if letter.chars().count() == 1 => find_typed(tree, letter),
        _ => return false,
    }
    true
}

fn with_primary(tree: Tree, key: &str) -> bool {
    match key {
        "Delete" | "Backspace" => acts::delete_and_heal(tree),
        "a" | "A" => drop(tree.desk.run(Command::SelectAll)),
        "d" | "D" => acts::duplicate(tree),
        _ => return false,
    }
    true
}

/// Goes to the next row that begins with what is being typed.
fn find_typed(tree: Tree, letter: &str) {
    let now = now_millis();
    let typed = tree.typed.try_update_value(|(typed, at)| {
        if now - *at > WORD_MILLIS {
            typed.clear();
        }
        *at = now;
        typed.push_str(letter);
        typed.clone()
    });
    let (Some(typed), Some(at)) = (typed, tree.at.get_untracked()) else {
        return;
    };
    let (outline, shown) = (tree.outline.get_untracked(), tree.shown.get_untracked());
    let found = tree.desk.read(|editor| {
        let words = |row: usize| match outline.rows().get(row).map(|row| &row.entry) {
            Some(OutlineEntry::Node { id, .. }) => {
                let node = editor.flow().nodes.get(id);
                node.map(|node| node.label.clone()).unwrap_or_default()
            }
            Some(OutlineEntry::Exit {
                node, port, leads, ..
            }) => editor.describe_exit(node, port, leads),
            Some(OutlineEntry::NotReached) | None => String::new(),
        };
        outline.find_typed(&shown, at, &typed, words)
    });
    if let Some(found) = found {
        tree.go(found);
    }
}

fn in_field(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "BUTTON"))
}
