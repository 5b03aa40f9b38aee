//! Quizzes and sorts: a question, items, and a quote with the feedback under each item.

use super::parse::Mistake;
use super::{Item, QuizSource, SortSource};

/// Reads `- [ ]` and `- [x]` options.
pub fn quiz(id: String, lines: &[&str], first: usize, mistakes: &mut Vec<Mistake>) -> QuizSource {
    let start = lines.iter().position(|line| line.starts_with("- [")).unwrap_or(lines.len());
    let question = lines[..start].join("\n").trim().to_owned();
    let mut options = Vec::new();
    for (line, mut item) in items(&lines[start..], first + start) {
        if let Some(rest) = item.text.strip_prefix("[x]") {
            item.right = true;
            item.text = rest.trim().to_owned();
        } else if let Some(rest) = item.text.strip_prefix("[ ]") {
            item.text = rest.trim().to_owned();
        } else {
            mistakes.push((line, "an option of a quiz begins with `- [ ]`, the right one with `- [x]`".into()));
        }
        options.push(item);
    }
    if id.is_empty() || question.is_empty() {
        mistakes.push((first - 1, "a quiz needs an id, `:::quiz{#id}`, and a question".into()));
    }
    let right = options.iter().filter(|option| option.right).count();
    if right != 1 || options.len() < 2 {
        mistakes.push((
            first - 1,
            format!("a quiz has one right option, `- [x]`, and others beside it; this one has {right} right"),
        ));
    }
    for option in options.iter().filter(|option| option.feedback.is_empty()) {
        mistakes.push((option.line, "this option has no feedback: add a quote under it, `  > …`".into()));
    }
    QuizSource { id, question, options }
}

/// Reads cards under bold bucket names, or one numbered list to put in order.
pub fn sort(id: String, lines: &[&str], first: usize, mistakes: &mut Vec<Mistake>) -> SortSource {
    let bold = |line: &str| line.trim().starts_with("**") && line.trim().ends_with("**") && line.trim().len() > 4;
    let ordered = !lines.iter().any(|line| bold(line));
    let begins = |line: &str| if ordered { numbered(line).is_some() } else { bold(line) };
    let start = lines.iter().position(|line| begins(line)).unwrap_or(lines.len());
    let mut found = SortSource {
        id,
        question: lines[..start].join("\n").trim().to_owned(),
        ordered,
        buckets: Vec::new(),
    };
    let mut at = start;
    while at < lines.len() {
        let title = if ordered {
            String::new()
        } else {
            lines[at].trim().trim_matches('*').to_owned()
        };
        let body = if ordered { at } else { at + 1 };
        let end = (body..lines.len())
            .find(|index| !ordered && bold(lines[*index]))
            .unwrap_or(lines.len());
        let cards = items(&lines[body..end], first + body).into_iter().map(|(_, item)| item).collect();
        found.buckets.push((title, cards));
        at = end;
    }
    if found.id.is_empty() || found.question.is_empty() {
        mistakes.push((first - 1, "a sort needs an id, `:::sort{#id}`, and a question".into()));
    }
    if found.buckets.iter().map(|(_, cards)| cards.len()).sum::<usize>() < 2 || (!ordered && found.buckets.len() < 2) {
        mistakes.push((
            first - 1,
            "a sort has cards under at least two bold bucket names, or one numbered list".into(),
        ));
    }
    for card in found
        .buckets
        .iter()
        .flat_map(|(_, cards)| cards)
        .filter(|card| !ordered && card.feedback.is_empty())
    {
        mistakes.push((card.line, "this card has no feedback: add a quote under it, `  > …`".into()));
    }
    found
}

fn numbered(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(". ")?;
    number.parse::<u32>().ok().map(|_| rest)
}

fn items(lines: &[&str], first: usize) -> Vec<(usize, Item)> {
    let mut found: Vec<(usize, Item)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(text) = line.strip_prefix("- ").or_else(|| numbered(line)) {
            let number = first + index;
            found.push((
                number,
                Item {
                    line: number,
                    text: text.trim().to_owned(),
                    ..Item::default()
                },
            ));
        } else if let Some((_, item)) = found.last_mut() {
            let (into, text) = match line.trim().strip_prefix('>') {
                Some(quote) => (&mut item.feedback, quote.trim()),
                None if item.feedback.is_empty() => (&mut item.text, line.trim()),
                None => (&mut item.feedback, line.trim()),
            };
            if !text.is_empty() {
                if !into.is_empty() {
                    into.push('\n');
                }
                into.push_str(text);
            }
        }
    }
    found
}
