//! The sign of a check's state: icon and word, never colour alone.

use backlab_course::report::CheckState;
use yew::prelude::*;

use super::words;
use crate::components::Icon;
use crate::i18n::Message;

#[derive(Properties, PartialEq)]
pub struct StateIconProps {
    pub state: CheckState,
}

#[component]
pub fn StateIcon(props: &StateIconProps) -> Html {
    match props.state {
        CheckState::Waiting => html! { <Icon name="ring" /> },
        CheckState::Running => html! { <span class="spin" aria-hidden="true"></span> },
        CheckState::Pass => html! { <Icon name="check" class="c-ok" /> },
        CheckState::Fail => html! { <Icon name="x" class="c-bad" /> },
        CheckState::CouldNotRun => html! { <Icon name="stop" class="c-warn" /> },
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
