//! JSON as people read it: two spaces per level. The same text as
//! `serde_json` prints, which writes each level by itself and so takes three
//! times as long for what is nested deeply.

use std::io::{Result, Write};

use serde::{Serialize, ser::Error as _};
use serde_json::{
    Error,
    ser::{Formatter, Serializer},
};

/// The text of a value, with a line break at its end.
pub(crate) fn pretty(value: &impl Serialize) -> std::result::Result<String, Error> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut text,
        Indented::default(),
    ))?;
    text.push(b'\n');
    String::from_utf8(text).map_err(Error::custom)
}

/// A part of the indentation that is written at once.
const SPACES: &[u8; 256] = &[b' '; 256];

#[derive(Default)]
struct Indented {
    level: usize,
    /// Whether the list or the object that was written last holds anything.
    has_value: bool,
}

impl Indented {
    fn new_line<W: Write + ?Sized>(&self, writer: &mut W) -> Result<()> {
        writer.write_all(b"\n")?;
        let mut left = 2 * self.level;
        while let Some(spaces) = SPACES.get(..left.min(SPACES.len())) {
            writer.write_all(spaces)?;
            left -= spaces.len();
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    fn begin<W: Write + ?Sized>(&mut self, writer: &mut W, open: u8) -> Result<()> {
        self.level += 1;
        self.has_value = false;
        writer.write_all(&[open])
    }

    fn end<W: Write + ?Sized>(&mut self, writer: &mut W, close: u8) -> Result<()> {
        self.level -= 1;
        if self.has_value {
            self.new_line(writer)?;
        }
        writer.write_all(&[close])
    }

    fn begin_value<W: Write + ?Sized>(&self, writer: &mut W, is_first: bool) -> Result<()> {
        if !is_first {
            writer.write_all(b",")?;
        }
        self.new_line(writer)
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.begin(writer, b'[')
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.end(writer, b']')
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.begin_value(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _writer: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.begin(writer, b'{')
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.end(writer, b'}')
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.begin_value(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _writer: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_text_is_what_serde_json_prints() {
        let mut deep = json!([1, {"a": []}]);
        for _ in 0..120 {
            deep = json!({"b": [deep, {}]});
        }
        let texts = json!(["", "é\"\\\n\u{1}", {"": {"x": null, "y": [[], [0.5]]}}]);
        for value in [Value::Null, json!([]), json!({}), deep, texts] {
            let expected = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(pretty(&value).unwrap(), format!("{expected}\n"));
        }
    }
}
