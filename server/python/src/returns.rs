//! What the returns of a script can hold.

use flow::MAX_SCRIPT_BYTES;

use crate::{depth, finding::Report, main_function, outputs, parse, scopes::Scopes};

/// A `return` of `main`, and what it can give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleReturn {
    /// The line of the script, from 1.
    pub line: usize,
    /// The keys that the returned dictionary can have, in alphabetical order.
    pub outputs: Vec<String>,
    /// Whether it can have further keys.
    pub may_hold_more: bool,
}

/// What each return of `main` can give back, from the script's top to its
/// bottom. Nothing where the script is no Python, has no `main`, or is too
/// intricate to follow.
pub fn returns(code: &str) -> Option<Vec<PossibleReturn>> {
    if code.len() > MAX_SCRIPT_BYTES || depth::too_deep(code).is_some() {
        return None;
    }
    let mut report = Report::new(code);
    let module = parse::module(code, &mut report)?;
    let scopes = Scopes::of(&module);
    let main = main_function::find(&module, &scopes, &mut report)?;
    outputs::possible(main, &scopes, &report)
}

#[cfg(test)]
mod tests {
    use super::{PossibleReturn, returns};

    fn possible(line: usize, outputs: &[&str], may_hold_more: bool) -> PossibleReturn {
        PossibleReturn {
            line,
            outputs: outputs.iter().map(|name| (*name).to_owned()).collect(),
            may_hold_more,
        }
    }

    #[test]
    fn every_return_says_what_it_can_hold() {
        let code = r#"import requests

def main(input_data):
    if not input_data.get("a"):
        return {"error": "no", "success": False}
    result = {"success": True}
    if input_data.get("b"):
        result["name"] = "x"
    elif input_data.get("c"):
        return requests.get("https://example.org", timeout=5).json()
    return result
"#;
        let expected = [
            possible(5, &["error", "success"], false),
            possible(10, &[], true),
            possible(11, &["name", "success"], false),
        ];
        assert_eq!(returns(code).as_deref(), Some(expected.as_slice()));
    }

    #[test]
    fn nothing_is_said_of_what_cannot_be_read() {
        for code in ["", "def main(", "def other(x):\n    return {}\n"] {
            assert_eq!(returns(code), None, "{code}");
        }
    }
}
