//! What a row of the table of routes consists of, and the words to write one.

use api::Right;
use axum::{
    handler::Handler,
    http::Method,
    routing::{self, MethodRouter},
};

use crate::{
    app::App,
    http::guard::{Access, Policy, Proof},
};

/// Bodies of ordinary calls, in bytes, as all limits here.
pub(super) const SMALL: usize = 64 * 1024;
/// A document of 10 MiB inside a JSON string, where quotes take two bytes.
pub(super) const DOCUMENT: usize = 2 * flow::MAX_DOCUMENT_BYTES + SMALL;
/// A contact may have a thousand entries of metadata.
pub(super) const CONTACT: usize = 2 * 1024 * 1024;
/// An edit can hold what a whole flow holds.
pub(super) const EDIT: usize = flow::MAX_DOCUMENT_BYTES + SMALL;
/// A data action with a script of 256 KiB, in which quotes take two bytes, and
/// as much around it.
pub(super) const ACTION: usize = 1024 * 1024;

pub(super) const ANYONE: Access = Access::Anyone;
pub(super) const SIGNED_IN: Access = Access::SignedIn;
/// Viewers and all others, auditors too.
pub(super) const READER: Access = Access::Having(Right::ReadFlows);
/// Viewers and all others but auditors.
pub(super) const VIEWER: Access = Access::Having(Right::TakePart);
pub(super) const EDITOR: Access = Access::Having(Right::EditFlows);
pub(super) const PUBLISHER: Access = Access::Having(Right::Publish);
pub(super) const CONTACT_READER: Access = Access::Having(Right::ReadContacts);
pub(super) const CONTACT_HANDLER: Access = Access::Having(Right::HandleContacts);
pub(super) const ADMINISTRATOR: Access = Access::Having(Right::Administer);
/// Publishers, administrators and auditors.
pub(super) const WATCHER: Access = Access::Having(Right::WatchOperations);
/// Administrators and auditors.
pub(super) const AUDITOR: Access = Access::Having(Right::ReadAudit);

/// A route.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) policy: Policy,
    pub(super) handler: MethodRouter<App>,
}

pub(super) fn get<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route::new(Method::GET, path, access, routing::get(handler))
}

pub(super) fn post<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route::new(Method::POST, path, access, routing::post(handler))
}

pub(super) fn put<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route::new(Method::PUT, path, access, routing::put(handler))
}

pub(super) fn delete<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route::new(Method::DELETE, path, access, routing::delete(handler))
}

impl Route {
    fn new(method: Method, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        Self {
            policy: Policy {
                access,
                proof: Proof::Session,
                body_limit: SMALL,
                mutates: method != Method::GET,
            },
            handler,
            method,
            path,
        }
    }

    pub(super) fn takes(mut self, bytes: usize) -> Self {
        self.policy.body_limit = bytes;
        self
    }

    /// For what an open session alone is not enough.
    pub(super) fn asks_for_password(mut self) -> Self {
        self.policy.proof = Proof::RecentPassword;
        self
    }

    /// For what browsers send by themselves, without our header.
    pub(super) fn changes_nothing(mut self) -> Self {
        self.policy.mutates = false;
        self
    }
}
