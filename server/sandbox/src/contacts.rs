//! The routes of contacts and conversations.

use std::time::Instant;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::api::{answer, document, saved};
use crate::contact_store::{ContactRecord, ContactRefusal, Validation};
use crate::error_body::ApiError;
use crate::state::Sandbox;
use crate::validate::{Problem, contact};

const INVALID_CONTACT: &str = "invalid.contact";
const INVALID_CONVERSATION: &str = "invalid.conversation";

pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let id = contact::new_contact(&document).map_err(invalid_contact)?;
    // A refused contact is not counted, one that exists is: it was tried.
    let options = sandbox.options();
    sandbox.creations().count(
        options.contacts_per_minute,
        options.clock_factor,
        Instant::now(),
    )?;
    let contact = sandbox.contact_store().create(&id, document);
    let contact = contact.map_err(|refusal| refused(refusal, &id))?;
    saved(&sandbox).await?;
    let mut made = contact.body;
    if let Some(members) = made.as_object_mut() {
        members.insert("state".to_owned(), "new".into());
    }
    Ok((StatusCode::CREATED, answer(&made)).into_response())
}

pub(crate) async fn get(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let found = sandbox.contact_store().get(&id).map(ContactRecord::answer);
    let found = found.map_err(|refusal| refused(refusal, &id))?;
    Ok(answer(&found))
}

pub(crate) async fn update(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let held = sandbox.contact_store().get(&id).map(drop);
    held.map_err(|refusal| refused(refusal, &id))?;
    contact::changed_contact(&document, &id).map_err(invalid_contact)?;
    let contact = sandbox.contact_store().update(&id, document);
    let contact = contact.map_err(|refusal| refused(refusal, &id))?;
    saved(&sandbox).await?;
    Ok(answer(&contact.answer()))
}

pub(crate) async fn start(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let invalid = |problems| ApiError::invalid_as(INVALID_CONVERSATION, problems);
    let start = contact::new_conversation(&document).map_err(invalid)?;
    let conversation = {
        let mut store = sandbox.contact_store();
        let held = store.get(&start.contact_id);
        let standing = held
            .map_err(|_| {
                let message = "no contact has this id";
                invalid(vec![problem("/contactId", "contact.unknown", message)])
            })?
            .standing();
        if !matches!(
            standing.validation,
            Validation::Passed | Validation::Pending
        ) {
            let message = "the contact has not passed its validation";
            let problem = problem("/contactId", "contact.not.validated", message);
            return Err(invalid(vec![problem]));
        }
        if !standing.channels.contains(&(start.channel.clone(), true)) {
            let message = "this channel of the contact is not available";
            let problem = problem("/type", "channel.unavailable", message);
            return Err(invalid(vec![problem]));
        }
        store.start(document)
    };
    saved(&sandbox).await?;
    let answered = json!({
        "id": conversation.id,
        "contactId": start.contact_id,
        "type": start.channel,
        "state": "initiated",
    });
    Ok((StatusCode::CREATED, answer(&answered)).into_response())
}

fn invalid_contact(problems: Vec<Problem>) -> ApiError {
    ApiError::invalid_as(INVALID_CONTACT, problems)
}

fn problem(pointer: &str, code: &'static str, message: &str) -> Problem {
    Problem {
        pointer: pointer.to_owned(),
        code,
        message: message.to_owned(),
        entity: None,
    }
}

fn refused(refusal: ContactRefusal, id: &str) -> ApiError {
    match refusal {
        ContactRefusal::NotFound => ApiError::not_found("contact"),
        ContactRefusal::Exists => ApiError::new(
            StatusCode::CONFLICT,
            "already.exists",
            "A contact with this external id already exists.",
        )
        .about(id),
    }
}

/// The contacts and conversations that are held, for the sandbox's own API.
pub(crate) async fn held(State(sandbox): State<Sandbox>) -> axum::Json<Value> {
    axum::Json(json!({
        "contacts": sandbox.contacts(),
        "conversations": sandbox.conversations(),
    }))
}
