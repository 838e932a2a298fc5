//! An organisation of a way's own: its simulated Genesys Cloud, the connection
//! to it, and somebody who works with it.

use api::{Connection, FlowSummary};
use reqwest::Method;
use sandbox::{Client, Options, Route, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::house::Person;

const CLIENT_ID: &str = "fault-matrix";
const SECRET: &str = "canary-of-the-fault-matrix";
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

pub(super) struct Organisation {
    pub(super) sandbox: Sandbox,
    pub(super) person: Person,
    pub(super) connection: String,
    pub(super) name: String,
    address: String,
    is_default: bool,
}

impl Organisation {
    /// A new one, connected as `name`.
    pub(super) async fn open(person: &Person, name: &str, is_default: bool) -> Self {
        let sandbox = Sandbox::open(Options {
            clients: vec![Client {
                id: CLIENT_ID.to_owned(),
                secret: SECRET.into(),
                scopes: SCOPES.map(str::to_owned).to_vec(),
            }],
            calls_per_minute: 1_000_000,
            contacts_per_minute: 1_000_000,
            ..Options::default()
        });
        let sandbox = sandbox.expect("a sandbox");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = sandbox::router(sandbox.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut organisation = Self {
            sandbox,
            person: person.clone(),
            connection: String::new(),
            name: name.to_owned(),
            address,
            is_default,
        };
        let answer = person
            .post("/api/connections", organisation.draft(Some(SECRET)))
            .await;
        assert_eq!(answer.status().as_u16(), 201, "{name}");
        let made: Connection = answer.json().await.expect("a connection");
        organisation.connection = made.id;
        organisation
    }

    fn draft(&self, secret: Option<&str>) -> Value {
        let mut draft = json!({
            "name": self.name, "apiUrl": self.address, "clientId": CLIENT_ID,
            "isDefault": self.is_default,
        });
        if let Some(secret) = secret {
            draft["clientSecret"] = json!(secret);
        }
        draft
    }

    /// Saves the connection as it is, so that it is called by a new client: one
    /// without token, pause and open breaker.
    pub(super) async fn reconnect(&self) {
        let answer = self.save_connection(None).await;
        assert_eq!(answer.status().as_u16(), 200, "{}", self.name);
    }

    /// Saves the connection with the secret entered anew.
    pub(super) async fn renew_secret(&self) -> reqwest::Response {
        self.save_connection(Some(SECRET)).await
    }

    async fn save_connection(&self, secret: Option<&str>) -> reqwest::Response {
        let path = format!("/api/connections/{}", self.connection);
        self.person.put(&path, self.draft(secret)).await
    }

    /// How often the work of this call was done, as far as the record goes.
    pub(super) fn done(&self, route: Route) -> usize {
        let arrivals = self.sandbox.arrivals();
        let done = arrivals.iter().filter(|arrival| {
            let method = Method::from_bytes(arrival.method.as_bytes()).expect("a method");
            let answered = arrival.answer.as_ref().map(|answer| answer.status);
            Route::of(&method, &arrival.path) == Some(route)
                && answered.is_some_and(|status| (200..300).contains(&status))
        });
        done.count()
    }

    /// How many calls of the API arrived.
    pub(super) fn calls(&self) -> usize {
        self.sandbox.arrivals().len()
    }

    /// A new flow.
    pub(super) async fn flow(&self, template: &str, name: &str) -> String {
        let body = json!({ "start": { "template": template }, "name": name });
        let answer = self.person.post("/api/flows", body).await;
        assert_eq!(answer.status().as_u16(), 201, "{name}");
        answer.json::<FlowSummary>().await.expect("a flow").id
    }

    /// A flow that exists upstream only.
    pub(super) fn seeded(&self, name: Option<&str>) -> String {
        self.sandbox.seed_flow(name, None).expect("seeded").id
    }
}
