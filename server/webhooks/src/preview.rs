//! The beginning of an answer, for people to read.

/// How much of an answer is kept, in bytes, before characters are escaped.
const KEPT: usize = 1024;

/// The beginning of an answer's body as text: what is no text, steers a
/// terminal or turns the direction of what follows is written as an escape.
#[must_use]
pub fn preview(body: &[u8]) -> String {
    let cut = body.len() > KEPT;
    let head = body.get(..KEPT).unwrap_or(body);
    let mut text = String::with_capacity(head.len() + 8);
    for chunk in head.utf8_chunks() {
        for c in chunk.valid().chars() {
            if steers(c) {
                text.extend(c.escape_default());
            } else {
                text.push(c);
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    if cut {
        text.push('…');
    }
    text
}

fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_is_no_text_is_escaped() {
        for (body, text) in [
            (b"{\"ok\":true}".as_slice(), "{\"ok\":true}"),
            (b"a\nb\x1b[31m", "a\\nb\\u{1b}[31m"),
            (b"\xff\xfe", "\\xff\\xfe"),
            ("caf\u{e9}\u{202e}".as_bytes(), "caf\u{e9}\\u{202e}"),
            (b"", ""),
        ] {
            assert_eq!(preview(body), text);
        }
    }

    #[test]
    fn a_kilobyte_is_kept_and_the_cut_shows() {
        let text = preview(&[b'x'; 5000]);
        assert_eq!(text.chars().count(), KEPT + 1);
        assert!(text.ends_with('…'));
    }
}
