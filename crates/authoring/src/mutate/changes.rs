//! The one-place changes of a JavaScript file, found in its syntax tree.

use tree_sitter::{Node, Parser};

/// Text to put in place of a range of bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub start: usize,
    pub end: usize,
    pub with: String,
}

impl Change {
    /// The changed file.
    pub fn apply(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.start], self.with, &text[self.end..])
    }

    /// `old → new`, in one short line.
    pub fn words(&self, text: &str) -> String {
        let short = |text: &str| {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if line.chars().count() > 60 {
                line.chars().take(60).chain(['…']).collect()
            } else {
                line
            }
        };
        let with = if self.with.is_empty() {
            "(removed)".to_owned()
        } else {
            short(&self.with)
        };
        format!("{} → {with}", short(&text[self.start..self.end]))
    }
}

const OPERATORS: &[(&str, &str)] = &[
    ("===", "!=="),
    ("!==", "==="),
    ("==", "!="),
    ("!=", "=="),
    ("<", "<="),
    ("<=", "<"),
    (">", ">="),
    (">=", ">"),
    ("&&", "||"),
    ("||", "&&"),
    ("??", "&&"),
    ("+", "-"),
    ("-", "+"),
    ("*", "/"),
    ("+=", "-="),
];
const METHODS: &[(&str, &str)] = &[
    ("get", "post"),
    ("post", "put"),
    ("use", "get"),
    ("send", "json"),
    ("json", "end"),
    ("on", "off"),
    ("find", "filter"),
];

/// Every change of a file; none when it does not parse.
pub fn of(text: &str) -> Vec<Change> {
    let mut parser = Parser::new();
    if parser.set_language(&tree_sitter_javascript::LANGUAGE.into()).is_err() {
        return Vec::new();
    }
    let Some(tree) = parser.parse(text, None) else { return Vec::new() };
    let mut found = Vec::new();
    let mut open = vec![tree.root_node()];
    while let Some(node) = open.pop() {
        change(node, text, &mut found);
        let mut cursor = node.walk();
        open.extend(node.children(&mut cursor));
    }
    found.sort_by_key(|change| (change.start, change.end));
    found.dedup();
    found
}

fn change(node: Node<'_>, text: &str, found: &mut Vec<Change>) {
    let code = &text[node.byte_range()];
    let mut put = |node: Node<'_>, with: String| {
        found.push(Change {
            start: node.start_byte(),
            end: node.end_byte(),
            with,
        })
    };
    match node.kind() {
        "binary_expression" | "augmented_assignment_expression" => {
            if let Some(operator) = node.child_by_field_name("operator")
                && let Some((_, with)) = OPERATORS.iter().find(|(from, _)| *from == &text[operator.byte_range()])
            {
                put(operator, (*with).to_owned());
            }
        }
        "number" => put(
            node,
            code.parse::<i64>().map_or_else(|_| "0".into(), |number| (number + 1).to_string()),
        ),
        "true" => put(node, "false".into()),
        "false" => put(node, "true".into()),
        "string_fragment" if !in_require(node, text) => put(node, format!("{code}x")),
        "template_substitution" => put(node, String::new()),
        "expression_statement" | "return_statement" => {
            put(node, String::new());
            let inner = node.named_child(0);
            if let (Some(inner), "return_statement") = (inner, node.kind()) {
                put(node, format!("{};", &text[inner.byte_range()]));
            }
        }
        "if_statement" => {
            if let Some(condition) = node.child_by_field_name("condition") {
                put(condition, "(true)".into());
                put(condition, "(false)".into());
            }
        }
        "unary_expression" | "await_expression" => {
            if let Some(inner) = node.named_child(0) {
                put(node, text[inner.byte_range()].to_owned());
            }
        }
        "arguments" | "formal_parameters" => {
            let mut cursor = node.walk();
            let items: Vec<Node<'_>> = node.named_children(&mut cursor).collect();
            let list = |items: &[Node<'_>]| {
                format!(
                    "({})",
                    items.iter().map(|item| &text[item.byte_range()]).collect::<Vec<_>>().join(", ")
                )
            };
            if let [first, second, rest @ ..] = &items[..] {
                put(node, list(&[&[*second, *first], rest].concat()));
            }
            if let Some((_, rest)) = items.split_last() {
                put(node, list(rest));
            }
            if node.kind() == "arguments" && !in_require(node, text) {
                put(node, String::new());
            }
        }
        "property_identifier" if node.parent().is_some_and(|parent| parent.kind() == "member_expression") => {
            if let Some((_, with)) = METHODS.iter().find(|(from, _)| *from == code) {
                put(node, (*with).to_owned());
            }
        }
        _ => {}
    }
}

/// Whether a node stands in `require('…')`: a module that is missing tells nothing about the task.
fn in_require(node: Node<'_>, text: &str) -> bool {
    let mut at = Some(node);
    for _ in 0..4 {
        let Some(node) = at else { return false };
        if node.kind() == "call_expression" {
            return text[node.byte_range()].starts_with("require(");
        }
        at = node.parent();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::of;

    fn check(code: &str, expected: &[&str]) {
        let found: Vec<String> = of(code).iter().map(|change| change.apply(code)).collect();
        assert_eq!(found, expected, "{code}");
    }

    #[test]
    fn changes() {
        check("a === 1;", &["", "a !== 1;", "a === 2;"]);
        check("const x = require('y');", &["const x = require();"]);
        check("f(a, b);", &["", "f(b, a);", "f(a);", "f;"]);
        check("if (x) y();", &["if (true) y();", "if (false) y();", "if (x) ", "if (x) y;"]);
        check("const s = `${a}b`;", &["const s = `b`;", "const s = `${a}bx`;"]);
        check(
            "app.get('/', h);",
            &[
                "",
                "app.post('/', h);",
                "app.get(h, '/');",
                "app.get('/');",
                "app.get;",
                "app.get('/x', h);",
            ],
        );
    }
}
