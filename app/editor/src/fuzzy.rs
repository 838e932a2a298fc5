//! Finding names by a few of their letters, as command palettes do.

/// How well a name fits what was typed: the less the better, none where it
/// does not. Every word has to be found, in any order: at the beginning of a
/// word rather than inside of one, and its letters side by side rather than
/// scattered.
pub fn fit(name: &str, typed: &str) -> Option<u32> {
    let name = name.to_lowercase();
    typed
        .to_lowercase()
        .split_whitespace()
        .try_fold(0, |all, word| Some(all + word_fit(&name, word)?))
}

fn word_fit(name: &str, word: &str) -> Option<u32> {
    let begins = |at: usize| {
        let before = name.get(..at).and_then(|before| before.chars().last());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    };
    let mut places = name.match_indices(word).map(|(at, _)| at).peekable();
    if let Some(first) = places.peek().copied() {
        return Some(match (first, places.any(begins)) {
            (0, _) => 0,
            (_, true) => 1,
            (_, false) => 3,
        });
    }
    // The letters in order, the first of them at the beginning of a word.
    let starts = name.char_indices().map(|(at, _)| at);
    starts
        .filter(|at| begins(*at))
        .filter_map(|at| scattered(name.get(at..)?, word))
        .min()
}

/// How far apart the letters of a word stand in a text that begins with the
/// first of them.
fn scattered(text: &str, word: &str) -> Option<u32> {
    let mut letters = text.chars();
    let mut gaps = 0;
    for (index, wanted) in word.chars().enumerate() {
        let gap = letters.position(|letter| letter == wanted)?;
        if index == 0 && gap > 0 {
            return None;
        }
        gaps += u32::try_from(gap).unwrap_or(u32::MAX / 2).min(1_000);
    }
    Some(4 + gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_better_comes_first_and_what_does_not_fit_is_left_out() {
        // What is typed, names from the best to the worst, and names that do
        // not fit at all.
        let table: [(&str, &[&str], &[&str]); 8] = [
            (
                "del",
                &["Delete", "Model", "Draw every lane"],
                &["Undo", "led"],
            ),
            (
                "fit",
                &["Fit the flow", "Show to fit", "Profit", "Find it"],
                &["tif"],
            ),
            ("dr", &["Drag", "Delete and reconnect"], &["Add"]),
            ("sel all", &["Select all"], &["Select", "All"]),
            ("all sel", &["Select all"], &[]),
            ("SET", &["Set variables", "Reset"], &[]),
            ("zoë", &["Zoë’s flow", "To Zoë"], &["Zoe"]),
            ("", &["Anything"], &[]),
        ];
        for (typed, fitting, others) in table {
            let fits: Vec<_> = fitting.iter().map(|name| fit(name, typed)).collect();
            assert!(fits.iter().all(Option::is_some), "{typed}: {fits:?}");
            assert!(fits.is_sorted(), "{typed}: {fits:?}");
            for name in others {
                assert_eq!(fit(name, typed), None, "{typed} in {name}");
            }
        }
    }
}
