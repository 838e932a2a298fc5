//! What the browser and the server say to each other: the bodies of the HTTP
//! API, the messages of the editing socket, and failures as RFC 9457 has them.
//! One definition, used on both sides and for the OpenAPI document.

mod account;
mod activity;
mod batch;
mod connection;
mod flows;
mod problem;
mod publish;
mod reference;
mod right;
mod search;
pub mod socket;
mod upstream;

pub use account::{
    Account, Confirmation, NewAccount, PasswordChange, Role, RoleChange, Session, SetUp, SignIn,
};
pub use activity::{AuditEntry, Outcome};
pub use batch::{
    Batch, BatchChange, BatchItem, BatchItemState, BatchState, FlowPreview, MAX_BATCH_FLOWS,
    NewBatch, PreviewBatch, PreviewOutcome,
};
pub use connection::{Connection, ConnectionCheck, ConnectionDraft, Profile};
pub use flows::{FlowSummary, Import, NewFlow, Start, Submitted, Upstream};
pub use problem::{FieldProblem, ProblemDetails};
pub use publish::{Failure, NewPublish, Publish, PublishState, Remedy, Step, StepName, StepState};
pub use reference::{
    Consumer, Consumers, Standing, VerifiedFlow, VerifiedReference, VerifyReferences,
};
pub use right::Right;
pub use search::{ExcerptFound, FlowFound, NodeFound, SearchResults};
pub use upstream::{
    ComparedPart, Comparison, OpenUpstream, Relink, Side, UnpublishedChange, UnpublishedChanges,
    UpstreamEntry, UpstreamKind, Which,
};
