//! What is wrong with what main returns.

use std::rc::Rc;

use flow::{DataType, ParameterType, data_action::rules};
use rustc_hash::FxHashSet;

use super::{
    flow_of_control::{Returned, Run},
    state::{Dictionary, Member, Value},
};
use crate::{
    declared::Declared,
    finding::Report,
    key::{Key, SetAnywhere, shown},
    main_function::Main,
    sort::Sort,
};

pub(super) fn report<'a>(
    run: &Run<'_, 'a>,
    main: Main<'a>,
    outputs: &Declared<'_>,
    report: &mut Report<'_>,
) {
    let mut check = Check {
        declared: outputs,
        seen: FxHashSet::default(),
        dictionaries: FxHashSet::default(),
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

impl<'a> Returned<'a> {
    /// Whether all that it may give are dictionaries of which everything is
    /// known.
    pub(super) fn is_followed(&self, run: &Run<'_, 'a>) -> bool {
        self.values.iter().all(|value| match value {
            Value::Dictionary(site) => !run.lost.contains(&site),
            Value::Other(_) | Value::Unknown => false,
        })
    }
}

struct Check<'o, 'a> {
    declared: &'o Declared<'o>,
    /// The keys and values that were looked at already.
    seen: FxHashSet<Key<'a>>,
    /// The dictionaries that were looked at already, as they were then.
    dictionaries: FxHashSet<*const Dictionary<'a>>,
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
        self.is_all_known &= returned.is_followed(run);
        for (_, dictionary) in known {
            self.is_all_known &= !dictionary.is_open;
            if !self.dictionaries.insert(Rc::as_ptr(dictionary)) {
                continue;
            }
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
            return undeclared(key, self.declared, report);
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
        if run.sets_later {
            let set = SetAnywhere::of(main.module);
            if set.has_others {
                return;
            }
            returned.extend(set.keys.iter().map(|key| key.to_lowercase()));
        }
        for (row, output) in self.declared.rows() {
            // One that is returned with other capitals has been reported there.
            if !returned.contains(&output.to_lowercase()) {
                let message = format!(
                    "No return holds the output “{}”. Return it, or remove it from the outputs.",
                    shown(output)
                );
                report.add_at_row(rules::SCRIPT_OUTPUT_MISSING, "outputs", row, message);
            }
        }
    }
}

fn undeclared(key: Key<'_>, outputs: &Declared<'_>, report: &mut Report<'_>) {
    let returned = shown(key.text);
    if let Some(output) = outputs.other_case_of(key.text) {
        let name = &output.name;
        let message = format!(
            "“{returned}” is returned, “{name}” is declared. Capitals matter: return “{name}”."
        );
        let suggestion = key.renamed(name, report);
        report.add_with(rules::SCRIPT_OUTPUT_UNDECLARED, key.at, message, suggestion);
        return;
    }
    let known = outputs.said("output");
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
