//! The page that a host shows for an unknown address, at any depth: it looks for its folder before it loads anything.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::pages::{POLICY, replace_once};

const FINDER: &str = include_str!("not_found.js");

/// Keeps the parts of the head (styles, scripts) from loading until the finder has put them in place.
pub fn template(template: &str) -> Result<String> {
    let html = replace_once(template, "<head>", "<head><template id=\"parts\">")?;
    let html = replace_once(&html, "</head>", "</template></head>")?;
    replace_once(&html, "<body>", &format!("<body><script>{FINDER}</script>"))
}

/// The policy of every page, and the finder (CSP 3, hash source).
pub fn policy() -> Result<String> {
    let hash = STANDARD.encode(Sha256::digest(FINDER));
    replace_once(POLICY, "script-src 'self'", &format!("script-src 'self' 'sha256-{hash}'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn nothing_loads_before_the_finder() -> Result<()> {
        let html = template("<head><link rel=\"stylesheet\" href=\"./a.css\"></head>\n<body>\n<div></div></body>")?;
        let (parts, rest) = html.split_once("</template></head>").context("the head has no end")?;
        assert_eq!(parts, "<head><template id=\"parts\"><link rel=\"stylesheet\" href=\"./a.css\">");
        assert!(rest.starts_with("\n<body><script>/**"), "{rest}");
        Ok(())
    }

    #[test]
    fn the_policy_names_the_finder_and_nothing_else_inline() -> Result<()> {
        let policy = policy()?;
        assert!(policy.contains("script-src 'self' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        Ok(())
    }
}
