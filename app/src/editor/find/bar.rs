//! The bar above the canvas in which a search is written.

use dom::{ev::KeyboardEvent, html, prelude::*};
use flow::search::{Completions, Excerpt, completions, used_names};

use super::{super::canvas::focus_quietly, Finding};
use crate::{
    components::{IconButton, element_id},
    editor::desk::Desk,
    meant::Meant,
    part::part,
    parts,
    query_field::QueryField,
};

/// The bar, while it is open.
#[component]
pub(crate) fn FindBar(desk: Desk) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.find.asked.with(Option::is_some));
    view! {
        <Show when=move || is_open.get()>
            {part(parts::find, move |find| find(desk))}
        </Show>
    }
}

/// The bar.
pub(crate) fn find_bar(desk: Desk) -> View {
    view! { <Bar desk /> }
}

#[component]
fn Bar(desk: Desk) -> impl IntoView {
    let find = desk.find;
    find.keep_looking(desk);
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move |_| {
        find.asked.track();
        if let Some(field) = field.get() {
            focus_quietly(&field);
            // What is typed next takes the place of the last search.
            field.select();
        }
    });
    let complete = Callback::new(move |(text, caret): (String, usize)| -> Completions {
        let kind = desk.read(|editor| editor.flow().kind);
        let names = || {
            let workspace = untrack(|| desk.workspace.known());
            desk.read(|editor| used_names(editor.flow(), &workspace))
        };
        completions(&text, caret, Some(kind), &names)
    });
    let keyed = Callback::new(move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" => find.step(desk, !event.shift_key()),
            "Escape" => find.close(desk),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    });
    let misunderstood = Memo::new(move |_| find.found.with(|found| found.misunderstood.clone()));
    let says_id = element_id("find");
    let button = move |icon: &'static str, label: &'static str, forward: bool| {
        view! {
            <IconButton
                icon
                label
                small=true
                disabled=Signal::derive(move || find.found.with(|found| found.is_empty()))
                on_click=move |_| find.step(desk, forward)
            />
        }
    };
    view! {
        <div class="find" role="search" data-control="" data-panel="find">
            <div class="find__row">
                <QueryField
                    label="Find in this flow"
                    text=find.text
                    invalid=Signal::derive(move || misunderstood.with(Option::is_some))
                    described_by=says_id.clone()
                    complete
                    on_key=keyed
                    node_ref=field
                />
                <span class="find__count" role="status">
                    {move || count(find)}
                </span>
                {button("chevron-up", "Previous (Shift+Enter)", false)}
                {button("chevron-down", "Next (Enter)", true)}
                <IconButton icon="x" label="Close (Esc)" small=true on_click=move |_| find.close(desk) />
            </div>
            <p class="find__says" id=says_id data-tone=move || misunderstood.with(|m| m.is_some().then_some("danger"))>
                {move || match misunderstood.get() {
                    Some(sentence) => sentence.into_any(),
                    None => current_excerpt(find).map(|excerpt| view! { <Meant excerpt /> }).into_any(),
                }}
            </p>
        </div>
    }
}

/// “2 of 5”.
fn count(find: Finding) -> String {
    find.current.track();
    find.found.with(|found| {
        if !found.is_asked {
            return String::new();
        }
        match (found.nodes.len(), find.place(found)) {
            (0, _) => "Nothing found".to_owned(),
            (count, Some(at)) => format!("{} of {count}", at + 1),
            (count, None) => format!("{count} found"),
        }
    })
}

fn current_excerpt(find: Finding) -> Option<Excerpt> {
    let current = find.current.get()?;
    find.found
        .with(|found| found.excerpts.get(&current).cloned().flatten())
}
