//! The list of rules as a page for people.

use std::fmt::Write;

use super::RuleText;
use crate::Severity;

/// Every rule as a Markdown page, which `docs/rules.md` is.
pub fn rules_page() -> String {
    let mut page = "# What is checked\n\nEvery rule, as `patchbay rules` lists it. An error keeps a flow from being published, a\nwarning does not. Where a fix is named, one click applies it.\n".to_owned();
    for (title, rules) in [
        ("Flows", super::RULES),
        ("Flows of the public platform", crate::architect::RULES),
        ("Data actions", crate::data_action::RULES),
        ("Contacts", crate::contact::RULES),
        ("Publishing", &super::PUBLISHING),
    ] {
        let heading =
            "| Code | Severity | The rule | What breaks it | Fix |\n|---|---|---|---|---|\n";
        let _infallible = write!(page, "\n## {title}\n\n{heading}");
        for rule in rules {
            row(&mut page, rule);
        }
    }
    page
}

fn row(page: &mut String, rule: &RuleText) {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let cells = [
        &format!("`{}`", rule.code.as_str()),
        severity,
        rule.sentence,
        rule.example,
        rule.fix.unwrap_or_default(),
    ];
    for cell in cells {
        // What ends a cell would end it in code too.
        let _infallible = write!(page, "| {} ", cell.replace('|', "\\|"));
    }
    page.push_str("|\n");
}
