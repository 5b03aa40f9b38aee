//! The course map and the lessons, fetched once and kept.

use std::rc::Rc;

use backlab_course::lesson::{Course, Lesson, Module, SearchEntry};
use yew::prelude::*;

use super::{use_services, use_settings};
use crate::platform::{content, spawn};
use crate::state::error::Loadable;
use crate::state::services::Services;
use crate::state::store::{use_store, use_store_part};

/// Returns the course map.
#[hook]
pub fn use_course() -> Loadable<Rc<Course>> {
    let services = use_services();
    services.course.take(&services.carried, "course.json");
    let course = use_store(&services.course.value);
    use_effect_with(services, load_course);
    course
}

/// Returns a module of the course map. The one of the page's own lesson is there at once.
#[hook]
pub fn use_module(id: &str) -> Option<Rc<Module>> {
    let services = use_services();
    services.module.take(&services.carried, "module.json");
    let carried = use_store(&services.module.value);
    let course = use_course();
    let of_course = || course.ready()?.modules.iter().find(|module| module.id == id).cloned().map(Rc::new);
    of_course().or_else(|| carried.ready().filter(|module| module.id == id).cloned())
}

/// Returns a lesson in the learner's language; while that is on its way, the one that is there in another.
#[hook]
pub fn use_lesson(slug: &str) -> Loadable<Rc<Lesson>> {
    let services = use_services();
    let language = use_settings().language.clone();
    if let Some(name) = services.carried.name(&format!("/{slug}.json"))
        && let (Some((language, _)), Some(lesson)) = (name.split_once('/'), services.carried.take::<Lesson>(&name))
    {
        services.put_lesson(language, slug, Loadable::Ready(Rc::new(lesson)));
    }
    let wanted = (language, slug.to_owned());
    let key = wanted.clone();
    let lesson = use_store_part(&services.lessons.clone(), move |lessons| {
        let other = || {
            lessons
                .iter()
                .find(|((_, slug), lesson)| *slug == key.1 && lesson.ready().is_some())
                .map(|(_, lesson)| lesson.clone())
        };
        match lessons.get(&key) {
            Some(Loadable::Loading) | None => other().unwrap_or_default(),
            Some(lesson) => lesson.clone(),
        }
    });
    use_effect_with((services, wanted), |(services, (language, slug))| {
        load_lesson(services, language, slug)
    });
    lesson
}

/// Returns what the palette finds in the course.
#[hook]
pub fn use_search() -> Loadable<Rc<Vec<SearchEntry>>> {
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
    if services
        .lessons
        .read(|lessons| matches!(lessons.get(&key), Some(Loadable::Ready(_) | Loadable::Loading)))
    {
        return;
    }
    services.put_lesson(language, slug, Loadable::Loading);
    let services = services.clone();
    spawn(async move {
        let (language, slug) = key;
        let lesson = match content::fetch::<Lesson>(&format!("{language}/{slug}.json")).await {
            Ok(lesson) => Loadable::Ready(Rc::new(lesson)),
            Err(error) => Loadable::Failed(error),
        };
        services.put_lesson(&language, &slug, lesson);
    });
}
