//! Starting the server, and stopping it without losing anything.

mod connections;
mod exclusive;
mod sandbox;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use exclusive::Exclusive;
use genesys::{Clock, ScaledClock, SystemClock};
use sandbox::RunningSandbox;
use store::{SqliteStore, Store};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    accounts::{self, Passwords, demonstration},
    app::{App, Life, Parts},
    assets::Site,
    audit::Verifying,
    batches,
    config::{CONNECTIONS, ConfigError, ServeArgs},
    connections::{Connections, Preset},
    contacts::{self, Importer, Turns, Validator},
    data_actions,
    flows::{Searches, Workspaces},
    http::{Addresses, Origins, Problem},
    keys::{KeyError, KeyRing},
    operations,
    publish::{self, Publisher},
    rooms::{Rooms, SOCKETS_PER_ACCOUNT},
    webhooks::{self, Webhooks},
};

/// How long a stop waits for what is under way.
const DRAIN: Duration = Duration::from_secs(10);

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The options do not fit together.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no usable key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The data directory cannot be used.
    #[error("the data directory {} cannot be used: {}", .0.display(), .1)]
    Directory(PathBuf, #[source] std::io::Error),
    /// Another server runs on the data directory.
    #[error(
        "another Patchbay uses the data directory {}. Stop it first, or choose another directory with --data", .0.display()
    )]
    InUse(PathBuf),
    /// The address is taken or not ours.
    #[error("cannot listen on {0}: {1}. Stop what uses it, or choose another address with --addr")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The environment's connection is not usable.
    #[error("{0}")]
    Connection(String),
    /// The sandbox does not open.
    #[error("the sandbox does not open: {0}")]
    Sandbox(#[from] ::sandbox::OpenError),
    /// There is no HTTP client for webhooks.
    #[error(transparent)]
    Webhooks(#[from] ::webhooks::Unusable),
    /// There is no randomness.
    #[error(transparent)]
    Random(#[from] crate::random::NoRandomness),
    /// What an earlier version stored in the clear could not be sealed.
    #[error("what an earlier version stored of Genesys' words could not be sealed: {0}")]
    Sealing(String),
    /// The first accounts could not be prepared.
    #[error("the first sign-in could not be prepared: {0}")]
    FirstSignIn(String),
}

impl From<Problem> for StartError {
    fn from(problem: Problem) -> Self {
        Self::FirstSignIn(format!("{problem:?}"))
    }
}

/// Why the server ended.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    /// A write may not be on the disk.
    #[error(
        "the disk did not confirm a write. Nothing was acknowledged since; start again to go on from what is stored"
    )]
    Unsure,
    /// Serving failed.
    #[error("serving failed: {0}")]
    Serving(String),
}

/// A server that runs.
pub struct Running {
    address: SocketAddr,
    lines: Vec<String>,
    life: Life,
    store: Arc<SqliteStore>,
    serving: JoinHandle<()>,
    sandbox: Option<RunningSandbox>,
    /// Let go of last, once nothing is written any more.
    _exclusive: Exclusive,
}

/// Starts the server. It listens when this returns.
///
/// # Errors
/// Anything that keeps it from running as it should; in words for whoever
/// starts it.
pub async fn start(args: ServeArgs) -> Result<Running, StartError> {
    start_over(args, |store| store).await
}

/// Starts the server over what `over` makes of its store: tests put one in
/// between that fails.
///
/// # Errors
/// As [`start`].
pub async fn start_over(
    args: ServeArgs,
    over: impl FnOnce(Arc<SqliteStore>) -> Arc<dyn Store>,
) -> Result<Running, StartError> {
    let public_origin = args.public_origin()?;
    let exclusive = Exclusive::take(&args.data)?;
    let keys = match args.keys() {
        Some(text) => KeyRing::parse(text)?,
        None => KeyRing::of_directory(&args.data)?,
    };
    let store = Arc::new(SqliteStore::open(&args.data, keys.audit_key()?).await?);
    keys.check(&*store).await?;
    contacts::seal_clear_words(&*store, &keys)
        .await
        .map_err(|problem| StartError::Sealing(format!("{problem:?}")))?;

    let listener = listen(args.addr).await?;
    let address = listener
        .local_addr()
        .map_err(|error| StartError::Listen(args.addr, error))?;
    let origins = match &public_origin {
        Some(url) => Origins::public(url),
        None => Origins::loopback(address.port()),
    };
    let life = Life::default();
    let plain_http = args.plain_http();
    let mut presets: Vec<Preset> = args
        .environment()
        .preset(plain_http)
        .map_err(StartError::Connection)?
        .into_iter()
        .collect();
    let sandbox = if args.sandbox {
        let sandbox =
            RunningSandbox::start(address, &args.data, &keys, args.clock_factor()).await?;
        presets.push(sandbox.preset().map_err(StartError::Connection)?);
        Some(sandbox)
    } else {
        None
    };

    let passwords = Passwords::default();
    let mut lines = vec![format!("Patchbay is listening on http://{address}")];
    if let Some(sandbox) = &sandbox {
        lines.push(format!("Sandbox is listening on {}", sandbox.address()));
        let demonstration = demonstration::ensure(&*store, &keys, &passwords).await?;
        lines.push(format!(
            "Demonstration sign-in: {} / {}",
            demonstration.email, demonstration.password
        ));
    } else {
        demonstration::remove(&*store).await?;
    }
    if let Some(token) = accounts::new_token(&*store).await? {
        let base = public_origin.as_ref().map_or_else(
            || format!("http://{address}"),
            |url| url.origin().ascii_serialization(),
        );
        // Behind the hash, so that the token reaches no server's log.
        lines.push(format!(
            "Set up your own administrator within 30 minutes: {base}/set-up#{token}"
        ));
    }

    lines.push(format!(
        "Limits: {CONNECTIONS} connections, {} of one address, {SOCKETS_PER_ACCOUNT} editing sockets of one person, {} calls a minute to each Genesys Cloud",
        args.connections_per_address, args.calls_per_minute
    ));

    let clock: Arc<dyn Clock> = match args.clock_factor() {
        1 => Arc::new(SystemClock),
        factor => Arc::new(ScaledClock::new(factor)),
    };
    let answering = sandbox
        .as_ref()
        .map(|sandbox| sandbox.answering(args.sandbox_hooks()));
    let metrics = match args.metrics_addr {
        Some(wanted) => {
            let listener = listen(wanted).await?;
            let at = listener
                .local_addr()
                .map_err(|error| StartError::Listen(wanted, error))?;
            lines.push(format!("Metrics are at http://{at}/metrics"));
            Some(listener)
        }
        None => None,
    };

    let shared = over(store.clone());
    let app = App::new(Parts {
        rooms: Rooms::new(shared.clone(), life.clone()),
        store: shared,
        keys,
        origins,
        clients: args.clients(),
        addresses: Addresses::new(args.connections_per_address.into()),
        passwords,
        connections: Connections::new(presets, plain_http, args.limits(), args.clock_factor()),
        publisher: Publisher::default(),
        webhooks: Webhooks::new(clock, answering)?,
        importer: Importer::default(),
        validator: Validator::default(),
        turns: Turns::default(),
        workspaces: Workspaces::default(),
        searches: Searches::default(),
        verifying: Verifying::default(),
        site: Site::new(args.site_directory()),
        sandbox: sandbox.as_ref().map(RunningSandbox::page),
        life: life.clone(),
    });
    life.tasks.spawn(publish::reconcile_all(app.clone()));
    life.tasks.spawn(webhooks::send_all(app.clone()));
    if let Some(listener) = metrics {
        let registry = app.connections.watch.clone();
        let serving = operations::serve_metrics(listener, registry, life.stopping.clone());
        life.tasks.spawn(serving);
    }
    life.tasks
        .spawn(data_actions::reconcile_uploads(app.clone()));
    life.tasks.spawn(contacts::reconcile_contacts(app.clone()));
    life.tasks.spawn(contacts::resume_imports(app.clone()));
    life.tasks.spawn(contacts::resume_validation(app.clone()));
    life.tasks.spawn(batches::resume_all(app.clone()));
    let serving = tokio::spawn(connections::serve(listener, app));
    Ok(Running {
        address,
        lines,
        life,
        store,
        serving,
        sandbox,
        _exclusive: exclusive,
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| StartError::Listen(address, error))
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to tell whoever started it: addresses and first sign-ins.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The sandbox, where one runs: for tests that inject faults.
    pub fn sandbox(&self) -> Option<&::sandbox::Sandbox> {
        self.sandbox.as_ref().map(RunningSandbox::handle)
    }

    /// Runs until `stop` completes or the server cannot go on, and stops: no
    /// new connections, edits and publishes under way are finished, sockets
    /// are told to come back.
    ///
    /// # Errors
    /// When it did not end by itself.
    pub async fn until(mut self, stop: impl Future<Output = ()>) -> Result<(), StopError> {
        let ended = tokio::select! {
            () = stop => Ok(()),
            () = self.life.unsure.cancelled() => Err(StopError::Unsure),
            served = &mut self.serving => Err(StopError::Serving(format!("{served:?}"))),
        };
        tracing::info!("stopping");
        self.life.stopping.cancel();
        self.life.tasks.close();
        let drained = tokio::time::timeout(DRAIN, async {
            if !self.serving.is_finished()
                && let Err(error) = (&mut self.serving).await
            {
                tracing::error!(%error, "serving ended badly");
            }
            self.life.tasks.wait().await;
        });
        if drained.await.is_err() {
            tracing::warn!("some work was still under way when the server stopped");
        }
        // Not before: publishes under way still speak to it.
        if let Some(sandbox) = self.sandbox {
            sandbox.stop();
        }
        self.store.close().await;
        ended
    }
}
