//! The page's own reader of JSON reads what `serde_json` reads.

use flow::{Flow, Transaction, read};
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((".*", inner), 0..6)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read(value in value()) {
        prop_assert_eq!(read(&value.to_string()), Ok(value.clone()));
        let pretty = serde_json::to_string_pretty(&value)?;
        prop_assert_eq!(read(&pretty), Ok(value));
    }

    #[test]
    fn what_was_tampered_with_is_read_or_refused_alike(
        value in value(),
        at in any::<prop::sample::Index>(),
        by in "[\\[\\]{}\",:0-9eE.\\\\ntu+ -]{0,2}",
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, by.chars());
        let text: String = text.into_iter().collect();
        prop_assert_eq!(read(&text).ok(), serde_json::from_str::<Value>(&text).ok(), "{}", text);
    }
}

#[test]
fn texts_that_are_no_json_are_refused() {
    for text in [
        "",
        " ",
        "nul",
        "truee",
        "01",
        "1.",
        "-",
        "1e",
        "[1,]",
        "{\"a\":1,}",
        "{1:2}",
        "\"\u{1}\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "[1] 2",
        "1e999",
        "{\"a\"}",
        "[",
        "\"",
    ] {
        assert!(read::<Value>(text).is_err(), "{text:?}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text:?}");
    }
    let deep = "[".repeat(200) + &"]".repeat(200);
    assert!(read::<Value>(&deep).is_err());
}

#[test]
fn types_of_the_domain_are_read_as_serde_json_reads_them() {
    let transaction = json!({
        "label": "Rename",
        "ops": [
            { "setLabel": { "id": "n1", "label": "Look “it” up \u{1f600}" } },
            { "moveNode": { "id": "n1", "to": { "x": 1, "y": -2.5 } } },
        ],
    });
    let text = transaction.to_string();
    let read_by_us = read::<Transaction>(&text).ok();
    assert!(read_by_us.is_some());
    assert_eq!(read_by_us, serde_json::from_str(&text).ok());
    for template in flow::TEMPLATES {
        let flow = template.build();
        let text = serde_json::to_string(&flow).unwrap_or_default();
        assert_eq!(read::<Flow>(&text).ok(), Some(flow), "{}", template.name);
    }
}
