//! What the list of all commands has while a flow is open: the table of
//! shortcuts, the kinds that can be added, and the nodes that can be gone to.

use dom::prelude::*;
use editor::{Does, Group, SHORTCUTS, fuzzy};
use flow::Sort as _;
use flow::catalogue;

use super::{adding, desk::Desk, keyboard::Deeds, look};
use crate::{
    frame::{Commands, Entry},
    preferences::Preferences,
};

/// Nodes that are offered to go to.
const MOST_NODES: usize = 20;

/// Adds the commands of an open flow to the list.
pub(crate) fn offer(desk: Desk, deeds: Deeds) {
    let preferences = expect_context::<Preferences>();
    let source = Callback::new(move |typed: String| {
        let mut entries = of_table(desk, deeds, preferences);
        entries.extend(kinds(desk));
        if !typed.trim().is_empty() {
            entries.extend(nodes(desk, &typed));
        }
        entries
    });
    expect_context::<Commands>().add(source);
}

fn of_table(desk: Desk, deeds: Deeds, preferences: Preferences) -> Vec<Entry> {
    let keymap = untrack(|| preferences.keymap());
    // What only holds while a key is down, and this list itself, are no
    // commands of it; what every page has is there already.
    let is_meant = |id: &str| !matches!(id, "hold-view" | "escape" | "commands" | "find-in-all");
    let rows = SHORTCUTS.iter().filter(|row| is_meant(row.id));
    rows.map(|row| {
        let icon = match row.group {
            Group::View => "eye",
            Group::Select => "pointer",
            Group::Build => "box",
            Group::Edit => "pencil",
            Group::Find => "search",
            Group::Help => "help",
        };
        let words = (icon, row.name, row.group.title());
        let mut entry = Entry::new(row.id, words, move || match &row.does {
            Does::Page(deed) => deeds.give(*deed),
            does => desk.give(does),
        });
        entry.also = row.also;
        entry.chord = keymap.chords(row).into_iter().next();
        let reason = desk.read(|editor| editor.unavailable(&row.does));
        entry.unavailable = reason.map(str::to_owned);
        entry
    })
    .collect()
}

fn kinds(desk: Desk) -> impl Iterator<Item = Entry> {
    let can_edit = desk.can_edit().get_untracked();
    let kind = desk.read(|editor| editor.flow().kind);
    let specs = catalogue().iter().filter(move |spec| spec.is_in(kind));
    specs.map(move |spec| {
        let words = (spec.icon, format!("Add {}", spec.title), "Step");
        let id = format!("add-{}", spec.kind.as_str());
        let mut entry = Entry::new(id, words, move || {
            adding::add_in_place(desk, &spec.kind);
            let added = desk.read(|editor| editor.focus().cloned());
            if let (Some(added), Some(surface)) = (added, desk.surface()) {
                surface.focus_node(desk, added);
            }
        });
        entry.also = spec.also;
        entry.unavailable = if can_edit {
            let reason = desk.read(|editor| editor.addable(&spec.kind).err());
            reason.map(|reason| format!("Not now: {reason}."))
        } else {
            Some("You can look at this flow but not change it.".to_owned())
        };
        entry
    })
}

/// The nodes whose names fit best.
fn nodes(desk: Desk, typed: &str) -> Vec<Entry> {
    let found = desk.read(|editor| {
        let nodes = editor.reading_order().iter();
        let mut found: Vec<_> = nodes
            .filter_map(|id| {
                let node = editor.flow().nodes.get(id)?;
                let title = ["Go to ", &node.label].concat();
                Some((
                    fuzzy::fit(&title, typed)?,
                    id.clone(),
                    title,
                    node.kind.clone(),
                ))
            })
            .collect();
        found.order_by_key(|(fit, ..)| *fit);
        found.truncate(MOST_NODES);
        found
    });
    found
        .into_iter()
        .map(|(_, id, title, kind)| {
            let words = (look::kind_icon(&kind), title, "Step");
            let mut entry = Entry::new(format!("node-{id}"), words, move || desk.show(&id));
            entry.is_one_of_many = true;
            entry
        })
        .collect()
}
