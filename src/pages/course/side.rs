//! Beside the map: how a lesson goes, or tasks to practise and the backup.

use backlab_course::lesson::{Course, LessonCard, TaskCard};
use yew::prelude::*;

use crate::components::settings_dialog::BackupButtons;
use crate::components::{Link, draw_icon};
use crate::hooks::{use_progress, use_text};
use crate::i18n::pages as words;
use crate::pages::practice::{all_tasks, task_state};
use crate::routes::Route;
use crate::state::progress::Progress;
use crate::state::reference::task_hash;
use crate::state::same::Same;

/// Tasks listed.
const TASKS: usize = 5;

#[derive(Properties, PartialEq)]
pub struct SideProps {
    pub course: Same<Course>,
}

#[component]
pub fn Side(props: &SideProps) -> Html {
    let texts = use_text();
    let progress = use_progress();
    if progress.is_first_visit() {
        let steps = [
            (&words::READ, &words::READ_WHY),
            (&words::WRITE, &words::WRITE_WHY),
            (&words::WATCH, &words::WATCH_WHY),
            (&words::PROVE, &words::PROVE_WHY),
        ];
        return html! {
            <aside class="side" aria-label={texts.get(&words::HOW_IT_GOES)}><section><h2>{ texts.get(&words::HOW_IT_GOES) }</h2>
                <ol class="how">for (name, why) in steps { <li><b>{ texts.get(name) }</b><span>{ texts.get(why) }</span></li> }</ol></section></aside>
        };
    }
    let count = all_tasks(&props.course).count().to_string();
    html! {
        <aside class="side" aria-label={texts.get(&words::PRACTICE_TASKS)}>
            <section><h2>{ texts.get(&words::PRACTICE_TASKS) }<Link to={Route::Practice} class="link all">{ texts.fill(&words::ALL_TASKS, &[("n", &count)]) }</Link></h2><p>{ texts.get(&words::PICKED) }</p>
                <ul class="pt">for (lesson, task) in picked(&props.course, &progress) {
                    <li key={task.id.clone()}><Link to={Route::Lesson(lesson.id.clone())} hash={task_hash(&task.id)}>
                        <b>{ texts.pick(&task.title) }</b>{ task_state(&texts, progress.task(&task.id)) }
                        <span>{ format!("{}, {}", texts.pick(&lesson.title), texts.fill(&words::MINUTES, &[("n", &task.minutes.to_string())])) }</span></Link></li>
                }</ul></section>
            <section class="keep"><h2>{ draw_icon("disk", "") }{ texts.get(&words::IN_THIS_BROWSER) }</h2><p>{ texts.get(&words::NO_ACCOUNT) }</p><BackupButtons /></section>
        </aside>
    }
}

/// Tasks of opened lessons first, those that have not passed before those that have; then what comes next.
fn picked<'a>(course: &'a Course, progress: &Progress) -> Vec<(&'a LessonCard, &'a TaskCard)> {
    let mut tasks: Vec<_> = all_tasks(course).collect();
    tasks.sort_by_key(|(lesson, task)| {
        let opened = progress.lesson(&lesson.id).is_some();
        match (opened, progress.task_done(&task.id)) {
            (true, false) => 0,
            (false, false) => 1,
            (_, true) => 2,
        }
    });
    tasks.truncate(TASKS);
    tasks
}
