//! kill -9 in the middle of a publish: it ends in a definite state, which is
//! the truth, and nothing happens twice.

use std::time::Duration;

use api::{Publish, PublishState};
use fastrand::Rng;
use sandbox::{FaultKind, Route};
use tests::{
    Context, PATIENCE, Person, Result, Server, Upstream, ensure, eventually, find_no_secret,
};
use tokio::time::{Instant, sleep};

use crate::designer::{rounds, seed};
use crate::publishing::{describe, live_version, only_flow, publish};
use crate::side_by_side::run_all;

/// Publishes that are killed at random; `PATCHBAY_PUBLISH_KILLS` sets it.
const RANDOM_KILLS: usize = 12;
/// A publish with a quick upstream is over by then.
const LONGEST_LIFE_MILLIS: u64 = 120;

/// A moment to kill at, and what the publish has come to after the restart.
struct Moment {
    name: &'static str,
    /// Whether an earlier version is live.
    is_update: bool,
    /// Faults that hold the publish at the moment.
    faults: Vec<(Route, FaultKind)>,
    /// The request that is on its way then: method, path, how many of them.
    at: (&'static str, &'static str, usize),
    /// Whether the publish goes through after the restart.
    goes_through: bool,
}

fn moments() -> Vec<Moment> {
    use FaultKind::{CloseAfter, Delay, NeverAnswer};
    use Route::{Create, Find, Get, Oauth, Publish, Update};
    const FLOWS: &str = "/api/v2/flows";
    const FLOW: &str = "/api/v2/flows/*";
    const LIVE: &str = "/api/v2/flows/*/publish";
    let moment = |name, faults: Vec<(Route, FaultKind)>, at, goes_through| Moment {
        name,
        is_update: false,
        faults,
        at,
        goes_through,
    };
    let no_wait = Delay { millis: 0 };
    vec![
        moment(
            "before anything is sent",
            vec![(Oauth, NeverAnswer)],
            ("POST", "/oauth/token", 1),
            false,
        ),
        moment(
            "while create is under way",
            vec![(Create, NeverAnswer)],
            ("POST", FLOWS, 1),
            false,
        ),
        moment(
            "after create, before its answer",
            vec![(Create, CloseAfter), (Find, NeverAnswer)],
            ("GET", FLOWS, 1),
            true,
        ),
        moment(
            "between create and publish",
            vec![(Get, NeverAnswer)],
            ("GET", FLOW, 1),
            true,
        ),
        moment(
            "while publish is under way",
            vec![(Publish, NeverAnswer)],
            ("POST", LIVE, 1),
            false,
        ),
        moment(
            "after publish, before it is stored",
            vec![
                (Publish, CloseAfter),
                (Get, no_wait.clone()),
                (Get, NeverAnswer),
            ],
            ("GET", FLOW, 2),
            true,
        ),
        Moment {
            is_update: true,
            ..moment(
                "while update is under way",
                vec![(Update, NeverAnswer)],
                ("PUT", FLOW, 1),
                false,
            )
        },
        Moment {
            is_update: true,
            ..moment(
                "after update, before its answer",
                vec![(Update, CloseAfter), (Update, NeverAnswer)],
                ("PUT", FLOW, 2),
                true,
            )
        },
        Moment {
            is_update: true,
            ..moment(
                "while an update is made live",
                vec![(Publish, NeverAnswer)],
                ("POST", LIVE, 1),
                false,
            )
        },
    ]
}

#[tokio::test]
async fn a_publish_that_a_kill_interrupts_ends_with_the_truth() -> Result<()> {
    run_all(
        moments()
            .into_iter()
            .map(|moment| (moment.name, interrupt(moment))),
    )
    .await
}

async fn interrupt(moment: Moment) -> Result<()> {
    let upstream = Upstream::start().await?;
    let setup = upstream.setup().environment("PATCHBAY_LOG", "trace");
    let mut server = setup.start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    let mut live = 0;
    if moment.is_update {
        live = live_version(&publish(&ada, &flow, "earlier").await?)?;
        describe(&ada, &flow, "Changed").await?;
        upstream.sandbox().clear_arrivals();
    }
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
    let ended = restart_and_hear(&mut server, &ada, &begun).await?;

    if moment.goes_through {
        live += 1;
        ensure!(live_version(&ended)? == live, "{ended:?}");
    } else {
        let PublishState::Failed { failure } = &ended.state else {
            tests::bail!("it ended so: {ended:?}");
        };
        ensure!(
            matches!(failure.code.as_str(), "interrupted" | "not-carried-out"),
            "{failure:?}"
        );
        let is_live = upstream
            .sandbox()
            .flows()
            .iter()
            .any(|flow| flow.published_version().unwrap_or_default() != live);
        ensure!(!is_live, "it is live, and said to have failed");
        live += 1;
        let again = publish(&ada, &flow, "again").await?;
        ensure!(live_version(&again).context("again")? == live, "{again:?}");
    }
    let record = only_flow(&upstream)?;
    ensure!(record.published_version() == Some(live), "{record:?}");
    find_no_secret(&server, &[&ada], Some(&upstream)).await
}

async fn restart_and_hear(
    server: &mut Server,
    person: &Person,
    begun: &Publish,
) -> Result<Publish> {
    server.restart().await?;
    // 30 s are promised, and the harness is less patient.
    const { assert!(PATIENCE.as_secs() <= 30) };
    person.ended(&begun.id).await
}

#[tokio::test]
async fn publishes_killed_at_random_never_claim_what_is_not_live() -> Result<()> {
    let seed = seed();
    let figures = kill_at_random(seed).await;
    eprintln!(
        "{}",
        figures.with_context(|| format!("PATCHBAY_SEED={seed}"))?
    );
    Ok(())
}

/// Returns what was done, in figures.
async fn kill_at_random(seed: u64) -> Result<String> {
    let mut random = Rng::with_seed(seed);
    let upstream = Upstream::start().await?;
    let mut server = upstream.setup().start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    let (mut went_through, mut failed) = (0, 0);
    for round in 1..=rounds("PATCHBAY_PUBLISH_KILLS", RANDOM_KILLS) {
        let story = || format!("round {round}");
        let description = format!("Draft {round}");
        describe(&ada, &flow, &description).await?;
        let life = Duration::from_millis(random.u64(..LONGEST_LIFE_MILLIS));
        let begun = Instant::now();
        let clicked = ada.publish(&flow, &description).await?;
        sleep(life.saturating_sub(begun.elapsed())).await;
        server.kill_nine().await?;
        let ended = restart_and_hear(&mut server, &ada, &clicked)
            .await
            .with_context(story)?;

        let live = upstream
            .sandbox()
            .flows()
            .pop()
            .and_then(|flow| flow.published);
        let is_live = live
            .as_ref()
            .is_some_and(|live| live.body["description"] == *description);
        if let PublishState::Published { version, .. } = &ended.state {
            let live = live.map(|live| live.version);
            ensure!(
                is_live && live == Some(*version),
                "round {round}: {version} is not live"
            );
            went_through += 1;
        } else {
            ensure!(!is_live, "round {round}: it is live, and {:?}", ended.state);
            failed += 1;
            let again = publish(&ada, &flow, &format!("{description} again")).await?;
            live_version(&again).with_context(story)?;
        }
        let published = only_flow(&upstream)?.published.context("nothing is live")?;
        ensure!(
            published.body["description"] == *description,
            "round {round}: {published:?}"
        );
    }
    Ok(format!(
        "{went_through} publishes went through, {failed} failed and were repeated"
    ))
}
