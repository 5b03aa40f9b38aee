//! The sign of a check's state: icon and word, never colour alone.

use backlab_course::report::CheckState;
use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::i18n::Message;

pub fn state_icon(state: CheckState) -> Html {
    match state {
        CheckState::Waiting => draw_icon("ring", ""),
        CheckState::Running => html! { <span class="spin" aria-hidden="true"></span> },
        CheckState::Pass => draw_icon("check", "c-ok"),
        CheckState::Fail => draw_icon("x", "c-bad"),
        CheckState::CouldNotRun => draw_icon("stop", "c-warn"),
    }
}

/// The state in a word.
pub fn word(state: CheckState) -> &'static Message {
    match state {
        CheckState::Waiting => &words::WAITING,
        CheckState::Running => &words::RUNNING,
        CheckState::Pass => &words::PASS,
        CheckState::Fail => &words::FAIL,
        CheckState::CouldNotRun => &words::COULD_NOT_RUN,
    }
}

/// The design's class of a row.
pub fn class(state: CheckState) -> &'static str {
    match state {
        CheckState::Pass => "pass",
        CheckState::Fail | CheckState::CouldNotRun => "fail",
        CheckState::Waiting | CheckState::Running => "wait",
    }
}
