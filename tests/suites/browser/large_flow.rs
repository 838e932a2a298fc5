//! A flow of 10,000 nodes and 13,000 edges: what the page holds, and what it
//! does when nothing happens and when the view moves. Counted, not timed. And one
//! of 144, which is small when it is seen as a whole.

use std::env;
use std::path::{Component, Path, PathBuf};

use axum::extract::{Path as Asked, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tests::{Browser, Context, Locator, Point, Result, ensure, eventually};
use tokio::net::TcpListener;

use crate::site;

const NODES: usize = 10_000;
const EDGES: usize = 13_000;
/// As many nodes have a card at most.
const MOST_CARDS: u64 = 200;
/// More than a card and an edge's mark consist of, and the page around them.
const MOST_ELEMENTS: u64 = MOST_CARDS * 24 + 600;

/// Counts what scripts ask the browser for. Runs before the page's own.
const COUNTER: &str = r#"
window.counted = { frames: 0, timers: 0, paints: 0 };
window.drawn = new Set();
const counting = (owner, name, count) => {
  const original = owner[name];
  owner[name] = function (...given) {
    count();
    return original.apply(this, given);
  };
};
counting(window, "requestAnimationFrame", () => (counted.frames += 1));
counting(window, "setTimeout", () => (counted.timers += 1));
counting(window, "setInterval", () => (counted.timers += 1));
counting(CanvasRenderingContext2D.prototype, "clearRect", () => (counted.paints += 1));
const write = OffscreenCanvasRenderingContext2D.prototype.fillText;
OffscreenCanvasRenderingContext2D.prototype.fillText = function (text, ...given) {
  drawn.add(text);
  return write.call(this, text, ...given);
};
"#;

/// A grid with edges between neighbours and further ones, as large as flows may
/// be.
fn graph(count: usize) -> Value {
    let columns = if count == NODES { 90 } else { 12 };
    let nodes: Vec<Value> = (0..count)
        .map(|node| {
            json!({
                "id": node, "title": format!("step {node}"), "text": format!("rule {node}"),
                "x": node % columns * 260, "y": node / columns * 130,
            })
        })
        .collect();
    let edges: Vec<Value> = (0..count * EDGES / NODES)
        .map(|edge| {
            let source = edge % (count - 1);
            let further = 1 + edge / (count - 1) * (columns + 1);
            let target = (source + further) % count;
            json!({ "id": edge, "s": source, "sp": edge / (count - 1), "t": target })
        })
        .collect();
    json!({
        "n": count, "nodeWidth": 180, "nodeHeight": 72, "nodes": nodes, "edges": edges,
    })
}

/// The folder of the built site, and the graph, at an address of their own: the
/// server hands the page out to nobody.
async fn page(nodes: usize) -> Result<String> {
    let site = match env::var(site::OTHER_SITE) {
        Ok(site) => PathBuf::from(site),
        Err(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/dist"),
    };
    ensure!(
        site.join("bench.html").is_file(),
        "{} has no bench.html: run `make site`",
        site.display()
    );
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route(
            "/graph.json",
            get(move || async move { Json(graph(nodes)) }),
        )
        .route("/{*file}", get(file))
        .with_state(site);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(format!(
        "http://{address}/bench.html?n={nodes}&graph=/graph.json&view=fit"
    ))
}

async fn file(State(site): State<PathBuf>, Asked(file): Asked<String>) -> impl IntoResponse {
    let plain = Path::new(&file)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let kind = match file.rsplit('.').next() {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    match tokio::fs::read(site.join(file)).await {
        Ok(bytes) if plain => Ok(([(header::CONTENT_TYPE, kind)], bytes)),
        _ => Err(StatusCode::NOT_FOUND),
    }
}

async fn number(browser: &Browser, script: &str) -> Result<u64> {
    let answer = browser
        .script(&format!("return {script}"), Vec::new())
        .await?;
    answer
        .as_u64()
        .with_context(|| format!("{script} is {answer}"))
}

async fn counted(browser: &Browser, what: &str) -> Result<u64> {
    number(browser, &format!("counted.{what}")).await
}

/// Waits until nothing has been asked for during a fifth of a second.
async fn rests(browser: &Browser) -> Result<()> {
    eventually("the page to come to rest", async || {
        let before = browser.script("return counted", Vec::new()).await?;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let now = browser.script("return counted", Vec::new()).await?;
        Ok((before == now).then_some(()))
    })
    .await
}

async fn few_elements(browser: &Browser) -> Result<()> {
    let cards = browser.count(&Locator::css("[data-node-id]")).await? as u64;
    let elements = number(browser, "document.getElementsByTagName('*').length").await?;
    ensure!(cards <= MOST_CARDS, "{cards} cards");
    ensure!(elements <= MOST_ELEMENTS, "{elements} elements");
    Ok(())
}

#[tokio::test]
async fn ten_thousand_nodes_cost_nothing_at_rest_and_one_picture_a_frame() -> Result<()> {
    let browser = opened(NODES).await?;
    site::watched(&browser, "large-flow", walk(&browser)).await?;
    browser.close().await
}

#[tokio::test]
async fn cards_too_small_to_read_are_drawn_with_all_that_they_say() -> Result<()> {
    let browser = opened(144).await?;
    site::watched(&browser, "small-cards", come_closer(&browser)).await?;
    browser.close().await
}

/// A browser at a flow of so many nodes, seen as a whole.
async fn opened(nodes: usize) -> Result<Browser> {
    let browser = Browser::open().await?;
    let counter = json!({ "source": COUNTER });
    let session = browser.session()?.cdp();
    session
        .send_raw("Page.addScriptToEvaluateOnNewDocument", counter)
        .await?;
    browser.goto(&page(nodes).await?).await?;
    eventually("the whole graph", async || {
        let shown = number(&browser, "window.__bench ? __bench.stats().nodes : 0").await?;
        Ok((shown == nodes as u64).then_some(()))
    })
    .await?;
    rests(&browser).await?;
    Ok(browser)
}

async fn come_closer(browser: &Browser) -> Result<()> {
    let card = Locator::css("[data-node-id]");
    ensure!(browser.count(&card).await? <= 1, "cards as small as these");
    for text in ["step 42", "step 99", "true", "false"] {
        let drawn = format!("drawn.has('{text}') ? 1 : 0");
        assert_eq!(number(browser, &drawn).await?, 1, "{text} is not drawn");
    }
    browser
        .script("__bench.zoomTo100(5 * 260, 5 * 130)", Vec::new())
        .await?;
    rests(browser).await?;
    let near = browser.count(&card).await?;
    ensure!(near > 10, "{near} cards where they can be read");
    browser.script("__bench.fitView()", Vec::new()).await?;
    rests(browser).await?;
    let far = browser.count(&card).await?;
    ensure!(far <= 1, "{far} cards are left when they are small again");
    Ok(())
}

async fn walk(browser: &Browser) -> Result<()> {
    assert_eq!(
        number(browser, "__bench.stats().edges").await?,
        EDGES as u64
    );
    few_elements(browser).await?;
    an_idle_page_asks_for_nothing(browser).await?;
    moving_the_view_paints_at_most_once_a_frame(browser).await?;

    let middle = "__bench.zoomTo100(45 * 260, 55 * 130)";
    browser.script(middle, Vec::new()).await?;
    rests(browser).await?;
    few_elements(browser).await?;
    let cards = browser.count(&Locator::css("[data-node-id]")).await?;
    ensure!(cards > 10, "{cards} cards where the view is full of them");
    an_idle_page_asks_for_nothing(browser).await?;
    moving_the_view_paints_at_most_once_a_frame(browser).await?;
    few_elements(browser).await
}

async fn an_idle_page_asks_for_nothing(browser: &Browser) -> Result<()> {
    let before = browser.script("return counted", Vec::new()).await?;
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    let now = browser.script("return counted", Vec::new()).await?;
    assert_eq!(now, before, "an idle page is at work");
    Ok(())
}

/// Drags the view over more than a pane, so that parts come into view.
async fn moving_the_view_paints_at_most_once_a_frame(browser: &Browser) -> Result<()> {
    let paints = counted(browser, "paints").await?;
    let frames = counted(browser, "frames").await?;
    let from = Point::new(200.0, 200.0);
    let before = browser
        .script("return __bench.nodeScreenRect(0).x", Vec::new())
        .await?;
    browser
        .drag_with_middle_button(from, from.offset(1000.0, 500.0), 40)
        .await?;
    rests(browser).await?;
    let after = browser
        .script("return __bench.nodeScreenRect(0).x", Vec::new())
        .await?;
    assert_eq!(after.as_f64(), before.as_f64().map(|x| x + 1000.0));
    let paints = counted(browser, "paints").await? - paints;
    let frames = counted(browser, "frames").await? - frames;
    ensure!(frames > 0, "the view moved without a frame");
    // The canvas asks for each of its frames.
    ensure!(paints <= frames, "{paints} pictures in {frames} frames");
    Ok(())
}
