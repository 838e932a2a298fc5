//! What stands in a file, sealed: the names of its columns and its cells.

use api::ColumnUse;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    http::{Problem, Result},
    keys::{KeyRing, Place},
};

/// The columns of a file, as they are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    pub(super) names: Vec<String>,
    pub(super) used_as: Vec<ColumnUse>,
}

pub(super) fn seal_head(keys: &KeyRing, import: &str, head: &Head) -> Result<String> {
    seal(keys, head_place(import), head)
}

pub(super) fn open_head(keys: &KeyRing, import: &str, sealed: &str) -> Result<Head> {
    open(keys, head_place(import), sealed)
}

pub(super) fn seal_cells(
    keys: &KeyRing,
    import: &str,
    number: u64,
    cells: &[String],
) -> Result<String> {
    let row = format!("{import}/{number}");
    seal(keys, cells_place(&row), &cells)
}

pub(super) fn open_cells(
    keys: &KeyRing,
    import: &str,
    number: u64,
    sealed: &str,
) -> Result<Vec<String>> {
    let row = format!("{import}/{number}");
    open(keys, cells_place(&row), sealed)
}

fn head_place(import: &str) -> Place<'_> {
    Place {
        table: "contact_imports",
        row: import,
        column: "sealed_head",
    }
}

fn cells_place(row: &str) -> Place<'_> {
    Place {
        table: "contact_import_rows",
        row,
        column: "sealed_cells",
    }
}

fn seal<T: Serialize>(keys: &KeyRing, place: Place<'_>, value: &T) -> Result<String> {
    let text = serde_json::to_string(value).map_err(Problem::internal)?;
    keys.seal(place, &SecretString::from(text))
        .map_err(Problem::internal)
}

fn open<T: DeserializeOwned>(keys: &KeyRing, place: Place<'_>, sealed: &str) -> Result<T> {
    let text = keys.open(place, sealed).map_err(Problem::internal)?;
    serde_json::from_str(text.expose_secret()).map_err(Problem::internal)
}
