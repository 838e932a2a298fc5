//! A rule, and a flow that breaks it.

use flow::{
    DataType, FieldValue, Flow, Problem, Transaction, Variable, Workspace, apply, check_in,
};

use crate::draw::{branching, cases, pairs, template, text};

/// A rule, the flow that breaks it, where that is, and what is in its span.
pub(crate) struct Breach {
    pub(crate) code: &'static str,
    pub(crate) flow: Flow,
    /// What the flow can refer to.
    pub(crate) workspace: Workspace,
    pub(crate) place: &'static str,
    pub(crate) blamed: &'static str,
    pub(crate) has_fix: bool,
    /// The errors that come once the fix was applied: what it leaves for a
    /// person to go on with.
    pub(crate) leaves: &'static [&'static str],
}

pub(crate) fn breach(
    code: &'static str,
    place: &'static str,
    flow: Flow,
    edit: impl FnOnce(&mut Flow),
) -> Breach {
    let mut flow = flow;
    edit(&mut flow);
    Breach {
        code,
        flow,
        workspace: Workspace::default(),
        place,
        blamed: "",
        has_fix: true,
        leaves: &[],
    }
}

impl Breach {
    pub(crate) fn blames(mut self, text: &'static str) -> Self {
        self.blamed = text;
        self
    }

    pub(crate) fn without_fix(mut self) -> Self {
        self.has_fix = false;
        self
    }

    pub(crate) fn leaves(mut self, errors: &'static [&'static str]) -> Self {
        self.leaves = errors;
        self
    }

    /// Among these that it can refer to.
    pub(crate) fn among(mut self, workspace: &Workspace) -> Self {
        self.workspace = workspace.clone();
        self
    }

    pub(crate) fn problems(&self) -> Vec<Problem> {
        check_in(&self.flow, &self.workspace)
    }

    /// The problem that this is about.
    pub(crate) fn found(&self) -> Problem {
        let problems = self.problems();
        let is_it =
            |problem: &&Problem| problem.code.as_str() == self.code && shown(problem) == self.place;
        let Some(found) = problems.iter().find(is_it) else {
            let found: Vec<_> = problems
                .iter()
                .map(|p| (p.code, shown(p), &p.message))
                .collect();
            panic!("no {} at {}: {found:#?}", self.code, self.place);
        };
        found.clone()
    }

    /// The flow with the fix of a problem; none where it has none.
    pub(crate) fn fixed(&self, problem: &Problem) -> Option<Flow> {
        let fix = problem.fix.as_ref()?;
        let mut fixed = self.flow.clone();
        apply(&mut fixed, &Transaction::new(&fix.label, fix.ops.clone()))
            .unwrap_or_else(|refused| panic!("{}: {refused}", problem.code.as_str()));
        Some(fixed)
    }
}

/// A place as the tables below write it: `lookup.url`, `set.variables[1]`.
pub(crate) fn shown(problem: &Problem) -> String {
    let place = &problem.place;
    let mut shown = place
        .node
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    if let Some(field) = &place.field {
        shown = format!("{shown}.{field}");
    }
    if let Some(row) = place.row {
        shown = format!("{shown}[{row}]");
    }
    match (&place.edge, &place.port) {
        (Some(edge), _) => format!("{shown} edge {edge}"),
        (None, Some(port)) => format!("{shown} port {port}"),
        (None, None) => shown,
    }
}

/// The bytes that a problem points at; fails when they are no characters.
pub(crate) fn blamed(flow: &Flow, problem: &Problem) -> String {
    let place = &problem.place;
    let (Some(node), Some(key), Some(span)) = (&place.node, &place.field, &place.span) else {
        return String::new();
    };
    let value = flow.nodes[node]
        .field(key.as_str())
        .expect("a field with a span is set");
    let text = match (value, place.row) {
        (FieldValue::Text(text), None) => text,
        (FieldValue::Pairs(pairs), Some(row)) => pairs[row].value.as_str().expect("a text"),
        other => panic!("a span in {other:?}"),
    };
    text[span.clone()].to_owned()
}

pub(crate) fn variable(name: &str) -> Variable {
    Variable {
        name: name.to_owned(),
        datatype: DataType::String,
        description: String::new(),
    }
}

pub(crate) fn lookup_with(
    code: &'static str,
    key: &'static str,
    place: &'static str,
    value: &str,
) -> Breach {
    breach(code, place, template(), |flow| {
        text(flow, "lookup", key, value);
    })
}

pub(crate) fn body(code: &'static str, value: &str) -> Breach {
    lookup_with(code, "body", "lookup.body", value)
}

pub(crate) fn url(code: &'static str, value: &str) -> Breach {
    lookup_with(code, "url", "lookup.url", value)
}

pub(crate) fn split_with(
    code: &'static str,
    place: &'static str,
    these: &'static [(&str, &str)],
) -> Breach {
    breach(code, place, branching(), |flow| cases(flow, "split", these))
}

pub(crate) fn set_with(code: &'static str, place: &'static str, these: &[(&str, &str)]) -> Breach {
    breach(code, place, branching(), |flow| {
        pairs(flow, "set", "variables", these);
    })
}

pub(crate) fn headers_with(
    code: &'static str,
    place: &'static str,
    these: &[(&str, &str)],
) -> Breach {
    breach(code, place, template(), |flow| {
        pairs(flow, "lookup", "headers", these);
    })
}
