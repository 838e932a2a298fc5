//! An organisation of its own: its simulated Genesys Cloud, the connection to
//! it, and somebody who works with it.

use api::{Connection, FlowSummary};
use reqwest::Method;
use sandbox::{Client, Options, Route, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::house::Person;

const CLIENT_ID: &str = "an-organisation";
const SECRET: &str = "canary-of-an-organisation";
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

pub(crate) struct Organisation {
    pub(crate) sandbox: Sandbox,
    pub(crate) person: Person,
    pub(crate) connection: String,
    pub(crate) name: String,
    pub(crate) address: String,
    is_default: bool,
    scopes: Vec<String>,
}

impl Organisation {
    /// A new one, connected as `name`, whose client may do everything.
    pub(crate) async fn open(person: &Person, name: &str, is_default: bool) -> Self {
        Self::open_asking(person, name, is_default, &[]).await
    }

    /// A new one, whose connection asks for these scopes.
    pub(crate) async fn open_asking(
        person: &Person,
        name: &str,
        is_default: bool,
        scopes: &[&str],
    ) -> Self {
        let sandbox = Sandbox::open(Options {
            clients: vec![Client {
                id: CLIENT_ID.to_owned(),
                secret: SECRET.into(),
                scopes: SCOPES
                    .iter()
                    .chain(scopes)
                    .copied()
                    .map(str::to_owned)
                    .collect(),
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
            scopes: scopes.iter().copied().map(str::to_owned).collect(),
        };
        let answer = person
            .post("/api/connections", organisation.draft(Some(SECRET)))
            .await;
        assert_eq!(answer.status().as_u16(), 201, "{name}");
        let made: Connection = answer.json().await.expect("a connection");
        organisation.connection = made.id;
        organisation
    }

    /// Another connection to it, by its id.
    pub(crate) async fn second_connection(&self) -> String {
        let mut draft = self.draft(Some(SECRET));
        draft["name"] = json!(format!("{}, once more", self.name));
        draft["isDefault"] = json!(false);
        let answer = self.person.post("/api/connections", draft).await;
        assert_eq!(answer.status().as_u16(), 201, "{}", self.name);
        answer.json::<Connection>().await.expect("a connection").id
    }

    fn draft(&self, secret: Option<&str>) -> Value {
        let mut draft = json!({
            "name": self.name, "apiUrl": self.address, "clientId": CLIENT_ID,
            "isDefault": self.is_default, "scopes": self.scopes,
        });
        if let Some(secret) = secret {
            draft["clientSecret"] = json!(secret);
        }
        draft
    }

    /// Saves the connection as it is, so that it is called by a new client: one
    /// without token, pause and open breaker.
    pub(crate) async fn reconnect(&self) {
        let answer = self.save_connection(None).await;
        assert_eq!(answer.status().as_u16(), 200, "{}", self.name);
    }

    /// Saves the connection with the secret entered anew.
    pub(crate) async fn renew_secret(&self) -> reqwest::Response {
        self.save_connection(Some(SECRET)).await
    }

    /// Saves the connection as one whose API is at this address; signing in
    /// stays where it is.
    pub(crate) async fn call_at(&self, api: &str) {
        let mut draft = self.draft(Some(SECRET));
        draft["apiUrl"] = json!(api);
        draft["oauthUrl"] = json!(self.address);
        let path = format!("/api/connections/{}", self.connection);
        let answer = self.person.put(&path, draft).await;
        assert_eq!(answer.status().as_u16(), 200, "{}", self.name);
    }

    async fn save_connection(&self, secret: Option<&str>) -> reqwest::Response {
        let path = format!("/api/connections/{}", self.connection);
        self.person.put(&path, self.draft(secret)).await
    }

    /// How often the work of this call was done, as far as the record goes.
    pub(crate) fn done(&self, route: Route) -> usize {
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
    pub(crate) fn calls(&self) -> usize {
        self.sandbox.arrivals().len()
    }

    /// A new flow.
    pub(crate) async fn flow(&self, template: &str, name: &str) -> String {
        let body = json!({ "start": { "template": template }, "name": name });
        let answer = self.person.post("/api/flows", body).await;
        assert_eq!(answer.status().as_u16(), 201, "{name}");
        answer.json::<FlowSummary>().await.expect("a flow").id
    }

    /// A flow that exists upstream only.
    pub(crate) fn seeded(&self, name: Option<&str>) -> String {
        self.sandbox.seed_flow(name, None).expect("seeded").id
    }
}
