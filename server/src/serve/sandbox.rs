//! The simulated Genesys Cloud beside the server, on a loopback listener of
//! its own.

use std::{net::SocketAddr, path::Path};

use sandbox::{Client, Door, Options, Sandbox, router_behind};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{StartError, listen};
use crate::{connections::Preset, keys::KeyRing, sandbox_page::SandboxPage, webhooks::Answering};

const CLIENT_ID: &str = "sandbox-client";
/// Everything that Patchbay asks of a connection.
const SCOPES: [&str; 9] = [
    "flow:all",
    "flow:flowmodule:read",
    "flow:flowmodule:write",
    "task:read",
    "task:write",
    "externalcontacts:contact:read",
    "externalcontacts:contact:write",
    "conversation:write",
    "routing:outboundcontact:write",
];
/// What was published stays there over restarts, in this file.
const FILE: &str = "sandbox.json";

/// A sandbox that runs.
pub(super) struct RunningSandbox {
    sandbox: Sandbox,
    address: SocketAddr,
    door: Door,
    secret: SecretString,
    stopping: CancellationToken,
}

impl RunningSandbox {
    /// Starts it beside a server at this address: at the next port where that
    /// is free, else at any.
    pub(super) async fn start(
        server: SocketAddr,
        data: &Path,
        keys: &KeyRing,
        clock_factor: u32,
    ) -> Result<Self, StartError> {
        let secret = SecretString::from(keys.derived_text("sandbox client secret")?);
        let client = Client {
            id: CLIENT_ID.to_owned(),
            secret: secret.clone(),
            scopes: SCOPES.map(str::to_owned).to_vec(),
        };
        let sandbox = Sandbox::open(Options {
            clients: vec![client],
            file: Some(data.join(FILE)),
            clock_factor,
            ..Options::default()
        })?;
        let any = SocketAddr::new(server.ip(), 0);
        let next = server.port().checked_add(1).unwrap_or_default();
        let listener = match TcpListener::bind(SocketAddr::new(server.ip(), next)).await {
            Ok(listener) => listener,
            Err(_) => listen(any).await?,
        };
        let address = listener
            .local_addr()
            .map_err(|error| StartError::Listen(any, error))?;
        let stopping = CancellationToken::new();
        let stopped = stopping.clone().cancelled_owned();
        let door = Door::default();
        let service = router_behind(door.clone(), sandbox.clone()).into_make_service();
        tokio::spawn(async move {
            let served = axum::serve(listener, service)
                .with_graceful_shutdown(stopped)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the sandbox failed");
            }
        });
        Ok(Self {
            sandbox,
            address,
            door,
            secret,
            stopping,
        })
    }

    /// Stops it: nobody speaks to it any more.
    pub(super) fn stop(self) {
        self.stopping.cancel();
    }

    /// Its address, for people and for the connection to it.
    pub(super) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its page, for those who are let in.
    pub(super) fn page(&self) -> SandboxPage {
        SandboxPage {
            address: self.address(),
            door: self.door.clone(),
        }
    }

    /// Who receives its webhooks: itself, or who stands there in its place.
    pub(super) fn answering(&self, in_its_place: Option<SocketAddr>) -> Answering {
        Answering {
            sandbox: self.sandbox.clone(),
            address: in_its_place.unwrap_or(self.address),
        }
    }

    pub(super) fn handle(&self) -> &Sandbox {
        &self.sandbox
    }

    /// The connection to it.
    pub(super) fn preset(&self) -> Result<Preset, String> {
        Preset::sandbox(&self.address(), CLIENT_ID, &self.secret)
    }
}
