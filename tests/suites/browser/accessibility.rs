//! Every page in both themes: each control has a name that assistive
//! technology can say, and axe-core finds nothing serious. The pictures in the
//! artifacts are for people's eyes.

use serde_json::{Value, json};
use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::outline::Outline;
use crate::{publishing, site};

/// What a person can act on, by role.
const INTERACTIVE: [&str; 18] = [
    "button",
    "checkbox",
    "combobox",
    "gridcell",
    "link",
    "listbox",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "option",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
    "treeitem",
];

#[tokio::test]
async fn every_page_can_be_used_by_everybody_in_both_themes() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let walked = async {
        browser.goto(&server.url("/")).await?;
        browser.find(&Locator::role("heading", "Sign in")).await?;
        look(&browser, "sign-in-light").await?;
        site::sign_in(&browser, &server).await?;
        walk(&browser, &server, "light").await?;
        narrow(&browser, &server).await?;
        choose_theme(&browser, &server, "Dark").await?;
        walk(&browser, &server, "dark").await?;
        site::no_complaints(&browser, &server).await
    };
    site::watched(&browser, "accessibility", walked).await?;
    browser.close().await
}

async fn choose_theme(browser: &Browser, server: &Server, theme: &str) -> Result<()> {
    browser.goto(&server.url("/settings/appearance")).await?;
    // The choice itself is hidden beneath its label, which takes the press.
    let label = Locator::css(&format!("label:has(input[value='{theme}'])"));
    let choice = Locator::role("radio", theme);
    if browser.count(&label).await? == 0 {
        return browser.click(&choice).await;
    }
    browser.click(&label).await
}

async fn walk(browser: &Browser, server: &Server, theme: &str) -> Result<()> {
    let seen = async |name: &str| look(browser, &format!("{name}-{theme}")).await;
    let goto = async |path: &str, heading: &str| -> Result<()> {
        browser.goto(&server.url(path)).await?;
        browser.find(&Locator::role("heading", heading)).await?;
        Ok(())
    };
    goto("/flows", "Flows").await?;
    if theme == "light" {
        browser
            .find(&Locator::role("heading", "Draw your first flow"))
            .await?;
        seen("flows-empty").await?;
    }
    browser.click(&Locator::role("button", "New flow")).await?;
    seen("new-flow-menu").await?;
    browser.keys("Escape").await?;
    editor(browser, theme).await?;
    goto("/flows", "Flows").await?;
    browser.find(&Locator::css(".table__row")).await?;
    seen("flows").await?;
    goto("/contacts", "Contacts").await?;
    if theme == "light" {
        browser
            .find(&Locator::role("heading", "Register your first contact"))
            .await?;
        seen("contacts-empty").await?;
    }
    browser
        .click(&Locator::css(".page__head .button--primary"))
        .await?;
    seen("register-contact").await?;
    goto("/contacts/import", "Import contacts").await?;
    browser.find(&Locator::css(".empty")).await?;
    seen("import-contacts").await?;
    goto("/activity", "Activity").await?;
    browser.find(&Locator::css(".table__row")).await?;
    seen("activity").await?;
    goto("/link", "Link a module into flows").await?;
    seen("link").await?;
    goto("/repoint", "Repoint references").await?;
    seen("repoint").await?;
    goto("/batches", "Changes of flows").await?;
    seen("batches").await?;
    goto("/references", "What flows refer to in Genesys").await?;
    seen("references").await?;
    goto("/settings/connections", "Connections").await?;
    let sandbox = Locator::role("region", "Sandbox");
    browser.find(&sandbox).await?;
    seen("connections").await?;
    browser
        .click(&Locator::role("button", "Check").within(sandbox))
        .await?;
    browser
        .find(&Locator::role("table", "What this client may do"))
        .await?;
    seen("connection-checked").await?;
    goto("/operations", "Operations").await?;
    browser.find(&Locator::css(".chart__line")).await?;
    seen("operations").await?;
    goto("/settings/connections", "Connections").await?;
    browser
        .click(&Locator::role("button", "Add connection"))
        .await?;
    seen("add-connection").await?;
    goto("/settings/webhooks", "Webhooks").await?;
    browser
        .click(&Locator::role("button", "Add webhook"))
        .await?;
    seen("add-webhook").await?;
    goto("/settings/people", "People").await?;
    browser.find(&Locator::css(".table__row")).await?;
    seen("people").await?;
    goto("/settings/appearance", "Appearance").await?;
    seen("appearance").await?;
    goto("/settings/keyboard", "Keyboard").await?;
    seen("keyboard").await?;
    browser.goto(&server.url("/nowhere")).await?;
    seen("not-found").await
}

/// The list and a flow on a small laptop, a tablet and a phone.
async fn narrow(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/flows")).await?;
    let flow = Locator::css(".table__name");
    let flow = browser.attribute(&flow, "href").await?;
    for (width, height) in [(1024, 768), (768, 1024), (390, 844)] {
        resize(browser, width, height).await?;
        browser.goto(&server.url("/flows")).await?;
        browser.find(&Locator::css(".table__row")).await?;
        look(browser, &format!("flows-{width}")).await?;
        let flow = flow.as_deref().unwrap_or_default();
        browser.goto(&server.url(flow)).await?;
        browser.find(&Locator::panel("bar")).await?;
        site::is_saved(browser).await?;
        look(browser, &format!("editor-{width}")).await?;
    }
    let start = Locator::css("[data-outline-node='start']");
    browser.click(&start).await?;
    look(browser, "editor-390-outline").await?;
    browser.click(&Locator::role("button", "Edit")).await?;
    let properties = Locator::role("heading", "Start").within(Locator::panel("inspector"));
    browser.find(&properties).await?;
    look(browser, "editor-390-properties").await?;
    browser
        .click(&Locator::role("button", "Hide this panel").within(Locator::panel("inspector")))
        .await?;
    resize(browser, 1440, 900).await
}

async fn resize(browser: &Browser, width: u32, height: u32) -> Result<()> {
    let size = json!({
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
    });
    let cdp = browser.session()?.cdp();
    cdp.send_raw("Emulation.setDeviceMetricsOverride", size)
        .await?;
    Ok(())
}

async fn editor(browser: &Browser, theme: &str) -> Result<()> {
    let seen = async |name: &str| look(browser, &format!("{name}-{theme}")).await;
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Lookup flow").await?;
    seen("editor-empty").await?;
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    seen("editor").await?;
    outline(browser, &drawing, theme).await?;
    for step in ["Split", "Set variables"] {
        let at = drawing
            .at(620.0, if step == "Split" { 90.0 } else { 240.0 })
            .await?;
        drawing.drag_from_palette(step, at).await?;
    }
    drawing.select("lookup").await?;
    browser.find(&Locator::css(".json__line--lit")).await?;
    seen("editor-lookup").await?;
    browser.click(&Locator::css(".problem-count")).await?;
    browser.find(&Locator::css(".problem")).await?;
    seen("editor-problems").await?;
    drawing.select("lookup").await?;
    browser.keys("Control+z").await?;
    browser.keys("Control+z").await?;
    drawing.has_nodes(3).await?;
    browser.right_click(drawing.grip("lookup").await?).await?;
    seen("editor-context-menu").await?;
    browser.keys("Escape").await?;
    drawing.select("lookup").await?;
    browser.keys("n").await?;
    browser.find(&Locator::panel("quick-add")).await?;
    seen("editor-quick-add").await?;
    browser.keys("Escape").await?;
    browser.keys("c").await?;
    browser.find(&Locator::panel("connect")).await?;
    seen("editor-connect").await?;
    browser.keys("Escape").await?;
    browser.keys("?").await?;
    browser.find(&publishing::dialog()).await?;
    seen("editor-shortcuts").await?;
    browser.keys("Escape").await?;
    browser.gone(&publishing::dialog()).await?;
    if theme == "light" {
        publishing::press(browser).await?;
        browser
            .shows(&publishing::dialog(), "Published. Version 1 is live.")
            .await?;
        seen("editor-published").await?;
        browser.keys("Escape").await?;
        browser.gone(&publishing::dialog()).await?;
    }
    browser.click(&Locator::role("link", "Back to flows")).await
}

/// The outline, with what it opens.
async fn outline(browser: &Browser, drawing: &Drawing<'_>, theme: &str) -> Result<()> {
    let seen = async |name: &str| look(browser, &format!("{name}-{theme}")).await;
    browser.click(&Locator::role("tab", "Outline")).await?;
    let lookup = Locator::css("[data-outline-node='lookup']");
    browser.click(&lookup).await?;
    drawing.has_selected(&["lookup"]).await?;
    seen("editor-outline").await?;
    browser.keys("Shift+F10").await?;
    browser.find(&Locator::role("menuitem", "Rename")).await?;
    seen("editor-outline-menu").await?;
    browser.keys("Escape").await?;
    for (key, panel) in [("Insert", "quick-add"), (">", "connect")] {
        // What was closed gives the focus back with the next frame.
        Outline::of(browser).is_at("Lookup Customer").await?;
        browser.keys(key).await?;
        browser.find(&Locator::panel(panel)).await?;
        seen(&format!("editor-outline-{panel}")).await?;
        browser.keys("Escape").await?;
        browser.gone(&Locator::panel(panel)).await?;
    }
    Outline::of(browser).is_at("Lookup Customer").await?;
    browser.keys("F2").await?;
    let name = Locator::role("textbox", "Name of the step");
    browser.find(&name).await?;
    seen("editor-outline-rename").await?;
    browser.keys("Escape").await?;
    browser.gone(&name).await?;
    browser.click(&Locator::role("tab", "Add")).await
}

/// Takes a picture once everything stands still, and looks for controls
/// without a name, for a window that scrolls, and for what axe-core finds.
async fn look(browser: &Browser, name: &str) -> Result<()> {
    eventually("movements to end", async || {
        let moving = "return document.getAnimations().length";
        Ok((browser.script(moving, Vec::new()).await? == 0).then_some(()))
    })
    .await?;
    browser.screenshot(name).await?;
    let page = "const page = document.documentElement;
        return page.scrollHeight > innerHeight || page.scrollWidth > innerWidth;";
    let scrolls = browser.script(page, Vec::new()).await?;
    ensure!(scrolls == false, "{name}: the window scrolls");
    let cdp = browser.session()?.cdp();
    let tree = cdp
        .send_raw("Accessibility.getFullAXTree", json!({}))
        .await?;
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let mut nameless = Vec::new();
    for node in nodes.iter().filter(|node| is_nameless(node)) {
        let about = json!({ "backendNodeId": node["backendDOMNodeId"] });
        let html = cdp.send_raw("DOM.getOuterHTML", about).await?;
        let html: String = html["outerHTML"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect();
        nameless.push(format!("{} {html}", node["role"]["value"]));
    }
    ensure!(
        nameless.is_empty(),
        "{name}: without a name:\n{}",
        nameless.join("\n")
    );
    let found = browser.hindrances().await?;
    let grave: Vec<String> = found
        .iter()
        .filter(|hindrance| hindrance.is_grave())
        .map(ToString::to_string)
        .collect();
    ensure!(grave.is_empty(), "{name}:\n{}", grave.join("\n"));
    Ok(())
}

fn is_nameless(node: &Value) -> bool {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default();
    node["ignored"] != true && INTERACTIVE.contains(&role) && name.trim().is_empty()
}
