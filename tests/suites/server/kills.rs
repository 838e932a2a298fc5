//! kill -9 while people edit.

use std::time::{Duration, Instant};

use api::Role;
use fastrand::Rng;
use tests::{Context, Hearing, OpenFlow, Person, Result, Server, Setup, find_no_secret};
use tokio::sync::Notify;
use tokio::time::{Interval, MissedTickBehavior, interval, sleep};

use crate::designer::{act, rounds, seed};
use crate::history::{History, ensure_disk_agrees, ensure_same, stored_flow};

/// How often the server is killed; `PATCHBAY_KILLS` sets it.
const KILLS: usize = 50;
/// Edits that a person sends ahead of the server's acknowledgements.
const AHEAD: usize = 8;
/// Between two edits of one person.
const PACE: Duration = Duration::from_millis(3);
/// From the first acknowledgement of a round to the kill.
const LIFE_MILLIS: std::ops::RangeInclusive<u64> = 15..=60;
/// In every so many rounds people wait until all is said before the next.
const SETTLED_EVERY: usize = 5;

#[tokio::test]
async fn what_was_acknowledged_survives_every_kill() -> Result<()> {
    let seed = seed();
    let figures = survive(seed).await;
    eprintln!(
        "{}",
        figures.with_context(|| format!("PATCHBAY_SEED={seed}"))?
    );
    Ok(())
}

/// Returns what was done, in figures.
async fn survive(seed: u64) -> Result<String> {
    let mut random = Rng::with_seed(seed);
    let mut server = Setup::default()
        .environment("PATCHBAY_LOG", "trace")
        .start()
        .await?;
    let ada = Person::demonstration(&server).await?;
    let ben = ada.invite("Ben", Role::Editor).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    let start = stored_flow(&ada, &flow).await?;
    let mut people = [
        Typist::sit_down(&ada, &flow, "ada", &mut random).await?,
        Typist::sit_down(&ben, &flow, "ben", &mut random).await?,
    ];
    let mut history = History::default();
    let mut slowest_start = Duration::ZERO;

    let kills = rounds("PATCHBAY_KILLS", KILLS);
    for round in 1..=kills {
        let story = || format!("round {round}");
        kill_while_editing(&mut server, &mut people, &mut random)
            .await
            .with_context(story)?;
        let killed = Instant::now();
        server.restart().await.with_context(story)?;
        slowest_start = slowest_start.max(killed.elapsed());

        history.catch_up(&ada, &flow).await.with_context(story)?;
        history
            .check(&[&people[0].open, &people[1].open])
            .with_context(story)?;
        for person in &mut people {
            person.open.connect().await.with_context(story)?;
        }
        if round % SETTLED_EVERY == 0 || round == kills {
            for person in &mut people {
                person.open.settle(0).await.with_context(story)?;
            }
            history.catch_up(&ada, &flow).await.with_context(story)?;
            for person in &mut people {
                person
                    .open
                    .settle(history.head())
                    .await
                    .with_context(story)?;
            }
            let stored = stored_flow(&ada, &flow).await?;
            let [one, other] = &people;
            ensure_same("the browsers", one.open.flow(), other.open.flow()).with_context(story)?;
            ensure_same("browser and server", one.open.flow(), &stored).with_context(story)?;
        }
    }
    let [one, other] = &people;
    let both = [&one.open, &other.open];
    history.check(&both)?;
    ensure_same(
        "replay and browser",
        &history.replay(&start)?,
        one.open.flow(),
    )?;
    ensure_disk_agrees(&mut server, &flow, &both, &history).await?;
    find_no_secret(&server, &[&ada, &ben], None).await?;
    let sum = |count: fn(&OpenFlow) -> usize| both.iter().map(|open| count(open)).sum::<usize>();
    Ok(format!(
        "{kills} kills: {} edits stored, {} acknowledged, {} refused; {} sent again, {} of \
         them had been stored; slowest start {} ms",
        history.head(),
        sum(|open| open.acknowledged().len()),
        sum(|open| open.refused().len()),
        sum(OpenFlow::sent_again),
        sum(OpenFlow::came_back),
        slowest_start.as_millis()
    ))
}

/// Lets people edit; kills the server soon after it acknowledged something.
async fn kill_while_editing(
    server: &mut Server,
    people: &mut [Typist; 2],
    random: &mut Rng,
) -> Result<()> {
    let acknowledged = Notify::new();
    let life = Duration::from_millis(random.u64(LIFE_MILLIS));
    let killer = async {
        acknowledged.notified().await;
        sleep(life).await;
        server.kill_nine().await
    };
    let [one, other] = people;
    let (killed, one, other) = tokio::join!(
        killer,
        one.edit_until_lost(&acknowledged),
        other.edit_until_lost(&acknowledged)
    );
    killed.and(one).and(other)
}

/// Somebody who edits as fast as the server acknowledges.
struct Typist {
    open: OpenFlow,
    random: Rng,
    pace: Interval,
}

impl Typist {
    async fn sit_down(person: &Person, flow: &str, prefix: &str, random: &mut Rng) -> Result<Self> {
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Ok(Self {
            open: OpenFlow::open(person, flow, prefix).await?,
            random: random.fork(),
            pace,
        })
    }

    async fn edit_until_lost(&mut self, acknowledged: &Notify) -> Result<()> {
        while self.open.is_connected() {
            tokio::select! {
                heard = self.open.hear() => {
                    if heard? == Hearing::Acknowledged {
                        acknowledged.notify_one();
                    }
                }
                _ = self.pace.tick(), if self.open.waiting() < AHEAD => {
                    act(&mut self.open, &mut self.random).await?;
                }
            }
        }
        Ok(())
    }
}
