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

/// The same of something that other products call otherwise: a word that is
/// not found in the name may begin one of theirs. What is called so comes
/// first; what other products call so comes before names over which the letters
/// are merely scattered.
pub fn fit_also(name: &str, also: &str, typed: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let word_fit = |word: &str| match word_fit(&name, word) {
        Some(fit) if fit < SCATTERED => Some(fit),
        scattered => begins_one_of(also, word).then_some(ALSO).or(scattered),
    };
    let typed = typed.to_lowercase();
    let mut words = typed.split_whitespace();
    words.try_fold(0, |all, word| Some(all + word_fit(word)?))
}

/// Whether every word that was typed begins one of these words.
pub fn begin_words(words: &str, typed: &str) -> bool {
    let typed = typed.to_lowercase();
    let mut typed = typed.split_whitespace();
    typed.all(|word| begins_one_of(words, word))
}

fn begins_one_of(words: &str, beginning: &str) -> bool {
    let mut words = words.split(' ');
    words.any(|word| word.starts_with(beginning))
}

/// Where other products call it so.
const ALSO: u32 = 4;
/// Where the letters are scattered, the least.
const SCATTERED: u32 = 5;

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
    Some(SCATTERED + gaps)
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

    #[test]
    fn words_of_other_products_come_after_names_and_before_scattered_letters() {
        // What is typed, and names with their other words from best to worst.
        let table: [(&str, &[(&str, &str)]); 4] = [
            (
                "if",
                &[
                    ("If so", ""),
                    ("Condition", "if else"),
                    ("Insert a fork", ""),
                ],
            ),
            ("say", &[("Say it", ""), ("Play prompt", "tts say")]),
            ("add sti", &[("Add sticks", ""), ("Add a note", "sticky")]),
            ("hang up", &[("Hang up", ""), ("Disconnect", "hang up")]),
        ];
        for (typed, entries) in table {
            let fits = entries
                .iter()
                .map(|(name, also)| fit_also(name, also, typed));
            let fits: Vec<_> = fits.collect();
            assert!(fits.iter().all(Option::is_some), "{typed}: {fits:?}");
            assert!(
                fits.is_sorted_by(|one, next| one < next),
                "{typed}: {fits:?}"
            );
        }
        // A word of others is begun, not found inside.
        assert_eq!(fit_also("Condition", "if else", "lse"), None);
        assert!(begin_words("hang up", "UP") && !begin_words("hang up", "ang"));
    }

    #[test]
    fn what_other_products_call_a_step_or_a_command_finds_it() {
        let steps = flow::catalogue().iter().map(|spec| (spec.title, spec.also));
        let commands = crate::SHORTCUTS.iter().map(|row| (row.name, row.also));
        let all: Vec<_> = steps.chain(commands).collect();
        let table = [
            ("decision", "Condition"),
            ("if", "Condition"),
            ("switch", "Split"),
            ("branch", "Split"),
            ("api", "HTTP request"),
            ("webhook", "HTTP request"),
            ("call", "Flow module"),
            ("hangup", "Disconnect"),
            ("stop", "End"),
            ("say", "Play prompt"),
            ("tts", "Play prompt"),
            ("variable", "Set variables"),
            ("assign", "Set variables"),
            ("svg", "Export the drawing as a picture"),
            ("png", "Export the drawing as a picture"),
            ("sticky", "Add a note"),
            ("comment", "Add a note"),
            ("search", "Find in this flow"),
            ("clone", "Duplicate"),
            ("layout", "Tidy up"),
        ];
        for (typed, name) in table {
            let found = all.iter().find(|(of, _)| *of == name);
            let (name, also) = found.expect("a step or a command");
            let fit = fit_also(name, also, typed);
            assert!(fit.is_some_and(|fit| fit <= ALSO), "{typed}: {fit:?}");
        }
    }
}
