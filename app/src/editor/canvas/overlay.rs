//! What lies above the drawing: the marquee, the word beside the pointer, the
//! zoom buttons and the hint on an empty canvas.

use std::time::Duration;

use dom::prelude::*;
use editor::Command;

use super::super::{
    debounce::Debounce,
    desk::{AddThen, Desk, QuickAdd, now_millis},
    projection::Tool,
};
use crate::components::{Button, Icon, IconButton, TooltipSide};

/// While the zoom goes on changing it is written so often: an eye follows no more,
/// and each time the browser lays words out.
const WRITTEN_EVERY: Duration = Duration::from_millis(80);
/// How far the word is from the pointer, in screen pixels.
const NOTE_OFFSET: f64 = 14.0;

/// The rectangle that selects.
#[component]
pub(super) fn Marquee(desk: Desk) -> impl IntoView {
    move || match desk.tool.get() {
        Tool::Marquee(area) => Some(view! {
            <div
                class="marquee"
                style:transform=format!("translate({}px, {}px)", area.min.x, area.min.y)
                style:width=format!("{}px", area.width())
                style:height=format!("{}px", area.height())
            ></div>
        }),
        _ => None,
    }
}

/// Why the edge that is being drawn cannot end here.
#[component]
pub(super) fn PointerNote(desk: Desk) -> impl IntoView {
    move || match desk.tool.get() {
        Tool::Connecting {
            at_in_screen,
            refused: Some(reason),
        } => {
            // On the side where there is more room.
            let pane = desk.read(editor::Editor::viewport);
            let beside = |at: f64, length: f64| {
                if at > length / 2.0 {
                    format!("calc({at}px - 100% - {NOTE_OFFSET}px)")
                } else {
                    format!("{}px", at + NOTE_OFFSET)
                }
            };
            let x = beside(at_in_screen.x, pane.width);
            let y = format!("{}px", at_in_screen.y + NOTE_OFFSET);
            Some(view! {
                <div
                    class="pointer-note"
                    data-tone="danger"
                    role="status"
                    style:transform=format!("translate({x}, {y})")
                >
                    <Icon name="circle-alert" />
                    {reason.to_string()}
                </div>
            })
        }
        _ => None,
    }
}

/// Tidy, out, percent, in, fit, minimap.
#[component]
pub(super) fn Zoom(desk: Desk, minimap: RwSignal<bool>) -> impl IntoView {
    let written = RwSignal::new(desk.zoom.get_untracked());
    let at_last = Debounce::new(WRITTEN_EVERY);
    Effect::new(move |written_at_millis: Option<f64>| {
        let (zoom, now) = (desk.zoom.get(), now_millis());
        match written_at_millis {
            Some(before) if now - before < WRITTEN_EVERY.as_secs_f64() * 1000.0 => {
                at_last.run(move || {
                    if let Some(zoom) = desk.zoom.try_get_untracked() {
                        written.try_set(zoom);
                    }
                });
                before
            }
            _ => {
                written.set(zoom);
                now
            }
        }
    });
    let percent = move || format!("{}%", (written.get() * 100.0).round());
    let command = move |command: Command| {
        move |_| {
            desk.run(command.clone());
        }
    };
    view! {
        // A press leaves the keyboard where it is, so that its keys go on to work.
        <div
            class="zoom"
            role="group"
            aria-label="Zoom"
            data-control=""
            on:mousedown=|event| event.prevent_default()
        >
            <super::tidy::TidyButton desk />
            <IconButton
                icon="minus"
                label="Zoom out"
                side=TooltipSide::Top
                small=true
                on_click=command(Command::ZoomOut)
            />
            <button
                class="button button--ghost button--small zoom__value"
                type="button"
                aria-label=move || format!("Zoom {}, show at 100%", percent())
                data-tooltip="Show at 100%"
                data-side="top"
                on:click=command(Command::ZoomTo(1.0))
            >
                <span class="zoom__percent">{percent}</span>
            </button>
            <IconButton
                icon="plus"
                label="Zoom in"
                side=TooltipSide::Top
                small=true
                on_click=command(Command::ZoomIn)
            />
            <IconButton
                icon="fit"
                label="Fit the flow"
                side=TooltipSide::Top
                small=true
                on_click=command(Command::FitAll)
            />
            <IconButton
                icon="map"
                label="Minimap"
                side=TooltipSide::Top
                small=true
                pressed=minimap
                on_click=move |_| minimap.update(|shown| *shown = !*shown)
            />
        </div>
    }
}

/// How to begin, while there is nothing.
#[component]
pub(super) fn EmptyHint(desk: Desk) -> impl IntoView {
    let empty = Memo::new(move |_| desk.flow.with(|flow| flow.nodes == 0));
    let edit = desk.can_edit();
    let add = move |_| {
        let viewport = desk.read(editor::Editor::viewport);
        desk.quick_add.set(Some(QuickAdd {
            at_in_screen: flow::Point::new(viewport.width / 2.0, viewport.height / 3.0),
            then: AddThen::Alone,
        }));
    };
    move || {
        empty.get().then(|| {
            if edit.get() {
                view! {
                    <div class="canvas__hint">
                        <p class="title-section">"This flow is empty"</p>
                        <p>
                            "Drag a step here from the left, double-click the canvas, or press "
                            <crate::components::Kbd keys="N" /> "."
                        </p>
                        <div class="button-group" data-control="">
                            <Button icon="plus" on_click=add>
                                "Add the first step"
                            </Button>
                            <a class="button button--ghost" href="/flows">
                                "Start from a template"
                            </a>
                        </div>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <div class="canvas__hint">
                        <p class="title-section">"This flow is empty"</p>
                        <p>"There is nothing to look at yet."</p>
                    </div>
                }
                .into_any()
            }
        })
    }
}
