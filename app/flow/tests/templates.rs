//! What designers can start from.
#![allow(clippy::expect_used)]

mod draw;

use std::collections::HashSet;

use flow::{
    Entity, EntityKind, Flow, FlowKind, Severity, Stamp, TEMPLATES, Template, TemplateContent,
    Workspace, apply, check, check_in, direct,
};
use serde_json::{Value, json};

fn template(name: &str) -> Flow {
    let template = TEMPLATES.iter().find(|template| template.name == name);
    template.expect("the template is there").build()
}

fn errors(flow: &Flow, workspace: &Workspace) -> Vec<&'static str> {
    let found = check_in(flow, workspace);
    let errors = found
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| problem.code.as_str()).collect()
}

fn sent(flow: &Flow) -> Value {
    let artifact = direct::generate(flow, &draw::stamp()).expect("it can be written");
    serde_json::from_str(&artifact.text).expect("JSON")
}

#[test]
fn every_template_makes_what_it_says_under_a_name_of_its_own() {
    let mut names = HashSet::new();
    for template in TEMPLATES {
        let Template {
            name,
            kind,
            content,
            title,
            ..
        } = template;
        assert!(names.insert(name), "{name} is there twice");
        let flow = template.build();
        assert_eq!(flow.kind, *kind, "{title}");
        let is_blank = *content == TemplateContent::Blank;
        assert_eq!(flow.edges.is_empty(), is_blank, "{title}");
    }
}

#[test]
fn there_is_a_blank_and_an_example_of_every_form_but_call_flows_which_need_a_module() {
    for (kind, content) in [
        (FlowKind::Lookup, TemplateContent::Blank),
        (FlowKind::Call, TemplateContent::Blank),
        (FlowKind::Module, TemplateContent::Blank),
        (FlowKind::Shared, TemplateContent::Blank),
        (FlowKind::Lookup, TemplateContent::Example),
        (FlowKind::Module, TemplateContent::Example),
        (FlowKind::Shared, TemplateContent::Example),
    ] {
        let mut all = TEMPLATES.iter();
        let found = all.any(|template| template.kind == kind && template.content == content);
        assert!(found, "{kind:?} {content:?}");
    }
}

#[test]
fn examples_check_clean_by_themselves_but_for_the_flow_that_the_router_names() {
    for template in TEMPLATES {
        if template.content == TemplateContent::Blank {
            continue;
        }
        let found: Vec<_> = check(&template.build())
            .iter()
            .map(|problem| problem.code.as_str())
            .collect();
        let expected: &[&str] = match template.name {
            // A name is no id, which only what was published has.
            "email-router" => &["reference-not-seen", "reference-by-name"],
            _ => &[],
        };
        assert_eq!(found, expected, "{}", template.title);
    }
}

#[test]
fn blank_flows_lack_nothing_but_a_first_step() {
    for template in TEMPLATES {
        if template.content == TemplateContent::Blank && template.kind != FlowKind::Lookup {
            let found: Vec<_> = check(&template.build())
                .iter()
                .map(|problem| (problem.code.as_str(), problem.severity))
                .collect();
            assert_eq!(
                found,
                [("flow-empty", Severity::Warning)],
                "{}",
                template.title
            );
        }
    }
}

#[test]
fn the_router_checks_clean_once_the_flow_that_it_names_was_published() {
    let processor = template("shared-email-processor");
    let workspace = |upstream_id| {
        let entity = Entity::of_flow(&processor, upstream_id).expect("it can be run");
        assert_eq!(entity.kind, EntityKind::SharedFlow);
        Workspace::new(vec![entity], true)
    };
    let mut router = template("email-router");
    assert_eq!(
        errors(&router, &workspace(None)),
        ["reference-not-published"]
    );
    let published = workspace(Some("f-7"));
    let found = check_in(&router, &published);
    let fixes: Vec<_> = found.into_iter().filter_map(|found| found.fix).collect();
    for fix in fixes {
        let fix = flow::Transaction::new(fix.label, fix.ops);
        apply(&mut router, &fix).expect("the fix applies");
    }
    assert_eq!(check_in(&router, &published), []);
    assert_eq!(
        sent(&router)["nodes"],
        json!([{
            "id": "run-processor",
            "label": "Run Shared Email Processor",
            "actions": [{
                "type": "runFlow",
                "flowId": "f-7",
                "inputMapping": [{"name": "emailBody", "value": "${interaction.email.body}"}],
                "outputMapping": [{"name": "localResult", "value": "${output.processedResult}"}],
            }],
        }])
    );
}

#[test]
fn the_module_sets_the_status_as_its_first_step() {
    let module = template("shared-authentication");
    let stamp = Stamp {
        upstream_id: Some("m-1".to_owned()),
        ..draw::stamp()
    };
    let artifact = direct::generate(&module, &stamp).expect("it can be written");
    let document: Value = serde_json::from_str(&artifact.text).expect("JSON");
    assert_eq!(
        document["definition"],
        json!({
            "nodes": [{
                "id": "set-auth-pending",
                "name": "Set Auth Pending",
                "type": "setData",
                "settings": {"data": [{"key": "auth_status", "value": "pending"}]},
            }],
            "edges": [{
                "id": "start.out>set-auth-pending",
                "source": "start",
                "target": "set-auth-pending",
                "type": "default",
            }],
            "entry": {"nodeId": "set-auth-pending"},
        })
    );
}
