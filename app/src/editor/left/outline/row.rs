//! One row of the outline.

use std::sync::Arc;

use dom::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};
use editor::{Command, Leads, OutlineEntry, OutlineKey, OutlineRow, SelectMode};
use flow::{Kind, NodeId, Severity};

use super::{
    super::super::{look::Tile, peers, rename},
    acts,
    tree::{Item, Tree},
};
use crate::components::{Count, Icon, IconSize, Tone};

/// A row that is in the page, and what it shows now.
#[component]
pub(super) fn Row(tree: Tree, key: OutlineKey) -> impl IntoView {
    let desk = tree.desk;
    let item = {
        let key = key.clone();
        Memo::new(move |before: Option<&Option<Item>>| {
            let found = tree
                .items
                .with(|items| items.iter().find(|item| item.key == key).cloned());
            // While a row goes away it stays what it was.
            found.or_else(|| before.cloned().flatten())
        })
    };
    let row = Memo::new(move |_| {
        let row = item.with(|item| item.as_ref().map(|item| item.row))?;
        tree.outline
            .with(|outline| outline.rows().get(row).map(|found| (row, found.clone())))
    });
    let of = move |what: fn(&OutlineRow) -> usize| {
        move || row.with(|row| row.as_ref().map(|(_, row)| what(row).to_string()))
    };
    let expanded = {
        let key = key.clone();
        Memo::new(move |_| {
            let has_children =
                row.with(|row| row.as_ref().is_some_and(|(at, row)| row.has_children(*at)));
            has_children.then(|| tree.folded.with(|folded| !folded.is_folded(&key)))
        })
    };
    let place = move || item.with(|item| item.as_ref().map_or(0, |item| item.place).to_string());
    let depth =
        move || row.with(|row| row.as_ref().map_or(0, |(_, row)| row.level - 1).to_string());
    let is_active = Memo::new(move |_| {
        let at = tree.at.get();
        item.with(|item| item.as_ref().is_some_and(|item| Some(item.row) == at))
    });
    let entry = Memo::new(move |_| row.with(|row| row.as_ref().map(|(_, row)| row.entry.clone())));
    let selected = Memo::new(move |_| {
        entry.with(|entry| {
            desk.selected.with(|selected| match entry {
                Some(OutlineEntry::Node { id, .. }) => selected.nodes.contains(id),
                Some(exit @ OutlineEntry::Exit { .. }) => exit
                    .edge()
                    .is_some_and(|edge| selected.edges.contains(edge)),
                Some(OutlineEntry::NotReached) | None => false,
            })
        })
    });
    // Where exits lead and what is wrong is said too.
    let name = Memo::new(move |_| {
        desk.revision.track();
        entry.with(|entry| match entry {
            Some(OutlineEntry::Node { id, .. }) => {
                let found = desk.problems.with(|problems| problems.counted(id));
                desk.describe_with(id, found)
            }
            Some(OutlineEntry::Exit {
                node, port, leads, ..
            }) => desk.read(|editor| editor.describe_exit(node, port, leads)),
            Some(OutlineEntry::NotReached) => "Not reached".to_owned(),
            None => String::new(),
        })
    });
    let click = move |event: MouseEvent| {
        if let Some((at, _)) = row.get_untracked() {
            let adds = event.shift_key() || event.ctrl_key() || event.meta_key();
            choose(tree, at, adds);
        }
    };
    let open_menu = move |event: MouseEvent| {
        event.prevent_default();
        event.stop_propagation();
        if let Some((at, _)) = row.get_untracked() {
            tree.go(at);
            tree.menu
                .open_at(f64::from(event.client_x()), f64::from(event.client_y()));
        }
    };
    let toggle = move |event: MouseEvent| {
        event.stop_propagation();
        if let Some((at, _)) = row.get_untracked() {
            tree.go(at);
            acts::turn(tree);
        }
    };
    let content = match &key {
        OutlineKey::Node(id) => view! { <NodeContent tree id=id.clone() entry /> }.into_any(),
        OutlineKey::Exit(..) => view! { <ExitContent tree entry /> }.into_any(),
        OutlineKey::NotReached => view! {
            <span class="outline__name title-group" aria-hidden="true">
                "Not reached"
            </span>
        }
        .into_any(),
    };
    let (node, exit) = match &key {
        OutlineKey::Node(id) => (Some(id.as_str().to_owned()), None),
        OutlineKey::Exit(node, port, _) => (None, Some(format!("{node}.{port}"))),
        OutlineKey::NotReached => (None, None),
    };
    let has_menu = key != OutlineKey::NotReached;
    view! {
        <div
            class="outline__row"
            class:outline__row--exit=exit.is_some()
            class:outline__row--follows=move || {
                entry.with(|entry| matches!(entry, Some(OutlineEntry::Node { by: Some(_), .. })))
            }
            role="treeitem"
            aria-level=of(|row| row.level)
            aria-posinset=of(|row| row.position)
            aria-setsize=of(|row| row.of)
            aria-expanded=move || expanded.get().map(|expanded| expanded.to_string())
            aria-selected=move || selected.get().to_string()
            tabindex=move || if is_active.get() { "0" } else { "-1" }
            data-outline-node=node
            data-outline-exit=exit
            style:--row=place
            style:--depth=depth
            on:click=click
            on:dblclick=move |_| acts::open(tree)
            on:contextmenu=open_menu
        >
            // Its name. What is seen says less, and says it beside each other.
            <span class="visually-hidden outline__said">{name}</span>
            <span
                class="outline__fold"
                aria-hidden="true"
                data-state=move || match expanded.get() {
                    Some(true) => "open",
                    Some(false) => "closed",
                    None => "none",
                }
                on:click=toggle
                on:dblclick=|event| event.stop_propagation()
            >
                <Icon name="chevron-right" size=IconSize::Small />
            </span>
            {content}
            {has_menu
                .then(|| {
                    view! {
                        <button
                            class="outline__more"
                            type="button"
                            tabindex="-1"
                            aria-hidden="true"
                            on:click=open_menu
                        >
                            <Icon name="more" size=IconSize::Small />
                        </button>
                    }
                })}
        </div>
    }
}

fn choose(tree: Tree, at: usize, adds: bool) {
    tree.go(at);
    let node = tree.entry().filter(|_| adds);
    if let Some(OutlineEntry::Node { id, .. }) = node {
        tree.stay();
        tree.desk.run(Command::Select {
            nodes: vec![id],
            mode: SelectMode::Toggle,
        });
    }
}

#[component]
fn NodeContent(tree: Tree, id: NodeId, entry: Memo<Option<OutlineEntry>>) -> impl IntoView {
    let desk = tree.desk;
    let node = {
        let id = id.clone();
        move |editor: &editor::Editor| editor.flow().nodes.get(&id).cloned()
    };
    let shown = Memo::new_with_compare(
        move |_| {
            desk.revision.track();
            // The entry keeps the row alive a little longer than its node.
            entry.track();
            desk.read(&node)
        },
        |before, now| match (before, now) {
            (Some(Some(before)), Some(Some(now))) => !Arc::ptr_eq(before, now),
            _ => true,
        },
    );
    let kind = Memo::new(move |_| {
        shown.with(|node| node.as_ref().map_or(Kind::START, |node| node.kind.clone()))
    });
    let label = Memo::new(move |_| {
        shown.with(|node| {
            node.as_ref()
                .map(|node| node.label.clone())
                .unwrap_or_default()
        })
    });
    let is_disabled =
        Memo::new(move |_| shown.with(|node| node.as_ref().is_some_and(|node| node.disabled)));
    let found = {
        let id = id.clone();
        Memo::new(move |_| desk.problems.with(|problems| problems.of_node(&id)))
    };
    let tone = Signal::derive(move || match found.get() {
        Some((Severity::Error, _)) => Tone::Danger,
        _ => Tone::Warning,
    });
    let peer = {
        let id = id.clone();
        Memo::new(move |_| peers::on_node(desk, &id))
    };
    let renamed = {
        let id = id.clone();
        Memo::new(move |_| tree.renaming.get().as_ref() == Some(&id))
    };
    let name = move || {
        if renamed.get() {
            view! { <Rename tree id=id.clone() before=label.get_untracked() /> }.into_any()
        } else {
            view! {
                <span class="outline__name truncate" aria-hidden="true">
                    {label}
                </span>
            }
            .into_any()
        }
    };
    view! {
        <Tile kind small=true />
        {name}
        <Show when=move || is_disabled.get()>
            <span class="badge" aria-hidden="true">"Disabled"</span>
        </Show>
        {move || peer.get().map(|(colour, name)| view! {
            <span class="outline__peer" data-peer=colour title=name aria-hidden="true"></span>
        })}
        <span class="outline__count" aria-hidden="true">
            <Count of=Signal::derive(move || found.get().map_or(0, |(_, count)| count)) tone />
        </span>
    }
}

#[component]
fn ExitContent(tree: Tree, entry: Memo<Option<OutlineEntry>>) -> impl IntoView {
    let desk = tree.desk;
    let words = Memo::new(move |_| {
        desk.revision.track();
        entry.with(|entry| match entry {
            Some(OutlineEntry::Exit {
                node, port, leads, ..
            }) => desk.read(|editor| {
                let exits = editor.exits(node);
                let exit = exits.iter().find(|exit| exit.port == *port);
                let label =
                    exit.map_or_else(|| port.as_str().to_owned(), |exit| exit.label.clone());
                let target = leads.edge().and_then(|edge| {
                    let edge = editor.flow().edges.get(edge)?;
                    let node = editor.flow().nodes.get(&edge.target)?;
                    Some(node.label.clone())
                });
                (label, target)
            }),
            _ => (String::new(), None),
        })
    });
    let state = move || {
        entry.with(|entry| match entry {
            Some(OutlineEntry::Exit { leads, .. }) => match leads {
                Leads::Nowhere => "nowhere",
                Leads::Ends => "ends",
                Leads::Inside(_) => "inside",
                Leads::Below(_) => "below",
                Leads::Elsewhere(_) => "elsewhere",
            },
            _ => "nowhere",
        })
    };
    let icon = Signal::derive(move || match state() {
        "nowhere" => "unlink",
        "ends" => "circle-stop",
        "below" => "chevron-down",
        _ => "arrow-right",
    });
    let leads = move || {
        let (_, target) = words.get();
        match (state(), target) {
            ("nowhere", _) => "not connected".to_owned(),
            ("ends", _) => "the flow ends here".to_owned(),
            ("elsewhere", Some(target)) => format!("goes on at {target}"),
            (_, target) => target.unwrap_or_default(),
        }
    };
    view! {
        <span class="outline__way" data-leads=state aria-hidden="true">
            <Icon name=icon size=IconSize::Small />
            <span class="outline__exit truncate">{move || words.get().0}</span>
            <span class="outline__name truncate">{leads}</span>
        </span>
    }
}

/// The name, edited in the row.
#[component]
fn Rename(tree: Tree, id: NodeId, before: String) -> impl IntoView {
    let desk = tree.desk;
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new({
        let before = before.clone();
        move |_| {
            if let Some(field) = field.get() {
                rename::begin(desk, field, &before);
            }
        }
    });
    let close = {
        move |keep: bool, back: bool| {
            // Closing takes the focus away, which would close it again.
            if tree.renaming.get_untracked().as_ref() != Some(&id) {
                return;
            }
            let typed = field.get_untracked().filter(|_| keep);
            let label = typed.and_then(|field| rename::name_of_step(desk, &field.value(), &before));
            tree.renaming.set(None);
            if let Some(label) = label {
                desk.run(Command::SetLabel {
                    node: id.clone(),
                    label,
                });
                desk.run(Command::EndTyping);
            }
            if back {
                tree.reach(OutlineKey::Node(id.clone()));
            }
        }
    };
    let keyed = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" => close(true, true),
                "Escape" => close(false, true),
                _ => return,
            }
            event.prevent_default();
        }
    };
    view! {
        <input
            node_ref=field
            class="outline__rename"
            aria-label="Name of the step"
            on:keydown=keyed
            on:click=|event| event.stop_propagation()
            on:dblclick=|event| event.stop_propagation()
            on:blur=move |_| close(true, false)
        />
    }
}
