//! The inputs that belong to the project, run once each.
#![allow(clippy::expect_used, clippy::panic)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use fuzz::{Outcome, Run, TARGETS, Target, corpus, inputs, regressions};

/// What the name of an input of the corpus begins with that is refused.
const REFUSED: &str = "refused-";

fn files(folder: &Path) -> Vec<PathBuf> {
    inputs(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

fn measured(target: &Target, file: &Path) -> Run {
    target.measure(&fs::read(file).expect("an input can be read"))
}

#[test]
fn no_input_that_is_kept_panics_or_breaks_a_law() {
    let mut broken = Vec::new();
    for target in TARGETS {
        for folder in [corpus(target), regressions(target)] {
            for file in files(&folder) {
                if let Err(panic) = measured(target, &file).outcome {
                    broken.push(format!("{}: {}", file.display(), panic.message));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn an_input_of_the_corpus_is_read_unless_its_name_says_that_it_is_refused() {
    let mut misnamed = Vec::new();
    for target in TARGETS {
        let files = files(&corpus(target));
        assert!(!files.is_empty(), "{} has no corpus", target.name);
        for file in files {
            let name = file.file_name().expect("a file has a name");
            let is_refused = name.to_string_lossy().starts_with(REFUSED);
            let expected = if is_refused {
                Outcome::Refused
            } else {
                Outcome::Read
            };
            let outcome = measured(target, &file).outcome;
            if outcome != Ok(expected) {
                misnamed.push(format!("{}: {outcome:?}", file.display()));
            }
        }
    }
    assert!(misnamed.is_empty(), "{}", misnamed.join("\n"));
}
