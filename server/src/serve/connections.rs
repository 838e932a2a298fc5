//! Connections of browsers: how many, how many of one address, and how long one
//! may take to say what it wants.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{Router, extract::ConnectInfo, extract::Request, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    accounts::Clients,
    app::App,
    config::CONNECTIONS,
    http::{self, Addresses, Arrived, Crowded},
    places::Place,
};

/// Connections that are told at once that their address has too many; beyond
/// that they are hung up on.
const REFUSED_AT_ONCE: usize = 32;
/// How long one may take that is refused.
const REFUSAL: Duration = Duration::from_secs(2);
/// How long the head of a request may take, from the end of the one before.
const HEAD: Duration = Duration::from_secs(10);
/// How long a stop waits for requests under way, so that who sends one byte a
/// minute does not keep a server from stopping.
const GOODBYE: Duration = Duration::from_secs(8);

/// Serves until it is to stop, and then what is under way. Who comes when all
/// places are taken waits for one; an editing socket no longer has one: those are
/// counted by person.
pub(super) async fn serve(mut listener: TcpListener, app: App) {
    let stopping = app.life.stopping.clone();
    let places = Arc::new(Semaphore::new(CONNECTIONS.into()));
    let door = Door {
        clients: app.clients,
        addresses: app.addresses.clone(),
        refusals: Arc::new(Semaphore::new(REFUSED_AT_ONCE)),
    };
    let connections = TaskTracker::new();
    let service = TowerToHyperService::new(http::router(&app));
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (place, Listener::accept(&mut listener).await)
        };
        tokio::select! {
            () = stopping.cancelled() => break,
            (place, (stream, address)) = accepted => {
                let Some(entry) = door.enter(address.ip()) else {
                    tracing::debug!("a connection of an address that has too many was dropped");
                    continue;
                };
                let (service, stopping) = (service.clone(), stopping.clone());
                connections.spawn(async move {
                    let talking = talk(stream, address, (service, entry.is_refused()), stopping);
                    match entry {
                        // Who does not listen to that is hung up on.
                        Entry::Refused(_turn) => drop(tokio::time::timeout(REFUSAL, talking).await),
                        Entry::Admitted(_place) => talking.await,
                    }
                    drop(place);
                });
            }
        }
    }
    // No new ones are taken while these end.
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// Who may come in.
struct Door {
    clients: Clients,
    addresses: Addresses,
    refusals: Arc<Semaphore>,
}

/// How a connection may come in.
enum Entry {
    /// With a place of its address, where addresses are known.
    Admitted(Option<Place<IpAddr>>),
    /// To be told that its address has too many.
    Refused(OwnedSemaphorePermit),
}

impl Entry {
    fn is_refused(&self) -> bool {
        matches!(self, Self::Refused(_))
    }
}

impl Door {
    /// How a connection of this peer may come in; not at all where too many are
    /// being told so.
    fn enter(&self, peer: IpAddr) -> Option<Entry> {
        let Some(address) = self.clients.address_of_connection(peer) else {
            return Some(Entry::Admitted(None));
        };
        if let Some(place) = self.addresses.take(address) {
            return Some(Entry::Admitted(Some(place)));
        }
        let turn = self.refusals.clone().try_acquire_owned().ok()?;
        Some(Entry::Refused(turn))
    }
}

async fn talk(
    stream: TcpStream,
    address: SocketAddr,
    (router, is_refused): (TowerToHyperService<Router>, bool),
    stopping: CancellationToken,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(address));
        request.extensions_mut().insert(Arrived::now());
        if is_refused {
            request.extensions_mut().insert(Crowded);
        }
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            match tokio::time::timeout(GOODBYE, connection).await {
                Ok(ended) => ended,
                Err(_) => return tracing::debug!("a connection did not end by itself"),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}
