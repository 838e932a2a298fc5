//! The JSON that would be sent, live, with the selected node's lines lit.

use std::{ops::Range, sync::Arc, time::Duration};

use dom::{html, prelude::*};
use editor::Command;
use flow::{Artifact, FlowKind, Origin, Problem, Severity};

use super::{
    super::{debounce::Debounce, desk::Desk},
    json, problems,
};
use crate::components::Icon;

/// Pixels of one line, as the style sheet sets it.
const LINE_HEIGHT: f64 = 18.0;
/// Lines are drawn in blocks of so many, so that scrolling seldom draws.
const BLOCK: usize = 32;
/// How long after an edit the text is made again.
const QUIET: Duration = Duration::from_millis(60);

/// A generated document cut into lines.
#[derive(Clone, PartialEq)]
pub(crate) struct Document {
    artifact: Arc<Artifact>,
    lines: Arc<[Range<usize>]>,
}

impl Document {
    fn new(artifact: Artifact) -> Self {
        let mut from = 0;
        let lines = artifact
            .text
            .split('\n')
            .map(|line| {
                let range = from..from + line.len();
                from = range.end + 1;
                range
            })
            .collect();
        Self {
            artifact: Arc::new(artifact),
            lines,
        }
    }

    fn line(&self, index: usize) -> &str {
        let range = self.lines.get(index).cloned();
        range
            .and_then(|range| self.artifact.text.get(range))
            .unwrap_or_default()
    }

    fn len(&self) -> usize {
        self.lines.len()
    }

    /// The innermost part of the flow that a line came from.
    fn origin(&self, line: usize) -> Option<&Origin> {
        let marks = self.artifact.source_map.iter().rev();
        marks
            .filter(|mark| mark.lines.contains(&line))
            .min_by_key(|mark| mark.lines.len())
            .map(|mark| &mark.origin)
    }

    fn lines_of(&self, origin: &Origin) -> Option<Range<usize>> {
        let mut marks = self.artifact.source_map.iter();
        marks
            .find(|mark| mark.origin == *origin)
            .map(|mark| mark.lines.clone())
    }

    /// The text as it is sent.
    pub(super) fn text(&self) -> &str {
        &self.artifact.text
    }
}

/// What generating came to.
#[derive(Clone, PartialEq)]
pub(crate) enum Generated {
    /// Nothing yet.
    Waiting,
    /// The document.
    Document(Document),
    /// It cannot be written; why.
    Impossible(Vec<Problem>),
}

/// What the Preview tab shows: the document of the flow as it stands, made again
/// a moment after each edit while `shown`.
pub(crate) fn preview(desk: Desk, shown: Signal<bool>, generated: RwSignal<Generated>) -> View {
    keep_generating(desk, shown, generated);
    view! { <Preview desk generated /> }
}

fn keep_generating(desk: Desk, shown: Signal<bool>, generated: RwSignal<Generated>) {
    let debounce = Debounce::new(QUIET);
    Effect::new(move |_| {
        // Where nodes lie is sent too.
        desk.drawn.track();
        desk.stamp.track();
        if !shown.get() {
            return;
        }
        debounce.run(move || {
            let Some(stamp) = desk.stamp.get_untracked() else {
                return;
            };
            let made = desk.read(|editor| flow::direct::generate(editor.flow(), &stamp));
            generated.set(match made {
                Ok(artifact) => Generated::Document(Document::new(artifact)),
                Err(problems) => Generated::Impossible(problems),
            });
        });
    });
}

#[component]
fn Preview(desk: Desk, generated: RwSignal<Generated>) -> impl IntoView {
    move || {
        let kind = Memo::new(move |_| matches!(generated.get(), Generated::Document(_)));
        if kind.get() {
            view! { <Text desk generated /> }.into_any()
        } else {
            let content = move || match generated.get() {
                Generated::Impossible(problems) => {
                    view! { <Impossible desk problems /> }.into_any()
                }
                _ => view! {
                    <div class="empty empty--compact">
                        <p class="empty__text">"Generating…"</p>
                    </div>
                }
                .into_any(),
            };
            content.into_any()
        }
    }
}

/// Why there is nothing to show, with what a click can do about it.
#[component]
fn Impossible(desk: Desk, problems: Vec<Problem>) -> impl IntoView {
    // Whoever checks knows what is around the flow, and offers more.
    let better = Memo::new(move |_| {
        let known = desk.problems.get();
        let better = |problem: &Problem| {
            let mut known = known.all.iter();
            let found = known
                .find(|known| known.place == problem.place && known.severity == Severity::Error);
            found.unwrap_or(problem).clone()
        };
        problems.iter().map(better).collect::<Vec<_>>()
    });
    // Kept, so that a button stays while it is pressed and something else changes.
    let rows = move || {
        let rows = better.get().into_iter();
        rows.map(|problem| view! { <problems::Row desk problem /> })
            .collect_view()
    };
    view! {
        <div class="dock__scroll">
            <p class="preview__head">"This flow cannot be written before this is mended:"</p>
            <ul class="problems" aria-label="What keeps the flow from being written">
                {rows}
            </ul>
        </div>
    }
}

/// The request by which a flow is sent: method and path (spec, "The direct
/// profile, exactly").
fn request(kind: FlowKind, upstream_id: Option<&str>) -> (&'static str, String) {
    let flows = match kind {
        FlowKind::Module => "/api/v2/flows/flowmodules",
        FlowKind::Lookup | FlowKind::Call | FlowKind::Shared | FlowKind::Architect => {
            "/api/v2/flows"
        }
    };
    match (upstream_id, kind) {
        (Some(id), _) => ("PUT", format!("{flows}/{id}")),
        // A call flow is there before modules are linked into it.
        (None, FlowKind::Call) => ("PUT", format!("{flows}/{{flowId}}")),
        (None, _) => ("POST", flows.to_owned()),
    }
}

#[component]
fn Text(desk: Desk, generated: RwSignal<Generated>) -> impl IntoView {
    let document = Memo::new(
        move |before: Option<&Option<Document>>| match generated.get() {
            Generated::Document(document) => Some(document),
            // What was there stays until something else is.
            _ => before.cloned().flatten(),
        },
    );
    let lit = Memo::new(move |_| {
        let document = document.get()?;
        let selected = desk.selected.get();
        match (selected.nodes.as_slice(), selected.edges.as_slice()) {
            ([node], _) => document.lines_of(&Origin::Node(node.clone())),
            ([], [edge]) => document.lines_of(&Origin::Edge(edge.clone())),
            _ => None,
        }
    });
    let wrong = Memo::new(move |_| {
        let Some(document) = document.get() else {
            return Vec::new();
        };
        let problems = desk.problems.get();
        let errors = problems
            .all
            .iter()
            .filter(|p| p.severity == Severity::Error);
        errors
            .filter_map(|problem| {
                let (node, field) = problem
                    .place
                    .node
                    .clone()
                    .zip(problem.place.field.clone())?;
                document.lines_of(&Origin::Field(node, field))
            })
            .collect::<Vec<_>>()
    });
    let body: NodeRef<html::Div> = NodeRef::new();
    let scrolled = RwSignal::new((0.0, 400.0));
    let look = move || {
        if let Some(body) = body.try_get_untracked().flatten() {
            scrolled.set((
                f64::from(body.scroll_top()),
                f64::from(body.client_height()),
            ));
        }
    };
    let count = Memo::new(move |_| document.with(|d| d.as_ref().map_or(0, Document::len)));
    let window = Memo::new(move |_| {
        let (top, height) = scrolled.get();
        let first = (top / LINE_HEIGHT) as usize / BLOCK * BLOCK;
        let shown = (height / LINE_HEIGHT) as usize;
        let last = (first + shown + 2 * BLOCK).min(count.get());
        first.saturating_sub(BLOCK).min(last)..last
    });
    // The selected node's lines come into view, unless some are.
    Effect::new(move |_| {
        let Some((lit, body)) = lit.get().zip(body.get()) else {
            return;
        };
        let (from, to) = (lit.start as f64 * LINE_HEIGHT, lit.end as f64 * LINE_HEIGHT);
        let top = f64::from(body.scroll_top());
        let height = f64::from(body.client_height());
        if from < top || to.min(from + height) > top + height {
            body.set_scroll_top((from - 2.0 * LINE_HEIGHT).max(0.0) as i32);
        }
        look();
    });
    request_animation_frame(look);
    let select = move |line: usize| {
        let origin = document.with(|d| d.as_ref().and_then(|d| d.origin(line).cloned()));
        match origin {
            Some(Origin::Node(node) | Origin::Field(node, _)) => desk.select_and_reveal(&node),
            Some(Origin::Edge(edge)) => {
                desk.run(Command::SelectEdge(edge));
            }
            Some(Origin::Member(_)) | None => {}
        }
    };
    let request = move || {
        let upstream = desk.stamp.get().and_then(|stamp| stamp.upstream_id);
        let kind = desk.flow.with(|flow| flow.kind);
        request(kind, upstream.as_deref())
    };
    let size = move || {
        let bytes = document.with(|d| d.as_ref().map_or(0, |d| d.text().len()));
        if bytes < 1_000 {
            format!("{bytes} bytes")
        } else {
            format!("{:.1} kB", bytes as f64 / 1_000.0)
        }
    };
    let lines = move || {
        let Some(document) = document.get() else {
            return Vec::new();
        };
        let lines = window.get().map(|index| {
            let number = (index + 1).to_string();
            let text = document.line(index).to_owned();
            view! {
                <span
                    class="json__line"
                    class:json__line--lit=move || lit.with(|lit| lit.as_ref().is_some_and(|lit| lit.contains(&index)))
                    class:json__line--error=move || wrong.with(|wrong| wrong.iter().any(|lines| lines.contains(&index)))
                    data-line=number
                    on:click=move |_| select(index)
                >
                    {coloured(&text)}
                    "\n"
                </span>
            }
        });
        lines.collect()
    };
    view! {
        <div class="dock__scroll" node_ref=body on:scroll=move |_| look()>
            <div class="preview__head">
                <span class="badge">{move || request().0}</span>
                <code class="preview__request">{move || request().1}</code>
                <span>{size}</span>
            </div>
            <pre
                class="json"
                tabindex="0"
                aria-label="JSON that will be sent"
                style:height=move || format!("{}px", count.get() as f64 * LINE_HEIGHT + 24.0)
                style:padding-top=move || format!("{}px", window.get().start as f64 * LINE_HEIGHT + 4.0)
            >
                {lines}
            </pre>
        </div>
    }
}

fn coloured(line: &str) -> impl IntoView + use<> {
    json::parts(line)
        .into_iter()
        .map(|(part, piece)| {
            let piece = piece.to_owned();
            match part {
                json::Part::Space => piece.into_any(),
                part => view! { <span class=part.class()>{piece}</span> }.into_any(),
            }
        })
        .collect_view()
}

/// Copies the document to the clipboard.
#[component]
pub(super) fn CopyDocument(desk: Desk, generated: RwSignal<Generated>) -> impl IntoView {
    let copy = move |_| {
        if let Generated::Document(document) = generated.get_untracked() {
            desk.copy_text(document.text().to_owned(), "The JSON is on the clipboard.");
        }
    };
    view! {
        <button
            class="button button--ghost button--small button--icon"
            type="button"
            aria-label="Copy the JSON"
            data-tooltip="Copy the JSON"
            data-side="top"
            on:click=copy
        >
            <Icon name="copy" />
        </button>
    }
}
