//! The flow as a tree of rows: the second way to see and edit it, complete
//! without a pointer and without the drawing.

mod acts;
mod keys;
mod menu;
mod row;
mod tree;

use dom::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::{
    canvas::{PickConnection, QuickAdd},
    desk::{Desk, Home},
};
use crate::{
    components::{Button, ButtonKind, Kbd},
    preferences::Preferences,
};
use tree::Tree;

/// The outline.
#[component]
pub(super) fn Outline(desk: Desk) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let body: NodeRef<html::Div> = NodeRef::new();
    let tree = Tree::new(desk, body);
    tree.follow_canvas();
    tree.answer_calls();
    tree.keep_focus();
    on_cleanup(move || desk.set_home(Home::Canvas));
    let resizing = window_event_listener(ev::resize, move |_| tree.look());
    on_cleanup(move || resizing.remove());

    let edit = desk.can_edit();
    let is_empty = Memo::new(move |_| tree.outline.with(|outline| outline.rows().is_empty()));
    let items = tree.items;
    let height = move || {
        let rows = tree.shown.with(|shown| shown.len());
        format!("{}px", rows as f64 * tree.scrolled.get().row_height)
    };
    view! {
        <div
            class="panel__body outline__scroll"
            node_ref=body
            data-panel="outline"
            on:scroll=move |_| tree.look()
        >
            <div
                class="outline"
                role="tree"
                aria-label="Steps of the flow"
                aria-multiselectable="true"
                aria-describedby=move || edit.get().then_some("outline-hints")
                hidden=is_empty
                style:height=height
                on:keydown=move |event| keys::key_down(tree, &event)
                on:focusin=move |_| {
                    desk.set_home(Home::Outline);
                    desk.quick_add.set(None);
                }
            >
                <For each=move || items.get() key=|item| item.key.clone() let:item>
                    <row::Row tree key=item.key />
                </For>
            </div>
            <Show when=move || is_empty.get()>
                <div class="outline__empty">
                    <p>"This flow is empty."</p>
                    <Show when=move || edit.get()>
                        <Button icon="plus" small=true on_click=move |_| acts::add(tree)>
                            "Add the first step"
                        </Button>
                    </Show>
                </div>
            </Show>
        </div>
        <Show when=move || edit.get() && !is_empty.get()>
            <p class="panel__foot outline__hints" id="outline-hints">
                <span><Kbd keys="Enter" />" properties"</span>
                <span><Kbd keys="Insert" />" add"</span>
                <Show when=move || preferences.single_letter_keys()>
                    <span><Kbd keys=">" />" connect"</span>
                </Show>
                <span><Kbd keys="F2" />" rename"</span>
                <span><Kbd keys="Shift+F10" />" more"</span>
            </p>
            <Actions tree />
        </Show>
        <menu::RowMenu tree />
        <QuickAdd desk home=Home::Outline />
        <PickConnection desk home=Home::Outline />
    }
}

/// What can be done with the chosen row, for fingers: narrow screens show it.
#[component]
fn Actions(tree: Tree) -> impl IntoView {
    // The row keeps the focus, and with it its place in the list.
    let act = move |act: fn(Tree)| move |_| act(tree);
    let more = move |event: ev::MouseEvent| {
        let button = event.current_target();
        let rect = button
            .and_then(|button| button.dyn_into::<Element>().ok())
            .map(|button| button.get_bounding_client_rect());
        if let Some(rect) = rect {
            tree.menu.open_at(rect.left(), rect.top());
        }
    };
    view! {
        <div class="outline__actions" role="toolbar" aria-label="The chosen step">
            <Button icon="plus" kind=ButtonKind::Ghost on_click=act(acts::add_here)>
                "Add"
            </Button>
            <Button icon="branch" kind=ButtonKind::Ghost on_click=act(acts::connect)>
                "Connect"
            </Button>
            <Button icon="pencil" kind=ButtonKind::Ghost on_click=act(acts::open)>
                "Edit"
            </Button>
            <Button icon="more" kind=ButtonKind::Ghost on_click=more>
                "More"
            </Button>
        </div>
    }
}

/// Focuses a row of the tree once the page shows it, without scrolling by
/// itself: the tree knows where the row is.
fn focus_row(desk: Desk, body: NodeRef<html::Div>) {
    request_animation_frame(move || {
        // A list that was opened meanwhile has it.
        let is_open = desk.quick_add.try_with_untracked(Option::is_some) == Some(true)
            || desk.picking.try_with_untracked(Option::is_some) == Some(true);
        if is_open {
            return;
        }
        let row = body
            .try_get_untracked()
            .flatten()
            .and_then(|body| {
                body.query_selector("[role='treeitem'][tabindex='0']")
                    .ok()
                    .flatten()
            })
            .and_then(|row| row.dyn_into::<HtmlElement>().ok());
        if let Some(row) = row {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = row.focus_with_options(&options);
        }
    });
}
