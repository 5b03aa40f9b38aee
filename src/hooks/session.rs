//! The open project.

use yew::prelude::*;

use super::use_services;
use crate::state::session::Session;
use crate::state::store::{use_store, use_store_part};
use crate::state::workspace::SessionHandle;

/// Returns the open project with its actions; redraws on every change of it.
#[hook]
pub fn use_session() -> SessionHandle {
    let services = use_services();
    let session = use_store(&services.session.clone());
    SessionHandle::with(session, services)
}

/// Reads one part of the open project; redraws only when that part changes. For what is drawn while the learner types.
#[hook]
pub fn use_session_part<P: Clone + PartialEq + 'static>(part: impl Fn(&Session) -> P + 'static) -> (P, SessionHandle) {
    let services = use_services();
    let value = use_store_part(&services.session.clone(), part);
    (value, SessionHandle::new(services))
}
