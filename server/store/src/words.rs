//! What Genesys said, which may tell who it is about: kept sealed. What an earlier
//! version stored of it in the clear is found here, to be sealed as well.

use async_trait::async_trait;

use crate::Result;

/// Where words of Genesys stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordsPlace {
    /// With the interaction of this id.
    Interaction(String),
    /// With a row of an import.
    ImportRow {
        /// The import's id.
        import: String,
        /// The row in the file.
        number: u64,
    },
}

/// Words that stand in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearWords {
    /// Where.
    pub place: WordsPlace,
    /// The sentence.
    pub sentence: String,
}

/// Words that take the place of those in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedWords {
    /// Where.
    pub place: WordsPlace,
    /// The sentence, sealed.
    pub sealed: String,
    /// What is said in the clear in its place.
    pub said: String,
}

/// Words of Genesys.
#[async_trait]
pub trait Words: Send + Sync {
    /// Some of those that an earlier version stored in the clear.
    async fn clear_words(&self, limit: u32) -> Result<Vec<ClearWords>>;
    /// Puts sealed words in the place of those in the clear.
    async fn seal_words(&self, sealed: &[SealedWords]) -> Result<()>;
    /// Overwrites what the disk still has of words that were replaced, where
    /// there were any and that was not done yet.
    async fn overwrite_clear_words(&self) -> Result<()>;
}
