use api::Role;
use reqwest::{Method, StatusCode};
use server::{Right, routes};

use crate::house::House;

const NOBODY: Option<Role> = None;

/// Who may call what, written down a second time: a route that is missing here
/// or has other rights than here fails.
const MATRIX: &[(&str, &str, Option<Role>)] = &[
    ("GET", "/api/session", NOBODY),
    ("POST", "/api/session", NOBODY),
    ("DELETE", "/api/session", NOBODY),
    ("PUT", "/api/session/password", Some(Role::Viewer)),
    ("POST", "/api/set-up", NOBODY),
    ("GET", "/api/accounts", Some(Role::Administrator)),
    ("POST", "/api/accounts", Some(Role::Administrator)),
    ("PUT", "/api/accounts/{account}", Some(Role::Administrator)),
    (
        "DELETE",
        "/api/accounts/{account}",
        Some(Role::Administrator),
    ),
    ("GET", "/api/workspace", Some(Role::Viewer)),
    ("GET", "/api/search", Some(Role::Viewer)),
    ("GET", "/api/flows", Some(Role::Viewer)),
    ("POST", "/api/flows", Some(Role::Editor)),
    ("POST", "/api/flows/import", Some(Role::Editor)),
    ("GET", "/api/flows/{flow}", Some(Role::Viewer)),
    ("DELETE", "/api/flows/{flow}", Some(Role::Editor)),
    ("GET", "/api/flows/{flow}/file", Some(Role::Viewer)),
    ("POST", "/api/flows/{flow}/transactions", Some(Role::Editor)),
    ("GET", "/api/socket/{flow}", Some(Role::Viewer)),
    ("GET", "/api/flows/{flow}/publishes", Some(Role::Viewer)),
    ("POST", "/api/flows/{flow}/publishes", Some(Role::Publisher)),
    ("GET", "/api/publishes/{publish}", Some(Role::Viewer)),
    ("GET", "/api/connections", Some(Role::Viewer)),
    ("POST", "/api/connections", Some(Role::Administrator)),
    (
        "PUT",
        "/api/connections/{connection}",
        Some(Role::Administrator),
    ),
    (
        "DELETE",
        "/api/connections/{connection}",
        Some(Role::Administrator),
    ),
    (
        "POST",
        "/api/connections/{connection}/check",
        Some(Role::Administrator),
    ),
    ("GET", "/api/audit", Some(Role::Administrator)),
    ("GET", "/api/openapi.json", NOBODY),
    ("GET", "/healthz", NOBODY),
    ("POST", "/csp-report", NOBODY),
];

#[test]
fn the_table_of_routes_is_the_matrix_of_rights() {
    let mut table: Vec<_> = routes()
        .into_iter()
        .map(|route| {
            let needed = match route.right {
                Right::Anyone => None,
                Right::Role(role) => Some(role),
            };
            (route.method.to_string(), route.path.to_owned(), needed)
        })
        .collect();
    let mut matrix: Vec<_> = MATRIX
        .iter()
        .map(|(method, path, needed)| ((*method).to_owned(), (*path).to_owned(), *needed))
        .collect();
    table.sort();
    matrix.sort();
    assert_eq!(table, matrix);
}

#[tokio::test]
async fn everybody_may_do_what_the_matrix_says_and_no_more() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let flow = administrator.flow("empty").await.id;
    let mut people = vec![(None, house.visitor())];
    for (role, name) in [
        (Role::Viewer, "Vera"),
        (Role::Editor, "Edith"),
        (Role::Publisher, "Paul"),
        (Role::Administrator, "Alma"),
    ] {
        people.push((Some(role), house.person(&administrator, role, name).await));
    }
    for (method, path, needed) in MATRIX {
        for (role, person) in &people {
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
            let path = path
                .replace("{flow}", id)
                .replace("{publish}", "missing")
                .replace("{connection}", "missing")
                .replace("{account}", "missing");
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
            match (needed, role) {
                (Some(_), None) => assert_eq!(status, StatusCode::UNAUTHORIZED, "{cell}"),
                (Some(needed), Some(role)) if role < needed => {
                    assert_eq!(status, StatusCode::FORBIDDEN, "{cell}");
                }
                _ => assert!(
                    status != StatusCode::UNAUTHORIZED && status != StatusCode::FORBIDDEN,
                    "{cell}"
                ),
            }
            assert!(!status.is_server_error(), "{cell}");
        }
    }
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
