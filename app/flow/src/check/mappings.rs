//! What is handed to a callee and what comes back, against what it declares.
//! Names match by the letter, capitals included.

use serde_json::Value;

use super::{
    Report, drafts,
    fields::{keep, root, template, text_at, type_of_value},
    near::{listed, nearest},
    report::{TextAt, Use, named, pairs_bytes},
    rules, variable_names,
};
use crate::{
    DataType, Entity, FieldSpec, FieldValue, Fix, Node, NodeId, Pair, PairsRole, Parameter, Place,
    expression::{self, Read, Type},
    kind::call::target,
};

/// The variable under which a mapping reads what came back.
pub(super) const OUTPUT: &str = "output";

pub(super) fn pairs(
    report: &mut Report<'_>,
    id: &NodeId,
    node: &Node,
    spec: &'static FieldSpec,
    (role, pairs): (PairsRole, &[Pair]),
) {
    let entity = called(report, node);
    for (row, pair) in pairs.iter().enumerate() {
        let at = Row {
            id,
            node,
            spec,
            row,
            pair,
        };
        match role {
            PairsRole::Inputs => input(report, at, entity),
            PairsRole::Outputs => output(report, at, entity),
            PairsRole::Results => result(report, at, entity),
            PairsRole::Named | PairsRole::Variables => {}
        }
    }
    if let Some(entity) = entity {
        drafts::pairs(report, (id, node, spec), entity, (role, pairs));
    }
    if role == PairsRole::Results {
        variable_names::names(report, id, node, spec.key);
    }
}

fn called<'a>(report: &Report<'a>, node: &Node) -> Option<&'a Entity> {
    let (field, kind) = node.callee()?;
    report.workspace.find(kind, node.reference(field)?)
}

/// A row of a mapping.
#[derive(Clone, Copy)]
struct Row<'a> {
    id: &'a NodeId,
    node: &'a Node,
    spec: &'static FieldSpec,
    row: usize,
    pair: &'a Pair,
}

impl<'a> Row<'a> {
    fn place(&self) -> Place {
        Place::field(self.id, self.spec.key).row(self.row)
    }

    /// The value as a text with its place; none where it is something else.
    fn text(&self) -> Option<TextAt<'a>> {
        let text = self.pair.value.as_str()?;
        Some(text_at(self.id, self.spec, Some(self.row), text))
    }

    /// A fix that gives the row another name, unless another row has it.
    fn renamed(&self, report: &mut Report<'_>, name: &str) -> Option<Fix> {
        let pairs = self.node.pairs(self.spec.key);
        if pairs.iter().any(|pair| pair.name == name) {
            return None;
        }
        report.fix(format!("Use “{name}”"), pairs_bytes(pairs), || {
            let mut pairs = pairs.to_vec();
            if let Some(pair) = pairs.get_mut(self.row) {
                name.clone_into(&mut pair.name);
            }
            super::report::set(self.id, self.spec.key, FieldValue::Pairs(pairs))
        })
    }

    /// The parameter of the row's name, or a problem.
    fn declared<'i>(
        &self,
        report: &mut Report<'_>,
        entity: Option<&'i Entity>,
        (rule, what, of): (super::Rule, &str, drafts::SideOf),
    ) -> Option<&'i Parameter> {
        let entity = entity?;
        let parameters = of(entity.interface.as_ref()?);
        let name = self.pair.name.as_str();
        let found = parameters.iter().find(|parameter| parameter.name == name);
        if found.is_none() {
            let names = parameters.iter().map(|parameter| parameter.name.as_str());
            let near = nearest(name, names.clone());
            let advice = match drafts::has(entity, of, name) {
                Some(promise) => promise,
                None => advice(name, near, names),
            };
            let message = format!(
                "What {} calls has no {what} “{name}”. {advice}",
                named(self.node)
            );
            let fix = near.and_then(|near| self.renamed(report, near));
            report.add_with(rule, self.place(), message, fix);
        }
        found
    }
}

fn advice<'n>(name: &str, near: Option<&str>, names: impl Iterator<Item = &'n str>) -> String {
    let mut names = names.peekable();
    match near {
        Some(near) if near.to_lowercase() == name.to_lowercase() => {
            format!("Did you mean “{near}”? Capitals count.")
        }
        Some(near) => format!("Did you mean “{near}”?"),
        None if names.peek().is_none() => "It has none: remove this row.".to_owned(),
        None => format!("It has {}.", listed(names)),
    }
}

fn input(report: &mut Report<'_>, at: Row<'_>, entity: Option<&Entity>) {
    let what = (rules::MAPPING_INPUT_UNKNOWN, "input", drafts::INPUTS);
    let declared = at.declared(report, entity, what);
    let wanted = declared.and_then(|input| Some((input, input.datatype.known()?)));
    let Some(text) = at.text() else {
        if let Some((input, datatype)) = wanted
            && !is_of(datatype, &at.pair.value, input.required)
        {
            mistyped(report, at.place(), at.node, &input.name, datatype);
        }
        return;
    };
    let Some(template) = template(report, text) else {
        return;
    };
    match wanted {
        Some((input, datatype)) if template.is_dynamic() => {
            let name = input.name.as_str().into();
            keep(report, text, template, Use::Input(name, datatype));
        }
        Some((input, datatype)) if !reads_as(datatype, text.text) => {
            mistyped(report, at.place(), at.node, &input.name, datatype);
        }
        Some(_) => {}
        None => keep(report, text, template, Use::Text),
    }
}

/// An output that is put into a variable, which is written in braces.
fn output(report: &mut Report<'_>, at: Row<'_>, entity: Option<&Entity>) {
    let what = (rules::MAPPING_OUTPUT_UNKNOWN, "output", drafts::OUTPUTS);
    let declared = at.declared(report, entity, what);
    let into = at.text().and_then(|text| target(text.text));
    let Some(path) = into else {
        let message = format!(
            "The output “{}” of {} can only go into a variable. Write it in braces: {{{{User.Name}}}}.",
            at.pair.name,
            named(at.node)
        );
        report.add(rules::MAPPING_TARGET_INVALID, at.place(), message);
        return;
    };
    if variable_names::is_reserved(&path) {
        let message = format!(
            "“{path}” in {} has a meaning of its own and cannot be set. Choose another name.",
            named(at.node)
        );
        report.add(rules::VARIABLE_NAME_RESERVED, at.place(), message);
    }
    let name = root(&path);
    let datatype = match declared.and_then(|output| output.datatype.known()) {
        Some(datatype) if path == name => type_of(datatype),
        _ => Type::Unknown,
    };
    report.assign(name, datatype);
}

/// A variable that is set to what came back.
fn result(report: &mut Report<'_>, at: Row<'_>, entity: Option<&Entity>) {
    let interface = entity.and_then(|entity| entity.interface.as_ref());
    let name = root(&at.pair.name);
    let Some(text) = at.text() else {
        not_from_output(report, at);
        report.assign(name, type_of_value(&at.pair.value));
        return;
    };
    let Some(template) = template_of_result(report, text, at, entity) else {
        return;
    };
    let mut reads = template.expressions().flat_map(expression::reads);
    let reads_output = reads.any(|read| read.root() == OUTPUT && read.path.len() > 1);
    // What cannot be read is a problem of its own.
    if !reads_output && template.errors.is_empty() {
        not_from_output(report, at);
    }
    let sole = template.sole_expression().map(expression::reads);
    let read = sole.as_deref().and_then(|reads| reads.first());
    let output = read.filter(|read| read.root() == OUTPUT && read.path.len() == 2);
    let declared = output.zip(interface).and_then(|(read, interface)| {
        let mut outputs = interface.outputs.iter();
        outputs.find(|output| read.path.get(1).is_some_and(|name| output.name == *name))
    });
    let datatype = declared.and_then(|output| output.datatype.known());
    let datatype = datatype.filter(|_| at.pair.name.trim() == name);
    let datatype = datatype.map_or(Type::Unknown, type_of);
    report.assign(name, datatype);
}

fn not_from_output(report: &mut Report<'_>, at: Row<'_>) {
    let message = format!(
        "“{}” in {} is not set from what came back. Read an output: {{{{output.name}}}}.",
        at.pair.name,
        named(at.node)
    );
    report.add(rules::MAPPING_RESULT_INVALID, at.place(), message);
}

/// The template of a result. In it, and only there, `output` is there to read.
fn template_of_result(
    report: &mut Report<'_>,
    text: TextAt<'_>,
    at: Row<'_>,
    entity: Option<&Entity>,
) -> Option<expression::ParsedTemplate> {
    let before = report.notes.reads.len();
    let template = template(report, text)?;
    for noted in report.notes.reads.split_off(before) {
        if noted.read.root() == OUTPUT {
            unknown_output(report, text, at, (&noted.read, entity));
        } else {
            report.notes.reads.push(noted);
        }
    }
    Some(template)
}

fn unknown_output(
    report: &mut Report<'_>,
    text: TextAt<'_>,
    at: Row<'_>,
    (read, entity): (&Read, Option<&Entity>),
) {
    let live = entity.and_then(|entity| Some((entity, entity.interface.as_ref()?)));
    let (Some((entity, interface)), Some(member)) = (live, read.path.get(1)) else {
        return;
    };
    let names = interface.outputs.iter().map(|output| output.name.as_str());
    if names.clone().any(|name| name == member) {
        return;
    }
    let near = nearest(member, names.clone());
    let advice = match drafts::has(entity, drafts::OUTPUTS, member) {
        Some(promise) => promise,
        None => advice(member, near, names),
    };
    let message = format!(
        "What {} calls has no output “{member}”. {advice}",
        named(at.node)
    );
    // The output's own name, where it is written behind a dot or in quotes.
    let after = text.text.get(read.root_span.end..read.span.end);
    let offset = after.and_then(|after| after.find(member.as_str()));
    let span = offset.map(|offset| {
        let start = read.root_span.end + offset;
        start..start + member.len()
    });
    let fix = near.zip(span.clone()).and_then(|(near, span)| {
        report.fix(format!("Use “{near}”"), text.bytes(at.node), || {
            let mut better = text.text.to_owned();
            better.replace_range(span, near);
            text.replaced(at.node, better)
        })
    });
    let place = at.place().span(span.unwrap_or(read.span.clone()));
    report.add_with(rules::MAPPING_OUTPUT_UNKNOWN, place, message, fix);
}

/// An input that is given a value of another type.
pub(super) fn mistyped(
    report: &mut Report<'_>,
    place: Place,
    node: &Node,
    input: &str,
    datatype: DataType,
) {
    let message = format!(
        "The input “{input}” of {} takes {}, and this is something else. Give it a value of that type.",
        named(node),
        with_article(datatype)
    );
    report.add(rules::MAPPING_TYPE_MISMATCH, place, message);
}

pub(super) fn with_article(datatype: DataType) -> String {
    let name = datatype.as_str();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}

/// Whether a value of this sort can be one of the type. What is not known may
/// be anything.
pub(super) fn accepts(datatype: DataType, sort: Type) -> bool {
    match sort {
        Type::Unknown | Type::Null | Type::Json => true,
        known => type_of(datatype) == known,
    }
}

/// The sort of the values of a type.
pub(super) fn type_of(datatype: DataType) -> Type {
    match datatype {
        DataType::String | DataType::Datetime => Type::Text,
        DataType::Integer | DataType::Number => Type::Number,
        DataType::Boolean => Type::Boolean,
        DataType::Object | DataType::Array => Type::Json,
    }
}

/// Whether a text without templates can be read as a value of the type.
fn reads_as(datatype: DataType, text: &str) -> bool {
    match datatype {
        DataType::String | DataType::Datetime => true,
        other => crate::read(text.trim()).is_ok_and(|value| is_of(other, &value, true)),
    }
}

/// Whether a value that is written out is one of the type. That there is none
/// is possible where none is required.
fn is_of(datatype: DataType, value: &Value, is_required: bool) -> bool {
    match datatype {
        _ if value.is_null() => !is_required,
        DataType::String | DataType::Datetime => value.is_string(),
        DataType::Integer => value.is_i64() || value.is_u64(),
        DataType::Number => value.is_number(),
        DataType::Boolean => value.is_boolean(),
        DataType::Object => value.is_object(),
        DataType::Array => value.is_array(),
    }
}
