//! The job that sends an import's rows: a few at a time, each with its intent
//! stored before and its outcome after. It goes on where it was after a crash.

use std::{collections::HashMap, sync::Arc, time::Duration};

use api::{ImportState, Outcome, Right, RowState};
use futures_util::future::join_all;
use store::{ContactImportRow, ImportedRow};

use super::{
    super::{record::id_of, then::Then},
    examine::Columns,
    runners::Runner,
    sealed::{Head, open_cells, open_head},
    send::{Outgoing, Sent, intent, send},
};
use crate::{app::App, audit, clock, connections::Reachable, http::Result};

/// Rows that are under way at once: enough that the pace, not the network,
/// decides how quickly it goes; few enough that a pause takes hold soon.
const AT_ONCE: u32 = 8;

/// How often rows were sent and not carried out, by their numbers.
type InVain = HashMap<u64, u32>;

/// Lets every import go on that was running when the server stopped.
pub(crate) async fn resume_imports(app: App) {
    match app.store.running_imports().await {
        Ok(imports) => {
            for import in imports {
                app.importer.run(&app, import.id);
            }
        }
        Err(error) => tracing::error!(%error, "interrupted imports cannot be read"),
    }
}

/// Runs an import. A fault of ours pauses it, and says so.
pub(super) async fn run(app: App, runner: Arc<Runner>, id: String) {
    let _turn = runner.turn.lock().await;
    runner.starts();
    if let Err(problem) = go_on(&app, &runner, &id).await {
        tracing::error!(?problem, import = id, "an import stopped");
        let note = "Something failed on the server. Let it go on; if it stops again, tell an administrator.";
        if let Err(error) = halt(&app, &id, note).await {
            tracing::error!(?error, import = id, "an import that stopped was not paused");
        }
    }
}

async fn go_on(app: &App, runner: &Runner, id: &str) -> Result<()> {
    let Some(import) = app.store.contact_import(id).await? else {
        return Ok(());
    };
    let head = open_head(&app.keys, id, &import.sealed_head)?;
    let mut in_vain = InVain::new();
    while !app.life.stopping.is_cancelled() {
        match step(app, runner, &import, &head, &mut in_vain).await? {
            Step::On => {}
            Step::Over => return Ok(()),
        }
    }
    Ok(())
}

/// Whether an import has more to do.
enum Step {
    On,
    Over,
}

/// Settles rows that were sent before, whatever became of the import since; else
/// sends the next ones, where it still runs and its author may still do it.
async fn step(
    app: &App,
    runner: &Runner,
    import: &ContactImportRow,
    head: &Head,
    in_vain: &mut InVain,
) -> Result<Step> {
    let id = &import.id;
    // It may have been changed or deleted since the rows before.
    let reachable = match app
        .connections
        .reach(app, Some(&import.connection_id))
        .await
    {
        Ok(reachable) => reachable,
        Err(problem) => {
            tracing::warn!(
                ?problem,
                import = id,
                "the connection of an import cannot be used"
            );
            let note = format!(
                "The connection “{}” cannot be used. An administrator must look at it in Settings → Connections.",
                import.connection_name
            );
            halt(app, id, &note).await?;
            return Ok(Step::Over);
        }
    };
    let sent_before = app
        .store
        .import_rows_in(id, RowState::Sending, AT_ONCE)
        .await?;
    let was_sent = !sent_before.is_empty();
    let rows = if was_sent {
        sent_before
    } else if !is_running(app, id).await? {
        return Ok(Step::Over);
    } else {
        app.store
            .import_rows_in(id, RowState::Waiting, AT_ONCE)
            .await?
    };
    if rows.is_empty() {
        finish(app, import).await?;
        return Ok(Step::Over);
    }
    let outgoing = rows
        .iter()
        .map(|row| outgoing(app, import, head, row, (was_sent, in_vain)))
        .collect::<Result<Vec<_>>>()?;
    if !was_sent {
        if !may_go_on(app, import).await? {
            let note = format!(
                "{} may not do this any more. Somebody who may do it must import the rows that are left anew.",
                import.author
            );
            halt(app, id, &note).await?;
            return Ok(Step::Over);
        }
        if !claim(app, import, &outgoing).await? {
            return Ok(Step::Over);
        }
    }
    match deliver(app, runner, import, &reachable, outgoing, in_vain).await? {
        Then::GoOn => Ok(Step::On),
        Then::Halt { note } => {
            halt(app, id, &note).await?;
            Ok(Step::Over)
        }
        Then::Wait { until, note } => {
            app.store.note_import(id, &note).await?;
            let clock = reachable.client.clock();
            let wait = until.duration_since(clock.wall()).unwrap_or_default();
            tokio::select! {
                () = clock.sleep(wait.max(Duration::from_millis(1))) => {}
                () = runner.changed.notified() => {}
                () = app.life.stopping.cancelled() => {}
            }
            app.store.note_import(id, "").await?;
            Ok(Step::On)
        }
    }
}

/// Whether its author may still handle contacts. Somebody else of the same name
/// is not the author.
async fn may_go_on(app: &App, import: &ContactImportRow) -> Result<bool> {
    let Some(author) = &import.author_id else {
        return Ok(false);
    };
    let account = app.store.account(author).await?;
    Ok(account.is_some_and(|account| account.role.may(Right::HandleContacts)))
}

fn outgoing(
    app: &App,
    import: &ContactImportRow,
    head: &Head,
    row: &ImportedRow,
    (was_sent, in_vain): (bool, &InVain),
) -> Result<Outgoing> {
    let cells = open_cells(&app.keys, &import.id, row.number, &row.sealed_cells)?;
    let columns = Columns {
        names: &head.names,
        used_as: &head.used_as,
    };
    // Rows in which something is wrong were never to be sent.
    let (contact, _) = columns.contact(&cells);
    let contact_id = id_of(
        &app.keys,
        &import.connection_id,
        &contact.external_contact_id,
    )?;
    Ok(Outgoing {
        number: row.number,
        contact_id,
        contact,
        was_sent,
        tries: in_vain.get(&row.number).copied().unwrap_or_default(),
    })
}

/// Stores that rows are about to be sent, unless the import was paused or
/// cancelled meanwhile.
async fn claim(app: &App, import: &ContactImportRow, outgoing: &[Outgoing]) -> Result<bool> {
    let numbers: Vec<_> = outgoing.iter().map(|row| row.number).collect();
    let audit = outgoing
        .iter()
        .map(|row| intent(&import.author, row).into());
    let claimed = app
        .store
        .claim_import_rows(&import.id, &numbers, audit.collect())
        .await?;
    Ok(claimed)
}

/// Sends rows and stores what became of them.
async fn deliver(
    app: &App,
    runner: &Runner,
    import: &ContactImportRow,
    reachable: &Reachable,
    outgoing: Vec<Outgoing>,
    in_vain: &mut InVain,
) -> Result<Then> {
    let sending = outgoing.into_iter().map(|outgoing| {
        let (app, client) = (app.clone(), reachable.client.clone());
        send(app, client, import.clone(), outgoing)
    });
    let sent = join_all(sending)
        .await
        .into_iter()
        .collect::<Result<Vec<Sent>>>()?;
    let mut then = Then::GoOn;
    let (mut rows, mut audit) = (Vec::new(), Vec::new());
    for sent in sent {
        then = then.or_worse(sent.then);
        if sent.is_in_vain {
            *in_vain.entry(sent.row.number).or_default() += 1;
        }
        rows.push(sent.row);
        audit.push(sent.audit.into());
    }
    // Rows whose contact somebody changed meanwhile are looked at once more.
    let left = app
        .store
        .settle_import_rows(&import.id, &rows, audit)
        .await?;
    let settled = rows.iter().filter(|row| {
        !matches!(row.state, RowState::Waiting | RowState::Sending) && !left.contains(&row.number)
    });
    runner.settled(settled.count());
    app.validator.wake(app, &import.connection_id);
    Ok(then)
}

async fn is_running(app: &App, id: &str) -> Result<bool> {
    let import = app.store.contact_import(id).await?;
    Ok(import.is_some_and(|import| import.state == ImportState::Running))
}

/// Pauses an import that cannot go on by itself.
async fn halt(app: &App, id: &str, note: &str) -> Result<()> {
    let entry = audit::entry("contact-import.pause", "system", Outcome::Failed)
        .about(Some(id.to_owned()))
        .saying(note);
    let (from, to) = ([ImportState::Running], ImportState::Paused);
    app.store
        .move_import(id, &from, to, note, clock::now_millis(), entry.into())
        .await?;
    Ok(())
}

/// Every row has its outcome.
async fn finish(app: &App, import: &ContactImportRow) -> Result<()> {
    let counts = app.store.import_counts(&import.id).await?;
    let entry = audit::entry("contact-import.end", &import.author, Outcome::Done)
        .about(Some(import.id.clone()))
        .saying(format!(
            "Of {} rows, {} are new, {} exist, {} differ and {} failed.",
            counts.rows, counts.new, counts.exists, counts.different, counts.failed
        ));
    let (from, to) = ([ImportState::Running], ImportState::Done);
    app.store
        .move_import(&import.id, &from, to, "", clock::now_millis(), entry.into())
        .await?;
    Ok(())
}
