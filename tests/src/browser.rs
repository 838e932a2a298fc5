//! Chromium without a window, driven through ChromeDriver.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};
use tokio::process::{Child, Command};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::output::Output;
use crate::person::Person;
use crate::server::TAKEN;
use crate::wait::eventually;

/// The window's inner size in CSS pixels.
const WINDOW: (u32, u32) = (1440, 900);

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
];

/// A browser keeps a core busy, so no more than two run at once.
static SEATS: Semaphore = Semaphore::const_new(2);

/// A browser with a profile of its own, on an empty page.
///
/// Close it at the end of a test; one that is dropped, as in a test that
/// fails, is killed.
#[derive(Debug)]
pub struct Browser {
    session: Option<WebDriver>,
    // Ends the browser too: Chromium dies with the driver that started it.
    driver: Child,
    _seat: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a browser.
    ///
    /// # Errors
    /// When Chromium or ChromeDriver is missing or does not start.
    pub async fn open() -> Result<Self> {
        let seat = SEATS.acquire().await?;
        Self::on(seat).await
    }

    /// Opens two browsers, for tests of people working together. A test that
    /// opened them one by one could wait for ever for another such test.
    ///
    /// # Errors
    /// As [`Browser::open`].
    pub async fn pair() -> Result<(Self, Self)> {
        let mut both = SEATS.acquire_many(2).await?;
        let second = both.split(1).context("two seats were taken")?;
        Ok((Self::on(both).await?, Self::on(second).await?))
    }

    async fn on(seat: SemaphorePermit<'static>) -> Result<Self> {
        let chromium = program("CHROMIUM", &["chromium", "chromium-browser"])?;
        let chromedriver = program("CHROMEDRIVER", &["chromedriver"])?;
        let (driver, port) = eventually("a port for ChromeDriver", async || {
            start_driver(&chromedriver).await
        })
        .await?;
        let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));

        // A proxy set for the shell must not stand between us and loopback.
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_mins(2))
            .build()?;
        let session = WebDriver::builder(address, capabilities(&chromium)?)
            .client(client)
            .await
            .context("Chromium does not start")?;
        let browser = Self {
            session: Some(session),
            driver,
            _seat: seat,
        };
        browser.size_window().await?;
        Ok(browser)
    }

    /// The WebDriver session, for what the harness has no word for.
    ///
    /// # Errors
    /// Never while the browser is open.
    pub fn session(&self) -> Result<&WebDriver> {
        self.session.as_ref().context("the browser is closed")
    }

    /// Opens a page and waits until it has loaded.
    ///
    /// # Errors
    /// When there is none.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.session()?
            .goto(url)
            .await
            .with_context(|| format!("no page at {url}"))
    }

    /// Gives the browser the session of a person, as if they had signed in here.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn sign_in_as(&self, person: &Person) -> Result<()> {
        let (name, value) = person
            .cookie()
            .split_once('=')
            .context("the session has no name")?;
        let cookie = serde_json::json!({
            "url": person.address(), "name": name, "value": value,
            "httpOnly": true, "sameSite": "Strict",
        });
        let cdp = self.session()?.cdp();
        cdp.send_raw("Network.setCookie", cookie).await?;
        Ok(())
    }

    /// The errors that the page, its scripts and its requests put on the
    /// console since this was last asked.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let entries = self.session()?.browser_log().await?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect())
    }

    /// Writes what the window shows to `tests/artifacts/NAME.png`.
    ///
    /// # Errors
    /// When the browser is gone or the file cannot be written.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("artifacts");
        tokio::fs::create_dir_all(&folder).await?;
        let path = folder.join(format!("{name}.png"));
        self.session()?.screenshot(&path).await?;
        Ok(path)
    }

    /// Closes the browser and its driver.
    ///
    /// # Errors
    /// When it was gone already.
    pub async fn close(mut self) -> Result<()> {
        if let Some(session) = self.session.take() {
            session.quit().await?;
        }
        self.driver.kill().await?;
        Ok(())
    }

    /// The window's outer size includes a frame even without a window, so the
    /// page's own is set.
    async fn size_window(&self) -> Result<()> {
        let (width, height) = WINDOW;
        self.session()?
            .cdp()
            .send_raw(
                "Emulation.setDeviceMetricsOverride",
                serde_json::json!({
                    "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
                }),
            )
            .await?;
        Ok(())
    }
}

/// Starts ChromeDriver and waits for its port; none when the port was taken. It
/// lets the system choose one for IPv6 and wants the same for IPv4, which a
/// connection of another test may have by then.
async fn start_driver(program: &Path) -> Result<Option<(Child, String)>> {
    let mut driver = Command::new(program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} did not start", program.display()))?;
    let said = Output::default();
    let heard = [
        driver.stdout.take().map(|stream| said.collect(stream)),
        driver.stderr.take().map(|stream| said.collect(stream)),
    ];
    tokio::select! {
        port = said.wait_for("started successfully on port ", 0) => {
            let port = port.context("ChromeDriver does not come up")?;
            Ok(Some((driver, port)))
        }
        status = driver.wait() => {
            // Its last words tell why.
            for stream in heard.into_iter().flatten() {
                stream.await?;
            }
            let is_taken = said.find(TAKEN, 0).is_some();
            ensure!(is_taken, "ChromeDriver ended ({}):\n{}", status?, said.tail());
            Ok(None)
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session's own drop would block to say goodbye; killing the
        // driver, which happens when its handle is dropped, is enough.
        if let Some(session) = self.session.take() {
            let _ = session.leak();
        }
    }
}

fn capabilities(chromium: &std::path::Path) -> Result<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&chromium.to_string_lossy())?;
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    let (width, height) = WINDOW;
    capabilities.add_arg(&format!("--window-size={width},{height}"))?;
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities.into())
}

/// A program that `variable` names, or the first of `names` on PATH.
fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(named) = env::var_os(variable).filter(|named| !named.is_empty()) {
        return Ok(PathBuf::from(named));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .with_context(|| {
            format!(
                "{} is not on PATH: install it with `apt-get install chromium chromium-driver` \
                 (`make test` does), or name it in {variable}",
                names.join(" or ")
            )
        })
}
