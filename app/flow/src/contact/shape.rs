//! The shapes of numbers and mail addresses. What is wrong is named with the
//! bytes that are to blame.

use std::ops::Range;

/// Digits of a number after the `+` (E.164, spec decision 18).
const NUMBER_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Bytes before and after the `@` of a mail address, and of each part of its
/// domain (RFC 5321, 4.5.3.1; RFC 1035, 2.3.4).
const MAX_LOCAL_BYTES: usize = 64;
const MAX_DOMAIN_BYTES: usize = 255;
const MAX_LABEL_BYTES: usize = 63;

/// What is wrong with a text of a shape, in the middle of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misshapen {
    pub(super) what: String,
    pub(super) span: Range<usize>,
}

fn misshapen(what: impl Into<String>, span: Range<usize>) -> Result<(), Misshapen> {
    Err(Misshapen {
        what: what.into(),
        span,
    })
}

/// The character at a byte, quoted, with its bytes.
fn at(text: &str, start: usize) -> (String, Range<usize>) {
    let c = text.get(start..).and_then(|rest| rest.chars().next());
    match c {
        Some(c) => (format!("“{c}”"), start..start + c.len_utf8()),
        None => (String::new(), start..text.len()),
    }
}

/// Whether a text is a number in E.164 by its shape, `^\+[1-9]\d{6,14}$`.
pub(super) fn number(text: &str) -> Result<(), Misshapen> {
    let Some(digits) = text.strip_prefix('+') else {
        return misshapen(
            "it does not begin with “+” and a country code",
            0..text.len(),
        );
    };
    if let Some(wrong) = digits.find(|c: char| !c.is_ascii_digit()) {
        let (shown, span) = at(text, wrong + 1);
        return misshapen(format!("{shown} is no digit"), span);
    }
    if digits.starts_with('0') {
        return misshapen("no country code begins with 0", 1..2);
    }
    if !NUMBER_DIGITS.contains(&digits.len()) {
        let what = format!(
            "it has {} digits, and {} to {} are possible",
            digits.len(),
            NUMBER_DIGITS.start(),
            NUMBER_DIGITS.end()
        );
        return misshapen(what, 0..text.len());
    }
    Ok(())
}

/// What somebody meant who wrote a number as people read it, with spaces,
/// brackets and hyphens.
pub(super) fn nearest_number(text: &str) -> Option<String> {
    let text = text.trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_punctuated = text
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c));
    let number = match (text.starts_with('+'), digits.strip_prefix("00")) {
        (true, _) => format!("+{digits}"),
        (false, Some(digits)) => format!("+{digits}"),
        (false, None) => return None,
    };
    (is_punctuated && self::number(&number).is_ok()).then_some(number)
}

/// Whether a text is a mail address by its shape: a name without quotes, `@`,
/// and a domain of at least two parts.
pub(super) fn email(text: &str) -> Result<(), Misshapen> {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return misshapen("it has no “@”", 0..text.len());
    };
    let domain_from = local.len() + 1;
    name(text, local)?;
    if domain.is_empty() {
        return misshapen("nothing follows “@”", local.len()..domain_from);
    }
    if domain.len() > MAX_DOMAIN_BYTES {
        let what = format!("its domain has more than {MAX_DOMAIN_BYTES} characters");
        return misshapen(what, domain_from..text.len());
    }
    let mut label_from = domain_from;
    for label in domain.split('.') {
        domain_part(text, label_from, label)?;
        label_from += label.len() + 1;
    }
    if !domain.contains('.') {
        let what = "its domain has one part only, and “.” and another belong behind it";
        return misshapen(what, domain_from..text.len());
    }
    Ok(())
}

/// The part before the `@`: the characters of an atom, and dots between them
/// (RFC 5322, 3.2.3).
fn name(text: &str, local: &str) -> Result<(), Misshapen> {
    if local.is_empty() {
        return misshapen("nothing is before “@”", 0..1);
    }
    if local.len() > MAX_LOCAL_BYTES {
        let what = format!("more than {MAX_LOCAL_BYTES} characters are before “@”");
        return misshapen(what, 0..local.len());
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if let Some(wrong) = local.find(|c| !is_allowed(c)) {
        let (shown, span) = at(text, wrong);
        return misshapen(format!("{shown} cannot be before “@”"), span);
    }
    let stray = if local.starts_with('.') {
        Some(0)
    } else if local.ends_with('.') {
        Some(local.len() - 1)
    } else {
        local.find("..")
    };
    match stray {
        Some(start) => misshapen("a “.” is not between two letters", start..start + 1),
        None => Ok(()),
    }
}

/// One part of a domain: letters, digits, and hyphens between them (RFC 1123,
/// 2.1).
fn domain_part(text: &str, from: usize, label: &str) -> Result<(), Misshapen> {
    let span = from..from + label.len();
    if label.is_empty() {
        let dot = from.min(text.len() - 1);
        return misshapen("a part of its domain is empty", dot..dot + 1);
    }
    if let Some(wrong) = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
        let (shown, span) = at(text, from + wrong);
        return misshapen(format!("{shown} cannot be in a domain"), span);
    }
    if label.starts_with('-') || label.ends_with('-') {
        return misshapen("a part of its domain begins or ends with “-”", span);
    }
    if label.len() > MAX_LABEL_BYTES {
        let what = format!("a part of its domain has more than {MAX_LABEL_BYTES} characters");
        return misshapen(what, span);
    }
    Ok(())
}
