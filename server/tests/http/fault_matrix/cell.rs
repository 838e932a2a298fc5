//! One fault against one way: how it ended for a person, how often the work was
//! done, what is still there, and whether the same succeeds when it is over.

use std::time::{Duration, Instant};

use sandbox::{Arrival, Route};
use tokio::time::sleep;

use super::{
    acts::{Ended, Subject},
    faults::{Again, Comes, Trouble},
    ways::{Act, Way},
    words::{Ends, ends},
};
use crate::organisation::Organisation;

/// When a fault is over for the calls of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// After so long.
    After(Duration),
    /// The next call waits until so long after the one that met it.
    WaitedOut(Duration),
    /// Not in the time of a test: nothing leaves, and a new client gets over it.
    Held,
}

/// By so much a pause of 31 s is longer than what a call waits out.
const TOO_MUCH: Duration = Duration::from_secs(1);

/// What a cell showed.
#[derive(Debug)]
pub(super) struct Shown {
    /// Whether it is as it has to be; if not, why.
    pub(super) holds: Result<(), String>,
    /// How long it took until a person knew how it ended.
    pub(super) took: Duration,
    /// What arrived upstream until then.
    pub(super) arrivals: Vec<Arrival>,
}

pub(super) async fn cell(
    organisation: &Organisation,
    way: &Way,
    trouble: &Trouble,
    base: &Subject,
    name: &str,
    over: Over,
) -> Shown {
    let sandbox = &organisation.sandbox;
    let mut subject = organisation.prepare(way.act, base, name).await;
    let before = organisation.kept(way.act, &subject).await;
    sandbox.clear_arrivals();
    for fault in trouble.armed_at(way.upstream) {
        sandbox.inject(fault);
    }
    let comes = comes(way, trouble);
    let began = Instant::now();
    let met = organisation.act(way.act, &mut subject, "first").await;
    let took = began.elapsed();
    let arrivals = sandbox.arrivals();
    let holds = async {
        told(way, &met, ends(way, comes))?;
        done_as_often(organisation, way, comes)?;
        let kept = organisation.kept(way.act, &subject).await;
        if kept != before {
            return Err(format!("{before} became {kept}"));
        }
        Ok(())
    };
    let holds = holds.await;
    sandbox.clear_faults();
    let passes = passes(organisation, way, &mut subject, comes, over).await;
    Shown {
        holds: holds.and(passes),
        took,
        arrivals,
    }
}

/// Whether the same succeeds when the fault is over, and not before.
async fn passes(
    organisation: &Organisation,
    way: &Way,
    subject: &mut Subject,
    comes: Comes,
    over: Over,
) -> Result<(), String> {
    let mut early = Ok(());
    match over {
        Over::After(wait) => sleep(wait).await,
        Over::WaitedOut(_) => sleep(TOO_MUCH).await,
        Over::Held => {
            early = too_early(organisation, way, subject, comes).await;
            organisation.reconnect().await;
        }
    }
    let earlier = organisation.sandbox.arrivals();
    let again = organisation.act(way.act, subject, "again").await;
    if let Over::WaitedOut(wait) = over {
        let later = organisation.sandbox.arrivals();
        early = not_within(wait, earlier.last(), later.get(earlier.len()));
    }
    if again == Ended::Done {
        organisation.put_back(way.act, subject).await;
    }
    early?;
    match again {
        Ended::Done => Ok(()),
        failed => Err(format!("the fault is over, and {failed:?}")),
    }
}

/// Whether this call came no sooner after that one.
fn not_within(wait: Duration, met: Option<&Arrival>, next: Option<&Arrival>) -> Result<(), String> {
    let (Some(met), Some(next)) = (met, next) else {
        return Err(format!("{met:?} was followed by {next:?}"));
    };
    match Duration::from_millis(next.at_millis - met.at_millis) {
        after if after >= wait => Ok(()),
        after => Err(format!("the next call came after {after:?}, not {wait:?}")),
    }
}

fn comes(way: &Way, trouble: &Trouble) -> Comes {
    if way.upstream == Route::Oauth {
        return trouble.comes_for_token();
    }
    match trouble.comes(way.again) {
        // An import sends a row again that was not carried out.
        Comes::Lost { done: false } if way.act == Act::Import && trouble.is_met_once() => {
            Comes::Passes
        }
        comes => comes,
    }
}

/// Whether what has to be said was said, and nothing that is not so.
pub(super) fn told(way: &Way, met: &Ended, ends: Ends) -> Result<(), String> {
    match (met, ends) {
        (Ended::Done, Ends::Done) => Ok(()),
        (
            Ended::Failed {
                state,
                sentence,
                next_step,
            },
            Ends::Failed {
                state: as_state,
                sentence: with,
                next_step: then,
            },
        ) if state == as_state && sentence.contains(with) && next_step.contains(then) => {
            let text = format!("{sentence} {next_step}");
            if way.was_sent && text.contains("Nothing was changed") {
                return Err(format!("something was changed before, and it says: {text}"));
            }
            Ok(())
        }
        _ => Err(format!("it ended as {met:?}, not as {ends:?}")),
    }
}

/// Whether the work was done as often as it was said: once, or never.
fn done_as_often(organisation: &Organisation, way: &Way, comes: Comes) -> Result<(), String> {
    if way.again == Again::Harmless {
        return Ok(());
    }
    let expected = match comes {
        Comes::Passes | Comes::Lost { done: true } => 1,
        Comes::Fails(_) | Comes::Lost { done: false } => 0,
    };
    match organisation.done(way.upstream) {
        done if done == expected => Ok(()),
        done => Err(format!("it was done {done} times, not {expected}")),
    }
}

/// While Genesys has asked to wait, nothing leaves, and that is said.
async fn too_early(
    organisation: &Organisation,
    way: &Way,
    subject: &mut Subject,
    comes: Comes,
) -> Result<(), String> {
    // A secret is tried by a client of its own, and an import waits by itself.
    if matches!(way.act, Act::RenewSecret | Act::Import) {
        return Ok(());
    }
    let calls = organisation.calls();
    let early = organisation.act(way.act, subject, "early").await;
    told(way, &early, ends(way, comes))?;
    match organisation.calls() - calls {
        0 => Ok(()),
        more => Err(format!("{more} calls came too early")),
    }
}
