//! A CSV file as rows of cells.

use super::{
    outline::outline,
    result::columns_of_result,
    separator::{Separated, separated},
};
use crate::{
    http::{Problem, Result},
    spreadsheet::unguarded,
};

/// Rows below the names of the columns.
pub(super) const MOST_ROWS: usize = 10_000;
const MOST_COLUMNS: usize = 100;
/// Characters of a column's name.
const LONGEST_NAME: usize = 255;
/// What stands where a file was not written in UTF-8.
const REPLACEMENT: char = '\u{fffd}';

/// A file as rows of cells, each as many as there are columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The names of the columns.
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row below the names of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number in the file, where the names of the columns are row 1.
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
    /// Whether it has more cells than there are columns.
    pub(super) has_more: bool,
}

/// Reads a file; what keeps it from being one is said at `/text`.
pub(super) fn read(text: &str) -> Result<Table> {
    let refused = |sentence: String| Err(Problem::field("/text", &sentence));
    if text.len() > flow::MAX_DOCUMENT_BYTES {
        return refused("The file is larger than 10 MiB. Split it into several.".to_owned());
    }
    if let Some(line) = text.lines().position(|line| line.contains(REPLACEMENT)) {
        return refused(format!(
            "The file is not in UTF-8, which shows in line {}. Save it as “CSV UTF-8” and choose it again.",
            line + 1
        ));
    }
    let text = text.trim_start_matches('\u{feff}');
    let Separated {
        text,
        delimiter,
        lines_before,
    } = separated(text)?;
    let outline = outline(text, delimiter);
    // What follows such a quote would all be one cell of one row.
    if let Some(line) = outline.open_quote_line {
        let line = line + lines_before;
        return refused(format!(
            "The quote that opens in line {line} is never closed. Close it; a quote inside of a cell in quotes is written twice."
        ));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let mut names: Vec<String> = match records.next() {
        None => return refused("The file is empty.".to_owned()),
        Some(Ok(record)) => record.iter().map(|name| name.trim().to_owned()).collect(),
        Some(Err(error)) => return refused(format!("The file cannot be read: {error}.")),
    };
    // What we wrote so that no spreadsheet takes it for a formula is read as it was.
    let is_ours = columns_of_result(&names).is_some();
    let read_as = |cell: &str| match (cell.trim(), is_ours) {
        (cell, true) => unguarded(cell).to_owned(),
        (cell, false) => cell.to_owned(),
    };
    for name in &mut names {
        *name = read_as(name);
    }
    if names.len() > MOST_COLUMNS {
        return refused(format!(
            "The file has {} columns, and at most {MOST_COLUMNS} are possible. Remove those that are not needed.",
            names.len()
        ));
    }
    let long = names
        .iter()
        .map(|name| name.chars().count())
        .zip(1..)
        .find(|(count, _)| *count > LONGEST_NAME);
    if let Some((count, column)) = long {
        return refused(format!(
            "The name of column {column} has {count} characters, and at most {LONGEST_NAME} are possible. Shorten it in the first row."
        ));
    }
    let mut rows = Vec::new();
    for (number, record) in outline.rows.into_iter().skip(1).zip(records) {
        let record = match record {
            Ok(record) => record,
            Err(error) => return refused(format!("Row {number} cannot be read: {error}.")),
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return refused(format!(
                "The file has more than {MOST_ROWS} rows. Split it into several."
            ));
        }
        let mut cells: Vec<String> = record.iter().map(read_as).collect();
        let has_more = cells.iter().skip(names.len()).any(|cell| !cell.is_empty());
        cells.resize(names.len(), String::new());
        rows.push(Row {
            number,
            cells,
            has_more,
        });
    }
    if rows.is_empty() {
        return refused("The file has no rows below the names of its columns.".to_owned());
    }
    Ok(Table { names, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whatever_separates_its_cells() {
        for separator in [",", ";", "\t"] {
            let text =
                format!("\u{feff}id{separator}name\r\n1{separator}\"A \"\"B\"\" C\"\r\n\r\n");
            let table = read(&text).expect("a table");
            assert_eq!(table.names, ["id", "name"]);
            let row = table.rows.first().expect("a row");
            assert_eq!(
                (row.number, row.cells.join("|")),
                (2, "1|A \"B\" C".to_owned())
            );
        }
    }

    #[test]
    fn short_long_and_empty_rows_keep_their_numbers() {
        let table = read("a,b\n1\n,\n2,3,4\n").expect("a table");
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|row| (row.number, row.cells.join("|"), row.has_more))
            .collect();
        assert_eq!(
            rows,
            [(2, "1|".to_owned(), false), (4, "2|3".to_owned(), true)]
        );
    }

    #[test]
    fn blank_lines_and_line_breaks_in_cells_count_as_a_spreadsheet_counts_them() {
        for (text, numbers) in [
            ("a,b\n1,2\n\n\n3,4\n", vec![2, 5]),
            ("a,b\r\n1,2\r\n\r\n3,4\r\n", vec![2, 4]),
            ("a,b\r1,2\r\r3,4", vec![2, 4]),
            ("\n\na,b\n1,2\n", vec![2]),
            ("a,b\n1,\"x\n\ny\"\n3,4\n", vec![2, 3]),
            ("a,b\n1,\"x\"\"\n\"\"\" z\n3,4\n", vec![2, 3]),
            ("a,b\n1,x \"y\n3,4\n", vec![2, 3]),
        ] {
            let table = read(text).expect("a table");
            let found: Vec<_> = table.rows.iter().map(|row| row.number).collect();
            assert_eq!(found, numbers, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused_with_the_line_where_it_opens() {
        for (text, line) in [
            ("a,b\n1,2\n3,\"x\n4,5\n", 3),
            ("a,\"b\n1,2\n", 1),
            ("a,b\r\n\r\n1,\"x\r\ny\"\r\n2,\"z\r\n", 5),
            ("a,b\n1,\"x\"\"\n", 2),
        ] {
            let refused = read(text).expect_err("refused");
            let said = format!("{refused:?}");
            assert!(said.contains(&format!("in line {line} is never")), "{said}");
        }
        assert!(read("a,b\n1,\"x\"").is_ok());
    }

    #[test]
    fn the_line_by_which_excel_learns_what_separates_cells_is_understood() {
        for (text, cells) in [
            ("sep=;\na,b;c\n1;2\n", vec!["a,b", "c", "1", "2"]),
            ("sep=;\r\na;b\r\n1;2\r\n", vec!["a", "b", "1", "2"]),
            ("\u{feff}SEP=\t\na\tb\n1\t2\n", vec!["a", "b", "1", "2"]),
            ("\"sep=|\"\na|b\n1|2\n", vec!["a", "b", "1", "2"]),
            ("sep=,\ra,b\r1,2", vec!["a", "b", "1", "2"]),
            // Not what it looks like: a column of that name.
            ("sep=,b\n1,2\n", vec!["sep=", "b", "1", "2"]),
            ("sep=\n1\n", vec!["sep=", "1"]),
            ("separator,b\n1,2\n", vec!["separator", "b", "1", "2"]),
        ] {
            let table = read(text).expect("a table");
            let row = table.rows.first().expect("a row");
            let found: Vec<_> = table.names.iter().chain(&row.cells).collect();
            assert_eq!(found, cells, "{text:?}");
            assert_eq!(row.number, 2, "the names are row 1: {text:?}");
        }
        for text in ["sep=ä\na\n1\n", "sep=\"\na\n1\n"] {
            let refused = format!("{:?}", read(text).expect_err("refused"));
            assert!(refused.contains("first line"), "{refused}");
        }
        let open = format!("{:?}", read("sep=;\na;b\n1;\"x\n").expect_err("refused"));
        assert!(open.contains("in line 3 is never"), "{open}");
    }

    #[test]
    fn what_was_guarded_in_a_result_of_ours_is_read_as_it_was() {
        let text = "Row,id,name,'+phone,Outcome,Message\n\
            2,A-1,'=Ann,'+15551234567,failed,'-\n\
            3,A-2,''@Bob,'＋1555,failed,\n";
        let cells = |text: &str| -> Vec<Vec<String>> {
            let table = read(text).expect("a table");
            let rows = table.rows.into_iter().map(|row| row.cells);
            [table.names].into_iter().chain(rows).collect()
        };
        assert_eq!(
            cells(text),
            [
                ["Row", "id", "name", "+phone", "Outcome", "Message"],
                ["2", "A-1", "=Ann", "+15551234567", "failed", "-"],
                ["3", "A-2", "'@Bob", "＋1555", "failed", ""],
            ]
        );
        // Where it is not ours, an apostrophe is an apostrophe.
        let foreign = text.replace("Outcome", "Result");
        assert_eq!(cells(&foreign)[1][2], "'=Ann");
    }

    #[test]
    fn the_name_of_a_column_has_an_end() {
        let named = |chars: usize| format!("id,{},phone\n1,2,3\n", "é".repeat(chars));
        assert!(read(&named(255)).is_ok());
        let refused = format!("{:?}", read(&named(256)).expect_err("refused"));
        assert!(refused.contains("column 2 has 256"), "{refused}");
    }

    #[test]
    fn what_is_no_file_of_contacts_is_refused() {
        let many = format!("a\n{}", "1\n".repeat(MOST_ROWS + 1));
        for text in [
            "",
            "a,b\n",
            "a\n\u{fffd}\n",
            many.as_str(),
            &"a,".repeat(200),
        ] {
            assert!(read(text).is_err());
        }
        let most = format!("a\n{}", "1\n".repeat(MOST_ROWS));
        assert!(read(&most).is_ok());
    }
}
