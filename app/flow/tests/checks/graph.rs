//! Breaches of the rules on the graph.

use flow::{EdgeId, Flow, FlowKind, Kind};

use crate::{
    breach::{Breach, breach},
    draw::{branching, change, edge, node, template},
};

pub(crate) fn breaches() -> Vec<Breach> {
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
            "lookup edge lookup.out>set",
            branching(),
            |flow| {
                edge(flow, "lookup", "out", "set");
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
        breach("disabled-branches", "split", branching(), |flow| {
            change(flow, "split", |node| node.disabled = true);
        }),
        breach("disabled-branches", "start", template(), |flow| {
            change(flow, "start", |node| node.disabled = true);
        }),
        breach("disabled-branches", "end", template(), |flow| {
            change(flow, "end", |node| node.disabled = true);
        }),
        breach("disabled-branches", "lookup", branching(), |flow| {
            edge(flow, "lookup", "out", "set");
            change(flow, "lookup", |node| node.disabled = true);
        }),
        breach("disabled-branches", "lookup", template(), |flow| {
            flow.edges.shift_remove(&EdgeId::new("lookup.out>end"));
            edge(flow, "lookup", "gone", "end");
            change(flow, "lookup", |node| node.disabled = true);
        }),
        breach(
            "disabled-leads-nowhere",
            "lookup port out",
            template(),
            |flow| {
                flow.edges.shift_remove(&EdgeId::new("lookup.out>end"));
                change(flow, "lookup", |node| node.disabled = true);
            },
        )
        .leaves(&["dead-end"]),
        breach(
            "disabled-leads-nowhere",
            "lookup port out",
            template(),
            |flow| {
                node(flow, "other", &Kind::LOOKUP);
                flow.edges.shift_remove(&EdgeId::new("lookup.out>end"));
                edge(flow, "lookup", "out", "other");
                edge(flow, "other", "out", "lookup");
                for id in ["lookup", "other"] {
                    change(flow, id, |node| node.disabled = true);
                }
            },
        )
        .leaves(&["cycle"]),
        breach("cycle", "lookup edge set.out>lookup", chained, |_| {}).leaves(&["dead-end"]),
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
