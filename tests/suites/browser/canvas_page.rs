//! `docs/canvas.md`: every key of the table stands in it, and every test that
//! it names is there.

use std::fs;
use std::path::Path;

use tests::{Context, Result, ensure};

/// Where the tests lie that the page names.
const SOURCES: [&str; 4] = [
    "app/editor/src",
    "app/flow/tests",
    "server/tests/http",
    "tests/suites/browser",
];

#[test]
fn the_page_of_the_canvas_has_every_key_and_names_tests_that_are_there() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/canvas.md"))?;
    let code: Vec<&str> = page.split('`').skip(1).step_by(2).collect();

    let chords = editor::SHORTCUTS.iter().flat_map(|row| row.chords);
    for chord in chords {
        ensure!(
            code.contains(chord),
            "docs/canvas.md has no row with {chord}"
        );
    }

    let mut text = String::new();
    for folder in SOURCES {
        read_all(&root.join(folder), &mut text)?;
    }
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let rows = rows.filter(|line| !line.starts_with("| what "));
    let mut count = 0;
    for row in rows {
        let proof = row.trim_end_matches(" |").rsplit(" | ").next();
        let proof = proof.with_context(|| format!("no proof in: {row}"))?;
        let (native, browser) = proof
            .split_once("; ")
            .with_context(|| format!("one sort of tests is missing: {row}"))?;
        for part in [native, browser] {
            let names: Vec<_> = part.split('`').skip(1).step_by(2).collect();
            ensure!(!names.is_empty(), "no test in “{part}”");
            for name in names {
                let is_there = text.contains(&format!("fn {name}("));
                ensure!(is_there, "docs/canvas.md names {name}, which is no test");
            }
        }
        count += 1;
    }
    ensure!(count >= 30, "the page has {count} rows");
    Ok(())
}

fn read_all(folder: &Path, text: &mut String) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_all(&path, text)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
