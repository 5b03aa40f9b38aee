//! Which console lines are shown, how they look, and what a typed line asks for.

use backlab_course::trace::ConsoleLine;

use crate::i18n::Message;
use crate::workbench::words;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    #[default]
    All,
    Log,
    Warnings,
    Errors,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::All, Level::Log, Level::Warnings, Level::Errors];

    pub fn takes(self, line: &ConsoleLine) -> bool {
        match self {
            Level::All => true,
            Level::Log => matches!(line.level.as_str(), "log" | "info" | "debug"),
            Level::Warnings => line.level == "warn",
            Level::Errors => line.level == "error",
        }
    }
}

/// Indexes of the lines that a level and a search text leave.
pub fn shown(lines: &[ConsoleLine], level: Level, search: &str) -> Vec<usize> {
    let search = search.trim().to_lowercase();
    let found = |line: &ConsoleLine| {
        search.is_empty()
            || line.text.to_lowercase().contains(&search)
            || line.file.as_deref().is_some_and(|file| file.to_lowercase().contains(&search))
    };
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| level.takes(line) && found(line))
        .map(|(at, _)| at)
        .collect()
}

/// CSS class of a line.
pub fn class(line: &ConsoleLine) -> &'static str {
    match line.level.as_str() {
        "warn" => "w",
        "error" => "e",
        "system" => "sys",
        "input" => "in",
        "result" => "res",
        _ => "",
    }
}

/// The first line of a message, and the rest (a stack, an object over several lines).
pub fn parts(line: &ConsoleLine) -> (&str, Option<&str>) {
    match line.text.split_once('\n') {
        Some((first, rest)) => (first, Some(rest)),
        None => (&line.text, None),
    }
}

/// `auth.js:12`: the file without its folders.
pub fn place(line: &ConsoleLine) -> Option<String> {
    let name = line.file.as_deref()?.rsplit('/').next()?;
    Some(match line.line {
        Some(number) => format!("{name}:{number}"),
        None => name.to_owned(),
    })
}

/// Who a line without a file comes from.
pub fn source(line: &ConsoleLine) -> Option<Message> {
    match line.level.as_str() {
        "system" => Some(words::BY_SERVER),
        "input" => Some(words::BY_YOU),
        _ => None,
    }
}

/// A new group starts where the request or the level's voice changes.
pub fn starts_group(before: Option<&ConsoleLine>, line: &ConsoleLine) -> bool {
    before.is_some_and(|before| before.trace != line.trace || matches!(line.level.as_str(), "system" | "input"))
}

/// What a typed line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Nothing,
    /// A command of a terminal: `node sum.js 1 2`.
    Command,
    /// JavaScript for the running server.
    Code,
    Clear,
}

pub fn typed(line: &str) -> Typed {
    let line = line.trim();
    // `PORT=4001 node server.js`
    let mut words = line.split_whitespace().skip_while(|word| sets_variable(word));
    match (words.next(), words.next()) {
        (None, _) if line.is_empty() => Typed::Nothing,
        (Some("clear" | "cls" | "console.clear()"), None) => Typed::Clear,
        (Some("npm" | "npx" | "nodemon" | "mongosh"), _) => Typed::Command,
        // `node ./server.js` and `node .`, but not a method of a variable of that name.
        (Some("node"), Some("." | "..")) => Typed::Command,
        (Some("node"), Some(next)) if next.starts_with("./") || next.starts_with("../") => Typed::Command,
        (Some("node"), Some(next)) if !next.starts_with(['=', '.', '(']) => Typed::Command,
        (Some("ls" | "pwd"), None) => Typed::Command,
        (Some("cat"), Some(next)) if !next.starts_with(['=', '.', '(']) => Typed::Command,
        _ => Typed::Code,
    }
}

/// `PORT=4001`, as it stands before a command; `a==1` is code.
fn sets_variable(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, value)| {
        let is_name = name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
        is_name
            && !name.is_empty()
            && !name.starts_with(|one: char| one.is_ascii_digit())
            && !value.is_empty()
            && !value.starts_with(['=', '>'])
    })
}

/// Lines typed before, walked with the arrow keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    lines: Vec<String>,
    /// Position while walking; `lines.len()` is the line being typed.
    at: usize,
    draft: String,
}

impl History {
    pub fn add(&mut self, line: &str) {
        if self.lines.last().is_none_or(|last| last != line) {
            self.lines.push(line.to_owned());
        }
        self.at = self.lines.len();
        self.draft.clear();
    }

    /// The line before this one; `now` is what stands in the field.
    pub fn earlier(&mut self, now: &str) -> Option<String> {
        if self.at == self.lines.len() {
            self.draft = now.to_owned();
        }
        self.at = self.at.checked_sub(1)?;
        self.lines.get(self.at).cloned()
    }

    pub fn later(&mut self) -> Option<String> {
        if self.at >= self.lines.len() {
            return None;
        }
        self.at += 1;
        Some(self.lines.get(self.at).unwrap_or(&self.draft).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(level: &str, text: &str) -> ConsoleLine {
        ConsoleLine {
            level: level.into(),
            text: text.into(),
            ..ConsoleLine::default()
        }
    }

    #[test]
    fn filters() {
        let lines = [
            line("log", "Listening"),
            line("warn", "slow"),
            line("error", "TypeError: x\n at y"),
            line("system", "restarted"),
        ];
        for (level, search, wanted) in [
            (Level::All, "", vec![0, 1, 2, 3]),
            (Level::Log, "", vec![0]),
            (Level::Errors, " type", vec![2]),
            (Level::Warnings, "none", vec![]),
        ] {
            assert_eq!(shown(&lines, level, search), wanted, "{level:?} {search}");
        }
        assert_eq!(parts(&lines[2]), ("TypeError: x", Some(" at y")));
    }

    #[test]
    fn places() {
        let line = ConsoleLine {
            file: Some("middleware/auth.js".into()),
            line: Some(12),
            ..ConsoleLine::default()
        };
        assert_eq!(place(&line).as_deref(), Some("auth.js:12"));
        assert_eq!(place(&ConsoleLine::default()), None);
    }

    #[test]
    fn typed_lines() {
        for (text, wanted) in [
            ("  ", Typed::Nothing),
            ("node sum.js 1", Typed::Command),
            ("node = 3", Typed::Code),
            ("node .", Typed::Command),
            ("node ./server.js", Typed::Command),
            ("node .value", Typed::Code),
            ("node", Typed::Code),
            ("npm run dev", Typed::Command),
            ("fetch('/api/users')", Typed::Code),
            ("clear", Typed::Clear),
            ("ls", Typed::Command),
            ("cat.name", Typed::Code),
            ("PORT=4001 A=b node server.js", Typed::Command),
            ("PORT=4001", Typed::Code),
            ("a=1", Typed::Code),
            ("a = b", Typed::Code),
        ] {
            assert_eq!(typed(text), wanted, "{text}");
        }
    }

    #[test]
    fn history_keeps_the_line_being_typed() {
        let mut history = History::default();
        history.add("a");
        history.add("b");
        history.add("b");
        assert_eq!(history.earlier("draft").as_deref(), Some("b"));
        assert_eq!(history.earlier("").as_deref(), Some("a"));
        assert_eq!(history.later().as_deref(), Some("b"));
        assert_eq!(history.later().as_deref(), Some("draft"));
        assert_eq!(history.later(), None);
    }
}
