//! What can be added, by category: dragged onto the canvas, or clicked.

use dom::{ev::KeyboardEvent, prelude::*};
use editor::{Command, Place, geometry};
use flow::{Category, EdgeId, Kind, KindSpec, Point};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::super::{
    adding,
    canvas::{self, Dirty},
    desk::Desk,
    look::{Tile, kind_colour},
};
use crate::components::SearchInput;

/// So far the pointer moves, in screen pixels, before a press becomes a drag.
const THRESHOLD: f64 = 4.0;

/// A kind on its way from the palette to the canvas.
#[derive(Clone, PartialEq)]
struct Carried {
    kind: Kind,
    from: Point,
    at: Point,
    moved: bool,
}

/// The palette.
#[component]
pub(super) fn Palette(desk: Desk) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let carried: RwSignal<Option<Carried>> = RwSignal::new(None);
    let groups = Memo::new(move |_| {
        let kind = desk.flow.with(|flow| flow.kind);
        let found = adding::matching(kind, &search.get());
        let mut groups: Vec<(Category, Vec<Kind>)> = Vec::new();
        // Categories come in the catalogue's order.
        for spec in flow::catalogue() {
            if !found.iter().any(|other| other.kind == spec.kind) {
                continue;
            }
            match groups
                .iter_mut()
                .find(|(category, _)| *category == spec.category)
            {
                Some((_, kinds)) => kinds.push(spec.kind.clone()),
                None => groups.push((spec.category, vec![spec.kind.clone()])),
            }
        }
        groups
    });
    let first = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            let kind = desk.flow.with_untracked(|flow| flow.kind);
            let found = adding::matching(kind, &search.get_untracked());
            let first = found.into_iter().next();
            if let Some(spec) = first.filter(|spec| adding::available(desk, spec)) {
                adding::add_in_place(desk, &spec.kind);
            }
        }
    };
    let sections = move || {
        groups
            .get()
            .into_iter()
            .map(|(category, kinds)| {
                view! {
                    <section class="palette__group">
                        <h2 class="title-group">{category.title()}</h2>
                        {kinds
                            .into_iter()
                            .filter_map(|kind| kind.spec())
                            .map(|spec| view! { <Item desk spec carried /> })
                            .collect_view()}
                    </section>
                }
            })
            .collect_view()
    };
    let nothing = move || {
        if search.with(|search| search.trim().is_empty()) {
            "Patchbay has no steps for flows of this kind yet."
        } else {
            "Nothing here is called so."
        }
    };
    view! {
        <div class="panel__search">
            <SearchInput label="Search what to add" value=search on_key_down=first />
        </div>
        <div class="panel__body">
            <div class="palette" data-panel="palette">
                {sections}
                <Show when=move || groups.with(Vec::is_empty)>
                    <p class="menu__label">{nothing}</p>
                </Show>
            </div>
        </div>
        <Ghost desk carried />
    }
}

#[component]
fn Item(desk: Desk, spec: &'static KindSpec, carried: RwSignal<Option<Carried>>) -> impl IntoView {
    let may_add = Memo::new(move |_| {
        desk.revision.track();
        adding::available(desk, spec)
    });
    let here =
        |event: &PointerEvent| Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
    let down = move |event: PointerEvent| {
        if event.button() != 0 || !may_add.get_untracked() {
            return;
        }
        let item = event
            .current_target()
            .and_then(|t| t.dyn_into::<Element>().ok());
        if let Some(item) = item {
            // Without capture the drag would end at the panel's border.
            let _ = item.set_pointer_capture(event.pointer_id());
        }
        carried.set(Some(Carried {
            kind: spec.kind.clone(),
            from: here(&event),
            at: here(&event),
            moved: false,
        }));
    };
    let moved = move |event: PointerEvent| {
        if carried.with_untracked(Option::is_some) {
            carried.update(|carried| {
                if let Some(carried) = carried {
                    carried.at = here(&event);
                    carried.moved |= geometry::distance(carried.from, carried.at) > THRESHOLD;
                }
            });
            show_landing(desk, landing(desk, &spec.kind, &event));
        }
    };
    let up = move |event: PointerEvent| {
        show_landing(desk, None);
        let Some(done) = carried.try_update(Option::take).flatten() else {
            return;
        };
        if done.moved {
            drop_on_canvas(desk, &done.kind, &event);
        } else {
            adding::add_in_place(desk, &done.kind);
        }
    };
    let keyed = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            if may_add.get_untracked() {
                adding::add_in_place(desk, &spec.kind);
            }
        }
    };
    view! {
        <button
            class="palette__item"
            type="button"
            data-kind=spec.kind.as_str()
            data-category=spec.category.as_str()
            title=spec.help
            aria-disabled=move || (!may_add.get()).then_some("true")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=move |_| {
                carried.set(None);
                show_landing(desk, None);
            }
            on:keydown=keyed
        >
            <Tile kind=spec.kind.clone() small=true />
            <span class="palette__name truncate">{spec.title}</span>
        </button>
    }
}

fn drop_on_canvas(desk: Desk, kind: &Kind, event: &PointerEvent) {
    let Some(at) = on_canvas(desk, event) else {
        return;
    };
    let at = match landing(desk, kind, event) {
        Some(edge) => Place::OnEdge {
            edge,
            at_in_canvas: Some(at),
        },
        None => Place::InCanvas(at),
    };
    desk.run(Command::AddNode {
        kind: kind.clone(),
        at,
    });
}

/// Where on the canvas the pointer is; none beside it.
fn on_canvas(desk: Desk, event: &PointerEvent) -> Option<Point> {
    let at = canvas::at(desk.surface()?.root(), event);
    let pane = desk.read(editor::Editor::viewport);
    let inside = (0.0..=pane.width).contains(&at.x) && (0.0..=pane.height).contains(&at.y);
    inside.then(|| desk.read(|editor| editor.camera().to_canvas(at)))
}

/// The edge into which a node goes that is let go here.
fn landing(desk: Desk, kind: &Kind, event: &PointerEvent) -> Option<EdgeId> {
    let at = on_canvas(desk, event)?;
    desk.read(|editor| editor.edge_to_insert_into(kind, at))
}

fn show_landing(desk: Desk, edge: Option<EdgeId>) {
    if desk.landing.with_untracked(|shown| *shown != edge) {
        desk.landing.set(edge);
        desk.draw(Dirty {
            live: true,
            ..Dirty::default()
        });
    }
}

/// The card that follows the pointer.
#[component]
fn Ghost(desk: Desk, carried: RwSignal<Option<Carried>>) -> impl IntoView {
    move || {
        let carried = carried.get().filter(|carried| carried.moved)?;
        let spec = carried.kind.spec()?;
        let zoom = desk.read(editor::Editor::camera).zoom;
        let x = carried.at.x - geometry::NODE_SIZE.width * zoom / 2.0;
        let y = carried.at.y - geometry::NODE_SIZE.height * zoom / 2.0;
        Some(view! {
            <div
                class="node node--ghost palette__ghost"
                data-category=kind_colour(&carried.kind)
                style:transform=format!("translate({x}px, {y}px) scale({zoom})")
            >
                <Tile kind=carried.kind.clone() />
                <span class="node__text">
                    <span class="node__title">{spec.title}</span>
                    <span class="node__subtitle">{spec.category.title()}</span>
                </span>
            </div>
        })
    }
}
