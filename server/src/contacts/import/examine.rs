//! Rows as contacts, and what is wrong with them.

use std::collections::HashMap;

use api::{ColumnUse, RowProblem};
use flow::{
    Severity,
    contact::{Channel, Contact},
};

use super::{
    columns::{brief, metadata_name, used_for},
    file::{Row, Table},
};
use crate::spreadsheet::unguarded;

/// The columns of a file and what each is.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a> {
    pub(super) names: &'a [String],
    pub(super) used_as: &'a [ColumnUse],
}

impl Columns<'_> {
    /// The contact of a row; a duration that is no number is a problem. No number
    /// and no address begins with what keeps a spreadsheet from taking it for a
    /// formula, whoever wrote that there.
    pub(super) fn contact(&self, cells: &[String]) -> (Contact, Option<(String, String)>) {
        let mut contact = Contact::default();
        let mut wrong = None;
        let columns = self.names.iter().zip(self.used_as).zip(cells);
        for ((name, used_as), cell) in columns {
            match used_as {
                ColumnUse::Ignored => {}
                ColumnUse::ExternalContactId => contact.external_contact_id.clone_from(cell),
                ColumnUse::Name => contact.name.clone_from(cell),
                ColumnUse::Voice => contact.channels.set(Channel::Voice, unguarded(cell)),
                ColumnUse::Sms => contact.channels.set(Channel::Sms, unguarded(cell)),
                ColumnUse::Email => contact.channels.set(Channel::Email, unguarded(cell)),
                ColumnUse::Chat => contact.channels.set(Channel::Chat, unguarded(cell)),
                ColumnUse::InitialMessage => contact.initial_message.clone_from(cell),
                ColumnUse::Duration if cell.is_empty() => {}
                ColumnUse::Duration => match cell.parse() {
                    Ok(seconds) => contact.interaction_duration_seconds = seconds,
                    Err(_) => {
                        let sentence = "The duration is no whole number. Write seconds, from 1 to 7200, or leave it empty.";
                        wrong = Some((brief(name), sentence.to_owned()));
                    }
                },
                ColumnUse::Metadata if cell.is_empty() => {}
                ColumnUse::Metadata => {
                    let name = metadata_name(name).to_owned();
                    contact.metadata.insert(name, cell.clone());
                }
            }
        }
        (contact, wrong)
    }

    /// Whether a cell has a line that is a row which could be registered: then
    /// a quote is not where it should be, and the cell holds what others are
    /// to be sent.
    fn holds_a_row(&self, cell: &str) -> bool {
        let below = cell.split(['\r', '\n']).skip(1);
        let is_row = |line: &str| {
            [',', ';', '\t', '|'].into_iter().any(|delimiter| {
                let cells = line.split(delimiter);
                let cells: Vec<_> = cells
                    .map(|cell| cell.trim().trim_matches('"').to_owned())
                    .collect();
                let (contact, wrong) = self.contact(&cells);
                let errors = flow::contact::check(&contact);
                wrong.is_none() && errors.iter().all(|one| one.severity != Severity::Error)
            })
        };
        below.filter(|line| !line.trim().is_empty()).any(is_row)
    }

    /// The column of a part of a contact; empty where it has none.
    fn of_part(&self, part: &str) -> String {
        let wanted = used_for(part);
        let mut columns = self.names.iter().zip(self.used_as);
        let found = columns.find(|(_, used_as)| wanted == Some(**used_as));
        found.map(|(name, _)| brief(name)).unwrap_or_default()
    }
}

/// What is wrong with each row, row by row in the order of the file.
pub(super) fn examine(table: &Table, used_as: &[ColumnUse]) -> Vec<Vec<RowProblem>> {
    let columns = Columns {
        names: &table.names,
        used_as,
    };
    let mut seen = HashMap::new();
    let rows = table.rows.iter();
    rows.map(|row| of_row(row, columns, &mut seen)).collect()
}

/// What is wrong with one row; `seen` has the ids of the rows before it.
pub(super) fn of_row(
    row: &Row,
    columns: Columns<'_>,
    seen: &mut HashMap<String, u64>,
) -> Vec<RowProblem> {
    let problem = |column: String, sentence: String| RowProblem {
        row: row.number,
        column,
        sentence,
    };
    let mut problems = Vec::new();
    if row.has_more {
        let sentence = "The row has more cells than there are columns. Put cells that hold a comma into quotes.";
        problems.push(problem(String::new(), sentence.to_owned()));
    }
    let (contact, wrong) = columns.contact(&row.cells);
    problems.extend(wrong.map(|(column, sentence)| problem(column, sentence)));
    let errors = flow::contact::check(&contact).into_iter();
    for error in errors.filter(|error| error.severity == Severity::Error) {
        let part = error
            .place
            .field
            .as_ref()
            .map_or("", |field| field.as_str());
        problems.push(problem(columns.of_part(part), error.message));
    }
    for (name, cell) in columns.names.iter().zip(&row.cells) {
        if columns.holds_a_row(cell) {
            let sentence = "The cell goes on over a line break and holds a whole row of the file. Close the quote before that row.";
            problems.push(problem(brief(name), sentence.to_owned()));
        }
    }
    if !contact.external_contact_id.is_empty() {
        let id = contact.external_contact_id.clone();
        let first = *seen.entry(id).or_insert(row.number);
        if first != row.number {
            let column = columns.of_part(flow::contact::member::ID);
            let sentence = format!("Row {first} has the same id. Remove one of the two.");
            problems.push(problem(column, sentence));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{super::file::read, *};

    #[test]
    fn a_quote_that_is_closed_too_late_is_seen_by_the_rows_in_its_cell() {
        use ColumnUse::{ExternalContactId, InitialMessage, Name, Voice};
        let text = "id,name,phone,message\n\
            A-1,Ann,+15551234561,\"Hello Ann\nA-2,Bob,+15551234562,Hello \"Bob\"\n\
            A-3,Cy,+15551234563,\"Hello Cy,\nwe, as ever, are here\"\n\
            A-4,\"Dee\nA\",+15551234564,Hello\n";
        let table = read(text).expect("a table");
        let used_as = [ExternalContactId, Name, Voice, InitialMessage];
        let found: Vec<_> = examine(&table, &used_as)
            .into_iter()
            .flatten()
            .map(|problem| (problem.row, problem.column))
            .collect();
        assert_eq!(
            found,
            [(2, "message".to_owned()), (4, "name".to_owned())],
            "a message may have lines, a name may not"
        );
    }

    #[test]
    fn a_number_that_was_guarded_from_spreadsheets_is_a_number() {
        use ColumnUse::{Chat, ExternalContactId, Name, Sms, Voice};
        let names = ["id", "name", "phone", "mobile", "chat"].map(str::to_owned);
        let columns = Columns {
            names: &names,
            used_as: &[ExternalContactId, Name, Voice, Sms, Chat],
        };
        let cells = ["A-1", "'t Hart", "'+15551234567", "+15551234568", "'@ann"];
        let (contact, wrong) = columns.contact(&cells.map(str::to_owned));
        assert_eq!(wrong, None);
        assert_eq!(contact.name, "'t Hart");
        assert_eq!(contact.channels.voice, "+15551234567");
        assert_eq!(contact.channels.sms, "+15551234568");
        assert_eq!(contact.channels.chat, "@ann");
        assert!(flow::contact::check(&contact).is_empty());
    }

    #[test]
    fn every_row_says_what_is_wrong_with_it_and_where() {
        use ColumnUse::{Duration, ExternalContactId, Metadata, Name, Voice};
        let text = "id,name,phone,seconds,region\n\
            A-1,Ann,+15551234567,600,us\n\
            A-1,Bob,+15551234567,,\n\
            A 3,Cy,+15551234567,,\n\
            A-4,,555,ten,\n\
            A-5,Eve,,9000,\n";
        let table = read(text).expect("a table");
        let used_as = [ExternalContactId, Name, Voice, Duration, Metadata];
        let places: Vec<Vec<_>> = examine(&table, &used_as)
            .into_iter()
            .map(|problems| problems.into_iter().map(|p| (p.row, p.column)).collect())
            .collect();
        let at = |row: u64, columns: &[&str]| -> Vec<(u64, String)> {
            columns
                .iter()
                .map(|column| (row, (*column).to_owned()))
                .collect()
        };
        assert_eq!(
            places,
            [
                at(2, &[]),
                at(3, &["id"]),
                at(4, &["id"]),
                at(5, &["seconds", "name", "phone"]),
                at(6, &["", "seconds"]),
            ]
        );
    }
}
