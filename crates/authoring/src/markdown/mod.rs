//! `lesson.md`: sections of blocks. Only the shape is read here; texts stay Markdown until they are compiled.

mod attributes;
mod exercise;
mod html;
mod parse;
#[cfg(test)]
mod tests;
mod transcript;

pub use html::{Links, block, inline, plain_text, targets};
pub use parse::{parse, split_front};
pub use transcript::{Answer, Exchange, Transcript, fits};

/// The body of a lesson.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub sections: Vec<Section>,
}

/// From one `##` heading to the next; the text before the first is `intro`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    pub id: String,
    pub title: String,
    pub line: usize,
    pub blocks: Vec<Block>,
    /// As written, for the digest that translations keep.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub line: usize,
    pub piece: Piece,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Prose(String),
    Snippet(SnippetSource),
    Task(String),
    Lane {
        snippet: String,
        send: String,
    },
    Quiz(QuizSource),
    Sort(SortSource),
    Callout {
        warn: bool,
        title: String,
        text: String,
    },
    /// In a translation: the English block with this id.
    Same(String),
}

impl Piece {
    /// The kind and id that a translation must repeat; prose is free.
    pub fn signature(&self) -> Option<String> {
        match self {
            Self::Prose(_) => None,
            Self::Snippet(snippet) if snippet.id.is_empty() => Some("code".into()),
            Self::Snippet(snippet) => Some(format!("code #{}", snippet.id)),
            Self::Same(id) => Some(format!("code #{id}")),
            Self::Task(id) => Some(format!("task #{id}")),
            Self::Lane { snippet, send } => Some(format!("lane of {snippet}, {send}")),
            Self::Quiz(quiz) => Some(format!("quiz #{}", quiz.id)),
            Self::Sort(sort) => Some(format!("sort #{}", sort.id)),
            Self::Callout { warn, .. } => Some(if *warn { "warn".into() } else { "note".into() }),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct SnippetSource {
    pub id: String,
    pub language: String,
    pub runs: bool,
    pub code: String,
    pub transcript: Option<Transcript>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct QuizSource {
    pub id: String,
    pub question: String,
    pub options: Vec<Item>,
}

/// An option of a quiz or a card of a sort.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    pub line: usize,
    pub text: String,
    pub right: bool,
    pub feedback: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct SortSource {
    pub id: String,
    pub question: String,
    pub ordered: bool,
    /// Title and cards.
    pub buckets: Vec<(String, Vec<Item>)>,
}

impl Document {
    /// Every block, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections.iter().flat_map(|section| &section.blocks)
    }

    /// Every snippet with its line.
    pub fn snippets(&self) -> impl Iterator<Item = (usize, &SnippetSource)> {
        self.blocks().filter_map(|block| match &block.piece {
            Piece::Snippet(snippet) => Some((block.line, snippet)),
            _ => None,
        })
    }
}
