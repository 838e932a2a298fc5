//! The operations view's data: cheap to ask for every other second.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc, time::SystemTime};

use api::{
    Breaker, ConnectionOperations, FailedCall, Operations, OperationsPoint, RateHeadroom,
    RouteOperations,
};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;

use super::{
    jobs::jobs,
    slots::{STEP_SECONDS, STEPS_KEPT, Slot},
    watched::{Known, Watched, step_of},
};
use crate::{app::App, clock, http::Result};

/// Failures that are shown of all connections together.
const FAILURES_SHOWN: usize = 50;

/// What to show.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// Of which connection the points are; of all without one.
    connection: Option<String>,
    /// Points from this step on; all that are kept without one.
    since: Option<u64>,
}

/// How calls to Genesys Cloud go, and what is under way.
#[utoipa::path(get, path = "/api/operations",
    params(("connection" = Option<String>, Query, description = "Points of this connection; of all together without it"),
           ("since" = Option<u64>, Query, description = "Points from this step on")),
    responses((status = 200, body = Operations)))]
pub(crate) async fn show_operations(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Operations>> {
    let all = app.connections.watch.all();
    let jobs = jobs(&app).await?;
    let mut connections: Vec<_> = all
        .iter()
        .map(|(id, watched)| connection(id.clone(), &watched.known()))
        .collect();
    connections.sort_by(|one, two| one.name.cmp(&two.name));
    Ok(Json(Operations {
        step_seconds: STEP_SECONDS,
        step: step_of(SystemTime::now()),
        steps_kept: STEPS_KEPT,
        points: points(&all, &wanted),
        connections,
        failures: failures(&all),
        jobs,
    }))
}

fn points(all: &[(String, Arc<Watched>)], wanted: &Wanted) -> Vec<OperationsPoint> {
    let oldest = step_of(SystemTime::now()).saturating_sub(u64::from(STEPS_KEPT));
    let since = wanted.since.unwrap_or_default().max(oldest);
    let mut slots: BTreeMap<u64, Slot> = BTreeMap::new();
    for (id, watched) in all {
        if wanted.connection.as_ref().is_some_and(|only| only != id) {
            continue;
        }
        for slot in watched.known().slots.since(since) {
            let merged = slots.entry(slot.step).or_insert_with(|| Slot {
                step: slot.step,
                ..Slot::default()
            });
            merged.merge(slot);
        }
    }
    slots.into_values().map(|slot| point(&slot)).collect()
}

fn point(slot: &Slot) -> OperationsPoint {
    OperationsPoint {
        step: slot.step,
        succeeded: slot.succeeded,
        failed: slot.failed,
        retried: slot.retried,
        p50_millis: slot.latencies.quantile_millis(0.5),
        p95_millis: slot.latencies.quantile_millis(0.95),
        headroom: slot.headroom,
        queued: slot.queued,
    }
}

fn connection(id: String, known: &Known) -> ConnectionOperations {
    let gauges = known.client.gauges();
    let routes = known
        .routes
        .iter()
        .map(|((method, path), route)| RouteOperations {
            method: (*method).to_owned(),
            path: (*path).to_owned(),
            succeeded: route.succeeded,
            failed: route.failed,
            retried: route.retried,
            average_millis: route.latencies.average_millis(),
            p50_millis: route.latencies.quantile_millis(0.5),
            p95_millis: route.latencies.quantile_millis(0.95),
        });
    ConnectionOperations {
        id,
        name: known.name.clone(),
        breaker: match gauges.breaker {
            genesys::BreakerState::Closed => Breaker::Closed,
            genesys::BreakerState::Open => Breaker::Open,
            genesys::BreakerState::Probing => Breaker::Probing,
        },
        queued: u32::try_from(gauges.queued).unwrap_or(u32::MAX),
        pause_millis: gauges
            .pause_left
            .map(|left| u64::try_from(left.as_millis()).unwrap_or(u64::MAX)),
        headroom: known.headroom.map(|headroom| RateHeadroom {
            left: headroom.left(),
            allowed: headroom.allowed,
        }),
        token_requests: known.token_requests,
        routes: routes.collect(),
    }
}

fn failures(all: &[(String, Arc<Watched>)]) -> Vec<FailedCall> {
    let mut failures = Vec::new();
    for (_, watched) in all {
        let known = watched.known();
        failures.extend(known.failures.iter().map(|call| {
            let failed = FailedCall {
                at: clock::rfc3339(clock::millis(call.at)),
                connection: known.name.clone(),
                method: call.method.to_owned(),
                path: call.path_template.to_owned(),
                code: call.failure.unwrap_or_default().to_owned(),
                attempts: call.attempts,
                correlation_id: call.correlation_id.clone(),
            };
            (call.at, failed)
        }));
    }
    failures.sort_by_key(|(at, _)| Reverse(*at));
    failures.truncate(FAILURES_SHOWN);
    failures.into_iter().map(|(_, failed)| failed).collect()
}
