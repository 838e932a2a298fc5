//! The language of expressions and templates.
#![allow(clippy::expect_used, clippy::panic)]

use flow::expression::{
    Expression, ExpressionNode as Node, FUNCTIONS, MAX_EXPRESSION_DEPTH, Part, calls, parse,
    parse_template, reads,
};

/// A tree with a bracket around each operation.
fn shown(expression: &Expression) -> String {
    match &expression.node {
        Node::Null => "null".to_owned(),
        Node::Boolean(value) => value.to_string(),
        Node::Number(value) => value.to_string(),
        Node::Text(text) => format!("{text:?}"),
        Node::Variable(name) => name.to_string(),
        Node::Member { of, name } => format!("{}.{name}", shown(of)),
        Node::Index { of, index } => format!("{}[{}]", shown(of), shown(index)),
        Node::Unary { operator, operand } => format!("({operator:?} {})", shown(operand)),
        Node::Binary {
            operator,
            left,
            right,
        } => {
            format!("({} {operator:?} {})", shown(left), shown(right))
        }
        Node::Call {
            function,
            arguments,
            ..
        } => {
            let arguments: Vec<_> = arguments.iter().map(shown).collect();
            format!("{function}({})", arguments.join(", "))
        }
    }
}

#[test]
fn operators_bind_as_people_expect() {
    for (text, tree) in [
        ("200", "200"),
        ("1.50", "1.5"),
        (r#""a\"b\n" "#, r#""a\"b\n""#),
        ("'it\\'s'", r#""it's""#),
        ("a.b.c", "a.b.c"),
        ("a[0]['b c'].d", r#"a[0]["b c"].d"#),
        (
            "externalContact.responseCode == 200",
            "(externalContact.responseCode Equal 200)",
        ),
        ("a || b && !c", "(a Or (b And (Not c)))"),
        ("a or b and not c == d", "(a Or (b And (Not (c Equal d))))"),
        ("!a == b", "((Not a) Equal b)"),
        (
            "1 + 2 * 3 - -4 % 5",
            "((1 Add (2 Multiply 3)) Subtract ((Negate 4) Remainder 5))",
        ),
        ("a - b - c", "((a Subtract b) Subtract c)"),
        (
            "(a - b) / c >= 1 != true",
            "((((a Subtract b) Divide c) GreaterOrEqual 1) NotEqual true)",
        ),
        (
            "json.parse(a, upper('x'))[0]",
            r#"json.parse(a, upper("x"))[0]"#,
        ),
        ("größe < null", "(größe Less null)"),
    ] {
        let expression = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(shown(&expression), tree, "{text}");
        assert_eq!(&text[expression.span], text.trim(), "{text}");
    }
}

#[test]
fn errors_say_what_to_do_and_where() {
    for (text, blamed, message) in [
        ("", "", "A value is missing"),
        ("a ==", "=", "A value is missing"),
        ("a b", "b", "Put an operator"),
        ("a = b", "=", "Write “==”"),
        ("a & b", "&", "Write “&&”"),
        ("(a", "(", "Write “)”"),
        ("a[1", "[", "Write “]”"),
        ("f(a b)", "b", "“)” is missing"),
        ("a.1", "1", "name belongs after"),
        ("'ü", "'", "Close it"),
        ("12ab", "12ab", "A name begins"),
        ("a ? b", "?", "no place"),
        ("and a", "and", "A value is missing before"),
        ("(a)(b)", "", ""),
        ("\"x\"()", "\"x\"", "Only a function's name"),
    ] {
        let Err(error) = parse(text) else {
            assert!(message.is_empty(), "{text}");
            continue;
        };
        assert_eq!(&text[error.span.clone()], blamed, "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
    }
}

#[test]
fn depth_and_length_are_limited() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_EXPRESSION_DEPTH - 1)).is_ok());
    for text in [
        nested(MAX_EXPRESSION_DEPTH),
        "!".repeat(30_000) + "a",
        vec!["a"; 20_000].join("+"),
        "a".to_owned() + &".b".repeat(20_000),
        "[".repeat(60_000),
        "f(".repeat(30_000),
    ] {
        let error = parse(&text).expect_err("too deep");
        assert!(
            error.message.contains("deep") || text.starts_with('['),
            "{error}"
        );
    }
    assert!(
        parse(&format!("'{}'", "ü".repeat(40_000))).is_err(),
        "too long"
    );
    assert!(
        !parse_template(&"ü".repeat(40_000)).errors.is_empty(),
        "too long"
    );
}

#[test]
fn reads_are_paths_and_calls_are_names() {
    let expression = parse("json.parse(a.b)['c'].d + e[f].g && h[0]").expect("it parses");
    let paths: Vec<_> = reads(&expression)
        .iter()
        .map(flow::expression::Read::dotted)
        .collect();
    assert_eq!(paths, ["a.b", "e", "f", "h"]);
    let called: Vec<_> = calls(&expression)
        .into_iter()
        .map(|call| (call.function, call.arguments))
        .collect();
    assert_eq!(called, [("json.parse".to_owned(), 1)]);
    assert!(
        FUNCTIONS
            .iter()
            .all(|function| parse(function.usage).is_ok())
    );
    assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
}

#[test]
fn templates_mix_text_and_expressions() {
    let parts = |text: &str| {
        let template = parse_template(text);
        assert_eq!(template.errors, [], "{text}");
        let part = |part: &Part| match part {
            Part::Text(span) => text[span.clone()].to_owned(),
            Part::Expression { expression, span } => {
                format!("<{}|{}>", shown(expression), &text[span.clone()])
            }
        };
        template.parts.iter().map(part).collect::<Vec<_>>().concat()
    };
    for (text, expected) in [
        ("", ""),
        ("plain } }} $ { text", "plain } }} $ { text"),
        ("Hi {{ name }}!", "Hi <name|{{ name }}>!"),
        ("${output.x}${y}", "<output.x|${output.x}><y|${y}>"),
        ("{{'}}'}}é", "<\"}}\"|{{'}}'}}>é"),
        (r#"{"a":{"b":{{c}}}}"#, r#"{"a":{"b":<c|{{c}}>}}"#),
        ("{{!found}}", "<(Not found)|{{!found}}>"),
    ] {
        assert_eq!(parts(text), expected);
    }
    let sole = |text: &str| parse_template(text).sole_expression().is_some();
    assert!(sole("{{a}}") && !sole("{{a}} ") && !sole("{{a}}{{b}}") && !sole("a"));
}

#[test]
fn decision_16_mustache_is_refused_and_all_errors_are_found() {
    for (text, blamed) in [
        ("{{#a}}x{{/a}}", vec!["{{#", "{{/"]),
        (
            "é{{^ a}} {{> b}} {{&c}} {{{d}}}",
            vec!["{{^", "{{>", "{{&", "{{{"],
        ),
        ("{{a b}} {{}} {{c", vec!["b", "{{}}", "{{"]),
        ("${ }", vec!["${ }"]),
        ("{{a}", vec!["{{"]),
        ("{{'a}}", vec!["'"]),
    ] {
        let found: Vec<_> = parse_template(text)
            .errors
            .into_iter()
            .map(|error| &text[error.span])
            .collect();
        assert_eq!(found, blamed, "{text}");
    }
}
