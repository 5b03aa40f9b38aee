//! What the palette finds: lessons, their sections, tasks and concepts.

use backlab_course::lesson::SearchEntry;

use super::{course, full_id, text};
use crate::markdown::plain_text;
use crate::source::{LessonSource, Library};

pub(super) fn compile(library: &Library) -> Vec<SearchEntry> {
    let mut entries = Vec::new();
    for lesson in &library.lessons {
        let titles = text(library, |language| course::title(lesson, language));
        let entry = |kind: &str, id: String| SearchEntry {
            kind: kind.into(),
            id,
            lesson: lesson.slug.clone(),
            ..SearchEntry::default()
        };
        entries.push(SearchEntry {
            title: titles.clone(),
            text: text(library, |language| match language {
                "en" => Some(lesson.front.summary.clone()),
                _ => lesson
                    .translations
                    .get(language)
                    .map(|translation| translation.front.summary.clone()),
            }),
            ..entry("lesson", lesson.slug.clone())
        });
        for section in lesson.document.sections.iter().filter(|section| section.id != "intro") {
            let title = text(library, |language| section_title(lesson, &section.id, language));
            entries.push(SearchEntry {
                title,
                text: titles.clone(),
                ..entry("section", format!("{}#{}", lesson.slug, section.id))
            });
        }
        for task in &lesson.tasks {
            let title = text(library, |language| match language {
                "en" => Some(plain_text(&task.raw.title)),
                _ => task.texts.get(language).and_then(|texts| texts.title.as_deref()).map(plain_text),
            });
            entries.push(SearchEntry {
                title,
                text: titles.clone(),
                ..entry("task", full_id(lesson, task))
            });
        }
    }
    for (id, concept) in library
        .concepts
        .iter()
        .filter(|(_, concept)| library.lesson(&concept.lesson).is_some())
    {
        let english = |value: String| text(library, |language| (language == "en").then(|| value.clone()));
        entries.push(SearchEntry {
            kind: "concept".into(),
            id: id.clone(),
            lesson: concept.lesson.clone(),
            title: english(concept.title.clone()),
            text: english(concept.code.join(" ")),
        });
    }
    entries
}

fn section_title(lesson: &LessonSource, id: &str, language: &str) -> Option<String> {
    let document = match language {
        "en" => &lesson.document,
        _ => &lesson.translations.get(language)?.document,
    };
    document
        .sections
        .iter()
        .find(|section| section.id == id)
        .map(|section| plain_text(&section.title))
}
