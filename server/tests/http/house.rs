//! A server in a directory of its own, and the people who use it.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use api::{Contact, ContactStage, FlowSummary, Role};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};
use server::{
    config::ServeArgs,
    serve::{self, Running},
};
use sqlx::{Connection as _, SqliteConnection};
use store::{SqliteStore, Store};
use tempfile::TempDir;

/// Long enough for every rule, and nobody's.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A server that runs until the test ends.
pub(crate) struct House {
    pub(crate) running: Running,
    pub(crate) directory: TempDir,
    pub(crate) http: Client,
}

/// Somebody with a browser.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) base: String,
    pub(crate) cookie: String,
    http: Client,
}

impl House {
    /// A server with its sandbox.
    pub(crate) async fn open() -> Self {
        Self::open_over(|store| store).await
    }

    /// Its database, for what no route does.
    pub(crate) async fn database(&self) -> SqliteConnection {
        let file = self.directory.path().join("data/patchbay.db");
        SqliteConnection::connect(&file.to_string_lossy())
            .await
            .expect("the database")
    }

    /// A server over what `over` makes of its store.
    pub(crate) async fn open_over(over: impl FnOnce(Arc<SqliteStore>) -> Arc<dyn Store>) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let running = start(&directory, over).await;
        Self {
            running,
            directory,
            http: client(),
        }
    }

    /// A server with other options, whose data lies in memory where the machine
    /// has a file system there: for tests that store much and lose no power.
    pub(crate) async fn open_in_memory(change: impl FnOnce(&mut ServeArgs)) -> Self {
        let memory = Path::new("/dev/shm");
        let directory = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        };
        let directory = directory.expect("a directory");
        let mut args = options(&directory);
        change(&mut args);
        let running = serve::start(args).await.expect("a server");
        Self {
            running,
            directory,
            http: client(),
        }
    }

    /// Stops the server and starts it again on the same directory.
    pub(crate) async fn restart(self) -> Self {
        self.restart_after(async |_| {}).await
    }

    /// Stops the server, does this to its data, and starts it again.
    pub(crate) async fn restart_after(self, between: impl AsyncFnOnce(&Path)) -> Self {
        let Self {
            running,
            directory,
            http,
        } = self;
        running.until(async {}).await.expect("a clean stop");
        between(&directory.path().join("data")).await;
        let running = start(&directory, |store| store).await;
        Self {
            running,
            directory,
            http,
        }
    }

    /// Stops the server and starts it again with other options.
    pub(crate) async fn restart_with(self, change: impl FnOnce(&mut ServeArgs)) -> Self {
        let Self {
            running,
            directory,
            http,
        } = self;
        running.until(async {}).await.expect("a clean stop");
        let mut args = options(&directory);
        change(&mut args);
        let running = serve::start(args).await.expect("a server");
        Self {
            running,
            directory,
            http,
        }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.running.address())
    }

    pub(crate) fn sandbox(&self) -> &sandbox::Sandbox {
        self.running.sandbox().expect("a sandbox")
    }

    /// What follows `prefix` on the line that begins with it.
    pub(crate) fn said(&self, prefix: &str) -> String {
        let line = self
            .running
            .lines()
            .iter()
            .find_map(|line| line.strip_prefix(prefix));
        line.expect(prefix).to_owned()
    }

    /// Somebody who has not signed in.
    pub(crate) fn visitor(&self) -> Person {
        Person {
            base: self.base(),
            cookie: String::new(),
            http: self.http.clone(),
        }
    }

    /// The demonstration administrator, signed in.
    pub(crate) async fn administrator(&self) -> Person {
        let said = self.said("Demonstration sign-in: ");
        let (email, password) = said.split_once(" / ").expect("an address and a password");
        self.visitor().signed_in(email, password).await
    }

    /// Somebody of this role, signed in.
    pub(crate) async fn person(&self, administrator: &Person, role: Role, name: &str) -> Person {
        let email = format!("{}@example.org", name.to_lowercase());
        let account = json!({ "email": email, "name": name, "role": role, "password": PASSWORD });
        let made = administrator.post("/api/accounts", account).await;
        assert_eq!(made.status(), StatusCode::CREATED);
        self.visitor().signed_in(&email, PASSWORD).await
    }
}

async fn start(
    directory: &TempDir,
    over: impl FnOnce(Arc<SqliteStore>) -> Arc<dyn Store>,
) -> Running {
    serve::start_over(options(directory), over)
        .await
        .expect("a server")
}

fn options(directory: &TempDir) -> ServeArgs {
    let address: SocketAddr = "127.0.0.1:0".parse().expect("an address");
    let mut args = ServeArgs::new(address, directory.path().join("data"));
    args.sandbox = true;
    // What is built or not built in the checkout must not matter here.
    let site = directory.path().join("site");
    std::fs::create_dir_all(&site).expect("a directory");
    std::fs::write(
        site.join("index.html"),
        "<!doctype html><script type=\"module\">alert(1)</script>",
    )
    .expect("a page");
    std::fs::write(site.join("app-25ac06a8f0917acb.js"), "export {}").expect("a script");
    std::fs::write(site.join("bench.html"), "<!doctype html>").expect("a page");
    std::fs::write(site.join("bench.js"), "export {}").expect("a script");
    args.site = Some(site);
    args
}

fn client() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

impl Person {
    pub(crate) async fn signed_in(&self, email: &str, password: &str) -> Self {
        let body = json!({ "email": email, "password": password });
        let answer = self.post("/api/session", body).await;
        assert_eq!(answer.status(), StatusCode::OK, "signing in as {email}");
        self.with_cookie_of(&answer)
    }

    /// The same person with the cookie that an answer set.
    pub(crate) fn with_cookie_of(&self, answer: &Response) -> Self {
        self.with_cookie(&cookie_of(answer, "console"))
    }

    /// The same person with this cookie.
    pub(crate) fn with_cookie(&self, cookie: &str) -> Self {
        Self {
            cookie: cookie.to_owned(),
            ..self.clone()
        }
    }

    /// A request as a page of ours sends it.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path)
            .header("x-console", "1")
            .header("sec-fetch-site", "same-origin")
    }

    /// A request with the cookie, and nothing else that a page of ours adds.
    pub(crate) fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .header(header::COOKIE, &self.cookie)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path)
            .send()
            .await
            .expect("an answer")
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.request(Method::POST, path).json(&body);
        request.send().await.expect("an answer")
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Response {
        let request = self.request(Method::PUT, path).json(&body);
        request.send().await.expect("an answer")
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        self.request(Method::DELETE, path)
            .send()
            .await
            .expect("an answer")
    }

    /// The contact at this path once it is not being validated any more.
    pub(crate) async fn validated(&self, path: &str) -> Contact {
        for _ in 0..400 {
            let contact: Contact = self.read(path).await;
            if contact.stage != ContactStage::Validating {
                return contact;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("it is still being validated");
    }

    /// Saves a contact as its page does: on top of the version that it read.
    pub(crate) async fn save_contact(&self, path: &str, fields: Value) -> Response {
        let held: Contact = self.read(path).await;
        let body = json!({ "version": held.version, "contact": fields });
        self.put(path, body).await
    }

    /// The JSON of an answer that must be a success.
    pub(crate) async fn read<T: serde::de::DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path).await;
        assert!(
            answer.status().is_success(),
            "GET {path}: {}",
            answer.status()
        );
        answer.json().await.expect("JSON")
    }

    /// A new flow from a template.
    pub(crate) async fn flow(&self, template: &str) -> FlowSummary {
        let answer = self
            .post("/api/flows", json!({ "start": { "template": template } }))
            .await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json().await.expect("a flow")
    }
}

/// The cookie with this in its name that an answer set, without its flags.
pub(crate) fn cookie_of(answer: &Response, name: &str) -> String {
    let cookies = answer.headers().get_all(header::SET_COOKIE);
    let cookie = cookies
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.split('=').next().is_some_and(|n| n.contains(name)));
    cookie.expect(name).to_owned()
}
