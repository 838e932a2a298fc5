//! What a browser transfers to show the first page, compressed as the server
//! sends it.

use tests::{Browser, Locator, Result, Server};

use crate::Figure;

/// Bytes of the bodies on the wire, in all and by kind of file.
const TRANSFERRED: &str = "
    const sizes = {};
    const entries = [
        ...performance.getEntriesByType('navigation'),
        ...performance.getEntriesByType('resource'),
    ];
    for (const entry of entries) {
        const kind = new URL(entry.name).pathname.match(/[.]([a-z0-9]+)$/)?.[1] ?? 'html';
        sizes[kind] = (sizes[kind] ?? 0) + entry.encodedBodySize;
    }
    return sizes;";

/// The sizes for the sign-in page, which loads the whole application.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let server = Server::start().await?;
    let browser = Browser::open().await?;
    browser.goto(&server.url("/")).await?;
    browser.find(&Locator::any("button")).await?;
    let sizes = browser.script(TRANSFERRED, Vec::new()).await?;
    browser.close().await?;

    let mut figures = Vec::new();
    let mut total = 0.0;
    for (kind, bytes) in sizes.as_object().into_iter().flatten() {
        let kilobytes = bytes.as_f64().unwrap_or_default() / 1000.0;
        total += kilobytes;
        figures.push(Figure::new(format!("page: {kind}"), kilobytes, "kB"));
    }
    figures.push(Figure::new("page: everything transferred", total, "kB"));
    Ok(figures)
}
