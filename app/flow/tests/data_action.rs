//! Data actions: their documents come back as they were, and every rule that
//! needs no Python has a breach.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod draw;

use std::{collections::BTreeSet, path::PathBuf};

use draw::stamp;
use flow::{
    DataType, FieldKey, Interface, MAX_PARAMETERS, Origin, Parameter, ParameterType, Stamp,
    check::{RULES as FLOW_RULES, rule},
    data_action::{DataAction, DataActionFile, Definition, RULES, Script, check, generate, import},
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::{Value, json};

const CODE: &str = "def main(input_data):\n    return {}\n";

/// A file of the folder that the guides' facts stand in; says so when that
/// folder is not there.
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("PATCHBAY_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join(name);
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        eprintln!("SKIPPED: {} is not there", path.display());
    }
    text.ok()
}

/// The data action of the guide, with a script of its own.
fn guides(code: &str) -> DataAction {
    let required = Parameter {
        required: true,
        ..Parameter::new("user_id", DataType::Integer)
    };
    let outputs = [
        ("user_name", DataType::String),
        ("user_email", DataType::String),
        ("user_phone", DataType::String),
        ("success", DataType::Boolean),
        ("error", DataType::String),
    ];
    DataAction {
        name: "ExternalUserLookup".to_owned(),
        description: "Data Action for external user lookup".to_owned(),
        definition: Definition {
            name: "GetUserDetails".to_owned(),
            description: "Fetches user details from external API".to_owned(),
            interface: Interface {
                inputs: vec![required],
                outputs: outputs.map(|(name, of)| Parameter::new(name, of)).to_vec(),
            },
            code: Script::Text(code.to_owned()),
            ..Definition::default()
        },
        ..DataAction::default()
    }
}

fn read(text: &str) -> DataActionFile {
    import(text).unwrap_or_else(|error| panic!("{error}"))
}

fn upstream() -> Stamp {
    Stamp {
        upstream_id: Some("a-1".to_owned()),
        version: 7,
        last_modified: String::new(),
    }
}

#[test]
fn the_guides_data_action_is_sent_as_expected_and_comes_back_byte_for_byte() {
    let (Some(expected), Some(code)) = (
        shared("expected/data-action.json"),
        shared("expected/data-action-script.py"),
    ) else {
        return;
    };
    let expected: Value = serde_json::from_str(&expected).expect("expectations are JSON");
    let body = serde_json::to_string_pretty(&expected["requests"][1]["body"]).expect("it prints");
    let action = guides(&code);
    let artifact = generate(&action, &stamp());
    assert_eq!(artifact.text, body, "order of members included");
    let file = read(&artifact.text);
    assert_eq!(file.data_action, action);
    assert_eq!(file.stamp, None, "nothing is known upstream of what is new");
    assert_eq!(generate(&file.data_action, &stamp()), artifact);
    assert_eq!(check(&action), []);
}

#[test]
fn decision_5_an_update_names_its_action_first_and_the_version_last_read() {
    let text = generate(&guides(CODE), &upstream()).text;
    let members: Value = serde_json::from_str(&text).expect("JSON");
    let names: Vec<_> = members.as_object().expect("an object").keys().collect();
    assert_eq!(
        names,
        ["id", "name", "description", "version", "definition"]
    );
    assert_eq!(members["version"], 7);
    assert_eq!(read(&text).stamp, Some(upstream()));
    let answer = text.replace("\"version\": 7", "\"version\": 8, \"publishedVersion\": 8");
    let file = read(&answer);
    assert_eq!(file.stamp.map(|stamp| stamp.version), Some(8));
    assert_eq!(
        generate(&file.data_action, &upstream()).text,
        text,
        "what only answers have is not sent"
    );
}

#[test]
fn decision_1_an_input_says_that_it_is_optional_and_all_else_that_is_empty_is_left_out() {
    let mut action = DataAction {
        name: "Bare".to_owned(),
        ..DataAction::default()
    };
    let sent = |action: &DataAction| -> Value {
        serde_json::from_str(&generate(action, &stamp()).text).expect("JSON")
    };
    assert_eq!(
        sent(&action),
        json!({"name": "Bare", "definition": {"language": "python3"}})
    );
    action.definition.interface.inputs = vec![Parameter::new("a", DataType::Array)];
    action.definition.interface.outputs = vec![Parameter::new("b", DataType::Object)];
    assert_eq!(
        sent(&action)["definition"],
        json!({
            "inputs": [{"name": "a", "datatype": "array", "required": false}],
            "outputs": [{"name": "b", "datatype": "object"}],
            "language": "python3",
        })
    );
}

#[test]
fn decision_17_code_is_base64_of_its_exact_bytes_and_what_is_not_is_written_back() {
    let sent = |action: &DataAction| -> Value {
        serde_json::from_str(&generate(action, &stamp()).text).expect("JSON")
    };
    let code = "\u{feff}x = 'é'\r\n";
    let wire = sent(&guides(code))["definition"]["code"].clone();
    assert_eq!(wire, "77u/eCA9ICfDqScNCg==");
    let mut document = sent(&guides(code));
    for (wire, text) in [
        ("77u/eCA9ICfDqScNCg==", Some(code)),
        ("77u/eCA9ICfDqScNCg", None),
        ("def main(): pass", None),
        ("/w==", None),
    ] {
        document["definition"]["code"] = wire.into();
        let file = read(&document.to_string());
        assert_eq!(file.data_action.definition.code.text(), text, "{wire}");
        assert_eq!(sent(&file.data_action), document, "{wire}");
        let own = file.to_json().expect("a file prints");
        assert_eq!(read(&own), file, "{wire}");
    }
}

#[test]
fn what_is_not_understood_is_kept_at_every_level_and_written_back() {
    let document = json!({
        "name": "A",
        "definition": {
            "name": "B",
            "inputs": [
                {"name": "x", "datatype": "decimal", "required": true, "minimum": 0},
                {"datatype": {"oneOf": ["string"]}, "required": false, "a/b": [1]},
            ],
            "outputs": [{"name": "y", "datatype": "string", "required": false}],
            "code": "eA==",
            "language": "python2",
            "timeout": 30,
        },
        "category": {"tags": ["a", null]},
    });
    let text = serde_json::to_string_pretty(&document).expect("it prints");
    let file = read(&text);
    assert_eq!(generate(&file.data_action, &stamp()).text, text);
    let own = file.to_json().expect("a file prints");
    assert_eq!(read(&own), file, "and through our own file");
    let codes: Vec<_> = check(&file.data_action)
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(
        codes,
        [
            "data-action-parameter-type-unknown",
            "data-action-parameter-name-missing",
            "data-action-parameter-type-unknown",
            "data-action-language-unknown",
        ]
    );
}

#[test]
fn in_patchbays_own_file_the_script_can_be_read() {
    let file = DataActionFile::new(guides(CODE), Some(upstream()));
    let text = file.to_json().expect("a file prints");
    assert!(text.contains(r#""patchbay": "data-action/1""#), "{text}");
    assert!(
        text.contains(r#""code": "def main(input_data):\n    return {}\n""#),
        "{text}"
    );
    assert_eq!(read(&text), file);
}

#[test]
fn a_document_that_cannot_be_read_says_where_and_why() {
    let own = DataActionFile::new(guides(CODE), None)
        .to_json()
        .expect("a file prints");
    let damaged = own.replace(r#""required": true"#, r#""required": "yes""#);
    for (text, line, column, path, said) in [
        ("[1]", 1, 1, "", "is a JSON object"),
        (
            "{\"name\": \"A\"}",
            1,
            1,
            "",
            "no document that Patchbay knows",
        ),
        ("{\"name\": }", 1, 10, "/name", "not valid JSON"),
        (
            "{\"definition\": {\"nodes\": []}}",
            1,
            1,
            "",
            "This is a module or a call flow, and a data action belongs here",
        ),
        (
            "{\"definition\": {\"code\": \"\"},\n  \"name\": 5}",
            2,
            11,
            "/name",
            "must be a text",
        ),
        (
            "{\"definition\":\n {\"inputs\": [{\"name\": \"a\"}, {\"required\": 1}]}}",
            2,
            42,
            "/definition/inputs/1/required",
            "must be true or false",
        ),
        (
            "{\"definition\": {\"outputs\": [7]}}",
            1,
            29,
            "/definition/outputs/0",
            "object belongs here",
        ),
        (
            "{\"definition\": {\"code\": [\"eA==\"]}}",
            1,
            25,
            "/definition/code",
            "must be a text",
        ),
        (
            "{\"patchbay\": \"flow/1\"}",
            1,
            1,
            "",
            "This is a flow, and a data action belongs here",
        ),
        (
            damaged.as_str(),
            14,
            25,
            "/dataAction/definition/interface/inputs/0/required",
            "damaged",
        ),
    ] {
        let error = import(text).expect_err(text);
        assert_eq!(error.path, path, "{error}");
        assert_eq!((error.line, error.column), (line, column), "{error}");
        assert!(error.message.contains(said), "{error}");
    }
}

#[test]
fn the_source_map_finds_each_member() {
    let artifact = generate(&guides(CODE), &upstream());
    let lines: Vec<&str> = artifact.text.lines().collect();
    let found: Vec<_> = artifact
        .source_map
        .iter()
        .map(|mark| {
            let Origin::Member(key) = &mark.origin else {
                panic!("{mark:?} in a document without nodes");
            };
            (
                key.as_str(),
                lines[mark.lines.start].trim(),
                mark.lines.len(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("name", r#""name": "ExternalUserLookup","#, 1),
            (
                "description",
                r#""description": "Data Action for external user lookup","#,
                1
            ),
            ("definitionName", r#""name": "GetUserDetails","#, 1),
            (
                "definitionDescription",
                r#""description": "Fetches user details from external API","#,
                1
            ),
            ("inputs", r#""inputs": ["#, 7),
            ("outputs", r#""outputs": ["#, 22),
            (
                "code",
                r#""code": "ZGVmIG1haW4oaW5wdXRfZGF0YSk6CiAgICByZXR1cm4ge30K","#,
                1
            ),
            ("language", r#""language": "python3""#, 1),
        ]
    );
}

/// A rule, the edit that breaks it, and where.
type Breach = (&'static str, fn(&mut DataAction), &'static str);

/// The rules that need no Python. Those whose codes begin with `script-` are
/// broken in the tests of the crate that reads scripts.
const BREACHES: &[Breach] = &[
    (
        "data-action-name-missing",
        |action| action.name = " ".into(),
        "name",
    ),
    (
        "data-action-name-too-long",
        |action| action.name = "é".repeat(256),
        "name",
    ),
    (
        "data-action-definition-name-missing",
        |action| action.definition.name.clear(),
        "definitionName",
    ),
    (
        "data-action-definition-name-too-long",
        |action| action.definition.name = "x".repeat(300),
        "definitionName",
    ),
    (
        "data-action-description-too-long",
        |action| action.definition.description = "x".repeat(100_000),
        "definitionDescription",
    ),
    (
        "data-action-parameters-too-many",
        |action| {
            let outputs =
                (0..=MAX_PARAMETERS).map(|n| Parameter::new(format!("o{n}"), DataType::String));
            action.definition.interface.outputs = outputs.collect();
        },
        "outputs",
    ),
    (
        "data-action-parameter-name-missing",
        |action| action.definition.interface.outputs[1].name.clear(),
        "outputs[1]",
    ),
    (
        "data-action-parameter-name-invalid",
        |action| action.definition.interface.inputs[0].name = "user id".into(),
        "inputs[0]",
    ),
    (
        "data-action-parameter-name-invalid",
        |action| action.definition.interface.inputs[0].name = "user.id".into(),
        "inputs[0]",
    ),
    (
        "data-action-parameter-name-duplicate",
        |action| action.definition.interface.outputs[3].name = "user_name".into(),
        "outputs[3]",
    ),
    (
        "data-action-parameter-name-case",
        |action| action.definition.interface.outputs[4].name = "Success".into(),
        "outputs[4]",
    ),
    (
        "data-action-parameter-type-unknown",
        |action| {
            action.definition.interface.inputs[0].datatype = ParameterType::Foreign("int".into());
        },
        "inputs[0]",
    ),
    (
        "data-action-language-unknown",
        |action| action.definition.language = "javascript".into(),
        "language",
    ),
    (
        "data-action-code-missing",
        |action| action.definition.code = Script::Text("\n\n".into()),
        "code",
    ),
    (
        "data-action-code-not-text",
        |action| {
            action.definition.code = Script::Opaque {
                opaque: "def main".into(),
            };
        },
        "code",
    ),
    (
        "data-action-code-too-long",
        |action| action.definition.code = Script::Text("#".repeat(flow::MAX_SCRIPT_BYTES + 1)),
        "code",
    ),
];

#[test]
fn every_rule_that_needs_no_python_has_a_breach_that_names_its_code() {
    for (code, edit, place) in BREACHES {
        let mut action = guides(CODE);
        edit(&mut action);
        let problems = check(&action);
        let [problem] = problems.as_slice() else {
            panic!("{code}: {problems:#?}");
        };
        assert_eq!(problem.code.as_str(), *code);
        let field = problem.place.field.as_ref().map_or("", FieldKey::as_str);
        let shown = problem
            .place
            .row
            .map_or(field.to_owned(), |row| format!("{field}[{row}]"));
        assert_eq!(shown, *place, "{code}");
        assert!(problem.message.ends_with('.'), "{}", problem.message);
        let rule = rule(code).expect("a rule");
        assert_eq!(problem.severity, rule.severity, "{code}");
        let sent = serde_json::to_string(problem).expect("a problem is JSON");
        assert_eq!(
            serde_json::from_str::<flow::Problem>(&sent).expect("and back"),
            *problem
        );
    }
    let broken: BTreeSet<_> = BREACHES.iter().map(|(code, ..)| *code).collect();
    let needs_no_python = |code: &&str| !code.starts_with("script-");
    let stated: BTreeSet<_> = RULES
        .iter()
        .map(|rule| rule.code.as_str())
        .filter(needs_no_python)
        .collect();
    assert_eq!(broken, stated);
}

#[test]
fn a_code_stands_for_one_rule() {
    let codes: Vec<_> = FLOW_RULES
        .iter()
        .chain(RULES)
        .map(|rule| rule.code.as_str())
        .collect();
    let different: BTreeSet<_> = codes.iter().collect();
    assert_eq!(different.len(), codes.len());
    for code in codes {
        assert!(rule(code).is_some(), "{code}");
    }
}

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let datatype = prop_oneof![
        (0..DataType::ALL.len()).prop_map(|at| ParameterType::Known(DataType::ALL[at])),
        Just(ParameterType::Foreign(Value::Null)),
        "[a-zA-Z]{0,7}".prop_filter_map("a name of a type", |name| {
            (DataType::from_name(&name).is_none()).then(|| ParameterType::Foreign(name.into()))
        }),
    ];
    let parameter = (any::<String>(), datatype, any::<bool>(), any::<String>());
    vec(
        parameter.prop_map(|(name, datatype, required, description)| Parameter {
            name,
            datatype,
            required,
            description,
            extra: flow::Extra::new(),
        }),
        0..4,
    )
}

fn extra() -> impl Strategy<Value = flow::Extra> {
    vec(("[x-z~/é]{0,3}", any::<i32>()), 0..3).prop_map(|members| {
        let pointer = |name: &str| format!("/x{}", name.replace('~', "~0").replace('/', "~1"));
        let members = members.into_iter();
        members
            .map(|(name, value)| (pointer(&name), value.into()))
            .collect()
    })
}

prop_compose! {
    fn actions()(
        names in (any::<String>(), any::<String>(), any::<String>(), any::<String>()),
        inputs in parameters(),
        mut outputs in parameters(),
        code in any::<String>(),
        extras in (extra(), extra()),
    ) -> DataAction {
        for output in &mut outputs {
            output.required = false;
        }
        DataAction {
            name: names.0,
            description: names.1,
            definition: Definition {
                name: names.2,
                description: names.3,
                interface: Interface { inputs, outputs },
                code: Script::Text(code),
                language: Definition::PYTHON.to_owned(),
                extra: extras.0,
            },
            extra: extras.1,
        }
    }
}

proptest! {
    #[test]
    fn what_was_generated_is_imported_as_the_same_action(
        action in actions(),
        id in option::of("[a-z]{1,8}"),
    ) {
        let stamp = Stamp { upstream_id: id, version: 3, last_modified: String::new() };
        let artifact = generate(&action, &stamp);
        let file = import(&artifact.text).expect("what is generated can be read");
        prop_assert_eq!(&file.data_action, &action);
        prop_assert_eq!(generate(&file.data_action, &stamp), artifact);
        let own = file.to_json().expect("a file prints");
        prop_assert_eq!(import(&own).expect("a file can be read"), file);
        check(&action);
    }

    #[test]
    fn arbitrary_text_is_read_or_refused(text in any::<String>()) {
        if let Err(error) = import(&text) {
            prop_assert!(error.line > 0 && error.column > 0);
        }
    }
}
