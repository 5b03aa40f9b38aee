//! The course map: the plan, with what is written laid over it.

use backlab_course::lesson::{Course, LessonCard, Module, TaskCard};

use super::{full_id, text};
use crate::markdown::plain_text;
use crate::source::raw::{PlannedLesson, PlannedModule};
use crate::source::{LessonSource, Library};

pub(super) fn compile(library: &Library) -> Course {
    let mut modules: Vec<Module> = library.plan.modules.iter().map(|planned| module(library, planned)).collect();
    for lesson in &library.lessons {
        let Some(module) = modules.iter_mut().find(|module| module.number == lesson.module) else {
            continue;
        };
        let card = card(library, lesson);
        match module.lessons.iter_mut().find(|planned| planned.id == lesson.slug) {
            Some(planned) => *planned = card,
            None => module.lessons.push(card),
        }
        module.lessons.sort_by_key(|lesson| lesson.number);
    }
    Course {
        modules,
        languages: library.languages(),
    }
}

fn module(library: &Library, planned: &PlannedModule) -> Module {
    Module {
        id: planned.id.clone(),
        number: planned.number,
        title: planned.title.clone(),
        summary: planned.summary.clone(),
        lessons: planned.lessons.iter().map(|lesson| planned_card(library, lesson)).collect(),
    }
}

fn planned_card(library: &Library, planned: &PlannedLesson) -> LessonCard {
    let english = |value: &str| text(library, |language| (language == "en").then(|| value.to_owned()));
    LessonCard {
        id: planned.id.clone(),
        number: planned.number,
        title: english(&planned.title),
        summary: english(&planned.summary),
        minutes: planned.minutes,
        ..LessonCard::default()
    }
}

fn card(library: &Library, lesson: &LessonSource) -> LessonCard {
    let front = &lesson.front;
    LessonCard {
        id: lesson.slug.clone(),
        number: lesson.number,
        title: text(library, |language| title(lesson, language)),
        summary: text(library, |language| match language {
            "en" => Some(front.summary.clone()),
            _ => lesson
                .translations
                .get(language)
                .map(|translation| translation.front.summary.clone()),
        }),
        minutes: front.minutes,
        version: front.version,
        teaches: front.teaches.clone(),
        needs: front.needs.clone(),
        ready: true,
        tasks: lesson.tasks.iter().map(|task| task_card(library, lesson, task)).collect(),
    }
}

/// The title of a lesson in one language, if it has one.
pub(super) fn title(lesson: &LessonSource, language: &str) -> Option<String> {
    match language {
        "en" => Some(lesson.front.title.clone()),
        _ => lesson.translations.get(language).map(|translation| translation.front.title.clone()),
    }
}

fn task_card(library: &Library, lesson: &LessonSource, task: &crate::source::TaskSource) -> TaskCard {
    TaskCard {
        id: full_id(lesson, task),
        kind: task.raw.kind.clone(),
        title: text(library, |language| match language {
            "en" => Some(plain_text(&task.raw.title)),
            _ => task.texts.get(language).and_then(|texts| texts.title.as_deref()).map(plain_text),
        }),
        minutes: task.raw.minutes,
        version: task.raw.version,
    }
}
