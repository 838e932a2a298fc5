//! What can be done with a row, as a menu: by the right button, a button on the
//! row, or the keyboard.

use dom::prelude::*;
use editor::OutlineEntry;

use super::{super::super::disabling::DisableItem, acts, tree::Tree};
use crate::components::{Menu, MenuItem, MenuSeparator};

/// The menu of the row that the keyboard is at.
#[component]
pub(super) fn RowMenu(tree: Tree) -> impl IntoView {
    let edit = tree.desk.can_edit();
    let act = move |act: fn(Tree)| move |()| act(tree);
    let items = move || {
        let Some(entry) = tree.entry() else {
            return ().into_any();
        };
        let is_node = matches!(entry, OutlineEntry::Node { .. });
        let is_exit = matches!(entry, OutlineEntry::Exit { .. });
        let edge = acts::edge_onwards(tree.desk, &entry);
        let leads_on = edge.is_some();
        let edits = move || {
            view! {
                <MenuItem icon="plus" keys="Insert" on_choose=act(acts::add_here)>
                    {if is_exit && leads_on { "Insert a step here…" } else { "Add the next step…" }}
                </MenuItem>
                {(is_node || is_exit).then(|| view! {
                    <MenuItem icon="branch" keys=">" on_choose=act(acts::connect)>
                        {if leads_on { "Lead elsewhere…" } else { "Connect…" }}
                    </MenuItem>
                })}
                {leads_on.then(|| view! {
                    <MenuItem
                        icon="unlink"
                        note=if is_exit { "Delete" } else { "" }
                        on_choose=act(acts::disconnect)
                    >
                        "Remove connection"
                    </MenuItem>
                })}
                {is_node.then(|| view! {
                    <MenuSeparator />
                    <MenuItem icon="pencil" keys="F2" on_choose=act(acts::rename)>
                        "Rename"
                    </MenuItem>
                    <MenuItem icon="copy" keys="Mod+D" on_choose=act(acts::duplicate)>
                        "Duplicate"
                    </MenuItem>
                    <DisableItem desk=tree.desk />
                    <MenuSeparator />
                    <MenuItem icon="unlink" keys="Mod+Delete" on_choose=act(acts::delete_and_heal)>
                        "Remove and reconnect"
                    </MenuItem>
                    <MenuItem icon="trash" keys="Delete" danger=true on_choose=act(acts::delete)>
                        "Delete"
                    </MenuItem>
                })}
            }
        };
        view! {
            {is_node.then(|| view! {
                <MenuItem icon="settings" keys="Enter" on_choose=act(acts::open)>
                    "Properties"
                </MenuItem>
            })}
            {leads_on.then(|| view! {
                <MenuItem icon="arrow-right" on_choose=act(acts::follow)>
                    "Go where this leads"
                </MenuItem>
            })}
            {edge.map(|edge| view! {
                <MenuItem icon="settings" on_choose=move |()| acts::open_edge(tree, edge.clone())>
                    "Properties of the connection"
                </MenuItem>
            })}
            {(is_node || is_exit).then(|| view! {
                <MenuItem icon="eye" keys="Alt+Enter" on_choose=act(acts::show_on_canvas)>
                    "Show in the drawing"
                </MenuItem>
            })}
            {edit.get().then(|| view! { <MenuSeparator /> })}
            {edit.get().then(edits)}
        }
        .into_any()
    };
    view! {
        <Menu handle=tree.menu label="What can be done here">
            {items}
        </Menu>
    }
}
