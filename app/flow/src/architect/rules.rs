//! What keeps a flow from being written for the public platform.

use crate::check::rule_table::rule_table;

rule_table! {
    pub(super) const,
    "Every rule that a flow keeps to be written for the public platform.",

    TYPE_MISSING = "architect-type-missing", Error,
        "A flow of the public platform has a type.", "a flow that is neither an inboundCall nor a workflow";
    JOINED = "architect-joined", Error,
        "One way leads to a step.", "two ways of a decision that lead to the same step";
    CIRCLE = "architect-circle", Error,
        "Steps do not lead back to themselves.", "a step that leads to the one before it";
    EXIT_TWICE = "architect-exit-twice", Error,
        "An exit leads to one step.", "a step with two steps behind it";
    PART_LEFT = "architect-part-left", Error,
        "Connections stay in one part of the flow.", "a connection from one task into another";
    PART_MISSING = "architect-part-missing", Error,
        "A step is in a part of the flow, except in flows that begin with steps.", "a step of a call flow that is in no task";
    BEGINS_TWICE = "architect-begins-twice", Error,
        "A task or a state begins with one step.", "a task with a step that nothing leads to";
    CHOICE_CONTINUES = "architect-choice-continues", Error,
        "A choice of a menu leads on by its own steps only.", "a connection from one choice to the next";
    NO_PLACE = "architect-no-place", Error,
        "What a step holds has a place in its source.", "a step with a URL of its own";
    TOO_DEEP = "architect-too-deep", Error,
        "A document is nested at most 128 deep.", "40 decisions, each on a way of the one before";
}
