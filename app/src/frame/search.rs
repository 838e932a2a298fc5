//! Finding nodes over all flows: a dialog on every page.

use std::time::Duration;

use api::{ExcerptFound, FlowFound, NodeFound, SearchResults};
use dom::{ev::KeyboardEvent, html, prelude::*};
use flow::search::{Completions, Excerpt, Query, completions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    client::{Client, Failure},
    components::{Button, Dialog, Spinner, element_id},
    editor::{debounce::Debounce, look::Tile},
    flow_kind::{FlowTile, NO_NAME},
    meant::Meant,
    query_field::QueryField,
};

/// How long after a keystroke the server is asked.
const QUIET: Duration = Duration::from_millis(200);
/// What can be found, while nothing is looked for.
const HINT: &str = "Finds steps by their name, kind, values and ids. Narrow it down with \
                    kind:, uses: and is:, take words together with quotes, and leave out with a minus.";

/// Opens the dialog: `expect_context::<SearchAll>()`.
#[derive(Clone, Copy)]
pub(crate) struct SearchAll {
    open: RwSignal<bool>,
    text: RwSignal<String>,
    answer: RwSignal<Answer>,
    /// Counts questions, so that an answer to an earlier one is not shown.
    question: StoredValue<u64>,
}

/// How the search stands.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
    /// Nothing is looked for.
    Nothing,
    /// It is not understood.
    Misunderstood(String),
    /// The server was asked; what was known before stays meanwhile.
    Waiting(SearchResults),
    Known(SearchResults),
    Failed(Failure),
}

impl SearchAll {
    pub(crate) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            answer: RwSignal::new(Answer::Nothing),
            question: StoredValue::new(0),
        }
    }

    /// Whether the dialog is open.
    pub(crate) fn is_open_now(self) -> bool {
        self.open.try_get_untracked() == Some(true)
    }

    /// The same. Reacts.
    pub(super) fn is_open(self) -> bool {
        self.open.get()
    }

    /// Opens the dialog, with what was looked for last.
    pub(crate) fn open(self) {
        self.open.set(true);
    }

    /// Asks the server, from the beginning or for what comes after.
    fn ask(self, client: Client, text: String, before: SearchResults) {
        self.question.update_value(|question| *question += 1);
        let question = self.question.get_value();
        let after = before.next.clone();
        self.answer.set(Answer::Waiting(before.clone()));
        spawn_local(async move {
            let answer = client.search(&text, after.as_deref()).await;
            if self.question.try_get_value() != Some(question) {
                return;
            }
            self.answer.set(match answer {
                Ok(more) => {
                    let mut flows = before.flows;
                    flows.extend(more.flows);
                    let unread = before.unread + more.unread;
                    Answer::Known(SearchResults {
                        flows,
                        unread,
                        next: more.next,
                    })
                }
                Err(failure) => Answer::Failed(failure),
            });
        });
    }

    /// Asks the server again whenever something else is looked for.
    fn keep_asking(self, client: Client) {
        let debounce = Debounce::new(QUIET);
        Effect::new(move |_| {
            let text = self.text.get();
            // What is under way answers another question.
            self.question.update_value(|question| *question += 1);
            match Query::parse(&text) {
                Err(error) => self.answer.set(Answer::Misunderstood(error.message)),
                Ok(query) if query.is_empty() => self.answer.set(Answer::Nothing),
                Ok(_) => debounce.run(move || self.ask(client, text, SearchResults::default())),
            }
        });
    }
}

/// The dialog.
pub(crate) fn search_dialog() -> View {
    let search = expect_context::<SearchAll>();
    view! {
        <Dialog open=search.open title="Find in all flows" wide=true>
            <Search />
        </Dialog>
    }
}

#[component]
fn Search() -> impl IntoView {
    let search = expect_context::<SearchAll>();
    let client = expect_context::<Client>();
    search.keep_asking(client);
    let field: NodeRef<html::Input> = NodeRef::new();
    let list: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // What is typed next takes the place of the last search.
            request_animation_frame(move || field.select());
        }
    });
    let complete = Callback::new(move |(text, caret): (String, usize)| -> Completions {
        completions(&text, caret, None, &Vec::new)
    });
    let keyed = Callback::new(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "Enter") {
            event.prevent_default();
            focus_result(list, |_, _| 0);
        }
    });
    let walked = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => {
                focus_result(list, |at, last| at.map_or(0, |at| (at + 1).min(last)));
            }
            "ArrowUp" => {
                let was_first = focus_result(list, |at, _| at.map_or(0, |at| at.saturating_sub(1)));
                if was_first && let Some(field) = field.get_untracked() {
                    // Fails only on an element that is gone.
                    let _ = field.focus();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let says_id = element_id("search");
    let misunderstood = move || {
        search
            .answer
            .with(|answer| matches!(answer, Answer::Misunderstood(_)))
    };
    view! {
        <div class="dialog__body search" data-panel="search">
            <QueryField
                label="Find in all flows"
                text=search.text
                invalid=Signal::derive(misunderstood)
                described_by=says_id.clone()
                complete
                on_key=keyed
                node_ref=field
                autofocus=true
            />
            <p class="search__says" id=says_id role="status" data-tone=move || misunderstood().then_some("danger")>
                {move || search.answer.with(says)}
            </p>
            <div class="search__results" node_ref=list on:keydown=walked>
                {move || results(search)}
            </div>
            <More search />
        </div>
    }
}

/// Goes on where the last answer ended, and says that an answer is on its way.
#[component]
fn More(search: SearchAll) -> impl IntoView {
    let client = expect_context::<Client>();
    let next = move || match search.answer.get() {
        Answer::Known(results) if results.next.is_some() => Some(results),
        _ => None,
    };
    let is_waiting = move || {
        search
            .answer
            .with(|answer| matches!(answer, Answer::Waiting(_)))
    };
    view! {
        <Show when=is_waiting>
            <Spinner />
        </Show>
        {move || {
            next()
                .map(|results| {
                    let go_on = move |_| {
                        search.ask(client, search.text.get_untracked(), results.clone());
                    };
                    view! {
                        <Button small=true on_click=go_on>
                            "Search the other flows"
                        </Button>
                    }
                })
        }}
    }
}

/// How it stands, in words.
fn says(answer: &Answer) -> String {
    match answer {
        Answer::Nothing => HINT.to_owned(),
        Answer::Misunderstood(sentence) => sentence.clone(),
        Answer::Failed(failure) => failure.to_string(),
        Answer::Waiting(results) if results.flows.is_empty() => "Searching…".to_owned(),
        Answer::Waiting(results) | Answer::Known(results) => counted(results),
    }
}

fn counted(results: &SearchResults) -> String {
    let steps: usize = results.flows.iter().map(|found| found.total).sum();
    let found = match (steps, results.flows.len()) {
        (0, _) if results.next.is_some() => "Nothing found so far.".to_owned(),
        (0, _) => "Nothing was found in any flow.".to_owned(),
        (1, _) => "1 step in 1 flow.".to_owned(),
        (steps, 1) => format!("{steps} steps in 1 flow."),
        (steps, flows) => format!("{steps} steps in {flows} flows."),
    };
    match results.unread {
        0 => found,
        1 => format!("{found} 1 flow could not be read."),
        unread => format!("{found} {unread} flows could not be read."),
    }
}

fn results(search: SearchAll) -> AnyView {
    let found = match search.answer.get() {
        Answer::Waiting(results) | Answer::Known(results) => results.flows,
        Answer::Nothing | Answer::Misunderstood(_) | Answer::Failed(_) => Vec::new(),
    };
    found
        .into_iter()
        .map(|found| view! { <Found found search /> })
        .collect_view()
        .into_any()
}

/// What was found in one flow.
#[component]
fn Found(found: FlowFound, search: SearchAll) -> impl IntoView {
    let FlowFound {
        flow,
        name,
        kind,
        total,
        nodes,
    } = found;
    let name = if name.trim().is_empty() {
        NO_NAME.to_owned()
    } else {
        name
    };
    let left = total - nodes.len();
    let nodes = nodes
        .into_iter()
        .map(|node| view! { <FoundNode flow=flow.clone() node search /> })
        .collect_view();
    view! {
        <section class="search__flow" aria-label=name.clone()>
            <h3 class="search__name">
                <FlowTile kind />
                <span class="truncate">{name.clone()}</span>
                <span class="text-muted">{kind.title()}</span>
            </h3>
            {nodes}
            {(left > 0).then(|| view! { <p class="search__left">{format!("and {left} more in this flow")}</p> })}
        </section>
    }
}

#[component]
fn FoundNode(flow: String, node: NodeFound, search: SearchAll) -> impl IntoView {
    let NodeFound {
        node,
        name,
        kind,
        excerpt,
    } = node;
    let id = String::from(js_sys::encode_uri_component(node.as_str()));
    view! {
        <a
            class="search__node"
            href=format!("/flows/{flow}?node={id}")
            on:click=move |_| search.open.set(false)
        >
            <Tile kind=kind small=true />
            <span class="search__node-name truncate">{name}</span>
            {excerpt.map(|excerpt| view! { <Meant excerpt=meant(excerpt) /> })}
        </a>
    }
}

fn meant(excerpt: ExcerptFound) -> Excerpt {
    let ExcerptFound {
        place,
        text,
        start,
        end,
    } = excerpt;
    Excerpt {
        place,
        text,
        lit: start..end,
    }
}

/// Moves the focus among the results; whether it was on the first before.
fn focus_result(list: NodeRef<html::Div>, to: impl Fn(Option<usize>, usize) -> usize) -> bool {
    let Some(found) = list
        .get_untracked()
        .and_then(|list| list.query_selector_all(".search__node").ok())
    else {
        return false;
    };
    let nodes: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect();
    let active = document().active_element();
    let at = nodes
        .iter()
        .position(|node| active.as_ref() == Some(node.as_ref()));
    let there = to(at, nodes.len().saturating_sub(1));
    if let Some(node) = nodes.get(there) {
        // Fails only on an element that is gone.
        let _ = node.focus();
    }
    at == Some(0)
}
