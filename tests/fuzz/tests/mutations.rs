//! Changed inputs are what a run can use.
#![allow(clippy::expect_used)]

use std::fs;

use fastrand::Rng;
use fuzz::{MAX_INPUT_BYTES, TARGETS, Target, Vocabulary, corpus, inputs};

/// A change that knows nothing of what the input is.
fn raw(buffer: &mut [u8], size: usize, max_size: usize) -> usize {
    let size = size.min(max_size);
    let mut rng = Rng::with_seed(size as u64);
    if size > 0 {
        buffer[rng.usize(..size)] = rng.u8(..);
    }
    size
}

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let files = inputs(&corpus(target)).expect("there is a corpus");
    files
        .iter()
        .map(|file| fs::read(file).expect("an input can be read"))
        .collect()
}

fn vocabulary(target: &Target) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for seed in seeds(target) {
        vocabulary.learn(&seed);
    }
    vocabulary
}

/// The input after the change of a seed.
fn mutated(target: &Target, words: &Vocabulary, input: &[u8], most: usize, seed: u32) -> Vec<u8> {
    let mut buffer = input.to_vec();
    buffer.resize(input.len().max(most), 0);
    let mutator = target.mutator;
    let size = mutator.mutate(words, &mut buffer, input.len(), most, seed, raw);
    assert!(
        size <= most,
        "{size} bytes, and at most {most} were allowed"
    );
    buffer.truncate(size);
    buffer
}

#[test]
fn a_changed_input_is_a_text_of_at_most_the_size_that_is_allowed() {
    for target in TARGETS {
        let words = vocabulary(target);
        for input in seeds(target) {
            for seed in 0..12 {
                for most in [0, 1, 40, MAX_INPUT_BYTES] {
                    let changed = mutated(target, &words, &input, most, seed);
                    assert!(
                        str::from_utf8(&changed).is_ok(),
                        "{}, seed {seed}",
                        target.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_change_and_another_one_mostly_another() {
    for target in TARGETS {
        let words = vocabulary(target);
        let mut different = 0;
        for input in seeds(target) {
            let [one, again, other] =
                [7, 7, 8].map(|seed| mutated(target, &words, &input, MAX_INPUT_BYTES, seed));
            assert_eq!(one, again);
            different += usize::from(one != other);
        }
        assert!(2 * different > seeds(target).len(), "{}", target.name);
    }
}

#[test]
fn most_changed_documents_are_documents() {
    let target = Target::named("import").expect("imports are fuzzed");
    let words = vocabulary(target);
    let (mut all, mut documents) = (0, 0);
    for input in seeds(target) {
        for seed in 0..20 {
            let changed = mutated(target, &words, &input, MAX_INPUT_BYTES, seed);
            all += 1;
            documents += usize::from(serde_json::from_slice::<serde_json::Value>(&changed).is_ok());
        }
    }
    assert!(
        3 * documents > 2 * all,
        "{documents} of {all} are documents"
    );
}
