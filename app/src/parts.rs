//! Which parts of the page are fetched when they are first wanted, and in which
//! pieces they come. What opening a flow needs is not among them.

#![allow(unsafe_code, reason = "`wasm_split` links what it cuts off by name")]

use ::editor::{Tidy, TidyTask};
use dom::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::{
    address::{Area, Changes, ContactsPlace},
    editor, frame, pages,
};

macro_rules! parts {
    ($($(#[$doc:meta])* $piece:ident $name:ident: $part:ty = $function:expr;)*) => {$(
        $(#[$doc])*
        #[wasm_split($piece, wasm_split_path = leptos::wasm_split, fallible)]
        pub(crate) fn $name() -> Result<$part, SplitLoaderError> {
            Ok($function)
        }
    )*};
}

parts! {
    /// The way in.
    pages sign_in: fn() -> View = pages::sign_in;
    /// The first account.
    pages set_up: fn() -> View = pages::set_up;
    /// All flows.
    pages flows: fn() -> View = pages::flows;
    /// What was done.
    pages activity: fn() -> View = pages::activity;
    /// How calls go.
    pages operations: fn() -> View = pages::operations;
    /// Contacts and imports.
    pages contacts: fn(Memo<ContactsPlace>) -> View = pages::contacts;
    /// Changes of many flows.
    pages changes: fn(Memo<Changes>) -> View = pages::changes;
    /// The settings of one area.
    pages settings: fn(Memo<Area>) -> View = pages::settings;
    /// All data actions.
    actions data_actions: fn() -> View = pages::data_actions;
    /// The editor of a data action.
    actions data_action: fn(Memo<String>) -> View = pages::data_action;
    /// The way back in where a session has ended.
    pages sign_in_again: fn() -> View = frame::sign_in_again;
    /// The password, once more.
    pages confirm_identity: fn() -> View = frame::confirm_identity;

    /// The properties of what is selected.
    tools properties: fn(editor::Desk, editor::About, RwSignal<bool>) -> View = editor::properties;
    /// What changes a flow.
    tools doors: editor::Doors = editor::doors();
    /// Tidying.
    tools tidy: fn(TidyTask) -> Tidy = Tidy::new;
    /// The checks.
    steps checker: fn() -> Box<dyn editor::Check> = editor::checker;
    /// The document that would be sent.
    steps preview: fn(editor::Desk, Signal<bool>, RwSignal<editor::Generated>) -> View =
        editor::preview;
    /// The small map.
    steps minimap: fn(editor::Desk) -> View = editor::minimap;
    /// The outline.
    tools outline: fn(editor::Desk) -> View = editor::outline;
    /// What a comparison shows on the canvas.
    tools comparison_marks: fn(editor::Desk) -> View = editor::comparison_marks;
    /// The menu of the canvas.
    tools context_menu: fn(editor::Desk) -> View = editor::context_menu;
    /// The offer of nodes to add.
    tools quick_add: fn(editor::Desk, editor::Home, editor::QuickAdd) -> View = editor::quick_add;
    /// The offer of nodes to connect.
    tools pick_connection: fn(editor::Desk, editor::Picking) -> View = editor::pick_connection;
    /// The search in the open flow.
    tools find: fn(editor::Desk) -> View = editor::find_bar;
    /// The dialog that publishes.
    tools publish: fn(editor::Desk, editor::PublishState, editor::DockState) -> View = editor::publish_dialog;
    /// Pictures of the drawing.
    tools export: fn(editor::Desk, RwSignal<bool>) -> View = editor::export_dialog;
    /// The shortcuts.
    tools shortcuts: fn(RwSignal<bool>) -> View = editor::shortcut_sheet;
    /// The search in all flows.
    tools search: fn() -> View = frame::search_dialog;
    /// The list of commands.
    tools commands: fn() -> View = frame::command_dialog;
}
