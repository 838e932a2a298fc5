//! How each route does, in the order that is wanted.

use std::cmp::Ordering;

use api::RouteOperations;
use dom::prelude::*;

use super::{
    feed::Feed,
    numbers::{count, millis},
};
use crate::components::{Icon, IconSize};

/// A row: a connection's name with one of its routes.
type Row = (String, RouteOperations);

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Connection,
    Route,
    Calls,
    Failed,
    Retried,
    Average,
    P50,
    P95,
}

impl Column {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Connection, "Connection"),
        (Self::Route, "Route"),
        (Self::Calls, "Calls"),
        (Self::Failed, "Failed"),
        (Self::Retried, "Retries"),
        (Self::Average, "Average"),
        (Self::P50, "p50"),
        (Self::P95, "p95"),
    ];

    fn is_text(self) -> bool {
        matches!(self, Self::Connection | Self::Route)
    }

    fn compare(self, one: &Row, two: &Row) -> Ordering {
        let number = |read: fn(&RouteOperations) -> f64| read(&one.1).total_cmp(&read(&two.1));
        match self {
            Self::Connection => one.0.cmp(&two.0),
            Self::Route => route_name(&one.1).cmp(&route_name(&two.1)),
            Self::Calls => number(|route| (route.succeeded + route.failed) as f64),
            Self::Failed => number(|route| route.failed as f64),
            Self::Retried => number(|route| route.retried as f64),
            Self::Average => number(|route| route.average_millis.unwrap_or(-1.0)),
            Self::P50 => number(|route| route.p50_millis.unwrap_or(-1.0)),
            Self::P95 => number(|route| route.p95_millis.unwrap_or(-1.0)),
        }
    }
}

/// By which column, and whether its greatest comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Order {
    by: Column,
    descending: bool,
}

fn route_name(route: &RouteOperations) -> (&str, &str) {
    (&route.path, &route.method)
}

#[component]
pub(super) fn RoutesTable(feed: Feed) -> impl IntoView {
    let order = RwSignal::new(Order {
        by: Column::Calls,
        descending: true,
    });
    let rows = move || {
        let only = feed.connection.get();
        let rows: Vec<Row> = feed
            .with(|latest| {
                let connections = latest.connections.iter();
                connections
                    .filter(|one| only.is_empty() || one.id == only)
                    .flat_map(|one| {
                        one.routes
                            .iter()
                            .map(|route| (one.name.clone(), route.clone()))
                    })
                    .collect()
            })
            .unwrap_or_default();
        sorted(rows, order.get()).iter().map(row).collect_view()
    };
    view! {
        <section class="operations__part" aria-labelledby="operations-routes">
            <h2 class="title-section" id="operations-routes">"Routes since the start"</h2>
            <table class="table">
                <thead>
                    <tr>
                        {Column::ALL.map(|(by, words)| view! { <SortHead order by words /> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn sorted(mut rows: Vec<Row>, order: Order) -> Vec<Row> {
    rows.sort_by(|one, two| {
        let wanted = order.by.compare(one, two);
        let wanted = if order.descending {
            wanted.reverse()
        } else {
            wanted
        };
        let ties = one.0.cmp(&two.0);
        wanted
            .then(ties)
            .then_with(|| route_name(&one.1).cmp(&route_name(&two.1)))
    });
    rows
}

#[component]
fn SortHead(order: RwSignal<Order>, by: Column, words: &'static str) -> impl IntoView {
    let direction = move || {
        let order = order.get();
        (order.by == by).then_some(if order.descending {
            "descending"
        } else {
            "ascending"
        })
    };
    let choose = move |_| {
        order.update(|order| {
            *order = Order {
                by,
                descending: if order.by == by {
                    !order.descending
                } else {
                    !by.is_text()
                },
            };
        });
    };
    view! {
        <th scope="col" class:table__number=!by.is_text() aria-sort=direction>
            <button class="table__sort" type="button" on:click=choose>
                {words}
                {move || {
                    direction().map(|direction| {
                        let icon = if direction == "ascending" { "chevron-up" } else { "chevron-down" };
                        view! { <Icon name=icon size=IconSize::Small /> }
                    })
                }}
            </button>
        </th>
    }
}

fn row((connection, route): &Row) -> View {
    view! {
        <tr>
            <td>{connection.clone()}</td>
            <th scope="row" class="mono operations__route">
                {route.method.clone()} " " {route.path.clone()}
            </th>
            <td class="table__number">{count(route.succeeded + route.failed)}</td>
            <td class="table__number" data-tone=(route.failed > 0).then_some("danger")>
                {count(route.failed)}
            </td>
            <td class="table__number">{count(route.retried)}</td>
            <td class="table__number">{millis(route.average_millis)}</td>
            <td class="table__number">{millis(route.p50_millis)}</td>
            <td class="table__number">{millis(route.p95_millis)}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_the_order_that_is_wanted_and_ties_by_name() {
        let row = |path: &str, failed: u64| {
            let route = RouteOperations {
                method: "GET".to_owned(),
                path: path.to_owned(),
                succeeded: 1,
                failed,
                retried: 0,
                average_millis: None,
                p50_millis: None,
                p95_millis: None,
            };
            ("One".to_owned(), route)
        };
        let rows = vec![row("/b", 0), row("/c", 3), row("/a", 0)];
        for (by, descending, paths) in [
            (Column::Failed, true, ["/c", "/a", "/b"]),
            (Column::Failed, false, ["/a", "/b", "/c"]),
            (Column::Route, true, ["/c", "/b", "/a"]),
            (Column::P95, true, ["/a", "/b", "/c"]),
        ] {
            let sorted = sorted(rows.clone(), Order { by, descending });
            let found: Vec<_> = sorted
                .iter()
                .map(|(_, route)| route.path.as_str())
                .collect();
            assert_eq!(found, paths, "{by:?}");
        }
    }
}
