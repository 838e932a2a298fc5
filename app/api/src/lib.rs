//! What the browser and the server say to each other: the bodies of the HTTP
//! API, the messages of the editing socket, and failures as RFC 9457 has them.
//! One definition, used on both sides and for the OpenAPI document.

mod account;
mod activity;
mod batch;
mod connection;
mod contact;
mod contact_import;
mod data_actions;
mod flows;
mod operations;
mod problem;
mod publish;
mod reference;
mod region;
mod right;
mod search;
pub mod socket;
mod upstream;
mod webhooks;

pub use account::{
    Account, Confirmation, NewAccount, PasswordChange, Role, RoleChange, Session, SetUp, SignIn,
};
pub use activity::{AuditEntry, AuditVerification, Outcome};
pub use batch::{
    Batch, BatchChange, BatchItem, BatchItemState, BatchState, FlowPreview, MAX_BATCH_FLOWS,
    NewBatch, PreviewBatch, PreviewOutcome,
};
pub use connection::{
    Access, Area, AreaCheck, Connection, ConnectionCheck, ConnectionDraft, LastCheck, Profile,
    Standing,
};
pub use contact::{
    AdoptContact, CheckContacts, ChecksBegun, Contact, ContactChannel, ContactComparison,
    ContactDifference, ContactFields, ContactList, ContactNotice, ContactOrder, ContactProposal,
    ContactStage, ContactSummary, Interaction, InteractionState, MetadataEntry, NewContact,
    NewInteraction, SaveContact,
};
pub use contact_import::{
    ColumnUse, ContactImport, DryRun, DryRunResult, ExistingRow, ImportChange, ImportColumn,
    ImportCommand, ImportCounts, ImportRow, ImportState, NewImport, RowProblem, RowState,
};
pub use data_actions::{
    ActionComparison, ActionFinding, ActionStart, CheckDataAction, CompareUpstream,
    ComparedActionPart, DataActionSummary, NewDataAction, OpenDataAction, OpenUpstreamAction,
    PossibleReturn, Replacement, SaveDataAction, TakeUpstream, Trial, TryDataAction, Upload,
    UploadedAction, UpstreamDataAction,
};
pub use flows::{FlowSummary, Import, NewFlow, Start, Submitted, Upstream};
pub use operations::{
    Breaker, ConnectionOperations, FailedCall, JobKind, JobProgress, JobState, Operations,
    OperationsPoint, RateHeadroom, RouteOperations, RunningJob,
};
pub use problem::{FieldProblem, ProblemDetails};
pub use publish::{Failure, NewPublish, Publish, PublishState, Remedy, Step, StepName, StepState};
pub use reference::{
    Consumer, Consumers, PublishedReferences, ReferenceStanding, VerifiedFlow, VerifiedReference,
    VerifyReferences,
};
pub use region::Region;
pub use right::Right;
pub use search::{ExcerptFound, FlowFound, NodeFound, SearchResults};
pub use upstream::{
    ComparedPart, Comparison, MergedPart, OpenUpstream, Relink, Side, ThingChange,
    UnpublishedChange, UnpublishedChanges, UnpublishedDetail, UpstreamEntry, UpstreamKind, Which,
};
pub use webhooks::{
    DeliveryState, DisabledReason, Replayed, WEBHOOK_EVENTS, Webhook, WebhookAttempt,
    WebhookDelivery, WebhookDeliveryDetail, WebhookDisabled, WebhookDraft, WebhookSwitch,
    WebhookWithSecret,
};
