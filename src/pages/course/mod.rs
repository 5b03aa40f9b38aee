//! The course map: where to go on, every module and lesson, tasks to practise, and the backup.

mod map;
mod resume;
mod side;

use backlab_course::lesson::Course;
use yew::prelude::*;

use super::{Failed, Frame};
use crate::hooks::{load_course, use_course, use_progress, use_services, use_text};
use crate::i18n::pages as words;
use crate::i18n::shell::SKIP_TO_MAP;
use crate::state::error::Loadable;
use crate::state::progress::Progress;

#[component]
pub fn CoursePage() -> Html {
    let texts = use_text();
    let services = use_services();
    let progress = use_progress();
    let retry = Callback::from(move |()| load_course(&services));
    let course = match use_course() {
        Loadable::Ready(course) => course,
        Loadable::Failed(error) => return html! { <Frame title="Backlab"><Failed {error} {retry} /></Frame> },
        Loadable::Loading => {
            return html! { <Frame title="Backlab"><section class="intro"><div><h1>{ texts.get(&words::COURSE_TITLE) }</h1><p role="status">{ texts.get(&words::LOADING_COURSE) }</p></div></section></Frame> };
        }
    };
    let first = progress.is_first_visit();
    html! {
        <Frame title={format!("Backlab · {}", texts.get(&words::COURSE_TITLE))} skip_to="map" skip={SKIP_TO_MAP}>
            <section class="intro" aria-labelledby="h"><div><h1 id="h">{ texts.get(&words::COURSE_TITLE) }</h1><p>{ texts.get(&words::COURSE_LEDE) }</p></div>
                if !first {
                    <TallyList tally={Tally::count(&course, &progress)} />
                }
            </section>
            <resume::Resume course={course.clone()} />
            <div class="cols">
                <map::CourseMap course={course.clone()} />
                <side::Side {course} />
            </div>
        </Frame>
    }
}

/// How far the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tally {
    lessons: (usize, usize),
    tasks: (usize, usize),
    requests: u64,
}

impl Tally {
    fn count(course: &Course, progress: &Progress) -> Self {
        let lessons: Vec<_> = course
            .modules
            .iter()
            .flat_map(|module| &module.lessons)
            .filter(|lesson| lesson.ready)
            .collect();
        let tasks: Vec<_> = lessons.iter().flat_map(|lesson| &lesson.tasks).collect();
        Self {
            lessons: (lessons.iter().filter(|lesson| progress.lesson_done(lesson)).count(), lessons.len()),
            tasks: (tasks.iter().filter(|task| progress.task_done(&task.id)).count(), tasks.len()),
            requests: progress.requests,
        }
    }
}

#[derive(Properties, PartialEq)]
struct TallyProps {
    tally: Tally,
}

#[component]
fn TallyList(props: &TallyProps) -> Html {
    let texts = use_text();
    let of = |n: usize| texts.fill(&words::OF, &[("n", &n.to_string())]);
    let Tally { lessons, tasks, requests } = props.tally;
    html! {
        <dl class="tally">
            <div><dt>{ texts.get(&words::LESSONS_DONE) }</dt><dd>{ lessons.0 }{ " " }<span>{ of(lessons.1) }</span></dd></div>
            <div><dt>{ texts.get(&words::TASKS_PASSED) }</dt><dd>{ tasks.0 }{ " " }<span>{ of(tasks.1) }</span></dd></div>
            <div><dt>{ texts.get(&words::REQUESTS_SENT) }</dt><dd>{ grouped(requests) }</dd></div>
        </dl>
    }
}

/// Writes a number with commas: `1,284`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn groups_digits_by_three() {
        let check = |number, expected| assert_eq!(super::grouped(number), expected);
        check(0, "0");
        check(999, "999");
        check(1284, "1,284");
        check(1_000_000, "1,000,000");
    }
}
