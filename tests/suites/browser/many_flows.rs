//! Changes of many flows, as the guides on modules and on shared flows make
//! them: through the pages, with exactly the requests of the guides.

use api::FlowSummary;
use sandbox::{Arrival, compare::differences};
use serde_json::{Value, json};
use tests::{Browser, Context, Locator, Person, Result, Server, ensure, requests_of_guide};

use crate::{inspector::Inspector, publishing, site};

const STEP: &str = "Execute Shared Auth";
const SECOND: &str = "Shared Email Processor 2";

/// The requests of a guide, with what comes before them here: a flow is shown
/// before it is changed, and so it is read when it is opened and again before
/// the update, which has to follow the version that is there then.
///
/// Which scopes are asked for is the connection's. The demonstration's is
/// preset and asks for none; that one which asks for those of the guide sends
/// them as the guide does is compared with the server's routes.
fn expected(guide: &str) -> Result<Option<Value>> {
    let Some(mut all) = requests_of_guide(guide)? else {
        return Ok(None);
    };
    let requests = all["requests"].as_array_mut().context("no list")?;
    requests.retain(|request| request["method"].is_string());
    for request in requests.iter_mut() {
        if let Some(form) = request["form"].as_object_mut() {
            form.remove("scope");
        }
    }
    let opened = openings(requests);
    requests.splice(1..1, opened);
    Ok(Some(all))
}

/// Reading the flows that others made. They were opened one after the other, and
/// the list, by which they are changed, begins with the last.
fn openings(requests: &[Value]) -> Vec<Value> {
    let of_others = |request: &&Value| {
        let path = request["path"].as_str().unwrap_or_default();
        request["method"] == "GET" && path.starts_with("/api/v2/flows/<flow ")
    };
    let in_list = requests.iter().filter(of_others).cloned();
    in_list.rev().collect()
}

/// Fails where what arrived is not what the guide sends.
fn compare(guide: &str, arrived: &[Arrival]) -> Result<()> {
    let Some(expected) = expected(guide)? else {
        return Ok(());
    };
    let found = differences(&expected, arrived);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// Looks at what would be changed, changes it, and waits for the end.
async fn preview_and_run(browser: &Browser, sentence: &str, flows: &str) -> Result<()> {
    let preview = Locator::css("[data-action='preview']");
    browser.click(&preview).await?;
    let shown = Locator::panel("change-preview");
    browser.shows(&shown, sentence).await?;
    let begin = format!("Change and publish {flows}");
    browser.click(&Locator::role("button", &begin)).await?;
    let page = Locator::panel("batch");
    browser.shows(&page, "Every flow is done").await
}

#[tokio::test]
async fn a_module_is_made_and_linked_into_two_call_flows_as_the_guide_does_it() -> Result<()> {
    site::journey("guide-modules", link_module).await
}

/// A call flow that somebody made in Genesys; its id there.
async fn seeded(server: &Server, name: &str) -> Result<String> {
    let before = publishing::flows(server).await?;
    publishing::do_upstream(server, "/sandbox/flows", &json!({ "name": name })).await?;
    let after = publishing::flows(server).await?;
    let new = after.into_iter().find(|flow| !before.contains(flow));
    let new = new.context("no flow was made")?;
    Ok(new["id"].as_str().unwrap_or_default().to_owned())
}

async fn link_module(browser: &Browser, server: &Server) -> Result<()> {
    let ada = Person::demonstration(server).await?;
    for name in ["Main line", "Service line"] {
        let which = json!({ "id": seeded(server, name).await? });
        let body = json!({ "kind": "flow", "which": which });
        let _: FlowSummary = ada.post("/api/flows/open", &body).await?;
    }

    site::new_flow(browser, "Shared authentication").await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 2).await?;
    let more = Locator::role("button", "More").within(Locator::panel("bar"));
    browser.click(&more).await?;
    browser
        .click(&Locator::role("menuitem", "Link into flows…"))
        .await?;
    let name = Locator::role("textbox", "Name of the step");
    browser.type_into(&name, STEP).await?;
    browser
        .click(&Locator::role("button", "Choose all"))
        .await?;
    let flows = Locator::panel("change-flows");
    browser.shows(&flows, "2 flows chosen").await?;
    preview_and_run(browser, STEP, "2 flows").await?;

    let arrived = publishing::arrivals(server).await?;
    compare("flow-modules", &arrived)?;

    // One that exists only in Genesys is linked by its id.
    let id = seeded(server, "Night line").await?;
    browser.goto(&server.url("/link")).await?;
    let module = Locator::role("combobox", "Module");
    browser.find(&module).await?.focus().await?;
    browser.type_text("Shared_Auth").await?;
    let field = Locator::role("textbox", "Add a call flow that exists only in Genesys");
    browser.type_into(&field, &id).await?;
    browser.click(&Locator::role("button", "Add")).await?;
    let flows = Locator::panel("change-flows");
    browser.shows(&flows, "1 flow chosen").await?;
    // Looking at it makes no document of it.
    let preview = Locator::css("[data-action='preview']");
    browser.click(&preview).await?;
    let shown = Locator::panel("change-preview");
    browser.shows(&shown, "Only in Genesys").await?;
    let here: Vec<FlowSummary> = ada.get("/api/flows").await?;
    assert_eq!(here.len(), 3, "it is not here yet");
    let step = "Execute Shared_Auth_Library_v1";
    browser.shows(&shown, step).await?;
    browser
        .click(&Locator::role("button", "Change and publish 1 flow"))
        .await?;
    let page = Locator::panel("batch");
    browser.shows(&page, "Every flow is done").await?;
    let here: Vec<FlowSummary> = ada.get("/api/flows").await?;
    assert_eq!(here.len(), 4, "it was opened once it was confirmed");
    let linked = publishing::flows(server).await?;
    assert_eq!(linked.len(), 3);
    for flow in linked {
        let nodes = &flow["draft"]["definition"]["nodes"];
        assert_eq!(nodes[0]["type"], "flowModule", "{flow:#}");
    }
    Ok(())
}

#[tokio::test]
async fn a_shared_flow_is_called_verified_and_repointed_as_the_guide_does_it() -> Result<()> {
    site::journey("guide-shared-flows", repoint).await
}

/// Draws the shared flow of the guide: its interface alone.
async fn draw_shared(browser: &Browser) -> Result<()> {
    site::new_flow(browser, "Shared flow").await?;
    let name = Locator::role("textbox", "Name of the flow");
    browser.type_into(&name, "Shared Email Processor").await?;
    browser.keys("Enter").await?;
    let inspector = Inspector::of(browser);
    inspector
        .fill(
            "Description optional",
            "Reusable logic for processing email content",
        )
        .await?;
    for (one, name, description) in [
        ("input", "emailBody", "The body of the incoming email"),
        (
            "output",
            "processedResult",
            "The result of processing the email",
        ),
    ] {
        inspector.add_row(&format!("Add {one}"), name, "").await?;
        let field = format!("Description of {one} 1");
        inspector.fill(&field, description).await?;
    }
    Ok(())
}

async fn repoint(browser: &Browser, server: &Server) -> Result<()> {
    draw_shared(browser).await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 1).await?;
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;
    site::new_flow(browser, "Email router").await?;
    // It calls what is published, and opens without an error.
    publishing::press(browser).await?;
    publishing::is_published(browser, 1).await?;
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;

    let select = Locator::role("checkbox", "Select Inbound Email Router");
    browser.click(&select).await?;
    browser
        .click(&Locator::role("button", "Verify references"))
        .await?;
    let references = Locator::panel("references");
    browser
        .shows(
            &references,
            "“Shared Email Processor”, which was published from here",
        )
        .await?;
    let mut arrived = publishing::arrivals(server).await?;

    let ada = Person::demonstration(server).await?;
    let flows: Vec<FlowSummary> = ada.get("/api/flows").await?;
    let mut flows = flows.into_iter();
    let first = flows.find(|flow| flow.name == "Shared Email Processor");
    let first = first.context("the first shared flow is not there")?.id;
    let copy = json!({ "start": { "copy": first }, "name": SECOND });
    let second: FlowSummary = ada.post("/api/flows", &copy).await?;
    let publish = ada.publish(&second.id, "second").await?;
    ada.ended(&publish.id).await?;
    let set_up = publishing::arrivals(server).await?.len();

    browser
        .goto(&server.url(&format!("/repoint?from={first}")))
        .await?;
    let then = Locator::role("combobox", "Will call");
    browser.find(&then).await?.focus().await?;
    browser.type_text(SECOND).await?;
    let flows = Locator::panel("change-flows");
    browser.shows(&flows, "1 flow chosen").await?;
    preview_and_run(browser, SECOND, "1 flow").await?;
    let all = publishing::arrivals(server).await?;
    arrived.extend(all.into_iter().skip(set_up));
    compare("shared-flows", &arrived)
}
