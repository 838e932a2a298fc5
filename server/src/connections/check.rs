//! Trying a connection: whether it gets a token, and what its client may do.

use api::{Access, Area, AreaCheck, ConnectionCheck, Outcome, Standing};
use axum::{
    Json,
    extract::{Path, State},
};
use futures_util::future::join_all;
use genesys::{FailureKind, Probe};
use store::ConnectionCheckRow;

use super::Reachable;
use crate::{accounts::Actor, app::App, audit, clock, http::Result};

/// Tries a connection: gets a token, and finds out what its client may do
/// without changing anything.
#[utoipa::path(post, path = "/api/connections/{connection}/check",
    params(("connection" = String, Path)),
    responses((status = 200, body = ConnectionCheck), (status = 404)))]
pub(crate) async fn check_connection(
    State(app): State<App>,
    Path(connection): Path<String>,
    actor: Actor,
) -> Result<Json<ConnectionCheck>> {
    let reachable = app.connections.reach(&app, Some(&connection)).await?;
    let said = |outcome, detail: &str| {
        audit::entry("connection.check", &actor.account.name, outcome)
            .about(Some(reachable.id.clone()))
            .saying(detail)
    };
    let intent = format!("Checks the connection “{}”.", reachable.name);
    let intent = said(Outcome::Intended, &intent);
    app.store.append_audit(intent.into()).await?;
    let (check, correlation_id) = tried(&reachable).await;
    let outcome = if check.ok {
        Outcome::Done
    } else {
        Outcome::Failed
    };
    let entry = said(outcome, &check.sentence).correlated(correlation_id);
    let row = ConnectionCheckRow {
        connection_id: reachable.id,
        at_millis: clock::now_millis(),
        outcome: check.clone(),
    };
    app.store.put_connection_check(&row, entry.into()).await?;
    Ok(Json(check))
}

async fn tried(reachable: &Reachable) -> (ConnectionCheck, Option<String>) {
    if let Err(failure) = reachable.client.sign_in().await {
        let check = ConnectionCheck {
            ok: false,
            sentence: failure.sentence(),
            next_step: Some(next_step(&failure).to_owned()),
            areas: Vec::new(),
        };
        return (check, failure.correlation_id);
    }
    let probes =
        Probe::ALL.map(|probe| async move { (probe, reachable.client.probe(probe).await) });
    let found = join_all(probes).await;
    let areas: Vec<_> = found
        .iter()
        .map(|(probe, standing)| area_check(*probe, standing, &found))
        .collect();
    let correlation_id = found.iter().find_map(|(_, standing)| match standing {
        genesys::Standing::Unknown(failure) => failure.correlation_id.clone(),
        _ => None,
    });
    (summed_up(areas), correlation_id)
}

/// What to do, for somebody who looks at the connection already.
fn next_step(failure: &genesys::Failure) -> &'static str {
    match &failure.kind {
        FailureKind::CredentialsRefused => {
            "Enter the client ID and secret of this connection again, as Genesys Cloud has them."
        }
        FailureKind::SignInUnavailable => {
            "Check again in a minute. If it stays so, look whether the sign-in address is right."
        }
        FailureKind::UnexpectedAnswer { .. } | FailureKind::AnswerTooLarge { .. } => {
            "Look whether the addresses of this connection are right."
        }
        FailureKind::SecureConnectionFailed { .. } => {
            "Look whether the addresses of this connection are right, and at their certificates."
        }
        _ => failure.next_step(),
    }
}

fn area_check(
    probe: Probe,
    standing: &genesys::Standing,
    found: &[(Probe, genesys::Standing)],
) -> AreaCheck {
    let is_offered = !found.iter().any(|(other, standing)| {
        other.area == probe.area
            && other.tells_whether_offered()
            && *standing == genesys::Standing::NotFound
    });
    let (standing, missing, reason) = match standing {
        genesys::Standing::Missing { names } => (Standing::Missing, names.clone(), None),
        _ if !is_offered => (Standing::NotOffered, Vec::new(), None),
        genesys::Standing::Allowed | genesys::Standing::NotFound => {
            (Standing::Allowed, Vec::new(), None)
        }
        genesys::Standing::Unknown(failure) => {
            (Standing::Unknown, Vec::new(), Some(failure.sentence()))
        }
    };
    let area = match probe.area {
        genesys::Area::Flows => Area::Flows,
        genesys::Area::Modules => Area::Modules,
        genesys::Area::DataActions => Area::DataActions,
        genesys::Area::Contacts => Area::Contacts,
        genesys::Area::Conversations => Area::Conversations,
    };
    let access = match probe.access {
        genesys::Access::Read => Access::Read,
        genesys::Access::Write => Access::Write,
    };
    let scopes = scopes(area, access)
        .iter()
        .map(|group| group.iter().map(|scope| (*scope).to_owned()).collect())
        .collect();
    AreaCheck {
        area,
        access,
        standing,
        missing,
        scopes,
        reason,
    }
}

/// The scopes that would do: of each group, one (spec, decision 13).
fn scopes(area: Area, access: Access) -> &'static [&'static [&'static str]] {
    match (area, access) {
        (Area::Flows, Access::Read) => {
            &[&["flow:all", "flow:view", "flow:flow:read", "flow:write"]]
        }
        (Area::Flows, Access::Write) => &[&["flow:all", "flow:write", "flow:flow:write"]],
        (Area::Modules, Access::Read) => &[&["flow:flowmodule:read"]],
        (Area::Modules, Access::Write) => &[&["flow:flowmodule:write"]],
        (Area::DataActions, Access::Read) => &[&["task:read"]],
        (Area::DataActions, Access::Write) => &[&["task:write"]],
        (Area::Contacts, Access::Read) => &[&["externalcontacts:contact:read"]],
        (Area::Contacts, Access::Write) => &[&["externalcontacts:contact:write"]],
        (Area::Conversations, _) => &[&["conversation:write"], &["routing:outboundcontact:write"]],
    }
}

/// What is missing, as far as it is known: what Genesys Cloud named, else the
/// scopes of which one would do.
fn missing_in(area: &AreaCheck) -> Vec<String> {
    if area.standing != Standing::Missing {
        return Vec::new();
    }
    let groups = area.scopes.iter().map(|group| group.join(" or "));
    let mut all: Vec<String> = groups.collect();
    // What is named and stands in no group is said too.
    let is_known = |name: &String| area.scopes.iter().flatten().any(|scope| scope == name);
    all.extend(area.missing.iter().filter(|name| !is_known(name)).cloned());
    all
}

fn summed_up(areas: Vec<AreaCheck>) -> ConnectionCheck {
    let with = |standing: Standing| {
        areas
            .iter()
            .filter(|area| area.standing == standing)
            .count()
    };
    let (missing, unknown) = (with(Standing::Missing), with(Standing::Unknown));
    let not_offered = with(Standing::NotOffered);
    let (sentence, next_step) = if missing > 0 {
        let named: Vec<_> = areas.iter().flat_map(missing_in).collect();
        (
            format!(
                "Genesys Cloud accepted the credentials, but this client lacks rights: {}.",
                named.join("; ")
            ),
            Some(
                "Give the OAuth client a role or scope that includes what is missing, and check again. If scopes are asked for here, they must be among them.",
            ),
        )
    } else if unknown > 0 {
        (
            "Genesys Cloud accepted the credentials. What this client may do could not all be found out.".to_owned(),
            Some("Check again in a moment."),
        )
    } else if not_offered > 0 {
        (
            "Genesys Cloud accepted the credentials, and this client may use all that is offered there.".to_owned(),
            None,
        )
    } else {
        (
            "Genesys Cloud accepted the credentials, and this client may do all that Patchbay does.".to_owned(),
            None,
        )
    };
    ConnectionCheck {
        ok: missing == 0 && unknown == 0,
        sentence,
        next_step: next_step.map(str::to_owned),
        areas,
    }
}
