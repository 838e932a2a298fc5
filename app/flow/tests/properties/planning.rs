//! Changes that are made in many flows at once.

use flow::{
    DataType, Entity, EntityKind, Flow, FlowKind, Interface, NodeId, Parameter, Plan, Point,
    Severity, Transaction, Variable, Workspace, apply, broken_by, check_in, plan_link,
    plan_repoint,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    exactly,
    well_formed::{module, shared},
};

const LINK: &str = "link";

/// What can be wrong after linking and was not before: what the module is given
/// is up to people.
const NAMED: &[&str] = &["mapping-input-open", "mapping-input-missing"];

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let types = select(vec![DataType::String, DataType::Integer, DataType::Object]);
    let parameter = (
        select(vec!["caller", "pin", "phoneNumber", "a b"]),
        types,
        any::<bool>(),
    );
    let parameter = parameter.prop_map(|(name, datatype, required)| Parameter {
        required,
        ..Parameter::new(name, datatype)
    });
    vec(parameter, 0..4).prop_map(|mut parameters: Vec<Parameter>| {
        parameters.sort_by(|one, other| one.name.cmp(&other.name));
        parameters.dedup_by(|one, other| one.name == other.name);
        parameters
    })
}

fn callee(kind: EntityKind, id: &'static str) -> impl Strategy<Value = Entity> {
    (parameters(), parameters()).prop_map(move |(inputs, outputs)| Entity {
        kind,
        id: Some(id.to_owned()),
        name: format!("Named {id}"),
        interface: Some(Interface { inputs, outputs }),
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    })
}

/// A call flow with variables that it declares.
fn call_flow() -> impl Strategy<Value = Flow> {
    (module(FlowKind::Call), parameters()).prop_map(|(mut flow, declared)| {
        // Whatever is drawn has a place.
        let ids: Vec<_> = flow.nodes.keys().cloned().collect();
        flow.positions = ids.into_iter().map(|id| (id, Point::default())).collect();
        flow.variables = declared
            .into_iter()
            .filter_map(|parameter| {
                Some(Variable {
                    datatype: parameter.datatype.known()?,
                    name: parameter.name,
                    description: String::new(),
                })
            })
            .filter(|variable| variable.name != "phoneNumber" && variable.name != "a b")
            .collect();
        flow
    })
}

/// The flow after a plan, and the law that every plan keeps: it applies, and its
/// inverse restores the flow.
fn applied(flow: &Flow, plan: &Plan) -> Result<Flow, TestCaseError> {
    let mut after = flow.clone();
    let done = apply(&mut after, &plan.transaction);
    let done = done.map_err(|refused| TestCaseError::fail(refused.to_string()))?;
    let mut back = after.clone();
    apply(&mut back, &Transaction::new("Undo", done.inverse)).expect("an inverse applies");
    prop_assert_eq!(exactly(&back), exactly(flow));
    Ok(after)
}

proptest! {
    #[test]
    fn a_module_is_linked_once_first_and_makes_nothing_else_worse(
        flow in call_flow(), module in callee(EntityKind::Module, "m-1"),
    ) {
        let workspace = Workspace::new(vec![module.clone()], false);
        let plan = plan_link(&flow, &module, (LINK.into(), "Execute"), &workspace).expect("it has a Start");
        let after = applied(&flow, &plan)?;
        let start = NodeId::new("start");
        let first: Vec<_> = after.edges_from(&start).map(|(_, edge)| edge.target.as_str()).collect();
        prop_assert_eq!(first, vec![LINK]);
        let calls: Vec<_> = module.calls_in(&after).map(|call| call.node.as_str()).collect();
        prop_assert_eq!(calls, vec![LINK]);
        let again = plan_link(&after, &module, ("again".into(), "Execute"), &workspace);
        prop_assert!(again.is_err());

        let count = |flow: &Flow, code: &str| {
            let problems = check_in(flow, &workspace);
            problems.iter().filter(|problem| problem.code.as_str() == code).count()
        };
        for problem in check_in(&after, &workspace) {
            let code = problem.code.as_str();
            if !NAMED.contains(&code) {
                prop_assert!(count(&after, code) <= count(&flow, code), "{}: {}", code, problem.message);
            }
        }
        for problem in &plan.problems {
            prop_assert!(problem.place.node.is_some() || problem.place.edge.is_some());
        }
    }

    #[test]
    fn what_is_prefilled_has_the_name_and_the_type_of_what_it_goes_to(
        flow in call_flow(), module in callee(EntityKind::Module, "m-1"),
    ) {
        let workspace = Workspace::new(vec![module.clone()], true);
        let plan = plan_link(&flow, &module, (LINK.into(), "Execute"), &workspace).expect("it has a Start");
        let after = applied(&flow, &plan)?;
        let node = after.nodes.get(&NodeId::new(LINK)).expect("the new node");
        for field in ["inputs", "outputs"] {
            let is_left_out = node.field(field).is_none();
            prop_assert_eq!(is_left_out, node.pairs(field).is_empty(), "{}", field);
        }
        let mistyped = plan.problems.iter().find(|problem| problem.code.as_str() == "mapping-type-mismatch");
        prop_assert_eq!(mistyped, None);
        let interface = module.interface.as_ref().expect("it has one");
        for input in &interface.inputs {
            let declared = flow.variables.iter().any(|variable| {
                variable.name == input.name && Some(variable.datatype) == input.datatype.known()
            });
            let is_given = declared
                || (input.name == "phoneNumber" && input.datatype.known() == Some(DataType::String));
            let is_mapped = node.pairs("inputs").iter().any(|pair| pair.name == input.name);
            prop_assert_eq!(is_mapped, is_given, "{}", &input.name);
        }
    }

    #[test]
    fn repointing_there_and_back_is_the_identity(
        flow in prop_oneof![shared(), module(FlowKind::Call)],
        others in (callee(EntityKind::SharedFlow, "f-there"), callee(EntityKind::Module, "m-there")),
    ) {
        let calls: Vec<_> = flow.calls().map(|call| (call.kind, call.reference.clone())).collect();
        for (kind, reference) in calls {
            let from = Entity {
                kind,
                id: match &reference { flow::EntityRef::Id(id) => Some(id.clone()), flow::EntityRef::Name(_) => None },
                name: reference.as_str().to_owned(),
                interface: None,
                elsewhere: Vec::new(),
                draft: None,
                calls: Vec::new(),
            };
            let to = match kind {
                EntityKind::Module => others.1.clone(),
                _ => Entity { kind, ..others.0.clone() },
            };
            // Where it is meant by id here and by name there, both become the id.
            let has_both = flow.calls().any(|call| {
                call.kind == kind && *call.reference != reference && from.calls_in(&flow).any(|other| other == call)
            });
            let workspace = Workspace::new(vec![to.clone()], false);
            let there = plan_repoint(&flow, &from, &to, &workspace).expect("something calls it");
            prop_assert_eq!(there.places.len(), from.calls_in(&flow).count());
            let repointed = applied(&flow, &there)?;
            prop_assert_eq!(from.calls_in(&repointed).count(), 0);
            let back = plan_repoint(&repointed, &to, &from, &workspace).expect("it is called now");
            let back = applied(&repointed, &back)?;
            if !has_both {
                prop_assert_eq!(exactly(&back), exactly(&flow));
            }
            prop_assert_eq!(plan_repoint(&flow, &from, &from, &workspace), None);
        }
    }

    #[test]
    fn publishing_an_interface_that_did_not_change_breaks_nobody(
        flow in shared(), callee in callee(EntityKind::SharedFlow, "f-1"),
    ) {
        let workspace = Workspace::new(vec![callee.clone()], true);
        let broken = broken_by(&callee, callee.interface.as_ref(), &flow, &workspace);
        prop_assert_eq!(broken, vec![]);
    }
}

#[test]
fn a_removed_output_and_a_new_required_input_break_whoever_calls() {
    let parameter = |name: &str, required| Parameter {
        required,
        ..Parameter::new(name, DataType::String)
    };
    let published = Interface {
        inputs: vec![parameter("emailBody", false)],
        outputs: vec![parameter("processedResult", false)],
    };
    let template = |name: &str| {
        let mut all = flow::TEMPLATES.iter();
        all.find(|template| template.name == name)
            .expect(name)
            .build()
    };
    let consumer = template("email-router");
    let mut callee =
        Entity::of_flow(&template("shared-email-processor"), None).expect("it can be called");
    callee.interface = Some(Interface {
        inputs: vec![parameter("emailBody", false), parameter("sender", true)],
        outputs: Vec::new(),
    });
    let workspace = Workspace::default();
    for known in [Some(&published), None] {
        let broken = broken_by(&callee, known, &consumer, &workspace);
        let errors = broken
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let mut codes: Vec<_> = errors.map(|problem| problem.code.as_str()).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["mapping-input-missing", "mapping-output-unknown"]);
        let node = broken
            .first()
            .and_then(|problem| problem.place.node.as_ref());
        assert_eq!(node.map(NodeId::as_str), Some("run-processor"));
    }
    let other = template("shared-authentication");
    assert_eq!(broken_by(&callee, Some(&published), &other, &workspace), []);
}
