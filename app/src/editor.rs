//! The page on which a flow is drawn.

mod adding;
mod bar;
pub mod bench;
mod callee;
mod canvas;
mod commands;
mod comparison;
pub(crate) mod debounce;
mod desk;
mod disabling;
mod dock;
mod export;
mod find;
mod inspector;
mod keyboard;
mod leaving;
mod left;
mod link;
mod live;
pub(crate) mod look;
mod lost;
mod peers;
mod problems;
mod projection;
mod publish;
mod remembered;
mod rename;
mod resizer;
mod shortcuts;
mod take_focus;
mod tints;
mod wanted_node;
mod workspace;

use dom::prelude::*;

use self::{
    bar::{Bar, NarrowView, Panels},
    canvas::Canvas,
    desk::Phase,
    dock::{Dock, Side},
    inspector::Inspector,
    left::LeftPanel,
    remembered::remembered,
};
pub(crate) use self::{
    canvas::{context_menu, minimap, pick_connection, quick_add},
    comparison::comparison_marks,
    desk::{Desk, Doors, Home, Picking, QuickAdd, doors, random_name},
    dock::{DockState, Generated, json, preview},
    export::export_dialog,
    find::find_bar,
    inspector::{About, properties, rows},
    leaving::LeaveGuard,
    left::outline,
    problems::{Check, checker},
    publish::{PublishState, publish_dialog},
    shortcuts::shortcut_sheet,
};
use crate::{
    components::{EmptyState, IconButton, Skeleton, SkeletonShape, Tone, TooltipSide},
    pages::PageTitle,
    part::part_when,
    parts,
};

/// The editor of one flow: `/flows/:id`.
#[component]
pub fn EditorPage(
    /// The flow's id.
    #[prop(into)]
    id: Signal<String>,
) -> impl IntoView {
    // Another flow is another desk, with a link of its own.
    move || view! { <OpenFlow id=id.get() /> }
}

#[component]
fn OpenFlow(id: String) -> impl IntoView {
    let desk = Desk::new(id);
    desk.link.open(desk);
    desk.reconnect_after_signing_in();
    desk.workspace.keep_fresh(desk.client);
    problems::keep_checking(desk);
    wanted_node::follow(desk);
    let title = Signal::derive(move || {
        let name = desk.flow.with(|flow| flow.name.clone());
        if name.is_empty() {
            "Flow".to_owned()
        } else {
            name
        }
    });
    let page = move || match desk.phase.get() {
        Phase::Opening => view! { <Opening /> }.into_any(),
        Phase::Open => view! { <Workbench desk /> }.into_any(),
        Phase::NotFound => ended(
            "This flow is not here",
            "It may have been deleted, or the address is not right.",
        ),
        Phase::Deleted => ended(
            "This flow was deleted",
            "Somebody deleted it while it was open here. What was published stays published.",
        ),
        Phase::TooLarge => ended(
            "This flow is too large to be opened",
            "Ask whoever runs the server to restore an earlier state, or delete the flow.",
        ),
        Phase::Outdated => ended(
            "Patchbay was updated",
            "Load the page again to go on with the new version.",
        ),
    };
    view! {
        <PageTitle title />
        {page}
    }
}

/// Bar, panels, canvas and dock of an open flow.
#[component]
fn Workbench(desk: Desk) -> impl IntoView {
    let wide = window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or_default();
    let dock = DockState {
        open: remembered("dock", wide >= 1280.0),
        side: remembered("dock-side", Side::Bottom),
        size: remembered("dock-size", 272.0),
        tab: RwSignal::new("preview"),
    };
    let panels = Panels {
        left_tab: RwSignal::new(if is_narrow() { "outline" } else { "add" }),
        left: remembered("left", is_narrow() || wide >= 1024.0),
        // On a narrow screen it would cover what the flow is opened for.
        right: if is_narrow() {
            RwSignal::new(false)
        } else {
            remembered("right", wide >= 1024.0)
        },
        shortcuts: RwSignal::new(false),
        export: RwSignal::new(false),
        narrow: RwSignal::new(if is_narrow() {
            NarrowView::Outline
        } else {
            NarrowView::default()
        }),
        dock,
    };
    let right_width = remembered("right-width", 340.0);
    let publish = PublishState::new(desk);
    let deeds = keyboard::Deeds::new(desk, panels);
    keyboard::listen(desk, deeds);
    commands::offer(desk, deeds);
    callee::follow(desk);
    // Whoever jumps to a field wants to see it.
    Effect::new(move |_| {
        if desk.field_target.with(Option::is_some) || desk.open_right.get() {
            panels.right.set(true);
            desk.open_right.set(false);
        }
    });
    Effect::new(move |_| {
        if desk.show_canvas.get() {
            panels.narrow.set(NarrowView::Canvas);
            desk.show_canvas.set(false);
        }
    });
    let state = |open: bool| if open { "open" } else { "closed" };
    view! {
        <main
            class="editor"
            id="main"
            on:pointermove=move |_| desk.prepare()
            on:keydown=move |_| desk.prepare()
            data-dock=move || dock.side.get().as_str()
            data-dock-state=move || state(dock.open.get())
            data-narrow-view=move || panels.narrow.get().as_str()
            data-left=move || state(panels.left.get())
            data-right=move || state(panels.right.get())
            style:--dock-size=move || format!("{}px", dock.size.get())
            style:--right-width=move || format!("{}px", right_width.get())
        >
            <Bar desk panels publish />
            <lost::Lost desk />
            <LeftPanel desk open=panels.left tab=panels.left_tab />
            <div class="editor__centre">
                <div class="editor__stage">
                    <Canvas desk />
                    <Reopen
                        open=panels.left
                        label="Show add and outline"
                        icon="panel-left"
                        side="left"
                    />
                    <Reopen
                        open=panels.right
                        label="Show properties"
                        icon="panel-right"
                        side="right"
                    />
                </div>
                <Dock desk state=dock />
            </div>
            <Inspector desk open=panels.right width=right_width />
            {part_when(
                move || panels.shortcuts.get(),
                parts::shortcuts,
                move |sheet| sheet(panels.shortcuts),
            )}
            {part_when(
                move || panels.export.get(),
                parts::export,
                move |dialog| dialog(desk, panels.export),
            )}
            <leaving::LeaveGuard pending=desk.pending />
        </main>
    }
}

/// Whether the window has room for one thing only. The style sheet says the
/// same.
fn is_narrow() -> bool {
    let query = window().match_media("(max-width: 767px)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Brings a hidden panel back.
#[component]
fn Reopen(
    open: RwSignal<bool>,
    label: &'static str,
    icon: &'static str,
    side: &'static str,
) -> impl IntoView {
    view! {
        <Show when=move || !open.get()>
            <span class="editor__reopen" data-side=side>
                <IconButton
                    icon=icon
                    label=label
                    side=if side == "left" { TooltipSide::Right } else { TooltipSide::Left }
                    small=true
                    on_click=move |_| open.set(true)
                />
            </span>
        </Show>
    }
}

/// The frame of the editor while the flow is on its way.
#[component]
fn Opening() -> impl IntoView {
    view! {
        <main class="editor" id="main" aria-busy="true">
            <header class="editor-bar">
                <Skeleton shape=SkeletonShape::Short />
            </header>
            <aside class="panel panel--left">
                <div class="section">
                    <Skeleton />
                </div>
            </aside>
            <div class="editor__centre">
                <div class="canvas"></div>
            </div>
            <aside class="panel panel--right">
                <div class="section">
                    <Skeleton />
                </div>
            </aside>
            <p class="visually-hidden" role="status">
                "Opening the flow…"
            </p>
        </main>
    }
}

fn ended(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <main class="page" id="main">
            <EmptyState icon="workflow" title text tone=Tone::Neutral>
                <a class="button button--primary" href="/flows">
                    "Back to flows"
                </a>
            </EmptyState>
        </main>
    }
    .into_any()
}
