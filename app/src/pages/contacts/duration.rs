//! How long something takes, in words.

/// About so many seconds, within a sentence.
pub fn how_long(seconds: u64) -> String {
    match seconds {
        0..=59 => "less than a minute".to_owned(),
        60..=119 => "about a minute".to_owned(),
        seconds if seconds < 2 * 3_600 => format!("about {} minutes", seconds / 60),
        seconds => format!("about {} hours", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::how_long;

    #[test]
    fn a_duration_is_said_in_words_that_fit_its_size() {
        for (seconds, words) in [
            (3, "less than a minute"),
            (61, "about a minute"),
            (600, "about 10 minutes"),
            (10_800, "about 3 hours"),
        ] {
            assert_eq!(how_long(seconds), words);
        }
    }
}
