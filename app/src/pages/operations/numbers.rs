//! Numbers as they are read.

/// A count, in groups of three digits.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A duration that is known in milliseconds.
pub(super) fn millis(millis: Option<f64>) -> String {
    match millis {
        None => "–".to_owned(),
        Some(millis) if millis >= 9_950.0 => format!("{:.0} s", millis / 1_000.0),
        Some(millis) if millis >= 995.0 => format!("{:.1} s", millis / 1_000.0),
        Some(millis) if millis >= 9.95 => format!("{millis:.0} ms"),
        Some(millis) => format!("{millis:.1} ms"),
    }
}

/// The least of 1, 2 and 5 times a power of ten that is no less.
pub(super) fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    let found = steps.iter().find(|step| *step * power >= value);
    found.unwrap_or(&10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_say_their_unit() {
        for (number, words) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), words);
        }
        for (number, words) in [
            (None, "–"),
            (Some(0.25), "0.2 ms"),
            (Some(9.96), "10 ms"),
            (Some(312.4), "312 ms"),
            (Some(999.0), "1.0 s"),
            (Some(12_345.0), "12 s"),
        ] {
            assert_eq!(millis(number), words);
        }
    }

    #[test]
    fn a_scale_ends_at_a_round_number_that_holds_everything() {
        for (value, end) in [
            (0.0, 1.0),
            (0.3, 0.5),
            (1.0, 1.0),
            (1.1, 2.0),
            (41.0, 50.0),
            (60.0, 100.0),
        ] {
            assert!((round_up(value) - end).abs() < 1e-9, "{value}");
        }
    }
}
