//! Near misses: what somebody probably meant.

/// How many names a message lists.
const LISTED_NAMES: usize = 6;
/// Characters of a name that a list shows.
const LISTED_CHARS: usize = 60;
/// Characters of a name that somebody may have mistyped: nobody types more.
const MISTYPED_CHARS: usize = 200;

/// What there is, as messages list it: the first few names.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let shown =
        names
            .by_ref()
            .take(LISTED_NAMES)
            .map(|name| match name.char_indices().nth(LISTED_CHARS) {
                Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
                None => name.to_owned(),
            });
    let mut shown: Vec<_> = shown.collect();
    if names.next().is_some() {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

/// The name nearest to one that is unknown: equal but for capitals, else with
/// one slip of the finger in a short name or two in a long one.
pub(super) fn nearest<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let mut equal = candidates.clone();
    if let Some(equal) = equal.find(|candidate| candidate.to_lowercase() == lower) {
        return Some(equal);
    }
    let length = name.chars().count();
    let allowed = match length {
        0..=2 | MISTYPED_CHARS.. => return None,
        3..=5 => 1,
        _ => 2,
    };
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be added, removed or changed (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, a) in from.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(&to) {
            let above = *cell;
            let changed = diagonal + usize::from(a != *b);
            *cell = changed.min(above + 1).min(left + 1);
            diagonal = above;
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_the_first_few_names() {
        assert_eq!(listed(["a", "b"]), "a, b");
        assert_eq!(
            listed(["a", "b", "c", "d", "e", "f", "g"]),
            "a, b, c, d, e, f, …"
        );
        assert_eq!(listed([]), "");
        let long = "ü".repeat(61);
        assert_eq!(listed([long.as_str()]), format!("{}…", "ü".repeat(60)));
    }

    #[test]
    fn a_slip_or_other_capitals_are_near_and_other_words_are_not() {
        let known = ["customerName", "phoneNumber", "tier"];
        for (typed, meant) in [
            ("customername", Some("customerName")),
            ("custmerName", Some("customerName")),
            ("phoneNumbre", Some("phoneNumber")),
            ("teir", None),
            ("tiet", Some("tier")),
            ("x", None),
            ("contact", None),
        ] {
            assert_eq!(nearest(typed, known.into_iter()), meant, "{typed}");
        }
    }
}
