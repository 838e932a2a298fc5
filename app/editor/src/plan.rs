//! What a command comes to: pure functions from a flow to a transaction.

mod add;
mod connect;
mod copy;
mod delete;
mod disable;
mod group;
mod insert;
mod label;
mod moves;
mod room;

pub(crate) use add::{entry_after, plan_add, plan_add_after, plan_add_before, room_near};
pub(crate) use connect::{plan_connect, plan_cut, plan_reroute};
pub(crate) use copy::{Copied, plan_copies};
pub(crate) use delete::{plan_delete, plan_delete_and_heal};
pub(crate) use disable::plan_disable;
pub(crate) use group::{group_of_exactly, plan_group, plan_ungroup, title_of};
pub(crate) use insert::{is_insertable, plan_add_on_edge, plan_insert, way_through};
pub(crate) use label::{count_of, count_of_nodes, name_of};
pub(crate) use moves::{plan_move, plan_tidy, rounded};
