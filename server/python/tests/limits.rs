//! No script makes the check panic, overflow its stack or take long.
#![allow(clippy::expect_used, clippy::panic)]

mod given;

use std::{thread, time::Duration};

use flow::Interface;
use given::{interface, worst::worst};
use proptest::{collection::vec, prelude::*, sample::select};
use python::findings_in;
use rustix::time::{ClockId, clock_gettime};

/// What a runtime's threads have.
const STACK_BYTES: usize = 2 * 1024 * 1024;
/// What a check may take without optimisation, on a machine that does other
/// things as well; `cargo bench -p python` holds it to 80 ms.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2_000 } else { 240 });

fn any_interface() -> Interface {
    interface(
        "user_id:integer, region:string",
        "user_name:string, success:boolean, k1:integer",
    )
}

fn thread_cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        now.tv_sec.cast_unsigned(),
        u32::try_from(now.tv_nsec).expect("below a second"),
    )
}

/// Checks a script and what every problem of it must hold.
fn check(script: &str, interface: &Interface) {
    let findings = findings_in(script, Some(interface));
    for finding in &findings {
        let place = &finding.problem.place;
        let spans = [
            place.span.as_ref(),
            finding
                .suggestion
                .as_ref()
                .map(|suggestion| &suggestion.span),
        ];
        for span in spans.into_iter().flatten() {
            assert!(
                script.get(span.clone()).is_some(),
                "{finding:?} in {script:?}"
            );
        }
        assert!(place.span.is_some() || place.row.is_some(), "{finding:?}");
    }
    let again = findings_in(script, Some(interface));
    assert_eq!(findings, again, "equal scripts have equal problems");
}

#[test]
fn no_script_takes_long_or_more_stack_than_a_thread_has() {
    let thread = thread::Builder::new().stack_size(STACK_BYTES);
    let checked = thread.spawn(|| {
        let interface = any_interface();
        for (name, script) in worst() {
            let before = thread_cpu();
            let findings = findings_in(&script, Some(&interface));
            let took = thread_cpu().saturating_sub(before);
            assert!(took <= LIMIT, "{name} took {took:?}");
            assert!(findings.len() <= 1_000, "{name}");
        }
    });
    checked.expect("a thread").join().expect("no panic");
}

/// Words and signs of Python, and of what the checks look for.
const WORDS: &[&str] = &[
    "def ",
    "main",
    "input_data",
    "(",
    ")",
    ":",
    "\n",
    "\n    ",
    "\n        ",
    "return ",
    "{",
    "}",
    "[",
    "]",
    "\"user_id\"",
    "'User_name'",
    "\"k1\"",
    "out",
    "=",
    " = {}",
    ".get",
    ".update",
    ".pop",
    "[\"k1\"]",
    "if ",
    "else",
    "elif ",
    "for ",
    " in ",
    "while True",
    "try",
    "except",
    "finally",
    "with ",
    " as ",
    "import ",
    "from ",
    "requests",
    ".get(",
    "timeout",
    "30",
    "None",
    "True",
    "lambda ",
    "yield ",
    "await ",
    "async ",
    "class ",
    "global ",
    "nonlocal ",
    "del ",
    "pass",
    "break",
    "continue",
    "raise ",
    "match ",
    "case ",
    "_",
    ":=",
    "|=",
    "**",
    "*",
    ",",
    ".",
    "f\"{",
    "}\"",
    "f'{out!r:>{x}}'",
    "\\",
    "#",
    "é",
    "\u{0}",
    "\r\n",
    "@",
    "->",
    "not ",
    " and ",
    " or ",
    "==",
    "+",
    "dict(",
    "json.dumps(",
    "Session()",
    "x",
    "y",
    "1.5",
    "\"",
    "'''",
];

/// A script that is sound before it is changed.
const SOUND: &str = "import json\nimport requests\nfrom requests import Session as S\n\nLIMIT = 10\n\n\ndef fail(text):\n    raise ValueError(text)\n\n\ndef main(input_data):\n    data = input_data or {}\n    user_id = data.get(\"user_id\")\n    out = {\"success\": False}\n    try:\n        with S() as s:\n            answer = s.get(f\"https://x.example/{user_id}\", timeout=(3, LIMIT)).json()\n        for row in answer:\n            if row.get(\"a\") and \"region\" in data:\n                out[\"user_name\"] = row[\"a\"]\n                break\n            elif not row:\n                continue\n        else:\n            fail(\"none\")\n        out.update({\"success\": True}, k1=len(answer))\n    except (KeyError, ValueError) as e:\n        return {**out, \"user_name\": str(e)} if e else dict(out, k1=0)\n    match answer:\n        case [first, *rest] if rest:\n            out |= {\"k1\": 1}\n        case {\"a\": x} | x:\n            del out[\"success\"]\n    return out\n";

#[test]
fn the_script_that_the_mutations_begin_with_is_sound() {
    assert_eq!(findings_in(SOUND, Some(&any_interface())), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        check(&text, &any_interface());
    }

    #[test]
    fn words_of_python_in_any_order_never_panic(words in vec(select(WORDS), 0..120)) {
        check(&words.concat(), &any_interface());
    }

    #[test]
    fn a_script_that_is_changed_anywhere_never_panics(
        edits in vec((any::<prop::sample::Index>(), 0_usize..12, select(WORDS)), 1..6),
    ) {
        let mut script: Vec<char> = SOUND.chars().collect();
        for (at, removed, word) in edits {
            let start = at.index(script.len() + 1);
            let end = (start + removed).min(script.len());
            script.splice(start..end, word.chars());
        }
        check(&script.into_iter().collect::<String>(), &any_interface());
    }

    #[test]
    fn the_lines_of_a_script_in_any_order_never_panic(
        lines in vec((any::<prop::sample::Index>(), 0_usize..4), 0..40),
    ) {
        let sound: Vec<&str> = SOUND.lines().collect();
        let mut script = "def main(input_data):\n".to_owned();
        for (line, indent) in lines {
            script.push_str(&"    ".repeat(indent));
            script.push_str(sound[line.index(sound.len())].trim());
            script.push('\n');
        }
        check(&script, &any_interface());
    }
}
