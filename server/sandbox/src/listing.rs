//! Listings, a page at a time.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::flow_store::FlowRecord;

/// The page that is given when none is asked for, as on the platform.
const DEFAULT_SIZE: usize = 25;
const LARGEST_SIZE: usize = 100;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Listing {
    /// Only those of exactly this name.
    name: Option<String>,
    page_number: Option<usize>,
    page_size: Option<usize>,
}

impl Listing {
    /// The answer: the page asked for, and how many there are.
    pub(crate) fn page_of(&self, records: &[FlowRecord]) -> Value {
        let named: Vec<&FlowRecord> = records
            .iter()
            .filter(|record| self.name.as_ref().is_none_or(|name| *name == record.name))
            .collect();
        let size = self
            .page_size
            .unwrap_or(DEFAULT_SIZE)
            .clamp(1, LARGEST_SIZE);
        let number = self.page_number.unwrap_or(1).max(1);
        let entities: Vec<Value> = named
            .chunks(size)
            .nth(number - 1)
            .unwrap_or_default()
            .iter()
            .map(|record| record.answer())
            .collect();
        json!({
            "entities": entities,
            "pageNumber": number,
            "pageSize": size,
            "total": named.len(),
            "pageCount": named.len().div_ceil(size).max(1),
        })
    }
}
