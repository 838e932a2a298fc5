//! The inputs or the outputs that a data action declares, by their names.

use flow::Parameter;
use rustc_hash::FxHashMap;

use crate::key::shown;

/// What is declared.
pub(crate) struct Declared<'p> {
    parameters: &'p [Parameter],
    by_name: FxHashMap<&'p str, &'p Parameter>,
    by_lower: FxHashMap<String, &'p Parameter>,
}

impl<'p> Declared<'p> {
    pub(crate) fn new(parameters: &'p [Parameter]) -> Self {
        // Of two with one name the first one counts; that there are two is an
        // error of its own.
        let last_first = || parameters.iter().rev();
        let lower = |each: &'p Parameter| (each.name.to_lowercase(), each);
        Self {
            parameters,
            by_name: last_first()
                .map(|each| (each.name.as_str(), each))
                .collect(),
            by_lower: last_first().map(lower).collect(),
        }
    }

    /// The one of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&'p Parameter> {
        self.by_name.get(name).copied()
    }

    /// The one whose name is this but for capitals.
    pub(crate) fn other_case_of(&self, name: &str) -> Option<&'p Parameter> {
        self.by_lower.get(&name.to_lowercase()).copied()
    }

    /// The names, each with its row.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'p str)> {
        let rows = self.parameters.iter().enumerate();
        rows.map(|(row, each)| (row, each.name.as_str()))
            .filter(|(_, name)| !name.is_empty())
    }

    /// What is declared, as a sentence says it: "Declared are “a”, “b”".
    pub(crate) fn said(&self, what: &str) -> String {
        /// Names that a sentence takes.
        const SHOWN: usize = 8;
        if self.parameters.is_empty() {
            return format!("No {what} is declared");
        }
        let names = self.parameters.iter().take(SHOWN);
        let names: Vec<_> = names
            .map(|each| format!("“{}”", shown(&each.name)))
            .collect();
        let more = if self.parameters.len() > SHOWN {
            ", …"
        } else {
            ""
        };
        format!("Declared are {}{more}", names.join(", "))
    }
}
