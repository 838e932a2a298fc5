//! Finding nodes over all flows.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use api::{ExcerptFound, FlowFound, NodeFound, SearchResults};
use axum::{
    Json,
    extract::{Query as Parameters, State},
};
use flow::{
    Flow, NodeId, Severity, Workspace,
    search::{Excerpt, Query, Search},
};
use serde::Deserialize;
use store::FlowRow;
use tokio::{
    sync::{Mutex, Semaphore},
    task::spawn_blocking,
};

use crate::{
    app::App,
    http::{Problem, Result},
};

/// A request looks for at most so long; the rest is another request's.
const DEADLINE: Duration = Duration::from_secs(2);
/// Nodes that are told of one flow, and in one answer.
const MOST_OF_A_FLOW: usize = 20;
const MOST_OF_A_PAGE: usize = 200;
/// Flows are kept between searches while they have no more nodes together.
const MOST_KEPT_NODES: u64 = 200_000;
/// Searches at one time; others wait.
const AT_ONCE: usize = 2;

/// The flows that were read for searches.
pub(crate) struct Searches {
    kept: Mutex<Kept>,
    seats: Semaphore,
}

impl Default for Searches {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            seats: Semaphore::new(AT_ONCE),
        }
    }
}

/// Flows as they were after a change, by their ids.
#[derive(Default)]
struct Kept {
    flows: HashMap<String, (u64, Arc<Flow>)>,
    nodes: u64,
}

/// What is looked for, and where the last answer ended.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// The nodes of all flows that a query finds. A page ends when it is full or
/// has taken too long; `next` then says where to go on.
#[utoipa::path(get, path = "/api/search",
    params(("q" = String, Query, description = "What is looked for: words, kind:, uses:, is:"),
        ("after" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, body = SearchResults), (status = 422)))]
pub(crate) async fn search_flows(
    State(app): State<App>,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Json<SearchResults>> {
    let query = Query::parse(&wanted.q).map_err(|error| Problem::field("/q", &error.message))?;
    let mut results = SearchResults::default();
    if query.is_empty() {
        return Ok(Json(results));
    }
    let seat = app.searches.seats.acquire().await;
    let _seat = seat.map_err(Problem::internal)?;
    let deadline = Instant::now() + DEADLINE;
    let query = Arc::new(query);
    let workspace = app.workspaces.now(&app).await?;
    let rows = app.store.flows().await?;
    app.searches.forget_others(&rows).await;
    let mut told = 0;
    for row in remaining(rows, wanted.after.as_deref()) {
        let place = place_of(&row);
        let Some(flow) = app.searches.flow(&app, &row).await else {
            results.unread += 1;
            continue;
        };
        let (query, workspace) = (Arc::clone(&query), Arc::clone(&workspace));
        // A large flow takes a while; other requests go on meanwhile.
        let looking = spawn_blocking(move || look(&query, &flow, &workspace, &row));
        let found = looking.await.map_err(Problem::internal)?;
        told += found.nodes.len();
        if found.total > 0 {
            results.flows.push(found);
        }
        if told >= MOST_OF_A_PAGE || Instant::now() >= deadline {
            results.next = Some(place);
            break;
        }
    }
    Ok(Json(results))
}

/// Where a flow stands in the order of searches: the one last changed first.
/// A flow that is changed meanwhile moves ahead and is not searched again.
fn place_of(row: &FlowRow) -> String {
    format!("{:020}-{}", i64::MAX - row.changed_at_millis, row.id)
}

/// The flows that are still to be searched, in order.
fn remaining(rows: Vec<FlowRow>, after: Option<&str>) -> Vec<FlowRow> {
    let mut places: Vec<_> = rows.into_iter().map(|row| (place_of(&row), row)).collect();
    places.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let left = places
        .into_iter()
        .filter(|(place, _)| after.is_none_or(|after| place.as_str() > after));
    left.map(|(_, row)| row).collect()
}

impl Searches {
    /// A flow as it stands. One that cannot be read has a problem of its own,
    /// which its room has noted.
    pub(crate) async fn flow(&self, app: &App, row: &FlowRow) -> Option<Arc<Flow>> {
        if let Some((seq, flow)) = self.kept.lock().await.flows.get(&row.id)
            && *seq == row.head_seq
        {
            return Some(Arc::clone(flow));
        }
        let reading = app.rooms.read(&row.id).await.ok()?;
        let flow = Arc::new(reading.flow);
        let mut kept = self.kept.lock().await;
        kept.forget(&row.id);
        let nodes = count(&flow);
        if kept.nodes + nodes <= MOST_KEPT_NODES {
            kept.nodes += nodes;
            let read = (reading.row.head_seq, Arc::clone(&flow));
            kept.flows.insert(row.id.clone(), read);
        }
        Some(flow)
    }

    /// Forgets flows that are there no longer.
    async fn forget_others(&self, rows: &[FlowRow]) {
        let mut kept = self.kept.lock().await;
        let gone = |id: &&String| !rows.iter().any(|row| row.id == **id);
        let gone: Vec<_> = kept.flows.keys().filter(gone).cloned().collect();
        for id in gone {
            kept.forget(&id);
        }
    }
}

impl Kept {
    fn forget(&mut self, id: &str) {
        if let Some((_, flow)) = self.flows.remove(id) {
            self.nodes -= count(&flow);
        }
    }
}

fn count(flow: &Flow) -> u64 {
    flow.nodes.len() as u64
}

fn look(query: &Query, flow: &Flow, workspace: &Workspace, row: &FlowRow) -> FlowFound {
    let problems = if query.asks_for_problems() {
        flow::check_in(flow, workspace)
    } else {
        Vec::new()
    };
    let mut worst: HashMap<&NodeId, Severity> = HashMap::new();
    for problem in &problems {
        if let Some(node) = &problem.place.node {
            let worst = worst.entry(node).or_insert(problem.severity);
            // Errors come before warnings.
            *worst = problem.severity.min(*worst);
        }
    }
    let severity = |node: &NodeId| worst.get(node).copied();
    let search = Search::new(query, flow, workspace, &severity);
    let mut found: Vec<_> = flow
        .nodes
        .iter()
        .filter_map(|(id, node)| Some((id, node, search.look_at(id)?.excerpt)))
        .collect();
    let total = found.len();
    found.sort_by(|(one, ..), (other, ..)| {
        let (one, other) = (flow.position(one), flow.position(other));
        one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x))
    });
    let nodes = found.into_iter().take(MOST_OF_A_FLOW);
    FlowFound {
        flow: row.id.clone(),
        name: row.name.clone(),
        kind: row.kind,
        total,
        nodes: nodes
            .map(|(id, node, excerpt)| NodeFound {
                node: id.clone(),
                name: node.label.clone(),
                kind: node.kind.clone(),
                excerpt: excerpt.map(shown),
            })
            .collect(),
    }
}

fn shown(Excerpt { place, text, lit }: Excerpt) -> ExcerptFound {
    ExcerptFound {
        place,
        text,
        start: lit.start,
        end: lit.end,
    }
}
