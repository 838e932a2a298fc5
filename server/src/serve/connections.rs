//! Connections of browsers: how many, and how long one may take to say what it
//! wants.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo, extract::Request, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::http::Arrived;

/// Connections at once; who comes then waits for one to end. Below the 1,024
/// files that a process may usually have open. An editing socket is no longer
/// among them: those are counted by person.
const AT_ONCE: usize = 768;
/// How long the head of a request may take, from the end of the one before.
const HEAD: Duration = Duration::from_secs(10);
/// How long a stop waits for requests under way, so that who sends one byte a
/// minute does not keep a server from stopping.
const GOODBYE: Duration = Duration::from_secs(8);

/// Serves until it is to stop, and then what is under way.
pub(super) async fn serve(mut listener: TcpListener, router: Router, stopping: CancellationToken) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let connections = TaskTracker::new();
    let service = TowerToHyperService::new(router);
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (place, Listener::accept(&mut listener).await)
        };
        tokio::select! {
            () = stopping.cancelled() => break,
            (place, (stream, address)) = accepted => {
                let (service, stopping) = (service.clone(), stopping.clone());
                connections.spawn(async move {
                    talk(stream, address, service, stopping).await;
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

async fn talk(
    stream: TcpStream,
    address: SocketAddr,
    router: TowerToHyperService<Router>,
    stopping: CancellationToken,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(address));
        request.extensions_mut().insert(Arrived::now());
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
