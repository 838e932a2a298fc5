//! The nearest sequence that never falls.

/// The sequence without a fall that is nearest to this one by the sum of
/// squares: what falls is pooled to its mean (Ayer and others, 1955).
pub(super) fn monotone(values: impl Iterator<Item = f64>) -> Vec<f64> {
    // Sums and counts of the pools.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for value in values {
        let (mut sum, mut count) = (value, 1);
        while let Some((before, of)) = pools.last() {
            if before / *of as f64 <= sum / count as f64 {
                break;
            }
            sum += before;
            count += of;
            pools.pop();
        }
        pools.push((sum, count));
    }
    let mut monotone = Vec::new();
    for (sum, count) in pools {
        monotone.resize(monotone.len() + count, sum / count as f64);
    }
    monotone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_is_pooled_to_its_mean() {
        let table: &[(&[f64], &[f64])] = &[
            (&[], &[]),
            (&[1.0, 2.0, 2.0], &[1.0, 2.0, 2.0]),
            (&[3.0, 1.0], &[2.0, 2.0]),
            (&[1.0, 4.0, 2.0, 3.0, 9.0], &[1.0, 3.0, 3.0, 3.0, 9.0]),
            (&[3.0, 2.0, 1.0], &[2.0, 2.0, 2.0]),
        ];
        for (values, expected) in table {
            assert_eq!(monotone(values.iter().copied()), *expected);
        }
    }
}
