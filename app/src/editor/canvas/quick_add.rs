//! Quick add: a searched list of what fits where it was opened.

use editor::{Input, geometry};
use flow::{Kind, KindSpec, NodeId};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::super::{
    adding,
    desk::{AddThen, Desk, QuickAdd as Opened},
    look::Tile,
};
use crate::components::{Kbd, element_id};

/// The popover's size in screen pixels, at most.
const SIZE: (f64, f64) = (280.0, 384.0);
/// Between the popover and the pane's border.
const GAP: f64 = 8.0;

/// The popover, while it is open.
#[component]
pub(super) fn QuickAdd(desk: Desk) -> impl IntoView {
    move || {
        desk.quick_add
            .get()
            .filter(|_| desk.can_edit().get())
            .map(|opened| view! { <Popover desk opened /> })
    }
}

#[component]
fn Popover(desk: Desk, opened: Opened) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let field: NodeRef<html::Input> = NodeRef::new();
    let list_id = element_id("quick-add");
    let Opened { at_in_screen, then } = opened;

    let found = Memo::new({
        let then = then.clone();
        move |_| {
            let kind = desk.read(|editor| editor.flow().kind);
            let mut found = adding::matching(kind, &search.get());
            found.retain(|spec| adding::fits(spec, &then) && adding::available(desk, spec));
            found
                .iter()
                .map(|spec| spec.kind.clone())
                .collect::<Vec<_>>()
        }
    });
    let choose = {
        let then = then.clone();
        move |kind: &Kind| {
            let at = desk.read(|editor| editor.camera().to_canvas(at_in_screen));
            desk.quick_add.set(None);
            adding::add(desk, kind, at, then.clone());
            // The popover takes the focus with it: it goes on to what was added.
            let added = desk.read(|editor| editor.focus().cloned());
            if let (Some(added), Some(surface)) = (added, desk.surface()) {
                surface.focus_node(desk, added);
            }
        }
    };
    let close = move || {
        desk.quick_add.set(None);
        // A connection may have been begun by the same click.
        desk.dispatch(Input::PointerCancel);
        if let Some(surface) = desk.surface() {
            super::surface::focus_quietly(surface.root());
        }
    };
    let keyed = {
        let choose = choose.clone();
        move |event: KeyboardEvent| {
            let count = found.with(Vec::len);
            match event.key().as_str() {
                "ArrowDown" => active.update(|at| *at = (*at + 1) % count.max(1)),
                "ArrowUp" => active.update(|at| *at = (*at + count.max(1) - 1) % count.max(1)),
                "Enter" => {
                    if let Some(kind) = found.with(|found| found.get(active.get()).cloned()) {
                        choose(&kind);
                    }
                }
                "Escape" | "Tab" => close(),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            super::surface::focus_quietly(&field);
        }
    });
    let pane = desk.read(editor::Editor::viewport);
    let x = match &then {
        AddThen::Next(node, _) => beside(desk, node, pane.width),
        _ => at_in_screen.x.min(pane.width - SIZE.0 - GAP).max(GAP),
    };
    let y = at_in_screen.y.min(pane.height - SIZE.1 - GAP).max(GAP);
    let (label, note) = match &then {
        AddThen::Alone => ("Add a step", "Enter adds"),
        AddThen::After(..) | AddThen::Next(..) => ("Add the next step", "Enter adds and connects"),
        AddThen::Before(_) => ("Add the step before", "Enter adds and connects"),
        AddThen::OnEdge(_) => ("Insert a step", "Enter inserts"),
    };
    let items = {
        let list_id = list_id.clone();
        move || {
            let choose = choose.clone();
            let list_id = list_id.clone();
            found
                .get()
                .into_iter()
                .filter_map(|kind| kind.spec())
                .enumerate()
                .map(|(index, spec)| {
                    view! { <Choice spec index active id=format!("{list_id}-{index}") choose=choose.clone() /> }
                })
                .collect_view()
        }
    };
    let described = {
        let list_id = list_id.clone();
        move || format!("{list_id}-{}", active.get())
    };
    view! {
        <div
            class="popover quick-add"
            data-control=""
            data-panel="quick-add"
            style:left=format!("{x}px")
            style:top=format!("{y}px")
            on:pointerdown=|event| event.stop_propagation()
        >
            <input
                node_ref=field
                class="quick-add__search"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-expanded="true"
                aria-controls=list_id.clone()
                aria-activedescendant=described
                aria-label=label
                placeholder=label
                prop:value=search
                on:input=move |event| {
                    search.set(event_target_value(&event));
                    active.set(0);
                }
                on:keydown=keyed
            />
            <div class="quick-add__list" role="listbox" id=list_id aria-label="Steps">
                {items}
                <Show when=move || found.with(Vec::is_empty)>
                    <p class="menu__label">"Nothing here is called so."</p>
                </Show>
            </div>
            <footer class="quick-add__foot">
                <span>{note}</span>
                <Kbd keys="Esc" />
                <span>"closes"</span>
            </footer>
        </div>
    }
}

/// To the right of a card, or to the left where there is more room: what the
/// exit may lead to stays in sight below.
fn beside(desk: Desk, node: &NodeId, pane_width: f64) -> f64 {
    let (left, right) = desk.read(|editor| {
        let card = geometry::node_rect(editor.position_shown(node));
        let camera = editor.camera();
        (camera.to_screen(card.min).x, camera.to_screen(card.max).x)
    });
    if right + SIZE.0 + 2.0 * GAP <= pane_width || pane_width - right >= left {
        (right + GAP).min(pane_width - SIZE.0 - GAP).max(GAP)
    } else {
        (left - SIZE.0 - GAP).max(GAP)
    }
}

#[component]
fn Choice(
    spec: &'static KindSpec,
    index: usize,
    active: RwSignal<usize>,
    id: String,
    choose: impl Fn(&Kind) + Clone + 'static,
) -> impl IntoView {
    view! {
        <div
            class="quick-add__item"
            role="option"
            id=id
            data-kind=spec.kind.as_str()
            aria-selected=move || (active.get() == index).to_string()
            on:pointermove=move |_| {
                if active.get_untracked() != index {
                    active.set(index);
                }
            }
            on:click=move |_| choose(&spec.kind)
        >
            <Tile kind=spec.kind.clone() small=true />
            <span class="quick-add__text truncate">
                {spec.title} <span class="quick-add__note truncate">{spec.help}</span>
            </span>
        </div>
    }
}
