//! The rule on new passwords, as the server has it.

/// The least and the most characters of a password.
const LENGTH: (usize, usize) = (15, 128);

/// What is wrong with a new password, if anything is.
pub fn password_problem(password: &str) -> Option<String> {
    let (least, most) = LENGTH;
    match password.chars().count() {
        0 => Some("Choose a password.".to_owned()),
        length if length < least => Some(format!(
            "Use at least {least} characters; these are {length}."
        )),
        length if length > most => Some(format!("Use at most {most} characters.")),
        _ => None,
    }
}

/// The rule, with how far a password of this many characters is.
pub fn length_rule(length: usize) -> String {
    let (least, most) = LENGTH;
    if length == 0 || length > most {
        format!("{least} to {most} characters. A few words in a row are easy to remember.")
    } else if length < least {
        format!("{least} to {most} characters: {} to go.", least - length)
    } else {
        format!("{least} to {most} characters: {length}, long enough.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_15_to_128_characters_whatever_their_bytes() {
        for (length, accepted) in [
            (0, false),
            (14, false),
            (15, true),
            (128, true),
            (129, false),
        ] {
            let password = "ü".repeat(length);
            assert_eq!(password_problem(&password).is_none(), accepted, "{length}");
        }
    }
}
