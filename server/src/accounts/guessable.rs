//! Which new passwords are taken. There is no rule on kinds of characters: a
//! password is long, and not what everybody would try first.

const LEAST_CHARACTERS: usize = 15;
const MOST_CHARACTERS: usize = 128;
/// Fewer different characters than this are a pattern, not a password.
const LEAST_DIFFERENT: usize = 5;
/// Characters that must be left when what everybody tries is taken away.
const LEAST_OWN: usize = 8;
/// Characters in a row that follow each other are one choice.
const RUN: usize = 4;

/// What the lists of stolen passwords are made of: of the most common ones,
/// hardly any has 15 characters, so what is long is these put together.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "passw0rd",
    "p@ssw0rd",
    "administrator",
    "admin",
    "welcome",
    "letmein",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "dragon",
    "monkey",
    "master",
    "shadow",
    "michael",
    "jennifer",
    "charlie",
    "whatever",
    "trustno1",
    "starwars",
    "computer",
    "internet",
    "changeme",
    "default",
    "secret",
    "login",
    "hello",
    "freedom",
    "genesys",
    "cloud",
    "summer",
    "winter",
    "spring",
    "autumn",
];

/// Neighbours on a keyboard and in the alphabet.
const ROWS: &[&str] = &[
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];

/// Whether a new password is good enough for somebody of this address.
///
/// # Errors
/// What is wrong with it, for a person.
pub(super) fn accept(password: &str, email: &str) -> Result<(), &'static str> {
    let length = password.chars().count();
    if length < LEAST_CHARACTERS {
        return Err(
            "A password has at least 15 characters. A few words that make no sentence are easy to remember.",
        );
    }
    if length > MOST_CHARACTERS {
        return Err("A password has at most 128 characters.");
    }
    let lower = password.to_lowercase();
    let letters: Vec<char> = lower.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    let local = email.split('@').next().unwrap_or_default();
    if different.len() < LEAST_DIFFERENT || repeats(&letters) {
        Err("This password repeats a few characters. Choose one that is harder to guess.")
    } else if lower.contains("patchbay") || (local.len() >= 4 && lower.contains(local)) {
        Err(
            "This password contains the product's or your own name. Choose one that is harder to guess.",
        )
    } else if own_characters(&lower) < LEAST_OWN {
        Err(
            "This password is made of words and rows that everybody tries first. Choose one that is harder to guess.",
        )
    } else {
        Ok(())
    }
}

/// Whether it is one piece of at most half its length over and over.
fn repeats(letters: &[char]) -> bool {
    (1..=letters.len() / 2).any(|period| {
        let shifted = letters.iter().skip(period);
        letters.iter().zip(shifted).all(|(a, b)| a == b)
    })
}

/// How many characters are left without common words and rows.
fn own_characters(lower: &str) -> usize {
    let rest = COMMON
        .iter()
        .fold(lower.to_owned(), |rest, word| rest.replace(word, " "));
    let letters: Vec<char> = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut own = 0;
    let mut run = Vec::new();
    for letter in letters {
        let follows = run.last().is_some_and(|last| are_neighbours(*last, letter));
        if !follows {
            own += choices(run.len());
            run.clear();
        }
        run.push(letter);
    }
    own + choices(run.len())
}

fn choices(run: usize) -> usize {
    if run < RUN { run } else { 1 }
}

fn are_neighbours(a: char, b: char) -> bool {
    let follow = |row: &str| {
        let pairs = row.chars().zip(row.chars().skip(1));
        pairs
            .into_iter()
            .any(|pair| pair == (a, b) || pair == (b, a))
    };
    a == b || ROWS.iter().any(|row| follow(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessable_passwords_are_refused() {
        for (password, good) in [
            ("short", false),
            ("aaaaaaaaaaaaaaaaaaaa", false),
            ("patchbay patchbay 1", false),
            ("ada.lovelace is here", false),
            ("Password12345678", false),
            ("passwordpassword", false),
            ("Welcome Welcome 2026", false),
            ("123456789012345", false),
            ("abcdefghijklmnop", false),
            ("qwertyuiopasdfghjkl", false),
            ("1qaz2wsx3edc4rfv", false),
            ("987654321 abcdefg", false),
            ("hunter42hunter42", false),
            ("iloveyou iloveyou!", false),
            ("correct horse battery", true),
            ("ünïcödé wörds cöunt", true),
            ("my summer in Lisbon 1987", true),
            ("f3a9c04be77d1528", true),
            ("日本語のとても長い合言葉です、はい", true),
        ] {
            assert_eq!(
                accept(password, "ada.lovelace@example.org").is_ok(),
                good,
                "{password}"
            );
        }
        assert!(accept(&"abcdefgh".repeat(17), "a@b.c").is_err());
    }
}
