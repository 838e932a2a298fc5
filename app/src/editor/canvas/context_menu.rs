//! The menu of the right button: what can be done with what is there.

use dom::prelude::*;
use editor::{Command, Hit};
use flow::{EdgeId, GroupId, NodeId, NoteId, Point};
use wasm_bindgen_futures::JsFuture;

use super::{
    super::{
        desk::{AddThen, Desk, FieldTarget, Picking, QuickAdd},
        disabling::DisableItem,
        tints::TintItems,
    },
    tidy::TidyItems,
};
use crate::components::{Menu, MenuHandle, MenuItem, MenuSeparator};

/// What the menu is about.
#[derive(Clone, Debug, Default, PartialEq)]
enum About {
    #[default]
    Canvas,
    Edge(EdgeId),
    Note(NoteId),
    Group(GroupId),
    /// So many nodes.
    Nodes(usize),
}

/// The menu and where it was asked for.
#[derive(Clone, Copy)]
struct ContextMenu {
    handle: MenuHandle,
    about: RwSignal<About>,
    at_in_screen: RwSignal<Point>,
}

impl ContextMenu {
    fn new() -> Self {
        Self {
            handle: MenuHandle::new(),
            about: RwSignal::new(About::Canvas),
            at_in_screen: RwSignal::new(Point::default()),
        }
    }

    /// Opens whenever the editor says that it was asked for.
    fn follow(self, desk: Desk) {
        Effect::new(move |_| {
            let Some((at_in_screen, on)) = desk.menu.get() else {
                return;
            };
            desk.menu.set(None);
            let Some(surface) = desk.surface() else {
                return;
            };
            if surface.hand().finger_is_down.get() {
                let menu = Some((at_in_screen, on.clone()));
                surface.hand().menu.set(menu);
            }
            self.at_in_screen.set(at_in_screen);
            self.about.set(match on {
                Some(Hit::Edge(edge)) => About::Edge(edge),
                Some(Hit::Note(note) | Hit::NoteCorner(note)) => About::Note(note),
                Some(Hit::Group(group)) => About::Group(group),
                Some(_) => About::Nodes(desk.read(|editor| editor.selection().nodes().len())),
                None => About::Canvas,
            });
            let pane = surface.root().get_bounding_client_rect();
            self.handle
                .open_at(pane.left() + at_in_screen.x, pane.top() + at_in_screen.y);
        });
    }
}

/// The menu of the canvas, for as long as the flow is open.
pub(crate) fn context_menu(desk: Desk) -> View {
    let menu = ContextMenu::new();
    menu.follow(desk);
    view! { <ContextMenuItems desk menu /> }
}

/// The menu's items.
#[component]
fn ContextMenuItems(desk: Desk, menu: ContextMenu) -> impl IntoView {
    let edit = desk.can_edit();
    let act = move |command: Command| {
        move |()| {
            desk.run(command.clone());
        }
    };
    let items = move || match menu.about.get() {
        About::Nodes(count) => {
            let node = desk.read(|editor| editor.selection().nodes().first().cloned());
            view! {
                {node.filter(|_| count == 1).map(|node| view! { <NodeItems desk node /> })}
                <MenuItem icon="copy" keys="Mod+C" on_choose=act(Command::Copy)>
                    "Copy"
                </MenuItem>
                <Show when=move || edit.get()>
                    <MenuItem icon="scissors" keys="Mod+X" on_choose=act(Command::Cut)>
                        "Cut"
                    </MenuItem>
                    <MenuItem icon="copy" keys="Mod+D" on_choose=act(Command::Duplicate)>
                        "Duplicate"
                    </MenuItem>
                    <DisableItem desk />
                    <MenuItem icon="group" keys="Mod+G" on_choose=act(Command::Group)>
                        "Group"
                    </MenuItem>
                    {(count > 1)
                        .then(|| {
                            view! {
                                <MenuSeparator />
                                <TidyItems desk />
                            }
                        })}
                    <MenuSeparator />
                    <MenuItem
                        icon="unlink"
                        keys="Mod+Delete"
                        on_choose=act(Command::DeleteAndHeal)
                    >
                        "Remove and reconnect"
                    </MenuItem>
                    <MenuItem icon="trash" keys="Delete" danger=true on_choose=act(Command::Delete)>
                        "Delete"
                    </MenuItem>
                </Show>
            }
            .into_any()
        }
        About::Edge(edge) => {
            let insert = edge.clone();
            view! {
                <Show when=move || edit.get() fallback=|| "Nothing to do here">
                    {
                        let (insert, edge) = (insert.clone(), edge.clone());
                        view! {
                            <MenuItem icon="plus" on_choose=move |()| {
                                open_quick_add(desk, menu, AddThen::OnEdge(insert.clone()));
                            }>"Insert a step"</MenuItem>
                            <MenuItem
                                icon="trash"
                                keys="Delete"
                                danger=true
                                on_choose=act(Command::Disconnect(edge))
                            >
                                "Remove connection"
                            </MenuItem>
                        }
                    }
                </Show>
            }
            .into_any()
        }
        About::Note(note) => view! {
            <Show when=move || edit.get() fallback=|| "Nothing to do here">
                <NoteItems desk note=note.clone() />
            </Show>
        }
        .into_any(),
        About::Group(group) => view! {
            <Show when=move || edit.get() fallback=|| "Nothing to do here">
                <GroupItems desk group=group.clone() />
            </Show>
        }
        .into_any(),
        About::Canvas => view! {
            <Show when=move || edit.get()>
                <MenuItem icon="plus" keys="N" on_choose=move |()| {
                    open_quick_add(desk, menu, AddThen::Alone);
                }>"Add a step here"</MenuItem>
                <MenuItem icon="sticky-note" keys="Shift+S" on_choose=move |()| {
                    let at = menu.at_in_screen.get_untracked();
                    let at = desk.read(|editor| editor.camera().to_canvas(at));
                    desk.run(Command::AddNote { at_in_canvas: Some(at) });
                }>"Add a note here"</MenuItem>
                <MenuItem icon="clipboard-paste" keys="Mod+V" on_choose=move |()| {
                    paste(desk, menu);
                }>"Paste here"</MenuItem>
                <MenuSeparator />
                <TidyItems desk />
                <MenuSeparator />
            </Show>
            <MenuItem icon="group" keys="Mod+A" on_choose=act(Command::SelectAll)>
                "Select all"
            </MenuItem>
            <MenuItem icon="fit" keys="Shift+1" on_choose=act(Command::FitAll)>
                "Fit the flow"
            </MenuItem>
        }
        .into_any(),
    };
    view! {
        <Menu handle=menu.handle label="What can be done here">
            {items}
        </Menu>
    }
}

/// What can be done with a single node.
#[component]
fn NodeItems(desk: Desk, node: NodeId) -> impl IntoView {
    let edit = desk.can_edit();
    let (opened, connected) = (node.clone(), node.clone());
    view! {
        <MenuItem icon="settings" keys="Enter" on_choose=move |()| {
            desk.go_to(FieldTarget { node: opened.clone(), field: None, row: None });
        }>"Properties"</MenuItem>
        <Show when=move || edit.get()>
            {
                let (node, connected) = (node.clone(), connected.clone());
                view! {
                    <MenuItem icon="branch" keys="C" on_choose=move |()| {
                        desk.picking.set(Some(Picking { node: connected.clone(), exit: None }));
                    }>"Connect…"</MenuItem>
                    <MenuItem icon="pencil" keys="F2" on_choose=move |()| {
                        desk.renaming.set(Some(node.clone()));
                    }>"Rename"</MenuItem>
                }
            }
        </Show>
    }
}

#[component]
fn NoteItems(desk: Desk, note: NoteId) -> impl IntoView {
    let tint = desk.read(|editor| editor.flow().notes.get(&note).map(|note| note.tint));
    let chosen = RwSignal::new(tint.unwrap_or_default());
    let act = move |command: Command| {
        move |()| {
            desk.run(command.clone());
        }
    };
    view! {
        <MenuItem icon="pencil" keys="Enter" on_choose=move |()| {
            desk.projection.beside.writing.set(Some(note.clone()));
        }>"Write"</MenuItem>
        <MenuItem icon="copy" keys="Mod+C" on_choose=act(Command::Copy)>
            "Copy"
        </MenuItem>
        <MenuItem icon="copy" keys="Mod+D" on_choose=act(Command::Duplicate)>
            "Duplicate"
        </MenuItem>
        <MenuSeparator />
        <TintItems
            chosen
            on_choose=move |tint| {
                chosen.set(tint);
                desk.run(Command::TintNotes(tint));
            }
        />
        <MenuSeparator />
        <MenuItem icon="trash" keys="Delete" danger=true on_choose=act(Command::Delete)>
            "Delete"
        </MenuItem>
    }
}

#[component]
fn GroupItems(desk: Desk, group: GroupId) -> impl IntoView {
    let tint = desk.read(|editor| editor.flow().groups.get(&group).map(|group| group.tint));
    let chosen = RwSignal::new(tint.unwrap_or_default());
    let renamed = group.clone();
    view! {
        <MenuItem icon="pencil" keys="F2" on_choose=move |()| {
            desk.projection.beside.renaming.set(Some(renamed.clone()));
        }>"Rename"</MenuItem>
        <MenuItem icon="copy" keys="Mod+D" on_choose=move |()| {
            desk.run(Command::Duplicate);
        }>"Duplicate"</MenuItem>
        <MenuSeparator />
        <TintItems
            chosen
            on_choose=move |tint| {
                chosen.set(tint);
                desk.run(Command::SetGroupTint {
                    group: group.clone(),
                    tint,
                });
            }
        />
        <MenuSeparator />
        <MenuItem icon="group" keys="Mod+Shift+G" on_choose=move |()| {
            desk.run(Command::Ungroup);
        }>"Ungroup"</MenuItem>
    }
}

fn open_quick_add(desk: Desk, menu: ContextMenu, then: AddThen) {
    desk.quick_add.set(Some(QuickAdd {
        at_in_screen: menu.at_in_screen.get_untracked(),
        then,
    }));
}

/// Pastes what the browser lets the page read.
fn paste(desk: Desk, menu: ContextMenu) {
    let at_in_screen = menu.at_in_screen.get_untracked();
    spawn_local(async move {
        let reading = window().navigator().clipboard().read_text();
        let text = JsFuture::from(reading).await.ok();
        // The page may have been left while the browser asked.
        if desk.surface().is_none() {
            return;
        }
        if let Some(text) = text.and_then(|text| text.as_string()) {
            let at = desk.read(|editor| editor.camera().to_canvas(at_in_screen));
            desk.run(Command::Paste {
                text,
                at_in_canvas: Some(at),
                keeps_incoming: false,
            });
        }
    });
}
