//! The site as a person comes to it: starting a server, signing in, going from
//! page to page.

use std::env;

use sqlx::{Connection as _, SqliteConnection};
use tests::{Browser, Context, Locator, Result, Server, Setup, SignIn, ensure, eventually};

/// Where a site lies that is not the one of the checkout: for trying out one
/// that was built elsewhere.
pub(crate) const OTHER_SITE: &str = "PATCHBAY_TEST_SITE";

/// A server with its sandbox on an empty data directory.
pub(crate) async fn server() -> Result<Server> {
    server_of(Setup::default()).await
}

/// A server so set up, on an empty data directory.
pub(crate) async fn server_of(setup: Setup) -> Result<Server> {
    let setup = match env::var(OTHER_SITE) {
        Ok(site) => setup.environment("PATCHBAY_SITE", site),
        Err(_) => setup,
    };
    setup.start().await
}

/// A journey of one person: on a server of its own, in a browser of its own,
/// signed in. It ends with nothing on the console and nothing blocked; when it
/// fails, a screenshot stays in the artifacts.
pub(crate) async fn journey(
    name: &str,
    walk: impl AsyncFnOnce(&Browser, &Server) -> Result<()>,
) -> Result<()> {
    let server = server().await?;
    let browser = Browser::open().await?;
    let walked = async {
        sign_in(&browser, &server).await?;
        walk(&browser, &server).await?;
        no_complaints(&browser, &server).await
    };
    watched(&browser, name, walked).await?;
    browser.close().await
}

/// Keeps a screenshot of where a walk failed.
pub(crate) async fn watched(
    browser: &Browser,
    name: &str,
    walk: impl Future<Output = Result<()>>,
) -> Result<()> {
    let walked = walk.await;
    if walked.is_err() {
        let picture = browser.screenshot(&format!("failed-{name}")).await?;
        return walked.with_context(|| format!("the window then: {}", picture.display()));
    }
    walked
}

/// Opens the site and signs in with the account that the server printed.
pub(crate) async fn sign_in(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/")).await?;
    fill_sign_in(browser, &server.sign_in().await?).await?;
    browser.find(&Locator::role("heading", "Flows")).await?;
    Ok(())
}

/// Fills the form of the sign-in page and sends it.
pub(crate) async fn fill_sign_in(browser: &Browser, person: &SignIn) -> Result<()> {
    let email = Locator::role("textbox", "Email address");
    browser.type_into(&email, &person.email).await?;
    browser.keys("Tab").await?;
    browser.type_text(&person.password).await?;
    browser.keys("Enter").await
}

/// Makes a flow from the menu above the list, and waits until it is open.
pub(crate) async fn new_flow(browser: &Browser, template: &str) -> Result<()> {
    browser.click(&Locator::role("button", "New flow")).await?;
    browser.click(&Locator::role("menuitem", template)).await?;
    is_open(browser).await
}

/// Waits until a flow is open and saved.
pub(crate) async fn is_open(browser: &Browser) -> Result<()> {
    browser.find(&Locator::panel("canvas")).await?;
    is_saved(browser).await
}

/// Waits until the bar says that everything is saved.
pub(crate) async fn is_saved(browser: &Browser) -> Result<()> {
    let state = Locator::panel("save-state");
    eventually("the bar to say that everything is saved", async || {
        let said = browser.text(&state).await?;
        ensure!(said == "Saved", "it says “{said}”");
        Ok(Some(()))
    })
    .await
}

/// The path of the page that is open.
pub(crate) async fn path(browser: &Browser) -> Result<String> {
    Ok(browser.session()?.current_url().await?.path().to_owned())
}

/// Fails when the page put an error on the console, or asked for something
/// that the content security policy blocks.
pub(crate) async fn no_complaints(browser: &Browser, server: &Server) -> Result<()> {
    let errors = browser.console_errors().await?;
    ensure!(errors.is_empty(), "on the console:\n{}", errors.join("\n"));
    let said = server.output().text();
    ensure!(
        !said.contains("a browser blocked content by our policy"),
        "the policy blocked something:\n{said}"
    );
    Ok(())
}

/// Nobody who is signed in has given their password lately.
pub(crate) async fn a_quarter_of_an_hour_passes(server: &Server) -> Result<()> {
    let file = server.data().join("patchbay.db");
    let mut database = SqliteConnection::connect(&file.to_string_lossy()).await?;
    sqlx::query("UPDATE sessions SET data = json_set(data, '$.signedIn.provedAtMillis', 0)")
        .execute(&mut database)
        .await?;
    database.close().await?;
    Ok(())
}
