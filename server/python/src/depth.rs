//! How deeply a script nests, told from its tokens before it is parsed.
//!
//! The parser recurses, and so does what takes its tree down: 64 KiB of `(`
//! would take more memory than a script may, and 64 KiB of `a.a.a` more stack
//! than a thread has. Nobody writes what is refused here, and Python refuses
//! most of it as well.

use flow::data_action::rules;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};
use ruff_text_size::{TextRange, TextSize};

use crate::finding::Report;

/// Brackets inside of each other, those of f-strings included. Python's own
/// limit (MAXLEVEL of its tokenizer).
const MAX_BRACKETS: usize = 200;
/// Blocks inside of each other. Python's own limit (MAXINDENT of its
/// tokenizer).
const MAX_BLOCKS: usize = 100;
/// Operators, member accesses and calls that hang together in one expression.
/// Python's compiler gives up a little later.
const MAX_LINKS: usize = 1_000;

/// What nests too deeply, and where it begins to.
pub(crate) struct TooDeep {
    what: What,
    at: usize,
}

#[derive(Clone, Copy)]
enum What {
    Brackets,
    Blocks,
    Links,
}

impl TooDeep {
    pub(crate) fn report(&self, report: &mut Report<'_>) {
        let message = match self.what {
            What::Brackets => format!(
                "More than {MAX_BRACKETS} brackets are open inside of each other here. Put parts of it into variables."
            ),
            What::Blocks => format!(
                "More than {MAX_BLOCKS} blocks are inside of each other here. Put parts of it into functions."
            ),
            What::Links => format!(
                "More than {MAX_LINKS} operations hang together in one expression here. Put parts of it into variables."
            ),
        };
        let at = TextSize::try_from(self.at).unwrap_or_default();
        report.add(rules::SCRIPT_TOO_DEEP, TextRange::empty(at), message);
    }
}

/// Whether a script nests more deeply than can be dealt with.
pub(crate) fn too_deep(code: &str) -> Option<TooDeep> {
    let what = measure(code)?;
    // The lexer keeps its places to itself, so the place is the end of the
    // shortest beginning that is too deep as well.
    let (mut fine, mut deep) = (0, code.len());
    while deep - fine > 1 {
        let middle = code.floor_char_boundary(fine.midpoint(deep));
        if middle == fine {
            break;
        }
        let beginning = code.get(..middle).unwrap_or_default();
        if measure(beginning).is_some() {
            deep = middle;
        } else {
            fine = middle;
        }
    }
    Some(TooDeep { what, at: fine })
}

fn measure(code: &str) -> Option<What> {
    let mut lexer = lexer::lex(code, Mode::Module);
    let mut nesting = Nesting::default();
    loop {
        let token = lexer.next_token();
        if token.is_eof() {
            return None;
        }
        nesting.take(token);
        if nesting.outer.len() > MAX_BRACKETS {
            return Some(What::Brackets);
        }
        if nesting.blocks > MAX_BLOCKS {
            return Some(What::Blocks);
        }
        if nesting.links + nesting.inner.links() > MAX_LINKS {
            return Some(What::Links);
        }
    }
}

/// What is open at a token.
#[derive(Default)]
struct Nesting {
    blocks: usize,
    /// The innermost bracket, or the line where none is open.
    inner: Level,
    /// Those around it.
    outer: Vec<Level>,
    /// The links of those around it.
    links: usize,
}

/// What hangs together directly inside of one bracket.
#[derive(Clone, Copy, Default)]
struct Level {
    operators: usize,
    /// A lambda goes on behind its colon and its commas.
    lambdas: usize,
    /// Whether the last token ended a value.
    is_behind_value: bool,
}

impl Level {
    fn links(self) -> usize {
        self.operators + self.lambdas
    }

    /// Something else begins, unless all of it is in a lambda.
    fn part(&mut self) {
        if self.lambdas == 0 {
            self.operators = 0;
        }
        self.is_behind_value = false;
    }
}

impl Nesting {
    fn take(&mut self, token: TokenKind) {
        use TokenKind as T;
        match token {
            T::Indent => self.blocks += 1,
            T::Dedent => self.blocks = self.blocks.saturating_sub(1),
            T::Comment | T::NonLogicalNewline | T::FStringMiddle | T::TStringMiddle => {}
            T::Lpar | T::Lsqb | T::Lbrace | T::FStringStart | T::TStringStart => self.open(token),
            T::Rpar | T::Rsqb | T::Rbrace | T::FStringEnd | T::TStringEnd => self.close(),
            T::Name
            | T::Int
            | T::Float
            | T::Complex
            | T::String
            | T::True
            | T::False
            | T::None
            | T::Ellipsis
            | T::Match
            | T::Case
            | T::Type
            | T::Lazy
            | T::Unknown => self.value(),
            T::Comma | T::Colon => self.inner.part(),
            T::Lambda => {
                self.inner.lambdas += 1;
                self.inner.is_behind_value = false;
            }
            // Also where a bracket was left open: no expression goes on behind
            // these words.
            T::Newline
            | T::Semi
            | T::Assert
            | T::Break
            | T::Class
            | T::Continue
            | T::Def
            | T::Del
            | T::Elif
            | T::Except
            | T::Finally
            | T::Global
            | T::Import
            | T::Nonlocal
            | T::Pass
            | T::Raise
            | T::Return
            | T::Try
            | T::While
            | T::With => self.inner = Level::default(),
            T::Equal => self.inner.part(),
            _ => {
                self.inner.operators += 1;
                self.inner.is_behind_value = false;
            }
        }
    }

    fn value(&mut self) {
        // Two values side by side belong to two statements, or it is no Python.
        if self.inner.is_behind_value {
            self.inner.part();
        }
        self.inner.is_behind_value = true;
    }

    fn open(&mut self, token: TokenKind) {
        let calls = matches!(token, TokenKind::Lpar | TokenKind::Lsqb);
        match (self.inner.is_behind_value, calls) {
            (true, true) => self.inner.operators += 1,
            (true, false) => self.inner.part(),
            (false, _) => {}
        }
        self.links += self.inner.links();
        self.outer.push(std::mem::take(&mut self.inner));
    }

    fn close(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.links -= outer.links();
            self.inner = outer;
        }
        self.inner.is_behind_value = true;
    }
}
