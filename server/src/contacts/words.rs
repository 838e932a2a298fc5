//! What Genesys said of an interaction or a row of an import: sealed where it
//! stands, and read by those alone who may see personal data.

use secrecy::{ExposeSecret, SecretString};
use store::{SealedWords, Store, WordsPlace};

use crate::{
    http::{Problem, Result},
    keys::{KeyRing, Place},
};

/// Words that are sealed at once.
const AT_ONCE: u32 = 500;
/// What stands in the clear where an earlier version had the words of Genesys.
const UNSAID: &str = "Genesys did not take it.";

/// Seals words for their place.
pub(super) fn seal(keys: &KeyRing, place: &WordsPlace, words: &str) -> Result<String> {
    let row = row_of(place);
    keys.seal(at(place, &row), &SecretString::from(words))
        .map_err(Problem::internal)
}

/// Opens words that were sealed for this place.
pub(super) fn open(keys: &KeyRing, place: &WordsPlace, sealed: &str) -> Result<String> {
    let row = row_of(place);
    let words = keys.open(at(place, &row), sealed);
    let words = words.map_err(|error| {
        Problem::internal(format!(
            "what Genesys said at {place:?} does not open: {error}"
        ))
    })?;
    Ok(words.expose_secret().to_owned())
}

fn at<'a>(place: &WordsPlace, row: &'a str) -> Place<'a> {
    let table = match place {
        WordsPlace::Interaction(_) => "interactions",
        WordsPlace::ImportRow { .. } => "contact_import_rows",
    };
    Place {
        table,
        row,
        column: "sealed_words",
    }
}

fn row_of(place: &WordsPlace) -> String {
    match place {
        WordsPlace::Interaction(id) => id.clone(),
        WordsPlace::ImportRow { import, number } => format!("{import}/{number}"),
    }
}

/// Seals the words that an earlier version stored in the clear, and has the disk
/// forget them. Where it cannot, for want of room, the next start tries again.
pub(crate) async fn seal_clear_words(store: &dyn Store, keys: &KeyRing) -> Result<()> {
    loop {
        let clear = store.clear_words(AT_ONCE).await?;
        if clear.is_empty() {
            break;
        }
        let sealed = clear.into_iter().map(|words| {
            Ok(SealedWords {
                sealed: seal(keys, &words.place, &words.sentence)?,
                place: words.place,
                said: UNSAID.to_owned(),
            })
        });
        let sealed = sealed.collect::<Result<Vec<_>>>()?;
        store.seal_words(&sealed).await?;
    }
    if let Err(error) = store.overwrite_clear_words().await {
        tracing::error!(%error, "the disk may still have what is sealed by now");
    }
    Ok(())
}
