//! The harness itself, against a page of its own.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use tests::{Browser, Locator, Point, Result, eventually};
use tokio::net::TcpListener;

const PAGE: &str = r#"<!doctype html>
<html lang="en"><title>Bench</title>
<style>
  body { margin: 0; }
  #box { position: absolute; left: 100px; top: 100px; width: 80px; height: 60px; }
</style>
<div id="box" data-node-id="n1" style="background: steelblue"><i data-port="out">·</i></div>
<form data-panel="properties" style="position: absolute; top: 400px">
  <label>Address <input name="address" value="old"></label>
  <button type="button">Save</button>
</form>
<button type="button" hidden>Hidden</button>
<output style="position: absolute; top: 500px"></output>
<script>
  const seen = { moves: 0, zoom: 0, scroll: 0, keys: [], saved: null, doubled: 0 };
  const box = document.getElementById("box");
  let grip = null;
  box.addEventListener("pointerdown", (e) => {
    grip = [e.clientX - box.offsetLeft, e.clientY - box.offsetTop];
    box.setPointerCapture(e.pointerId);
  });
  box.addEventListener("pointermove", (e) => {
    if (!grip) return;
    seen.moves += 1;
    box.style.left = e.clientX - grip[0] + "px";
    box.style.top = e.clientY - grip[1] + "px";
  });
  box.addEventListener("pointerup", () => (grip = null));
  addEventListener("dblclick", () => (seen.doubled += 1));
  addEventListener("wheel", (e) => {
    e.preventDefault();
    seen[e.ctrlKey ? "zoom" : "scroll"] += e.deltaY;
  }, { passive: false });
  addEventListener("keydown", (e) => seen.keys.push((e.ctrlKey ? "ctrl " : "") + e.key));
  document.querySelector("form button").addEventListener("click", () => {
    const address = document.querySelector("input").value;
    setTimeout(() => (document.querySelector("output").textContent = "Saved " + address), 200);
  });
</script></html>"#;

async fn on_the_page() -> Result<Browser> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let page = Router::new().route("/", get(|| async { Html(PAGE) }));
    tokio::spawn(async move { axum::serve(listener, page).await });
    let browser = Browser::open().await?;
    browser.goto(&format!("http://{address}/")).await?;
    Ok(browser)
}

#[tokio::test]
async fn a_drag_moves_the_pointer_in_steps_and_ends_where_it_was_told() -> Result<()> {
    let browser = on_the_page().await?;
    let from = browser.centre(&Locator::node("n1")).await?;
    assert_eq!(from, Point::new(140.0, 130.0));

    browser.drag(from, from.offset(250.0, 120.0), 10).await?;

    let to = browser.centre(&Locator::node("n1")).await?;
    assert_eq!(to, Point::new(390.0, 250.0));
    let moves = browser.script("return seen.moves", Vec::new()).await?;
    assert_eq!(moves, 10);
    browser.close().await
}

#[tokio::test]
async fn a_held_drag_can_be_looked_at_before_it_ends() -> Result<()> {
    let browser = on_the_page().await?;
    let from = browser.centre(&Locator::port("n1", "out")).await?;
    let grip = browser.centre(&Locator::node("n1")).await?;

    browser
        .press_and_move(grip, grip.offset(40.0, 0.0), 2)
        .await?;
    let held = browser.script("return grip !== null", Vec::new()).await?;
    browser.release().await?;
    let free = browser.script("return grip === null", Vec::new()).await?;

    assert_eq!((held, free), (true.into(), true.into()));
    let port = browser.centre(&Locator::port("n1", "out")).await?;
    assert_eq!(port, from.offset(40.0, 0.0));
    browser.close().await
}

#[tokio::test]
async fn the_wheel_scrolls_and_zooms_with_control() -> Result<()> {
    let browser = on_the_page().await?;
    let over = Point::new(300.0, 300.0);

    browser.wheel(over, 0, 120, false).await?;
    browser.wheel(over, 0, -50, true).await?;
    browser.double_click(over).await?;

    eventually("both turns and the double click", async || {
        let seen = "return [seen.scroll, seen.zoom, seen.doubled]";
        let seen = browser.script(seen, Vec::new()).await?;
        Ok((seen == serde_json::json!([120, -50, 1])).then_some(()))
    })
    .await?;
    browser.close().await
}

#[tokio::test]
async fn fields_and_buttons_are_found_by_role_and_name() -> Result<()> {
    let browser = on_the_page().await?;
    let form = Locator::panel("properties");
    let address = Locator::role("textbox", "Address").within(form.clone());
    assert_eq!(browser.value(&address).await?, "old");

    browser.type_into(&address, "https://example.com/ä").await?;
    browser.click(&Locator::role("button", "Save")).await?;

    let saved = "Saved https://example.com/ä";
    browser.shows(&Locator::any("status"), saved).await?;
    let hidden = Locator::role("button", "Hidden");
    assert_eq!(browser.count(&hidden).await?, 0);
    assert_eq!(
        browser.count(&Locator::any("button").within(form)).await?,
        1
    );
    browser.close().await
}

#[tokio::test]
async fn chords_press_their_keys_together() -> Result<()> {
    let browser = on_the_page().await?;

    browser.keys("Control+z").await?;
    browser.keys("Delete").await?;
    browser.keys("Control++").await?;

    let keys = browser.script("return seen.keys", Vec::new()).await?;
    let expected = ["ctrl Control", "ctrl z", "Delete", "ctrl Control", "ctrl +"];
    assert_eq!(keys, serde_json::json!(expected));
    browser.close().await
}

#[tokio::test]
async fn two_browsers_share_no_cookies_and_errors_are_collected() -> Result<()> {
    let first = on_the_page().await?;
    let address = first.session()?.current_url().await?;
    first
        .script("document.cookie = 'who=first'", Vec::new())
        .await?;
    first
        .script("setTimeout(() => { throw new Error('heard') })", Vec::new())
        .await?;
    let mut heard = Vec::new();
    eventually("the error on the console", async || {
        heard.extend(first.console_errors().await?);
        Ok(heard
            .iter()
            .any(|error| error.contains("heard"))
            .then_some(()))
    })
    .await?;
    first.screenshot("harness").await?;
    first.close().await?;

    let (second, third) = Browser::pair().await?;
    second.goto(address.as_str()).await?;
    third.goto("about:blank").await?;
    let cookies = second.script("return document.cookie", Vec::new()).await?;
    assert_eq!(cookies, "");
    second.close().await?;
    third.close().await
}
