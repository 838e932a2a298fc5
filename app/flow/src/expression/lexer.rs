//! Words, numbers, texts and signs of an expression.

use std::ops::Range;

use smol_str::SmolStr;

use super::SyntaxError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(SmolStr),
    Number(f64),
    Text(String),
    /// An operator or a bracket, as it is written.
    Sign(&'static str),
    End,
}

/// The signs, longer ones before those that they begin with.
const SIGNS: &[&str] = &[
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]",
    ".", ",",
];

/// Reads tokens from a place in a text up to what closes the expression.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// What ends the expression: `}}`, `}`, or the end of the text.
    close: Option<&'static str>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, at: usize, close: Option<&'static str>) -> Self {
        Self { text, at, close }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next token with its bytes. At the end, as often as asked, the end.
    pub(super) fn next(&mut self) -> Result<(Token, Range<usize>), SyntaxError> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        let rest = self.rest();
        let start = self.at;
        let Some(first) = rest.chars().next() else {
            return Ok((Token::End, start..start));
        };
        if self.close.is_some_and(|close| rest.starts_with(close)) {
            return Ok((Token::End, start..start));
        }
        let token = if first.is_ascii_digit() {
            self.number()?
        } else if first == '"' || first == '\'' {
            self.quoted(first)?
        } else if is_name_start(first) {
            let end = rest.find(|c| !is_name_part(c)).unwrap_or(rest.len());
            self.at += end;
            Token::Name(rest.get(..end).unwrap_or_default().into())
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            Token::Sign(sign)
        } else {
            let span = start..start + first.len_utf8();
            let message = match first {
                '=' => "A single “=” compares nothing. Write “==”.".to_owned(),
                '&' | '|' => format!("A single “{first}” means nothing. Write “{first}{first}”."),
                _ => format!("“{first}” has no place in an expression. Remove it."),
            };
            return Err(SyntaxError::new(message, span));
        };
        Ok((token, start..self.at))
    }

    fn number(&mut self) -> Result<Token, SyntaxError> {
        let rest = self.rest();
        let digits = |from: usize| {
            let tail = rest.get(from..).unwrap_or_default();
            from + tail
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(tail.len())
        };
        let mut end = digits(0);
        let follows = |at: usize, test: fn(char) -> bool| {
            rest.get(at..)
                .and_then(|tail| tail.chars().next())
                .is_some_and(test)
        };
        if follows(end, |c| c == '.') && follows(end + 1, |c| c.is_ascii_digit()) {
            end = digits(end + 1);
        }
        let start = self.at;
        self.at += end;
        if follows(end, is_name_part) {
            let tail = rest.get(end..).unwrap_or_default();
            self.at += tail.find(|c| !is_name_part(c)).unwrap_or(tail.len());
            return Err(SyntaxError::new(
                "A name begins with a letter or “_”, and a number holds only digits.",
                start..self.at,
            ));
        }
        let number = rest.get(..end).unwrap_or_default().parse();
        number.map(Token::Number).map_err(|_| {
            SyntaxError::new("This number cannot be read. Write digits.", start..self.at)
        })
    }

    fn quoted(&mut self, quote: char) -> Result<Token, SyntaxError> {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.at = start + at + c.len_utf8();
                return Ok(Token::Text(text));
            }
            let c = match (c, c == '\\') {
                (_, true) => match chars.next() {
                    Some((_, 'n')) => '\n',
                    Some((_, 'r')) => '\r',
                    Some((_, 't')) => '\t',
                    Some((_, other)) => other,
                    None => break,
                },
                (c, false) => c,
            };
            text.push(c);
        }
        self.at = self.text.len();
        let message = format!("The text that begins here has no end. Close it with {quote}.");
        Err(SyntaxError {
            is_open: true,
            ..SyntaxError::new(message, start..start + quote.len_utf8())
        })
    }
}

pub(super) fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

pub(super) fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
