//! What expressions and templates give.
#![allow(clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, sync::LazyLock};

use flow::expression::{
    Environment, Evaluation, FUNCTIONS, MAX_OUTPUT_BYTES, MAX_STEPS, Number, Type, Value, evaluate,
    evaluate_text, parse, render, response_body, type_of,
};
use indexmap::IndexMap;
use proptest::{collection::vec, prelude::*};
use serde_json::json;

/// What there is to read in these tests: the answer of a lookup and variables
/// of every sort.
static VARIABLES: LazyLock<IndexMap<String, Value>> = LazyLock::new(|| {
    let body = r#"{"name":"Ann Lee","tier":"Gold","balance":12.5,"visits":0,"note":null,
        "orders":[{"id":"A-17","open":true},{"id":"B-2"}],"id":12345678901234567890}"#;
    let json = json!({
        "phoneNumber": "+15551234567",
        "externalContact": {"responseCode": 200, "responseBody": body, "error": null},
        "response": {"responseCode": 502, "responseBody": null},
        "html": "<html>down</html>",
        "name": "Zoë 🙂",
        "count": 3,
        "zero": 0,
        "flag": true,
        "nothing": null,
        "list": ["a", 2, null],
        "object": {"b": 1, "a": [true]},
        "long": "x".repeat(40_000),
        "huge": "é".repeat(1_000_000),
    });
    let members = json.as_object().expect("an object");
    members
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value)))
        .collect()
});

fn evaluated(text: &str) -> Evaluation {
    let expression = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    evaluate(&expression, &*VARIABLES)
}

fn value(text: &str) -> Value {
    evaluated(text)
        .result
        .unwrap_or_else(|error| panic!("{text}: {error} at {:?}", error.span))
}

/// Each expression gives a value that looks like this in JSON.
fn check(rows: &[(&str, &str)]) {
    for (text, json) in rows {
        assert_eq!(value(text).json().to_string(), *json, "{text}");
    }
}

/// Each expression gives an error that blames these bytes and says this.
fn check_errors(rows: &[(&str, &str, &str)]) {
    for (text, blamed, message) in rows {
        match evaluated(text).result {
            Ok(value) => panic!("{text} gives {value}"),
            Err(error) => {
                assert_eq!(&text[error.span.clone()], *blamed, "{text}: {error}");
                assert!(error.message.contains(message), "{text}: {error}");
                assert!(error.message.ends_with('.'), "{text}: {error}");
            }
        }
    }
}

/// What a note blames, and what it says.
type Noted<'a> = &'a [(&'a str, &'a str)];

/// Each expression gives a value with these notes.
fn check_notes(rows: &[(&str, &str, Noted<'_>)]) {
    for (text, json, notes) in rows {
        let evaluation = evaluated(text);
        let value = evaluation.result.expect(text);
        assert_eq!(value.json().to_string(), *json, "{text}");
        let found: Vec<_> = evaluation.notes.iter().collect();
        assert_eq!(found.len(), notes.len(), "{text}: {found:?}");
        for (note, (blamed, message)) in found.iter().zip(notes.iter()) {
            assert_eq!(&text[note.span.clone()], *blamed, "{text}: {note:?}");
            assert!(note.message.contains(message), "{text}: {note:?}");
            assert!(note.message.ends_with(['.', '?']), "{text}: {note:?}");
        }
    }
}

#[test]
fn numbers_are_calculated_and_written_as_people_write_them() {
    check(&[
        ("200", "200"),
        ("1.50", "1.5"),
        ("1 + 2 * 3", "7"),
        ("7 / 2", "3.5"),
        ("6 / 2", "3"),
        ("7 % 4", "3"),
        ("-7 % 4", "-3"),
        ("-count", "-3"),
        ("-zero", "0"),
        ("zero * -1", "0"),
        ("9007199254740991 + 1", "9007199254740992"),
        ("externalContact.responseCode + 1", "201"),
        // Digits of a long id are kept as long as nothing is calculated.
        ("externalContact.responseBody.id", "12345678901234567890"),
        (
            "string(externalContact.responseBody.id)",
            r#""12345678901234567890""#,
        ),
        ("number('-9007199254740993')", "-9007199254740993"),
        (
            "number('9007199254740993') == number('9007199254740992')",
            "false",
        ),
        (
            "number('9007199254740993') > number('9007199254740992')",
            "true",
        ),
        ("number('9007199254740993') + 0", "9007199254740992"),
    ]);
    for (text, written) in [
        ("200", "200"),
        ("2.50", "2.5"),
        ("-0.0", "0"),
        ("123456789012345678", "123456789012345680"),
        ("1000000000000 * 1000000000", "1e21"),
        ("0.001", "0.001"),
        ("1 / 10000000", "1e-7"),
    ] {
        assert_eq!(value(text).to_string(), written, "{text}");
    }
}

#[test]
fn what_cannot_be_calculated_is_an_error_at_its_place() {
    check_errors(&[
        ("1 / zero", "zero", "“zero” is 0"),
        ("1 % (2 - 2)", "(2 - 2)", "This value is 0"),
        ("name * 2", "name", "“name” is a text here"),
        (
            "count - '3'",
            "'3'",
            "“3” is a text here, and only numbers can be calculated with. Use number(…)",
        ),
        ("-flag", "flag", "“flag” is true or false here"),
        ("1 + null", "null", "This value is null here"),
        ("list + 1", "list", "“list” is a list here"),
        ("nothing + nothing", "nothing", "is null"),
        ("-'1'", "'1'", "is a text"),
        (
            &format!("{0} * {0}", "9".repeat(200)),
            &format!("{0} * {0}", "9".repeat(200)),
            "too large",
        ),
        (&"9".repeat(400), &"9".repeat(400), "too large"),
    ]);
}

#[test]
fn plus_joins_when_one_side_is_a_text() {
    check(&[
        ("'a' + 'b'", r#""ab""#),
        ("'a' + 1 + 2", r#""a12""#),
        ("1 + 2 + 'a'", r#""3a""#),
        ("'a' + null + true + 1.5", r#""atrue1.5""#),
        ("'a' + list", r#""a[\"a\",2,null]""#),
        ("object + ''", r#""{\"b\":1,\"a\":[true]}""#),
    ]);
}

#[test]
fn comparisons_hold_between_values_of_one_sort_only() {
    check(&[
        ("externalContact.responseCode == 200", "true"),
        ("externalContact.responseCode != 200", "false"),
        ("1 == 1.0", "true"),
        ("0 == -0", "true"),
        ("'a' == 'a'", "true"),
        ("null == nothing", "true"),
        ("nothing != null", "false"),
        ("name == null", "false"),
        ("name != null", "true"),
        ("list == json.parse('[\"a\",2,null]')", "true"),
        ("list == json.parse('[\"a\",2,0]')", "false"),
        ("list == json.parse('[]')", "false"),
        ("object == json.parse('{\"a\":[true],\"b\":1}')", "true"),
        ("object == json.parse('{\"a\":[true],\"c\":1}')", "false"),
        ("'a' < 'b'", "true"),
        ("'B' < 'a'", "true"),
        ("'z' < 'é'", "true"),
        ("'\u{ffff}' < '🙂'", "true"),
        ("'10' < '9'", "true"),
        ("10 < 9", "false"),
        ("3 >= count && 3 <= count", "true"),
        ("'a' > 'a'", "false"),
    ]);
    check_notes(&[
        ("name == 200", "false", &[("name == 200", "never equal")]),
        (
            "count != '3'",
            "true",
            &[("count != '3'", "Compare values of one sort")],
        ),
        ("flag == 'true'", "false", &[("flag == 'true'", "")]),
        (
            "list == 'a'",
            "false",
            &[("list == 'a'", "“list” is a list")],
        ),
        (
            "name < 3",
            "false",
            &[("name < 3", "neither comes before the other")],
        ),
        ("nothing >= 0", "false", &[("nothing >= 0", "is null")]),
        (
            "flag < true",
            "false",
            &[("flag < true", "Only numbers and texts")],
        ),
    ]);
}

#[test]
fn and_and_or_give_a_side_and_look_no_further_than_they_must() {
    check(&[
        ("null || 'Guest'", r#""Guest""#),
        ("'' || 0 || false || null", "null"),
        ("name && count", "3"),
        ("zero && name", "0"),
        ("true || 1 / 0", "true"),
        ("false && 1 / 0", "false"),
        ("flag and not nothing", "true"),
        ("!list", "false"),
        ("!0", "true"),
        ("not ''", "true"),
        ("!'false'", "false"),
        ("if(flag, 'yes', 1 / 0)", r#""yes""#),
        ("if(zero, 1 / 0, 'no')", r#""no""#),
        ("if(zero, 'yes')", "null"),
        ("default(nothing, externalContact.error, 0, 1 / 0)", "0"),
        ("default(nothing, null)", "null"),
    ]);
}

#[test]
fn decision_16_members_of_a_text_are_read_as_json() {
    check(&[
        ("externalContact.responseBody.name", r#""Ann Lee""#),
        ("externalContact.responseBody['tier']", r#""Gold""#),
        ("externalContact.responseBody.orders[1].id", r#""B-2""#),
        ("externalContact.responseBody.orders[0]['open']", "true"),
        ("json.parse(externalContact.responseBody).balance", "12.5"),
        ("json.parse('[1,{\"a\":\"b\"}]')[1].a", r#""b""#),
        ("json.parse(list)", r#"["a",2,null]"#),
        ("'[5,6]'[1]", "6"),
        ("object['a'][0]", "true"),
        ("json.parse('{\"1\":\"one\"}')[1]", r#""one""#),
        (
            "json.parse('{\"a\":1,\"b\":2,\"a\":3}')",
            r#"{"a":3,"b":2}"#,
        ),
    ]);
    let body = value("externalContact.responseBody");
    assert_eq!(body.sort(), Type::Text, "the body itself stays a string");
    let (body, warning) = response_body("{\"a\":1}");
    assert_eq!((body, warning), (Value::from("{\"a\":1}"), None));
    for body in ["<html>", "", " \n", "{\"a\":}"] {
        let (value, warning) = response_body(body);
        assert_eq!(value, Value::Null, "{body}");
        assert!(
            warning.is_some_and(|warning| warning.contains("responseBody is null")),
            "{body}"
        );
    }
}

#[test]
fn what_is_absent_is_null_and_leaves_one_note_at_its_place() {
    check_notes(&[
        (
            "customerName",
            "null",
            &[("customerName", "“customerName” is not set here")],
        ),
        // What follows from it needs no saying.
        ("customer.name.first", "null", &[("customer", "not set")]),
        (
            "externalContact.responseBody.Name",
            "null",
            &[(
                "externalContact.responseBody.Name",
                "“externalContact.responseBody” has no member “Name” here, so this is null. Did you mean “name”?",
            )],
        ),
        (
            "externalContact.responseBody.note.by",
            "null",
            &[(
                "externalContact.responseBody.note.by",
                "“externalContact.responseBody.note” is null",
            )],
        ),
        (
            "response.responseBody.name",
            "null",
            &[(
                "response.responseBody.name",
                "“response.responseBody” is null",
            )],
        ),
        (
            "html.title",
            "null",
            &[("html", "“html” is not JSON, so it is null: expected value")],
        ),
        ("json.parse(html)", "null", &[("html", "not JSON")]),
        ("json.parse(nothing)", "null", &[]),
        ("'5'.a", "null", &[("'5'.a", "“5” is a number")]),
        ("count.a", "null", &[("count.a", "“count” is a number")]),
        ("list.length", "null", &[("list.length", "Use length(…).")]),
        (
            "list.id",
            "null",
            &[("list.id", "Name an element first: [0].")],
        ),
        (
            "list[3]",
            "null",
            &[(
                "list[3]",
                "“list” has 3 elements, counted from 0, and 3 is none",
            )],
        ),
        ("list[-1]", "null", &[("list[-1]", "-1 is none")]),
        ("list[0.5]", "null", &[("list[0.5]", "0.5 is none")]),
        ("list[2]", "null", &[]),
        ("list[flag]", "null", &[("flag", "“flag” is true or false")]),
        ("object[null]", "null", &[("null", "null here")]),
        ("nothing[0]", "null", &[("nothing[0]", "is null")]),
    ]);
}

#[test]
fn functions_give_what_they_promise() {
    let rows: &[(&str, &str)] = &[
        ("abs(-2.5)", "2.5"),
        ("ceil(1.2)", "2"),
        ("ceil(-1.2)", "-1"),
        (
            "concat('a', 1, null, true, list)",
            r#""a1true[\"a\",2,null]""#,
        ),
        ("contains(name, 'oë')", "true"),
        ("contains(name, 'oe')", "false"),
        ("contains(name, '')", "true"),
        ("contains(list, 2)", "true"),
        ("contains(list, '2')", "false"),
        ("default(nothing, 'x')", r#""x""#),
        ("default('', 'x')", r#""""#),
        ("endsWith(name, '🙂')", "true"),
        ("endsWith(phoneNumber, 67)", "true"),
        ("floor(-1.2)", "-2"),
        ("format(12.5, 2)", r#""12.50""#),
        ("format(1.005, 2)", r#""1.01""#),
        ("format(-0.001, 2)", r#""0.00""#),
        ("format(1234567, 0)", r#""1234567""#),
        ("if(count > 2, 'many', 'few')", r#""many""#),
        ("indexOf(name, '🙂')", "4"),
        ("indexOf(name, 'x')", "-1"),
        ("indexOf(list, null)", "2"),
        ("isEmpty(nothing)", "true"),
        ("isEmpty('')", "true"),
        ("isEmpty(json.parse('{}'))", "true"),
        ("isEmpty(0)", "false"),
        ("isEmpty(list)", "false"),
        ("isNumber('12.5')", "true"),
        ("isNumber(' -1e3 ')", "true"),
        ("isNumber('inf')", "false"),
        ("isNumber('nan')", "false"),
        ("isNumber('12a')", "false"),
        ("isNumber('')", "false"),
        ("isNumber('1e999')", "false"),
        ("isNumber(3)", "true"),
        ("isNumber(null)", "false"),
        ("join(list, ', ')", r#""a, 2, ""#),
        ("join(nothing, ', ')", r#""""#),
        ("join(split('a-b', '-'), '')", r#""ab""#),
        ("json.parse('\"x\"')", r#""x""#),
        ("json.stringify('a\"\\n')", r#""\"a\\\"\\n\"""#),
        ("json.stringify(object)", r#""{\"b\":1,\"a\":[true]}""#),
        ("json.stringify(null)", r#""null""#),
        ("length(name)", "5"),
        ("length(list)", "3"),
        ("length(object)", "2"),
        ("length(nothing)", "0"),
        ("length(200)", "3"),
        ("lower('ÀB')", r#""àb""#),
        ("max(1, 3, 2)", "3"),
        ("max(-1)", "-1"),
        ("min(1, 3, -2)", "-2"),
        ("number('12.50')", "12.5"),
        ("number(' +7 ')", "7"),
        ("number(7)", "7"),
        ("padStart(7, 3, '0')", r#""007""#),
        ("padStart('é', 4, 'ab')", r#""abaé""#),
        ("padStart('abc', 2)", r#""abc""#),
        ("padStart('abc', 4)", r#"" abc""#),
        ("padStart('abc', 9, '')", r#""abc""#),
        ("replace('a-b-c', '-', '')", r#""abc""#),
        ("replace('aaa', 'aa', 'b')", r#""ba""#),
        ("replace('abc', '', 'x')", r#""abc""#),
        ("replace(phoneNumber, '+1', '')", r#""5551234567""#),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2.675, 2)", "2.68"),
        ("round(1.005, 2)", "1.01"),
        ("round(123.456, 0)", "123"),
        ("split('a,b,,', ',')", r#"["a","b","",""]"#),
        ("split('é🙂', '')", r#"["é","🙂"]"#),
        ("split('', ',')", r#"[""]"#),
        ("startsWith(phoneNumber, '+1')", "true"),
        ("string(200)", r#""200""#),
        ("string(null)", r#""""#),
        ("string(list)", r#""[\"a\",2,null]""#),
        ("substring(name, 0, 3)", r#""Zoë""#),
        ("substring(name, 4)", r#""🙂""#),
        ("substring(name, 3, 2)", r#""""#),
        ("substring(name, -5, 1)", r#""Z""#),
        ("substring(name, 2, 99)", r#""ë 🙂""#),
        ("substring(name, 99)", r#""""#),
        ("trim(' \n a b\u{a0} ')", r#""a b""#),
        ("upper('straße')", r#""STRASSE""#),
        (
            "urlEncode('+1 é/?&=~-_.')",
            r#""%2B1%20%C3%A9%2F%3F%26%3D~-_.""#,
        ),
    ];
    check(rows);
    let tried: BTreeSet<_> = rows
        .iter()
        .filter_map(|(text, _)| text.split('(').next())
        .collect();
    let known: BTreeSet<_> = FUNCTIONS.iter().map(|function| function.name).collect();
    assert_eq!(tried, known, "every function is tried here");
}

#[test]
fn a_function_says_what_it_cannot_take() {
    check_errors(&[
        (
            "upper(list)",
            "list",
            "“list” is a list here, which upper(text) cannot take. Give it a text",
        ),
        ("concat('a', 1 / zero)", "zero", "divided"),
        ("round('1.5')", "'1.5'", "Give it a number: number(…)"),
        ("max(1, nothing)", "nothing", "“nothing” is null here"),
        ("number('12,5')", "'12,5'", "“12,5” stands for no number"),
        ("number(html)", "html", "stands for no number"),
        ("number(null)", "null", "is null here"),
        ("number(flag)", "flag", "true or false"),
        ("join('a', ',')", "'a'", "Give it a list: split(…)"),
        ("substring(name, 0.5)", "0.5", "a whole number belongs"),
        ("substring(name, '1')", "'1'", "number(…)"),
        ("format(1, 16)", "16", "At most 15 digits"),
        (
            "json.read(1)",
            "json.read",
            "There is no function “json.read”",
        ),
        (
            "trim()",
            "trim",
            "trim is given 0 values. Write it as trim(text).",
        ),
        ("trim(1, 2)", "trim", "trim is given 2 values"),
    ]);
}

#[test]
fn what_is_too_much_is_refused_in_a_sentence() {
    check_errors(&[
        ("long + long", "long + long", "more than 65536 bytes"),
        ("concat(long, long)", "concat(long, long)", "65536 bytes"),
        (
            "replace(long, 'x', 'xx')",
            "replace(long, 'x', 'xx')",
            "65536 bytes",
        ),
        (
            "padStart('a', 1000000000000)",
            "padStart('a', 1000000000000)",
            "65536 bytes",
        ),
        (
            "urlEncode(replace(long, 'x', ' '))",
            "urlEncode(replace(long, 'x', ' '))",
            "65536 bytes",
        ),
        (
            "join(split(long, ''), '--')",
            "join(split(long, ''), '--')",
            "65536 bytes",
        ),
        (
            "json.stringify(huge)",
            "json.stringify(huge)",
            "65536 bytes",
        ),
        ("huge", "huge", "65536 bytes"),
        ("json.parse('[' + huge + ']')", "'[' + huge", "65536 bytes"),
        ("upper(huge)", "upper(huge)", "10000 steps"),
        ("huge.a", "huge", "10000 steps"),
    ]);
    let huge = "{{length(upper(long))}}".repeat(100);
    let rendered = render(&huge, &*VARIABLES);
    let error = rendered.result.expect_err("too much");
    assert!(error.message.contains("10000 steps"), "{error}");
    assert_eq!(rendered.steps, MAX_STEPS);
    let unset = render(&"{{who}} ".repeat(2_000), &*VARIABLES);
    assert!(unset.result.is_ok() && unset.notes.len() == 100);
    let texts = render("{{long}}{{long}}", &*VARIABLES);
    let error = texts.result.expect_err("too long");
    assert_eq!(error.span, 8..16);
    // A tree that no parser made.
    let mut expression = parse("1").expect("a number");
    for _ in 0..100 {
        expression.node = flow::expression::ExpressionNode::Unary {
            operator: flow::expression::UnaryOperator::Not,
            operand: Box::new(expression.clone()),
        };
    }
    let deep = evaluate(&expression, &*VARIABLES).result;
    assert!(deep.is_err_and(|error| error.message.contains("64 deep")));
}

#[test]
fn decision_16_a_value_that_is_one_template_keeps_its_type() {
    for (text, json) in [
        ("{{externalContact.responseCode}}", "200"),
        ("${externalContact.responseCode}", "200"),
        ("{{flag}}", "true"),
        ("{{nothing}}", "null"),
        ("{{list}}", r#"["a",2,null]"#),
        ("{{flag}} ", r#""true ""#),
        ("{{count}}{{count}}", r#""33""#),
        ("", r#""""#),
        ("Hello", r#""Hello""#),
        (
            "Hello {{externalContact.responseBody.name}}!",
            r#""Hello Ann Lee!""#,
        ),
        (
            "<{{nothing}}|{{list}}|{{1.5}}>",
            r#""<|[\"a\",2,null]|1.5>""#,
        ),
        (
            r#"{ "phoneNumber": "{{phoneNumber}}" }"#,
            r#""{ \"phoneNumber\": \"+15551234567\" }""#,
        ),
    ] {
        let value = render(text, &*VARIABLES).result.expect(text);
        assert_eq!(value.json().to_string(), json, "{text}");
    }
    let noted = render("Hello {{nothing}} and {{who}}", &*VARIABLES);
    let blamed: Vec<_> = noted.notes.iter().map(|note| note.span.clone()).collect();
    assert_eq!(blamed, [6..17, 24..27], "{:?}", noted.notes);
    for (text, blamed) in [("a{{b c}}{{", "c"), ("{{#a}}", "{{#"), ("x {{1/0}}", "0")] {
        let error = render(text, &*VARIABLES).result.expect_err(text);
        assert_eq!(&text[error.span], blamed, "{text}");
    }
}

#[test]
fn a_field_of_one_expression_may_have_braces_or_not() {
    for text in [
        "externalContact.responseCode == 200",
        "{{externalContact.responseCode == 200}}",
        " ${externalContact.responseCode == 200}\n",
    ] {
        let value = evaluate_text(text, &*VARIABLES).result;
        assert_eq!(value, Ok(true.into()), "{text}");
    }
    for (text, message) in [
        ("{{count}} == 3", "one pair of braces"),
        ("", "A value is missing"),
        ("{{count", "no end"),
        ("count ==", "A value is missing"),
    ] {
        let error = evaluate_text(text, &*VARIABLES).result.expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
    }
}

/// Pieces of expressions, for texts that are mostly none.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "externalContact",
        ".responseBody",
        ".name",
        "[0]",
        "['a']",
        "list",
        "object",
        "huge",
        "long",
        "name",
        "count",
        "who",
        "(",
        ")",
        ",",
        " ",
        "+",
        "-",
        "*",
        "/",
        "%",
        "==",
        "<",
        "!",
        " and ",
        " or ",
        "not ",
        "'é🙂'",
        "\"[1,{}]\"",
        "0",
        "1.5",
        "99999999999999999999",
        "null",
        "true",
        "json.parse(",
        "upper(",
        "split(",
        "padStart(",
        "{{",
        "}}",
        "${",
        "}",
        "\u{0}",
    ];
    vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

/// Expressions that parse, of all that the language has.
fn expression() -> impl Strategy<Value = String> {
    let leaves = [
        "externalContact.responseCode",
        "externalContact.responseBody",
        "externalContact.responseBody.name",
        "externalContact.error",
        "phoneNumber",
        "html",
        "name",
        "count",
        "zero",
        "flag",
        "nothing",
        "list",
        "object",
        "object.a[0]",
        "long",
        "who",
        "0",
        "1.5",
        "1000000000000000000000000",
        "'é🙂'",
        "'12'",
        "''",
        "\"[1,[2]]\"",
        "null",
        "true",
    ];
    let leaf = prop::sample::select(leaves.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 3, |inner| {
        let operators = [
            "||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%",
        ];
        let binary = (
            inner.clone(),
            prop::sample::select(operators.to_vec()),
            inner.clone(),
        );
        let call = (0..FUNCTIONS.len(), vec(inner.clone(), 3));
        prop_oneof![
            4 => binary.prop_map(|(left, operator, right)| format!("({left} {operator} {right})")),
            1 => inner.clone().prop_map(|inner| format!("!({inner})")),
            1 => inner.clone().prop_map(|inner| format!("-({inner})")),
            1 => inner.clone().prop_map(|inner| format!("({inner}).name")),
            1 => (inner.clone(), inner).prop_map(|(of, index)| format!("({of})[{index}]")),
            4 => call.prop_map(|(at, arguments)| {
                let function = &FUNCTIONS[at];
                let count = arguments.len().min(*function.arguments.end());
                let count = count.max(*function.arguments.start());
                format!("{}({})", function.name, arguments[..count].join(", "))
            }),
        ]
    })
}

/// What is known of the variables above before anything runs.
struct Known;

impl Environment for Known {
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type {
        match (variable, member) {
            ("phoneNumber" | "html" | "name" | "long" | "huge", None) => Type::Text,
            ("count" | "zero", None) => Type::Number,
            ("flag", None) => Type::Boolean,
            ("nothing", None) | ("externalContact", Some("error")) => Type::Null,
            ("list" | "object", None) => Type::Json,
            ("externalContact", Some("responseCode")) => Type::Number,
            ("externalContact", Some("responseBody")) => Type::Json,
            _ => Type::Unknown,
        }
    }
}

/// What holds whatever was evaluated.
fn keeps_its_limits(text: &str, evaluation: &Evaluation) -> Result<(), TestCaseError> {
    prop_assert!(evaluation.steps <= MAX_STEPS);
    prop_assert!(evaluation.notes.len() <= 100);
    for note in &evaluation.notes {
        prop_assert!(text.get(note.span.clone()).is_some(), "{note:?}");
    }
    match &evaluation.result {
        Ok(value) => prop_assert!(value.to_string().len() <= MAX_OUTPUT_BYTES),
        Err(error) => prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_is_written_is_evaluated_within_the_limits(text in soup()) {
        if let Ok(expression) = parse(&text) {
            keeps_its_limits(&text, &evaluate(&expression, &*VARIABLES))?;
        }
        keeps_its_limits(&text, &render(&text, &*VARIABLES))?;
        keeps_its_limits(&text, &evaluate_text(&text, &*VARIABLES))?;
    }

    #[test]
    fn a_value_is_of_the_sort_that_was_foreseen(text in expression()) {
        let Ok(expression) = parse(&text) else {
            // Nested too deeply.
            return Ok(());
        };
        let evaluation = evaluate(&expression, &*VARIABLES);
        keeps_its_limits(&text, &evaluation)?;
        let foreseen = type_of(&expression, &Known, &mut Vec::new());
        if let (Ok(value), false) = (evaluation.result, matches!(foreseen, Type::Unknown | Type::Json)) {
            prop_assert_eq!(value.sort(), foreseen, "{} gives {}", text, value);
        }
    }

    #[test]
    fn what_is_evaluated_twice_gives_the_same(text in expression()) {
        if let Ok(expression) = parse(&text) {
                prop_assert_eq!(evaluate(&expression, &*VARIABLES), evaluate(&expression, &*VARIABLES));
        }
    }

    #[test]
    fn a_template_in_a_text_gives_the_text_of_its_value(text in expression()) {
        let sole = render(&format!("{{{{{text}}}}}"), &*VARIABLES).result;
        let mixed = render(&format!("<{{{{{text}}}}}>"), &*VARIABLES).result;
        if let (Ok(value), Ok(mixed)) = (sole, mixed) {
            prop_assert_eq!(mixed, Value::from(format!("<{value}>")));
        }
    }

    #[test]
    fn a_text_without_expressions_is_rendered_as_it_is(text in "[^{]{0,200}") {
        let evaluation = render(&text, &*VARIABLES);
        prop_assert_eq!(evaluation.result, Ok(Value::from(text)));
        prop_assert!(evaluation.notes.is_empty());
    }

    #[test]
    fn a_number_is_read_as_it_is_written(number in any::<f64>()) {
        let Some(number) = Number::new(number) else {
            return Ok(());
        };
        let variables = IndexMap::<String, Value>::from_iter([("n".to_owned(), number.into())]);
        let read = |text: &str| evaluate(&parse(text).expect(text), &variables).result;
        prop_assert_eq!(read("number(string(n))"), Ok(number.into()));
        prop_assert_eq!(read("json.parse(json.stringify(n))"), Ok(number.into()));
        let written = number.to_string();
        prop_assert_eq!(Number::read(&written), Some(number));
        prop_assert!(!written.starts_with("-0") || written.len() > 2, "{}", written);
    }

    #[test]
    fn a_whole_number_keeps_its_digits(number in any::<i64>(), large in any::<u64>()) {
        for written in [number.to_string(), large.to_string()] {
            let read = Number::read(&written).expect("a number");
            prop_assert_eq!(read.to_string(), written.as_str());
            let value: Value = serde_json::from_str(&written).expect("JSON");
            prop_assert_eq!(value.json().to_string(), written);
            prop_assert_eq!(value, Value::from(read));
        }
    }

    #[test]
    fn a_value_is_the_same_through_json(text in expression()) {
        let Ok(expression) = parse(&text) else {
            return Ok(());
        };
        if let Ok(value) = evaluate(&expression, &*VARIABLES).result {
            let json = serde_json::Value::from(&value);
            prop_assert_eq!(&Value::from(&json), &value);
            prop_assert_eq!(json.to_string(), value.json().to_string());
        }
    }
}
