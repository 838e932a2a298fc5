//! The pictures of `make screenshots`: the main states of the product, each in
//! a file of its own under `docs/screenshots/`.

mod camera;
#[allow(dead_code, reason = "the suites use more of it")]
#[path = "../suites/browser/drawing.rs"]
mod drawing;
mod flow;
#[allow(dead_code, reason = "the suites use more of it")]
#[path = "../suites/browser/site.rs"]
mod site;

use serde_json::json;
use tests::{Browser, Locator, Person, Point, Result, Server};

use self::{camera::Camera, drawing::Drawing};

/// The size of most pictures, and of a large screen.
const SMALL: (u32, u32) = (1280, 800);
const LARGE: (u32, u32) = (1920, 1080);

#[tokio::main]
async fn main() -> Result<()> {
    let server = site::server().await?;
    let person = Person::demonstration(&server).await?;
    for template in ["phone-lookup", "email-router"] {
        person.make_flow(template, None).await?;
    }
    let file = json!({ "text": flow::file()? });
    let drawn: api::FlowSummary = person.post("/api/flows/import", &file).await?;
    let address = server.url(&format!("/flows/{}", drawn.id));

    let browser = Browser::open().await?;
    let camera = Camera::new(&browser)?;
    camera.size(SMALL).await?;
    browser.goto(&server.url("/")).await?;
    browser.find(&Locator::role("heading", "Sign in")).await?;
    camera.take("sign-in").await?;
    site::sign_in(&browser, &server).await?;
    camera.hide_dock().await?;
    for theme in ["light", "dark"] {
        camera.theme(theme).await?;
        lists(&camera, &server, theme).await?;
        editor(&camera, &address, theme).await?;
    }
    camera.theme("light").await?;
    states(&camera, &address).await?;
    browser.close().await
}

async fn lists(camera: &Camera<'_>, server: &Server, theme: &str) -> Result<()> {
    let browser = camera.browser();
    camera.size(SMALL).await?;
    browser.goto(&server.url("/flows")).await?;
    browser.find(&Locator::css(".table__row")).await?;
    camera.take(&format!("flows-{theme}")).await
}

/// Opens the flow, and waits until it was checked.
async fn open(browser: &Browser, address: &str) -> Result<()> {
    browser.goto(address).await?;
    site::is_open(browser).await?;
    // The flow has two, which tells that it was checked.
    browser.shows(&Locator::css(".problem-count"), "2").await
}

/// The editor at three zooms, on two screens.
async fn editor(camera: &Camera<'_>, address: &str, theme: &str) -> Result<()> {
    let browser = camera.browser();
    let drawing = Drawing::of(browser);
    for size in [SMALL, LARGE] {
        let (width, _) = size;
        camera.size(size).await?;
        open(browser, address).await?;
        camera.take(&format!("editor-fit-{width}-{theme}")).await?;
        browser.click(&Locator::css(".zoom__value")).await?;
        let pane = drawing.pane().await?;
        let middle = Point::new(pane.left + pane.width / 2.0, pane.top + pane.height / 2.0);
        browser.hover(Point::new(middle.x, pane.top + 4.0)).await?;
        camera.take(&format!("editor-100-{width}-{theme}")).await?;
        // Five hundred pixels of the wheel are one halving.
        browser.wheel(middle, 0, 500, true).await?;
        browser.hover(Point::new(middle.x, pane.top + 4.0)).await?;
        camera.take(&format!("editor-50-{width}-{theme}")).await?;
    }
    Ok(())
}

/// What the editor shows while something is done.
async fn states(camera: &Camera<'_>, address: &str) -> Result<()> {
    let browser = camera.browser();
    let drawing = Drawing::of(browser);
    camera.size(SMALL).await?;
    open(browser, address).await?;
    browser.click(&Locator::css(".problem-count")).await?;
    camera.take("problems").await?;
    camera.hide_dock().await?;
    open(browser, address).await?;
    browser.click(&Locator::role("tab", "Outline")).await?;
    browser
        .find(&Locator::role("tree", "Steps of the flow"))
        .await?;
    drawing.select("gold").await?;
    browser
        .find(&Locator::css("[role='treeitem'][aria-selected='true']"))
        .await?;
    camera.take("outline").await?;

    open(browser, address).await?;
    drawing.select("unknown").await?;
    browser.keys("a").await?;
    browser.find(&Locator::panel("quick-add")).await?;
    camera.take("quick-add").await?;
    browser.keys("Escape").await?;
    drawing.select("unknown").await?;
    browser.keys("c").await?;
    browser.find(&Locator::panel("connect")).await?;
    camera.take("connect").await?;
    browser.keys("Escape").await?;

    browser.keys("Control+f").await?;
    browser.find(&Locator::panel("find")).await?;
    browser.type_text("uses:customerName").await?;
    browser
        .find(&Locator::css("[data-found='current']"))
        .await?;
    browser.keys("Enter").await?;
    camera.take("find").await?;
    browser.keys("Escape").await?;
    browser.keys("Control+Shift+f").await?;
    browser
        .find(&Locator::role("combobox", "Find in all flows"))
        .await?;
    browser.type_text("phoneNumber").await?;
    browser.find(&Locator::css(".search__node")).await?;
    camera.take("find-in-all-flows").await?;
    browser.keys("Escape").await?;

    drawing.select("orders").await?;
    browser.keys("Control+k").await?;
    browser.find(&Locator::role("combobox", "Command")).await?;
    browser.type_text("de").await?;
    camera.take("commands").await?;
    browser.keys("Control+a").await?;
    browser.type_text("export").await?;
    browser.keys("Enter").await?;
    browser
        .find(&Locator::role("dialog", "Export the drawing"))
        .await?;
    camera.take("export").await?;
    browser.keys("Escape").await
}
