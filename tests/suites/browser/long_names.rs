//! Names that no layout was drawn for: they stay inside what they name, and
//! push nothing else out of the window.

use serde::Deserialize;
use tests::{Browser, Locator, Result, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

/// As long as a name comes.
const LETTERS: usize = 200;

/// What reaches beyond the box that shows the name, names that do not begin
/// where they can be read, and what can be scrolled sideways.
const OUTSIDE: &str = "
    const [shows] = arguments;
    const isThere = (element) => element.getClientRects().length > 0;
    const boxes = [...document.querySelectorAll(shows)].filter(isThere);
    const outside = boxes.length > 0 ? [] : [`${shows} is not shown`];
    for (const box of boxes) {
        const { left, right } = box.getBoundingClientRect();
        for (const part of [...box.querySelectorAll('*')].filter(isThere)) {
            const place = part.getBoundingClientRect();
            if (place.left < left - 1 || place.right > right + 1) {
                outside.push(`${part.tagName} ${part.getAttribute('class')} of ${shows}`);
            }
        }
        for (const part of box.querySelectorAll('.truncate, .node__title')) {
            const text = part.firstChild;
            if (text?.nodeType !== Node.TEXT_NODE || text.length === 0) continue;
            const first = document.createRange();
            first.setStart(text, 0);
            first.setEnd(text, 1);
            const [frame, letter] = [part, first].map((of) => of.getBoundingClientRect());
            if (letter.left < frame.left - 1 || letter.right > frame.right + 1) {
                outside.push(`the first letter of ${part.getAttribute('class')}`);
            }
        }
        for (const part of [box, ...box.querySelectorAll('*')]) {
            const scrolls = ['auto', 'scroll'].includes(getComputedStyle(part).overflowX);
            if (scrolls && part.scrollWidth > part.clientWidth + 1) {
                outside.push(`${part.getAttribute('class')} scrolls sideways`);
            }
        }
    }
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) outside.push('the page scrolls sideways');
    return outside;";

/// What shows a step's name.
const SHOW_IT: [&str; 4] = [
    "[data-node-id='lookup']",
    "[data-outline-node='lookup']",
    "[data-panel='inspector'] .inspector__head",
    "[data-panel='left']",
];

fn names() -> [(&'static str, String); 5] {
    let of = |pattern: &str| pattern.chars().cycle().take(LETTERS).collect();
    [
        ("words", of("Look up who calls and why ")),
        ("without a space", of("Donaudampfschifffahrtsgesellschaft")),
        ("from right to left", of("חיפוש המתקשר לפי מספר הטלפון ")),
        ("wide signs", of("電話番号で発信者を検索する")),
        ("emoji", of("📞🔍🧾")),
    ]
}

async fn stays_inside(browser: &Browser, what: &str, shows: &str) -> Result<()> {
    eventually(&format!("a name of {what} to fit {shows}"), async || {
        let outside = browser.script(OUTSIDE, vec![shows.into()]).await?;
        let outside = Vec::<String>::deserialize(outside)?;
        ensure!(outside.is_empty(), "{outside:?}");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn a_long_name_stays_inside_whatever_shows_it() -> Result<()> {
    site::journey("long-names", async |browser, _| {
        let drawing = Drawing::of(browser);
        site::new_flow(browser, "Phone lookup").await?;
        drawing.has_nodes(3).await?;
        browser.click(&Locator::role("tab", "Outline")).await?;
        let field = Locator::role("textbox", "Name of the node");
        for (what, name) in names() {
            drawing.select("lookup").await?;
            browser.keys("F2").await?;
            browser.find(&field).await?;
            browser.type_text(&name).await?;
            stays_inside(browser, what, "[data-node-id='lookup']").await?;
            browser.keys("Enter").await?;
            browser.gone(&field).await?;
            let label = Locator::css("[data-panel='inspector'] [data-field='label'] input");
            eventually("the name to be kept", async || {
                let kept = browser.value(&label).await?;
                ensure!(kept == name.trim(), "it is “{kept}”");
                Ok(Some(()))
            })
            .await?;
            for shows in SHOW_IT {
                stays_inside(browser, what, shows).await?;
            }
            browser
                .screenshot(&format!("long-name-{}", what.replace(' ', "-")))
                .await?;
        }
        Ok(())
    })
    .await
}
