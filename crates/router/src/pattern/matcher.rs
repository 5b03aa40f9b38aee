//! Compares a path with the sequences of a pattern, longest captures first.

use super::PatternOptions;
use super::compile::{Form, Node};

/// A captured piece of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capture {
    /// Position in [`super::Pattern::keys`].
    pub key: usize,
    /// Bytes of the path, `start..end`.
    pub start: usize,
    pub end: usize,
}

/// A path that fits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Match {
    /// The matched part is `path[..end]`.
    pub end: usize,
    /// In the order of the pattern.
    pub captures: Vec<Capture>,
}

pub(super) fn find(sequences: &[Vec<Node>], options: PatternOptions, delimiter: &str, path: &str) -> Option<Match> {
    let matcher = Matcher { path, options, delimiter };
    let mut captures = Vec::new();
    for nodes in sequences {
        captures.clear();
        if let Some(end) = matcher.rest(nodes, 0, &mut captures) {
            return Some(Match { end, captures });
        }
    }
    None
}

struct Matcher<'a> {
    path: &'a str,
    options: PatternOptions,
    delimiter: &'a str,
}

impl Matcher<'_> {
    fn rest(&self, nodes: &[Node], at: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        let Some((node, after)) = nodes.split_first() else {
            return self.finish(at);
        };
        match node {
            Node::Text(text) => self.rest(after, at + self.text_at(text, at)?, captures),
            Node::Capture { key, forms } => {
                let depth = captures.len();
                for form in forms {
                    let shortest = match form {
                        Form::Exactly(text) => match self.text_at(text, at) {
                            Some(length) => (at + length, at + length),
                            None => continue,
                        },
                        Form::Run(stops) => match self.run_at(stops, after, at) {
                            Some(range) => range,
                            None => continue,
                        },
                    };
                    let (mut end, shortest) = (shortest.1, shortest.0);
                    loop {
                        captures.truncate(depth);
                        captures.push(Capture { key: *key, start: at, end });
                        if let Some(end) = self.rest(after, end, captures) {
                            return Some(end);
                        }
                        if end <= shortest {
                            break;
                        }
                        end = self.path[..end].char_indices().next_back().map_or(shortest, |(start, _)| start);
                    }
                }
                captures.truncate(depth);
                None
            }
        }
    }

    /// The ends that are worth trying for a run: (shortest, longest).
    fn run_at(&self, stops: &[String], after: &[Node], at: usize) -> Option<(usize, usize)> {
        // Nearly every run is one segment.
        if let [stop] = stops
            && stop == self.delimiter
        {
            let segment = self.segment(at);
            let first = self.path[at..].chars().next().filter(|_| segment > 0)?;
            let shortest = if self.ends_run(after) {
                at + segment
            } else {
                at + first.len_utf8()
            };
            return Some((shortest, at + segment));
        }
        let mut longest = at;
        let mut first = at;
        for (offset, c) in self.path[at..].char_indices() {
            if stops.iter().any(|stop| self.text_at(stop, at + offset).is_some()) {
                break;
            }
            longest = at + offset + c.len_utf8();
            if offset == 0 {
                first = longest;
            }
        }
        if longest == at {
            return None;
        }
        let only_longest = stops.iter().any(|stop| stop == self.delimiter) && self.ends_run(after);
        Some((if only_longest { longest } else { first }, longest))
    }

    /// Length in bytes of `text` at this place of the path.
    fn text_at(&self, text: &str, at: usize) -> Option<usize> {
        let (wanted, given) = (text.as_bytes(), &self.path.as_bytes()[at..]);
        for (index, w) in wanted.iter().enumerate() {
            match given.get(index) {
                Some(g) if g == w => {}
                Some(g) if g.is_ascii() && w.is_ascii() => {
                    if self.options.sensitive || !g.eq_ignore_ascii_case(w) {
                        return None;
                    }
                }
                _ => return self.text_beyond_ascii_at(text, at),
            }
        }
        Some(text.len())
    }

    /// The slow way, for letters of which the two cases differ in length.
    fn text_beyond_ascii_at(&self, text: &str, at: usize) -> Option<usize> {
        let mut given = self.path[at..].chars();
        let mut length = 0;
        for wanted in text.chars() {
            let c = given.next()?;
            if c != wanted && (self.options.sensitive || fold(c) != fold(wanted)) {
                return None;
            }
            length += c.len_utf8();
        }
        Some(length)
    }

    /// Length of the segment that begins here. A delimiter is compared as text is: without regard to case, unless asked.
    fn segment(&self, at: usize) -> usize {
        let rest = &self.path[at..];
        if self.delimiter == "/" {
            return rest.find('/').unwrap_or(rest.len());
        }
        let begins = |(offset, _): &(usize, char)| self.text_at(self.delimiter, at + offset).is_some();
        rest.char_indices().find(begins).map_or(rest.len(), |(offset, _)| offset)
    }

    /// Length of the delimiter with which the rest of the path begins.
    fn delimiter_at(&self, rest: &str) -> Option<usize> {
        self.text_at(self.delimiter, self.path.len() - rest.len())
    }

    /// Tells whether only the longest run can be followed by these nodes: they begin with a delimiter, or with the end of the path.
    fn ends_run(&self, after: &[Node]) -> bool {
        match after.first() {
            None => true,
            Some(Node::Text(text)) => text.starts_with(self.delimiter),
            Some(Node::Capture { .. }) => false,
        }
    }

    fn finish(&self, at: usize) -> Option<usize> {
        let rest = &self.path[at..];
        if rest.is_empty() || (!self.options.strict && self.delimiter_at(rest) == Some(rest.len())) {
            return Some(self.path.len());
        }
        (!self.options.end && self.delimiter_at(rest).is_some()).then_some(at)
    }
}

/// Case folding of JavaScript's `i` flag: one character to one, and never from beyond ASCII into it.
fn fold(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(u), None) if c.is_ascii() || !u.is_ascii() => u,
        _ => c,
    }
}
