//! What every store must do, whichever database is behind it.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod batches;
pub(crate) mod connections;
pub(crate) mod contacts;
pub(crate) mod data_actions;
pub(crate) mod flows;
pub(crate) mod links;
pub(crate) mod publishes;
pub(crate) mod sessions;
pub(crate) mod webhooks;

use api::Outcome;
use store::{NewAudit, Store};

/// The whole contract, on an empty store.
pub(crate) async fn holds(store: &dyn Store) {
    audit::entries_are_numbered_without_gaps(store).await;
    audit::what_is_wanted_of_the_log_is_found(store).await;
    accounts::an_address_has_one_account(store).await;
    accounts::a_set_up_token_is_spent_once_and_before_it_expires(store).await;
    sessions::an_expired_or_ended_session_is_not_there(store).await;
    sessions::the_oldest_sessions_go_first(store).await;
    sessions::an_attempt_is_counted_everywhere_or_nowhere(store).await;
    sessions::attempts_at_the_same_time_do_not_slip_through(store).await;
    connections::there_is_one_default_connection(store).await;
    connections::a_preset_is_the_default_where_no_stored_one_is(store).await;
    connections::a_check_holds_until_its_connection_changes(store).await;
    flows::a_flow_is_its_snapshot_and_the_changes_after_it(store).await;
    flows::a_snapshot_takes_the_place_of_the_changes_before_it(store).await;
    flows::a_change_that_does_not_follow_the_head_changes_nothing(store).await;
    flows::a_flow_in_the_bin_is_not_there(store).await;
    accounts::there_is_always_an_administrator(store).await;
    accounts::a_new_password_and_removal_end_sessions(store).await;
    publishes::one_publish_runs_per_flow_and_a_click_publishes_once(store).await;
    links::what_is_upstream_belongs_to_one_flow_in_each_connection(store).await;
    webhooks::an_event_is_queued_for_enabled_receivers_that_want_it(store).await;
    webhooks::events_on_one_object_are_delivered_in_their_order(store).await;
    webhooks::a_disabled_receiver_has_nothing_waiting_until_it_is_replayed(store).await;
    webhooks::what_ended_long_ago_is_forgotten(store).await;
    webhooks::a_removed_receiver_leaves_nothing(store).await;
    data_actions::a_save_follows_the_revision_that_it_names(store).await;
    data_actions::one_upload_runs_per_data_action_and_a_click_uploads_once(store).await;
    data_actions::what_an_organisation_has_takes_the_place_of_what_it_had(store).await;
    data_actions::a_data_action_is_something_else_in_each_connection(store).await;
    contacts::a_contact_keeps_who_registered_it_first(store).await;
    contacts::a_contact_that_is_there_is_not_added_again(store).await;
    contacts::a_contact_is_replaced_only_as_it_was_read(store).await;
    contacts::contacts_wait_for_their_validation_by_connection(store).await;
    contacts::a_click_starts_one_interaction(store).await;
    contacts::every_row_of_an_import_has_one_outcome(store).await;
    batches::a_batch_is_begun_once_and_goes_on_where_it_was(store).await;
    audit::the_chain_is_intact(store).await;
}

/// An audit entry of this action.
pub(crate) fn audit(action: &'static str) -> NewAudit {
    NewAudit {
        at_millis: 1_000,
        actor: "Ada".to_owned(),
        action,
        object: None,
        outcome: Outcome::Done,
        detail: "“It” – went through.".to_owned(),
        correlation_id: None,
    }
}
