//! Quick add: a searched list of what fits where it was opened.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::{Editor, Input, Orientation};
use flow::{Kind, KindSpec};

use super::super::{
    adding,
    desk::{AddThen, Desk, Home, QuickAdd as Opened},
    look::Tile,
    take_focus::take_focus,
};
use crate::{components::element_id, part::part, parts};

use super::stand::{Stand, pixels, show_choice};

/// The popover, while it is open from where the keyboard works on the flow.
#[component]
pub(crate) fn QuickAdd(desk: Desk, home: Home) -> impl IntoView {
    move || {
        desk.quick_add
            .get()
            .filter(|_| desk.home() == home && desk.can_edit().get())
            .map(|opened| {
                part(parts::quick_add, move |offer| {
                    offer(desk, home, opened.clone())
                })
            })
    }
}

/// The offer of nodes to add.
pub(crate) fn quick_add(desk: Desk, home: Home, opened: Opened) -> View {
    view! { <Popover desk home opened /> }
}

#[component]
fn Popover(desk: Desk, home: Home, opened: Opened) -> impl IntoView {
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
            if let Some(added) = desk.read(|editor| editor.focus().cloned()) {
                desk.focus_node(added);
            }
        }
    };
    let close = move || {
        desk.quick_add.set(None);
        // A connection may have been begun by the same click.
        desk.dispatch(Input::PointerCancel);
        if let (Home::Canvas, Some(surface)) = (home, desk.surface()) {
            // Keys that are struck before the next frame reach the canvas.
            super::surface::focus_quietly(surface.root());
        }
        desk.focus_home();
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
            take_focus(desk, field, |_| ());
        }
    });
    let stand = match &then {
        // Where the flow does not lead, so that what may be connected stays seen.
        AddThen::Next(node, _) => match desk.read(Editor::orientation) {
            Orientation::TopDown => Stand::at_side_of(desk, node, at_in_screen.y),
            Orientation::LeftRight => Stand::beside(desk, node),
        },
        _ => Stand::at(desk, at_in_screen),
    };
    let choice = {
        let list_id = list_id.clone();
        Memo::new(move |_| {
            let at = active.get();
            found
                .with(|found| at < found.len())
                .then(|| format!("{list_id}-{at}"))
        })
    };
    Effect::new(move |_| {
        if let Some(choice) = choice.get() {
            show_choice(choice);
        }
    });
    let (label, note) = match &then {
        AddThen::Alone => ("Add a step", "adds"),
        AddThen::After(..) | AddThen::Next(..) => ("Add the next step", "adds and connects"),
        AddThen::Before(_) => ("Add the step before", "adds and connects"),
        AddThen::OnEdge(_) => ("Insert a step", "inserts"),
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
    view! {
        <div
            class="popover quick-add"
            class:quick-add--in-window=stand.in_window
            data-control=""
            data-panel="quick-add"
            style:left=pixels(Some(stand.left))
            style:top=pixels(stand.top)
            style:bottom=pixels(stand.bottom)
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
                aria-activedescendant=choice
                aria-label=label
                placeholder=label
                prop:value=search
                on:input=move |event| {
                    search.set(event_target_value(&event));
                    active.set(0);
                }
                on:keydown=keyed
            />
            <div
                class="quick-add__list"
                role="listbox"
                id=list_id
                aria-label="Steps"
                style:max-height=pixels(Some(stand.list_height))
            >
                {items}
            </div>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="menu__label" role="status">
                    "Nothing here is called so."
                </p>
            </Show>
            <footer class="quick-add__foot">
                <span>
                    <span class="kbd"><kbd>"Enter"</kbd></span>
                    " "
                    {note}
                </span>
                <span>
                    <span class="kbd"><kbd>"Esc"</kbd></span>
                    " closes"
                </span>
            </footer>
        </div>
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
            <span class="quick-add__text">
                {spec.title}
                <span class="quick-add__note">{first_sentence(spec.help)}</span>
            </span>
        </div>
    }
}

/// What a step does, without what there is to know besides.
fn first_sentence(help: &'static str) -> &'static str {
    match help.find(". ") {
        Some(end) => &help[..=end],
        None => help,
    }
}
