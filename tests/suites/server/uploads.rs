//! kill -9 in the middle of an upload of a data action: it ends in a definite
//! state, which is the truth, and nothing happens twice.

use api::{ActionStart, NewDataAction, NewPublish, OpenDataAction, PublishState, Upload};
use sandbox::{FaultKind, Route};
use tests::{Person, Result, Upstream, ensure, eventually, find_no_secret};

use crate::side_by_side::run_all;

const ACTIONS: &str = "/api/v2/tasks/dataactions";
const ACTION: &str = "/api/v2/tasks/dataactions/*";

/// A moment to kill at, and what the upload has come to after the restart.
struct Moment {
    name: &'static str,
    /// Faults that hold the upload at the moment.
    faults: Vec<(Route, FaultKind)>,
    /// The request that is on its way then.
    at: (&'static str, &'static str),
    /// Whether the upload goes through after the restart.
    goes_through: bool,
}

fn moments() -> Vec<Moment> {
    use FaultKind::{CloseAfter, NeverAnswer};
    use Route::{CreateAction, FindAction, GetAction, Oauth};
    let moment = |name, faults, at, goes_through| Moment {
        name,
        faults,
        at,
        goes_through,
    };
    vec![
        moment(
            "before anything is sent",
            vec![(Oauth, NeverAnswer)],
            ("POST", "/oauth/token"),
            false,
        ),
        moment(
            "while create is under way",
            vec![(CreateAction, NeverAnswer)],
            ("POST", ACTIONS),
            false,
        ),
        moment(
            "after create, before its answer",
            vec![(CreateAction, CloseAfter), (FindAction, NeverAnswer)],
            ("GET", ACTIONS),
            true,
        ),
        moment(
            "after create, before it is read back",
            vec![(GetAction, NeverAnswer)],
            ("GET", ACTION),
            true,
        ),
    ]
}

#[tokio::test]
async fn an_upload_that_a_kill_interrupts_ends_with_the_truth() -> Result<()> {
    let walks = moments().into_iter();
    run_all(walks.map(|moment| (moment.name, interrupt(moment)))).await
}

async fn interrupt(moment: Moment) -> Result<()> {
    let upstream = Upstream::start().await?;
    let setup = upstream.setup().environment("PATCHBAY_LOG", "trace");
    let mut server = setup.start().await?;
    let ada = Person::demonstration(&server).await?;
    let start = ActionStart::Example;
    let made: OpenDataAction = ada
        .post("/api/data-actions", &NewDataAction { start })
        .await?;
    let action = made.summary.id;
    for (route, kind) in &moment.faults {
        upstream.fail_once(*route, kind.clone());
    }
    let begun = upload(&ada, &action, "interrupted").await?;
    let (method, path) = moment.at;
    eventually(&format!("{method} {path}"), async || {
        Ok((!upstream.arrived(method, path).is_empty()).then_some(()))
    })
    .await?;
    server.kill_nine().await?;
    upstream.sandbox().clear_faults();
    server.restart().await?;

    let state = ended(&ada, &begun).await?;
    let held = upstream.sandbox().data_actions().len();
    match &state {
        PublishState::Published { version, .. } => {
            ensure!(
                moment.goes_through && *version == 1 && held == 1,
                "{state:?}"
            );
        }
        PublishState::Failed { failure } => {
            let code = failure.code.as_str();
            let is_known = matches!(code, "interrupted" | "not-carried-out");
            ensure!(!moment.goes_through && is_known && held == 0, "{failure:?}");
            let again = upload(&ada, &action, "again").await?;
            let state = ended(&ada, &again).await?;
            ensure!(matches!(state, PublishState::Published { .. }), "{state:?}");
        }
        PublishState::Running => tests::bail!("it still runs"),
    }
    // The same click once more leads to the same upload.
    let clicked = upload(&ada, &action, "interrupted").await?;
    ensure!(clicked.id == begun.id, "another upload began");
    let held = upstream.sandbox().data_actions();
    ensure!(held.len() == 1 && held[0].version == 1, "{held:?}");
    find_no_secret(&server, &[&ada], Some(&upstream)).await
}

async fn upload(person: &Person, action: &str, key: &str) -> Result<Upload> {
    let new = NewPublish {
        key: key.to_owned(),
        connection: None,
        remedy: None,
    };
    let path = format!("/api/data-actions/{action}/uploads");
    person.post(&path, &new).await
}

async fn ended(person: &Person, upload: &Upload) -> Result<PublishState> {
    let path = format!("/api/uploads/{}", upload.id);
    eventually("the upload to end", async || {
        let now: Upload = person.get(&path).await?;
        Ok((now.state != PublishState::Running).then_some(now.state))
    })
    .await
}
