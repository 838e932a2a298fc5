//! Asks Genesys by itself about contacts that are being validated: for each
//! connection a few at a time, at its pace. What waits is in the store, so that
//! it goes on after a restart.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use api::{ContactStage, Outcome};
use futures_util::future::join_all;
use store::ContactRow;

use super::{
    check::{Checked, check},
    notice::notice,
    record::Record,
    then::Then,
};
use crate::{app::App, audit, connections::Reachable, http::Result};

/// Contacts that are asked about at once: few enough that what a person does
/// finds its place between.
const AT_ONCE: u32 = 4;
/// Who asks, for the audit log.
const ITSELF: &str = "system";
/// The longest that it waits before it asks again where Genesys is away.
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);

/// The connections whose contacts are being validated by this process.
#[derive(Default)]
pub(crate) struct Validator {
    /// Whether contacts were added since a connection's task last looked.
    running: Mutex<HashMap<String, bool>>,
}

impl Validator {
    /// Sees to the contacts of a connection that are being validated.
    pub(super) fn wake(&self, app: &App, connection: &str) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(has_more) = running.get_mut(connection) {
            *has_more = true;
            return;
        }
        running.insert(connection.to_owned(), false);
        let (app, connection) = (app.clone(), connection.to_owned());
        app.life.tasks.clone().spawn(run(app, connection));
    }

    /// Whether a task that found nothing more is to look again.
    fn goes_on(&self, connection: &str) -> bool {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        match running.get_mut(connection) {
            Some(has_more) if *has_more => {
                *has_more = false;
                true
            }
            _ => {
                running.remove(connection);
                false
            }
        }
    }

    fn stops(&self, connection: &str) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(connection);
    }
}

/// Lets every validation go on that was under way when the server stopped.
pub(crate) async fn resume_validation(app: App) {
    match app.store.connections_validating().await {
        Ok(connections) => {
            for connection in connections {
                app.validator.wake(&app, &connection);
            }
        }
        Err(error) => tracing::error!(%error, "contacts being validated cannot be read"),
    }
}

async fn run(app: App, connection: String) {
    loop {
        if let Err(problem) = validate(&app, &connection).await {
            tracing::error!(?problem, connection, "validating contacts stopped");
            app.validator.stops(&connection);
            return;
        }
        if app.life.stopping.is_cancelled() || !app.validator.goes_on(&connection) {
            return;
        }
    }
}

async fn validate(app: &App, connection: &str) -> Result<()> {
    let mut waits = 0;
    while !app.life.stopping.is_cancelled() {
        let rows = app.store.validating_contacts(connection, AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let reachable = match app.connections.reach(app, Some(connection)).await {
            Ok(reachable) => reachable,
            Err(problem) => {
                tracing::warn!(?problem, connection, "contacts cannot be validated");
                let (sentence, next_step) = problem.words();
                let why = (
                    sentence.to_owned(),
                    next_step.unwrap_or_default().to_owned(),
                );
                return stop(app, connection, rows, why).await;
            }
        };
        match ask(app, &reachable, rows).await? {
            Then::GoOn => waits = 0,
            Then::Halt { note } => {
                let entry = stopped(connection, &note);
                return Ok(app.store.stop_checks(connection, entry.into()).await?);
            }
            Then::Wait { until, .. } => {
                let clock = reachable.client.clock();
                let wait = longer(until, clock.wall(), waits);
                waits += 1;
                tokio::select! {
                    () = clock.sleep(wait) => {}
                    () = app.life.stopping.cancelled() => {}
                }
            }
        }
    }
    Ok(())
}

/// How long to wait, twice as long each time.
fn longer(until: SystemTime, now: SystemTime, waits: u32) -> Duration {
    let wait = until.duration_since(now).unwrap_or_default();
    let doubled = wait.saturating_mul(1_u32.checked_shl(waits).unwrap_or(u32::MAX));
    doubled
        .min(LONGEST_WAIT)
        .max(wait)
        .max(Duration::from_millis(1))
}

async fn ask(app: &App, reachable: &Reachable, rows: Vec<ContactRow>) -> Result<Then> {
    let asking = rows
        .into_iter()
        .map(|row| check(app, ITSELF, reachable, row));
    let mut then = Then::GoOn;
    for checked in join_all(asking).await {
        let Checked { then: one, .. } = checked?;
        then = then.or_worse(one);
    }
    Ok(then)
}

/// Their connection is gone or cannot be used: the first say so themselves.
async fn stop(
    app: &App,
    connection: &str,
    rows: Vec<ContactRow>,
    (sentence, next_step): (String, String),
) -> Result<()> {
    for mut row in rows {
        let before = row.sealed_record.clone();
        let mut record = Record::open(&app.keys, &row)?;
        record.notice = Some(notice(sentence.clone(), &next_step).into());
        row.stage = ContactStage::New;
        row.sealed_record = record.seal(&app.keys, &row.id)?;
        let entry = stopped(connection, &sentence).about(Some(row.id.clone()));
        // One that somebody changed meanwhile says what became of that.
        app.store
            .replace_contact(&row, &before, entry.into())
            .await?;
    }
    let entry = stopped(connection, &sentence);
    Ok(app.store.stop_checks(connection, entry.into()).await?)
}

fn stopped(connection: &str, why: &str) -> audit::Entry {
    audit::entry("contact.validate", ITSELF, Outcome::Failed)
        .about(Some(connection.to_owned()))
        .saying(format!("Contacts are not validated for now. {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_waits_twice_as_long_each_time_and_never_shorter_than_it_is_asked_to() {
        let now = SystemTime::UNIX_EPOCH;
        for (asked, waits, seconds) in [
            (15, 0, 15),
            (15, 1, 30),
            (15, 4, 240),
            (15, 40, 300),
            (900, 3, 900),
        ] {
            let until = now + Duration::from_secs(asked);
            assert_eq!(longer(until, now, waits), Duration::from_secs(seconds));
        }
    }
}
