//! What the fields of a node say of themselves in the catalogue.

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::{
    Report, calls, mappings,
    near::nearest,
    report::{NotedRead, TextAt, Use, pairs_bytes, set, without_row},
    rules, url,
};
use crate::{
    FieldInput, FieldKey, FieldSpec, FieldValue, Fix, Kind, MAX_TEXT_BYTES, Node, NodeId, Op, Pair,
    PairsRole, Place,
    expression::{self, Expression, ExpressionNode, ParsedTemplate, Type, parse_template},
};

/// Checks a node by itself.
pub(super) fn node(report: &mut Report<'_>, id: &NodeId, node: &Node) {
    if node.label.trim().is_empty() {
        let message = format!(
            "{} has no label. Give it one that says what it does.",
            report.name(id)
        );
        report.add(rules::LABEL_MISSING, Place::node(id), message);
    }
    let spec = node.kind.spec().filter(|spec| spec.is_in(report.flow.kind));
    let Some(spec) = spec else {
        unknown_kind(report, id, node);
        return;
    };
    for spec in spec.fields {
        field(report, id, node, spec);
    }
    for rule in spec.rules {
        rule.check(report, id, node);
    }
}

/// A node that the flow's form does not have.
pub(super) fn unknown_kind(report: &mut Report<'_>, id: &NodeId, node: &Node) {
    let flow = report.flow.kind.with_article();
    let name = report.name(id);
    let message = match (node.kind.spec(), node.kind.foreign_type()) {
        (Some(_), _) if node.kind == Kind::END => {
            format!("{name} is an End, and {flow} ends where nothing follows. Remove it.")
        }
        (Some(spec), _) => format!(
            "{name} is of the sort “{}”, which {flow} does not have. Replace it by a node from the palette.",
            spec.title
        ),
        (None, Some("")) => {
            format!("{name} has no action. Replace it by a node from the palette.")
        }
        (None, foreign) => format!(
            "{name} is of the type “{}”, which {flow} does not know. Replace it by a node from the palette.",
            foreign.unwrap_or(node.kind.as_str())
        ),
    };
    report.add(rules::KIND_UNKNOWN, Place::node(id), message);
}

fn field(report: &mut Report<'_>, id: &NodeId, node: &Node, spec: &'static FieldSpec) {
    let value = node.field(spec.key);
    let is_blank = match value {
        None => true,
        Some(FieldValue::Text(text)) => text.trim().is_empty(),
        Some(FieldValue::Reference(reference)) => reference.as_str().trim().is_empty(),
        Some(_) => false,
    };
    if is_blank {
        if spec.required {
            missing(report, id, spec);
        }
        return;
    }
    match (spec.input, value) {
        (FieldInput::Url, Some(FieldValue::Text(text))) => {
            let at = text_at(id, spec, None, text);
            if let Some(template) = template(report, at) {
                url::url(report, node, at, &template);
                keep(report, at, template, Use::Text);
            }
        }
        (FieldInput::TemplateText, Some(FieldValue::Text(text))) => {
            let at = text_at(id, spec, None, text);
            if let Some(template) = template(report, at) {
                keep(report, at, template, Use::Text);
            }
        }
        (FieldInput::Expression, Some(FieldValue::Text(text))) => {
            let used = match &node.kind {
                kind if *kind == Kind::CONDITION => Use::Condition,
                kind if *kind == Kind::SPLIT => Use::Split,
                _ => Use::Text,
            };
            one_expression(report, text_at(id, spec, None, text), used);
        }
        (FieldInput::Choice(choices), Some(FieldValue::Text(text))) => {
            choice(report, id, spec, choices, text);
        }
        (FieldInput::Integer { min, max, unit }, Some(FieldValue::Integer(number))) => {
            in_range(report, id, spec, *number, (min, max, unit));
        }
        (FieldInput::Pairs { role, .. }, Some(FieldValue::Pairs(pairs)))
            if matches!(
                role,
                PairsRole::Inputs | PairsRole::Outputs | PairsRole::Results
            ) =>
        {
            equal_names(report, id, node, spec);
            mappings::pairs(report, id, node, spec, (role, pairs));
        }
        (FieldInput::Pairs { role, .. }, Some(FieldValue::Pairs(pairs))) => {
            equal_names(report, id, node, spec);
            for (row, pair) in pairs.iter().enumerate() {
                let is_set = role == PairsRole::Variables;
                if let Value::String(text) = &pair.value {
                    let at = text_at(id, spec, Some(row), text);
                    if let Some(template) = template(report, at) {
                        let used = if is_set { assigned(pair) } else { Use::Text };
                        keep(report, at, template, used);
                    }
                } else if is_set {
                    report.assign(root(&pair.name), type_of_value(&pair.value));
                }
            }
        }
        (FieldInput::Cases, Some(FieldValue::Cases(_))) => {}
        (FieldInput::Reference(kind), Some(FieldValue::Reference(reference))) => {
            calls::reference(report, id, node, spec, (kind, reference));
        }
        _ => wrong_shape(report, id, spec),
    }
}

pub(super) fn text_at<'a>(
    node: &'a NodeId,
    spec: &FieldSpec,
    row: Option<usize>,
    text: &'a str,
) -> TextAt<'a> {
    TextAt {
        node,
        field: spec.key,
        row,
        text,
    }
}

fn reset(id: &NodeId, spec: &FieldSpec) -> Fix {
    let value = spec.default.map(|default| default());
    let label = match value {
        Some(_) => "Use the default",
        None => "Clear the field",
    };
    let op = Op::SetField {
        id: id.clone(),
        field: FieldKey::of(spec.key),
        value,
    };
    Fix::new(label, vec![op])
}

fn missing(report: &mut Report<'_>, id: &NodeId, spec: &FieldSpec) {
    let message = format!(
        "{} of {} is missing. Fill it in.",
        spec.label,
        report.name(id)
    );
    let fix = spec.default.map(|_| reset(id, spec));
    report.add_with(
        rules::FIELD_REQUIRED,
        Place::field(id, spec.key),
        message,
        fix,
    );
}

fn wrong_shape(report: &mut Report<'_>, id: &NodeId, spec: &FieldSpec) {
    let message = format!(
        "{} of {} holds a value of a form that does not belong there. Fill it in anew.",
        spec.label,
        report.name(id)
    );
    let place = Place::field(id, spec.key);
    report.add_with(rules::FIELD_SHAPE, place, message, reset(id, spec));
}

fn choice(report: &mut Report<'_>, id: &NodeId, spec: &FieldSpec, choices: &[&str], text: &str) {
    if choices.contains(&text) {
        return;
    }
    let message = format!(
        "“{text}” is no {} that {} can use. Choose one of {}.",
        spec.label.to_lowercase(),
        report.name(id),
        choices.join(", ")
    );
    let near = nearest(text, choices.iter().copied());
    let fix = near.map(|near| {
        let op = set(id, spec.key, FieldValue::text(near));
        Fix::new(format!("Use {near}"), vec![op])
    });
    report.add_with(
        rules::CHOICE_UNKNOWN,
        Place::field(id, spec.key),
        message,
        fix,
    );
}

fn in_range(
    report: &mut Report<'_>,
    id: &NodeId,
    spec: &FieldSpec,
    number: i64,
    (min, max, unit): (i64, i64, &str),
) {
    if (min..=max).contains(&number) {
        return;
    }
    let message = format!(
        "{} of {} is {number} {unit}, and {min} to {max} {unit} are possible.",
        spec.label,
        report.name(id)
    );
    let nearest = number.clamp(min, max);
    let op = set(id, spec.key, FieldValue::Integer(nearest));
    let fix = Fix::new(format!("Use {nearest} {unit}"), vec![op]);
    report.add_with(
        rules::NUMBER_OUT_OF_RANGE,
        Place::field(id, spec.key),
        message,
        fix,
    );
}

/// Up to so many pairs are compared with each other.
const FEW_PAIRS: usize = 16;

/// Names that stand twice among the pairs of a field.
pub(super) fn equal_names(
    report: &mut Report<'_>,
    id: &NodeId,
    node: &Node,
    spec: &'static FieldSpec,
) {
    let pairs = node.pairs(spec.key);
    let mut seen = FxHashSet::default();
    for (row, pair) in pairs.iter().enumerate() {
        // Most fields have so few that looking through them is quicker.
        let is_second = if pairs.len() <= FEW_PAIRS {
            pairs.iter().take(row).any(|other| other.name == pair.name)
        } else {
            !seen.insert(&pair.name)
        };
        if is_second {
            let message = format!(
                "“{}” stands twice in {} of {}. Remove one of them.",
                pair.name,
                spec.label.to_lowercase(),
                report.name(id)
            );
            let fix = report.fix("Remove this one", pairs_bytes(pairs), || {
                without_row(id, node, spec.key, row)
            });
            let place = Place::field(id, spec.key).row(row);
            report.add_with(rules::NAME_DUPLICATE, place, message, fix);
        }
    }
}

/// Reads a template, reports what is wrong with it and notes what it reads.
/// None when the text is too long to be looked at.
pub(super) fn template(report: &mut Report<'_>, at: TextAt<'_>) -> Option<ParsedTemplate> {
    if at.text.len() > MAX_TEXT_BYTES {
        let message = format!(
            "A text of {} has {} bytes, and at most {MAX_TEXT_BYTES} are possible. Shorten it.",
            report.name(at.node),
            at.text.len()
        );
        report.add(rules::TEXT_TOO_LONG, at.place(), message);
        return None;
    }
    let template = parse_template(at.text);
    for error in &template.errors {
        syntax(report, at, error);
    }
    for expression in template.expressions() {
        note(report, at, expression);
    }
    Some(template)
}

/// The variable that a name sets: of `user.name` it is `user`.
pub(super) fn root(name: &str) -> &str {
    let name = name.trim();
    name.split('.').next().unwrap_or(name)
}

/// The sort of a value that is written out.
pub(super) fn type_of_value(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::Text,
        Value::Array(_) | Value::Object(_) => Type::Json,
    }
}

fn assigned(pair: &Pair) -> Use {
    Use::Assigned(root(&pair.name).into())
}

/// Keeps the expressions of which the sorts of their values matter: those that
/// are a field's whole value, and those that do something with values.
pub(super) fn keep(report: &mut Report<'_>, at: TextAt<'_>, template: ParsedTemplate, used: Use) {
    let is_sole = template.sole_expression().is_some();
    if let (Use::Assigned(name), false) = (&used, is_sole) {
        // What reads like another sort may be taken as such.
        let is_plain = !template.is_dynamic();
        let may_be_other = is_plain && crate::read::<Value>(at.text.trim()).is_ok();
        let datatype = if may_be_other {
            Type::Unknown
        } else {
            Type::Text
        };
        report.assign(name, datatype);
    }
    let used = if is_sole || used == Use::Condition || used == Use::Split {
        used
    } else {
        Use::Text
    };
    for part in template.parts {
        let expression::Part::Expression { expression, .. } = part else {
            continue;
        };
        let is_bare = matches!(expression.node, ExpressionNode::Variable(_));
        if used != Use::Text || !is_bare {
            report.keep(at, expression, used.clone());
        }
    }
}

/// A field that is one expression, with braces around it or without.
fn one_expression(report: &mut Report<'_>, at: TextAt<'_>, used: Use) {
    if !at.text.contains("{{") && !at.text.contains("${") && at.text.len() <= MAX_TEXT_BYTES {
        match expression::parse(at.text) {
            Ok(expression) => {
                note(report, at, &expression);
                report.keep(at, expression, used);
            }
            Err(error) => syntax(report, at, &error),
        }
        return;
    }
    let Some(template) = template(report, at) else {
        return;
    };
    let stands_alone = template.parts.iter().filter(|part| match part {
        expression::Part::Text(span) => at
            .text
            .get(span.clone())
            .is_some_and(|text| !text.trim().is_empty()),
        expression::Part::Expression { .. } => true,
    });
    if template.errors.is_empty() && stands_alone.count() > 1 {
        let message = format!(
            "{} takes one expression here, and this is a text with expressions in it. Put everything into one pair of braces.",
            report.name(at.node)
        );
        let place = at.place().span(0..at.text.len());
        report.add(rules::EXPRESSION_MIXED, place, message);
        return;
    }
    keep(report, at, template, used);
}

fn syntax(report: &mut Report<'_>, at: TextAt<'_>, error: &expression::SyntaxError) {
    let rule = if error.is_section {
        rules::TEMPLATE_SECTION
    } else {
        rules::TEMPLATE_SYNTAX
    };
    report.add(
        rule,
        at.place().span(error.span.clone()),
        error.message.clone(),
    );
}

/// Notes what an expression reads, and checks what it calls.
fn note(report: &mut Report<'_>, at: TextAt<'_>, expression: &Expression) {
    let spot = at.spot();
    let reads = expression::reads(expression).into_iter();
    let reads = reads.map(|read| NotedRead { spot, read });
    report.notes.reads.extend(reads);
    for call in expression::calls(expression) {
        let place = at.place().span(call.span.clone());
        let Some(function) = expression::function(&call.function) else {
            unknown_function(report, at, &call, place);
            continue;
        };
        if !function.arguments.contains(&call.arguments) {
            let message = format!(
                "{} is given {} values. Write it as {}.",
                function.name, call.arguments, function.usage
            );
            report.add(rules::FUNCTION_ARGUMENTS, place, message);
        }
    }
}

fn unknown_function(
    report: &mut Report<'_>,
    at: TextAt<'_>,
    call: &expression::Call,
    place: Place,
) {
    let names = expression::FUNCTIONS.iter().map(|function| function.name);
    let near = nearest(&call.function, names);
    let advice = near.map_or_else(
        || "Remove the call.".to_owned(),
        |near| format!("Did you mean {near}?"),
    );
    let message = format!("There is no function “{}”. {advice}", call.function);
    let node = report.flow.nodes.get(at.node);
    let fix = near.zip(node).and_then(|(near, node)| {
        report.fix(format!("Use {near}"), at.bytes(node), || {
            let mut text = at.text.to_owned();
            text.replace_range(call.span.clone(), near);
            at.replaced(node, text)
        })
    });
    report.add_with(rules::FUNCTION_UNKNOWN, place, message, fix);
}
