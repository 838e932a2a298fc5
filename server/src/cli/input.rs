//! The file that a command works on.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use flow::{Document, FlowFile, ImportError, MAX_DOCUMENT_BYTES};
use serde::{Deserialize, de::IgnoredAny};

use super::outcome::Failure;

/// A document in any format that Patchbay reads.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// A flow, a data action or a contact in any format that Patchbay reads;
    /// `-` for standard input.
    #[arg(value_name = "FILE")]
    file: Source,
}

impl Input {
    /// The file as messages name it.
    pub(super) fn name(&self) -> String {
        self.file.name()
    }

    /// Reads the document.
    pub(super) fn read(&self) -> Result<Document, Failure> {
        self.file.read()
    }
}

/// Where a document is read from.
#[derive(Clone, Debug)]
pub(super) struct Source(PathBuf);

impl From<OsString> for Source {
    fn from(path: OsString) -> Self {
        Self(path.into())
    }
}

/// A flow that was read, with where its keys come from.
pub(super) struct Known {
    pub(super) file: FlowFile,
    /// Whether the keys are Patchbay's own, rather than made when it was read.
    is_own: bool,
}

/// Standard input can be read once only.
pub(super) fn one_standard_input<'s>(
    sources: impl IntoIterator<Item = &'s Source>,
) -> Result<(), Failure> {
    let sources = sources.into_iter();
    let from_standard_input = sources.filter(|source| source.is_standard_input());
    if from_standard_input.count() > 1 {
        let message = "Only one of the files can be standard input. Name the others.";
        return Err(Failure::Unusable(message.to_owned()));
    }
    Ok(())
}

impl Source {
    /// The file as messages name it.
    pub(super) fn name(&self) -> String {
        if self.is_standard_input() {
            "standard input".to_owned()
        } else {
            self.0.display().to_string()
        }
    }

    fn is_standard_input(&self) -> bool {
        self.0 == Path::new("-")
    }

    /// Reads the document.
    pub(super) fn read(&self) -> Result<Document, Failure> {
        self.document(&self.text()?)
    }

    /// Reads the flow as a descendant or a relative of another. A document from
    /// elsewhere knows only ids on the wire, so it gets the other's keys.
    pub(super) fn read_beside(&self, other: &Known) -> Result<Known, Failure> {
        let mut known = self.read_known()?;
        if !(known.is_own && other.is_own) {
            known.file.flow = flow::aligned(&known.file.flow, &other.file.flow);
        }
        Ok(known)
    }

    /// Reads the flow, and whether it is in Patchbay's own format.
    pub(super) fn read_known(&self) -> Result<Known, Failure> {
        let text = self.text()?;
        Ok(Known {
            file: self.flow(&text)?,
            is_own: is_own(&text),
        })
    }

    /// Reads the text.
    pub(super) fn text(&self) -> Result<String, Failure> {
        let name = self.name();
        let bytes = self
            .bytes()
            .map_err(|error| Failure::Unusable(format!("{name} cannot be read: {error}.")))?;
        String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..valid).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Failure::Unusable(format!(
                "{name}:{line}: The file is not UTF-8. Save it as UTF-8."
            ))
        })
    }

    /// Reads the document out of the text.
    pub(super) fn document(&self, text: &str) -> Result<Document, Failure> {
        Document::read(text).map_err(|error| self.unusable(error))
    }

    /// Reads a flow out of the text, where nothing else will do.
    fn flow(&self, text: &str) -> Result<FlowFile, Failure> {
        flow::import(text).map_err(|error| self.unusable(error))
    }

    fn unusable(&self, error: ImportError) -> Failure {
        let name = self.name();
        let at = if error.path.is_empty() {
            String::new()
        } else {
            format!(" (at {})", error.path)
        };
        let (line, column, message) = (error.line, error.column, error.message);
        Failure::Unusable(format!("{name}:{line}:{column}: {message}{at}"))
    }

    /// The bytes, and one more than are possible where there are too many, so
    /// that what has no end is not read to its end.
    fn bytes(&self) -> io::Result<Vec<u8>> {
        let limit = u64::try_from(MAX_DOCUMENT_BYTES).unwrap_or(u64::MAX) + 1;
        let mut bytes = Vec::new();
        if self.is_standard_input() {
            io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
        } else {
            File::open(&self.0)?.take(limit).read_to_end(&mut bytes)?;
        }
        if bytes.len() > MAX_DOCUMENT_BYTES {
            let message = format!("it has more than {MAX_DOCUMENT_BYTES} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(bytes)
    }
}

/// Whether a document that could be read is Patchbay's own file.
pub(super) fn is_own(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Own {
        #[serde(rename = "patchbay")]
        _patchbay: IgnoredAny,
    }
    serde_json::from_str::<Own>(text).is_ok()
}
