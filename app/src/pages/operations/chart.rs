//! A chart over time: lines on one scale, read with the pointer, with the
//! arrow keys, or as a table.

use dom::{
    ev::{KeyboardEvent, PointerEvent},
    prelude::*,
};
use js_sys::Date;
use wasm_bindgen::JsValue;

use super::numbers::round_up;

/// The height of the drawing, in its own units; its width is the steps.
const HEIGHT: f64 = 100.0;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// What it shows.
    pub(super) name: &'static str,
    /// Which of the lines' looks it has: `1`, `2`, `success` or `danger`.
    pub(super) look: &'static str,
    /// A value for each step, the oldest first; none where there was none.
    pub(super) values: Vec<Option<f64>>,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drawing {
    /// When the first step began: seconds since 1970.
    pub(super) first_second: f64,
    /// How many seconds a step takes.
    pub(super) step_seconds: f64,
    /// The lines; all of the same length.
    pub(super) series: Vec<Series>,
}

impl Drawing {
    fn steps(&self) -> usize {
        self.series.first().map_or(0, |series| series.values.len())
    }

    fn top(&self) -> f64 {
        let values = self.series.iter().flat_map(|series| &series.values);
        round_up(
            values
                .flatten()
                .fold(0.0, |most: f64, value| most.max(*value)),
        )
    }

    fn time(&self, step: usize) -> String {
        let millis = (self.first_second + self.step_seconds * step as f64) * 1_000.0;
        Date::new(&JsValue::from_f64(millis))
            .to_locale_time_string("en-GB")
            .into()
    }
}

/// The way of a line: moved to where a value follows none.
fn way(values: &[Option<f64>], top: f64) -> String {
    let mut way = String::new();
    let mut is_down = false;
    for (step, value) in values.iter().enumerate() {
        let Some(value) = value else {
            is_down = false;
            continue;
        };
        let y = HEIGHT - value / top * HEIGHT;
        let next = values.get(step + 1).copied().flatten();
        if is_down {
            way.push_str(&format!("L{step} {y:.2}"));
        } else if next.is_some() {
            way.push_str(&format!("M{step} {y:.2}"));
        } else {
            // A value alone is a dot: a line without length has round ends.
            way.push_str(&format!("M{step} {y:.2}h0.01"));
        }
        is_down = true;
    }
    way
}

/// A chart.
#[component]
pub(super) fn Chart(
    /// What it shows, with its unit.
    title: &'static str,
    /// What the numbers and the lines mean.
    meaning: &'static str,
    /// What is drawn.
    drawing: Memo<Drawing>,
    /// How a value is read.
    words: fn(Option<f64>) -> String,
) -> impl IntoView {
    // How many steps before the last; none while nobody reads.
    let back = RwSignal::new(None::<usize>);
    let top = Memo::new(move |_| drawing.with(Drawing::top));
    let steps = Memo::new(move |_| drawing.with(Drawing::steps));
    let last = move || steps.get().saturating_sub(1);
    let at = move || last().saturating_sub(back.get().unwrap_or(0));
    let values = move || {
        drawing.with(|drawing| {
            let values = drawing.series.iter().map(|series| {
                let value = series.values.get(at()).copied().flatten();
                format!("{} {}", series.name, words(value))
            });
            values.collect::<Vec<_>>().join(", ")
        })
    };
    let time = move || drawing.with(|drawing| drawing.time(at()));
    let read = move || format!("{}: {}", time(), values());
    let key = move |event: KeyboardEvent| {
        let (here, end) = (back.get_untracked().unwrap_or(0), untrack(last));
        let there = match event.key().as_str() {
            "ArrowLeft" => (here + 1).min(end),
            "ArrowRight" => here.saturating_sub(1),
            "PageUp" => (here + 30).min(end),
            "PageDown" => here.saturating_sub(30),
            "Home" => end,
            "End" => 0,
            "Escape" => return back.set(None),
            _ => return,
        };
        event.prevent_default();
        back.set(Some(there));
    };
    let point = move |event: PointerEvent| {
        let Some(plot) = event
            .current_target()
            .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok())
        else {
            return;
        };
        let place = plot.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
        let end = untrack(last);
        let step = (share.clamp(0.0, 1.0) * end as f64).round() as usize;
        back.set(Some(end.saturating_sub(step)));
    };
    let legend = move || {
        drawing.with(|drawing| {
            let entries = drawing.series.iter().map(|series| {
                let value = series.values.get(at()).copied().flatten();
                view! {
                    <li class="chart__entry" data-look=series.look>
                        <span class="chart__name">{series.name}</span>
                        <span class="chart__value">{words(value)}</span>
                    </li>
                }
            });
            entries.collect_view()
        })
    };
    let lines = move || {
        let top = top.get();
        drawing.with(|drawing| {
            let lines = drawing.series.iter().map(|series| {
                view! { <path class="chart__line" data-look=series.look d=way(&series.values, top) /> }
            });
            lines.collect_view()
        })
    };
    view! {
        <section class="card chart" aria-label=title>
            <header class="chart__head">
                <h2 class="chart__title">{title}</h2>
                <span class="chart__time">
                    {move || if back.get().is_some() { time() } else { "Now".to_owned() }}
                </span>
            </header>
            <p class="text-muted text-small">{meaning}</p>
            <ul class="chart__legend" aria-hidden="true">{legend}</ul>
            <div class="chart__frame">
                <div class="chart__scale" aria-hidden="true">
                    <span>{move || words(Some(top.get()))}</span>
                    <span>{move || words(Some(top.get() / 2.0))}</span>
                    <span>{words(Some(0.0))}</span>
                </div>
                <div
                    class="chart__plot"
                    role="slider"
                    tabindex="0"
                    aria-label=format!("{title}, step by step")
                    aria-valuemin="0"
                    aria-valuemax=move || last().to_string()
                    aria-valuenow=move || at().to_string()
                    aria-valuetext=read
                    on:keydown=key
                    on:pointermove=point
                    on:pointerleave=move |_| back.set(None)
                    on:blur=move |_| back.set(None)
                >
                    <svg
                        class="chart__drawing"
                        viewBox=move || format!("0 0 {} {HEIGHT}", last().max(1))
                        preserveAspectRatio="none"
                        aria-hidden="true"
                    >
                        <path class="chart__grid" d=move || {
                            let width = last().max(1);
                            format!("M0 0H{width}M0 50H{width}M0 100H{width}")
                        } />
                        {lines}
                        {move || {
                            back.get().map(|_| {
                                view! {
                                    <path class="chart__cursor" d=format!("M{} 0V{HEIGHT}", at()) />
                                }
                            })
                        }}
                    </svg>
                </div>
                <div class="chart__times" aria-hidden="true">
                    <span>{move || drawing.with(|drawing| drawing.time(0))}</span>
                    <span>"Time of day"</span>
                    <span>{move || drawing.with(|drawing| drawing.time(last()))}</span>
                </div>
            </div>
            <AsTable title drawing words />
        </section>
    }
}

/// The same as a table, made only while it is open.
#[component]
fn AsTable(
    title: &'static str,
    drawing: Memo<Drawing>,
    words: fn(Option<f64>) -> String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let rows = move || {
        drawing.with(|drawing| {
            let steps = (0..drawing.steps()).rev().filter(|step| {
                let values = drawing.series.iter().map(|series| series.values.get(*step));
                values.flatten().flatten().any(|value| *value > 0.0)
            });
            let rows = steps.map(|step| {
                let cells = drawing.series.iter().map(|series| {
                    let value = series.values.get(step).copied().flatten();
                    view! { <td class="table__number">{words(value)}</td> }
                });
                view! {
                    <tr>
                        <th scope="row">{drawing.time(step)}</th>
                        {cells.collect_view()}
                    </tr>
                }
            });
            rows.collect_view()
        })
    };
    let heads = move || {
        drawing.with(|drawing| {
            let heads = drawing.series.iter();
            heads
                .map(|series| view! { <th scope="col" class="table__number">{series.name}</th> })
                .collect_view()
        })
    };
    view! {
        <button
            class="chart__toggle"
            type="button"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {move || if open.get() { "Hide the table" } else { "Show as a table" }}
        </button>
        <Show when=move || open.get()>
            <div class="table-frame chart__table" tabindex="0" role="region" aria-label=format!("{title} as a table")>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Time"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Show>
    }
}
