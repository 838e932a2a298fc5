//! From the text of a script to its tree.

use flow::data_action::rules;
use ruff_python_ast::{
    ModModule, PythonVersion,
    token::{TokenKind, Tokens},
};
use ruff_python_parser::{
    LexicalErrorType, Mode, ParseError, ParseErrorType, ParseOptions, parse_unchecked,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::finding::Report;

/// The newest Python that a script may be written in; the platform does not
/// say which one it runs.
const NEWEST: PythonVersion = PythonVersion::PY314;

/// The tree of a script, or what is no Python in it. Of several errors of
/// syntax the first is reported: the others mostly follow from it.
pub(crate) fn module(code: &str, report: &mut Report<'_>) -> Option<ModModule> {
    let options = ParseOptions::from(Mode::Module).with_target_version(NEWEST);
    let parsed = parse_unchecked(code, options).try_into_module()?;
    if let Some(error) = parsed.errors().first() {
        let at = error.range();
        let mut said = said(error);
        if let Some(open) = open_bracket(parsed.tokens(), at.start(), report) {
            said.push_str(&open);
        }
        syntax(report, at, &said);
        return None;
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        let at = error.range();
        syntax(report, at, &quoted(&error.to_string()));
        return None;
    }
    Some(parsed.into_syntax())
}

/// Reports an error of syntax, with its place as an editor shows it.
pub(crate) fn syntax(report: &mut Report<'_>, at: TextRange, said: &str) {
    let line = report.line(at.start());
    let before = report.text(TextRange::up_to(at.start()));
    let in_line = before.rsplit('\n').next().unwrap_or_default();
    let column = in_line.chars().count() + 1;
    let message = format!("This is not Python 3: {said}. Correct line {line}, column {column}.");
    report.add(rules::SCRIPT_SYNTAX, at, message);
}

/// A bracket that is open at a place, if it was opened in an earlier line: often
/// the true cause of an error.
fn open_bracket(tokens: &Tokens, at: TextSize, report: &Report<'_>) -> Option<String> {
    let mut open: Vec<(TokenKind, TextSize)> = Vec::new();
    for token in tokens.iter().take_while(|token| token.start() < at) {
        match token.kind() {
            kind @ (TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace) => {
                open.push((kind, token.start()));
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                open.pop();
            }
            _ => {}
        }
    }
    let (kind, start) = open.pop()?;
    let (line, here) = (report.line(start), report.line(at));
    let bracket = quoted(&kind.to_string());
    (line < here).then(|| format!("; {bracket} of line {line} is still open"))
}

/// What an error says, in plain words.
fn said(error: &ParseError) -> String {
    match &error.error {
        ParseErrorType::ExpectedToken { expected, found } => {
            format!("{} is missing before {}", token(*expected), token(*found))
        }
        ParseErrorType::Lexical(LexicalErrorType::Eof) => {
            "the script ends in the middle of a statement".to_owned()
        }
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            "a text is not closed by the quote that it was opened with".to_owned()
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            "the line is indented like no block around it".to_owned()
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
            format!("the character “{tok}” has no meaning here")
        }
        ParseErrorType::UnexpectedIndentation => {
            "the line is indented, and nothing above it opens a block".to_owned()
        }
        ParseErrorType::SimpleStatementsOnSameLine => {
            "two statements stand in one line without “;” between them".to_owned()
        }
        other => quoted(&other.to_string()),
    }
}

/// A token as a sentence names it.
fn token(kind: TokenKind) -> String {
    let name = match kind {
        TokenKind::Newline | TokenKind::NonLogicalNewline => "the end of the line",
        TokenKind::Indent => "an indented line",
        TokenKind::Dedent => "the end of the block",
        TokenKind::EndOfFile => "the end of the script",
        TokenKind::Name => "a name",
        TokenKind::Int | TokenKind::Float | TokenKind::Complex => "a number",
        TokenKind::String
        | TokenKind::FStringStart
        | TokenKind::FStringMiddle
        | TokenKind::FStringEnd
        | TokenKind::TStringStart
        | TokenKind::TStringMiddle
        | TokenKind::TStringEnd => "a text",
        TokenKind::Comment => "a comment",
        TokenKind::Unknown => "something that is no Python",
        other => return quoted(&other.to_string()),
    };
    name.to_owned()
}

/// A message of the parser's, with quotes as ours have them, in the middle of a
/// sentence.
fn quoted(message: &str) -> String {
    let mut quoted = String::with_capacity(message.len() + 8);
    let mut is_open = false;
    for character in message.trim_end_matches('.').chars() {
        match character {
            '`' => {
                quoted.push(if is_open { '”' } else { '“' });
                is_open = !is_open;
            }
            other => quoted.push(other),
        }
    }
    let mut chars = quoted.chars();
    let first = chars.next();
    // "Expected" begins a sentence; "IPython" is a name.
    match (first, chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => quoted,
    }
}
