//! What the browser and the server say to each other: the bodies of the HTTP
//! API, the messages of the editing socket, and failures as RFC 9457 has them.
//! One definition, used on both sides and for the OpenAPI document.

mod account;
mod activity;
mod connection;
mod contact;
mod contact_import;
mod data_actions;
mod flows;
mod operations;
mod problem;
mod publish;
mod region;
mod right;
mod search;
pub mod socket;
mod upstream;
mod webhooks;

pub use account::{
    Account, Confirmation, NewAccount, PasswordChange, Role, RoleChange, Session, SetUp, SignIn,
};
pub use activity::{
    ActionStart, Area, AreaCheck, AuditEntry, AuditVerification, CheckDataAction, Connection,
    ConnectionCheck, ConnectionDraft, ContactChannel, ContactDifference, ContactFields,
    ContactImport, ContactList, ContactNotice, ContactStage, ContactSummary, DataActionSummary,
    DryRun, DryRunResult, ImportChange, ImportColumn, ImportCommand, ImportCounts, ImportState,
    Interaction, InteractionState, MetadataEntry, NewContact, NewDataAction, NewImport,
    NewInteraction, OpenDataAction, OpenUpstream, Outcome, PossibleReturn, Profile,
};
pub use connection::Access;
pub use contact::{Contact, Profile};
pub use contact_import::ColumnUse;
pub use data_actions::{
    ActionFinding, Replacement, RowProblem, RowState, SaveDataAction, Standing, TakeUpstream,
    Trial, TryDataAction, Upload, UploadedAction, UpstreamDataAction,
};
pub use flows::{FlowSummary, Import, NewFlow, Start, Submitted, Upstream};
pub use operations::{
    Breaker, ConnectionOperations, FailedCall, JobKind, Operations, OperationsPoint, RateHeadroom,
    RouteOperations, RunningJob,
};
pub use problem::{FieldProblem, ProblemDetails};
pub use publish::{Failure, NewPublish, Publish, PublishState, Remedy, Step, StepName, StepState};
pub use region::Region;
pub use right::Right;
pub use search::{ExcerptFound, FlowFound, NodeFound, SearchResults};
pub use upstream::{
    ComparedPart, Comparison, OpenUpstream, Relink, Side, UnpublishedChange, UnpublishedChanges,
    UpstreamEntry, UpstreamKind, Which,
};
pub use webhooks::{
    DeliveryState, DisabledReason, Replayed, Webhook, WebhookAttempt, WebhookDelivery,
    WebhookDeliveryDetail, WebhookDisabled, WebhookDraft, WebhookSwitch, WebhookWithSecret,
};
