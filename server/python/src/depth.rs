//! How deeply a script nests, told from its tokens before it is parsed.
//!
//! The parser recurses, and so does what takes its tree down: 256 KiB of `(`
//! would take more memory than a script may, and as much of `a.a.a` more stack
//! than a thread has. Nobody writes what is refused here, and Python refuses
//! most of it as well.

use flow::data_action::rules;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};
use ruff_text_size::{TextRange, TextSize};

use crate::finding::Report;

/// Brackets inside of each other, those of f-strings included: as many as
/// CPython takes (MAXLEVEL of its tokenizer).
const MAX_BRACKETS: usize = 200;
/// Blocks inside of each other: as many as CPython takes (MAXINDENT of its
/// tokenizer).
const MAX_BLOCKS: usize = 99;
/// Operators, member accesses and calls that hang together in one expression:
/// about as many as CPython 3.9 to 3.12 compiles.
const MAX_LINKS: usize = 3_000;
/// Lambdas in the defaults of the parameters of lambdas. Here alone the parser
/// goes on without looking at how much stack is left; this many take less than
/// the 100 KiB that it always leaves.
const MAX_DEFAULTS: usize = 16;

/// Ends of lines inside of brackets, each as often as brackets are open there.
/// Where those are never closed, the parser reads all of them anew for each
/// bracket; 256 KiB of code as people write it has some ten thousands.
const MAX_OPEN_LINES: usize = 2_000_000;

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
    Defaults,
    OpenLines,
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
            What::OpenLines => {
                "Too many lines stand inside of too many open brackets here. Close the brackets, or put parts of it into variables.".to_owned()
            }
            What::Defaults => format!(
                "More than {MAX_DEFAULTS} lambdas are defaults inside of each other here. Define functions instead."
            ),
        };
        let at = TextSize::try_from(self.at).unwrap_or_default();
        report.add(rules::SCRIPT_TOO_DEEP, TextRange::empty(at), message);
    }
}

/// Whether a script nests more deeply than can be dealt with.
pub(crate) fn too_deep(code: &str) -> Option<TooDeep> {
    let Breach { what, lines_before } = measure(code)?;
    // The lexer keeps its places to itself, so the place is the end of the
    // shortest beginning that is too deep as well. Each try reads a beginning
    // anew, so it is first narrowed down to a few lines.
    let (mut fine, mut deep) = lines_around(code, lines_before);
    while deep - fine > 1 {
        let middle = code.floor_char_boundary(fine.midpoint(deep));
        if middle <= fine {
            break;
        }
        if is_too_deep(code, middle) {
            deep = middle;
        } else {
            fine = middle;
        }
    }
    Some(TooDeep { what, at: fine })
}

/// Where a beginning that is fine ends, and one that is too deep: mostly around
/// the line that so many lines come before. It is a later one where some lines
/// end within a string, or go on behind a backslash.
fn lines_around(code: &str, lines_before: usize) -> (usize, usize) {
    let mut ends = line_ends(code).skip(lines_before.saturating_sub(1));
    let mut fine = match lines_before {
        0 => 0,
        _ => ends.next().unwrap_or(code.len()),
    };
    if is_too_deep(code, fine) {
        return (0, fine);
    }
    let mut lines = 1;
    loop {
        let deep = ends.nth(lines - 1).unwrap_or(code.len());
        if deep == code.len() || is_too_deep(code, deep) {
            return (fine, deep);
        }
        (fine, lines) = (deep, 2 * lines);
    }
}

/// The places behind the line ends that Python knows: `\n`, `\r\n` and `\r`.
fn line_ends(code: &str) -> impl Iterator<Item = usize> {
    let bytes = code.as_bytes();
    (0..bytes.len()).filter_map(|at| match bytes.get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => None,
        [b'\r', ..] => Some(at + 1),
        _ => None,
    })
}

fn is_too_deep(code: &str, end: usize) -> bool {
    measure(code.get(..end).unwrap_or_default()).is_some()
}

/// What is too deep, and how many ends of lines are tokens before that.
struct Breach {
    what: What,
    lines_before: usize,
}

fn measure(code: &str) -> Option<Breach> {
    let mut lexer = lexer::lex(code, Mode::Module);
    let mut nesting = Nesting::default();
    let mut lines_before = 0;
    loop {
        let token = lexer.next_token();
        if token.is_eof() {
            return None;
        }
        nesting.take(token);
        if let Some(what) = nesting.too_deep() {
            return Some(Breach { what, lines_before });
        }
        if matches!(token, TokenKind::Newline | TokenKind::NonLogicalNewline) {
            lines_before += 1;
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
    /// The lambdas of those around it that are at their parameters.
    defaults: usize,
    /// The ends of lines so far, each as often as brackets are open there.
    open_lines: usize,
}

/// What hangs together directly inside of one bracket.
#[derive(Clone, Copy, Default)]
struct Level {
    links: usize,
    /// Whether a lambda is open, which goes on behind a colon.
    has_lambda: bool,
    /// Lambdas of which the colon is still to come.
    open_lambdas: usize,
    /// Whether the last token ended a value.
    is_behind_value: bool,
}

impl Level {
    /// Something else begins, unless it is a parameter of a lambda.
    fn comma(&mut self) {
        self.is_behind_value = false;
        if self.open_lambdas == 0 {
            *self = Self::default();
        }
    }

    /// What is behind a colon is another part, or the body of a lambda.
    fn colon(&mut self) {
        self.is_behind_value = false;
        self.open_lambdas = self.open_lambdas.saturating_sub(1);
        if !self.has_lambda {
            self.links = 0;
        }
    }

    fn link(&mut self) {
        self.links += 1;
        self.is_behind_value = false;
    }
}

impl Nesting {
    fn too_deep(&self) -> Option<What> {
        if self.outer.len() > MAX_BRACKETS {
            Some(What::Brackets)
        } else if self.blocks > MAX_BLOCKS {
            Some(What::Blocks)
        } else if self.links + self.inner.links > MAX_LINKS {
            Some(What::Links)
        } else if self.defaults + self.inner.open_lambdas > MAX_DEFAULTS {
            Some(What::Defaults)
        } else if self.open_lines > MAX_OPEN_LINES {
            Some(What::OpenLines)
        } else {
            None
        }
    }

    fn take(&mut self, token: TokenKind) {
        use TokenKind as T;
        match token {
            T::Indent => self.blocks += 1,
            T::Dedent => self.blocks = self.blocks.saturating_sub(1),
            T::Comment | T::NonLogicalNewline => self.open_lines += self.outer.len(),
            T::FStringMiddle | T::TStringMiddle => {}
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
            T::Comma | T::Equal => self.inner.comma(),
            T::Colon => self.inner.colon(),
            T::Lambda => {
                self.inner.link();
                self.inner.has_lambda = true;
                self.inner.open_lambdas += 1;
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
            _ => self.inner.link(),
        }
    }

    fn value(&mut self) {
        // Two values side by side belong to two statements, or it is no Python.
        if self.inner.is_behind_value {
            self.inner.comma();
        }
        self.inner.is_behind_value = true;
    }

    fn open(&mut self, token: TokenKind) {
        if self.inner.is_behind_value {
            match token {
                // A call, or a member of what is before it.
                TokenKind::Lpar | TokenKind::Lsqb => self.inner.link(),
                _ => self.inner.comma(),
            }
        }
        self.links += self.inner.links;
        self.defaults += self.inner.open_lambdas;
        self.outer.push(std::mem::take(&mut self.inner));
    }

    fn close(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.links -= outer.links;
            self.defaults -= outer.open_lambdas;
            self.inner = outer;
        }
        self.inner.is_behind_value = true;
    }
}
