//! What comes with the backend and not with the page: reading its reports, and grading.

#![allow(unsafe_code, reason = "the split points that the macro writes are foreign functions")]

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::SessionHandle;
use super::grading::Grading;
use crate::i18n::{Texts, session as words};
use crate::platform::backend::Backend;
use crate::state::error::UiError;

/// Starts the backend from its journal's records, and follows its reports.
#[wasm_split(workbench, fallible)]
pub fn open(handle: SessionHandle, records: Vec<String>) -> Result<LocalBoxFuture<'static, Result<Backend, UiError>>, SplitLoaderError> {
    Ok(Backend::open(records, move |event| handle.on_event(event)).boxed_local())
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
