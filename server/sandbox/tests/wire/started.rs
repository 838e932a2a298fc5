//! A sandbox on a loopback port of its own.

use std::time::Duration;

use sandbox::{Client, Options, Sandbox};
use secrecy::SecretString;
use serde_json::{Value, json};

pub(crate) const SECRET: &str = "client-secret-canary";

pub(crate) fn options() -> Options {
    Options {
        clients: vec![
            client(
                "all",
                &[
                    "flow:all",
                    "flow:flowmodule:read",
                    "flow:flowmodule:write",
                    "task:read",
                    "task:write",
                ],
            ),
            client("reader", &["flow:view", "task:read"]),
        ],
        ..Options::default()
    }
}

fn client(id: &str, scopes: &[&str]) -> Client {
    Client {
        id: id.to_owned(),
        secret: SecretString::from(SECRET),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    }
}

/// Serves a sandbox until the test's runtime ends; its base address.
pub(crate) async fn serve(sandbox: &Sandbox) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = sandbox::router(sandbox.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

pub(crate) async fn started(options: Options) -> (Sandbox, String) {
    let sandbox = Sandbox::open(options).expect("a sandbox");
    let base = serve(&sandbox).await;
    (sandbox, base)
}

pub(crate) fn browserless() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .expect("a client")
}

/// The smallest flow that is accepted.
pub(crate) fn flow(name: &str, version: u64) -> Value {
    json!({
        "type": "INBOUND", "name": name,
        "nodes": {
            "nodes": [
                {"id": "start", "type": "StartNode", "configuration": {}},
                {"id": "end", "type": "EndNode", "configuration": {}},
            ],
            "edges": [{"id": "e1", "fromNodeId": "start", "toNodeId": "end"}],
        },
        "metadata": {"version": version, "lastModified": "2026-01-01T00:00:00Z"},
    })
}
