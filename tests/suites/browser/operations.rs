//! What publishers, administrators and auditors see of how things go, and what
//! is asked again of who changes people and connections.

use api::{AuditEntry, ConnectionCheck, Role};
use serde_json::json;
use tests::{Browser, Locator, Person, Result, Server};

use crate::{publishing, site};

async fn check_sandbox(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/settings/connections")).await?;
    let card = Locator::role("region", "Sandbox");
    let check = Locator::role("button", "Check").within(card);
    browser.click(&check).await
}

#[tokio::test]
async fn a_check_shows_right_by_right_what_the_client_may_do() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let shown = async {
        site::sign_in(&browser, &server).await?;
        let sandbox = server.sandbox_address().await?;
        let answer = reqwest::Client::new()
            .put(format!("{sandbox}/sandbox/clients/sandbox-client"))
            .header("x-sandbox", "1")
            .json(&json!({ "scopes": ["flow:view"] }))
            .send()
            .await?;
        assert!(answer.status().is_success(), "{}", answer.status());
        check_sandbox(&browser, &server).await?;
        let table = Locator::role("table", "What this client may do");
        browser.shows(&table, "Change flows").await?;
        browser.shows(&table, "May not").await?;
        browser
            .shows(&table, "flow:all or flow:write or flow:flow:write")
            .await?;
        site::no_complaints(&browser, &server).await
    };
    site::watched(&browser, "connection_check", shown).await?;
    browser.close().await
}

#[tokio::test]
async fn calls_appear_while_somebody_looks_and_a_chart_is_read_by_keys() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let seen = async {
        site::sign_in(&browser, &server).await?;
        browser.goto(&server.url("/operations")).await?;
        browser
            .find(&Locator::role("heading", "Nothing was called yet"))
            .await?;
        // Meanwhile somebody else has a connection checked: the page hears of it.
        let ada = Person::demonstration(&server).await?;
        let sandbox = server.sandbox_address().await?;
        let fault = json!({ "route": "find", "kind": { "type": "status", "status": 500 } });
        let armed = reqwest::Client::new()
            .post(format!("{sandbox}/sandbox/faults"))
            .header("x-sandbox", "1")
            .json(&fault)
            .send()
            .await?;
        assert!(armed.status().is_success(), "{}", armed.status());
        let checked: ConnectionCheck = ada
            .post("/api/connections/sandbox/check", &json!({}))
            .await?;
        assert!(!checked.areas.is_empty());
        let routes = Locator::css("[aria-labelledby='operations-routes'] table");
        browser.shows(&routes, "/api/v2/flows/{id}").await?;
        let failures = Locator::css("[aria-labelledby='operations-failures'] table");
        browser
            .shows(&failures, "Genesys Cloud was not available.")
            .await?;

        let plot = Locator::role("slider", "Calls per second, step by step");
        let before = browser.attribute(&plot, "aria-valuenow").await?;
        browser.find(&plot).await?.focus().await?;
        browser.keys("ArrowLeft").await?;
        let after = browser.attribute(&plot, "aria-valuenow").await?;
        assert_ne!(before, after, "an arrow key goes back in time");
        // Fresh numbers come, and who reads goes on reading.
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        browser.keys("ArrowLeft").await?;
        let later = browser.attribute(&plot, "aria-valuenow").await?;
        assert_ne!(after, later, "the focus stays");
        let words = browser.attribute(&plot, "aria-valuetext").await?;
        assert!(words.is_some_and(|words| words.contains("Succeeded")));
        let chart = Locator::role("region", "Calls per second");
        let toggle = Locator::role("button", "Show as a table").within(chart);
        browser.click(&toggle).await?;
        let table = Locator::role("region", "Calls per second as a table");
        browser.shows(&table, "/s").await?;

        let head = Locator::role("button", "Route").within(routes.clone());
        browser.click(&head).await?;
        let first = Locator::css("[aria-labelledby='operations-routes'] tbody tr:first-child");
        browser.shows(&first, "/api/v2/conversations").await?;
        site::no_complaints(&browser, &server).await
    };
    site::watched(&browser, "operations", seen).await?;
    browser.close().await
}

#[tokio::test]
async fn the_log_is_searched_and_verified_on_its_page() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let seen = async {
        let ada = Person::demonstration(&server).await?;
        ada.invite("Grace", Role::Auditor).await?;
        site::sign_in(&browser, &server).await?;
        browser.goto(&server.url("/activity")).await?;
        let search = Locator::role("searchbox", "Search activity");
        browser.type_into(&search, "added grace").await?;
        let table = Locator::css(".page__body table");
        browser.shows(&table, "Added Grace as an auditor.").await?;
        browser
            .gone(&Locator::css(".page__body tbody tr:nth-child(2)"))
            .await?;
        browser
            .click(&Locator::role("button", "Verify the log"))
            .await?;
        browser
            .shows(
                &Locator::css(".banner[data-tone='success']"),
                "The log is intact",
            )
            .await?;
        site::no_complaints(&browser, &server).await
    };
    site::watched(&browser, "audit_log", seen).await?;
    browser.close().await
}

#[tokio::test]
async fn the_password_is_asked_for_and_what_was_begun_goes_on() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let seen = async {
        let ada = Person::demonstration(&server).await?;
        ada.invite("Grace", Role::Viewer).await?;
        site::sign_in(&browser, &server).await?;
        browser.goto(&server.url("/settings/people")).await?;
        let role = Locator::role("combobox", "Role of Grace");
        browser.find(&role).await?;
        site::a_quarter_of_an_hour_passes(&server).await?;

        // Typed letter by letter it is an administrator on the way, which is
        // shown and done only when it is confirmed.
        browser.find(&role).await?.focus().await?;
        browser.type_text("A").await?;
        let change = Locator::role("button", "Change role");
        browser.find(&change).await?;
        browser.keys("End").await?;
        browser
            .shows(&Locator::css(".table__row .field__hint"), "the audit log")
            .await?;
        let entries: Vec<AuditEntry> = ada.get("/api/audit?action=account.role").await?;
        assert!(entries.is_empty(), "a choice alone changes nothing");
        browser.keys("Tab").await?;
        browser.keys("Enter").await?;
        let asked = Locator::role("heading", "Confirm that it is you");
        browser.find(&asked).await?;
        let password = Locator::css("dialog[open] input[autocomplete='current-password']");
        browser.type_into(&password, "a wrong guess of it").await?;
        browser.click(&Locator::role("button", "Confirm")).await?;
        browser
            .shows(&publishing::dialog(), "This is not your password.")
            .await?;
        browser
            .type_into(&password, &server.sign_in().await?.password)
            .await?;
        browser.click(&Locator::role("button", "Confirm")).await?;
        browser.gone(&asked).await?;
        browser
            .shows(
                &Locator::css(".toasts"),
                "The role of Grace is auditor now.",
            )
            .await?;
        let entries: Vec<AuditEntry> = ada.get("/api/audit?action=account.role").await?;
        assert_eq!(entries.len(), 1, "it was changed once");
        Ok(())
    };
    site::watched(&browser, "confirm_identity", seen).await?;
    browser.close().await
}
