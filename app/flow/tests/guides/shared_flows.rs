//! The guide on shared flows: one that declares what it takes and gives, a flow
//! that runs it, and the same flow once it runs another.

use flow::{
    DataType, Entity, EntityKind, EntityRef, FlowKind, FlowSetting, Kind, Op, Parameter, Workspace,
    import, repoint,
};

use crate::{Drawing, expected::Guide, read_at, sent, unsent};

fn parameter(name: &str, description: &str) -> Parameter {
    Parameter {
        description: description.to_owned(),
        ..Parameter::new(name, DataType::String)
    }
}

#[test]
fn the_shared_flows_of_the_guide_are_drawn_repointed_and_sent_as_it_sends_them() {
    let Some(mut guide) = Guide::named("shared-flows.json") else {
        return;
    };
    assert_eq!(guide.bodies(), 3, "each is compared below");
    let nothing = Workspace::new(Vec::new(), true);
    let mut shared = Drawing::new(
        FlowKind::Shared,
        "Shared Email Processor",
        "Reusable logic for processing email content",
    );
    let input = parameter("emailBody", "The body of the incoming email");
    let output = parameter("processedResult", "The result of processing the email");
    shared.edit(vec![
        Op::SetFlow(FlowSetting::Inputs(vec![input])),
        Op::SetFlow(FlowSetting::Outputs(vec![output])),
    ]);
    guide.assert_sent(1, &sent(&shared.flow, &unsent(), &nothing));

    let entity = |id| Entity::of_flow(&shared.flow, Some(id)).expect("it can be called");
    let workspace = Workspace::new(vec![entity("f-1"), entity("f-2")], true);
    let mut router = Drawing::new(
        FlowKind::Shared,
        "Inbound Email Router",
        "Receives email and delegates to shared processor",
    );
    router.add("process", &Kind::RUN_FLOW, "Process email");
    router.refer("process", "flow", "f-1");
    router.set_pairs(
        "process",
        "inputs",
        &[("emailBody", "${interaction.email.body}")],
    );
    router.set_pairs(
        "process",
        "outputs",
        &[("localResult", "${output.processedResult}")],
    );
    router.connect("start", "process");
    let created = sent(&router.flow, &unsent(), &workspace);
    guide.assert_sent(2, &created);

    // What was made upstream is read, repointed, and written over itself.
    let mut read = Drawing {
        flow: import(&created).expect("it can be read").flow,
    };
    let [from, to] = ["f-1", "f-2"].map(|id| EntityRef::Id(id.to_owned()));
    read.edit(repoint(&read.flow, EntityKind::SharedFlow, &from, &to));
    guide.assert_sent(6, &sent(&read.flow, &read_at("router", 1), &workspace));
    let calls: Vec<_> = read.flow.calls().map(|call| call.reference).collect();
    assert_eq!(calls, [&to], "what it refers to can be reported");
    assert_eq!(
        repoint(&read.flow, EntityKind::SharedFlow, &from, &to),
        [],
        "nothing is left to repoint"
    );
}
