//! What goes wrong on the way to Genesys Cloud, as the person reads it who
//! pressed Publish: what happened, what to do, nothing lost, and the next
//! publish goes through.

use std::collections::BTreeMap;

use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::Value;
use tests::{Browser, Locator, Result, Server, Upstream, ensure, find_no_secret};

use crate::drawing::Drawing;
use crate::{connections, publishing, site};

/// A client of the simulated Genesys Cloud that may do everything, and one
/// that may only read. They share their secret.
const CLIENT: &str = "tests";
const READER: &str = "tests-reader";
/// The connection that is made in the settings.
const CONNECTION: &str = "Production";

/// A fault, with what the dialog says when the publish failed by it; nothing
/// where the publish went through all the same.
struct Case {
    name: &'static str,
    fault: Fault,
    /// What the step under way says of it.
    meanwhile: Option<&'static str>,
    says: Option<[&'static str; 2]>,
}

#[tokio::test]
async fn every_fault_is_told_in_words_and_nothing_is_lost() -> Result<()> {
    let upstream = Upstream::start().await?;
    let server = site::server_of(upstream.setup()).await?;
    let browser = Browser::open().await?;
    let walked = walk(&browser, &server, &upstream);
    site::watched(&browser, "faults", walked).await?;
    browser.close().await
}

async fn walk(browser: &Browser, server: &Server, upstream: &Upstream) -> Result<()> {
    let mut pages = Vec::new();
    let [secret, mistyped] = ["the client secret", "a mistyped client secret"].map(|wanted| {
        let secrets = upstream.secrets().into_iter();
        let mut found = secrets.filter(|(name, _)| *name == wanted);
        found.next().map(|(_, secret)| secret).unwrap_or_default()
    });
    site::sign_in(browser, server).await?;
    browser.goto(&server.url("/settings/connections")).await?;
    connections::add(browser, CONNECTION, CLIENT, &mistyped).await?;
    connections::make_default(browser, CONNECTION).await?;
    pages.push(page(browser).await?);
    browser.click(&Locator::role("link", "Flows")).await?;
    site::new_flow(browser, "Phone lookup").await?;
    let flow = site::path(browser).await?;
    fails_with(
        browser,
        [
            "Genesys refused our credentials.",
            "An administrator must renew the client id and secret in Settings → Connections.",
        ],
    )
    .await?;

    connections::change(browser, server, CONNECTION, READER, &secret).await?;
    open(browser, server, &flow).await?;
    fails_with(
        browser,
        [
            "Missing permission: ",
            "Ask a Genesys administrator to add it to the OAuth client, then try again.",
        ],
    )
    .await?;
    pages.push(page(browser).await?);

    connections::change(browser, server, CONNECTION, CLIENT, &secret).await?;
    open(browser, server, &flow).await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 1).await?;
    for case in cases() {
        told(browser, upstream, &case).await?;
        pages.push(page(browser).await?);
    }
    site::no_complaints(browser, server).await?;
    no_secret(server, upstream, &pages).await
}

fn cases() -> Vec<Case> {
    let once = |route, kind| Fault {
        route,
        times: Times::Count(1),
        kind,
    };
    let wait = |seconds: &str| FaultKind::Status {
        status: 429,
        headers: BTreeMap::from([("Retry-After".to_owned(), seconds.to_owned())]),
        body: None,
    };
    let status = |status| FaultKind::Status {
        status,
        headers: BTreeMap::new(),
        body: None,
    };
    vec![
        Case {
            name: "the token expires in the middle",
            fault: once(Route::Update, FaultKind::ExpireTokens),
            meanwhile: None,
            says: None,
        },
        Case {
            name: "a short pause is asked for",
            fault: once(Route::Update, wait("3")),
            meanwhile: Some("Genesys asks us to wait "),
            says: None,
        },
        Case {
            name: "a fault of Genesys Cloud's own",
            fault: once(Route::Update, status(500)),
            meanwhile: None,
            says: Some(["it shows that this was not carried out.", "Publish again."]),
        },
        Case {
            name: "no answer",
            fault: once(Route::Publish, FaultKind::NeverAnswer),
            meanwhile: None,
            says: Some(["it shows that this was not carried out.", "Publish again."]),
        },
        // Last: the connection keeps the pause.
        Case {
            name: "a long pause is asked for",
            fault: once(Route::Update, wait("3600")),
            meanwhile: None,
            says: Some([
                "Genesys asks us to wait until ",
                "Try again after that time.",
            ]),
        },
    ]
}

async fn told(browser: &Browser, upstream: &Upstream, case: &Case) -> Result<()> {
    upstream.sandbox().inject(case.fault.clone());
    let Some(says) = case.says else {
        publishing::press(browser).await?;
        if let Some(note) = case.meanwhile {
            let step = Locator::css(".step[data-state='running']");
            browser.shows(&step, note).await?;
            browser.screenshot("publish-waits").await?;
        }
        return publishing::is_published(browser, 1).await;
    };
    fails_with(browser, says).await?;
    upstream.sandbox().clear_faults();
    if !case.name.contains("long pause") {
        publishing::press(browser).await?;
        publishing::is_published(browser, 1).await?;
    }
    Ok(())
}

/// Publishes, reads both sentences, closes the dialog, and finds the flow as
/// it was.
async fn fails_with(browser: &Browser, says: [&str; 2]) -> Result<()> {
    publishing::press(browser).await?;
    let alert = Locator::any("alert").within(publishing::dialog());
    for sentence in says {
        browser.shows(&alert, sentence).await?;
    }
    let failed = Locator::css(".step[data-state='failed']");
    ensure!(
        browser.count(&failed).await? == 1,
        "no step is marked as failed"
    );
    browser.screenshot("publish-failed").await?;
    let close = Locator::css("dialog[open] .dialog__foot .button:first-of-type");
    browser.click(&close).await?;
    browser.gone(&publishing::dialog()).await?;
    site::is_saved(browser).await?;
    Drawing::of(browser).has_nodes(3).await?;
    Drawing::of(browser).has_connections(2).await
}

async fn open(browser: &Browser, server: &Server, flow: &str) -> Result<()> {
    browser.goto(&server.url(flow)).await?;
    site::is_open(browser).await
}

/// All that the page holds: its elements, fields and storage.
async fn page(browser: &Browser) -> Result<String> {
    let script = "
        const fields = [...document.querySelectorAll('input, textarea')].map((f) => f.value);
        const kept = [localStorage, sessionStorage].map((s) => JSON.stringify(s));
        return [document.documentElement.outerHTML, document.cookie, ...fields, ...kept].join('\\n');";
    match browser.script(script, Vec::new()).await? {
        Value::String(text) => Ok(text),
        other => tests::bail!("not a text: {other}"),
    }
}

async fn no_secret(server: &Server, upstream: &Upstream, pages: &[String]) -> Result<()> {
    find_no_secret(server, &[], Some(upstream)).await?;
    let secrets = upstream.secrets();
    ensure!(
        secrets.iter().any(|(name, _)| *name == "an access token"),
        "no token was ever shown"
    );
    for (number, page) in pages.iter().enumerate() {
        for (name, secret) in &secrets {
            ensure!(!page.contains(secret), "page {number} holds {name}");
        }
    }
    Ok(())
}
