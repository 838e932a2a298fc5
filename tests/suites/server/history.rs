//! What the server says happened to a flow, and whether it can be true.

use std::collections::HashMap;
use std::path::Path;

use api::socket::FromServer;
use flow::{Flow, FlowFile, Transaction};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Row};
use tests::{Context, OpenFlow, Person, Result, Server, Socket, bail, ensure};

/// The database in a data directory.
const DATABASE: &str = "patchbay.db";

/// One stored edit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) transaction: Transaction,
}

/// The edits of a flow in the server's order; the first has number 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    entries: Vec<Entry>,
}

impl History {
    /// The number of the last edit.
    pub(crate) fn head(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Asks the server for the edits since the last time: none before may be
    /// missing now, and the numbers have no gaps.
    pub(crate) async fn catch_up(&mut self, person: &Person, flow: &str) -> Result<()> {
        let mut socket = Socket::open(person, flow, Some(self.head())).await?;
        let head = match socket.next().await? {
            Some(FromServer::Resumed { seq, .. }) => seq,
            other => bail!("edits before {} are missing: {other:?}", self.head()),
        };
        while self.head() < head {
            match socket.next().await? {
                Some(FromServer::Applied {
                    id,
                    seq,
                    transaction,
                    ..
                }) => {
                    ensure!(seq == self.head() + 1, "{seq} follows {}", self.head());
                    self.entries.push(Entry { id, transaction });
                }
                Some(FromServer::People { .. }) => {}
                other => bail!("of {head} edits {} came, then {other:?}", self.head()),
            }
        }
        Ok(())
    }

    /// Reads it from the database itself, which nobody may have open, and lets
    /// SQLite look at every page.
    pub(crate) async fn on_disk(data: &Path, flow: &str) -> Result<Self> {
        let mut database = open(data).await?;
        let verdict: String = sqlx::query("PRAGMA integrity_check")
            .fetch_one(&mut database)
            .await?
            .try_get(0)?;
        ensure!(verdict == "ok", "the database is damaged: {verdict}");
        let rows = sqlx::query(
            "SELECT seq, tx_id, transaction_json FROM flow_changes WHERE flow_id = ? ORDER BY seq",
        )
        .bind(flow)
        .fetch_all(&mut database)
        .await?;
        let mut history = Self::default();
        for row in rows {
            let seq: i64 = row.try_get("seq")?;
            ensure!(
                u64::try_from(seq)? == history.head() + 1,
                "{seq} follows {}",
                history.head()
            );
            let text: String = row.try_get("transaction_json")?;
            history.entries.push(Entry {
                id: row.try_get("tx_id")?,
                transaction: serde_json::from_str(&text)?,
            });
        }
        Ok(history)
    }

    /// That it holds every edit that was acknowledged, at its number; none that
    /// nobody made or that was refused; and none twice.
    pub(crate) fn check(&self, people: &[&OpenFlow]) -> Result<()> {
        let mut numbers = HashMap::new();
        for (seq, entry) in (1u64..).zip(&self.entries) {
            if let Some(before) = numbers.insert(&entry.id, seq) {
                bail!("{} is there twice, as {before} and {seq}", entry.id);
            }
            let made = people
                .iter()
                .find_map(|person| person.made().get(&entry.id));
            let made = made.with_context(|| format!("nobody made {}", entry.id))?;
            ensure!(
                *made == entry.transaction,
                "{} is another edit now",
                entry.id
            );
            let was_refused = people
                .iter()
                .any(|person| person.refused().contains(&entry.id));
            ensure!(!was_refused, "{} was refused and is there", entry.id);
        }
        for person in people {
            for (id, seq) in person.acknowledged() {
                let stored = numbers.get(id);
                ensure!(
                    stored == Some(seq),
                    "{id} was acknowledged as {seq} and is stored as {stored:?}"
                );
            }
        }
        Ok(())
    }

    /// The flow that these edits make.
    pub(crate) fn replay(&self, start: &Flow) -> Result<Flow> {
        let mut flow = start.clone();
        for entry in &self.entries {
            flow::apply(&mut flow, &entry.transaction)
                .with_context(|| format!("{} does not apply", entry.id))?;
        }
        Ok(flow)
    }
}

async fn open(data: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(data.join(DATABASE));
    Ok(options.connect().await?)
}

/// The flow as the server has it.
pub(crate) async fn stored_flow(person: &Person, flow: &str) -> Result<Flow> {
    let file: FlowFile = person.get(&format!("/api/flows/{flow}/file")).await?;
    Ok(file.flow)
}

/// That two flows are equal, the order of nodes and edges included.
pub(crate) fn ensure_same(what: &str, one: &Flow, other: &Flow) -> Result<()> {
    let same_order =
        one.nodes.keys().eq(other.nodes.keys()) && one.edges.keys().eq(other.edges.keys());
    ensure!(
        same_order && one == other,
        "{what} differ:\n{}\n{}",
        serde_json::to_string(one)?,
        serde_json::to_string(other)?
    );
    Ok(())
}

/// Ends the server in peace and looks at what it leaves behind.
pub(crate) async fn ensure_disk_agrees(
    server: &mut Server,
    flow: &str,
    people: &[&OpenFlow],
    history: &History,
) -> Result<()> {
    let status = server.stop().await?;
    ensure!(status.success(), "the server ended badly: {status}");
    let on_disk = History::on_disk(server.data(), flow).await?;
    on_disk.check(people)?;
    ensure!(
        on_disk == *history,
        "the disk tells another history than the server"
    );
    Ok(())
}
