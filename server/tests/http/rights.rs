use api::{
    ProblemDetails, Right, Role,
    socket::{FromBrowser, FromServer, Refusal},
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use server::{Access, Proof, routes};
use sqlx::{Connection, SqliteConnection};

use crate::{
    house::{House, PASSWORD, Person},
    socket::{rename, welcomed},
};

/// Who may call a route: the roles, and those who have not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Everybody,
    SignedIn,
    /// Everybody who works on flows, and auditors.
    Readers,
    Viewers,
    Editors,
    Publishers,
    Administrators,
    /// Administrators and auditors.
    Auditors,
    /// Publishers, administrators and auditors.
    Watchers,
}

impl Who {
    /// The six columns, written out: nobody, viewer, editor, publisher,
    /// administrator, auditor.
    fn may(self) -> [bool; 6] {
        const Y: bool = true;
        const N: bool = false;
        match self {
            Self::Everybody => [Y, Y, Y, Y, Y, Y],
            Self::SignedIn | Self::Readers => [N, Y, Y, Y, Y, Y],
            Self::Viewers => [N, Y, Y, Y, Y, N],
            Self::Editors => [N, N, Y, Y, Y, N],
            Self::Publishers => [N, N, N, Y, Y, N],
            Self::Administrators => [N, N, N, N, Y, N],
            Self::Auditors => [N, N, N, N, Y, Y],
            Self::Watchers => [N, N, N, Y, Y, Y],
        }
    }

    fn of(access: Access) -> Self {
        match access {
            Access::Anyone => Self::Everybody,
            Access::SignedIn => Self::SignedIn,
            Access::Having(Right::ReadFlows | Right::ReadContacts) => Self::Readers,
            Access::Having(Right::TakePart) => Self::Viewers,
            Access::Having(Right::EditFlows) => Self::Editors,
            Access::Having(Right::Publish | Right::HandleContacts | Right::SeePersonalData) => {
                Self::Publishers
            }
            Access::Having(Right::Administer) => Self::Administrators,
            Access::Having(Right::ReadAudit) => Self::Auditors,
            Access::Having(Right::WatchOperations) => Self::Watchers,
        }
    }
}

const EVERYBODY: Who = Who::Everybody;
const SIGNED_IN: Who = Who::SignedIn;
const READER: Who = Who::Readers;
const VIEWER: Who = Who::Viewers;
const EDITOR: Who = Who::Editors;
const PUBLISHER: Who = Who::Publishers;
const ADMINISTRATOR: Who = Who::Administrators;
const AUDITOR: Who = Who::Auditors;
const WATCHER: Who = Who::Watchers;

/// Who may call what, written down a second time: a route that is missing here
/// or has other rights than here fails.
const MATRIX: &[(&str, &str, Who)] = &[
    ("GET", "/api/session", EVERYBODY),
    ("POST", "/api/session", EVERYBODY),
    ("DELETE", "/api/session", EVERYBODY),
    ("PUT", "/api/session/password", SIGNED_IN),
    ("POST", "/api/session/confirmation", SIGNED_IN),
    ("POST", "/api/set-up", EVERYBODY),
    ("GET", "/api/accounts", ADMINISTRATOR),
    ("POST", "/api/accounts", ADMINISTRATOR),
    ("PUT", "/api/accounts/{account}", ADMINISTRATOR),
    ("DELETE", "/api/accounts/{account}", ADMINISTRATOR),
    ("GET", "/api/workspace", READER),
    ("GET", "/api/search", READER),
    ("GET", "/api/flows", READER),
    ("POST", "/api/flows", EDITOR),
    ("POST", "/api/flows/import", EDITOR),
    ("GET", "/api/flows/{flow}", READER),
    ("DELETE", "/api/flows/{flow}", EDITOR),
    ("GET", "/api/flows/{flow}/file", READER),
    ("POST", "/api/flows/{flow}/transactions", EDITOR),
    ("GET", "/api/flows/{flow}/consumers", READER),
    ("POST", "/api/flows/{flow}/verification", EDITOR),
    ("GET", "/api/batches", READER),
    ("POST", "/api/batches", EDITOR),
    ("POST", "/api/batches/preview", EDITOR),
    ("GET", "/api/batches/{batch}", READER),
    ("DELETE", "/api/batches/{batch}", EDITOR),
    ("POST", "/api/batches/{batch}/retry", EDITOR),
    ("GET", "/api/socket/{flow}", READER),
    ("GET", "/api/flows/{flow}/publishes", READER),
    ("POST", "/api/flows/{flow}/publishes", PUBLISHER),
    ("GET", "/api/publishes/{publish}", READER),
    ("DELETE", "/api/publishes/{publish}", PUBLISHER),
    ("GET", "/api/publishes/{publish}/conflicts", READER),
    ("GET", "/api/flows/{flow}/unpublished", READER),
    ("PUT", "/api/flows/{flow}/upstream", PUBLISHER),
    ("POST", "/api/flows/open", EDITOR),
    ("GET", "/api/connections/{connection}/flows", EDITOR),
    ("GET", "/api/data-actions", READER),
    ("POST", "/api/data-actions", EDITOR),
    ("POST", "/api/data-actions/import", EDITOR),
    ("POST", "/api/data-actions/open", EDITOR),
    ("POST", "/api/data-actions/check", READER),
    ("POST", "/api/data-actions/try", READER),
    ("GET", "/api/data-actions/{action}", READER),
    ("PUT", "/api/data-actions/{action}", EDITOR),
    ("DELETE", "/api/data-actions/{action}", EDITOR),
    ("GET", "/api/data-actions/{action}/file", READER),
    ("POST", "/api/data-actions/{action}/comparison", EDITOR),
    ("POST", "/api/data-actions/{action}/merge", EDITOR),
    ("GET", "/api/data-actions/{action}/uploads", READER),
    ("POST", "/api/data-actions/{action}/uploads", PUBLISHER),
    ("GET", "/api/uploads/{upload}", READER),
    ("POST", "/api/upstream/data-actions", EDITOR),
    ("GET", "/api/connections", VIEWER),
    ("POST", "/api/connections", ADMINISTRATOR),
    ("PUT", "/api/connections/{connection}", ADMINISTRATOR),
    ("DELETE", "/api/connections/{connection}", ADMINISTRATOR),
    (
        "POST",
        "/api/connections/{connection}/default",
        ADMINISTRATOR,
    ),
    ("POST", "/api/connections/{connection}/check", ADMINISTRATOR),
    ("GET", "/api/webhooks", ADMINISTRATOR),
    ("POST", "/api/webhooks", ADMINISTRATOR),
    ("PUT", "/api/webhooks/{webhook}", ADMINISTRATOR),
    ("DELETE", "/api/webhooks/{webhook}", ADMINISTRATOR),
    ("PUT", "/api/webhooks/{webhook}/switch", ADMINISTRATOR),
    ("POST", "/api/webhooks/{webhook}/secret", ADMINISTRATOR),
    ("POST", "/api/webhooks/{webhook}/test", ADMINISTRATOR),
    ("GET", "/api/webhooks/{webhook}/deliveries", ADMINISTRATOR),
    (
        "GET",
        "/api/webhooks/{webhook}/deliveries/{delivery}",
        ADMINISTRATOR,
    ),
    (
        "POST",
        "/api/webhooks/{webhook}/deliveries/{delivery}/replay",
        ADMINISTRATOR,
    ),
    ("POST", "/api/webhooks/{webhook}/replay", ADMINISTRATOR),
    ("GET", "/api/contacts", READER),
    ("POST", "/api/contacts", PUBLISHER),
    ("POST", "/api/contacts/comparison", PUBLISHER),
    ("POST", "/api/contacts/checks", PUBLISHER),
    ("GET", "/api/contacts/{contact}", READER),
    ("PUT", "/api/contacts/{contact}", PUBLISHER),
    ("POST", "/api/contacts/{contact}/comparison", PUBLISHER),
    ("POST", "/api/contacts/{contact}/check", PUBLISHER),
    ("POST", "/api/contacts/{contact}/adopt", PUBLISHER),
    ("DELETE", "/api/contacts/{contact}/proposal", PUBLISHER),
    ("POST", "/api/contacts/{contact}/interactions", PUBLISHER),
    ("GET", "/api/contact-imports", READER),
    ("POST", "/api/contact-imports", PUBLISHER),
    ("POST", "/api/contact-imports/dry-run", PUBLISHER),
    ("GET", "/api/contact-imports/{import}", READER),
    ("PUT", "/api/contact-imports/{import}", PUBLISHER),
    ("GET", "/api/contact-imports/{import}/rows", READER),
    ("GET", "/api/contact-imports/{import}/result", PUBLISHER),
    ("GET", "/api/audit", AUDITOR),
    ("GET", "/api/audit/export", AUDITOR),
    ("POST", "/api/audit/verification", AUDITOR),
    ("GET", "/api/operations", WATCHER),
    ("GET", "/api/openapi.json", EVERYBODY),
    // Whoever may change what is live, and with them who may change connections.
    ("GET", "/api/sandbox", PUBLISHER),
    ("GET", "/healthz", EVERYBODY),
    ("POST", "/csp-report", EVERYBODY),
];

/// What asks for the password too.
const ASKS_FOR_PASSWORD: &[(&str, &str)] = &[
    ("POST", "/api/accounts"),
    ("PUT", "/api/accounts/{account}"),
    ("DELETE", "/api/accounts/{account}"),
    ("POST", "/api/connections"),
    ("PUT", "/api/connections/{connection}"),
    ("DELETE", "/api/connections/{connection}"),
    ("POST", "/api/connections/{connection}/default"),
    ("POST", "/api/webhooks"),
    ("PUT", "/api/webhooks/{webhook}"),
    ("DELETE", "/api/webhooks/{webhook}"),
    ("PUT", "/api/webhooks/{webhook}/switch"),
    ("POST", "/api/webhooks/{webhook}/secret"),
    ("GET", "/api/contact-imports/{import}/result"),
];

#[test]
fn the_table_of_routes_is_the_matrix_of_rights() {
    let mut table: Vec<_> = routes()
        .into_iter()
        .map(|route| {
            let who = Who::of(route.access);
            (route.method.to_string(), route.path.to_owned(), who)
        })
        .collect();
    let mut matrix: Vec<_> = MATRIX
        .iter()
        .map(|(method, path, who)| ((*method).to_owned(), (*path).to_owned(), *who))
        .collect();
    table.sort();
    matrix.sort();
    assert_eq!(table, matrix);
    let asks: Vec<_> = routes()
        .into_iter()
        .filter(|route| route.proof == Proof::RecentPassword)
        .map(|route| (route.method.to_string(), route.path))
        .collect();
    let expected = ASKS_FOR_PASSWORD
        .iter()
        .map(|(method, path)| ((*method).to_owned(), *path));
    assert_eq!(asks, expected.collect::<Vec<_>>());
}

/// Nobody and one person of each role, in the order of the columns.
async fn everybody(house: &House, administrator: &Person) -> Vec<(Option<Role>, Person)> {
    let mut people = vec![(None, house.visitor())];
    for (role, name) in [
        (Role::Viewer, "Vera"),
        (Role::Editor, "Edith"),
        (Role::Publisher, "Paul"),
        (Role::Administrator, "Alma"),
        (Role::Auditor, "Otto"),
    ] {
        people.push((Some(role), house.person(administrator, role, name).await));
    }
    people
}

#[tokio::test]
async fn everybody_may_do_what_the_matrix_says_and_no_more() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let flow = administrator.flow("empty").await.id;
    let people = everybody(&house, &administrator).await;
    for (method, path, who) in MATRIX {
        for ((role, person), may) in people.iter().zip(who.may()) {
            // Signing out would end what the next route needs.
            if (*method, *path) == ("DELETE", "/api/session") {
                continue;
            }
            // A flow that does not exist where the call would change one.
            let id = if *method == "GET" {
                flow.as_str()
            } else {
                "missing"
            };
            let path = path.replace("{flow}", id);
            let path = without_placeholders(&path);
            let method: Method = method.parse().expect("a method");
            let request = person.request(method.clone(), &path);
            let request = match method {
                Method::GET | Method::DELETE => request,
                // A body that fits nowhere: what is allowed ends in 4xx too.
                _ => request
                    .header("content-type", "application/json")
                    .body("[]"),
            };
            let status = request.send().await.expect("an answer").status();
            let cell = format!("{method} {path} as {role:?}: {status}");
            if may {
                assert!(
                    status != StatusCode::UNAUTHORIZED && status != StatusCode::FORBIDDEN,
                    "{cell}"
                );
            } else if role.is_none() {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{cell}");
            } else {
                assert_eq!(status, StatusCode::FORBIDDEN, "{cell}");
            }
            assert!(!status.is_server_error(), "{cell}");
        }
    }
}

/// Names that nothing has in the place of all that are asked for.
fn without_placeholders(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') {
            "missing"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn over_the_socket_everybody_may_do_what_the_matrix_says_and_no_more() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let flow = administrator.flow("empty").await.id;
    let reads = READER.may();
    let takes_part = VIEWER.may();
    let edits = EDITOR.may();
    for (column, (role, person)) in everybody(&house, &administrator).await.iter().enumerate() {
        let origin = person.base.clone();
        let opened = person.socket_from(&flow, None, Some(&origin)).await;
        assert_eq!(opened.is_ok(), reads[column], "{role:?} reads");
        let mut socket = match opened {
            Ok(socket) => socket,
            Err(status) => {
                assert_eq!(status, 401, "{role:?}");
                continue;
            }
        };
        welcomed(&mut socket).await;
        socket.submit("edit", rename("Renamed")).await;
        match socket.heard().await {
            FromServer::Acknowledged { .. } => assert!(edits[column], "{role:?} edits"),
            FromServer::Refused { reason, .. } => {
                assert_eq!(reason, Refusal::NotAllowed);
                assert!(!edits[column], "{role:?} edits");
            }
            other => panic!("{other:?}"),
        }
        let selection = FromBrowser::Select { nodes: Vec::new() };
        socket.say(&selection).await;
        let present = present(&administrator, &flow, takes_part[column]).await;
        assert_eq!(present, takes_part[column], "{role:?} is present");
    }
}

/// Whether somebody who enters sees that another is there.
async fn present(watcher: &Person, flow: &str, expected: bool) -> bool {
    let mut socket = watcher.socket(flow, None).await;
    welcomed(&mut socket).await;
    loop {
        let FromServer::People { people } = socket.next().await.expect("people") else {
            continue;
        };
        // The list after entering is whole: who is not on it is not shown.
        let others = people.iter().filter(|person| person.name != "Demo").count();
        if (others > 0) == expected {
            return expected;
        }
        return others > 0;
    }
}

#[tokio::test]
async fn what_asks_for_the_password_is_refused_until_it_is_given_again() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let alma = house.person(&ada, Role::Administrator, "Alma").await;
    let vera = json!({
        "email": "vera@example.org", "name": "Vera", "role": "viewer", "password": PASSWORD,
    });
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let mut database = SqliteConnection::connect(&file.to_string_lossy())
                .await
                .expect("the database");
            sqlx::query(
                "UPDATE sessions SET data = json_set(data, '$.signedIn.provedAtMillis', 0)",
            )
            .execute(&mut database)
            .await
            .expect("an older proof");
            database.close().await.expect("closed");
        })
        .await;
    let alma = house.visitor().with_cookie(&alma.cookie);
    for (method, path) in ASKS_FOR_PASSWORD {
        let method: Method = method.parse().expect("a method");
        let request = alma.request(method, &without_placeholders(path));
        let answer = request.json(&vera).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        let problem: ProblemDetails = answer.json().await.expect("a problem");
        assert_eq!(problem.kind, "/problems/reauthentication-needed");
    }
    assert_eq!(alma.get("/api/accounts").await.status(), StatusCode::OK);

    let give = async |password: &str| {
        let body = json!({ "password": password });
        alma.post("/api/session/confirmation", body).await.status()
    };
    assert_eq!(
        give("a wrong guess of it").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let refused = alma.post("/api/accounts", vera.clone()).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(give(PASSWORD).await, StatusCode::NO_CONTENT);
    let made = alma.post("/api/accounts", vera).await;
    assert_eq!(made.status(), StatusCode::CREATED, "in the same session");
    for _ in 0..6 {
        give("a wrong guess of it").await;
    }
    assert_eq!(give(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn editors_delete_their_own_flows_and_publishers_all() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let editor = house.person(&administrator, Role::Editor, "Edith").await;
    let publisher = house.person(&administrator, Role::Publisher, "Paul").await;
    let path = |id: &str| format!("/api/flows/{id}");
    let own = editor.flow("empty").await.id;
    let other = administrator.flow("empty").await.id;
    assert_eq!(
        editor.delete(&path(&other)).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        editor.delete(&path(&own)).await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        publisher.delete(&path(&other)).await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        publisher.delete(&path(&other)).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        editor.get(&path(&own)).await.status(),
        StatusCode::NOT_FOUND
    );
}
