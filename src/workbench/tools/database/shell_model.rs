//! What the shell's pane holds: lines typed and answered, the prompt, and completion.

use std::rc::Rc;

use super::suggest::{byte_of, utf16_of};
use crate::state::protocol::{Completion, ShellAnswer};
use crate::workbench::tools::console::lines::History;

/// Entries kept; the oldest go first.
const KEPT: usize = 500;

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// `input`, `result`, `log`, `warn` or `error`.
    pub level: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transcript {
    pub entries: Rc<Vec<Entry>>,
    /// `shop> `; empty before the first answer.
    pub prompt: String,
    /// Lines that are no whole statement yet.
    pub pending: String,
    pub history: History,
    /// A line is being worked on.
    pub busy: bool,
}

impl Transcript {
    pub fn prompt(&self) -> &str {
        match (self.pending.is_empty(), self.prompt.is_empty()) {
            (false, _) => "... ",
            (true, true) => "test> ",
            (true, false) => &self.prompt,
        }
    }

    fn push(&mut self, level: &str, text: String) {
        let entries = Rc::make_mut(&mut self.entries);
        entries.push(Entry { level: level.into(), text });
        let over = entries.len().saturating_sub(KEPT);
        entries.drain(..over);
    }

    /// A line was typed: answers the whole statement to send.
    pub fn typed(&mut self, line: &str) -> String {
        self.push("input", format!("{}{line}", self.prompt()));
        if !line.trim().is_empty() {
            self.history.add(line);
        }
        self.busy = true;
        if self.pending.is_empty() {
            line.to_owned()
        } else {
            format!("{}\n{line}", self.pending)
        }
    }

    /// The statement was answered.
    pub fn answered(&mut self, statement: &str, answer: ShellAnswer, left: &str) {
        self.busy = false;
        self.pending.clear();
        if answer.incomplete {
            self.pending = statement.to_owned();
            return;
        }
        self.prompt = answer.prompt;
        for line in answer.lines {
            self.push(&line.level, line.text);
        }
        match answer.effect.as_deref() {
            Some("clear") => self.entries = Rc::default(),
            Some("exit") => {
                self.push("system", left.to_owned());
                self.prompt.clear();
            }
            _ => {}
        }
    }

    /// The statement could not be done at all.
    pub fn failed(&mut self, why: String) {
        self.busy = false;
        self.pending.clear();
        self.push("error", why);
    }
}

/// A line after Tab: the text, the caret in bytes, and what to choose from when there are several.
pub fn completed(line: &str, caret: usize, completion: &Completion) -> (String, usize, Vec<String>) {
    let from = byte_of(line, completion.from).min(caret);
    let Some(first) = completion.options.first() else {
        return (line.to_owned(), caret, Vec::new());
    };
    let shared = completion.options.iter().skip(1).fold(first.as_str(), |shared, option| {
        let length = shared
            .chars()
            .zip(option.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        &shared[..length]
    });
    let typed = &line[from..caret];
    let put = if shared.len() >= typed.len() { shared } else { typed };
    let text = format!("{}{put}{}", &line[..from], &line[caret..]);
    let options = if completion.options.len() > 1 {
        completion.options.clone()
    } else {
        Vec::new()
    };
    (text, from + put.len(), options)
}

/// The caret in UTF-16 units, as browsers count it.
pub fn caret_units(text: &str, byte: usize) -> u32 {
    u32::try_from(utf16_of(text, byte)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::protocol::ShellLine;

    fn answer(prompt: &str, lines: &[(&str, &str)]) -> ShellAnswer {
        let line = |(level, text): &(&str, &str)| ShellLine {
            level: (*level).into(),
            text: (*text).into(),
        };
        ShellAnswer {
            prompt: prompt.into(),
            lines: lines.iter().map(line).collect(),
            ..ShellAnswer::default()
        }
    }

    #[test]
    fn a_conversation() {
        let mut shell = Transcript::default();
        let first = shell.typed("use shop");
        shell.answered(&first, answer("shop> ", &[("result", "switched to db shop")]), "");
        let open = shell.typed("db.users.find({");
        shell.answered(
            &open,
            ShellAnswer {
                incomplete: true,
                ..ShellAnswer::default()
            },
            "",
        );
        assert_eq!(shell.prompt(), "... ");
        let whole = shell.typed("})");
        assert_eq!(whole, "db.users.find({\n})");
        shell.answered(&whole, answer("shop> ", &[("log", "x"), ("error", "TypeError: y")]), "");
        let shown: Vec<String> = shell
            .entries
            .iter()
            .map(|entry| format!("{} {}", entry.level, entry.text))
            .collect();
        assert_eq!(
            shown,
            [
                "input test> use shop",
                "result switched to db shop",
                "input shop> db.users.find({",
                "input ... })",
                "log x",
                "error TypeError: y"
            ]
        );
        let cleared = ShellAnswer {
            effect: Some("clear".into()),
            ..answer("shop> ", &[])
        };
        shell.answered("cls", cleared, "");
        assert_eq!((shell.entries.len(), shell.prompt()), (0, "shop> "));
    }

    #[test]
    fn completing() {
        let options = |from: usize, options: &[&str]| Completion {
            from,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
        };
        for (line, completion, text, caret, choices) in [
            ("db.us", options(3, &["users"]), "db.users", 8, 0),
            ("db.users.fi", options(9, &["find", "findOne"]), "db.users.find", 13, 2),
            ("db.users.f", options(9, &["find", "findOne"]), "db.users.find", 13, 2),
            ("x", options(1, &[]), "x", 1, 0),
            ("'é'; db.us", options(8, &["users"]), "'é'; db.users", 14, 0),
        ] {
            let (got, at, shown) = completed(line, line.len(), &completion);
            assert_eq!((got.as_str(), at, shown.len()), (text, caret, choices), "{line}");
        }
    }
}
