//! Every way by which something goes out to Genesys Cloud: a route of ours, and
//! the call of it that a fault meets.

use sandbox::Route;

use super::faults::Again::{self, Harmless, Refused, Twice};

/// A sort of document that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Lookup,
    Call,
    Shared,
    Module,
}

/// Whether something is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    New,
    There,
}

/// By what something upstream is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Id,
    Name,
}

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Publish(Sort, Life),
    Link,
    Repoint,
    Upload(Life),
    ListFlows,
    OpenFlow(By),
    OpenModule(By),
    Relink,
    Verify,
    ListActions,
    OpenAction(By),
    CompareAction,
    MergeAction,
    Register,
    RegisterAgain,
    SaveContact,
    CheckContact,
    Interact,
    Import,
    CheckConnection,
    RenewSecret,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// What is done, and in which call it is disturbed.
    pub(super) name: &'static str,
    /// Our route.
    pub(super) route: (&'static str, &'static str),
    pub(super) act: Act,
    /// The call that a fault meets.
    pub(super) upstream: Route,
    pub(super) again: Again,
    /// Whether something was sent before that call, so that nobody may be told
    /// that nothing was changed.
    pub(super) was_sent: bool,
}

const PUBLISH: (&str, &str) = ("POST", "/api/flows/{flow}/publishes");
const BATCH: (&str, &str) = ("POST", "/api/batches");
const UPLOAD: (&str, &str) = ("POST", "/api/data-actions/{action}/uploads");
const LIST: (&str, &str) = ("GET", "/api/connections/{connection}/flows");
const OPEN: (&str, &str) = ("POST", "/api/flows/open");
const OPEN_ACTION: (&str, &str) = ("POST", "/api/data-actions/open");
const REGISTER: (&str, &str) = ("POST", "/api/contacts");

/// All of them.
pub(super) fn ways() -> Vec<Way> {
    use Act::{
        CheckConnection, CheckContact, CompareAction, Import, Interact, Link, ListActions,
        ListFlows, MergeAction, OpenAction, OpenFlow, OpenModule, Publish, Register, RegisterAgain,
        Relink, RenewSecret, Repoint, SaveContact, Upload, Verify,
    };
    let way = |name, route, act, upstream, again| Way {
        name,
        route,
        act,
        upstream,
        again,
        was_sent: false,
    };
    let later = |name, route, act, upstream, again| Way {
        was_sent: true,
        ..way(name, route, act, upstream, again)
    };
    let publish = |name, sort, life, upstream, again| {
        way(name, PUBLISH, Publish(sort, life), upstream, again)
    };
    let mut ways = vec![
        publish(
            "publish a lookup flow: create",
            Sort::Lookup,
            Life::New,
            Route::Create,
            Twice,
        ),
        later(
            "publish a lookup flow: confirm",
            PUBLISH,
            Publish(Sort::Lookup, Life::New),
            Route::Get,
            Harmless,
        ),
        later(
            "publish a lookup flow: make live",
            PUBLISH,
            Publish(Sort::Lookup, Life::New),
            Route::Publish,
            Twice,
        ),
        publish(
            "publish a lookup flow again: read",
            Sort::Lookup,
            Life::There,
            Route::Get,
            Harmless,
        ),
        publish(
            "publish a lookup flow again: update",
            Sort::Lookup,
            Life::There,
            Route::Update,
            Refused,
        ),
        publish(
            "publish a call flow: create",
            Sort::Call,
            Life::New,
            Route::Create,
            Twice,
        ),
        publish(
            "publish a call flow again: update",
            Sort::Call,
            Life::There,
            Route::Update,
            Refused,
        ),
        publish(
            "publish a shared flow: create",
            Sort::Shared,
            Life::New,
            Route::Create,
            Twice,
        ),
        publish(
            "publish a shared flow again: update",
            Sort::Shared,
            Life::There,
            Route::Update,
            Refused,
        ),
        publish(
            "publish a module: make it empty",
            Sort::Module,
            Life::New,
            Route::CreateModule,
            Twice,
        ),
        later(
            "publish a module: read it",
            PUBLISH,
            Publish(Sort::Module, Life::New),
            Route::GetModule,
            Harmless,
        ),
        later(
            "publish a module: fill it",
            PUBLISH,
            Publish(Sort::Module, Life::New),
            Route::UpdateModule,
            Refused,
        ),
        publish(
            "publish a module again: update",
            Sort::Module,
            Life::There,
            Route::UpdateModule,
            Refused,
        ),
        way("link a module: update", BATCH, Link, Route::Update, Refused),
        way(
            "repoint a reference: update",
            BATCH,
            Repoint,
            Route::Update,
            Refused,
        ),
        way(
            "upload a data action: create",
            UPLOAD,
            Upload(Life::New),
            Route::CreateAction,
            Twice,
        ),
        later(
            "upload a data action: confirm",
            UPLOAD,
            Upload(Life::New),
            Route::GetAction,
            Harmless,
        ),
        way(
            "upload a data action again: read",
            UPLOAD,
            Upload(Life::There),
            Route::GetAction,
            Harmless,
        ),
        way(
            "upload a data action again: update",
            UPLOAD,
            Upload(Life::There),
            Route::UpdateAction,
            Refused,
        ),
    ];
    ways.extend([
        way("list flows", LIST, ListFlows, Route::Find, Harmless),
        way("list modules", LIST, ListFlows, Route::FindModule, Harmless),
        way(
            "open a flow by its id",
            OPEN,
            OpenFlow(By::Id),
            Route::Get,
            Harmless,
        ),
        way(
            "open a flow by its name",
            OPEN,
            OpenFlow(By::Name),
            Route::Find,
            Harmless,
        ),
        way(
            "open a module by its id",
            OPEN,
            OpenModule(By::Id),
            Route::GetModule,
            Harmless,
        ),
        way(
            "open a module by its name",
            OPEN,
            OpenModule(By::Name),
            Route::FindModule,
            Harmless,
        ),
        way(
            "link a flow to another",
            ("PUT", "/api/flows/{flow}/upstream"),
            Relink,
            Route::Get,
            Harmless,
        ),
        way(
            "verify references",
            ("POST", "/api/flows/{flow}/verification"),
            Verify,
            Route::Get,
            Harmless,
        ),
        way(
            "list data actions",
            ("POST", "/api/upstream/data-actions"),
            ListActions,
            Route::FindAction,
            Harmless,
        ),
        way(
            "open a data action by its id",
            OPEN_ACTION,
            OpenAction(By::Id),
            Route::GetAction,
            Harmless,
        ),
        way(
            "open a data action by its name",
            OPEN_ACTION,
            OpenAction(By::Name),
            Route::FindAction,
            Harmless,
        ),
        way(
            "compare a data action",
            ("POST", "/api/data-actions/{action}/comparison"),
            CompareAction,
            Route::GetAction,
            Harmless,
        ),
        way(
            "take a data action in",
            ("POST", "/api/data-actions/{action}/merge"),
            MergeAction,
            Route::GetAction,
            Harmless,
        ),
        way(
            "register a contact",
            REGISTER,
            Register,
            Route::CreateContact,
            Twice,
        ),
        way(
            "register a contact that exists: compare",
            REGISTER,
            RegisterAgain,
            Route::GetContact,
            Harmless,
        ),
        way(
            "change a contact",
            ("PUT", "/api/contacts/{contact}"),
            SaveContact,
            Route::UpdateContact,
            Twice,
        ),
        way(
            "check a contact",
            ("POST", "/api/contacts/{contact}/check"),
            CheckContact,
            Route::GetContact,
            Harmless,
        ),
        way(
            "start an interaction",
            ("POST", "/api/contacts/{contact}/interactions"),
            Interact,
            Route::StartConversation,
            Twice,
        ),
        way(
            "import a contact",
            ("POST", "/api/contact-imports"),
            Import,
            Route::CreateContact,
            Twice,
        ),
        way(
            "check a connection",
            ("POST", "/api/connections/{connection}/check"),
            CheckConnection,
            Route::Find,
            Harmless,
        ),
        way(
            "renew a secret",
            ("PUT", "/api/connections/{connection}"),
            RenewSecret,
            Route::Oauth,
            Harmless,
        ),
    ]);
    ways
}

/// The routes of ours that end here, or that go on with a job that another one
/// began: those that a fault upstream does not meet, or not by themselves.
pub(super) const INWARD: &[(&str, &str)] = &[
    // It has checks made behind it, which are met as the checks that they are.
    ("POST", "/api/contacts/checks"),
    ("POST", "/api/contacts/comparison"),
    ("POST", "/api/contacts/{contact}/comparison"),
    ("DELETE", "/api/contacts/{contact}/proposal"),
    ("GET", "/api/contact-imports/{import}/rows"),
    ("POST", "/api/connections/{connection}/default"),
    ("GET", "/api/session"),
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("PUT", "/api/session/password"),
    ("POST", "/api/session/confirmation"),
    ("POST", "/api/set-up"),
    ("GET", "/api/accounts"),
    ("POST", "/api/accounts"),
    ("PUT", "/api/accounts/{account}"),
    ("DELETE", "/api/accounts/{account}"),
    ("GET", "/api/workspace"),
    ("GET", "/api/search"),
    ("GET", "/api/flows"),
    ("POST", "/api/flows"),
    ("POST", "/api/flows/import"),
    ("GET", "/api/flows/{flow}"),
    ("DELETE", "/api/flows/{flow}"),
    ("GET", "/api/flows/{flow}/file"),
    ("POST", "/api/flows/{flow}/transactions"),
    ("GET", "/api/flows/{flow}/consumers"),
    ("GET", "/api/flows/{flow}/publishes"),
    ("GET", "/api/flows/{flow}/unpublished"),
    ("GET", "/api/socket/{flow}"),
    ("GET", "/api/publishes/{publish}"),
    ("DELETE", "/api/publishes/{publish}"),
    ("GET", "/api/publishes/{publish}/conflicts"),
    ("GET", "/api/batches"),
    ("POST", "/api/batches/preview"),
    ("GET", "/api/batches/{batch}"),
    ("DELETE", "/api/batches/{batch}"),
    // The same batch, item by item; each cell of a batch ends by it.
    ("POST", "/api/batches/{batch}/retry"),
    ("GET", "/api/data-actions"),
    ("POST", "/api/data-actions"),
    ("POST", "/api/data-actions/import"),
    ("POST", "/api/data-actions/check"),
    ("POST", "/api/data-actions/try"),
    ("GET", "/api/data-actions/{action}"),
    ("PUT", "/api/data-actions/{action}"),
    ("DELETE", "/api/data-actions/{action}"),
    ("GET", "/api/data-actions/{action}/file"),
    ("GET", "/api/data-actions/{action}/uploads"),
    ("GET", "/api/uploads/{upload}"),
    ("GET", "/api/connections"),
    ("POST", "/api/connections"),
    ("DELETE", "/api/connections/{connection}"),
    // What goes out to receivers of webhooks has tests of its own.
    ("GET", "/api/webhooks"),
    ("POST", "/api/webhooks"),
    ("PUT", "/api/webhooks/{webhook}"),
    ("DELETE", "/api/webhooks/{webhook}"),
    ("PUT", "/api/webhooks/{webhook}/switch"),
    ("POST", "/api/webhooks/{webhook}/secret"),
    ("POST", "/api/webhooks/{webhook}/test"),
    ("POST", "/api/webhooks/{webhook}/replay"),
    ("GET", "/api/webhooks/{webhook}/deliveries"),
    ("GET", "/api/webhooks/{webhook}/deliveries/{delivery}"),
    (
        "POST",
        "/api/webhooks/{webhook}/deliveries/{delivery}/replay",
    ),
    ("GET", "/api/audit"),
    ("GET", "/api/audit/export"),
    ("POST", "/api/audit/verification"),
    ("GET", "/api/operations"),
    ("GET", "/api/contacts"),
    ("GET", "/api/contacts/{contact}"),
    // What is taken over was read by the check before.
    ("POST", "/api/contacts/{contact}/adopt"),
    ("GET", "/api/contact-imports"),
    ("POST", "/api/contact-imports/dry-run"),
    ("GET", "/api/contact-imports/{import}"),
    // Lets an import go on; cells of an import that halted end by it.
    ("PUT", "/api/contact-imports/{import}"),
    ("GET", "/api/contact-imports/{import}/result"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/sandbox"),
    ("GET", "/healthz"),
    ("POST", "/csp-report"),
];
