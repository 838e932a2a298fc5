//! Reading the audit log.

use api::{AuditEntry, Outcome};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use store::AuditFilter;
use utoipa::IntoParams;

use super::shown;
use crate::{
    app::App,
    clock,
    http::{Problem, Result},
};

/// Entries of one page.
const PAGE: u32 = 200;

/// Which entries are wanted: those to which all that is given applies.
#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Entries before this number; the latest without it.
    pub(super) before: Option<u64>,
    /// Words of the entry's actor, action or sentence.
    text: Option<String>,
    /// Who, to the letter.
    actor: Option<String>,
    /// What: an action such as `flow.publish`, or its subject, `flow`.
    action: Option<String>,
    /// The id of what it was done to.
    object: Option<String>,
    /// How it went.
    outcome: Option<Outcome>,
    /// Not before this moment: RFC 3339.
    from: Option<String>,
    /// Before this moment: RFC 3339.
    until: Option<String>,
}

impl Wanted {
    /// What the store is asked for.
    pub(super) fn filter(self) -> Result<AuditFilter> {
        // A field that was left empty asks for nothing.
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(AuditFilter {
            text: given(self.text),
            actor: given(self.actor),
            action: given(self.action),
            object: given(self.object),
            outcome: self.outcome,
            from_millis: moment(given(self.from), "from")?,
            until_millis: moment(given(self.until), "until")?,
        })
    }
}

fn moment(text: Option<String>, name: &str) -> Result<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    match clock::parse_rfc3339(&text) {
        Some(millis) => Ok(Some(millis)),
        None => Err(Problem::bad_query(format!(
            "“{name}” must be a moment in RFC 3339, like 2026-01-31T12:00:00Z."
        ))),
    }
}

/// The audit log, the latest entry first.
#[utoipa::path(get, path = "/api/audit", params(Wanted),
    responses((status = 200, body = Vec<AuditEntry>)))]
pub(crate) async fn list_audit(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<AuditEntry>>> {
    let before = wanted.before;
    let rows = app.store.audit(&wanted.filter()?, before, PAGE).await?;
    Ok(Json(rows.into_iter().map(shown).collect()))
}
