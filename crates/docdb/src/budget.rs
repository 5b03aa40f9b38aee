//! How much memory an expression or a stage may take (MongoDB manual: "MongoDB Limits and Thresholds"; there it is 100 MB for each stage
//! that holds its documents, here every stage does).

use crate::error::{Code, DocDbError, Result};

/// In bytes. A few of these fit into the memory that a page gives a wasm module.
const MOST: usize = 256 << 20;

/// What was made so far.
#[derive(Debug, Default)]
pub(crate) struct Held(usize);

impl Held {
    /// # Errors
    /// When it is more than may be held.
    pub(crate) fn add(&mut self, bytes: usize) -> Result<()> {
        self.0 = self.0.saturating_add(bytes);
        if self.0 <= MOST {
            return Ok(());
        }
        let message = format!(
            "the result would use too much memory ({} bytes). Memory limit: {MOST} bytes",
            self.0
        );
        Err(DocDbError::new(Code::ExceededMemoryLimit, message))
    }
}
