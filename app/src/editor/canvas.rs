//! The drawing: edges on two canvases, nodes as elements, one layer that takes
//! all events.

mod beside;
mod connect;
mod context_menu;
mod drawn_card;
mod drawn_icon;
mod events;
mod found;
mod guides;
mod hand;
mod inks;
mod layer;
mod live;
mod live_layer;
mod map_frame;
mod marks;
mod minimap;
mod node;
mod overlay;
mod paper;
mod pen;
mod place;
mod quick_add;
mod scene;
mod stand;
mod still;
mod surface;
mod tidy;

use api::socket::Person;
use dom::{ev, html, prelude::*};
use editor::{Command, Input};

pub(crate) use beside::MOST_LETTERS;
pub(crate) use connect::{PickConnection, pick_connection};
pub(crate) use context_menu::context_menu;
pub(crate) use events::at;
pub(crate) use marks::{EdgeLabelField, edge_name};
pub(crate) use minimap::minimap;
pub(crate) use quick_add::{QuickAdd, quick_add};
pub(crate) use surface::{Dirty, Surface, focus_quietly};

use guides::Guides;
use place::Place;

use super::{
    desk::{Desk, Home},
    find::FindBar,
    remembered::remembered,
};
use crate::{
    part::{part, part_when},
    parts,
    preferences::{Preferences, Wheel},
    theme::Theme,
};

/// The canvas of an open flow.
#[component]
pub(crate) fn Canvas(desk: Desk) -> impl IntoView {
    let root: NodeRef<html::Div> = NodeRef::new();
    let grid: NodeRef<html::Div> = NodeRef::new();
    let pane: NodeRef<html::Div> = NodeRef::new();
    let viewport: NodeRef<html::Div> = NodeRef::new();
    let scene: NodeRef<html::Canvas> = NodeRef::new();
    let live: NodeRef<html::Canvas> = NodeRef::new();
    let upright: NodeRef<html::Div> = NodeRef::new();
    let level: NodeRef<html::Div> = NodeRef::new();

    Effect::new(move |_| {
        let elements = (
            root.get(),
            grid.get(),
            pane.get(),
            viewport.get(),
            scene.get(),
            live.get(),
            upright.get(),
            level.get(),
        );
        let (
            Some(root),
            Some(grid),
            Some(pane),
            Some(viewport),
            Some(scene),
            Some(live),
            Some(upright),
            Some(level),
        ) = elements
        else {
            return;
        };
        let surface = Surface::new(
            root.clone().into(),
            Place::new((pane.into(), grid.into()), viewport.into()),
            scene,
            live,
            Guides::new([upright.into(), level.into()]),
        );
        if let Some(surface) = &surface {
            surface.offer_focus(desk);
        }
        desk.set_surface(surface);
        events::watch_size(desk, &root);
        events::listen_to_wheel(desk, &root);
    });
    on_cleanup(move || desk.set_surface(None));
    follow_theme(desk);
    follow_preferences(desk);
    follow_marks(desk);
    follow_offer(desk);
    listen_to_clipboard(desk);

    let empty = Memo::new(move |_| desk.flow.with(|flow| flow.nodes == 0));
    let minimap = remembered("minimap", true);
    let name = move || {
        desk.flow.with(|flow| {
            let nodes = match flow.nodes {
                1 => "1 node".to_owned(),
                many => format!("{many} nodes"),
            };
            format!("{}, {nodes}", flow.name)
        })
    };
    let simplified = desk.projection.simplified;
    let nothing_focused = Memo::new(move |_| {
        let note = desk.projection.beside.focused.with(Option::is_none);
        desk.focused.with(Option::is_none) && note
    });
    view! {
        <div
            class="canvas"
            node_ref=root
            role="application"
            aria-roledescription="canvas"
            aria-label=name
            aria-describedby=move || simplified.get().then_some("canvas-note")
            tabindex=move || if nothing_focused.get() { "0" } else { "-1" }
            data-panel="canvas"
            data-tool=move || desk.tool.get().as_str()
            data-finding=move || (!desk.find.found().is_empty()).then_some("")
            on:pointerdown=move |event| events::pointer_down(desk, &event)
            on:pointermove=move |event| events::pointer_move(desk, &event)
            on:pointerup=move |event| events::pointer_up(desk, &event)
            on:pointercancel=move |event| events::pointer_cancel(desk, &event)
            on:pointerleave=move |_| {
                desk.dispatch(Input::PointerLeave);
            }
            on:mousedown=|event| events::mouse_down(&event)
            on:contextmenu=move |event| events::context_menu(desk, &event)
            on:keydown=move |event| events::key_down(desk, &event)
            on:keyup=move |event| events::key_up(desk, &event)
            on:focusin=move |event| events::focus_in(desk, &event)
            on:focusout=move |event| events::focus_out(desk, &event)
        >
            <Show when=move || simplified.get()>
                <p class="visually-hidden" id="canvas-note">
                    "So many nodes are in view that only those you work with are read here. \
                     The outline in the left panel has all of them as a list, and edits them too."
                </p>
            </Show>
            <div class="canvas__grid" node_ref=grid></div>
            <div class="canvas__pane" node_ref=pane on:scroll=move |_| events::scrolled(desk)>
                <div class="canvas__viewport" node_ref=viewport>
                    <div class="canvas__level">
                        <beside::Beside desk />
                    </div>
                    <canvas class="canvas__scene" node_ref=scene></canvas>
                    <canvas class="canvas__live" node_ref=live></canvas>
                    <div class="canvas__level">
                        <Marks desk />
                        <Cards desk />
                        {part_when(
                            move || desk.is_comparing(),
                            parts::comparison_marks,
                            move |marks| marks(desk),
                        )}
                    </div>
                </div>
            </div>
            <div class="guides">
                <div class="guide" node_ref=upright></div>
                <div class="guide" node_ref=level></div>
            </div>
            <div class="canvas__overlay">
                <overlay::Marquee desk />
                <overlay::PointerNote desk />
                <Show when=move || minimap.get() && !empty.get()>
                    {part(parts::minimap, move |minimap| minimap(desk))}
                </Show>
                <overlay::Zoom desk minimap />
                <tidy::Progress desk />
                <FindBar desk />
                <quick_add::QuickAdd desk home=Home::Canvas />
                <connect::PickConnection desk home=Home::Canvas />
            </div>
            <overlay::EmptyHint desk />
        </div>
        {part_when(
            move || desk.menu.with(Option::is_some),
            parts::context_menu,
            move |menu| menu(desk),
        )}
    }
}

#[component]
fn Cards(desk: Desk) -> impl IntoView {
    let nodes = desk.projection.nodes;
    view! {
        <div role="listbox" aria-multiselectable="true" aria-label="Nodes">
            <For each=move || nodes.get() key=Clone::clone let:id>
                {desk
                    .projection
                    .card(&id)
                    .map(|card| view! { <node::NodeCard desk id=id.clone() card /> })}
            </For>
        </div>
    }
}

#[component]
fn Marks(desk: Desk) -> impl IntoView {
    let edges = desk.projection.edges;
    view! {
        <div role="group" aria-label="Connections">
            <For each=move || edges.get() key=Clone::clone let:id>
                {desk
                    .projection
                    .mark(&id)
                    .map(|mark| view! { <marks::Mark desk id=id.clone() mark /> })}
            </For>
        </div>
    }
}

/// The canvas draws with colours of the theme, so it draws again in another.
fn follow_theme(desk: Desk) {
    let theme = expect_context::<Theme>();
    Effect::new(move |before: Option<bool>| {
        let dark = theme.is_dark();
        if before.is_some_and(|before| before != dark) {
            // The attribute that changes the colours is set by another effect.
            request_animation_frame(move || {
                if let Some(surface) = desk.surface() {
                    surface.repaint(desk);
                }
            });
        }
        dark
    });
}

/// Drawn cards show what is wrong with nodes and who has them selected.
fn follow_marks(desk: Desk) {
    // Pointers of others move all the time.
    let selected = Memo::new(move |_| {
        let selected = |person: &Person| (person.id.clone(), person.selected.clone());
        desk.people
            .with(|people| people.iter().map(selected).collect::<Vec<_>>())
    });
    Effect::new(move |before: Option<()>| {
        desk.problems.track();
        selected.track();
        desk.workspace.track();
        if before.is_some()
            && desk.projection.simplified.get_untracked()
            && let Some(surface) = desk.surface()
        {
            let scene = true;
            surface.request(
                desk,
                Dirty {
                    scene,
                    ..Dirty::default()
                },
            );
        }
    });
}

/// The edge for which a step is offered is drawn while the offer stands.
fn follow_offer(desk: Desk) {
    let can_edit = desk.can_edit();
    Effect::new(move |before: Option<()>| {
        desk.quick_add.track();
        can_edit.track();
        if before.is_some() {
            desk.draw(Dirty {
                live: true,
                ..Dirty::default()
            });
        }
    });
}

fn follow_preferences(desk: Desk) {
    let preferences = expect_context::<Preferences>();
    Effect::new(move |_| {
        desk.prefer(editor::Preferences {
            wheel_zooms: preferences.wheel() == Wheel::Zoom,
            single_letter_keys: preferences.single_letter_keys(),
            keymap: preferences.keymap(),
            orientation: preferences.orientation(),
        });
    });
}

/// Copy, cut and paste arrive at the document, whatever has the focus.
fn listen_to_clipboard(desk: Desk) {
    let copy = window_event_listener(ev::copy, move |event| {
        if let Some(surface) = desk.surface() {
            events::copy(desk, &surface, &event, Command::Copy);
        }
    });
    let cut = window_event_listener(ev::cut, move |event| {
        if let Some(surface) = desk.surface() {
            events::copy(desk, &surface, &event, Command::Cut);
        }
    });
    let paste = window_event_listener(ev::paste, move |event| {
        if let Some(surface) = desk.surface() {
            events::paste(desk, &surface, &event);
        }
    });
    on_cleanup(move || {
        copy.remove();
        cut.remove();
        paste.remove();
    });
}
