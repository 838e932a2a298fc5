//! The input that an engine is at, kept where it can be found after the end of
//! the process: one that runs out of stack says nothing any more.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::Path,
};

/// The file with the current input.
#[derive(Debug)]
pub struct Current(File);

/// The file's name, in the engine's folder.
const NAME: &str = "current";
/// The bytes that say how long the input is, before it.
const HEADER: usize = 8;

impl Current {
    /// A new file in a folder.
    pub fn create(folder: &Path) -> io::Result<Self> {
        File::create(folder.join(NAME)).map(Self)
    }

    /// Says which input comes next.
    pub fn note(&self, input: &[u8]) -> io::Result<()> {
        self.0.write_all_at(input, HEADER as u64)?;
        // Behind the input, so that half of one is never taken for another.
        self.0.write_all_at(&(input.len() as u64).to_le_bytes(), 0)
    }

    /// The input that was noted last; none before the first.
    pub fn read(folder: &Path) -> io::Result<Option<Vec<u8>>> {
        let bytes = fs::read(folder.join(NAME))?;
        let Some((length, rest)) = bytes.split_first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        Ok(rest.get(..length).map(<[u8]>::to_vec))
    }
}
