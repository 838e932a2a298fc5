//! The same for Prometheus, in its OpenMetrics text format, on a listener of
//! its own. Labels are names of connections and templates of routes: no ids,
//! no people, no secrets.

use std::{fmt, time::Duration};

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric, NoLabelSet, text::encode},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge},
    registry::{Registry as Prometheus, Unit},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{histogram::Histogram, registry::Registry};
use crate::http::{Problem, Result};

const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers `GET /metrics` until the server is to stop, and nothing else.
pub(crate) async fn serve_metrics(
    listener: TcpListener,
    registry: Registry,
    stopping: CancellationToken,
) {
    let router = Router::new()
        .route("/metrics", get(show))
        .with_state(registry);
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(stopping.cancelled_owned())
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the listener for metrics failed");
    }
}

async fn show(State(registry): State<Registry>) -> Result<impl IntoResponse> {
    let mut prometheus = Prometheus::with_prefix("patchbay");
    prometheus.register_collector(Box::new(Genesys(registry)));
    let mut text = String::new();
    encode(&mut text, &prometheus).map_err(Problem::internal)?;
    Ok(([(header::CONTENT_TYPE, TEXT)], text))
}

/// The metrics of calls to Genesys Cloud.
struct Genesys(Registry);

impl fmt::Debug for Genesys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Genesys")
    }
}

type Label = (&'static str, String);

/// One route's numbers as they are written.
struct RouteNumbers {
    labels: [Label; 3],
    succeeded: u64,
    failed: u64,
    retried: u64,
    latencies: Histogram,
    waited: Duration,
}

/// One connection's numbers as they are written.
struct ConnectionNumbers {
    labels: [Label; 1],
    queued: usize,
    is_open: bool,
    left: Option<u32>,
    allowed: Option<u32>,
    token_requests: u64,
}

impl Collector for Genesys {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let (routes, connections) = self.numbers();
        let encoder = &mut encoder;
        counters(
            encoder,
            "genesys_calls",
            "Calls to Genesys Cloud, retries not counted",
            routes.iter().flat_map(|route| {
                [("success", route.succeeded), ("failure", route.failed)].map(|(outcome, value)| {
                    let mut labels = route.labels.to_vec();
                    labels.push(("outcome", outcome.to_owned()));
                    (labels, value)
                })
            }),
        )?;
        counters(
            encoder,
            "genesys_retries",
            "Attempts after the first of a call",
            routes
                .iter()
                .map(|route| (route.labels.to_vec(), route.retried)),
        )?;
        let mut histogram = encoder.encode_descriptor(
            "genesys_attempt_duration",
            "How long attempts took, waits before them not counted",
            Some(&Unit::Seconds),
            MetricType::Histogram,
        )?;
        for route in &routes {
            histogram
                .encode_family(&route.labels)?
                .encode_histogram::<NoLabelSet>(
                    route.latencies.sum().as_secs_f64(),
                    route.latencies.count(),
                    &route.latencies.classes(),
                    None,
                )?;
        }
        let mut waits = encoder.encode_descriptor(
            "genesys_wait",
            "How long attempts waited for their turn, together",
            Some(&Unit::Seconds),
            MetricType::Counter,
        )?;
        for route in &routes {
            let seconds = ConstCounter::new(route.waited.as_secs_f64());
            seconds.encode(waits.encode_family(&route.labels)?)?;
        }
        counters(
            encoder,
            "genesys_token_requests",
            "Tokens that were asked for",
            connections
                .iter()
                .map(|one| (one.labels.to_vec(), one.token_requests)),
        )?;
        let gauge = |one: &ConnectionNumbers, value: Option<u32>| {
            value.map(|value| (one.labels.to_vec(), i64::from(value)))
        };
        gauges(
            encoder,
            "genesys_rate_limit_remaining",
            "Calls that the rate limit left, as the last answer told it",
            connections.iter().filter_map(|one| gauge(one, one.left)),
        )?;
        gauges(
            encoder,
            "genesys_rate_limit_allowed",
            "Calls that the rate limit allows in a window",
            connections.iter().filter_map(|one| gauge(one, one.allowed)),
        )?;
        gauges(
            encoder,
            "genesys_queued_calls",
            "Calls that wait for their turn",
            connections.iter().map(|one| {
                let queued = i64::try_from(one.queued).unwrap_or(i64::MAX);
                (one.labels.to_vec(), queued)
            }),
        )?;
        gauges(
            encoder,
            "genesys_breaker_open",
            "1 while the circuit breaker lets no or only one call out",
            connections
                .iter()
                .map(|one| (one.labels.to_vec(), i64::from(one.is_open))),
        )
    }
}

impl Genesys {
    fn numbers(&self) -> (Vec<RouteNumbers>, Vec<ConnectionNumbers>) {
        let mut routes = Vec::new();
        let mut connections = Vec::new();
        for (_, watched) in self.0.all() {
            let known = watched.known();
            let connection: Label = ("connection", known.name.clone());
            let gauges = known.client.gauges();
            connections.push(ConnectionNumbers {
                labels: [connection.clone()],
                queued: gauges.queued,
                is_open: gauges.breaker != genesys::BreakerState::Closed,
                left: known.headroom.map(genesys::Headroom::left),
                allowed: known.headroom.map(|headroom| headroom.allowed),
                token_requests: known.token_requests,
            });
            routes.extend(
                known
                    .routes
                    .iter()
                    .map(|((method, path), route)| RouteNumbers {
                        labels: [
                            connection.clone(),
                            ("method", (*method).to_owned()),
                            ("route", (*path).to_owned()),
                        ],
                        succeeded: route.succeeded,
                        failed: route.failed,
                        retried: route.retried,
                        latencies: route.latencies.clone(),
                        waited: route.waited,
                    }),
            );
        }
        (routes, connections)
    }
}

fn counters(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    values: impl Iterator<Item = (Vec<Label>, u64)>,
) -> fmt::Result {
    let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (labels, value) in values {
        ConstCounter::new(value).encode(metric.encode_family(&labels)?)?;
    }
    Ok(())
}

fn gauges(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    values: impl Iterator<Item = (Vec<Label>, i64)>,
) -> fmt::Result {
    let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
    for (labels, value) in values {
        ConstGauge::new(value).encode(metric.encode_family(&labels)?)?;
    }
    Ok(())
}
