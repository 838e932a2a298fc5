//! Trying a connection: whether it gets a token, and what its client may do.

use api::{Access, Area, AreaCheck, ConnectionCheck, Outcome, Standing};
use axum::{
    Json,
    extract::{Path, State},
};
use futures_util::future::join_all;
use genesys::Probe;

use super::Reachable;
use crate::{accounts::Actor, app::App, audit, http::Result};

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
    app.store.append_audit(entry.into()).await?;
    Ok(Json(check))
}

async fn tried(reachable: &Reachable) -> (ConnectionCheck, Option<String>) {
    if let Err(failure) = reachable.client.sign_in().await {
        let check = ConnectionCheck {
            ok: false,
            sentence: failure.sentence(),
            next_step: Some(failure.next_step().to_owned()),
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
        (
            "Genesys Cloud accepted the credentials, and this client lacks rights.",
            Some(
                "Give the OAuth client a role or scope that includes what is missing, and check again. If scopes are asked for here, they must be among them.",
            ),
        )
    } else if unknown > 0 {
        (
            "Genesys Cloud accepted the credentials. What this client may do could not all be found out.",
            Some("Check again in a moment."),
        )
    } else if not_offered > 0 {
        (
            "Genesys Cloud accepted the credentials, and this client may use all that is offered there.",
            None,
        )
    } else {
        (
            "Genesys Cloud accepted the credentials, and this client may do all that Patchbay does.",
            None,
        )
    };
    ConnectionCheck {
        ok: missing == 0 && unknown == 0,
        sentence: sentence.to_owned(),
        next_step: next_step.map(str::to_owned),
        areas,
    }
}
