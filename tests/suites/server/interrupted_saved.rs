//! kill -9 while something is published that is live as it is saved: a module,
//! which is made empty first, and a shared flow. It ends with the truth, and
//! nothing is there twice.

use api::PublishState;
use sandbox::{FaultKind, FlowRecord, Route};
use tests::{Person, Result, Upstream, bail, ensure, eventually, find_no_secret};

use crate::publishing::{live_version, publish};
use crate::side_by_side::run_all;

/// A moment to kill at, and how the publish ends after the restart.
struct Moment {
    name: &'static str,
    template: &'static str,
    /// Faults that hold the publish at the moment.
    faults: Vec<(Route, FaultKind)>,
    /// The request that is on its way then: method, path, how many of them.
    at: (&'static str, &'static str, usize),
    /// The version that is live, or the code of the failure.
    ends: std::result::Result<u64, &'static str>,
}

fn moments() -> Vec<Moment> {
    use FaultKind::{CloseAfter, NeverAnswer};
    use Route::{Create, CreateModule, Find, FindModule, GetModule, UpdateModule};
    const FLOWS: &str = "/api/v2/flows";
    const MODULES: &str = "/api/v2/flows/flowmodules";
    const MODULE: &str = "/api/v2/flows/flowmodules/*";
    let module = |name, faults, at, ends| Moment {
        name,
        template: "shared-authentication",
        faults,
        at,
        ends,
    };
    let shared = |name, faults, at, ends| Moment {
        template: "shared-email-processor",
        ..module(name, faults, at, ends)
    };
    vec![
        module(
            "while the empty module is made",
            vec![(CreateModule, NeverAnswer)],
            ("POST", MODULES, 1),
            Err("not-carried-out"),
        ),
        module(
            "after it was made, before its answer",
            vec![(CreateModule, CloseAfter), (FindModule, NeverAnswer)],
            ("GET", MODULES, 1),
            Err("left-empty"),
        ),
        module(
            "between making and filling it",
            vec![(GetModule, NeverAnswer)],
            ("GET", MODULE, 1),
            Err("left-empty"),
        ),
        module(
            "while it is filled",
            vec![(UpdateModule, NeverAnswer)],
            ("PUT", MODULE, 1),
            Err("not-carried-out"),
        ),
        module(
            "after it was filled, before its answer",
            vec![(UpdateModule, CloseAfter), (UpdateModule, NeverAnswer)],
            ("PUT", MODULE, 2),
            Ok(2),
        ),
        shared(
            "while a shared flow is made",
            vec![(Create, NeverAnswer)],
            ("POST", FLOWS, 1),
            Err("not-carried-out"),
        ),
        shared(
            "after a shared flow was made, before its answer",
            vec![(Create, CloseAfter), (Find, NeverAnswer)],
            ("GET", FLOWS, 1),
            Ok(1),
        ),
    ]
}

#[tokio::test]
async fn what_is_live_as_saved_ends_with_the_truth_when_a_kill_interrupts_it() -> Result<()> {
    run_all(
        moments()
            .into_iter()
            .map(|moment| (moment.name, interrupt(moment))),
    )
    .await
}

async fn interrupt(moment: Moment) -> Result<()> {
    let upstream = Upstream::start().await?;
    let mut server = upstream.setup().start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow(moment.template, None).await?.id;
    for (route, kind) in &moment.faults {
        upstream.fail_once(*route, kind.clone());
    }
    let begun = ada.publish(&flow, "interrupted").await?;
    let (method, path, count) = moment.at;
    eventually(&format!("{count} of {method} {path}"), async || {
        Ok((upstream.arrived(method, path).len() >= count).then_some(()))
    })
    .await?;
    server.kill_nine().await?;
    upstream.sandbox().clear_faults();
    server.restart().await?;
    let ended = ada.ended(&begun.id).await?;
    match (&ended.state, moment.ends) {
        (PublishState::Published { version, .. }, Ok(expected)) => {
            ensure!(*version == expected, "{ended:?}");
        }
        (PublishState::Failed { failure }, Err(code)) => {
            ensure!(failure.code == code, "{failure:?}");
            live_version(&publish(&ada, &flow, "again").await?)?;
        }
        _ => bail!("it ended so: {ended:?}"),
    }
    let held = only(&upstream)?;
    let is_filled = held.draft["definition"]["nodes"][0].is_object();
    let is_shared = held.draft["nodes"].is_array();
    ensure!(is_filled || is_shared, "{held:?}");
    find_no_secret(&server, &[&ada], Some(&upstream)).await
}

/// The one thing upstream.
fn only(upstream: &Upstream) -> Result<FlowRecord> {
    let mut held = upstream.sandbox().flows();
    held.extend(upstream.sandbox().modules());
    match (held.pop(), held.is_empty()) {
        (Some(record), true) => Ok(record),
        _ => bail!("there is not one thing upstream"),
    }
}
