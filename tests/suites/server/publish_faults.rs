//! Publishing when Genesys Cloud does not play along: the person reads what
//! happened and what to do, the flow is untouched, nothing happens twice, and
//! publishing again when the fault is over succeeds.

use std::collections::BTreeMap;

use api::{Failure, Publish, PublishState, Step, StepState};
use sandbox::{FaultKind, Route};
use tests::{Context, Person, Result, Setup, Upstream, bail, ensure, find_no_secret};

use crate::history::{ensure_same, stored_flow};
use crate::publishing::{live_version, only_flow, publish};
use crate::side_by_side::run_all;

/// A fault and what has to come of it.
struct Case {
    name: &'static str,
    trouble: Trouble,
    ends: Ends,
}

/// What goes wrong.
enum Trouble {
    /// These requests.
    With(Vec<(Route, FaultKind)>),
    /// The server is set up so.
    SetUp(fn(&Upstream) -> Setup),
    /// A request, and the server has to be started anew before it asks again.
    UntilRestart(Route, FaultKind),
}

/// How the publish ends.
enum Ends {
    /// It goes through all the same.
    Published,
    /// It fails with this code; these words are in the sentence and in the
    /// next step.
    Failed(&'static str, &'static str, &'static str),
}

const NOT_CARRIED_OUT: Ends = Ends::Failed("not-carried-out", "not carried out", "Publish again");
const SIGN_IN_UNAVAILABLE: Ends = Ends::Failed("sign-in-unavailable", "sign-in", "work is saved");

fn status(status: u16) -> FaultKind {
    FaultKind::Status {
        status,
        headers: BTreeMap::new(),
        body: None,
    }
}

fn status_with_pause(status: u16, seconds: &str) -> FaultKind {
    FaultKind::Status {
        status,
        headers: BTreeMap::from([("Retry-After".to_owned(), seconds.to_owned())]),
        body: None,
    }
}

fn page(status: u16) -> FaultKind {
    FaultKind::Status {
        status,
        headers: BTreeMap::new(),
        body: Some("<html><h1>Bad gateway</h1></html>".to_owned()),
    }
}

fn cases() -> Vec<Case> {
    use FaultKind::{CloseAfter, CloseBefore, Delay, ExpireTokens, Garbage, Huge, NeverAnswer};
    use Route::{Create, Get, Oauth, Publish};
    let huge = || Huge {
        bytes: 12 * 1024 * 1024,
    };
    let one = |name, route, kind, ends| Case {
        name,
        trouble: Trouble::With(vec![(route, kind)]),
        ends,
    };
    let always = |name, route, kind: FaultKind, ends| Case {
        name,
        trouble: Trouble::With(vec![
            (route, kind.clone()),
            (route, kind.clone()),
            (route, kind),
        ]),
        ends,
    };
    vec![
        // The slow ones first, so that the others run beside them.
        one("no answer to create", Create, NeverAnswer, NOT_CARRIED_OUT),
        one(
            "no answer to publish",
            Publish,
            NeverAnswer,
            NOT_CARRIED_OUT,
        ),
        always("sign-in is down", Oauth, status(503), SIGN_IN_UNAVAILABLE),
        always(
            "sign-in answers with a page",
            Oauth,
            page(502),
            SIGN_IN_UNAVAILABLE,
        ),
        Case {
            name: "nobody is there",
            trouble: Trouble::SetUp(Upstream::setup_with_wrong_address),
            ends: SIGN_IN_UNAVAILABLE,
        },
        Case {
            name: "a wrong secret",
            trouble: Trouble::SetUp(Upstream::setup_with_mistyped_secret),
            ends: Ends::Failed(
                "credentials-refused",
                "credentials",
                "Settings → Connections",
            ),
        },
        Case {
            name: "a missing scope",
            trouble: Trouble::SetUp(Upstream::setup_without_permission),
            ends: Ends::Failed("permission-missing", "flow:", "Ask a Genesys administrator"),
        },
        one(
            "the token expires before create",
            Create,
            ExpireTokens,
            Ends::Published,
        ),
        one(
            "the token expires before publish",
            Publish,
            ExpireTokens,
            Ends::Published,
        ),
        Case {
            name: "the token is refused, the renewed one too",
            trouble: Trouble::With(vec![(Create, status(401)), (Create, status(401))]),
            ends: Ends::Failed(
                "credentials-refused",
                "credentials",
                "Settings → Connections",
            ),
        },
        one(
            "a short pause before create",
            Create,
            status_with_pause(429, "1"),
            Ends::Published,
        ),
        one(
            "a short pause before publish",
            Publish,
            status_with_pause(429, "1"),
            Ends::Published,
        ),
        Case {
            name: "a long pause",
            trouble: Trouble::UntilRestart(Create, status_with_pause(429, "3600")),
            ends: Ends::Failed("throttled", "wait until", "after that time"),
        },
        one("500 to create", Create, status(500), NOT_CARRIED_OUT),
        one("500 to publish", Publish, status(500), NOT_CARRIED_OUT),
        one("503 to create", Create, status(503), NOT_CARRIED_OUT),
        one(
            "503 to create with a pause",
            Create,
            status_with_pause(503, "1"),
            Ends::Published,
        ),
        one(
            "a page instead of an answer",
            Create,
            page(502),
            NOT_CARRIED_OUT,
        ),
        one(
            "400 to create",
            Create,
            status(400),
            Ends::Failed("rejected", "rejected", "Correct"),
        ),
        one(
            "create breaks off before",
            Create,
            CloseBefore,
            NOT_CARRIED_OUT,
        ),
        one(
            "create breaks off after",
            Create,
            CloseAfter,
            Ends::Published,
        ),
        one(
            "publish breaks off before",
            Publish,
            CloseBefore,
            NOT_CARRIED_OUT,
        ),
        one(
            "publish breaks off after",
            Publish,
            CloseAfter,
            Ends::Published,
        ),
        one("reading breaks off", Get, CloseBefore, Ends::Published),
        one("create answers garbage", Create, Garbage, Ends::Published),
        one("publish answers garbage", Publish, Garbage, Ends::Published),
        one(
            "reading answers garbage",
            Get,
            Garbage,
            Ends::Failed(
                "unexpected-answer",
                "unexpected answer",
                "Check the API address",
            ),
        ),
        one(
            "create answers without end",
            Create,
            huge(),
            Ends::Published,
        ),
        one(
            "a slow create",
            Create,
            Delay { millis: 1_500 },
            Ends::Published,
        ),
    ]
}

#[tokio::test]
async fn a_fault_is_explained_leaves_the_flow_alone_and_is_over_when_it_is_over() -> Result<()> {
    run_all(cases().into_iter().map(|case| (case.name, run(case)))).await
}

async fn run(case: Case) -> Result<()> {
    let upstream = Upstream::start().await?;
    let trace = |setup: Setup| setup.environment("PATCHBAY_LOG", "trace");
    let setup = match &case.trouble {
        Trouble::SetUp(setup) => setup(&upstream),
        Trouble::With(faults) => {
            for (route, kind) in faults {
                upstream.fail_once(*route, kind.clone());
            }
            upstream.setup()
        }
        Trouble::UntilRestart(route, kind) => {
            upstream.fail_once(*route, kind.clone());
            upstream.setup()
        }
    };
    let mut server = trace(setup).start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    let before = stored_flow(&ada, &flow).await?;

    let ended = publish(&ada, &flow, "first").await?;
    case.ends.check(&ended)?;
    ensure_same(
        "the flow before and after",
        &before,
        &stored_flow(&ada, &flow).await?,
    )?;
    ensure_not_twice(&upstream, &ended)?;

    upstream.sandbox().clear_faults();
    match &case.trouble {
        Trouble::With(_) => {}
        Trouble::SetUp(_) => {
            server.stop().await?;
            server.set_up(trace(upstream.setup()));
            server.restart().await?;
        }
        Trouble::UntilRestart(..) => {
            let calls = upstream.sandbox().arrivals().len();
            case.ends.check(&publish(&ada, &flow, "too early").await?)?;
            let more = upstream.sandbox().arrivals().len() - calls;
            ensure!(more == 0, "{more} calls came too early");
            server.stop().await?;
            server.restart().await?;
        }
    }
    let again = publish(&ada, &flow, "again").await?;
    ensure!(
        live_version(&again).context("publishing again")? == 1,
        "{again:?}"
    );
    let live = only_flow(&upstream)?.published.context("nothing is live")?;
    ensure!(live.version == 1, "version {} is live", live.version);
    find_no_secret(&server, &[&ada], Some(&upstream)).await
}

impl Ends {
    fn check(&self, ended: &Publish) -> Result<()> {
        match (self, &ended.state) {
            (Self::Published, PublishState::Published { version: 1, .. }) => Ok(()),
            (Self::Failed(code, sentence, next_step), PublishState::Failed { failure }) => {
                let Failure {
                    code: is,
                    sentence: says,
                    next_step: next,
                    ..
                } = failure;
                let failed = |step: &&Step| step.state == StepState::Failed;
                ensure!(
                    ended.steps.iter().filter(failed).count() == 1,
                    "{:?}",
                    ended.steps
                );
                ensure!(is == code, "the code is “{is}”: {says}");
                ensure!(says.contains(sentence), "it says “{says}”");
                ensure!(next.contains(next_step), "the next step is “{next}”");
                Ok(())
            }
            (_, other) => bail!("it ended so: {other:?}"),
        }
    }
}

/// What was done upstream was done once, and what is said to be live is.
fn ensure_not_twice(upstream: &Upstream, ended: &Publish) -> Result<()> {
    for path in ["/api/v2/flows", "/api/v2/flows/*/publish"] {
        let done = upstream
            .arrived("POST", path)
            .into_iter()
            .filter(|arrival| {
                let answer = arrival.answer.as_ref();
                answer.is_some_and(|answer| answer.status == 200)
            });
        let done = done.count();
        ensure!(done <= 1, "POST {path} was done {done} times");
    }
    let flows = upstream.sandbox().flows();
    let is_live = flows.iter().any(|flow| flow.published.is_some());
    let is_said = matches!(ended.state, PublishState::Published { .. });
    ensure!(is_live == is_said, "live: {is_live}, said to be: {is_said}");
    Ok(())
}
