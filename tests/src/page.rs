//! Finding elements of the page and reading them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By as WebDriverBy, WebElement};

use crate::browser::Browser;
use crate::gesture::Point;
use crate::locator::{By, Locator};
use crate::wait::eventually;

impl Browser {
    /// The elements that are there now, in document order. Elements located by
    /// role leave out what assistive technology does not see.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn all(&self, locator: &Locator) -> Result<Vec<WebElement>> {
        let root = match &locator.within {
            Some(outer) => match Box::pin(self.all(outer)).await?.into_iter().next() {
                Some(element) => Some(element),
                None => return Ok(Vec::new()),
            },
            None => None,
        };
        match (&locator.by, root) {
            (By::Css(selector), Some(root)) => {
                Ok(root.find_all(WebDriverBy::Css(selector.as_str())).await?)
            }
            (By::Css(selector), None) => Ok(self
                .session()?
                .find_all(WebDriverBy::Css(selector.as_str()))
                .await?),
            (By::Role { role, name }, root) => {
                self.accessible(root.as_ref(), role, name.as_deref()).await
            }
        }
    }

    /// Waits for the first such element.
    ///
    /// # Errors
    /// When none comes.
    pub async fn find(&self, locator: &Locator) -> Result<WebElement> {
        eventually(&format!("{locator}"), async || {
            Ok(self.all(locator).await?.into_iter().next())
        })
        .await
    }

    /// Waits until there is no such element.
    ///
    /// # Errors
    /// When it stays.
    pub async fn gone(&self, locator: &Locator) -> Result<()> {
        eventually(&format!("{locator} to go away"), async || {
            Ok(self.all(locator).await?.is_empty().then_some(()))
        })
        .await
    }

    /// How many such elements there are now.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn count(&self, locator: &Locator) -> Result<usize> {
        Ok(self.all(locator).await?.len())
    }

    /// The visible text of the first such element.
    ///
    /// # Errors
    /// When none comes.
    pub async fn text(&self, locator: &Locator) -> Result<String> {
        self.read(locator, "text", async |element| Ok(element.text().await?))
            .await
    }

    /// What a field holds.
    ///
    /// # Errors
    /// When there is no such element, or it has no value.
    pub async fn value(&self, locator: &Locator) -> Result<String> {
        let value = async |element: &WebElement| Ok(element.value().await?);
        self.read(locator, "value", value)
            .await?
            .with_context(|| format!("{locator} holds no value"))
    }

    /// What an attribute of the first such element says.
    ///
    /// # Errors
    /// When none comes.
    pub async fn attribute(&self, locator: &Locator, name: &str) -> Result<Option<String>> {
        self.read(locator, name, async |element| {
            Ok(element.attr(name).await?)
        })
        .await
    }

    /// Brings the first such element into view.
    ///
    /// # Errors
    /// When none comes.
    pub async fn bring_into_view(&self, locator: &Locator) -> Result<()> {
        let scroll = async |element: &WebElement| Ok(element.scroll_into_view().await?);
        self.read(locator, "place", scroll).await
    }

    /// Asks the first such element, and asks again when the page has put
    /// another in its place meanwhile.
    async fn read<T>(
        &self,
        locator: &Locator,
        what: &str,
        mut ask: impl AsyncFnMut(&WebElement) -> Result<T>,
    ) -> Result<T> {
        eventually(&format!("the {what} of {locator}"), async || {
            match self.all(locator).await?.first() {
                Some(element) => Ok(Some(ask(element).await?)),
                None => Ok(None),
            }
        })
        .await
    }

    /// Waits until the first such element's text holds `part`.
    ///
    /// # Errors
    /// When it does not come to; the error tells the text instead.
    pub async fn shows(&self, locator: &Locator, part: &str) -> Result<()> {
        eventually(&format!("{locator} to show “{part}”"), async || {
            let text = match self.all(locator).await?.first() {
                Some(element) => element.text().await?,
                None => return Ok(None),
            };
            ensure!(text.contains(part), "it shows “{text}”");
            Ok(Some(()))
        })
        .await
    }

    /// The middle of the first such element, once it stands still.
    ///
    /// # Errors
    /// When none comes, or it keeps moving.
    pub async fn centre(&self, locator: &Locator) -> Result<Point> {
        let mut before = None;
        eventually(&format!("{locator} to stand still"), async || {
            let now = match self.all(locator).await?.first() {
                Some(element) => Some(middle(element).await?),
                None => None,
            };
            let still = now.is_some() && now == before;
            before = now;
            Ok(now.filter(|_| still))
        })
        .await
    }

    /// Runs JavaScript in the page; `return` answers.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.session()?.execute(script, arguments).await?;
        Ok(answer.json().clone())
    }

    /// Elements by what the browser's accessibility tree says of them.
    async fn accessible(
        &self,
        root: Option<&WebElement>,
        role: &str,
        name: Option<&str>,
    ) -> Result<Vec<WebElement>> {
        let cdp = self.session()?.cdp();
        let root = match root {
            Some(element) => json!(element.cdp_remote_object_id().await?),
            None => {
                let document = cdp
                    .send_raw("Runtime.evaluate", json!({ "expression": "document" }))
                    .await?;
                document
                    .pointer("/result/objectId")
                    .cloned()
                    .context("the page has no document")?
            }
        };
        let mut query = json!({ "objectId": root, "role": role });
        if let Some(name) = name {
            query["accessibleName"] = json!(name);
        }
        let answer = cdp.send_raw("Accessibility.queryAXTree", query).await?;
        let seen = answer
            .get("nodes")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|node| node.get("ignored") != Some(&Value::Bool(true)))
            .filter_map(|node| node.get("backendDOMNodeId"));

        // WebDriver and the DevTools protocol name elements differently; a
        // variable of the page's hands them over.
        let mut found = 0;
        for backend_node in seen {
            let object = cdp
                .send_raw("DOM.resolveNode", json!({ "backendNodeId": backend_node }))
                .await?;
            let id = object
                .pointer("/object/objectId")
                .context("the element went away")?;
            let keep = "function () { (window.__located ??= []).push(this) }";
            cdp.send_raw(
                "Runtime.callFunctionOn",
                json!({ "objectId": id, "functionDeclaration": keep }),
            )
            .await?;
            found += 1;
        }
        if found == 0 {
            return Ok(Vec::new());
        }
        let take = "const found = window.__located ?? []; delete window.__located; return found;";
        Ok(self
            .session()?
            .execute(take, Vec::new())
            .await?
            .elements()?)
    }
}

async fn middle(element: &WebElement) -> Result<Point> {
    // WebDriver's own rectangle is relative to the document, pointers to the
    // window.
    let answer = element
        .handle()
        .execute(
            "const box = arguments[0].getBoundingClientRect();
             return [box.x + box.width / 2, box.y + box.height / 2];",
            vec![element.to_json()?],
        )
        .await?;
    let [x, y]: [f64; 2] = answer.convert()?;
    Ok(Point { x, y })
}
