//! People who edit at the same time, over connections that are slow and break.

use std::time::Duration;

use api::Role;
use fastrand::Rng;
use tests::{Context, Hearing, OpenFlow, Person, Result, Server};
use tokio::time::{Instant, timeout_at};

use crate::designer::{act, rounds, seed};
use crate::history::{History, ensure_disk_agrees, ensure_same, stored_flow};

/// What each person does; `PATCHBAY_STEPS` sets it.
const STEPS: usize = 150;
/// The longest that somebody listens before doing the next thing.
const LISTENS_MILLIS: u64 = 40;

#[tokio::test]
async fn three_people_end_with_the_same_flow_whatever_the_network_does() -> Result<()> {
    let seed = seed();
    converge(seed)
        .await
        .with_context(|| format!("PATCHBAY_SEED={seed}"))
}

async fn converge(seed: u64) -> Result<()> {
    let mut random = Rng::with_seed(seed);
    let mut server = Server::start().await?;
    let ada = Person::demonstration(&server).await?;
    let ben = ada.invite("Ben", Role::Editor).await?;
    let cleo = ada.invite("Cleo", Role::Publisher).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    let start = stored_flow(&ada, &flow).await?;

    let (one, two, three) = tokio::join!(
        edit_badly_connected(&ada, &flow, "ada", random.fork()),
        edit_badly_connected(&ben, &flow, "ben", random.fork()),
        edit_badly_connected(&cleo, &flow, "cleo", random.fork()),
    );
    let mut people = [one?, two?, three?];
    for open in &mut people {
        open.settle(0).await?;
    }
    let mut history = History::default();
    history.catch_up(&ada, &flow).await?;
    for open in &mut people {
        open.settle(history.head()).await?;
    }

    let [one, two, three] = &people;
    let stored = stored_flow(&ada, &flow).await?;
    for (what, flow) in [
        ("the first and the second browser", two.flow()),
        ("the first and the third browser", three.flow()),
        ("browser and server", &stored),
        ("browser and replay", &history.replay(&start)?),
    ] {
        ensure_same(what, one.flow(), flow)?;
    }
    let everybody = [one, two, three];
    history.check(&everybody)?;
    ensure_disk_agrees(&mut server, &flow, &everybody, &history).await
}

/// Edits, listens for a while, falls off the network, comes back.
async fn edit_badly_connected(
    person: &Person,
    flow: &str,
    prefix: &str,
    mut random: Rng,
) -> Result<OpenFlow> {
    let mut open = OpenFlow::open(person, flow, prefix).await?;
    for _ in 0..rounds("PATCHBAY_STEPS", STEPS) {
        match random.u8(..12) {
            0 if open.is_connected() => open.disconnect(),
            0..=2 if !open.is_connected() => open.connect().await?,
            0..=5 => {
                let until = Instant::now() + Duration::from_millis(random.u64(..LISTENS_MILLIS));
                while open.is_connected()
                    && let Ok(heard) = timeout_at(until, open.hear()).await
                {
                    if heard? == Hearing::Lost {
                        break;
                    }
                }
            }
            _ => act(&mut open, &mut random).await?,
        }
    }
    if !open.is_connected() {
        open.connect().await?;
    }
    Ok(open)
}
