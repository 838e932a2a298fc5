//! What is said of a row to whoever may see what stands in it: the whole
//! sentences of the dry run, which are not kept, since they quote the row, and
//! what Genesys said, which is kept sealed.

use std::collections::HashMap;

use api::RowState;
use store::{ImportedRow, WordsPlace};

use super::{
    super::words,
    examine::{Columns, of_row},
    file::Row,
    sealed::Head,
};
use crate::{http::Result, keys::KeyRing};

/// Reads the rows of an import in their order.
pub(super) struct Said<'a> {
    keys: &'a KeyRing,
    import: &'a str,
    columns: Columns<'a>,
    seen: HashMap<String, u64>,
}

impl<'a> Said<'a> {
    /// For the rows of an import of a file with these columns.
    pub(super) fn of(keys: &'a KeyRing, import: &'a str, head: &'a Head) -> Self {
        let columns = Columns {
            names: &head.names,
            used_as: &head.used_as,
        };
        let seen = HashMap::new();
        Self {
            keys,
            import,
            columns,
            seen,
        }
    }

    /// What is said of a row; the rows before it were asked for before.
    pub(super) fn of_row(&mut self, row: &ImportedRow, cells: &[String]) -> Result<String> {
        let read = Row {
            number: row.number,
            cells: cells.to_vec(),
            // Its cells beyond the last column are not kept.
            has_more: false,
        };
        let problems = of_row(&read, self.columns, &mut self.seen);
        // What was sent and refused has a sentence of its own.
        if let Some(sealed) = &row.sealed_words {
            let place = WordsPlace::ImportRow {
                import: self.import.to_owned(),
                number: row.number,
            };
            return words::open(self.keys, &place, sealed);
        }
        if row.state != RowState::Failed || problems.is_empty() {
            return Ok(row.message.clone());
        }
        let sentences = problems
            .into_iter()
            .map(|problem| match problem.column.as_str() {
                "" => problem.sentence,
                column => format!("{column}: {}", problem.sentence),
            });
        Ok(sentences.collect::<Vec<_>>().join(" "))
    }
}
