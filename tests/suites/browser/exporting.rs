//! The drawing as a picture, saved by the browser.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

/// Keeps what the page has the browser save, to look at.
const KEEP: &str = "window.saved = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.saved.push(blob); return make.call(URL, blob); };";

#[tokio::test]
async fn the_drawing_is_saved_as_an_svg_and_as_a_png() -> Result<()> {
    site::journey("exporting", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    browser.script(KEEP, Vec::new()).await?;
    let dialog = Locator::role("dialog", "Export the drawing");

    browser.click(&Locator::role("button", "More")).await?;
    let item = Locator::role("menuitem", "Export as a picture…");
    browser.click(&item).await?;
    browser.find(&dialog).await?;
    browser
        .click(&Locator::role("button", "Save the picture"))
        .await?;
    browser.gone(&dialog).await?;
    // Parsed as XML, and shown by the browser in the page's own face.
    // The page's policy would block the style of a document that it parses.
    let looked = "const svg = await window.saved[0].text();
        const unstyled = svg.replace(/<style>.*?<[/]style>/s, '');
        const page = new DOMParser().parseFromString(unstyled, 'image/svg+xml');
        const text = (name) => [...page.getElementsByTagName(name)].map((one) => one.textContent);
        const image = new Image();
        image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        await image.decode();
        return {
            type: window.saved[0].type,
            errors: page.getElementsByTagName('parsererror').length,
            title: text('title'), texts: text('text'),
            icons: page.getElementsByTagName('use').length,
            font: svg.includes('url(data:font/woff2;base64,'),
            wide: image.naturalWidth > 200,
        };";
    let looked = format!("return (async () => {{ {looked} }})()");
    let svg = browser.script(&looked, Vec::new()).await?;
    ensure!(
        svg["type"] == "image/svg+xml" && svg["errors"] == 0,
        "{svg}"
    );
    ensure!(svg["title"][0] == "Dev: Phone Lookup", "{svg}");
    let texts = svg["texts"].to_string();
    for text in [
        "Start",
        "Lookup Customer",
        "POST lookup.sandbox",
        "To Lookup",
    ] {
        ensure!(texts.contains(text), "{text} is missing in {texts}");
    }
    ensure!(
        svg["icons"] == 3 && svg["font"] == true && svg["wide"] == true,
        "{svg}"
    );

    // Two pixels for each of the drawing, of what is selected.
    drawing.select("lookup").await?;
    browser
        .script("window.saved.length = 0", Vec::new())
        .await?;
    browser.keys("Control+k").await?;
    browser.find(&Locator::role("combobox", "Command")).await?;
    browser.type_text("export").await?;
    browser.keys("Enter").await?;
    browser.find(&dialog).await?;
    browser
        .click(&Locator::role("radio", "The selection"))
        .await?;
    browser.click(&Locator::role("radio", "PNG")).await?;
    browser
        .click(&Locator::role("button", "Save the picture"))
        .await?;
    browser.gone(&dialog).await?;
    eventually("a picture of the selected card", async || {
        let measured = "return (async () => {
            const png = window.saved.find((blob) => blob.type === 'image/png');
            if (!png) return null;
            const image = await createImageBitmap(png);
            return [image.width, image.height];
        })()";
        let size = browser.script(measured, Vec::new()).await?;
        // A card of 200 × 64 with 40 around it.
        ensure!(size == serde_json::json!([560, 288]), "it is {size}");
        Ok(Some(()))
    })
    .await
}
