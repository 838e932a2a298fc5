//! Edits that are too large for the socket.

use api::{Submitted, socket::FromServer};
use axum::{
    Json,
    extract::{Path, State},
};

use crate::{
    accounts::Actor,
    app::App,
    http::{Body, Problem, Result},
};

const LONGEST_ID: usize = 100;

/// Takes an edit. The answer is what the socket would have said.
#[utoipa::path(post, path = "/api/flows/{flow}/transactions", params(("flow" = String, Path)),
    request_body = Submitted,
    responses((status = 200, description = "Acknowledged or refused"), (status = 404), (status = 422)))]
pub(crate) async fn submit_edit(
    State(app): State<App>,
    Path(flow): Path<String>,
    actor: Actor,
    Body(body): Body<Submitted>,
) -> Result<Json<FromServer>> {
    if body.id.is_empty() || body.id.len() > LONGEST_ID {
        return Err(Problem::field(
            "/id",
            "An edit's id has 1 to 100 characters.",
        ));
    }
    let (author, role) = (actor.account.name, actor.account.role);
    let answer = app
        .rooms
        .submit(&flow, body.id, body.transaction, author, role)
        .await?;
    Ok(Json(answer))
}
