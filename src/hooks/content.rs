//! The course map and the lessons, fetched once and kept.

use backlab_course::lesson::{Course, Lesson, Module, SearchEntry};
use yew::prelude::*;

use super::{use_services, use_settings};
use crate::platform::{content, spawn};
use crate::state::error::Loadable;
use crate::state::same::Same;
use crate::state::services::{LessonKey, Services};
use crate::state::store::{use_store, use_store_part};

/// Returns the course map.
#[hook]
pub fn use_course() -> Loadable<Same<Course>> {
    use_course_when(true)
}

/// Returns the course map if it is there, and fetches it once it is wanted.
#[hook]
pub fn use_course_when(wanted: bool) -> Loadable<Same<Course>> {
    let services = use_services();
    services.course.take(&services.carried, "course.json");
    let course = use_store(&services.course.value);
    use_effect_with((services, wanted), |(services, wanted)| {
        if *wanted {
            load_course(services);
        }
    });
    course
}

/// Returns a module of the course map. The one of the page's own lesson is there at once.
#[hook]
pub fn use_module(id: &str) -> Option<Same<Module>> {
    let services = use_services();
    services.module.take(&services.carried, "module.json");
    let carried = use_store(&services.module.value);
    let carried = carried.ready().filter(|module| module.id == id).cloned();
    let course = use_course_when(carried.is_none());
    let of_course = || {
        course
            .ready()?
            .modules
            .iter()
            .find(|module| module.id == id)
            .cloned()
            .map(Same::new)
    };
    carried.or_else(of_course)
}

/// Returns a lesson in the learner's language; while that is on its way, the one that is there in another.
#[hook]
pub fn use_lesson(slug: &str) -> Loadable<Same<Lesson>> {
    let services = use_services();
    let language = use_settings().language.clone();
    if let Some(name) = services.carried.name(&format!("/{slug}.json"))
        && let (Some((language, _)), Some(lesson)) = (name.split_once('/'), services.carried.take::<Lesson>(&name))
    {
        services.put_lesson(language, slug, Loadable::Ready(Same::new(lesson)));
    }
    let wanted = (language, slug.to_owned());
    let key = wanted.clone();
    let lesson = use_store_part(&services.lessons.clone(), move |lessons| {
        let find = |fits: &dyn Fn(&LessonKey, &Loadable<Same<Lesson>>) -> bool| {
            let found = lessons.iter().find(|(known, lesson)| fits(known, lesson));
            found.map(|(_, lesson)| lesson.clone())
        };
        let own = find(&|known, lesson| *known == key && !matches!(lesson, Loadable::Loading));
        let other = || find(&|(_, slug), lesson| *slug == key.1 && lesson.ready().is_some());
        own.or_else(other).unwrap_or_default()
    });
    use_effect_with((services, wanted), |(services, (language, slug))| {
        load_lesson(services, language, slug)
    });
    lesson
}

/// Returns what the palette finds in the course.
#[hook]
pub fn use_search() -> Loadable<Same<Vec<SearchEntry>>> {
    let services = use_services();
    let entries = use_store(&services.search.value);
    use_effect_with(services, |services| services.search.load("search.json"));
    entries
}

/// Fetches the course map unless it is there.
pub fn load_course(services: &Services) {
    services.course.load("course.json");
}

/// Fetches a lesson unless it is there or on its way.
pub fn load_lesson(services: &Services, language: &str, slug: &str) {
    let key = (language.to_owned(), slug.to_owned());
    let is_there = |(known, lesson): &(LessonKey, Loadable<_>)| *known == key && !matches!(lesson, Loadable::Failed(_));
    if services.lessons.read(|lessons| lessons.iter().any(is_there)) {
        return;
    }
    services.put_lesson(language, slug, Loadable::Loading);
    let services = services.clone();
    spawn(async move {
        let (language, slug) = key;
        let lesson = match content::fetch::<Lesson>(&format!("{language}/{slug}.json")).await {
            Ok(lesson) => Loadable::Ready(Same::new(lesson)),
            Err(error) => Loadable::Failed(error),
        };
        services.put_lesson(&language, &slug, lesson);
    });
}
