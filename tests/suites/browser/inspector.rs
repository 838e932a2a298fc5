//! The properties of what is selected, filled by typing.

use tests::{Browser, Locator, Result, ensure, eventually};

/// The panel of properties.
#[derive(Clone, Copy)]
pub(crate) struct Inspector<'a> {
    pub(crate) browser: &'a Browser,
}

impl<'a> Inspector<'a> {
    pub(crate) fn of(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// A text field, by what a screen reader calls it.
    pub(crate) fn field(name: &str) -> Locator {
        Locator::role("textbox", name).within(Locator::panel("inspector"))
    }

    /// Types over what a field holds, and leaves it.
    pub(crate) async fn fill(self, name: &str, text: &str) -> Result<()> {
        self.browser.type_into(&Self::field(name), text).await?;
        self.browser.keys("Tab").await?;
        self.holds(name, text).await
    }

    /// Adds a row to a field of rows and fills it: the focus goes to it.
    pub(crate) async fn add_row(self, add: &str, name: &str, value: &str) -> Result<()> {
        let rows = Locator::css(".pairs__row").within(Locator::panel("inspector"));
        let before = self.browser.count(&rows).await?;
        let add = Locator::role("button", add).within(Locator::panel("inspector"));
        self.browser.click(&add).await?;
        eventually("the new row to have the focus", async || {
            let row = "return document.activeElement?.closest('[data-row]')?.dataset.row";
            let row = self.browser.script(row, Vec::new()).await?;
            let count = self.browser.count(&rows).await?;
            Ok((count == before + 1 && row.is_string()).then_some(()))
        })
        .await?;
        self.browser.type_text(name).await?;
        self.browser.keys("Tab").await?;
        self.browser.type_text(value).await?;
        self.browser.keys("Tab").await
    }

    /// Waits until a field holds a text.
    pub(crate) async fn holds(self, name: &str, text: &str) -> Result<()> {
        let field = Self::field(name);
        eventually(&format!("{name} to hold {text}"), async || {
            let now = self.browser.value(&field).await?;
            ensure!(now == text, "it holds {now}");
            Ok(Some(()))
        })
        .await
    }
}
