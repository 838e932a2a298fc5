//! Coming in and going out: what a wrong password is told, where a link leads
//! after signing in, setting an installation up, who may only look.

use api::{Account, NewAccount, Role};
use tests::{Browser, Context, Locator, Person, Result, Server, Setup, SignIn, ensure};

use crate::drawing::Drawing;
use crate::site;

const PASSWORD: &str = "seven quiet harbours";

#[tokio::test]
async fn signing_in_leads_to_the_wanted_page_and_signing_out_leaves_nothing() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    site::watched(&browser, "signing-in", signing_in(&browser, &server)).await?;
    browser.close().await
}

async fn signing_in(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/settings/appearance")).await?;
    let known = server.sign_in().await?;
    let wrong = SignIn {
        password: "not the password".to_owned(),
        ..known.clone()
    };
    site::fill_sign_in(browser, &wrong).await?;
    let alert = Locator::any("alert");
    browser
        .shows(
            &alert,
            "The address or the password is wrong. Check both and try again.",
        )
        .await?;
    // The browser reports the refusal itself; nothing else may be there.
    let errors = browser.console_errors().await?;
    ensure!(
        errors.iter().all(|error| error.contains("status of 401")),
        "{errors:?}"
    );

    site::fill_sign_in(browser, &known).await?;
    browser
        .find(&Locator::role("heading", "Appearance"))
        .await?;
    assert_eq!(site::path(browser).await?, "/settings/appearance");

    sign_out(browser).await?;
    browser.goto(&server.url("/flows")).await?;
    browser.find(&Locator::role("heading", "Sign in")).await?;
    site::no_complaints(browser, server).await
}

async fn sign_out(browser: &Browser) -> Result<()> {
    let account = Locator::css(".rail__item--account");
    browser.click(&account).await?;
    browser
        .click(&Locator::role("menuitem", "Sign out"))
        .await?;
    let sign_in = Locator::role("heading", "Sign in");
    browser.find(&sign_in).await?;
    Ok(())
}

#[tokio::test]
async fn the_set_up_link_makes_the_first_administrator_and_works_once() -> Result<()> {
    let server = site::server_of(Setup::without_sandbox()).await?;
    let browser = Browser::open().await?;
    site::watched(&browser, "set-up", set_up(&browser, &server)).await?;
    browser.close().await
}

async fn set_up(browser: &Browser, server: &Server) -> Result<()> {
    let link = server
        .output()
        .wait_for("Set up your own administrator within 30 minutes: ", 0)
        .await?;
    // Who comes without the link is asked for it, and may paste it as address.
    let asked = Locator::role("textbox", "Set-up link");
    browser.goto(&server.url("/flows")).await?;
    browser.find(&asked).await?;
    assert_eq!(site::path(browser).await?, "/set-up");
    browser.goto(&link).await?;
    browser.gone(&asked).await?;
    fill_set_up(browser, "Ada Lovelace", "ada@example.org").await?;
    browser.find(&Locator::role("heading", "Flows")).await?;
    browser
        .find(&Locator::role("button", "Account: Ada Lovelace"))
        .await?;
    let address = browser.session()?.current_url().await?;
    ensure!(
        address.fragment().is_none(),
        "the token stays in the address"
    );
    site::no_complaints(browser, server).await?;

    sign_out(browser).await?;
    browser.goto(&link).await?;
    fill_set_up(browser, "Eve", "eve@example.org").await?;
    browser
        .shows(&Locator::any("alert"), "This set-up link was used before")
        .await
}

async fn fill_set_up(browser: &Browser, name: &str, email: &str) -> Result<()> {
    for (field, text) in [
        ("Your name", name),
        ("Email address", email),
        ("Password", PASSWORD),
    ] {
        browser
            .type_into(&Locator::role("textbox", field), text)
            .await?;
    }
    browser.keys("Enter").await
}

#[tokio::test]
async fn who_may_only_look_changes_nothing() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    site::watched(&browser, "viewer", viewing(&browser, &server)).await?;
    browser.close().await
}

async fn viewing(browser: &Browser, server: &Server) -> Result<()> {
    let administrator = Person::demonstration(server).await?;
    let flow = administrator
        .make_flow("phone-lookup", Some("Shown"))
        .await?;
    let viewer = account(&administrator, "Vera Viewer", Role::Viewer).await?;
    browser
        .goto(&server.url(&format!("/flows/{}", flow.id)))
        .await?;
    site::fill_sign_in(browser, &viewer).await?;
    site::is_open(browser).await?;

    let drawing = Drawing::of(browser);
    drawing.has_nodes(3).await?;
    browser.shows(&Locator::panel("bar"), "View only").await?;
    assert_eq!(browser.count(&Locator::panel("palette")).await?, 0);
    let before = drawing.place("lookup").await?;
    drawing.select("lookup").await?;
    drawing.drag_node("lookup", 100.0, 0.0).await?;
    browser.keys("Delete").await?;
    browser.keys("n").await?;
    let url = Locator::role("textbox", "URL").within(Locator::panel("inspector"));
    let read_only = browser.find(&url).await?.prop("readOnly").await?;
    assert_eq!(read_only.as_deref(), Some("true"));
    drawing.has_nodes(3).await?;
    drawing.lies_at("lookup", before).await?;
    assert_eq!(browser.count(&Locator::panel("quick-add")).await?, 0);

    let publish = Locator::role("button", "Publish").within(Locator::panel("bar"));
    let disabled = browser.attribute(&publish, "aria-disabled").await?;
    assert_eq!(disabled.as_deref(), Some("true"));
    browser.click(&publish).await?;
    assert_eq!(browser.count(&Locator::css("dialog[open]")).await?, 0);
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;
    browser.shows(&Locator::css(".table__row"), "Shown").await?;
    let new = Locator::role("button", "New flow");
    assert_eq!(browser.count(&new).await?, 0);
    site::no_complaints(browser, server).await
}

/// An account, with how to sign in with it.
pub(crate) async fn account(administrator: &Person, name: &str, role: Role) -> Result<SignIn> {
    let first = name.split(' ').next().context("no name")?;
    let new = NewAccount {
        email: format!("{}@people.invalid", first.to_lowercase()),
        name: name.to_owned(),
        role,
        password: PASSWORD.to_owned(),
    };
    let made: Account = administrator.post("/api/accounts", &new).await?;
    Ok(SignIn {
        email: made.email,
        password: PASSWORD.to_owned(),
    })
}
