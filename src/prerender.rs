//! Every page as static HTML: readable before the app has started, and by those who never start it. Native only.

use std::fs;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use backlab_course::lesson::{Course, Lesson, LessonCard, Module, TaskCard};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use yew::LocalServerRenderer;

use crate::app::{App, AppProps};
use crate::i18n::{RENDERED, Texts, pages as words, shell};
use crate::routes::Route;
use crate::state::services::Services;

/// One page of the deployment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prerendered {
    /// Below the root; empty, or with a slash at its end.
    pub path: String,
    pub title: String,
    pub description: String,
    /// What the app draws first.
    pub html: String,
    /// JSON of the content files that the page draws, by name.
    pub data: String,
}

/// Renders all pages from compiled content.
pub fn pages(content: &Path) -> io::Result<Vec<Prerendered>> {
    let course: Course = read(&content.join("course.json"))?;
    let texts = Texts { language: RENDERED.into() };
    let plain = [
        (
            Route::Course,
            "Backlab · Backend, one request at a time".to_owned(),
            texts.get(&words::COURSE_LEDE),
        ),
        (
            Route::Practice,
            format!("{} · Backlab", texts.get(&shell::PRACTICE)),
            texts.get(&words::PRACTICE_LEDE),
        ),
        (
            Route::Playground(None),
            format!("{} · Backlab", texts.get(&shell::PLAYGROUND)),
            texts.get(&words::PLAYGROUND_LEDE),
        ),
        (
            Route::Reference,
            format!("{} · Backlab", texts.get(&shell::REFERENCE)),
            texts.get(&words::REFERENCE_LEDE),
        ),
        (
            Route::NotFound,
            format!("{} · Backlab", texts.get(&words::NOT_FOUND)),
            texts.get(&words::NOT_FOUND_WHY),
        ),
    ];
    let mut pages = Vec::new();
    for (route, title, description) in plain {
        let path = if route == Route::NotFound {
            "not-found/".into()
        } else {
            route.path()
        };
        let mut carried = vec!["course.json".to_owned()];
        if route == Route::Reference {
            carried.push("mock-api.json".into());
        }
        let data = files(content, carried)?;
        pages.push(page(path, route, title, description.to_owned(), data)?);
    }
    for module in &course.modules {
        for card in module.lessons.iter().filter(|card| card.ready) {
            let file = format!("en/{}.json", card.id);
            let lesson: Lesson = read(&content.join(&file))?;
            let route = Route::Lesson(card.id.clone());
            let (title, description) = (format!("{} · Backlab", lesson.title), lesson.summary.clone());
            let mut data = files(content, vec![file])?;
            data.insert("module.json".into(), serde_json::to_value(crumbs(module))?);
            pages.push(page(route.path(), route, title, description, data)?);
        }
    }
    Ok(pages)
}

/// What the bar over a lesson shows of its module.
fn crumbs(module: &Module) -> Module {
    let task = |task: &TaskCard| TaskCard {
        id: task.id.clone(),
        ..TaskCard::default()
    };
    let card = |card: &LessonCard| LessonCard {
        id: card.id.clone(),
        number: card.number,
        title: card.title.clone(),
        ready: card.ready,
        tasks: card.tasks.iter().map(task).collect(),
        ..LessonCard::default()
    };
    Module {
        id: module.id.clone(),
        title: module.title.clone(),
        lessons: module.lessons.iter().map(card).collect(),
        ..Module::default()
    }
}

/// Renders one page to HTML.
pub fn render(route: Route, data: Map<String, Value>) -> String {
    let services = Services::detached(route);
    services.carried.set(data);
    let rendering = LocalServerRenderer::<App>::with_props(AppProps { services })
        .hydratable(false)
        .render();
    finish(rendering)
}

fn page(path: String, route: Route, title: String, description: String, data: Map<String, Value>) -> io::Result<Prerendered> {
    let json = serde_json::to_string(&data)?;
    Ok(Prerendered {
        path,
        title,
        description,
        html: render(route, data),
        data: json,
    })
}

fn files(content: &Path, names: Vec<String>) -> io::Result<Map<String, Value>> {
    names
        .into_iter()
        .map(|name| Ok((name.clone(), read(&content.join(name))?)))
        .collect()
}

fn read<T: DeserializeOwned>(path: &Path) -> io::Result<T> {
    let text = fs::read_to_string(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    serde_json::from_str(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display())))
}

/// Drives a rendering to its end. Nothing in it waits for the outside, so polling again is all it takes.
fn finish<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
