//! The list of contacts, searched in what the person may see, and one contact.

use api::{Contact, ContactList, ContactOrder, ContactStage, ContactSummary};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use store::{ContactPlace, ContactRow};

use super::{
    mask::Sight,
    record::Record,
    shown::{summary, whole},
};
use crate::{
    accounts::Actor,
    app::App,
    http::{Problem, Result},
    keys::KeyRing,
};

/// Contacts of one page.
const PAGE: usize = 100;
/// Contacts that are read at once while searching.
const CHUNK: u32 = 500;

/// Which contacts to show.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// Words that all occur in the contact, as the person sees it.
    #[serde(default)]
    search: String,
    /// How far they have come.
    stage: Option<ContactStage>,
    /// In which order.
    #[serde(default)]
    order: ContactOrder,
    /// Where to go on.
    after: Option<String>,
}

/// Contacts, the latest first unless another order is asked for.
#[utoipa::path(get, path = "/api/contacts",
    params(
        ("search" = Option<String>, Query, description = "Words that all occur in it, as far as the person may see it"),
        ("stage" = Option<ContactStage>, Query, description = "How far they have come"),
        ("order" = Option<ContactOrder>, Query, description = "In which order; the latest registered first when absent"),
        ("after" = Option<String>, Query, description = "What `next` of the page before was"),
    ),
    responses((status = 200, body = ContactList), (status = 400)))]
pub(crate) async fn list_contacts(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    actor: Actor,
) -> Result<Json<ContactList>> {
    let sight = Sight::of(actor.account.role);
    let words = words_of(&wanted.search);
    let (stage, order) = (wanted.stage, wanted.order);
    let mut after = wanted.after.as_deref().map(place).transpose()?;
    let mut contacts = Vec::new();
    let next = loop {
        let rows = app.store.contacts(stage, order, after.as_ref(), CHUNK);
        let rows = rows.await?;
        let is_last = rows.len() < CHUNK as usize;
        let (keys, words) = (app.keys.clone(), words.clone());
        let left = PAGE - contacts.len();
        // Opening hundreds of records takes a while; others go on meanwhile.
        let picked =
            tokio::task::spawn_blocking(move || pick(&keys, rows, sight, order, &words, left));
        let picked = picked.await.map_err(Problem::internal)??;
        contacts.extend(picked.found);
        match picked.last {
            Some(last) if !is_last || picked.is_full => after = Some(last),
            _ => break None,
        }
        if contacts.len() >= PAGE {
            break after;
        }
    };
    Ok(Json(ContactList {
        contacts,
        total: app.store.contact_count(stage).await?,
        next: next.map(|place| format!("{}.{}", place.at_millis, place.id)),
    }))
}

/// The ids of all contacts that the list shows for these words and this stage.
pub(super) async fn pick_all(
    app: &App,
    sight: Sight,
    search: &str,
    stage: Option<ContactStage>,
    order: ContactOrder,
) -> Result<Vec<String>> {
    let words = words_of(search);
    let mut after = None;
    let mut found = Vec::new();
    loop {
        let rows = app.store.contacts(stage, order, after.as_ref(), CHUNK);
        let rows = rows.await?;
        let is_last = rows.len() < CHUNK as usize;
        let (keys, words) = (app.keys.clone(), words.clone());
        let picked = tokio::task::spawn_blocking(move || {
            pick(&keys, rows, sight, order, &words, usize::MAX)
        });
        let picked = picked.await.map_err(Problem::internal)??;
        found.extend(picked.found.into_iter().map(|contact| contact.id));
        match picked.last {
            Some(last) if !is_last => after = Some(last),
            _ => return Ok(found),
        }
    }
}

fn words_of(search: &str) -> Vec<String> {
    let words = search.to_lowercase();
    words.split_whitespace().map(str::to_owned).collect()
}

/// One contact.
#[utoipa::path(get, path = "/api/contacts/{contact}", params(("contact" = String, Path)),
    responses((status = 200, body = Contact), (status = 404)))]
pub(crate) async fn show_contact(
    State(app): State<App>,
    Path(contact): Path<String>,
    actor: Actor,
) -> Result<Json<Contact>> {
    let row = found(&app, &contact).await?;
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// The contact of this id.
pub(super) async fn found(app: &App, id: &str) -> Result<ContactRow> {
    let row = app.store.contact(id).await?;
    row.ok_or_else(|| Problem::not_found("contact"))
}

/// What of some rows is shown.
struct Picked {
    found: Vec<ContactSummary>,
    /// The last row that was looked at.
    last: Option<ContactPlace>,
    /// Whether rows were left because there was no more room.
    is_full: bool,
}

fn pick(
    keys: &KeyRing,
    rows: Vec<ContactRow>,
    sight: Sight,
    order: ContactOrder,
    words: &[String],
    room: usize,
) -> Result<Picked> {
    let mut picked = Picked {
        found: Vec::new(),
        last: None,
        is_full: false,
    };
    for row in rows {
        if picked.found.len() >= room {
            picked.is_full = true;
            break;
        }
        let record = Record::open(keys, &row)?;
        let summary = summary(&row, record, sight);
        picked.last = Some(ContactPlace::of(&row, order));
        if fits(&summary, words) {
            picked.found.push(summary);
        }
    }
    Ok(picked)
}

/// Whether all words occur in what is shown. What is masked cannot be searched,
/// or searching would tell it.
fn fits(contact: &ContactSummary, words: &[String]) -> bool {
    let mut text = format!("{} {}", contact.external_contact_id, contact.name);
    for channel in &contact.channels {
        text.push(' ');
        text.push_str(&channel.address);
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

fn place(text: &str) -> Result<ContactPlace> {
    let parts = text.split_once('.');
    let place = parts.and_then(|(millis, id)| {
        Some(ContactPlace {
            at_millis: millis.parse().ok()?,
            id: id.to_owned(),
        })
    });
    place.ok_or_else(|| {
        Problem::new(
            axum::http::StatusCode::BAD_REQUEST,
            "bad-request",
            "This is no place in the list of contacts.",
        )
        .next("Load the list from its beginning.")
    })
}
