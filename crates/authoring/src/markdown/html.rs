//! Markdown to HTML: tables, links of the course, highlighted code.

use backlab_course::values::escape;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::highlight;

/// Turns `lesson:id` and its like into the attributes of a link.
pub trait Links {
    /// Attributes of `<a …>` for a target of the course; `Err` is what is wrong with it.
    fn attributes(&self, target: &str) -> Result<String, String>;
}

/// Renders blocks of Markdown.
pub fn block(markdown: &str, links: &dyn Links) -> String {
    let mut events = Vec::new();
    let mut code: Option<(String, String)> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((language, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((language, text)) = code.take() {
                    let lines = highlight::lines(&language, &text);
                    events.push(Event::Html(
                        format!("<div class=\"snip\"><div class=\"code wrap\">{lines}</div></div>\n").into(),
                    ));
                }
            }
            Event::Text(text) if code.is_some() => {
                if let Some((_, collected)) = &mut code {
                    collected.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let attributes = links
                    .attributes(&dest_url)
                    .unwrap_or_else(|_| format!("href=\"{}\"", escape(&dest_url)));
                events.push(Event::InlineHtml(format!("<a {attributes}>").into()));
            }
            Event::End(TagEnd::Link) => events.push(Event::InlineHtml("</a>".into())),
            other => events.push(other),
        }
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    html.trim_end().to_owned()
}

/// Renders one paragraph without the `<p>` around it.
pub fn inline(markdown: &str, links: &dyn Links) -> String {
    let html = block(markdown, links);
    match html.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}

/// The words of a Markdown text, for search and for counting.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak | Event::End(_) if !text.ends_with(' ') => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// The targets of all links in a Markdown text.
pub fn targets(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .collect()
}
