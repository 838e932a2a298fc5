//! The breaker: after failures in a row nothing leaves for a while, and then one
//! call at a time finds out whether it is over.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use sandbox::{Fault, FaultKind, Times};
use tokio::time::sleep;

use super::{
    rules::{Bounds, FAILURES, OPEN, Span},
    table::{Row, arrived_millis},
    way,
};
use crate::{
    fault_matrix::{acts::Ended, cell::told, faults::Comes, words::ends},
    house::Person,
    organisation::Organisation,
};

/// Between two tries of somebody impatient.
const IMPATIENT: Duration = Duration::from_millis(50);

/// A read fails that is not sent again, as often as opens it; then somebody
/// tries on and on until two probes have failed and a third one succeeds.
pub(super) async fn opens(ada: Person) -> Row {
    let class = "the breaker: 500, always";
    let way = way("open a flow by its id");
    let organisation = Organisation::open(&ada, class, false).await;
    let base = organisation.set_up(way.act).await;
    let mut subject = organisation.prepare(way.act, &base, class).await;
    let sandbox = &organisation.sandbox;
    sandbox.clear_arrivals();
    sandbox.inject(Fault {
        route: way.upstream,
        times: Times::Always,
        kind: FaultKind::Status {
            status: 500,
            headers: BTreeMap::new(),
            body: None,
        },
    });
    let arrived = || arrived_millis(&sandbox.arrivals(), way.upstream);
    let [first, second, third] = OPEN;
    let failing = FAILURES + [first, second].len();
    let mut holds = Ok(());
    let began = Instant::now();
    loop {
        let earlier = arrived().len();
        let met = organisation.act(way.act, &mut subject, "a try").await;
        if met == Ended::Done {
            break;
        }
        let code = match arrived().len() - earlier {
            0 => "unreachable",
            _ => "unavailable",
        };
        holds = holds.and(told(&way, &met, ends(&way, Comes::Fails(code))));
        if arrived().len() == failing {
            sandbox.clear_faults();
        }
        sleep(IMPATIENT).await;
    }
    let took = began.elapsed();
    let at_once = [Span::exactly(Duration::ZERO); FAILURES - 1];
    let waits = [&at_once[..], &[first, second, third]].concat();
    Row {
        class,
        way: way.name,
        bounds: Bounds::calls(Duration::ZERO, &waits),
        arrived_millis: Some(arrived()),
        took,
        holds,
    }
}
