//! Short notices with at most one button, such as Undo.

use std::rc::Rc;

use yew::Callback;

use super::store::Store;

/// Milliseconds a toast stays; hover and focus hold it.
pub const TOAST_MS: u32 = 8000;

#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    pub id: u32,
    pub icon: &'static str,
    pub text: String,
    /// Label of the button, and what it does.
    pub action: Option<(String, Callback<()>)>,
    /// Errors are announced at once and stay until dismissed.
    pub urgent: bool,
}

/// Queue of toasts; clones share it.
#[derive(Clone, PartialEq)]
pub struct Toasts(pub Store<Rc<Vec<Toast>>>);

impl Default for Toasts {
    fn default() -> Self {
        Self(Store::new(Rc::default()))
    }
}

impl Toasts {
    pub fn say(&self, icon: &'static str, text: impl Into<String>) {
        self.push(icon, text.into(), None, false);
    }

    /// A notice with a way back.
    pub fn undoable(&self, icon: &'static str, text: impl Into<String>, label: impl Into<String>, undo: Callback<()>) {
        self.push(icon, text.into(), Some((label.into(), undo)), false);
    }

    pub fn error(&self, text: impl Into<String>) {
        self.push("warn", text.into(), None, true);
    }

    pub fn dismiss(&self, id: u32) {
        self.0.update(|toasts| Rc::make_mut(toasts).retain(|toast| toast.id != id));
    }

    fn push(&self, icon: &'static str, text: String, action: Option<(String, Callback<()>)>, urgent: bool) {
        self.0.update(|toasts| {
            let toasts = Rc::make_mut(toasts);
            let id = toasts.last().map_or(0, |toast| toast.id + 1);
            toasts.retain(|toast| toast.text != text);
            toasts.push(Toast {
                id,
                icon,
                text,
                action,
                urgent,
            });
            if toasts.len() > 3 {
                toasts.remove(0);
            }
        });
    }
}
