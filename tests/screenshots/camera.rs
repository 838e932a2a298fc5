//! Pictures of the window, small enough to be kept.

use std::{path::PathBuf, time::Duration};

use data_encoding::BASE64;
use serde_json::json;
use tests::{Browser, Context, Result, eventually};

/// How much is kept of a picture, of 100: text stays sharp.
const QUALITY: u32 = 88;

/// Longer than anything waits that is done a moment later.
const SETTLING: Duration = Duration::from_millis(400);

/// Takes pictures of what a browser shows.
pub(crate) struct Camera<'a> {
    browser: &'a Browser,
    folder: PathBuf,
}

impl<'a> Camera<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Result<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/screenshots");
        std::fs::create_dir_all(&folder).context("no folder for the pictures")?;
        Ok(Self { browser, folder })
    }

    pub(crate) fn browser(&self) -> &'a Browser {
        self.browser
    }

    /// Makes the window so large.
    pub(crate) async fn size(&self, (width, height): (u32, u32)) -> Result<()> {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        let cdp = self.browser.session()?.cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size)
            .await?;
        Ok(())
    }

    /// Chooses a theme for the pages that are opened from now on.
    pub(crate) async fn theme(&self, theme: &str) -> Result<()> {
        let choose = format!("localStorage.setItem('patchbay.theme', '{theme}')");
        self.browser.script(&choose, Vec::new()).await?;
        Ok(())
    }

    /// Leaves the room to the drawing, in what is opened from now on.
    pub(crate) async fn hide_dock(&self) -> Result<()> {
        let hide = "localStorage.setItem('patchbay.editor.dock', 'false')";
        self.browser.script(hide, Vec::new()).await?;
        Ok(())
    }

    /// Takes a picture once everything stands still. Carets do not blink in it,
    /// so that a picture taken twice is the same.
    pub(crate) async fn take(&self, name: &str) -> Result<()> {
        eventually("movements to end", async || {
            let still = "return document.getAnimations().length === 0
                && !document.querySelector('.spinner, .skeleton')
                && document.fonts.status === 'loaded'";
            Ok((self.browser.script(still, Vec::new()).await? == true).then_some(()))
        })
        .await?;
        // What is scaled is drawn sharp again a moment after the last step.
        tokio::time::sleep(SETTLING).await;
        // Two frames, so that what was asked for is drawn.
        let frames = "return new Promise((drawn) => requestAnimationFrame(
            () => requestAnimationFrame(() => drawn(true))))";
        self.browser.script(frames, Vec::new()).await?;
        let hide =
            "document.activeElement && (document.activeElement.style.caretColor = 'transparent')";
        self.browser.script(hide, Vec::new()).await?;
        let cdp = self.browser.session()?.cdp();
        let form = json!({ "format": "webp", "quality": QUALITY });
        let taken = cdp.send_raw("Page.captureScreenshot", form).await?;
        let data = taken["data"]
            .as_str()
            .context("the browser takes no picture")?;
        let bytes = BASE64.decode(data.as_bytes())?;
        let path = self.folder.join(format!("{name}.webp"));
        tokio::fs::write(&path, bytes)
            .await
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}
