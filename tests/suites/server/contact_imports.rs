//! Imports of contacts over crashes: every row is accounted for, and no contact
//! is made twice.

use std::env;
use std::time::{Duration, Instant};

use api::{ColumnUse, ContactImport, ImportState, NewImport};
use sandbox::Options;
use tests::{Context, Person, Result, Upstream, bail, ensure, find_no_secret};
use tokio::time::sleep;

/// Rows of the file; `PATCHBAY_IMPORT_ROWS` sets them.
const ROWS: u64 = 1_000;
/// How often the server is killed while it imports.
const KILLS: u64 = 3;
/// A minute of the organisation's clock takes half a second.
const CLOCK_FACTOR: u32 = 120;
/// So long without a row's outcome, and the import counts as stuck.
const STUCK: Duration = Duration::from_secs(60);

#[tokio::test]
async fn every_row_of_an_import_is_accounted_for_over_three_kills() -> Result<()> {
    let rows = match env::var("PATCHBAY_IMPORT_ROWS") {
        Ok(rows) => rows.parse().context("PATCHBAY_IMPORT_ROWS")?,
        Err(_) => ROWS,
    };
    let began = Instant::now();
    let import = import(rows).await?;
    let counts = import.counts;
    eprintln!(
        "{rows} rows over {KILLS} kills in {} s: {} new, {} found again after a kill",
        began.elapsed().as_secs(),
        counts.new,
        counts.exists
    );
    Ok(())
}

async fn import(rows: u64) -> Result<ContactImport> {
    let upstream = Upstream::start_as(Options {
        clock_factor: CLOCK_FACTOR,
        ..Options::default()
    })
    .await?;
    let setup = upstream
        .setup()
        .environment("PATCHBAY_CLOCK_FACTOR", CLOCK_FACTOR.to_string());
    let mut server = setup.start().await?;
    let ada = Person::demonstration(&server).await?;
    let new = NewImport {
        key: "the click".to_owned(),
        file_name: "people.csv".to_owned(),
        text: file(rows),
        columns: vec![
            ColumnUse::ExternalContactId,
            ColumnUse::Name,
            ColumnUse::Voice,
        ],
        connection: None,
    };
    let begun: ContactImport = ada.post("/api/contact-imports", &new).await?;
    for kill in 1..=KILLS {
        let some = rows * kill / (KILLS + 1);
        until(&ada, &begun.id, |import| settled(import) >= some).await?;
        server.kill_nine().await?;
        server.restart().await?;
    }
    // A browser that lost the answer to its click sends the click again.
    let again: ContactImport = ada.post("/api/contact-imports", &new).await?;
    ensure!(again.id == begun.id, "the click began another import");
    let ended = until(&ada, &begun.id, |import| import.state == ImportState::Done).await?;
    let counts = ended.counts;
    ensure!(
        counts.new + counts.exists == rows && counts.rows == rows,
        "{counts:?}"
    );
    let contacts = upstream.sandbox().contacts();
    ensure!(
        contacts.len() as u64 == rows,
        "{} contacts were made",
        contacts.len()
    );
    let twice = contacts.iter().find(|contact| contact.posts != 1);
    ensure!(twice.is_none(), "sent more than once: {twice:?}");
    let list: api::ContactList = ada.get("/api/contacts").await?;
    ensure!(list.total == rows, "{} contacts are kept", list.total);
    find_no_secret(&server, &[&ada], Some(&upstream)).await?;
    Ok(ended)
}

fn file(rows: u64) -> String {
    let rows = (0..rows).map(|row| format!("P-{row},Person {row},+1555{row:07}\n"));
    let rows: String = rows.collect();
    format!("id,name,phone\n{rows}")
}

fn settled(import: &ContactImport) -> u64 {
    import.counts.rows - import.counts.waiting
}

/// Waits as long as the import comes on.
async fn until(
    person: &Person,
    id: &str,
    is: impl Fn(&ContactImport) -> bool,
) -> Result<ContactImport> {
    let path = format!("/api/contact-imports/{id}");
    let mut last = (0, Instant::now());
    loop {
        let import: ContactImport = person.get(&path).await?;
        if is(&import) {
            return Ok(import);
        }
        let now = settled(&import);
        if now != last.0 {
            last = (now, Instant::now());
        }
        if last.1.elapsed() > STUCK {
            bail!("the import does not come on: {import:?}");
        }
        sleep(Duration::from_millis(100)).await;
    }
}
