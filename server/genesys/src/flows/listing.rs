//! Listings, which come a page at a time.

use reqwest::Method;
use serde::Deserialize;

use super::stored::Wire;
use crate::call::Call;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::read::read;
use crate::verdict::{Resend, Success, unreadable};

/// The most entries of a listing that are read.
pub(crate) const LARGEST_LISTING: usize = 5_000;
/// How many entries are asked for at once.
const PAGE: usize = 100;

/// What an entry of a listing becomes.
pub(crate) trait Summary: Sized {
    /// The entry, or what is wrong with it.
    fn of(wire: Wire) -> Result<Self, &'static str>;
}

/// One page of a listing.
pub(crate) struct Page<T> {
    /// Its entries.
    pub(crate) entries: Vec<T>,
    /// How many pages there are, where that is told.
    page_count: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireListing {
    entities: Vec<Wire>,
    #[serde(default)]
    page_count: Option<usize>,
}

/// The page of an answer.
pub(crate) fn page<T: Summary>(call: &Call, success: Success) -> Result<Page<T>, Failure> {
    let listing: WireListing = read(call, &success)?;
    let entries = listing
        .entities
        .into_iter()
        .map(T::of)
        .collect::<Result<_, _>>()
        .map_err(|reason| unreadable(call.resend, &success, reason))?;
    Ok(Page {
        entries,
        page_count: listing.page_count,
    })
}

/// All entries, page by page.
pub(crate) async fn all<T: Summary>(
    connection: &Connection,
    operation: &'static str,
    template: &'static str,
    url: &url::Url,
) -> Result<Vec<T>, Failure> {
    let mut found = Vec::new();
    for number in 1..=LARGEST_LISTING / PAGE {
        let mut url = url.clone();
        url.query_pairs_mut()
            .append_pair("pageSize", &PAGE.to_string())
            .append_pair("pageNumber", &number.to_string());
        let call = Call {
            operation,
            method: Method::GET,
            template,
            url,
            body: None,
            resend: Resend::Reads,
        };
        let page: Page<T> = page(&call, connection.send(&call).await?)?;
        let is_empty = page.entries.is_empty();
        found.extend(page.entries);
        if is_empty || page.page_count.is_none_or(|count| count <= number) {
            break;
        }
    }
    Ok(found)
}
