//! One lesson in one language; a section that the language lacks stands in English at its English place.

use backlab_course::lesson::{self as compiled, CalloutKind, Lesson, LessonLink};

use super::{CourseLinks, compile_task, course, find_task};
use crate::highlight;
use crate::markdown::{Block, Document, Item, Piece, Section, SnippetSource, block, inline};
use crate::source::{LessonSource, Library};

/// Compiles a lesson.
pub fn compile(library: &Library, lesson: &LessonSource, language: &str) -> Lesson {
    let links = CourseLinks {
        library,
        lesson: &lesson.slug,
    };
    let translation = lesson.translations.get(language);
    let front = |pick: fn(&crate::source::raw::RawLesson) -> &String| {
        let own = translation
            .map(|translation| pick(&translation.front).clone())
            .filter(|text| !text.is_empty());
        own.unwrap_or_else(|| pick(&lesson.front).clone())
    };
    let objectives = translation
        .map(|translation| &translation.front.objectives)
        .filter(|list| !list.is_empty());
    let sections = lesson.document.sections.iter().map(|english| {
        let own = translation.and_then(|translation| translation.document.sections.iter().find(|own| own.id == english.id));
        section(
            own.unwrap_or(english),
            if own.is_some() { language } else { "en" },
            &lesson.document,
            &links,
        )
    });
    // The order of the page is the order of the English text.
    let tasks = lesson.document.blocks().filter_map(|block| match &block.piece {
        Piece::Task(id) => find_task(lesson, id),
        _ => None,
    });
    Lesson {
        id: lesson.slug.clone(),
        number: lesson.number,
        language: language.to_owned(),
        title: front(|front| &front.title),
        summary: front(|front| &front.summary),
        minutes: lesson.front.minutes,
        version: lesson.front.version,
        module: library
            .plan
            .modules
            .iter()
            .find(|module| module.number == lesson.module)
            .map(|module| module.id.clone())
            .unwrap_or_default(),
        objectives: objectives
            .unwrap_or(&lesson.front.objectives)
            .iter()
            .map(|objective| inline(objective, &links))
            .collect(),
        sections: sections.collect(),
        tasks: tasks.map(|task| compile_task(library, lesson, task, language)).collect(),
        files: library.base(lesson),
        previous: neighbour(library, lesson, language, -1),
        next: neighbour(library, lesson, language, 1),
    }
}

/// The lesson before or after this one in the plan.
fn neighbour(library: &Library, lesson: &LessonSource, language: &str, step: isize) -> Option<LessonLink> {
    let map = course::compile(library);
    let cards: Vec<_> = map.modules.iter().flat_map(|module| &module.lessons).collect();
    let here = cards.iter().position(|card| card.id == lesson.slug)?;
    let card = cards.get(here.checked_add_signed(step)?)?;
    let title = card.title.get(language).or_else(|| card.title.get("en"))?.clone();
    Some(LessonLink {
        id: card.id.clone(),
        title,
        ready: card.ready,
    })
}

fn section(source: &Section, language: &str, english: &Document, links: &CourseLinks<'_>) -> compiled::Section {
    compiled::Section {
        id: source.id.clone(),
        title: inline(&source.title, links),
        language: language.to_owned(),
        blocks: source.blocks.iter().filter_map(|block| piece(block, english, links)).collect(),
    }
}

fn piece(source: &Block, english: &Document, links: &CourseLinks<'_>) -> Option<compiled::Block> {
    Some(match &source.piece {
        Piece::Prose(text) => compiled::Block::Prose { html: block(text, links) },
        Piece::Snippet(snippet) => compiled::Block::Snippet(compile_snippet(snippet)),
        Piece::Same(id) => {
            let (_, snippet) = english.snippets().find(|(_, snippet)| snippet.id == *id)?;
            compiled::Block::Snippet(compile_snippet(snippet))
        }
        Piece::Task(id) => compiled::Block::Task {
            id: format!("{}/{id}", links.lesson),
        },
        Piece::Lane { snippet, send } => compiled::Block::Lane {
            snippet: snippet.clone(),
            send: send.clone(),
        },
        Piece::Quiz(quiz) => {
            let option = |option: &Item| compiled::QuizOption {
                html: inline(&option.text, links),
                right: option.right,
                feedback: inline(&option.feedback, links),
            };
            let options = quiz.options.iter().map(option).collect();
            compiled::Block::Quiz(compiled::Quiz {
                id: quiz.id.clone(),
                question: block(&quiz.question, links),
                options,
            })
        }
        Piece::Sort(sort) => {
            let card = |card: &Item| compiled::Card {
                html: inline(&card.text, links),
                feedback: inline(&card.feedback, links),
            };
            let bucket = |(title, cards): &(String, Vec<Item>)| compiled::Bucket {
                title: inline(title, links),
                cards: cards.iter().map(card).collect(),
            };
            compiled::Block::Sort(compiled::Sort {
                id: sort.id.clone(),
                question: block(&sort.question, links),
                ordered: sort.ordered,
                buckets: sort.buckets.iter().map(bucket).collect(),
            })
        }
        Piece::Callout { warn, title, text } => compiled::Block::Callout {
            kind: if *warn { CalloutKind::Warn } else { CalloutKind::Note },
            title: inline(title, links),
            html: block(text, links),
        },
    })
}

fn compile_snippet(source: &SnippetSource) -> compiled::Snippet {
    let exchanges = source
        .transcript
        .as_ref()
        .map(|transcript| transcript.exchanges.as_slice())
        .unwrap_or_default();
    compiled::Snippet {
        id: source.id.clone(),
        language: source.language.clone(),
        code: source.code.clone(),
        html: highlight::lines(&source.language, &source.code),
        runs: source.runs,
        requests: exchanges
            .iter()
            .map(|exchange| compiled::SnippetRequest {
                request: exchange.request.clone(),
                headers: exchange.sent_headers(),
                body: exchange.body.clone(),
            })
            .collect(),
    }
}
