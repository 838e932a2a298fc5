//! Where the rows of a CSV file are, as the reader of its cells sees them and
//! does not tell: it leaves out blank lines, and takes the end of the file for
//! the end of a quote.

/// The rows of a file.
pub(super) struct Outline {
    /// The numbers of the rows that are not blank, where the first of them,
    /// the names of the columns, is row 1. A blank line counts, a line break
    /// inside of a cell does not: so a spreadsheet numbers them.
    pub(super) rows: Vec<u64>,
    /// The line in which a quote opens that is never closed.
    pub(super) open_quote_line: Option<u64>,
}

/// Where in a row a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Row,
    Cell,
    Inside,
    Quoted {
        since_line: u64,
    },
    /// After a quote in a cell in quotes: it ends, or a quote is meant.
    Closed {
        since_line: u64,
    },
}

/// Looks where the rows of a file are.
pub(super) fn outline(text: &str, delimiter: u8) -> Outline {
    let (mut rows, mut at) = (Vec::new(), At::Row);
    let (mut row, mut line) = (1, 1);
    let mut before = 0;
    for byte in text.bytes() {
        let breaks = matches!(byte, b'\r' | b'\n');
        let is_second_half = byte == b'\n' && before == b'\r';
        before = byte;
        if is_second_half {
            continue;
        }
        line += u64::from(breaks);
        if breaks && !matches!(at, At::Quoted { .. }) {
            at = At::Row;
            // Blank lines above the names of the columns count for nothing.
            row += u64::from(!rows.is_empty());
            continue;
        }
        if at == At::Row {
            rows.push(row);
        }
        at = match (at, byte) {
            (At::Quoted { since_line }, b'"') => At::Closed { since_line },
            (At::Quoted { .. }, _) => at,
            (At::Closed { since_line }, b'"') => At::Quoted { since_line },
            (_, byte) if byte == delimiter => At::Cell,
            (At::Row | At::Cell, b'"') => At::Quoted { since_line: line },
            _ => At::Inside,
        };
    }
    let open_quote_line = match at {
        At::Quoted { since_line } => Some(since_line),
        _ => None,
    };
    Outline {
        rows,
        open_quote_line,
    }
}
