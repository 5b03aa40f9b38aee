//! A failure as people read it: what happened, why, and what to do next.

/// Shown in toasts, banners and failed panels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UiError {
    /// Subject and verb: "The lesson did not load".
    pub title: String,
    /// Why, in one sentence.
    pub detail: String,
    /// What to do next; may be empty.
    pub hint: String,
}

impl UiError {
    pub fn new(title: impl Into<String>, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            detail: detail.into(),
            hint: hint.into(),
        }
    }
}

impl std::fmt::Display for UiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}. {}", self.title, self.detail)?;
        if self.hint.is_empty() {
            Ok(())
        } else {
            write!(f, " {}", self.hint)
        }
    }
}

/// Something that arrives later, or not at all.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Loadable<T> {
    #[default]
    Loading,
    Ready(T),
    Failed(UiError),
}

impl<T> Loadable<T> {
    /// Returns the value when it is there.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }
}
