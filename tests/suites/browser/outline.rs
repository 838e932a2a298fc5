//! The outline, as somebody uses it who has no pointer and sees no drawing.

use std::iter;
use std::sync::Arc;

use api::{FlowSummary, Import};
use flow::{Edge, Flow, FlowFile, FlowKind, Kind, Node, NodeId, Port};
use serde_json::Value;
use tests::{Browser, Locator, Person, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

/// A flow as its outline shows it.
#[derive(Clone, Copy)]
pub(crate) struct Outline<'a> {
    pub(crate) browser: &'a Browser,
}

impl<'a> Outline<'a> {
    pub(crate) fn of(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The names of the rows, from top to bottom, indented by their level.
    pub(crate) async fn rows(self) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll('[role=treeitem]')]
            .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
            .map(row => '  '.repeat(row.ariaLevel - 1) + row.querySelector('.outline__said').textContent.split(',')[0])";
        let rows = self.browser.script(script, Vec::new()).await?;
        Ok(serde_json::from_value(rows)?)
    }

    /// Waits until the rows are these.
    pub(crate) async fn reads(self, expected: &[&str]) -> Result<()> {
        eventually("the outline to read so", async || {
            let rows = self.rows().await?;
            ensure!(rows == expected, "it reads {rows:#?}");
            Ok(Some(()))
        })
        .await
    }

    /// Waits until a row whose name begins so has the focus.
    pub(crate) async fn is_at(self, name: &str) -> Result<()> {
        eventually(
            &format!("the row of {name} to have the focus"),
            async || {
                let script = "const active = document.activeElement;
                return active?.getAttribute('role') === 'treeitem'
                    ? active.querySelector('.outline__said').textContent
                    : active?.outerHTML.slice(0, 200)";
                let at = self.browser.script(script, Vec::new()).await?;
                let at = at.as_str().unwrap_or_default();
                ensure!(at.starts_with(name), "the focus is at {at}");
                Ok(Some(()))
            },
        )
        .await
    }
}

/// Waits until assistive technology was told a sentence that holds this.
pub(crate) async fn is_told(browser: &Browser, part: &str) -> Result<()> {
    eventually(&format!("“{part}” to be said"), async || {
        let script = "return document.querySelector('.announcer').textContent";
        let said = browser.script(script, Vec::new()).await?;
        let said = said.as_str().unwrap_or_default();
        ensure!(said.contains(part), "last said was “{said}”");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn a_flow_is_read_and_edited_in_the_outline_by_keys_alone() -> Result<()> {
    site::journey("outline", by_keys).await
}

async fn by_keys(browser: &Browser, _server: &Server) -> Result<()> {
    let outline = Outline::of(browser);
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    browser.click(&Locator::role("tab", "Outline")).await?;
    outline.reads(&["Start", "Lookup Customer", "End"]).await?;

    // Moving, and what is said on the way.
    browser.keys("Tab").await?;
    browser.keys("Tab").await?;
    outline.is_at("Start").await?;
    browser.keys("ArrowDown").await?;
    outline.is_at("Lookup Customer").await?;
    is_told(
        browser,
        "Lookup Customer, look up customer, 2 of 3, exits: to End",
    )
    .await?;
    browser.keys("End").await?;
    outline.is_at("End").await?;
    browser.type_text("lo").await?;
    outline.is_at("Lookup Customer").await?;
    drawing.has_selected(&["lookup"]).await?;

    // A row goes with its step when that is taken back; the focus stays in the list.
    browser.keys("Control+d").await?;
    drawing.has_nodes(4).await?;
    outline.is_at("Lookup Customer").await?;
    browser.keys("Control+z").await?;
    drawing.has_nodes(3).await?;
    outline.is_at("End").await?;
    browser.keys("ArrowUp").await?;
    outline.is_at("Lookup Customer").await?;

    // A step between two others, and a new name for it.
    add(browser, "Split").await?;
    outline.is_at("Split").await?;
    is_told(browser, "Inserted Split").await?;
    outline
        .reads(&[
            "Start",
            "Lookup Customer",
            "Split",
            "  Found to End",
            "  default not connected",
            "End",
        ])
        .await?;
    browser.keys("F2").await?;
    let field = Locator::role("textbox", "Name of the step");
    browser.find(&field).await?;
    browser.type_text("Known?").await?;
    browser.keys("Enter").await?;
    outline.is_at("Known?").await?;

    // An exit is connected, led elsewhere, and not connected any more.
    browser.keys("ArrowRight").await?;
    outline.is_at("Found to End").await?;
    browser.keys("ArrowDown").await?;
    outline.is_at("default not connected").await?;
    is_told(browser, "default not connected").await?;
    connect(browser, "End").await?;
    is_told(browser, "Connected default of Known? to End.").await?;
    outline.is_at("default goes on at End").await?;
    browser.keys("Delete").await?;
    is_told(browser, "Deleted a connection.").await?;
    outline.is_at("default not connected").await?;

    // Folding, properties and back, and deleting.
    browser.keys("ArrowLeft").await?;
    outline.is_at("Known?").await?;
    browser.keys("ArrowLeft").await?;
    outline
        .reads(&["Start", "Lookup Customer", "Known?", "End"])
        .await?;
    browser.keys("Enter").await?;
    eventually("the properties to have the focus", async || {
        let inside = "return !!document.activeElement?.closest(\"[data-panel='inspector']\")";
        Ok((browser.script(inside, Vec::new()).await? == true).then_some(()))
    })
    .await?;
    browser.keys("Escape").await?;
    outline.is_at("Known?").await?;
    browser.keys("Control+Delete").await?;
    is_told(
        browser,
        "Deleted Known?, 2 connections; Lookup Customer to End.",
    )
    .await?;
    outline.reads(&["Start", "Lookup Customer", "End"]).await?;
    browser.keys("Control+z").await?;
    is_told(browser, "Undone: Delete Known?.").await?;
    drawing.has_nodes(4).await?;

    // Over to the drawing.
    outline.is_at("Lookup Customer").await?;
    browser.keys("Alt+Enter").await?;
    eventually("the card to have the focus", async || {
        let card = "return document.activeElement?.dataset.nodeId ?? null";
        Ok((browser.script(card, Vec::new()).await? == "lookup").then_some(()))
    })
    .await
}

/// Adds a step after the row that has the focus.
pub(crate) async fn add(browser: &Browser, step: &str) -> Result<()> {
    browser.keys("Insert").await?;
    let list = Locator::panel("quick-add");
    browser.find(&list).await?;
    browser.type_text(step).await?;
    browser.keys("Enter").await?;
    browser.gone(&list).await
}

/// Leads the row that has the focus to a step.
pub(crate) async fn connect(browser: &Browser, target: &str) -> Result<()> {
    browser.keys(">").await?;
    let list = Locator::panel("connect");
    browser.find(&list).await?;
    browser.type_text(target).await?;
    browser.keys("Enter").await?;
    browser.gone(&list).await
}

#[tokio::test]
async fn the_list_of_targets_says_why_a_step_cannot_be_led_to() -> Result<()> {
    site::journey("outline-targets", targets).await
}

async fn targets(browser: &Browser, _server: &Server) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    browser.click(&Locator::role("tab", "Outline")).await?;
    browser
        .click(&Locator::css("[data-outline-node='lookup']"))
        .await?;
    browser.keys(">").await?;
    let refused = Locator::css("[data-panel='connect'] [aria-disabled='true']");
    browser
        .shows(&refused, "A flow begins at Start: nothing can lead to it.")
        .await?;
    browser.type_text("Start").await?;
    browser.keys("Enter").await?;
    is_told(browser, "A flow begins at Start").await?;
    browser.keys("Escape").await?;
    Outline::of(browser).is_at("Lookup Customer").await
}

#[tokio::test]
async fn a_flow_of_ten_thousand_steps_opens_in_the_outline_with_few_rows_in_the_page() -> Result<()>
{
    site::journey("outline-large", large).await
}

async fn large(browser: &Browser, server: &Server) -> Result<()> {
    let person = Person::demonstration(server).await?;
    let text = chain(9_998).to_json()?;
    let flow: FlowSummary = person.post("/api/flows/import", &Import { text }).await?;
    browser
        .goto(&server.url(&format!("/flows/{}", flow.id)))
        .await?;
    site::is_open(browser).await?;
    browser.click(&Locator::role("tab", "Outline")).await?;
    let first = Locator::css("[role='treeitem']");
    browser.click(&first).await?;
    let in_page = browser.count(&first).await?;
    ensure!((10..200).contains(&in_page), "{in_page} rows in the page");
    browser.keys("End").await?;
    eventually("the last row to have the focus", async || {
        let script = "const row = document.activeElement;
            return [row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')]";
        let place: Value = browser.script(script, Vec::new()).await?;
        ensure!(place[0] == place[1] && place[1] != Value::Null, "{place}");
        Ok(Some(()))
    })
    .await?;
    let in_page = browser.count(&first).await?;
    ensure!((10..200).contains(&in_page), "{in_page} rows in the page");
    Ok(())
}

/// A Start, so many steps after each other, and an End.
fn chain(steps: usize) -> FlowFile {
    let mut flow = Flow::new(FlowKind::Lookup, "Large");
    let kinds = [Kind::START]
        .into_iter()
        .chain(iter::repeat_n(Kind::SET_VARIABLES, steps))
        .chain([Kind::END]);
    let mut before: Option<NodeId> = None;
    for (place, kind) in kinds.enumerate() {
        let id = NodeId::new(format!("n{place}"));
        let mut node = Node::of(&kind);
        node.label = format!("Step {place}");
        flow.nodes.insert(id.clone(), Arc::new(node));
        let at = flow::Point::new(0.0, 120.0 * place as f64);
        flow.positions.insert(id.clone(), at);
        if let Some(before) = before.replace(id.clone()) {
            let edge = Edge::new(before, Port::OUT, id);
            flow.edges.insert(edge.key(), Arc::new(edge));
        }
    }
    FlowFile::new(flow, None)
}
