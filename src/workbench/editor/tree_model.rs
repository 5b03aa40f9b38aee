//! The file tree: folders first, settings last.

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub depth: usize,
    pub kind: RowKind,
    /// The last part of the path.
    pub name: String,
    /// The whole path of a file or folder.
    pub path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Folder { open: bool },
    File,
}

/// The rows on show; folders in `folded` hide what they hold.
pub fn rows<'a>(paths: impl IntoIterator<Item = &'a str>, folded: &[String]) -> Vec<Row> {
    let mut paths: Vec<&str> = paths.into_iter().collect();
    paths.sort_by_key(|path| sort_key(path));
    let mut rows: Vec<Row> = Vec::new();
    for path in paths {
        let parts: Vec<&str> = path.split('/').collect();
        for depth in 0..parts.len() - 1 {
            let folder = parts[..=depth].join("/");
            if !rows.iter().any(|row| row.path == folder) && !is_hidden(&folder, folded) {
                let open = !folded.contains(&folder);
                rows.push(Row {
                    depth,
                    kind: RowKind::Folder { open },
                    name: parts[depth].to_owned(),
                    path: folder,
                });
            }
        }
        if !is_hidden(path, folded) {
            rows.push(Row {
                depth: parts.len() - 1,
                kind: RowKind::File,
                name: parts[parts.len() - 1].to_owned(),
                path: path.to_owned(),
            });
        }
    }
    rows
}

/// Folders before files at every level, dot files and settings last among files.
fn sort_key(path: &str) -> Vec<(u8, String)> {
    let parts: Vec<&str> = path.split('/').collect();
    let last = parts.len() - 1;
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let rank = match *part {
                _ if at < last => 0,
                "package.json" => 3,
                dotted if dotted.starts_with('.') => 2,
                _ => 1,
            };
            (rank, part.to_lowercase())
        })
        .collect()
}

fn is_hidden(path: &str, folded: &[String]) -> bool {
    folded
        .iter()
        .any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
}

/// The icon of a file.
pub fn icon(path: &str) -> &'static str {
    if path.rsplit('/').next() == Some(".env") { "key" } else { "file" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str], folded: &[&str], wanted: &[&str]) {
        let folded: Vec<String> = folded.iter().map(|folder| (*folder).to_owned()).collect();
        let shown: Vec<String> = rows(paths.iter().copied(), &folded)
            .into_iter()
            .map(|row| format!("{}{}", "  ".repeat(row.depth), row.name))
            .collect();
        assert_eq!(shown, wanted);
    }

    #[test]
    fn trees() {
        let paths = ["server.js", ".env", "package.json", "routes/me.js", "routes/admin/a.js", "app.js"];
        check(
            &paths,
            &[],
            &[
                "routes",
                "  admin",
                "    a.js",
                "  me.js",
                "app.js",
                "server.js",
                ".env",
                "package.json",
            ],
        );
        check(&paths, &["routes"], &["routes", "app.js", "server.js", ".env", "package.json"]);
        check(&[], &[], &[]);
    }
}
