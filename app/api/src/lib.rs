//! What the browser and the server say to each other: the bodies of the HTTP
//! API, the messages of the editing socket, and failures as RFC 9457 has them.
//! One definition, used on both sides and for the OpenAPI document.

mod account;
mod activity;
mod connection;
mod contact;
mod contact_import;
mod flows;
mod problem;
mod publish;
mod right;
mod search;
pub mod socket;
mod webhooks;

pub use account::{
    Account, Confirmation, NewAccount, PasswordChange, Role, RoleChange, Session, SetUp, SignIn,
};
pub use activity::{AuditEntry, Outcome};
pub use connection::{Connection, ConnectionCheck, ConnectionDraft, Profile};
pub use contact::{
    Contact, ContactChannel, ContactDifference, ContactFields, ContactList, ContactNotice,
    ContactStage, ContactSummary, Interaction, InteractionState, MetadataEntry, NewContact,
    NewInteraction,
};
pub use contact_import::{
    ColumnUse, ContactImport, DryRun, DryRunResult, ImportChange, ImportColumn, ImportCommand,
    ImportCounts, ImportState, NewImport, RowProblem, RowState,
};
pub use flows::{FlowSummary, Import, NewFlow, Start, Submitted, Upstream};
pub use problem::{FieldProblem, ProblemDetails};
pub use publish::{Failure, NewPublish, Publish, PublishState, Step, StepName, StepState};
pub use right::Right;
pub use search::{ExcerptFound, FlowFound, NodeFound, SearchResults};
pub use webhooks::{
    DeliveryState, DisabledReason, Replayed, Webhook, WebhookAttempt, WebhookDelivery,
    WebhookDeliveryDetail, WebhookDisabled, WebhookDraft, WebhookSwitch, WebhookWithSecret,
};
