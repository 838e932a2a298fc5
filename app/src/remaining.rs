//! How long something takes, in words.

/// Words for so many seconds, within a sentence: "about 10 minutes".
pub fn how_long(seconds: u64) -> String {
    match seconds {
        0..=59 => "less than a minute".to_owned(),
        60..=119 => "about a minute".to_owned(),
        seconds if seconds < 2 * 3_600 => format!("about {} minutes", seconds / 60),
        seconds => format!("about {} hours", seconds / 3_600),
    }
}

/// Words for so many seconds that are left: "about 10 minutes left".
pub fn remaining(seconds: u64) -> String {
    format!("{} left", how_long(seconds))
}

#[cfg(test)]
mod tests {
    use super::remaining;

    #[test]
    fn what_remains_is_said_in_words_that_fit_its_size() {
        for (seconds, words) in [
            (3, "less than a minute left"),
            (61, "about a minute left"),
            (600, "about 10 minutes left"),
            (10_800, "about 3 hours left"),
        ] {
            assert_eq!(remaining(seconds), words);
        }
    }
}
