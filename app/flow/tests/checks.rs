//! Every rule, by a flow that breaks it.
#![allow(clippy::expect_used, clippy::panic)]

mod draw;

use std::{collections::BTreeSet, sync::Arc};

use draw::{branching, cases, change, edge, field, node, pairs, template, text};
use flow::{
    Case, DataType, Edge, EdgeId, FieldKey, FieldValue, Flow, FlowKind, Kind, Node, Pair, Port,
    Problem, Severity, Transaction, Variable, apply, check, check::RULES,
};
use serde_json::json;

/// A rule, the flow that breaks it, where that is, and what is in its span.
struct Breach {
    code: &'static str,
    flow: Flow,
    place: &'static str,
    blamed: &'static str,
    has_fix: bool,
}

fn breach(
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
        place,
        blamed: "",
        has_fix: true,
    }
}

impl Breach {
    fn blames(mut self, text: &'static str) -> Self {
        self.blamed = text;
        self
    }

    fn without_fix(mut self) -> Self {
        self.has_fix = false;
        self
    }
}

/// A place as the tables below write it: `lookup.url`, `set.variables[1]`.
fn shown(problem: &Problem) -> String {
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
fn blamed(flow: &Flow, problem: &Problem) -> String {
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

fn variable(name: &str) -> Variable {
    Variable {
        name: name.to_owned(),
        datatype: DataType::String,
        description: String::new(),
    }
}

fn lookup_with(code: &'static str, key: &'static str, place: &'static str, value: &str) -> Breach {
    breach(code, place, template(), |flow| {
        text(flow, "lookup", key, value);
    })
}

fn body(code: &'static str, value: &str) -> Breach {
    lookup_with(code, "body", "lookup.body", value)
}

fn url(code: &'static str, value: &str) -> Breach {
    lookup_with(code, "url", "lookup.url", value)
}

fn split_with(code: &'static str, place: &'static str, these: &'static [(&str, &str)]) -> Breach {
    breach(code, place, branching(), |flow| cases(flow, "split", these))
}

fn set_with(code: &'static str, place: &'static str, these: &[(&str, &str)]) -> Breach {
    breach(code, place, branching(), |flow| {
        pairs(flow, "set", "variables", these);
    })
}

fn headers_with(code: &'static str, place: &'static str, these: &[(&str, &str)]) -> Breach {
    breach(code, place, template(), |flow| {
        pairs(flow, "lookup", "headers", these);
    })
}

fn flow_breaches() -> Vec<Breach> {
    vec![
        breach("flow-name-missing", "", template(), |flow| {
            flow.name = " ".into();
        })
        .without_fix(),
        breach("flow-name-too-long", "", template(), |flow| {
            flow.name = "é".repeat(256);
        })
        .without_fix(),
        breach("too-many-nodes", "", template(), |flow| {
            for number in 0..100_000 {
                node(flow, &format!("n{number}"), &Kind::END);
            }
        })
        .without_fix(),
        breach("too-many-edges", "", template(), |flow| {
            for number in 0..40_001 {
                let edge = Edge::new("start".into(), Port::OUT, "end".into());
                flow.edges
                    .insert(EdgeId::new(format!("x{number}")), Arc::new(edge));
            }
        })
        .without_fix(),
        breach("too-many-variables", "", template(), |flow| {
            flow.variables = (0..2_000).map(|n| variable(&format!("v{n}"))).collect();
        })
        .without_fix(),
        breach("declared-name-invalid", "", template(), |flow| {
            flow.variables.push(variable("customer name"));
        })
        .without_fix(),
        breach("declared-twice", "", template(), |flow| {
            flow.variables = vec![variable("tier"), variable("tier")];
        }),
        breach("node-id-missing", "lookup", template(), |flow| {
            change(flow, "lookup", |node| node.wire_id = Some(String::new()));
        }),
        breach("node-id-duplicate", "lookup", template(), |flow| {
            change(flow, "lookup", |node| node.wire_id = Some("start".into()));
        }),
        breach(
            "edge-id-missing",
            "lookup edge lookup.out>end",
            template(),
            |flow| {
                edge_id(flow, Some(""));
            },
        ),
        breach(
            "edge-id-duplicate",
            "lookup edge lookup.out>end",
            template(),
            |flow| {
                edge_id(flow, Some("e1"));
            },
        ),
    ]
}

fn edge_id(flow: &mut Flow, id: Option<&str>) {
    let edge = flow
        .edges
        .get_mut(&EdgeId::new("lookup.out>end"))
        .expect("an edge");
    Arc::make_mut(edge).wire_id = id.map(ToOwned::to_owned);
}

fn graph_breaches() -> Vec<Breach> {
    let mut without_start = Flow::new(FlowKind::Lookup, "No start");
    node(&mut without_start, "end", &Kind::END);
    let mut chained = branching();
    edge(&mut chained, "set", "out", "lookup");
    chained.edges.shift_remove(&EdgeId::new("set.out>end"));
    vec![
        breach("start-missing", "", without_start, |_| {}),
        breach("start-duplicate", "start2", template(), |flow| {
            node(flow, "start2", &Kind::START);
            edge(flow, "start2", "out", "lookup");
        }),
        breach("node-unreachable", "alone", template(), |flow| {
            node(flow, "alone", &Kind::LOOKUP);
            edge(flow, "alone", "out", "end");
        })
        .without_fix(),
        breach("dead-end", "lookup port out", template(), |flow| {
            flow.edges.shift_remove(&EdgeId::new("lookup.out>end"));
        }),
        breach(
            "exit-not-connected",
            "split port default",
            branching(),
            |flow| {
                flow.edges.shift_remove(&EdgeId::new("split.default>end"));
            },
        ),
        breach(
            "exit-not-connected",
            "split port case-1",
            branching(),
            |flow| {
                flow.edges.shift_remove(&EdgeId::new("split.case-1>set"));
            },
        ),
        breach("exit-not-connected", "is port false", template(), |flow| {
            node(flow, "is", &Kind::CONDITION);
            edge(flow, "is", "true", "end");
        }),
        breach(
            "exit-connected-twice",
            "lookup edge lookup.out>start2",
            template(),
            |flow| {
                node(flow, "start2", &Kind::SPLIT);
                edge(flow, "lookup", "out", "start2");
            },
        ),
        breach(
            "edge-exit-missing",
            "split edge split.case-9>end",
            branching(),
            |flow| {
                edge(flow, "split", "case-9", "end");
            },
        ),
        breach(
            "edge-exit-missing",
            "end edge end.out>lookup",
            branching(),
            |flow| {
                edge(flow, "end", "out", "lookup");
            },
        ),
        breach(
            "edge-end-missing",
            "lookup edge lookup.out>gone",
            template(),
            |flow| {
                edge(flow, "lookup", "out", "gone");
            },
        ),
        breach(
            "edge-into-start",
            "set edge set.out>start",
            branching(),
            |flow| {
                edge(flow, "set", "out", "start");
            },
        ),
        breach("cycle", "lookup edge set.out>lookup", chained, |_| {}),
        breach(
            "cycle",
            "lookup edge lookup.out>lookup",
            template(),
            |flow| {
                edge(flow, "lookup", "out", "lookup");
            },
        ),
        breach("kind-unknown", "lookup", template(), |flow| {
            change(flow, "lookup", |node| {
                node.kind = Kind::foreign("TeleportNode");
            });
        })
        .without_fix(),
        breach("label-missing", "lookup", template(), |flow| {
            change(flow, "lookup", |node| node.label.clear());
        })
        .without_fix(),
    ]
}

fn field_breaches() -> Vec<Breach> {
    vec![
        url("field-required", " ").without_fix(),
        lookup_with("field-required", "method", "lookup.method", ""),
        breach("field-shape", "lookup.url", template(), |flow| {
            field(
                flow,
                "lookup",
                "url",
                FieldValue::Json(json!(["https://a.example"])),
            );
        }),
        breach("field-shape", "lookup.headers[0]", template(), |flow| {
            let pair = Pair {
                name: "Retries".into(),
                value: json!(3),
            };
            field(flow, "lookup", "headers", FieldValue::Pairs(vec![pair]));
        })
        .without_fix(),
        body("text-too-long", &"a".repeat(70_000)).without_fix(),
        lookup_with("choice-unknown", "method", "lookup.method", "post"),
        lookup_with("choice-unknown", "method", "lookup.method", "FETCH").without_fix(),
        breach(
            "number-out-of-range",
            "lookup.timeout",
            template(),
            |flow| {
                field(flow, "lookup", "timeout", FieldValue::Integer(0));
            },
        ),
        breach(
            "number-out-of-range",
            "lookup.timeout",
            template(),
            |flow| {
                field(flow, "lookup", "timeout", FieldValue::Integer(60_001));
            },
        ),
        url("url-invalid", "crm.example.org/lookup").blames("crm.example.org/lookup"),
        url("url-invalid", " https://crm.example.org").blames(" https://crm.example.org"),
        url("url-invalid", "/lookup")
            .blames("/lookup")
            .without_fix(),
        url("url-invalid", "https://")
            .blames("https://")
            .without_fix(),
        url("url-invalid", "https:///lookup")
            .blames("https:///lookup")
            .without_fix(),
        url("url-invalid", "https://crm.example.org:99999/x")
            .blames("crm.example.org:99999")
            .without_fix(),
        url("url-invalid", "https://999.1.1.1/")
            .blames("999.1.1.1")
            .without_fix(),
        url("url-invalid", "https://-crm.example.org")
            .blames("-crm.example.org")
            .without_fix(),
        url("url-invalid", "https://crm.example.org/a b")
            .blames(" ")
            .without_fix(),
        url("url-invalid", "https://crm.example.org/%zz")
            .blames("%")
            .without_fix(),
        url("url-not-https", "http://crm.example.org/{{phoneNumber}}").blames("http"),
        url("url-not-https", "ftp://crm.example.org")
            .blames("ftp")
            .without_fix(),
        url("url-credentials", "https://ann:secret@crm.example.org").blames("ann:secret"),
        url("url-template-in-host", "https://{{interaction.host}}/x")
            .blames("https://{{interaction.host}}")
            .without_fix(),
        url("url-template-in-host", "{{interaction.url}}")
            .blames("{{interaction.url}}")
            .without_fix(),
        headers_with(
            "header-name-invalid",
            "lookup.headers[0]",
            &[("Content Type", "text/plain")],
        ),
        headers_with("header-name-invalid", "lookup.headers[0]", &[("", "")]),
        headers_with(
            "header-value-invalid",
            "lookup.headers[0]",
            &[("Accept", "text/plain\r\nX: 1")],
        )
        .blames("\r"),
        headers_with(
            "name-duplicate",
            "lookup.headers[1]",
            &[("Accept", "a"), ("Accept", "b")],
        ),
        headers_with(
            "name-duplicate",
            "lookup.headers[1]",
            &[("Accept", "a"), ("accept", "b")],
        ),
        set_with(
            "name-duplicate",
            "set.variables[1]",
            &[("tier", "a"), ("tier", "b")],
        ),
        body("body-not-json", "{ \"phoneNumber\": }")
            .blames("}")
            .without_fix(),
        body(
            "body-not-json",
            "{ \"née\": {{phoneNumber}} {{phoneNumber}} }",
        )
        .blames("{{phoneNumber}}")
        .without_fix(),
        body("body-not-json", "{ \"phoneNumber\": \"{{phoneNumber}}\"")
            .blames("\"")
            .without_fix(),
    ]
}

fn expression_breaches() -> Vec<Breach> {
    let condition = |code, value: &str| {
        breach(code, "is.expression", template(), |flow| {
            node(flow, "is", &Kind::CONDITION);
            text(flow, "is", "expression", value);
            flow.edges.shift_remove(&EdgeId::new("lookup.out>end"));
            for (source, port, target) in [
                ("lookup", "out", "is"),
                ("is", "true", "end"),
                ("is", "false", "end"),
            ] {
                edge(flow, source, port, target);
            }
        })
    };
    let read_after_join = |declared: &[&str]| {
        let mut flow = branching();
        node(&mut flow, "greet", &Kind::SET_VARIABLES);
        pairs(
            &mut flow,
            "greet",
            "variables",
            &[("greeting", "Hallo, {{customerName}}")],
        );
        flow.edges.retain(|_, edge| edge.target.as_str() != "end");
        for (source, port, target) in [
            ("split", "default", "greet"),
            ("set", "out", "greet"),
            ("greet", "out", "end"),
        ] {
            edge(&mut flow, source, port, target);
        }
        flow.variables = declared.iter().map(|name| variable(name)).collect();
        flow
    };
    assert_eq!(check(&read_after_join(&["customerName"])), []);
    vec![
        body("template-syntax", "\"Grüße {{phoneNumber\"")
            .blames("{{")
            .without_fix(),
        body("template-syntax", "{{ }}")
            .blames("{{ }}")
            .without_fix(),
        condition("template-syntax", "{{phoneNumber = 1}}")
            .blames("=")
            .without_fix(),
        condition("template-syntax", "phoneNumber ==")
            .blames("=")
            .without_fix(),
        body("template-section", "{{#phoneNumber}}x{{/phoneNumber}}")
            .blames("{{#")
            .without_fix(),
        body("template-section", "{{{phoneNumber}}}")
            .blames("{{{")
            .without_fix(),
        condition("expression-mixed", "{{phoneNumber}} == 1")
            .blames("{{phoneNumber}} == 1")
            .without_fix(),
        body("function-unknown", "\"{{json.prase(phoneNumber)}}\"").blames("json.prase"),
        body("function-unknown", "\"{{teleport(phoneNumber)}}\"")
            .blames("teleport")
            .without_fix(),
        body("function-arguments", "\"{{json.parse()}}\"")
            .blames("json.parse")
            .without_fix(),
        body("variable-not-set", "\"{{customerName}}\"").blames("customerName"),
        body("variable-not-set", "\"ü {{phonenumber}}\"").blames("phonenumber"),
        body("variable-not-set", "\"{{externalContact.responseCode}}\"").blames("externalContact"),
        breach(
            "variable-partly-set",
            "greet.variables[0]",
            read_after_join(&[]),
            |_| {},
        )
        .blames("customerName"),
        set_with(
            "member-unknown",
            "set.variables[0]",
            &[("a", "{{externalContact.responsecode}}")],
        )
        .blames("responsecode"),
        set_with(
            "member-unknown",
            "set.variables[0]",
            &[("a", "${externalContact.colour}")],
        )
        .blames("colour")
        .without_fix(),
        set_with("variable-name-missing", "set.variables[0]", &[("", "x")]),
        set_with(
            "variable-name-invalid",
            "set.variables[0]",
            &[("customer name", "x")],
        )
        .without_fix(),
        set_with(
            "variable-name-reserved",
            "set.variables[0]",
            &[("true", "x")],
        )
        .without_fix(),
        set_with("variables-empty", "set.variables", &[]).without_fix(),
        split_with("cases-empty", "split.cases", &[]).without_fix(),
        split_with(
            "case-value-missing",
            "split.cases[0] port case-1",
            &[("", "Found")],
        )
        .without_fix(),
        split_with(
            "case-value-duplicate",
            "split.cases[1] port case-2",
            &[("200", "A"), ("200", "B")],
        ),
        split_with(
            "case-name-duplicate",
            "split.cases[1] port case-2",
            &[("200", "A"), ("201", "A")],
        ),
        split_with(
            "case-name-reserved",
            "split.cases[0] port case-1",
            &[("200", "default")],
        )
        .without_fix(),
    ]
}

/// A flow whose condition is this expression, after a lookup and a node that
/// sets `count` to a number, `name` to a text and `plain` to digits.
fn deciding(expression: &str) -> Flow {
    let mut flow = branching();
    node(&mut flow, "decide", &Kind::CONDITION);
    text(&mut flow, "decide", "expression", expression);
    let values = [
        ("count", "{{length(phoneNumber) + 1}}"),
        ("name", "Dear {{phoneNumber}}"),
        ("plain", "5"),
        ("body", "{{externalContact.responseBody}}"),
    ];
    pairs(&mut flow, "set", "variables", &values);
    node(&mut flow, "more", &Kind::SET_VARIABLES);
    pairs(&mut flow, "more", "variables", &[("again", "{{count}}")]);
    flow.edges.shift_remove(&EdgeId::new("set.out>end"));
    for (source, port, target) in [
        ("set", "out", "more"),
        ("more", "out", "decide"),
        ("decide", "true", "end"),
        ("decide", "false", "end"),
    ] {
        edge(&mut flow, source, port, target);
    }
    flow
}

fn decision(code: &'static str, expression: &str) -> Breach {
    breach(code, "decide.expression", deciding(expression), |_| {})
}

fn type_breaches() -> Vec<Breach> {
    let mismatch = |expression| decision("comparison-mismatch", expression);
    let operand = |expression| decision("operand-not-a-number", expression);
    let condition = |expression| decision("condition-not-boolean", expression).without_fix();
    let member = |expression| decision("member-unknown", expression).without_fix();
    vec![
        mismatch("{{externalContact.responseCode == \"200\"}}")
            .blames("externalContact.responseCode == \"200\""),
        mismatch("{{'404' != externalContact[\"responseCode\"]}}")
            .blames("'404' != externalContact[\"responseCode\"]"),
        mismatch("{{phoneNumber == 5551234}}").blames("phoneNumber == 5551234"),
        mismatch("again > \"3\"").blames("again > \"3\""),
        mismatch("{{name == 3 || true}}").blames("name == 3"),
        mismatch("{{(count > 2) == 'true'}}").blames("(count > 2) == 'true'"),
        mismatch("{{count == 'many'}}")
            .blames("count == 'many'")
            .without_fix(),
        operand("{{phoneNumber * 2 > 1}}").blames("phoneNumber"),
        operand("{{-upper(name) < 1}}").blames("upper(name)"),
        operand("{{true - 1 == 0}}").blames("true").without_fix(),
        condition("{{externalContact.responseCode}}").blames("externalContact.responseCode"),
        condition("count + 1").blames("count + 1"),
        condition("{{ 'yes' }}").blames("'yes'"),
        member("{{count.digits == null}}").blames("count.digits"),
        member("{{externalContact.responseCode.first == null}}")
            .blames("externalContact.responseCode.first"),
        split_with(
            "case-never-taken",
            "split.cases[0] port case-1",
            &[("found", "Found")],
        )
        .without_fix(),
    ]
}

#[test]
fn what_may_work_is_no_mismatch() {
    for expression in [
        "{{externalContact.responseCode == 200}}",
        "{{externalContact.responseBody.tier == 'Gold'}}",
        "{{externalContact.responseBody.age > 3}}",
        "{{externalContact.error == null}}",
        "{{externalContact.error == 'timeout'}}",
        "{{plain == 5 && plain == '5'}}",
        "{{body.name == 3}}",
        "{{body}}",
        "{{json.parse(externalContact.responseBody).found}}",
        "{{name + 1 == 'Dear 1'}}",
        "{{!name}}",
        "{{(externalContact.responseBody.name || 'Guest') == 'Ann'}}",
        "{{interaction.id == 5}}",
        "{{number(phoneNumber) * 2 > 1}}",
        "{{contains(name, 'x')}}",
    ] {
        assert_eq!(check(&deciding(expression)), [], "{expression}");
    }
}

#[test]
fn a_declared_variable_is_of_its_type_until_something_else_is_set() {
    for (datatype, expression, is_wrong) in [
        (DataType::Integer, "{{limit == '3'}}", true),
        (DataType::Number, "{{limit > 3}}", false),
        (DataType::Boolean, "{{limit}}", false),
        (DataType::Boolean, "{{limit == 1}}", true),
        (DataType::Datetime, "{{limit > 3}}", true),
        (DataType::Object, "{{limit.max == 3}}", false),
        (DataType::Array, "{{limit[0] == 3}}", false),
    ] {
        let mut flow = deciding(expression);
        flow.variables.push(Variable {
            datatype,
            ..variable("limit")
        });
        assert_eq!(!check(&flow).is_empty(), is_wrong, "{expression}");
        pairs(
            &mut flow,
            "more",
            "variables",
            &[("limit", "{{interaction.limit}}")],
        );
        assert_eq!(check(&flow), [], "{expression}");
    }
}

#[test]
fn a_fix_takes_the_quotes_off_or_puts_them_on() {
    for (before, after) in [
        (
            "{{externalContact.responseCode == \"200\"}}",
            "{{externalContact.responseCode == 200}}",
        ),
        (
            "{{phoneNumber == 5551234}}",
            "{{phoneNumber == \"5551234\"}}",
        ),
        ("{{phoneNumber * 2 > 1}}", "{{number(phoneNumber) * 2 > 1}}"),
    ] {
        let mut flow = deciding(before);
        let mut problems = check(&flow).into_iter();
        let fix = problems.find_map(|problem| problem.fix).expect("a fix");
        apply(&mut flow, &Transaction::new(fix.label, fix.ops)).expect("it applies");
        assert_eq!(
            flow.nodes[&flow::NodeId::new("decide")].text("expression"),
            after
        );
        assert_eq!(check(&flow), []);
    }
}

fn breaches() -> Vec<Breach> {
    let groups = [
        flow_breaches(),
        graph_breaches(),
        field_breaches(),
        expression_breaches(),
        type_breaches(),
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn each_breach_is_found_where_it_is() {
    for breach in breaches() {
        let problems = check(&breach.flow);
        let Some(found) = problems
            .iter()
            .find(|problem| problem.code.as_str() == breach.code && shown(problem) == breach.place)
        else {
            let found: Vec<_> = problems
                .iter()
                .map(|p| (p.code, shown(p), &p.message))
                .collect();
            panic!("no {} at {}: {found:#?}", breach.code, breach.place);
        };
        assert_eq!(
            blamed(&breach.flow, found),
            breach.blamed,
            "{}: {}",
            breach.code,
            found.message
        );
        assert_eq!(
            found.fix.is_some(),
            breach.has_fix,
            "{}: {:?}",
            breach.code,
            found.fix
        );
        assert!(found.message.ends_with(['.', '?']), "{}", found.message);
    }
}

#[test]
fn a_fix_removes_its_problem() {
    for breach in breaches() {
        for problem in check(&breach.flow) {
            let Some(fix) = &problem.fix else { continue };
            let mut fixed = breach.flow.clone();
            apply(&mut fixed, &Transaction::new(&fix.label, fix.ops.clone()))
                .unwrap_or_else(|refused| panic!("{}: {refused}", problem.code.as_str()));
            let is_left = check(&fixed).contains(&problem);
            assert!(
                !is_left,
                "{} is still there after “{}”",
                problem.code.as_str(),
                fix.label
            );
        }
    }
}

#[test]
fn every_rule_has_a_breach_that_names_its_code() {
    let named: BTreeSet<_> = breaches().iter().map(|breach| breach.code).collect();
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(named, known);
    assert_eq!(known.len(), RULES.len(), "a code stands for one rule");
    for rule in RULES {
        let code = rule.code.as_str();
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
        assert!(
            rule.sentence.ends_with('.') && !rule.example.is_empty(),
            "{code}"
        );
    }
}

#[test]
fn what_designers_draw_checks_clean() {
    for flow in [template(), branching(), draw::realistic(1_000)] {
        assert_eq!(check(&flow), [], "{}", flow.name);
    }
    for url in [
        "https://crm.example.org",
        "HTTPS://crm.example.org:8443/a/{{phoneNumber}}?q=${interaction.id}&r=%20#x",
        "https://[::1]/x",
        "https://10.0.0.1/x",
        "https://bücher.example/ü",
    ] {
        let mut flow = template();
        text(&mut flow, "lookup", "url", url);
        assert_eq!(check(&flow), [], "{url}");
    }
    for body in [
        "",
        "{ \"a\": {{phoneNumber}}, \"b\": [\"x{{interaction.id}}\"], \"c\": {\"d\":{}}}",
        "{{interaction}}",
        "{\"\\\"{{phoneNumber}}\": 1}",
    ] {
        let mut flow = template();
        text(&mut flow, "lookup", "body", body);
        assert_eq!(check(&flow), [], "{body}");
    }
}

#[test]
fn problems_come_in_document_order() {
    let mut flow = branching();
    flow.name.clear();
    text(&mut flow, "lookup", "url", "http://a.example/{{oops}}");
    text(&mut flow, "lookup", "body", "{{oops}} {{oops2}}");
    field(&mut flow, "lookup", "timeout", FieldValue::Integer(0));
    flow.edges.shift_remove(&EdgeId::new("split.default>end"));
    let found: Vec<_> = check(&flow)
        .iter()
        .map(|p| (p.code.as_str(), shown(p)))
        .collect();
    let expected = [
        ("flow-name-missing", ""),
        ("url-not-https", "lookup.url"),
        ("variable-not-set", "lookup.url"),
        ("variable-not-set", "lookup.body"),
        ("body-not-json", "lookup.body"),
        ("variable-not-set", "lookup.body"),
        ("number-out-of-range", "lookup.timeout"),
        ("exit-not-connected", "split port default"),
    ];
    assert_eq!(
        found,
        expected.map(|(code, place)| (code, place.to_owned()))
    );
}

#[test]
fn messages_name_the_path_the_cycle_and_what_was_meant() {
    let breaches = breaches();
    let message = |code: &str| {
        let breach = breaches
            .iter()
            .find(|breach| breach.code == code)
            .expect("a breach");
        let problems = check(&breach.flow);
        let problem = problems
            .into_iter()
            .find(|problem| problem.code.as_str() == code);
        problem.expect("it is found").message
    };
    let path = "“Node start” → “Node lookup” → “Node split” → “Node greet”";
    assert!(
        message("variable-partly-set").contains(path),
        "{}",
        message("variable-partly-set")
    );
    let cycle = "“Node lookup” → “Node split” → “Node set” → “Node lookup” is a cycle";
    assert!(message("cycle").starts_with(cycle), "{}", message("cycle"));
    assert!(message("member-unknown").contains("“responseCode”"));
}

#[test]
fn a_foreign_node_and_the_severities_are_as_the_rules_say() {
    let mut flow = template();
    flow.nodes.insert(
        "f".into(),
        Arc::new(Node::of(&Kind::foreign("TeleportNode"))),
    );
    edge(&mut flow, "f", "out", "end");
    for problem in check(&flow) {
        let rule = flow::check::rule(problem.code.as_str()).expect("a rule");
        assert_eq!(problem.severity, rule.severity);
        assert_eq!(problem.severity, Severity::Error);
        let text = serde_json::to_string(&problem).expect("a problem is JSON");
        assert_eq!(
            serde_json::from_str::<Problem>(&text).expect("and back"),
            problem
        );
    }
}

#[test]
fn cyclic_graphs_and_long_chains_come_to_an_end() {
    let mut flow = Flow::new(FlowKind::Lookup, "Knot");
    node(&mut flow, "start", &Kind::START);
    for number in 0..2_000_usize {
        node(&mut flow, &format!("n{number}"), &Kind::LOOKUP);
        let before = number
            .checked_sub(1)
            .map_or("start".to_owned(), |n| format!("n{n}"));
        edge(&mut flow, &before, "out", &format!("n{number}"));
        if number > 0 {
            edge(
                &mut flow,
                &format!("n{number}"),
                "out",
                &format!("n{}", number - 1),
            );
        }
    }
    let cycles = check(&flow)
        .into_iter()
        .filter(|p| p.code.as_str() == "cycle")
        .count();
    assert_eq!(cycles, 1, "one knot is one problem");
}

#[test]
fn a_case_keeps_its_exit_when_its_value_changes() {
    let mut flow = branching();
    let case = Case {
        port: Port::new("case-1"),
        value: "404".into(),
        label: String::new(),
    };
    let split = flow
        .nodes
        .get_mut(&flow::NodeId::new("split"))
        .expect("a split");
    let fields = &mut Arc::make_mut(split).fields;
    fields.insert(FieldKey::of("cases"), FieldValue::Cases(vec![case]));
    assert_eq!(check(&flow), []);
}
