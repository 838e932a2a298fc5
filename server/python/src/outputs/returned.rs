//! What is wrong with what main returns.

use flow::{DataType, Parameter, ParameterType, data_action::rules};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    flow_of_control::{Returned, Run},
    state::{Member, Value},
};
use crate::{
    finding::Report,
    key::{Key, SetAnywhere, listed, shown},
    main_function::Main,
    sort::Sort,
};

pub(super) fn report<'a>(
    run: &Run<'_, 'a>,
    main: Main<'a>,
    outputs: &[Parameter],
    report: &mut Report<'_>,
) {
    let mut check = Check {
        declared: outputs
            .iter()
            .map(|output| (output.name.as_str(), output))
            .collect(),
        outputs,
        seen: FxHashSet::default(),
        returned: FxHashSet::default(),
        is_all_known: true,
    };
    for returned in &run.returns {
        check.returned(returned, run, report);
    }
    if check.is_all_known && !run.returns.is_empty() {
        check.missing(run, main, report);
    }
}

struct Check<'o, 'a> {
    outputs: &'o [Parameter],
    declared: FxHashMap<&'o str, &'o Parameter>,
    /// The keys and values that were looked at already.
    seen: FxHashSet<Key<'a>>,
    returned: FxHashSet<&'a str>,
    /// Whether every return gives a dictionary whose members are all known.
    is_all_known: bool,
}

impl<'a> Check<'_, 'a> {
    fn returned(&mut self, returned: &Returned<'a>, run: &Run<'_, 'a>, report: &mut Report<'_>) {
        if let Some(sort) = returned.values.only_others() {
            let message = no_dictionary(sort);
            report.add(rules::SCRIPT_RETURN_NO_DICTIONARY, returned.at, message);
            return;
        }
        let known = returned.dictionaries.iter();
        let known = known.filter(|(site, _)| !run.lost.contains(site));
        self.is_all_known &= returned.values.iter().all(|value| match value {
            Value::Dictionary(site) => !run.lost.contains(&site),
            Value::Other(_) | Value::Unknown => false,
        });
        for (_, dictionary) in known {
            self.is_all_known &= !dictionary.is_open;
            for member in dictionary.members.values().flatten() {
                self.returned.insert(member.key.text);
                if !run.removed.contains(member.key.text) && self.seen.insert(member.key) {
                    self.member(member, report);
                }
            }
        }
    }

    fn member(&self, member: &Member<'a>, report: &mut Report<'_>) {
        let key = member.key;
        let Some(output) = self.declared.get(key.text) else {
            return undeclared(key, self.outputs, report);
        };
        let ParameterType::Known(datatype) = output.datatype else {
            return;
        };
        if let Some((sort, at)) = member.value
            && !sort.fits(datatype)
        {
            let message = format!(
                "“{}” is declared as {} and is returned as {} here. {}.",
                shown(key.text),
                datatype.as_str(),
                sort.title(),
                converted(datatype)
            );
            report.add(rules::SCRIPT_OUTPUT_TYPE, at, message);
        }
    }

    /// Reports the outputs that no return holds.
    fn missing(&self, run: &Run<'_, 'a>, main: Main<'a>, report: &mut Report<'_>) {
        let mut returned: FxHashSet<_> =
            self.returned.iter().map(|key| key.to_lowercase()).collect();
        if run.has_loop {
            // What is set at the end of a loop is there when it begins again.
            let set = SetAnywhere::of(main.module);
            if set.has_others {
                return;
            }
            returned.extend(set.keys.iter().map(|key| key.to_lowercase()));
        }
        for (row, output) in self.outputs.iter().enumerate() {
            // One that is returned with other capitals has been reported there.
            if !output.name.is_empty() && !returned.contains(&output.name.to_lowercase()) {
                let message = format!(
                    "No return holds the output “{}”. Return it, or remove it from the outputs.",
                    shown(&output.name)
                );
                report.add_at_row(rules::SCRIPT_OUTPUT_MISSING, "outputs", row, message);
            }
        }
    }
}

fn undeclared(key: Key<'_>, outputs: &[Parameter], report: &mut Report<'_>) {
    let returned = shown(key.text);
    if let Some(output) = key.other_case_of(outputs) {
        let name = &output.name;
        let message = format!(
            "“{returned}” is returned, “{name}” is declared. Capitals matter: return “{name}”."
        );
        let suggestion = key.renamed(name, report);
        report.add_with(rules::SCRIPT_OUTPUT_UNDECLARED, key.at, message, suggestion);
        return;
    }
    let known = match outputs {
        [] => "No output is declared".to_owned(),
        outputs => format!("Declared are {}", listed(outputs)),
    };
    let message = format!(
        "“{returned}” is returned and is no output. {known}: declare it, or return one that is."
    );
    report.add(rules::SCRIPT_OUTPUT_UNDECLARED, key.at, message);
}

fn no_dictionary(sort: Sort) -> String {
    let advice = match sort {
        Sort::Json => "Return the dictionary itself, without json.dumps",
        Sort::Tuple | Sort::List | Sort::Set => {
            "Return one dictionary, with the names of the outputs as its keys"
        }
        _ => "Return a dictionary, with the names of the outputs as its keys",
    };
    format!(
        "main returns {} here, and no dictionary. {advice}.",
        sort.title()
    )
}

/// How a value of a data type is written.
fn converted(datatype: DataType) -> &'static str {
    match datatype {
        DataType::String => "Return a text, with str(…) if need be",
        DataType::Integer => "Return a whole number, with int(…) if need be",
        DataType::Number => "Return a number, with float(…) if need be",
        DataType::Boolean => "Return True or False",
        DataType::Datetime => "Return a text like \"2026-01-31T12:00:00Z\"",
        DataType::Object => "Return a dictionary there",
        DataType::Array => "Return a list there",
    }
}
