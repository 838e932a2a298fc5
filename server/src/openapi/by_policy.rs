//! What follows for every operation from its row in the table of routes: who
//! may call it, and which failures come before its handler or out of the parts
//! that all handlers share. What only a handler knows stands beside it.

use serde_json::json;
use utoipa::openapi::{
    ContentBuilder, OpenApi, PathItem, Ref, RefOr, Response,
    extensions::ExtensionsBuilder,
    path::{Operation, ParameterIn},
};

use crate::http::{Access, Proof, RouteSummary};

const PROBLEM: &str = "application/problem+json";

/// Adds to every operation what its route says.
pub(super) fn complete(document: &mut OpenApi, routes: &[RouteSummary]) {
    for route in routes {
        let item = document.paths.paths.get_mut(route.path);
        if let Some(operation) = item.and_then(|item| operation(item, route)) {
            describe(operation, route);
        }
    }
}

fn operation<'a>(item: &'a mut PathItem, route: &RouteSummary) -> Option<&'a mut Operation> {
    let slot = match route.method.as_str() {
        "GET" => &mut item.get,
        "POST" => &mut item.post,
        "PUT" => &mut item.put,
        "PATCH" => &mut item.patch,
        "DELETE" => &mut item.delete,
        _ => return None,
    };
    slot.as_mut()
}

fn describe(operation: &mut Operation, route: &RouteSummary) {
    for (status, description) in failures(operation, route) {
        operation
            .responses
            .responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(Response::new(description)));
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        if response.description.is_empty() {
            response.description = meaning(status).to_owned();
        }
        let is_failure = status.starts_with(['4', '5']);
        if is_failure && response.content.is_empty() {
            let schema = Ref::from_schema_name("ProblemDetails");
            let content = ContentBuilder::new().schema(Some(schema)).build();
            response
                .content
                .insert(PROBLEM.to_owned(), RefOr::T(content));
        }
    }
    let asks = route.proof == Proof::RecentPassword;
    let extensions = ExtensionsBuilder::new()
        .add("x-roles", json!(roles(route.access)))
        .add("x-asks-for-password", json!(asks))
        .build();
    operation
        .extensions
        .get_or_insert_default()
        .merge(extensions);
}

/// The roles that may call it, by name; `nobody` for those who have not signed
/// in.
fn roles(access: Access) -> Vec<serde_json::Value> {
    let signed_in = match access {
        Access::Anyone | Access::SignedIn => &api::Role::ALL[..],
        Access::Having(right) => right.roles(),
    };
    let nobody = (access == Access::Anyone).then(|| json!("nobody"));
    nobody
        .into_iter()
        .chain(signed_in.iter().map(|role| json!(role)))
        .collect()
}

/// The failures that do not depend on the handler.
fn failures(operation: &Operation, route: &RouteSummary) -> Vec<(&'static str, &'static str)> {
    let mut failures = vec!["413", "415", "429", "500", "503"];
    let parameters = operation.parameters.iter().flatten();
    let takes = |kind: &ParameterIn| {
        parameters
            .clone()
            .any(|parameter| matches!(parameter, RefOr::T(one) if one.parameter_in == *kind))
    };
    if takes(&ParameterIn::Query) || takes(&ParameterIn::Path) || operation.request_body.is_some() {
        failures.push("400");
    }
    if takes(&ParameterIn::Path) {
        failures.push("404");
    }
    if operation.request_body.is_some() {
        failures.extend(["408", "422"]);
    }
    if route.access != Access::Anyone {
        failures.push("401");
    }
    if matches!(route.access, Access::Having(_)) || route.mutates {
        failures.push("403");
    }
    if route.mutates {
        // A full disk.
        failures.push("507");
    }
    failures
        .into_iter()
        .map(|status| (status, meaning(status)))
        .collect()
}

/// What a status says here.
fn meaning(status: &str) -> &'static str {
    match status {
        "101" => "The socket is open.",
        "200" => "It went through.",
        "201" => "It was made.",
        "202" => "It is under way.",
        "204" => "It went through, and there is nothing to say of it.",
        "400" => "The request cannot be understood.",
        "401" => "Nobody is signed in.",
        "403" => {
            "The role does not have the right, the password is needed first, or the request does not come from a page of this server."
        }
        "404" => "There is no such thing.",
        "408" => "The body did not come in time.",
        "409" => "It does not fit with what is there.",
        "413" => "The body is too large.",
        "415" => "The body is no JSON, or compressed.",
        "422" => "Something in the body is not right; its places are named.",
        "426" => "This address takes a WebSocket.",
        "429" => "This was too often; wait as long as Retry-After says.",
        "500" => "Something failed on the server; the reference names it in the log.",
        "503" => "The server is busy; try again as Retry-After says.",
        "507" => "The server's storage is full.",
        _ => "",
    }
}
