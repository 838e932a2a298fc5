//! The table of flows, and how arrows move in it.

use api::FlowSummary;
use dom::{ev::KeyboardEvent, html, prelude::*};
use flow::Sort as _;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::row::FlowRow;
use crate::components::{Icon, IconSize, Skeleton, SkeletonShape};

/// What the table is sorted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By name, from A.
    Name,
    /// The latest change first.
    Changed,
}

/// The flows. Arrows, Home and End move between rows, Enter opens one.
#[component]
pub fn FlowTable(
    /// The flows to show.
    flows: Memo<Vec<FlowSummary>>,
) -> impl IntoView {
    let order = RwSignal::new(Order::Changed);
    let body = NodeRef::<html::Tbody>::new();
    let sorted = move || {
        let mut flows = flows.get();
        match order.get() {
            Order::Name => flows.order_by_key(|flow| flow.name.to_lowercase()),
            Order::Changed => flows.order_by(|one, other| other.changed_at.cmp(&one.changed_at)),
        }
        flows
    };
    view! {
        <table class="table" on:keydown=move |event| step(&event, body)>
            <thead>
                <tr>
                    <th scope="col" class="table__select">
                        <span class="visually-hidden">"Selection"</span>
                    </th>
                    <SortHead order by=Order::Name words="Name" />
                    <th scope="col" data-narrow="hide">
                        "Kind"
                    </th>
                    <th scope="col" class="table__number" data-narrow="hide">
                        "Nodes"
                    </th>
                    <th scope="col">"State"</th>
                    <SortHead order by=Order::Changed words="Changed" />
                    <th scope="col" data-narrow="hide">
                        "By"
                    </th>
                    <th scope="col">
                        <span class="visually-hidden">"Actions"</span>
                    </th>
                </tr>
            </thead>
            <tbody node_ref=body>
                // A row is made anew when anything of it changed.
                <For each=sorted key=|flow| format!("{flow:?}") let:flow>
                    <FlowRow flow />
                </For>
            </tbody>
        </table>
    }
}

#[component]
fn SortHead(order: RwSignal<Order>, by: Order, words: &'static str) -> impl IntoView {
    let direction = if by == Order::Name {
        "ascending"
    } else {
        "descending"
    };
    let current = move || order.get() == by;
    view! {
        <th
            scope="col"
            data-narrow=(by == Order::Changed).then_some("hide")
            aria-sort=move || current().then_some(direction)
        >
            <button class="table__sort" type="button" on:click=move |_| order.set(by)>
                {words}
                {move || {
                    let icon = if by == Order::Name { "chevron-up" } else { "chevron-down" };
                    current().then(|| view! { <Icon name=icon size=IconSize::Small /> })
                }}
            </button>
        </th>
    }
}

fn step(event: &KeyboardEvent, body: NodeRef<html::Tbody>) {
    let Some(body) = body.get_untracked() else {
        return;
    };
    let Ok(found) = body.query_selector_all(".table__name") else {
        return;
    };
    let names: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect();
    let row = document()
        .active_element()
        .and_then(|active| active.closest(".table__row").ok().flatten());
    let here = names
        .iter()
        .position(|name| row.as_ref().is_some_and(|row| row.contains(Some(name))));
    let Some(last) = names.len().checked_sub(1) else {
        return;
    };
    let there = match (event.key().as_str(), here) {
        ("ArrowDown", None) | ("Home", Some(_)) => 0,
        ("ArrowDown", Some(here)) => (here + 1).min(last),
        ("ArrowUp", Some(here)) => here.saturating_sub(1),
        ("End", Some(_)) => last,
        _ => return,
    };
    event.prevent_default();
    if let Some(name) = names.get(there) {
        // Focus fails on an element that is gone, and then nothing is lost.
        let _ = name.focus();
    }
}

/// The table while it is loaded.
#[component]
pub fn LoadingTable() -> impl IntoView {
    let row = |_| {
        view! {
            <tr class="table__row" aria-hidden="true">
                <td class="table__select"></td>
                <td>
                    <span class="table__name">
                        <Skeleton shape=SkeletonShape::Tile />
                        <Skeleton />
                    </span>
                </td>
                <td data-narrow="hide">
                    <Skeleton shape=SkeletonShape::Short />
                </td>
                <td data-narrow="hide">
                    <Skeleton shape=SkeletonShape::Short />
                </td>
                <td>
                    <Skeleton />
                </td>
                <td data-narrow="hide">
                    <Skeleton />
                </td>
                <td data-narrow="hide">
                    <Skeleton />
                </td>
                <td></td>
            </tr>
        }
    };
    view! {
        <table class="table" aria-busy="true" aria-label="Flows are being loaded">
            <thead>
                <tr>
                    <th scope="col" class="table__select"></th>
                    <th scope="col">"Name"</th>
                    <th scope="col" data-narrow="hide">
                        "Kind"
                    </th>
                    <th scope="col" class="table__number" data-narrow="hide">
                        "Nodes"
                    </th>
                    <th scope="col">"State"</th>
                    <th scope="col" data-narrow="hide">
                        "Changed"
                    </th>
                    <th scope="col" data-narrow="hide">
                        "By"
                    </th>
                    <th scope="col"></th>
                </tr>
            </thead>
            <tbody>{(0..6).map(row).collect_view()}</tbody>
        </table>
    }
}
