//! Plain text out of the ready-made HTML of titles, for sentences that are spoken.

/// Drops tags and resolves the five entities that compiled lessons contain.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as HTML, so that a value from a program can stand in ready-made markup.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(plain(html), expected);
    }

    #[test]
    fn titles_are_read_as_text() {
        check("Guard <code>/api/me</code>", "Guard /api/me");
        check("<p>One\n  <b>two</b></p>", "One two");
        check("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d");
        check("&amp;lt;", "&lt;");
        check("1 > 0", "1 > 0");
    }

    #[test]
    fn escaped_text_reads_back() {
        let text = "<b id=\"x\"> & co";
        assert_eq!(plain(&escape(text)), text);
    }
}
