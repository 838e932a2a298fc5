//! Breaches of the rules on what flows refer to.

use flow::{
    DataType, Entity, EntityKind, EntityRef, FieldValue, Flow, FlowKind, Interface, Kind,
    Parameter, Workspace, check_in,
};

use crate::{
    breach::{Breach, breach},
    draw::{calling, chain, field},
};

fn entity(kind: EntityKind, id: Option<&str>, name: &str) -> Entity {
    Entity {
        kind,
        id: id.map(str::to_owned),
        name: name.to_owned(),
        interface: None,
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    }
}

/// A module, a shared flow and a data action, each published, and a module
/// that is not.
pub(crate) fn entities() -> Vec<Entity> {
    let string = |name| Parameter::new(name, DataType::String);
    let processor = Interface {
        inputs: vec![string("emailBody")],
        outputs: vec![string("processedResult")],
    };
    let mut user_id = Parameter::new("user_id", DataType::Integer);
    user_id.required = true;
    let lookup = Interface {
        inputs: vec![user_id, Parameter::new("verbose", DataType::Boolean)],
        outputs: vec![
            string("user_name"),
            Parameter::new("success", DataType::Boolean),
        ],
    };
    vec![
        entity(EntityKind::Module, Some("m-1"), "Shared_Auth"),
        Entity {
            interface: Some(processor),
            ..entity(EntityKind::SharedFlow, Some("f-1"), "Email Processor")
        },
        Entity {
            interface: Some(lookup),
            ..entity(EntityKind::DataAction, Some("d-1"), "ExternalUserLookup")
        },
        entity(EntityKind::Module, None, "Draft"),
    ]
}

pub(crate) fn everything() -> Workspace {
    Workspace::new(entities(), true)
}

fn linking(reference: EntityRef) -> Flow {
    calling(FlowKind::Call, &Kind::FLOW_MODULE, reference)
}

fn by_name(name: &str) -> EntityRef {
    EntityRef::Name(name.to_owned())
}

fn by_id(id: &str) -> EntityRef {
    EntityRef::Id(id.to_owned())
}

/// Modules that call one another: each name calls the next.
fn ring(names: &[&str]) -> Vec<Entity> {
    let calls = names.iter().zip(names.iter().cycle().skip(1));
    let calls = calls.map(|(name, next)| Entity {
        calls: vec![(EntityKind::Module, by_name(next))],
        ..entity(EntityKind::Module, Some(name), name)
    });
    calls.collect()
}

/// The module of this name, which calls another.
fn module(name: &str, called: EntityRef) -> Flow {
    let mut flow = calling(FlowKind::Module, &Kind::FLOW_MODULE, called);
    flow.name = name.to_owned();
    flow
}

pub(crate) fn breaches() -> Vec<Breach> {
    let all = everything();
    let nothing = Workspace::new(Vec::new(), true);
    let some = Workspace::new(entities(), false);
    let pair = Workspace::new(ring(&["A", "B"]), true);
    let referred = |code, flow| breach(code, "call.module", flow, |_| {});
    vec![
        referred("reference-missing", linking(by_name("shared_auth"))).among(&all),
        referred("reference-missing", linking(by_id("m-9")))
            .among(&all)
            .without_fix(),
        referred("reference-missing", linking(by_id("m-1")))
            .among(&nothing)
            .without_fix(),
        breach(
            "reference-missing",
            "call.flow",
            // A module's id is no shared flow's.
            calling(FlowKind::Shared, &Kind::RUN_FLOW, by_id("m-1")),
            |_| {},
        )
        .among(&all)
        .without_fix(),
        referred("reference-not-seen", linking(by_id("m-9")))
            .among(&some)
            .without_fix(),
        referred("reference-not-published", linking(by_name("Draft")))
            .among(&all)
            .without_fix(),
        referred("reference-by-name", linking(by_name("Shared_Auth"))).among(&all),
        referred("reference-by-name", linking(by_name("Elsewhere")))
            .among(&some)
            .without_fix(),
        referred("calls-come-round", module("A", by_id("A")))
            .among(&pair)
            .without_fix(),
        referred("calls-come-round", module("A", by_id("B")))
            .among(&pair)
            .without_fix(),
        referred("calls-come-round", module("New", by_name("New")))
            .among(&some)
            .without_fix(),
        breach("flow-name-taken", "", module("A", by_id("m-1")), |_| {})
            .among(&Workspace::new(
                vec![
                    entity(EntityKind::Module, Some("1"), "A"),
                    entity(EntityKind::Module, Some("2"), "A"),
                ],
                false,
            ))
            .without_fix(),
        referred("field-required", linking(by_id(" "))).without_fix(),
        breach(
            "field-shape",
            "call.module",
            linking(by_id("m-1")),
            |flow| {
                field(flow, "call", "module", FieldValue::text("m-1"));
            },
        )
        .leaves(&["field-required"]),
    ]
}

/// What is said of a rule in a flow among others.
fn said(flow: &Flow, workspace: &Workspace, code: &str) -> Vec<String> {
    let problems = check_in(flow, workspace).into_iter();
    let those = problems.filter(|problem| problem.code.as_str() == code);
    those.map(|problem| problem.message).collect()
}

#[test]
fn a_way_round_is_named_step_by_step_and_a_long_one_without_its_middle() {
    let round = |names: &[&str]| {
        let workspace = Workspace::new(ring(names), true);
        let flow = module(names[0], by_id(names[1 % names.len()]));
        let [said] = said(&flow, &workspace, "calls-come-round")
            .try_into()
            .expect("one problem");
        let said: String = said;
        let (_, way) = said.split_once(": ").expect("a way");
        way.split_once(". ").expect("advice").0.to_owned()
    };
    assert_eq!(round(&["A"]), "A → A");
    assert_eq!(round(&["A", "B"]), "A → B → A");
    let long: Vec<String> = (0..20).map(|number| format!("M{number}")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    assert_eq!(round(&long), "M0 → M1 → M2 → M3 → … → M18 → M19 → M0");
}

#[test]
fn who_calls_a_round_of_others_is_not_part_of_it() {
    let workspace = Workspace::new(ring(&["A", "B"]), true);
    let caller = module("C", by_id("A"));
    assert_eq!(check_in(&caller, &workspace), []);
    assert_eq!(check_in(&linking(by_id("A")), &workspace), []);
    // An id says nothing of a name.
    let other = module("m-1", by_id("m-1"));
    assert_eq!(check_in(&other, &everything()), []);
}

#[test]
fn what_is_missing_is_named_with_what_there_is() {
    let said = |reference, workspace: &Workspace| {
        said(&linking(reference), workspace, "reference-missing")
    };
    assert_eq!(
        said(by_id("m-9"), &everything()),
        [
            "“Node call” uses the module “m-9”, which is not there. Choose one of Shared_Auth, Draft."
        ]
    );
    assert_eq!(
        said(by_name("Shared_Ath"), &everything()),
        [
            "“Node call” uses the module “Shared_Ath”, which is not there. Did you mean “Shared_Auth”?"
        ]
    );
    assert_eq!(
        said(by_id("m-9"), &Workspace::new(Vec::new(), true)),
        [
            "“Node call” uses the module “m-9”, which is not there. There is no module yet: make one."
        ]
    );
}

#[test]
fn thousands_of_calls_that_come_round_are_reported_in_bounds() {
    let names: Vec<String> = (0..1_000).map(|number| format!("M{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let workspace = Workspace::new(ring(&names), true);
    let mut flow = chain(
        FlowKind::Module,
        std::iter::repeat_n(Kind::FLOW_MODULE, 2_000),
    );
    flow.name = "M0".to_owned();
    for number in 0..2_000 {
        let called = FieldValue::Reference(by_id("M1"));
        field(&mut flow, &format!("n{number}"), "module", called);
    }
    let problems = check_in(&flow, &workspace);
    assert_eq!(problems.len(), 2_000);
    assert!(problems.iter().all(|problem| problem.message.len() < 300));
}
