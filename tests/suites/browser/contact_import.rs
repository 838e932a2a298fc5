//! Importing contacts from a CSV file through the page: the file is chosen, its
//! columns are said, a dry run shows what is wrong with each row, and the import
//! is begun, paused, resumed and ends with a file of what became of each row.

use std::{fmt::Write as _, fs};

use serde_json::Value;
use tests::{Browser, Context, Locator, Result, Server, Setup, ensure};

use crate::site;

/// Rows of the file, those with problems included.
const ROWS: usize = 480;
/// Every so many-th row has two problems: more than the page shows at first.
const BAD_EVERY: usize = 4;
/// A minute of the organisation's clock takes a second.
const CLOCK_FACTOR: u32 = 60;

/// Keeps what the page has the browser save, to look at.
const KEEP: &str = "window.saved = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.saved.push(blob); return make.call(URL, blob); };";

fn button(name: &str) -> Locator {
    Locator::role("button", name)
}

fn is_bad(row: usize) -> bool {
    row.is_multiple_of(BAD_EVERY)
}

/// A file of which one column has a name that says nothing. Rows are counted
/// as the page does: the names of the columns are row 1.
fn file() -> Result<String> {
    let mut text = String::from("Customer ID,Who,Phone,Shoe size\n");
    for row in 2..ROWS + 2 {
        if is_bad(row) {
            writeln!(text, "C {row},Person {row},555,40")
        } else {
            writeln!(text, "C-{row},Person {row},+1555{row:07},40")
        }
        .context("a row")?;
    }
    Ok(text)
}

#[tokio::test]
async fn a_csv_file_is_imported_through_the_page_from_choosing_it_to_its_result() -> Result<()> {
    let factor = CLOCK_FACTOR.to_string();
    let setup = Setup::default().environment("PATCHBAY_CLOCK_FACTOR", factor);
    let server = site::server_of(setup).await?;
    let browser = Browser::open().await?;
    let walked = async {
        site::sign_in(&browser, &server).await?;
        walk(&browser, &server).await?;
        site::no_complaints(&browser, &server).await
    };
    site::watched(&browser, "contact_import", walked).await?;
    browser.close().await
}

async fn walk(browser: &Browser, server: &Server) -> Result<()> {
    let bad = (2..ROWS + 2).filter(|row| is_bad(*row)).count();
    let good = ROWS - bad;
    browser.goto(&server.url("/contacts/import")).await?;
    let path = server.data().join("people.csv");
    fs::write(&path, file()?).context("the file")?;
    browser.find(&button("Choose file")).await?;
    let picker = Locator::css("input[type='file']");
    let picker = browser.find(&picker).await?;
    picker.send_keys(path.to_string_lossy()).await?;

    // No column is a name yet, so nothing can be imported.
    let columns = Locator::role("region", "Columns");
    browser.shows(&columns, "Person 2").await?;
    let dry_run = Locator::role("region", "Dry run");
    browser.shows(&dry_run, "name").await?;
    let begin = Locator::css("section[aria-label='Dry run'] .button--primary");
    let stands = browser.find(&begin).await?;
    ensure!(!stands.is_enabled().await?, "there is no name to register");
    let of_who = Locator::role("combobox", "Use of column Who");
    browser.find(&of_who).await?.send_keys("Name").await?;
    let summary = format!("{good} rows can be registered; {bad} with problems are left out.");
    browser.shows(&dry_run, &summary).await?;

    // What is wrong with every row is there, a part at a time.
    let problems = Locator::css("table[aria-label='Problems of rows'] tbody tr");
    let first = Locator::css("table[aria-label='Problems of rows'] tbody tr:first-child");
    browser.shows(&first, "Customer ID").await?;
    let shown = browser.count(&problems).await?;
    ensure!(shown == 200, "{shown} problems are shown");
    let words = format!("Show {} more of {} problems", 2 * bad - shown, 2 * bad);
    let more = Locator::role("button", &words);
    browser.click(&more).await?;
    browser.gone(&more).await?;
    let told = browser.script(TOLD, Vec::new()).await?;
    let told = told.as_array().context("rows")?;
    let rows: Vec<_> = told.iter().filter_map(Value::as_str).collect();
    for row in (2..ROWS + 2).filter(|row| is_bad(*row)) {
        let row = row.to_string();
        let count = rows.iter().filter(|told| **told == row).count();
        ensure!(count == 2, "row {row} has {count} problems");
    }
    browser.bring_into_view(&begin).await?;
    browser.screenshot("import-dry-run").await?;

    browser.click(&begin).await?;
    let progress = Locator::role("region", "Progress");
    browser.shows(&progress, &format!("of {ROWS} rows")).await?;
    browser.click(&button("Pause")).await?;
    browser.shows(&progress, "Paused").await?;
    browser.find(&button("Resume")).await?;

    // Operations have it among what is under way, and lead back to it.
    browser.goto(&server.url("/operations")).await?;
    let under_way = Locator::css("[aria-labelledby='operations-jobs']");
    for words in ["people.csv", "Paused", "in the queue"] {
        browser.shows(&under_way, words).await?;
    }
    browser.screenshot("operations-import").await?;
    browser
        .click(&Locator::role("link", "people.csv").within(under_way))
        .await?;

    browser.click(&button("Resume")).await?;
    browser.shows(&progress, "Done").await?;
    let count = |name: &str| Locator::css(&format!("dd[data-count='{name}']"));
    browser.shows(&count("new"), &good.to_string()).await?;
    browser.shows(&count("failed"), &bad.to_string()).await?;
    browser.gone(&button("Pause")).await?;
    browser.gone(&button("Cancel import")).await?;

    browser.script(KEEP, Vec::new()).await?;
    browser.click(&button("Download result")).await?;
    let saved = "return (async () => {
        while (window.saved.length === 0) await new Promise((again) => setTimeout(again, 20));
        return window.saved[0].text();
    })()";
    let saved = browser.script(saved, Vec::new()).await?;
    let saved = saved.as_str().context("a text")?;
    let lines: Vec<_> = saved.lines().collect();
    ensure!(
        lines.first() == Some(&"Row,Customer ID,Who,Phone,Shoe size,Outcome,Message"),
        "the names are {:?}",
        lines.first()
    );
    ensure!(lines.len() == ROWS + 1, "{} lines", lines.len());
    for (row, line) in (2..).zip(lines.iter().skip(1)) {
        let begins = format!("{row},C");
        ensure!(line.starts_with(&begins), "row {row} is {line}");
        let outcome = if is_bad(row) { ",failed," } else { ",new," };
        ensure!(line.to_lowercase().contains(outcome), "row {row} is {line}");
    }
    Ok(())
}

/// The rows of which the page tells a problem, once for each.
const TOLD: &str = "return [...document.querySelectorAll(
    \"table[aria-label='Problems of rows'] tbody th\")].map((cell) => cell.textContent)";
