//! Listens to the keyboard map while the workbench is open.

use yew::prelude::*;

use super::keyboard::{Command, Press, command};
use super::tools::trace::timeline_model::step;
use crate::hooks::use_services;
use crate::platform::{dom, keyboard, pane, time};
use crate::state::session::Tool;
use crate::state::workspace::SessionHandle;

/// Milliseconds in which the key after `g` counts.
const AFTER_G_MS: f64 = 1500.0;
/// What F6 walks, in the focus order.
const REGIONS: [&str; 5] = ["lesson", "tree", "editor", "dock", "status"];

/// Wires the keys; `run` and `check` are the frame's, because they also turn a phone to the right pane.
#[hook]
pub fn use_shortcuts(run: Callback<()>, check: Option<Callback<()>>, ontool: Callback<()>) {
    let services = use_services();
    let wanted = use_mut_ref(|| (run.clone(), check.clone(), ontool.clone()));
    *wanted.borrow_mut() = (run, check, ontool);
    use_effect_with((), move |()| {
        let asked_g = std::cell::Cell::new(f64::NEG_INFINITY);
        let listener = keyboard::on_press(move |pressed| {
            if services.dialog.get().is_some() {
                return false;
            }
            let now = time::now();
            let press = Press {
                command: pressed.command,
                shift: pressed.shift,
                alt: pressed.alt,
                in_text: pressed.typing,
                in_requests: dom::focus_is_inside("p-req"),
                after_g: now - asked_g.get() < AFTER_G_MS,
                single_keys: services.settings.read(|settings| settings.single_keys),
                key: pressed.key,
            };
            asked_g.set(f64::NEG_INFINITY);
            let Some(command) = command(&press) else { return false };
            let (run, check, ontool) = wanted.borrow().clone();
            let session = SessionHandle::new(services.clone());
            let tool = |tool: Tool| {
                ontool.emit(());
                session.show_tool(tool);
                // The tab is drawn by now or with the next frame; either way it is in the page.
                dom::focus_id(&super::tools::tab_id(tool));
            };
            let seek = |steps: isize| {
                if let Some(id) = step(&session.traces, session.shown_trace, steps) {
                    session.show_trace(Some(id));
                }
            };
            match command {
                Command::Run => run.emit(()),
                Command::Send => session.send(),
                Command::Check => {
                    let Some(check) = check else { return false };
                    check.emit(());
                }
                Command::Earlier => seek(-1),
                Command::Later => seek(1),
                Command::NextRegion => drop(pane::focus_region(&REGIONS, false)),
                Command::PreviousRegion => drop(pane::focus_region(&REGIONS, true)),
                Command::Requests => tool(Tool::Requests),
                Command::Trace => tool(Tool::Trace),
                Command::Console => tool(Tool::Console),
                Command::Database => tool(Tool::Database),
                Command::Checks => tool(Tool::Checks),
                Command::Preview => tool(Tool::Preview),
                Command::Go => asked_g.set(now),
            }
            true
        });
        move || drop(listener)
    });
}
