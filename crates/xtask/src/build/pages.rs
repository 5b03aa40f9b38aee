//! Turns Trunk's one `index.html` into a page of its own for every address, under a strict content security policy.

use super::minify::minify;
use super::{Options, not_found};
use crate::command::Program;
use crate::root;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What every page may load and do.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'";

/// Stylesheets of tools that are not in front when a page opens; they stand one after another in `index.html`.
const TOOLS: [&str; 5] = ["trace", "console", "database", "preview", "checks"];

/// Around what loads the app, which `assets/early.js` puts in its place.
const APP_START: &str = "<template id=\"app-files\">";
const APP_END: &str = "</template></head>";

/// One address of the page. `path` is relative to the deployment and ends with `/`, or is empty for the start page.
struct Page {
    path: String,
    title: String,
    description: String,
    /// What the app would draw; empty when not rendered ahead.
    html: String,
    /// JSON that the app starts from.
    data: String,
}

/// Writes every page below `dist`; a development build's pages are empty until the app draws them.
pub fn write(dist: &Path, content: &Path, options: &Options) -> Result<()> {
    let trunks = without_integrity(&fs::read_to_string(dist.join("index.html"))?);
    let template = after_paint(&few_stylesheets(&external_scripts(&trunks, dist)?, dist, options.release)?)?;
    let parts = super::parts()?;
    for page in if options.release { rendered(content)? } else { shells(content)? } {
        let folder = dist.join(&page.path);
        fs::create_dir_all(&folder)?;
        let depth = page.path.matches('/').count();
        let base = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        let with_parts = replace_once(&template, APP_END, &format!("{}{APP_END}", preloads(&parts, &page)))?;
        fs::write(folder.join("index.html"), fill(&with_parts, &page, &base, POLICY)?)?;
        if page.path == "not-found/" {
            let html = match &options.base {
                Some(base) => fill(&with_parts, &page, base, POLICY)?,
                None => fill(&not_found::template(&template)?, &page, "/", &not_found::policy()?)?,
            };
            fs::write(dist.join("404.html"), html)?;
        }
    }
    Ok(())
}

/// Every page as the app draws it first, by the app itself, built for this machine.
fn rendered(content: &Path) -> Result<Vec<Page>> {
    let list = root::target().join("page/pages.json");
    // The development profile: the tests have compiled most of it already, and it renders all pages in a second.
    Program::new("cargo")
        .args([
            "build",
            "--quiet",
            "--package",
            "backlab",
            "--features",
            "ssr",
            "--bin",
            "prerender",
        ])
        .run()?;
    Program::new(root::target().join("debug/prerender")).args([content, &list]).run()?;
    let values: Vec<Value> = serde_json::from_slice(&fs::read(&list)?)?;
    values
        .into_iter()
        .map(|value| page(&value).context("prerender wrote a page without a path, title, description, html or data"))
        .collect()
}

/// Every address without its content, which saves building the app twice.
fn shells(content: &Path) -> Result<Vec<Page>> {
    let course: Value = serde_json::from_slice(&fs::read(content.join("course.json"))?)?;
    let modules = course["modules"].as_array().into_iter().flatten();
    let lessons = modules
        .filter_map(|module| module["lessons"].as_array())
        .flatten()
        .filter(|lesson| lesson["ready"] == true)
        .filter_map(|lesson| lesson["id"].as_str());
    let places = ["", "practice/", "playground/", "reference/", "not-found/"].map(str::to_owned);
    let shell = |path| Page {
        path,
        title: "Backlab".to_owned(),
        description: String::new(),
        html: String::new(),
        data: "{}".to_owned(),
    };
    Ok(places
        .into_iter()
        .chain(lessons.map(|id| format!("lessons/{id}/")))
        .map(shell)
        .collect())
}

fn page(value: &Value) -> Option<Page> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    Some(Page {
        path: text("path")?,
        title: text("title")?,
        description: text("description")?,
        html: text("html")?,
        data: text("data")?,
    })
}

/// Moves inline scripts into files named by their content, because the policy allows no inline script.
fn external_scripts(html: &str, dist: &Path) -> Result<String> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<script") {
        let (before, tail) = rest.split_at(start);
        let open = tail.find('>').context("a <script> tag is not closed")? + 1;
        let close = tail.find("</script>").context("a <script> has no end")?;
        let (tag, body) = (&tail[..open], &tail[open..close]);
        out.push_str(before);
        if body.trim().is_empty() || tag.contains("application/json") {
            out.push_str(&tail[..close + 9]);
        } else {
            let name = format!("start-{}.js", &hash(body.as_bytes())[..16]);
            // Paths in it are relative to the script and to <base href>, which is the same folder.
            fs::write(dist.join(&name), body)?;
            out.push_str(&format!("<script type=\"module\" src=\"./{name}\"></script>"));
        }
        rest = &tail[close + 9..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The wasm is optimised after Trunk has computed its digest, and all files come from one place.
fn without_integrity(html: &str) -> String {
    let mut parts = html.split(" integrity=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    out
}

/// Puts all stylesheets together, in their order: few requests, and no half-styled page. Those of the tools stay switched off between the
/// others until a tool is shown (`src/platform/style.rs`).
fn few_stylesheets(html: &str, dist: &Path, release: bool) -> Result<String> {
    const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
    let mut parts = html.split(LINK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    let at = out.len();
    let (mut before, mut tools, mut behind) = (String::new(), String::new(), String::new());
    for part in parts {
        let (file, rest) = part.split_once('"').context("a stylesheet link is not closed")?;
        let styles = fs::read_to_string(dist.join(file))?;
        fs::remove_file(dist.join(file))?;
        if TOOLS.iter().any(|tool| file.starts_with(&format!("{tool}-"))) {
            tools.push_str(&styles);
        } else if tools.is_empty() {
            before.push_str(&styles);
        } else {
            behind.push_str(&styles);
        }
        out.push_str(rest.trim_start_matches([' ', '/']).trim_start_matches('>').trim_start());
    }
    let mut links = String::new();
    for (stem, styles, more) in [
        ("styles", before, ""),
        ("tools", tools, " id=\"tools-styles\" disabled"),
        ("styles", behind, ""),
    ] {
        let name = format!("{stem}-{}.css", &hash(styles.as_bytes())[..16]);
        fs::write(dist.join(&name), styles)?;
        if release {
            minify(&dist.join(&name))?;
        }
        links.push_str(&format!("{LINK}{name}\"{more}>"));
    }
    out.insert_str(at, &links);
    Ok(out)
}

/// Keeps the app's files, which Trunk names last, from loading before the page is painted: its text should not wait for them.
fn after_paint(html: &str) -> Result<String> {
    const SCRIPT: &str = "<script type=\"module\"";
    let html = replace_once(html, SCRIPT, &format!("{APP_START}{SCRIPT}"))?;
    replace_once(&html, "</head>", APP_END)
}

/// Loads the files of the page's part at once, and not only when the main module asks for them.
fn preloads(parts: &BTreeMap<String, Vec<String>>, page: &Page) -> String {
    let part = if page.path.starts_with("lessons/") { "lesson" } else { "pages" };
    let link = |file: &String| {
        format!("<link rel=\"preload\" href=\"./{file}\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\">")
    };
    parts.get(part).into_iter().flatten().map(link).collect()
}

fn fill(template: &str, page: &Page, base: &str, policy: &str) -> Result<String> {
    let head = format!(
        "<head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><base href=\"{}\"><title>{}</title><meta name=\"description\" content=\"{}\">",
        escape(base),
        escape(&page.title),
        escape(&page.description)
    );
    // Neither an end of the script nor a comment, behind which an end does not count.
    let data = page.data.replace("</", "<\\/").replace("<!--", "\\u003c!--");
    let data = format!("<script type=\"application/json\" id=\"page-data\">{data}</script>");
    let icons = fs::read_to_string(root::root().join("assets/icons.svg"))?;
    let html = replace_once(template, "<head>", &head)?;
    let html = replace_once(
        &html,
        "<div id=\"app\"></div>",
        &format!("<div id=\"app\">{}</div>{data}<div hidden>{icons}</div>", page.html),
    )?;
    Ok(html)
}

/// Puts something in the place of a part that must be there once.
pub(super) fn replace_once(text: &str, what: &str, with: &str) -> Result<String> {
    if text.matches(what).count() != 1 {
        bail!("index.html must hold `{what}` exactly once");
    }
    Ok(text.replacen(what, with, 1))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
