//! How long expressions take to read and to evaluate: those that designers
//! write, and the worst that a field of 64 KiB can hold.

use std::fmt::Write;

use divan::Bencher;
use flow::{
    MAX_TEXT_BYTES,
    expression::{Value, evaluate, parse, parse_template, render, render_template},
};
use indexmap::IndexMap;

type Variables = IndexMap<String, Value>;

fn main() {
    divan::main();
}

/// What is there after a lookup that found somebody.
fn after_a_lookup() -> Variables {
    let body =
        r#"{"name":"Ann Lee","tier":"Gold","balance":12.5,"orders":[{"id":"A-17","open":true}]}"#;
    let answer = Value::object([
        ("responseCode", Value::from(200)),
        ("responseBody", body.into()),
    ]);
    Variables::from_iter([
        ("phoneNumber".to_owned(), "+15551234567".into()),
        ("externalContact".to_owned(), answer),
    ])
}

#[divan::bench(args = [
    "externalContact.responseCode == 200",
    "externalContact.responseCode == 200 && externalContact.responseBody.tier == 'Gold'",
    "upper(substring(externalContact.responseBody.name, 0, 3)) + '-' + format(externalContact.responseBody.balance * 2, 2)",
])]
fn parse_and_evaluate(bencher: Bencher<'_, '_>, text: &str) {
    let variables = after_a_lookup();
    bencher.bench(|| parse(text).map(|expression| evaluate(&expression, &variables)));
}

#[divan::bench]
fn render_a_body(bencher: Bencher<'_, '_>) {
    let variables = after_a_lookup();
    let text = r#"{ "phoneNumber": "{{phoneNumber}}", "name": "{{externalContact.responseBody.name}}", "order": "{{externalContact.responseBody.orders[0].id}}" }"#;
    bencher.bench(|| render(text, &variables));
}

/// As many copies of a part as a field can hold.
fn full(part: &str) -> String {
    part.repeat(MAX_TEXT_BYTES / part.len())
}

/// The longest texts that people could write or be made to open.
const WORST: &[&str] = &[
    "plain text",
    "one letter in braces",
    "unset variables",
    "sums",
    "small letters of a long text",
    "JSON again and again",
    "JSON of small objects",
    "JSON of one deep list",
    "searches in a long text",
    "splits of a long text",
    "encoding of a long text",
    "deep lists compared",
    "one long JSON text as a value",
];

fn worst(name: &str) -> (String, Variables) {
    let long = |text: &str| text.repeat(MAX_TEXT_BYTES / text.len());
    let (text, value): (String, Value) = match name {
        "plain text" => (full("é"), Value::Null),
        "one letter in braces" => (full("{{a}}"), 1.into()),
        "unset variables" => (full("{{b}}"), 1.into()),
        "sums" => (full("{{1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1}}"), 1.into()),
        "small letters of a long text" => (full("{{length(lower(a))}}"), long("İ").into()),
        "JSON again and again" => {
            let mut text = String::new();
            for number in 0.. {
                let part = format!("{{{{json.parse(a+{number}).b}}}}");
                if text.len() + part.len() > MAX_TEXT_BYTES {
                    break;
                }
                text.push_str(&part);
            }
            let mut json = String::from("[");
            json.push_str(&long("0,")[..65_000]);
            (text, json.into())
        }
        "JSON of small objects" => {
            let objects = long("{\"\":0},");
            let json = format!("[{}0]", &objects[..objects.len() - 35]);
            (full("{{json.parse(' '+a).b}}"), json.into())
        }
        "JSON of one deep list" => {
            let deep = "[".repeat(120) + &"]".repeat(120) + ",";
            let json = format!("[{}0]", deep.repeat(56_000 / deep.len()));
            (full("{{json.parse(' '+a).b}}"), json.into())
        }
        "searches in a long text" => (
            full("{{contains(a,'aaaaaaaaaaaaab')}}"),
            long("aaaaaaaa").into(),
        ),
        "splits of a long text" => (full("{{length(split(a,''))}}"), long("a").into()),
        "encoding of a long text" => (full("{{length(urlEncode(a))}}"), long("aä").into()),
        "deep lists compared" => {
            let list = (0..5_000).map(Value::from);
            (
                full("{{json.parse(b)==json.parse(' '+b)}}"),
                Value::list(list.collect()),
            )
        }
        _ => {
            let mut json = String::from("[");
            while json.len() < 60_000 {
                let _infallible = write!(json, "{{\"a\":\"é\\n\",\"b\":[1,2.5,null]}},");
            }
            json.push_str("0]");
            ("{{json.parse(a)}}".to_owned(), json.into())
        }
    };
    let json = value.to_string();
    let variables = Variables::from_iter([("a".to_owned(), value)]);
    let mut variables = variables;
    if name == "deep lists compared" {
        variables.insert("b".to_owned(), json.into());
    }
    (text, variables)
}

#[divan::bench(args = WORST)]
fn worst_parse_and_render(bencher: Bencher<'_, '_>, name: &str) {
    let (text, variables) = worst(name);
    bencher.bench(|| render(&text, &variables));
}

/// Without the reading of the template, which a trace does once.
#[divan::bench(args = WORST)]
fn worst_render(bencher: Bencher<'_, '_>, name: &str) {
    let (text, variables) = worst(name);
    let template = parse_template(&text);
    bencher.bench(|| render_template(&text, &template, &variables));
}
