//! Lessons as written, and as read.

use super::{Answer, Piece, fits, parse, split_front};

const LESSON: &str = "Intro text.

## One {#one}

```js run #hello
const a = 1;
```

```output
started
> POST /x {\"a\":1}
> X-Role: admin
inside
< 201 {\"id\":…}
< x-note: (none)
> GET /slow
< no answer
```

:::quiz{#q}
What?

- [ ] No
  > Because.
- [x] Yes
  > Two
  > lines.
:::

:::sort{#s}
Where?

**`a`**
- one
  > f1

**B**
- two
  > f2
:::

::lane{snippet=hello send=\"POST /x\"}
::task{#t}

:::note[Keep]
- this
:::
";

#[test]
fn a_lesson_is_read() {
    let (document, mistakes) = parse(LESSON, 1);
    assert_eq!(mistakes, []);
    assert_eq!(
        document.sections.iter().map(|section| section.id.as_str()).collect::<Vec<_>>(),
        ["intro", "one"]
    );
    let signatures: Vec<String> = document.blocks().filter_map(|block| block.piece.signature()).collect();
    assert_eq!(
        signatures,
        ["code #hello", "quiz #q", "sort #s", "lane of hello, POST /x", "task #t", "note"]
    );
    let (line, snippet) = document.snippets().next().unwrap();
    let transcript = snippet.transcript.as_ref().unwrap();
    assert_eq!((line, transcript.console.as_slice()), (5, &["started".to_owned()][..]));
    let first = &transcript.exchanges[0];
    assert_eq!(
        (first.request.as_str(), first.body.as_deref(), first.line),
        ("POST /x", Some("{\"a\":1}"), 11)
    );
    assert_eq!(
        first.sent_headers(),
        [
            ("X-Role".into(), "admin".into()),
            ("Content-Type".into(), "application/json".to_owned())
        ]
    );
    assert_eq!(first.answer, Some(Answer::Status(201, "{\"id\":…}".into())));
    assert_eq!(first.response_headers, [("x-note".to_owned(), None)]);
    assert_eq!(transcript.exchanges[1].answer, Some(Answer::Hang));
    let Piece::Quiz(quiz) = &document.sections[1].blocks[1].piece else {
        panic!("quiz")
    };
    assert_eq!((quiz.options[1].right, quiz.options[1].feedback.as_str()), (true, "Two\nlines."));
    let Piece::Sort(sort) = &document.sections[1].blocks[2].piece else {
        panic!("sort")
    };
    assert_eq!(
        sort.buckets
            .iter()
            .map(|(title, cards)| (title.as_str(), cards.len()))
            .collect::<Vec<_>>(),
        [("`a`", 1), ("B", 1)]
    );
}

fn mistake(text: &str, line: usize, part: &str) {
    let (_, mistakes) = parse(text, 1);
    assert!(
        mistakes.iter().any(|(at, message)| *at == line && message.contains(part)),
        "{text:?}: {mistakes:?}"
    );
}

#[test]
fn mistakes_are_named() {
    mistake("## No id", 1, "needs an id");
    mistake("x\n\n::tsk{#a}", 3, "did you mean `::task`");
    mistake("```js run #a\n1\n```", 1, "transcript");
    mistake("```js run #a\n1\n```\n```output\n< 200\n```", 5, "under its request");
    mistake("```js run #a\n1\n```\n```output\n> GET /\n```", 5, "has no answer");
    mistake(":::quiz{#q}\nWhat?\n- [ ] a\n  > f\n- [ ] b\n  > f\n:::", 1, "one right option");
    mistake(":::quiz{#q}\nWhat?\n- [x] a\n- [ ] b\n  > f\n:::", 3, "no feedback");
    mistake(":::sort{#s}\nWhat?\n**A**\n- a\n  > f\n:::", 1, "two bold bucket names");
    mistake(":::note[T]\nopen", 1, "not closed");
    mistake(
        ":::note[T]\nopen\n\n:::warn[U]\nclosed\n:::",
        1,
        "`:::note` is not closed before line 4",
    );
}

#[test]
fn front_matter() {
    let (front, body, line) = split_front("---\nid: a\ntitle: b\n---\n\nText\n");
    assert_eq!((front, body, line), ("id: a\ntitle: b\n", "\nText\n", 5));
}

fn check(written: &str, got: &str, expected: bool) {
    assert_eq!(fits(written, got), expected, "{written} {got}");
}

#[test]
fn transcripts_leave_gaps() {
    check("abc", "abc", true);
    check("abc", "abcd", false);
    check("…Cannot GET /x…", "<pre>Cannot GET /x</pre>", true);
    check("a…c", "abbc", true);
    check("a…b…c", "acb", false);
    check("a…", "ab\nc", true);
    check("…", "", true);
}
