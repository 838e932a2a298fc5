//! A person without a browser: signed in, calling the API as the site does.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use api::{Account, FlowSummary, NewAccount, NewFlow, NewPublish, Publish, PublishState, Role};
use reqwest::{Method, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::heard::Heard;
use crate::server::{Server, SignIn};
use crate::wait::eventually;

/// Accepted for everybody who is invited: long, with enough different letters.
const PASSWORD: &str = "orchard lantern 42 gravel";

/// An answer of the API.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// A signed-in person. Clones share the session and what was heard.
#[derive(Clone, Debug)]
pub struct Person {
    address: String,
    session: String,
    http: reqwest::Client,
    heard: Heard,
}

impl Person {
    /// Signs in with the demonstration account: an administrator.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn demonstration(server: &Server) -> Result<Self> {
        Self::sign_in(server.address(), &server.sign_in().await?, Heard::default()).await
    }

    async fn sign_in(address: &str, credentials: &SignIn, heard: Heard) -> Result<Self> {
        let http = reqwest::Client::builder()
            .no_proxy()
            // A server that was killed leaves dead connections behind.
            .pool_max_idle_per_host(0)
            .timeout(Duration::from_secs(30))
            .build()?;
        let mut person = Self {
            address: address.to_owned(),
            session: String::new(),
            http,
            heard,
        };
        let body = api::SignIn {
            email: credentials.email.clone(),
            password: credentials.password.clone(),
        };
        let response = person
            .request(Method::POST, "/api/session", Some(&body))
            .await?;
        ensure!(
            response.status().is_success(),
            "signing in was refused: {}",
            response.text().await?
        );
        person.session = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|cookie| {
                let named = cookie.split_once('=');
                named.is_some_and(|(name, id)| name.contains("console") && !id.is_empty())
            })
            .context("signing in gave no cookie")?
            .to_owned();
        person.keep(response).await?;
        Ok(person)
    }

    /// Gives somebody an account, and signs them in.
    ///
    /// # Errors
    /// When this person may not, or the name is taken.
    pub async fn invite(&self, name: &str, role: Role) -> Result<Self> {
        let account = NewAccount {
            email: format!("{}@people.invalid", name.to_lowercase()),
            name: name.to_owned(),
            role,
            password: PASSWORD.to_owned(),
        };
        let added: Account = self.post("/api/accounts", &account).await?;
        let credentials = SignIn {
            email: added.email,
            password: PASSWORD.to_owned(),
        };
        Self::sign_in(&self.address, &credentials, self.heard.clone()).await
    }

    /// Where the server listens, as pages name their origin.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The session's cookie, as `NAME=ID`.
    pub(crate) fn cookie(&self) -> &str {
        &self.session
    }

    /// The id of the session, which nobody else may learn.
    #[must_use]
    pub fn session_id(&self) -> &str {
        self.session
            .split_once('=')
            .map_or(self.session.as_str(), |(_, id)| id)
    }

    /// Everything that the server said to this person and to those whom they
    /// invited, but for the cookies.
    #[must_use]
    pub fn heard(&self) -> &Heard {
        &self.heard
    }

    /// Asks.
    ///
    /// # Errors
    /// When the server does not answer with success and such a body.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let reply = self.call(Method::GET, path, None::<&()>).await?;
        reply.read().with_context(|| format!("GET {path}"))
    }

    /// Changes something.
    ///
    /// # Errors
    /// When the server does not answer with success and such a body.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        let reply = self.call(Method::POST, path, Some(body)).await?;
        reply.read().with_context(|| format!("POST {path}"))
    }

    /// Calls the API; a refusal is an answer like others.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<Reply> {
        let response = self.request(method, path, body).await?;
        self.keep(response).await
    }

    /// Makes a flow from a template.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn make_flow(&self, template: &str, name: Option<&str>) -> Result<FlowSummary> {
        let new = NewFlow {
            start: api::Start::Template(template.to_owned()),
            name: name.map(str::to_owned),
        };
        self.post("/api/flows", &new).await
    }

    /// Clicks Publish. One key is one click.
    ///
    /// # Errors
    /// When the server does not begin.
    pub async fn publish(&self, flow: &str, key: &str) -> Result<Publish> {
        let click = NewPublish {
            key: key.to_owned(),
            connection: None,
            remedy: None,
        };
        self.post(&format!("/api/flows/{flow}/publishes"), &click)
            .await
    }

    /// Waits until a publish has ended.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ended(&self, publish: &str) -> Result<Publish> {
        let path = format!("/api/publishes/{publish}");
        eventually("the publish to end", async || {
            let publish: Publish = self.get(&path).await?;
            Ok((publish.state != PublishState::Running).then_some(publish))
        })
        .await
    }

    async fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<reqwest::Response> {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.address))
            .header("X-Console", "1")
            .header(header::ORIGIN, &self.address)
            .header("Sec-Fetch-Site", "same-origin");
        if !self.session.is_empty() {
            request = request.header(header::COOKIE, &self.session);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        request
            .send()
            .await
            .with_context(|| format!("no answer from {path}"))
    }

    async fn keep(&self, response: reqwest::Response) -> Result<Reply> {
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        for (name, value) in headers.filter(|(name, _)| *name != header::SET_COOKIE) {
            let value = String::from_utf8_lossy(value.as_bytes());
            self.heard.add(&format!("{name}: {value}"));
        }
        let body = response.text().await?;
        self.heard.add(&body);
        Ok(Reply { status, body })
    }
}

impl Reply {
    /// The body of a success.
    ///
    /// # Errors
    /// When it was none, or is something else.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        let Self { status, body } = self;
        ensure!((200..300).contains(status), "status {status}: {body}");
        serde_json::from_str(body).with_context(|| format!("not what was expected: {body}"))
    }
}
