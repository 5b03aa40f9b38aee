//! Binds `editor.js`: CodeMirror in a shadow root (`runtime/src/page-api.ts`).

use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::json;
use super::module::{import, message_of};
use super::style;
use crate::state::error::UiError;
use crate::workbench::words;

#[wasm_bindgen]
extern "C" {
    type EditorModule;
    #[wasm_bindgen(method, catch, js_name = createEditor)]
    fn create_editor(this: &EditorModule, parent: &Element, options: &JsValue) -> Result<JsEditor, JsValue>;

    type JsEditor;
    #[wasm_bindgen(method, js_name = setDocument)]
    fn set_document(this: &JsEditor, path: &str, text: &str, read_only: bool);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &JsEditor, items: &JsValue);
    #[wasm_bindgen(method, js_name = setMarks)]
    fn set_marks(this: &JsEditor, marks: &JsValue);
    #[wasm_bindgen(method, js_name = goTo)]
    fn go_to(this: &JsEditor, line: u32, column: &JsValue);
    #[wasm_bindgen(method)]
    fn focus(this: &JsEditor);
    #[wasm_bindgen(method)]
    fn insert(this: &JsEditor, text: &str);
    #[wasm_bindgen(method)]
    fn undo(this: &JsEditor);
    #[wasm_bindgen(method)]
    fn destroy(this: &JsEditor);
}

/// A wavy underline with its reason; lines and columns are 1-based.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    pub message: String,
}

/// A text beside a line: a value of the shown request, or why it failed here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lens {
    pub line: u32,
    pub text: String,
    pub bad: bool,
}

/// Lines that the shown request ran, the line that failed, and what stands beside them; lines are 1-based.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Marks {
    pub ran: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail: Option<u32>,
    pub lenses: Vec<Lens>,
}

/// An editor in the page; destroyed when the last clone is dropped.
#[derive(Clone)]
pub struct Editor(Rc<Mounted>);

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Mounted {
    editor: JsEditor,
    _on_change: Closure<dyn Fn(String, String)>,
    _on_command: Closure<dyn Fn(String)>,
    _on_caret: Closure<dyn Fn(u32, u32)>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

impl Editor {
    /// Loads the module and puts an editor into `parent`. `on_change` gets path and text, `on_command` one of `run`, `check`, `save`, `search`, `on_caret` line and column.
    pub async fn create(
        parent: Element,
        label: &str,
        on_change: impl Fn(String, String) + 'static,
        on_command: impl Fn(String) + 'static,
        on_caret: impl Fn(u32, u32) + 'static,
    ) -> Result<Self, UiError> {
        let module: EditorModule = import("editor.js").await?.unchecked_into();
        let on_change = Closure::<dyn Fn(String, String)>::new(on_change);
        let on_command = Closure::<dyn Fn(String)>::new(on_command);
        let on_caret = Closure::<dyn Fn(u32, u32)>::new(on_caret);
        let options = js_sys::Object::new();
        for (key, value) in [
            ("label", &JsValue::from_str(label)),
            ("onChange", on_change.as_ref()),
            ("onCommand", on_command.as_ref()),
            ("onCaret", on_caret.as_ref()),
        ] {
            let _ = js_sys::Reflect::set(&options, &key.into(), value);
        }
        let editor = module.create_editor(&parent, &options).map_err(|error| {
            let texts = style::texts();
            UiError::new(
                texts.get(&words::EDITOR_FAILED),
                message_of(&error),
                texts.get(&words::RELOAD_SAVED),
            )
        })?;
        Ok(Self(Rc::new(Mounted {
            editor,
            _on_change: on_change,
            _on_command: on_command,
            _on_caret: on_caret,
        })))
    }

    pub fn set_document(&self, path: &str, text: &str, read_only: bool) {
        self.0.editor.set_document(path, text, read_only);
    }

    pub fn set_diagnostics(&self, items: &[Diagnostic]) {
        if let Ok(items) = json::to_js(&items) {
            self.0.editor.set_diagnostics(&items);
        }
    }

    pub fn set_marks(&self, marks: &Marks) {
        if let Ok(marks) = json::to_js(&marks) {
            self.0.editor.set_marks(&marks);
        }
    }

    pub fn go_to(&self, line: u32, column: Option<u32>) {
        self.0.editor.go_to(line, &column.map_or(JsValue::UNDEFINED, JsValue::from));
    }

    pub fn focus(&self) {
        self.0.editor.focus();
    }

    /// Types text where the caret is.
    pub fn insert(&self, text: &str) {
        self.0.editor.insert(text);
    }

    pub fn undo(&self) {
        self.0.editor.undo();
    }
}
