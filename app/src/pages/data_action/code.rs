//! The editor of the script: a text field over a layer that shows the same
//! text in colours. One element scrolls both, so that neither lags behind; of
//! the layer only what is near the window is there.

mod lines;
mod tokens;
mod typing;

use std::ops::Range;

use dom::{
    ev::{self, KeyboardEvent},
    html,
    prelude::*,
};
use flow::{Severity, data_action::Script};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use self::{
    lines::{Lines, Mark, Piece, moved},
    typing::{Change, byte_at, indent, new_line, outdent, units_before},
};
use super::desk::ActionDesk;
use crate::components::{Icon, element_id, typed_text};

/// Pixels of one line, as the style sheet sets it.
const LINE_HEIGHT: f64 = 20.0;
/// Pixels above the first line.
const TOP: f64 = 8.0;
/// Pixels below the last line, so that it does not stick to the edge.
const BOTTOM: f64 = 48.0;
/// Lines are drawn in blocks of so many, so that scrolling seldom draws.
const BLOCK: usize = 32;

/// The script of a data action.
#[component]
pub(super) fn CodeEditor(desk: ActionDesk) -> impl IntoView {
    let is_text = Memo::new(move |_| {
        desk.action
            .with(|action| action.definition.code.text().is_some())
    });
    move || {
        if is_text.get() {
            view! { <Code desk /> }.into_any()
        } else {
            view! { <NoText desk /> }.into_any()
        }
    }
}

/// What came as a script and is none: it is kept until another is begun.
#[component]
fn NoText(desk: ActionDesk) -> impl IntoView {
    use crate::components::{Button, EmptyState};
    let begin = move |_| {
        desk.edit(|action| action.definition.code = Script::default());
    };
    view! {
        <EmptyState
            icon="script"
            title="The script is no text"
            text="It did not come as text in base64. It is kept as it came, and cannot be shown."
        >
            <Show when=move || desk.may_edit.get()>
                <Button on_click=begin>"Write another script"</Button>
            </Show>
        </EmptyState>
    }
}

#[component]
fn Code(desk: ActionDesk) -> impl IntoView {
    let field: NodeRef<html::Textarea> = NodeRef::new();
    let scroller: NodeRef<html::Div> = NodeRef::new();
    let help_id = element_id("code-help");
    let code = Memo::new(move |_| {
        let text = |action: &std::sync::Arc<flow::data_action::DataAction>| {
            action.definition.code.text().unwrap_or_default().to_owned()
        };
        desk.action.with(text)
    });
    let lines = Memo::new(move |_| code.with(|code| Lines::of(code)));
    let marks = Memo::new(move |_| {
        let checked = desk.checked.get();
        code.with(|code| {
            let found = checked.findings.iter().filter_map(|finding| {
                let span = finding.problem.place.span.clone()?;
                Some(Mark {
                    span: moved(&span, &checked.code, code)?,
                    severity: finding.problem.severity,
                })
            });
            found.collect::<Vec<_>>()
        })
    });
    // Others may change the script, and what is offered about a problem does.
    Effect::new(move |_| {
        let shown = code.with(|code| code.replace("\r\n", "\n").replace('\r', "\n"));
        if let Some(field) = field.get() {
            typed_text::show(&field, &shown);
        }
    });

    let caret_line = RwSignal::new(0usize);
    let find_caret = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            let value = field.value();
            let (from, to) = selection(&field);
            let at = byte_at(&value, from);
            let line = value
                .get(..at)
                .map_or(0, |before| before.matches('\n').count());
            if caret_line.get_untracked() != line {
                caret_line.set(line);
                if from == to {
                    keep_in_view(scroller, line);
                }
            }
        }
    };
    // After Escape the next Tab leaves the field, for people without a pointer.
    let leaves = StoredValue::new(false);
    let typed = move || {
        if let Some(field) = field.get_untracked() {
            let text = field.value();
            // The field knows one sort of line break; the script keeps its own.
            let is_windows = code.with_untracked(|code| code.contains("\r\n"));
            let text = if is_windows {
                text.replace('\n', "\r\n")
            } else {
                text
            };
            desk.edit(|action| action.definition.code = Script::Text(text));
        }
        find_caret();
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            return leaves.set_value(true);
        }
        let may_leave = leaves.get_value();
        if !matches!(event.key().as_str(), "Shift" | "Control" | "Alt" | "Meta") {
            leaves.set_value(false);
        }
        let held = event.ctrl_key() || event.alt_key() || event.meta_key();
        if held || event.is_composing() || !desk.may_edit.get_untracked() {
            return;
        }
        let change: fn(&str, Range<usize>) -> Change =
            match (event.key().as_str(), event.shift_key()) {
                ("Tab", false) if !may_leave => indent,
                ("Tab", true) if !may_leave => outdent,
                ("Enter", false) => new_line,
                _ => return,
            };
        let Some(field) = field.get_untracked() else {
            return;
        };
        event.prevent_default();
        let value = field.value();
        let (from, to) = selection(&field);
        let change = change(&value, byte_at(&value, from)..byte_at(&value, to));
        put(&field, &value, &change);
        typed();
    };

    let scrolled = RwSignal::new((0.0, 600.0));
    let look = move || {
        if let Some(scroller) = scroller.try_get_untracked().flatten() {
            let now = (
                f64::from(scroller.scroll_top()),
                f64::from(scroller.client_height()),
            );
            if scrolled.get_untracked() != now {
                scrolled.set(now);
            }
        }
    };
    request_animation_frame(look);
    let resized = window_event_listener(ev::resize, move |_| look());
    on_cleanup(move || resized.remove());
    let count = Memo::new(move |_| lines.with(Lines::count));
    let window = Memo::new(move |_| {
        let (top, height) = scrolled.get();
        let first = (top / LINE_HEIGHT) as usize / BLOCK * BLOCK;
        let last = (first + (height / LINE_HEIGHT) as usize + 2 * BLOCK).min(count.get());
        first.saturating_sub(BLOCK).min(last)..last
    });
    let reveal = move |line: usize| {
        if let Some(scroller) = scroller.get_untracked() {
            let at = line as f64 * LINE_HEIGHT + TOP;
            let (top, height) = (
                f64::from(scroller.scroll_top()),
                f64::from(scroller.client_height()),
            );
            if at < top || at + LINE_HEIGHT > top + height {
                scroller.set_scroll_top((at - height / 3.0).max(0.0) as i32);
            }
        }
        look();
    };
    // Goes to what a problem is about.
    Effect::new(move |_| {
        let Some(span) = desk.wanted_span.get() else {
            return;
        };
        desk.wanted_span.set(None);
        let (Some(field), code) = (field.get_untracked(), code.get_untracked()) else {
            return;
        };
        // The field has one unit for each line break.
        let units = |byte: usize| {
            let before = code.get(..byte.min(code.len())).unwrap_or(&code);
            let before = before.replace("\r\n", "\n");
            units_before(&before, before.len())
        };
        // Focus fails on an element that is gone, and then nothing is lost.
        let _ = field.focus();
        select(&field, units(span.start), units(span.end));
        reveal(lines.with_untracked(|lines| lines.line_of(span.start)));
        find_caret();
    });

    let layer = move || {
        let lines = lines.get();
        let marks = marks.get();
        let shown = window.get().map(|index| {
            let pieces = lines.pieces(index, &marks).into_iter().map(shown_piece);
            view! { <span class="code__line">{pieces.collect_view()}</span> }
        });
        shown.collect_view()
    };
    let numbers = move || {
        let numbers = window.get().map(|index| {
            let worst = move || marks.with(|marks| worst_of(&lines.get(), marks, index));
            view! {
                <span
                    class="code__number-of-line"
                    data-current=move || (caret_line.get() == index).then_some("true")
                    data-severity=move || worst().map(severity_name)
                >
                    {index + 1}
                </span>
            }
        });
        numbers.collect_view()
    };
    let height = move || format!("{}px", count.get() as f64 * LINE_HEIGHT + TOP + BOTTOM);
    let above = move || format!("{}px", window.get().start as f64 * LINE_HEIGHT + TOP);
    let here = move || {
        let line = caret_line.get();
        let checked = desk.checked.get();
        let found = marks.with(|marks| {
            let lines = lines.get();
            let mut here = checked.findings.iter().filter(|finding| {
                let span = finding.problem.place.span.as_ref();
                let span = span.and_then(|span| code.with(|code| moved(span, &checked.code, code)));
                span.is_some_and(|span| lines.line_of(span.start) == line)
            });
            here.next().filter(|_| !marks.is_empty()).cloned()
        });
        found.map(|finding| {
            let icon = match finding.problem.severity {
                Severity::Error => "circle-alert",
                Severity::Warning => "triangle-alert",
            };
            let message = finding.problem.message;
            view! {
                <span
                    class="code__said"
                    data-severity=severity_name(finding.problem.severity)
                    title=message.clone()
                >
                    <Icon name=icon />
                    <span class="truncate">{message}</span>
                </span>
            }
        })
    };
    view! {
        <div class="code" data-panel="script">
            <div class="code__scroller" node_ref=scroller on:scroll=move |_| look()>
                <div
                    class="code__sheet"
                    style:height=height
                    style:--code-columns=move || lines.with(Lines::columns).to_string()
                >
                    <div class="code__gutter" aria-hidden="true" style:padding-top=above>
                        {numbers}
                    </div>
                    <pre class="code__ink" aria-hidden="true" style:padding-top=above>
                        {layer}
                    </pre>
                    <textarea
                        node_ref=field
                        class="code__field"
                        aria-label="Script"
                        aria-describedby=help_id.clone()
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        wrap="off"
                        readonly=move || !desk.may_edit.get()
                        on:input=move |_| typed()
                        on:keydown=key
                        on:keyup=move |_| find_caret()
                        on:click=move |_| find_caret()
                        on:focus=move |_| find_caret()
                        on:blur=move |_| leaves.set_value(false)
                    ></textarea>
                </div>
            </div>
            <div class="code__foot">
                <span class="code__place">{move || format!("Line {}", caret_line.get() + 1)}</span>
                <span class="code__here" role="status">{here}</span>
                <span class="code__help" id=help_id>
                    "Tab indents. Escape, then Tab, leaves the script."
                </span>
            </div>
        </div>
    }
}

fn shown_piece(piece: Piece) -> View {
    let Piece { ink, text, wrong } = piece;
    let class = ink.class();
    match wrong {
        Some(severity) => view! {
            <span class=["code__wrong ", class].concat() data-severity=severity_name(severity)>
                {text}
            </span>
        },
        None if class.is_empty() => text.into_view(),
        None => view! { <span class=class>{text}</span> },
    }
}

fn worst_of(lines: &Lines, marks: &[Mark], index: usize) -> Option<Severity> {
    let here = marks
        .iter()
        .filter(|mark| lines.line_of(mark.span.start) == index);
    let severities: Vec<Severity> = here.map(|mark| mark.severity).collect();
    if severities.contains(&Severity::Error) {
        Some(Severity::Error)
    } else {
        severities.first().copied()
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Scrolls no further than it takes to see a line. Browsers do so for what is
/// typed, and not for what is put in for a key.
fn keep_in_view(scroller: NodeRef<html::Div>, line: usize) {
    let Some(scroller) = scroller.try_get_untracked().flatten() else {
        return;
    };
    let at = line as f64 * LINE_HEIGHT;
    let below = at + TOP + 2.0 * LINE_HEIGHT;
    let top = f64::from(scroller.scroll_top());
    let height = f64::from(scroller.client_height());
    if at < top {
        scroller.set_scroll_top(at as i32);
    } else if below > top + height {
        scroller.set_scroll_top((below - height).ceil() as i32);
    }
}

/// What is selected, in UTF-16 units.
fn selection(field: &HtmlTextAreaElement) -> (usize, usize) {
    let of = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default() as usize;
    let start = of(field.selection_start());
    (start, of(field.selection_end()).max(start))
}

fn select(field: &HtmlTextAreaElement, from: usize, to: usize) {
    let units = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    // Fails only on an element that cannot hold a selection.
    let _ = field.set_selection_range(units(from), units(to));
}

/// Carries a change out as if it was typed, so that the browser can undo it.
fn put(field: &HtmlTextAreaElement, before: &str, change: &Change) {
    let units = |byte: usize| units_before(before, byte);
    select(
        field,
        units(change.replaced.start),
        units(change.replaced.end),
    );
    let page = document();
    let typed = page.dyn_ref::<HtmlDocument>().is_some_and(|page| {
        let by = change.by.as_str();
        let command = if by.is_empty() {
            "delete"
        } else {
            "insertText"
        };
        page.exec_command_with_show_ui_and_value(command, false, by)
            .unwrap_or(false)
    });
    let mut after = before.to_owned();
    after.replace_range(change.replaced.clone(), &change.by);
    // Without the command the text changes all the same.
    if !typed || field.value() != after {
        field.set_value(&after);
    }
    let units = |byte: usize| units_before(&after, byte);
    select(
        field,
        units(change.selected.start),
        units(change.selected.end),
    );
}
