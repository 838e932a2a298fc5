//! How long it takes to verify a long audit log.

use std::fmt::Write;
use std::time::{Duration, Instant};

use api::{AuditVerification, ColumnUse, ContactImport, ImportState, NewImport};
use tests::{Person, Result, Setup, bail};
use tokio::time::sleep;

use crate::{Figure, median};

/// Rows of a file, as many as one takes.
const ROWS: u64 = 10_000;
/// Each row leaves two entries: that it is sent, and what came of it.
const FILES: u64 = 5;
const RUNS: usize = 3;
/// The pace of making contacts is not what is measured.
const CLOCK_FACTOR: &str = "20000";
const CALLS_PER_MINUTE: &str = "100000";

/// The time of verifying a log of 100,000 entries and more, that of the page's
/// request around it included (median).
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let server = Setup::default()
        .environment("PATCHBAY_CLOCK_FACTOR", CLOCK_FACTOR)
        .environment("PATCHBAY_CALLS_PER_MINUTE", CALLS_PER_MINUTE)
        .start()
        .await?;
    let ada = Person::demonstration(&server).await?;
    for file in 0..FILES {
        import(&ada, file).await?;
    }
    let mut times = Vec::new();
    let mut length = 0;
    for _ in 0..RUNS {
        let begun = Instant::now();
        let verification: AuditVerification = ada.post("/api/audit/verification", &()).await?;
        times.push(begun.elapsed().as_secs_f64());
        match verification {
            AuditVerification::Intact { entries } => length = entries,
            AuditVerification::BrokenAt { seq } => bail!("the log is broken at entry {seq}"),
        }
    }
    let what = format!("verifying an audit log of {length} entries");
    Ok(vec![Figure::new(what, median(times), "s")])
}

async fn import(person: &Person, file: u64) -> Result<()> {
    let mut text = "id,name,phone\n".to_owned();
    for row in file * ROWS..(file + 1) * ROWS {
        writeln!(text, "B-{row},Person {row},+1555{row:07}")?;
    }
    let new = NewImport {
        key: format!("file {file}"),
        file_name: "people.csv".to_owned(),
        text,
        columns: vec![
            ColumnUse::ExternalContactId,
            ColumnUse::Name,
            ColumnUse::Voice,
        ],
        connection: None,
    };
    let begun: ContactImport = person.post("/api/contact-imports", &new).await?;
    let path = format!("/api/contact-imports/{}", begun.id);
    loop {
        let now: ContactImport = person.get(&path).await?;
        match now.state {
            ImportState::Done if now.counts.new == ROWS => return Ok(()),
            ImportState::Running => sleep(Duration::from_millis(100)).await,
            _ => bail!("the import did not go through: {now:?}"),
        }
    }
}
