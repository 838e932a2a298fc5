//! From the sign-in to a published flow without a pointer: everything that a
//! designer does, done by keys.

use tests::{Browser, Locator, Result, ensure, eventually};

use crate::outline::{self, Outline};
use crate::{publishing, site};

/// More presses of Tab than there are stops on a page.
const STOPS: usize = 90;
const URL: &str = "https://lookup.sandbox.invalid/api/v1/customer-lookup";

#[tokio::test]
async fn a_designer_signs_in_draws_fills_and_publishes_a_flow_by_keys_alone() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let walked = async {
        sign_in(&browser, &server).await?;
        make_flow(&browser).await?;
        name_flow(&browser).await?;
        draw(&browser).await?;
        fill(&browser).await?;
        publish(&browser).await?;
        let flows = publishing::flows(&server).await?;
        ensure!(flows.len() == 1, "{} flows were published", flows.len());
        assert_eq!(flows[0]["published"]["body"]["name"], "By keys");
        site::no_complaints(&browser, &server).await
    };
    site::watched(&browser, "journey-by-keys", walked).await?;
    browser.close().await
}

async fn sign_in(browser: &Browser, server: &tests::Server) -> Result<()> {
    browser.goto(&server.url("/")).await?;
    browser.find(&Locator::role("heading", "Sign in")).await?;
    let person = server.sign_in().await?;
    tab_to(browser, "textbox", "Email address").await?;
    browser.type_text(&person.email).await?;
    browser.keys("Tab").await?;
    browser.type_text(&person.password).await?;
    browser.keys("Enter").await?;
    browser.find(&Locator::role("heading", "Flows")).await?;
    Ok(())
}

async fn make_flow(browser: &Browser) -> Result<()> {
    browser.find(&Locator::role("button", "New flow")).await?;
    tab_to(browser, "button", "New flow").await?;
    browser.keys("Enter").await?;
    let blank = Locator::role("menuitem", "Lookup flow");
    browser.find(&blank).await?;
    eventually("the menu to have the focus", async || {
        let (role, _) = focused(browser).await?;
        Ok((role == "menuitem").then_some(()))
    })
    .await?;
    for _ in 0..STOPS {
        let (_, name) = focused(browser).await?;
        if name == "Lookup flow" {
            break;
        }
        browser.keys("ArrowDown").await?;
    }
    browser.keys("Enter").await?;
    site::is_open(browser).await
}

async fn name_flow(browser: &Browser) -> Result<()> {
    tab_to(browser, "textbox", "Name of the flow").await?;
    browser.keys("Control+a").await?;
    browser.type_text("By keys").await?;
    browser.keys("Enter").await
}

/// Start, a lookup and an End in the outline; the last connection by hand.
async fn draw(browser: &Browser) -> Result<()> {
    let outline = Outline::of(browser);
    tab_to(browser, "tab", "Add").await?;
    browser.keys("ArrowRight").await?;
    browser
        .find(&Locator::role("button", "Add the first step"))
        .await?;
    tab_to(browser, "button", "Add the first step").await?;
    browser.keys("Enter").await?;
    browser.find(&Locator::panel("quick-add")).await?;
    browser.type_text("Start").await?;
    browser.keys("Enter").await?;
    outline.is_at("Start").await?;
    outline::add(browser, "Look up").await?;
    outline.is_at("Look up customer").await?;
    outline::add(browser, "Split").await?;
    outline.is_at("Split").await?;
    outline::add(browser, "End").await?;
    outline.is_at("End").await?;
    outline
        .reads(&[
            "Start",
            "Look up customer",
            "Split",
            "  Found to End",
            "  default not connected",
            "End",
        ])
        .await?;
    browser.keys("ArrowUp").await?;
    outline.is_at("default not connected").await?;
    outline::connect(browser, "End").await?;
    outline.is_at("default goes on at End").await?;
    browser.keys("ArrowLeft").await?;
    outline.is_at("Split").await?;
    browser.keys("F2").await?;
    browser
        .find(&Locator::role("textbox", "Name of the step"))
        .await?;
    browser.type_text("Known?").await?;
    browser.keys("Enter").await?;
    outline.is_at("Known?").await
}

/// F8 leads to the field that has a problem.
async fn fill(browser: &Browser) -> Result<()> {
    browser.find(&Locator::role("button", "1 error")).await?;
    browser.keys("F8").await?;
    eventually("the URL to have the focus", async || {
        let (_, name) = focused(browser).await?;
        ensure!(name == "URL", "the focus is at {name}");
        Ok(Some(()))
    })
    .await?;
    browser.keys("Control+a").await?;
    browser.type_text(URL).await?;
    browser
        .find(&Locator::role("button", "No problems"))
        .await?;
    browser.keys("Escape").await?;
    Outline::of(browser).is_at("Look up customer").await
}

async fn publish(browser: &Browser) -> Result<()> {
    site::is_saved(browser).await?;
    tab_to(browser, "button", "Publish").await?;
    browser.keys("Enter").await?;
    browser.find(&publishing::dialog()).await?;
    tab_to(browser, "button", "Publish").await?;
    browser.keys("Enter").await?;
    browser
        .shows(&publishing::dialog(), "Published. Version 1 is live.")
        .await?;
    tab_to(browser, "button", "Done").await?;
    browser.keys("Enter").await?;
    browser.gone(&publishing::dialog()).await
}

/// Presses Tab until something of this role and name has the focus.
async fn tab_to(browser: &Browser, role: &str, name: &str) -> Result<()> {
    let mut met = Vec::new();
    for _ in 0..STOPS {
        let (at_role, at_name) = focused(browser).await?;
        if at_role == role && at_name == name {
            return Ok(());
        }
        met.push(format!("{at_role} {at_name}"));
        browser.keys("Tab").await?;
    }
    tests::bail!("Tab does not reach {role} {name}, only {met:?}")
}

/// The role and the name of what has the focus, as assistive technology is told
/// them.
async fn focused(browser: &Browser) -> Result<(String, String)> {
    let Ok(element) = browser.session()?.active_element().await else {
        return Ok((String::new(), String::new()));
    };
    let cdp = browser.session()?.cdp();
    let object = element.cdp_remote_object_id().await?;
    let about = serde_json::json!({ "objectId": object, "fetchRelatives": false });
    let tree = cdp
        .send_raw("Accessibility.getPartialAXTree", about)
        .await?;
    let part = |what: &str| {
        let text = tree.pointer(&format!("/nodes/0/{what}/value"));
        text.and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Ok((part("role"), part("name")))
}
