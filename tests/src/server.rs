//! The real `patchbay` binary as a process of its own, on a data directory of
//! its own.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::output::Output;
use crate::wait::{PATIENCE, eventually};

const LISTENING: &str = "Patchbay is listening on ";
const SANDBOX_LISTENING: &str = "Sandbox is listening on ";
const SIGN_IN: &str = "Demonstration sign-in: ";
/// What a program says whose port is taken.
pub(crate) const TAKEN: &str = "Address already in use";

/// Settings that a server takes from its environment, and that must not leak
/// in from the shell of whoever runs the tests.
const FOREIGN_SETTINGS: [&str; 15] = [
    "GENESYS_CLIENT_ID",
    "GENESYS_CLIENT_SECRET",
    "GENESYS_ENVIRONMENT",
    "GENESYS_ENV_URL",
    "GENESYS_ORG_ID",
    "PATCHBAY_ANSWER_MILLIS",
    "PATCHBAY_CALLS_PER_MINUTE",
    "PATCHBAY_CLOCK_FACTOR",
    "PATCHBAY_KEY",
    "PATCHBAY_LOG",
    "PATCHBAY_LOG_FORMAT",
    "PATCHBAY_ORIGIN",
    "PATCHBAY_SANDBOX",
    "PATCHBAY_SANDBOX_HOOKS",
    "PATCHBAY_SITE",
];

/// The demonstration account that the server printed.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Its e-mail address.
    pub email: String,
    /// Its password, random for each data directory.
    pub password: String,
}

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Setup {
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Default for Setup {
    /// With a sandbox, and nothing in the environment.
    fn default() -> Self {
        Self::without_sandbox().argument("--sandbox")
    }
}

impl Setup {
    /// As an installation is started: without a sandbox, and so without the
    /// demonstration sign-in.
    #[must_use]
    pub fn without_sandbox() -> Self {
        Self {
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// Adds an argument after `serve --addr … --data …`.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets an environment variable of the server's; a later value counts.
    #[must_use]
    pub fn environment(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Starts a server so set up on an empty data directory.
    ///
    /// # Errors
    /// When the binary is missing or does not say that it listens.
    pub async fn start(self) -> Result<Server> {
        let data = tempfile::tempdir().context("no temporary directory for the server's data")?;
        let output = Output::default();
        let (child, address) = self.spawn(data.path(), "127.0.0.1:0", &output).await?;
        Ok(Server {
            setup: self,
            data,
            output,
            address,
            child: Some(child),
        })
    }

    async fn spawn(&self, data: &Path, addr: &str, output: &Output) -> Result<(Child, String)> {
        let binary = binary()?;
        let said_before = output.len();
        let mut command = Command::new(&binary);
        for name in FOREIGN_SETTINGS {
            command.env_remove(name);
        }
        let mut child = command
            .args(["serve", "--addr", addr, "--data"])
            .arg(data)
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} did not start", binary.display()))?;
        let heard = [
            child.stdout.take().map(|stream| output.collect(stream)),
            child.stderr.take().map(|stream| output.collect(stream)),
        ];
        let address = tokio::select! {
            line = output.wait_for(LISTENING, said_before) => first_word(&line?),
            status = child.wait() => {
                // Its last words tell why.
                for stream in heard.into_iter().flatten() {
                    stream.await?;
                }
                bail!("the server ended at start ({}):\n{}", status?, output.tail())
            }
        };
        Ok((child, address))
    }
}

/// A running server. Killed when dropped.
#[derive(Debug)]
pub struct Server {
    setup: Setup,
    data: TempDir,
    output: Output,
    address: String,
    child: Option<Child>,
}

impl Server {
    /// Starts a server with its sandbox on an empty data directory.
    ///
    /// # Errors
    /// When the binary is missing or does not say that it listens.
    pub async fn start() -> Result<Self> {
        Setup::default().start().await
    }

    /// Where it listens, as `http://127.0.0.1:PORT`. A restart keeps it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The URL of a path that starts with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Where its sandbox listens now, as `http://127.0.0.1:PORT`.
    ///
    /// # Errors
    /// When the server does not print it.
    pub async fn sandbox_address(&self) -> Result<String> {
        let line = self.output.wait_for(SANDBOX_LISTENING, 0).await?;
        Ok(first_word(&line))
    }

    /// The demonstration account.
    ///
    /// # Errors
    /// When the server does not print one.
    pub async fn sign_in(&self) -> Result<SignIn> {
        let line = self.output.wait_for(SIGN_IN, 0).await?;
        let (email, password) = line
            .split_once(" / ")
            .with_context(|| format!("not “EMAIL / PASSWORD”: {line}"))?;
        Ok(SignIn {
            email: email.trim().to_owned(),
            password: password.trim().to_owned(),
        })
    }

    /// Its data directory.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Everything it has said since its first start.
    #[must_use]
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// Its process id while it runs.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// Ends it as a crash would: SIGKILL, no goodbye.
    ///
    /// # Errors
    /// When it was not running.
    pub async fn kill_nine(&mut self) -> Result<()> {
        let mut child = self.child.take().context("the server is not running")?;
        child.kill().await.context("the server could not be killed")
    }

    /// Asks it to end (SIGTERM) and waits until it has.
    ///
    /// # Errors
    /// When it was not running, or does not end within the harness's patience.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        let mut child = self.child.take().context("the server is not running")?;
        let pid = child
            .id()
            .and_then(|id| Pid::from_raw(id.cast_signed()))
            .context("the server has ended already")?;
        kill_process(pid, Signal::TERM).context("the server could not be asked to stop")?;
        let status = timeout(PATIENCE, child.wait())
            .await
            .with_context(|| format!("the server does not stop:\n{}", self.output.tail()))?;
        Ok(status?)
    }

    /// What it is set up with from the next start on.
    pub fn set_up(&mut self, setup: Setup) {
        self.setup = setup;
    }

    /// Starts it again on the same data directory and the same address, after
    /// [`Server::kill_nine`] or [`Server::stop`].
    ///
    /// # Errors
    /// When it still runs or does not come up.
    pub async fn restart(&mut self) -> Result<()> {
        ensure!(self.child.is_none(), "the server is still running");
        let addr = self.address.trim_start_matches("http://");
        // Meanwhile the system may have lent the port to a connection.
        let started = eventually("its port to be free again", async || {
            let said_before = self.output.len();
            let spawned = self.setup.spawn(self.data.path(), addr, &self.output).await;
            let is_taken = spawned.is_err() && self.output.find(TAKEN, said_before).is_some();
            Ok((!is_taken).then_some(spawned))
        });
        let (child, address) = started.await??;
        ensure!(
            address == self.address,
            "the server moved from {} to {address}",
            self.address
        );
        self.child = Some(child);
        Ok(())
    }
}

fn first_word(line: &str) -> String {
    line.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The server's binary: what PATCHBAY names, else the one that was built
/// beside this test, in the same profile.
fn binary() -> Result<PathBuf> {
    if let Some(named) = env::var_os("PATCHBAY") {
        return Ok(PathBuf::from(named));
    }
    let running = env::current_exe().context("where this test lies is unknown")?;
    // Tests lie in `target/PROFILE/deps`, binaries in `target/PROFILE`.
    running
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("patchbay"))
        .find(|path| path.is_file())
        .with_context(|| {
            format!(
                "the server is not built beside {}: run `cargo build --bin patchbay` first \
                 (`make test` does), or name a binary in PATCHBAY",
                running.display()
            )
        })
}
