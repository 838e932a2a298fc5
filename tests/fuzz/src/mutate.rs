//! Changing inputs with knowledge of what they are, so that most of them are
//! still documents and reach what is behind the reader.

mod json;
mod tokens;
mod vocabulary;

use fastrand::Rng;

pub use self::tokens::Grammar;
pub use self::vocabulary::Vocabulary;

/// Of 16 changes, how many know nothing of what the input is.
const RAW: u8 = 3;
/// Changes that are made at once, at most.
const MOST_CHANGES: usize = 6;

/// How the inputs of a target are changed.
#[derive(Clone, Copy, Debug)]
pub enum Mutator {
    /// As JSON documents.
    Json,
    /// As words, numbers, texts and signs.
    Tokens(Grammar),
}

impl Mutator {
    /// Changes the input at the beginning of the buffer; gives how long it is
    /// then. The same seed makes the same change. `raw` changes bytes, given
    /// the buffer, the input's size and the most that it may be afterwards.
    pub fn mutate(
        &self,
        vocabulary: &Vocabulary,
        buffer: &mut [u8],
        size: usize,
        max_size: usize,
        seed: u32,
        mut raw: impl FnMut(&mut [u8], usize, usize) -> usize,
    ) -> usize {
        let mut rng = Rng::with_seed(seed.into());
        let text = buffer.get(..size).and_then(|it| str::from_utf8(it).ok());
        let changed = text
            .filter(|_| rng.u8(..16) >= RAW)
            .and_then(|text| self.changed(text, max_size, vocabulary, &mut rng));
        let changed = match changed {
            Some(changed) => changed,
            None => {
                let size = raw(buffer, size, max_size);
                let bytes = buffer.get(..size).unwrap_or_default();
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        let end = changed.floor_char_boundary(max_size.min(buffer.len()));
        if let (Some(to), Some(from)) = (buffer.get_mut(..end), changed.as_bytes().get(..end)) {
            to.copy_from_slice(from);
        }
        end
    }

    /// The text with some changes; none where it is not what it should be, or
    /// becomes too long.
    fn changed(
        &self,
        text: &str,
        max_size: usize,
        vocabulary: &Vocabulary,
        rng: &mut Rng,
    ) -> Option<String> {
        let most = if rng.bool() { 1 } else { MOST_CHANGES };
        let changes = rng.usize(1..=most);
        let changed = match self {
            Self::Json => json::changed(text, changes, max_size, vocabulary, rng)?,
            Self::Tokens(grammar) => {
                tokens::changed(text, changes, max_size, grammar, vocabulary, rng)
            }
        };
        (changed.len() <= max_size).then_some(changed)
    }
}

/// How often something is repeated: mostly a few times, at times as often as
/// there is room for.
fn repetitions(room: usize, each: usize, rng: &mut Rng) -> usize {
    let most = (room / each.max(1)).max(1);
    let few = if rng.bool() { 3 } else { 40 };
    let wanted = if rng.u8(..16) == 0 {
        most
    } else {
        rng.usize(1..=few)
    };
    wanted.min(most)
}
