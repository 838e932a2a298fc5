//! The main job: from an empty canvas to a published flow, and to its next
//! version.

mod requests;

use sandbox::compare::differences;
use tests::{Browser, Locator, Point, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::inspector::Inspector;
use crate::{preview, publishing, site};

const NAME: &str = "Caller lookup";
const DESCRIPTION: &str = "Greets known callers by name";
const BODY: &str = r#"{ "phoneNumber": "{{phoneNumber}}", "channel": "voice" }"#;
const WRONG_URL: &str = "http://lookup.sandbox.invalid/api/v1/customer-lookup";
const URL: &str = "https://lookup.sandbox.invalid/api/v1/customer-lookup";

/// The nodes that were drawn, by what they are in this flow.
struct Drawn {
    start: String,
    lookup: String,
    split: String,
    set_variables: String,
    found_end: String,
    other_end: String,
}

#[tokio::test]
async fn a_designer_draws_a_flow_mends_it_and_publishes_two_versions() -> Result<()> {
    site::journey("main-job", main_job).await
}

async fn main_job(browser: &Browser, server: &Server) -> Result<()> {
    let first = Locator::role("heading", "Draw your first flow");
    browser.find(&first).await?;
    site::new_flow(browser, "Lookup flow").await?;

    name_it(browser).await?;
    let drawn = draw(browser).await?;
    fill(browser, &drawn).await?;
    mend(browser, &drawn).await?;
    preview_lights(browser, &drawn.lookup, "GetExternalContactNode").await?;
    preview_lights(browser, &drawn.split, "SplitNode").await?;

    publishing::press(browser).await?;
    publishing::is_published(browser, 1).await?;

    Drawing::of(browser).select(&drawn.lookup).await?;
    Inspector::of(browser).fill("Timeout", "9000").await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 2).await?;

    let start = Drawing::of(browser).place(&drawn.start).await?;
    let arrivals = publishing::arrivals(server).await?;
    let found = differences(&requests::requests(start), &arrivals);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    let flows = publishing::flows(server).await?;
    assert_eq!(flows.len(), 1);
    assert_eq!(flows[0]["published"]["version"], 2);
    assert_eq!(flows[0]["published"]["body"]["name"], NAME);

    let back = Locator::role("link", "Back to flows");
    browser.click(&back).await?;
    let row = Locator::css(".table__row");
    browser.shows(&row, "Published v2").await
}

async fn name_it(browser: &Browser) -> Result<()> {
    let name = Locator::role("textbox", "Name of the flow");
    browser.type_into(&name, NAME).await?;
    browser.keys("Enter").await?;
    Inspector::of(browser).holds("Name", NAME).await?;
    Inspector::of(browser)
        .fill("Description optional", DESCRIPTION)
        .await
}

async fn draw(browser: &Browser) -> Result<Drawn> {
    let drawing = Drawing::of(browser);
    let corner = drawing.at(160.0, 60.0).await?;
    let at = |column: f64, row: f64| corner.offset(column * 260.0, row * 100.0);
    let drag = async |step: &str, to: Point| drawing.drag_from_palette(step, to).await;
    let drawn = Drawn {
        start: drag("Start", at(0.0, 0.0)).await?,
        lookup: drag("Look up customer", at(0.0, 1.0)).await?,
        split: drag("Split", at(0.0, 2.0)).await?,
        set_variables: drag("Set variables", at(0.0, 3.0)).await?,
        found_end: drag("End", at(0.0, 4.0)).await?,
        other_end: drag("End", at(1.0, 3.0)).await?,
    };
    drawing.connect(&drawn.start, "out", &drawn.lookup).await?;
    drawing.connect(&drawn.lookup, "out", &drawn.split).await?;
    let case = first_case(browser, &drawn.split).await?;
    drawing
        .connect(&drawn.split, &case, &drawn.set_variables)
        .await?;
    drawing
        .connect(&drawn.split, "default", &drawn.other_end)
        .await?;
    drawing
        .connect(&drawn.set_variables, "out", &drawn.found_end)
        .await?;
    Ok(drawn)
}

/// The exit of a split's first case.
async fn first_case(browser: &Browser, split: &str) -> Result<String> {
    let exit = Locator::css("[data-port]:not([data-port='in'])").within(Locator::node(split));
    let port = browser.attribute(&exit, "data-port").await?;
    Ok(port.unwrap_or_default())
}

async fn fill(browser: &Browser, drawn: &Drawn) -> Result<()> {
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    drawing.select(&drawn.lookup).await?;
    inspector.fill("Name", "Look up caller").await?;
    inspector.fill("URL", WRONG_URL).await?;
    inspector.fill("Body optional", BODY).await?;
    inspector
        .add_row("Add header", "X-Source", "patchbay")
        .await?;
    inspector.fill("Timeout", "8000").await?;

    drawing.select(&drawn.split).await?;
    inspector
        .fill("Split on", "{{externalContact.responseCode}}")
        .await?;
    inspector.fill("Value 1", "200").await?;
    inspector.fill("Name 1", "Found").await?;

    drawing.select(&drawn.set_variables).await?;
    let name = "{{externalContact.responseBody.name}}";
    inspector
        .add_row("Add variable", "customerName", name)
        .await?;
    inspector
        .add_row("Add variable", "calledFrom", "Call from {{phoneNumer}}")
        .await
}

/// Goes to both problems from their list, mends one with a click on what is
/// offered and the other by typing.
async fn mend(browser: &Browser, drawn: &Drawn) -> Result<()> {
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    let count = Locator::role("button", "2 errors");
    browser.click(&count).await?;
    go_to(browser, "url-not-https").await?;
    drawing.has_selected(&[&drawn.lookup]).await?;
    has_focus(browser, "URL").await?;
    let offer = Locator::role("button", "Use https://").within(Locator::panel("problems"));
    browser.click(&offer).await?;
    inspector.holds("URL", URL).await?;

    browser.find(&Locator::role("button", "1 error")).await?;
    go_to(browser, "variable-not-set").await?;
    drawing.has_selected(&[&drawn.set_variables]).await?;
    has_focus(browser, "Value 2").await?;
    inspector
        .fill("Value 2", "Call from {{phoneNumber}}")
        .await?;
    browser
        .find(&Locator::role("button", "No problems"))
        .await?;
    browser
        .shows(&Locator::panel("problems"), "can be published")
        .await
}

async fn go_to(browser: &Browser, code: &str) -> Result<()> {
    let message = format!(".problem[data-code='{code}'] .problem__message");
    browser.click(&Locator::css(&message)).await
}

async fn has_focus(browser: &Browser, field: &str) -> Result<()> {
    let field = Inspector::field(field);
    eventually(&format!("{field} to have the focus"), async || {
        let field = browser.find(&field).await?;
        let active = browser.session()?.active_element().await?;
        Ok((field.element_id() == active.element_id()).then_some(()))
    })
    .await
}

/// Selects a node and reads its lit lines in the preview.
async fn preview_lights(browser: &Browser, node: &str, wire_type: &str) -> Result<()> {
    let tab = Locator::css("#tab-preview[aria-selected='false']");
    if browser.count(&tab).await? == 1 {
        browser.click(&tab).await?;
    }
    Drawing::of(browser).select(node).await?;
    eventually(&format!("the lines of {wire_type} to be lit"), async || {
        let object = preview::lit(browser).await?;
        Ok((object["type"] == wire_type).then_some(()))
    })
    .await
}
