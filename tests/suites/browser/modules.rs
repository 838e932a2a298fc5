//! A module, drawn from an empty canvas to the document that is published, and
//! a call flow that links one.

use api::{FlowSummary, Import};
use serde_json::{Value, json};
use tests::{Browser, Locator, Person, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::inspector::Inspector;
use crate::{preview, publishing, site};

const NAME: &str = "shared_auth_logic_v1";

/// The steps that were drawn behind the Start, which is there.
struct Drawn {
    start: String,
    condition: String,
    known: String,
    unknown: String,
}

#[tokio::test]
async fn a_designer_draws_a_module_and_publishes_the_document_that_the_preview_shows() -> Result<()>
{
    site::journey("module", module).await
}

async fn module(browser: &Browser, server: &Server) -> Result<()> {
    site::new_flow(browser, "Module").await?;
    let kind = Locator::css(".editor-bar__chip").within(Locator::panel("bar"));
    browser.shows(&kind, "Module").await?;
    let name = Locator::role("textbox", "Name of the flow");
    browser.type_into(&name, NAME).await?;
    browser.keys("Enter").await?;

    let drawn = draw(browser).await?;
    fill(browser, &drawn).await?;
    declare(browser).await?;
    browser
        .find(&Locator::role("button", "No problems"))
        .await?;
    previews(browser, &document(&drawn)).await?;
    is_published_as(browser, server, &document(&drawn)).await
}

/// Waits until the preview shows a document.
async fn previews(browser: &Browser, expected: &Value) -> Result<()> {
    eventually("the preview to show the flow", async || {
        let shown = preview::document(browser).await?;
        ensure!(shown == *expected, "it shows {shown:#}");
        Ok(Some(()))
    })
    .await
}

/// Drags the steps from the palette and connects them. A module has no End.
async fn draw(browser: &Browser) -> Result<Drawn> {
    let drawing = Drawing::of(browser);
    let end = Locator::role("button", "End").within(Locator::panel("palette"));
    assert_eq!(browser.count(&end).await?, 0);
    drawing.has_nodes(1).await?;
    let start = drawing.nodes().await?.remove(0);
    let below = drawing.grip(&start).await?;
    let at = |dx: f64, dy: f64| below.offset(dx, dy);
    let drawn = Drawn {
        start,
        condition: drawing
            .drag_from_palette("Condition", at(0.0, 110.0))
            .await?,
        known: drawing
            .drag_from_palette("Set variables", at(-140.0, 220.0))
            .await?,
        unknown: drawing
            .drag_from_palette("Set variables", at(140.0, 220.0))
            .await?,
    };
    let Drawn {
        start,
        condition,
        known,
        unknown,
    } = &drawn;
    drawing.connect(start, "out", condition).await?;
    drawing.connect(condition, "true", known).await?;
    drawing.connect(condition, "false", unknown).await?;
    Ok(drawn)
}

async fn fill(browser: &Browser, drawn: &Drawn) -> Result<()> {
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    drawing.select(&drawn.condition).await?;
    inspector
        .fill("Expression", "{{customerId != \"\"}}")
        .await?;
    for (node, status) in [(&drawn.known, "pending"), (&drawn.unknown, "unknown")] {
        drawing.select(node).await?;
        inspector
            .add_row("Add variable", "auth_status", status)
            .await?;
    }
    Ok(())
}

/// Declares what the module takes and gives back, while nothing is selected.
async fn declare(browser: &Browser) -> Result<()> {
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    browser.click_at(drawing.at(24.0, 24.0).await?).await?;
    drawing.has_selected(&[]).await?;
    for (add, name) in [
        ("Add input", "attempts"),
        ("Add input", "customerId"),
        ("Add output", "auth_status"),
    ] {
        inspector.add_row(add, name, "").await?;
    }
    let of_type = Locator::role("combobox", "Type of input 1");
    browser.click(&of_type).await?;
    browser.type_text("Int").await?;
    browser.keys("Enter").await?;
    // Alt with an arrow moves a row; the focus goes with it.
    browser.click(&Inspector::field("Name of input 2")).await?;
    browser.keys("Alt+ArrowUp").await?;
    inspector.holds("Name of input 1", "customerId").await?;
    inspector.holds("Name of input 2", "attempts").await
}

fn document(drawn: &Drawn) -> Value {
    let Drawn {
        condition,
        known,
        unknown,
        ..
    } = drawn;
    let set = |id: &str, status: &str| {
        json!({
            "id": id,
            "name": "Set variables",
            "type": "setData",
            "settings": {"data": [{"key": "auth_status", "value": status}]},
        })
    };
    let edge = |source: &str, key: &str, port: &str, target: &str, on: &str| {
        json!({
            "id": format!("{key}.{port}>{target}"),
            "source": source,
            "target": target,
            "type": on,
        })
    };
    json!({
        "name": NAME,
        "description": "in: customerId:string, attempts:integer; out: auth_status:string",
        "definition": {
            "nodes": [
                {
                    "id": condition,
                    "name": "Condition",
                    "type": "condition",
                    "settings": {"expression": "{{customerId != \"\"}}"},
                },
                set(known, "pending"),
                set(unknown, "unknown"),
            ],
            "edges": [
                edge("start", &drawn.start, "out", condition, "default"),
                edge(condition, condition, "true", known, "true"),
                edge(condition, condition, "false", unknown, "false"),
            ],
            "entry": {"nodeId": condition},
        },
    })
}

/// Publishes it: the module is made empty, and filled as version 2.
async fn is_published_as(browser: &Browser, server: &Server, expected: &Value) -> Result<()> {
    publishing::press(browser).await?;
    publishing::is_published(browser, 2).await?;
    let held = publishing::modules(server).await?;
    ensure!(held.len() == 1, "there are {} modules", held.len());
    ensure!(held[0]["draft"] == *expected, "it holds {:#}", held[0]);
    Ok(())
}

#[tokio::test]
async fn a_call_flow_names_the_module_that_it_links_and_sends_its_id() -> Result<()> {
    site::journey("link-module", link_module).await
}

async fn link_module(browser: &Browser, server: &Server) -> Result<()> {
    let module = json!({
        "id": "6f9c2a10",
        "name": "Shared_Auth_Library_v1",
        "description": "in: phoneNumber:string; out: auth_status:string",
        "version": 3,
        "definition": {
            "nodes": [{
                "id": "set",
                "name": "Set Auth Pending",
                "type": "setData",
                "settings": {"data": [{"key": "auth_status", "value": "pending"}]},
            }],
            "edges": [{"id": "e1", "source": "start", "target": "set", "type": "default"}],
            "entry": {"nodeId": "set"},
        },
    });
    let import = Import {
        text: module.to_string(),
    };
    let designer = Person::demonstration(server).await?;
    let _: FlowSummary = designer.post("/api/flows/import", &import).await?;

    site::new_flow(browser, "Call flow").await?;
    let drawing = Drawing::of(browser);
    let start = drawing.nodes().await?.remove(0);
    drawing.select(&start).await?;
    let step = Locator::role("button", "Flow module").within(Locator::panel("palette"));
    browser.click(&step).await?;
    let link = drawing
        .new_node("Flow module", std::slice::from_ref(&start))
        .await?;
    drawing.has_connection(&start, "out", &link).await?;

    let callee = Locator::role("combobox", "Module").within(Locator::panel("inspector"));
    browser.click(&callee).await?;
    browser.type_text("auth").await?;
    browser
        .find(&Locator::css(
            "[role='option'][aria-selected='true'] .combobox__note",
        ))
        .await?;
    browser.keys("Enter").await?;
    for map in ["Map all inputs", "Map all outputs"] {
        let map = Locator::role("button", map).within(Locator::panel("inspector"));
        browser.click(&map).await?;
        browser.gone(&map).await?;
    }
    browser
        .shows(&Locator::node(&link), "Shared_Auth_Library_v1")
        .await?;
    browser
        .find(&Locator::role("button", "No problems"))
        .await?;
    let expected = json!({
        "definition": {
            "nodes": [{
                "id": link,
                "name": "Flow module",
                "type": "flowModule",
                "settings": {
                    "flowModuleId": "6f9c2a10",
                    "inputMappings": [{"name": "phoneNumber", "value": "{{phoneNumber}}"}],
                    "outputMappings": [
                        {"name": "auth_status", "value": "{{output.auth_status}}"},
                    ],
                },
            }],
            "edges": [{
                "id": format!("{start}.out>{link}"),
                "source": "start",
                "target": link,
                "type": "default",
            }],
            "entry": {"nodeId": link},
        },
    });
    previews(browser, &expected).await?;

    // A double-click on the node leads into what it calls.
    site::is_saved(browser).await?;
    browser.double_click(drawing.grip(&link).await?).await?;
    drawing.has_nodes(2).await?;
    browser
        .shows(&Locator::node("set"), "Set Auth Pending")
        .await
}
