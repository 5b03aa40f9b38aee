//! What comes with the workbench and not with the page: the backend, its sandboxes, and grading.

#![allow(unsafe_code, reason = "the split points that the macro writes are foreign functions")]

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use serde_json::Value;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::SessionHandle;
use super::grading::Grading;
use crate::i18n::{Texts, session as words};
use crate::platform::backend::{Backend, CallError};
use crate::state::error::UiError;
use crate::state::services::Services;

/// Opens the backend unless it is open.
#[wasm_split(workbench, fallible)]
pub fn backend(services: Services) -> Result<LocalBoxFuture<'static, Result<Backend, UiError>>, SplitLoaderError> {
    Ok(async move { SessionHandle::new(services).backend().await }.boxed_local())
}

/// Performs one command in a sandbox beside the open project.
#[wasm_split(workbench, fallible)]
pub fn sandbox(services: Services, command: Value) -> Result<LocalBoxFuture<'static, Result<Value, CallError>>, SplitLoaderError> {
    Ok(async move { SessionHandle::new(services).sandbox(command).await }.boxed_local())
}

/// Performs all checks of a task.
#[wasm_split(tools, fallible)]
pub fn grade(grading: Grading) -> Result<LocalBoxFuture<'static, ()>, SplitLoaderError> {
    Ok(grading.perform().boxed_local())
}

/// Why a part that the learner waits for is not there.
pub fn did_not_load(texts: &Texts) -> UiError {
    UiError::new(
        texts.get(&words::PART_FAILED),
        texts.get(&words::PART_FAILED_WHY),
        texts.get(&words::PART_FAILED_NEXT),
    )
}
