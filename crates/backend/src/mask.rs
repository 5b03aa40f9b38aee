//! Secrets do not belong into traces: passwords vanish, tokens keep their beginning.

use serde_json::Value;

use crate::trace::HeaderList;

pub(crate) const HIDDEN: &str = "••••••";
/// Enough to recognise a token, too little to use it.
const SHOWN: usize = 12;

/// Tells whether what bears this name is shown to nobody.
pub(crate) fn hides(name: &str) -> bool {
    matches!(name, "password" | "passwordHash" | "newPassword")
}

/// Masks the secret members of a JSON value, at any depth.
pub(crate) fn json(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match (name.as_str(), &*member) {
                    (name, Value::String(_)) if hides(name) => *member = HIDDEN.into(),
                    ("token" | "refreshToken" | "accessToken", Value::String(text)) => *member = shortened(text).into(),
                    _ => json(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(json),
        _ => {}
    }
}

/// Masks the secrets of a body that is JSON or a form; other text stays.
pub(crate) fn text(text: &str) -> String {
    if let Ok(mut value) = serde_json::from_str::<Value>(text)
        && (value.is_object() || value.is_array())
    {
        json(&mut value);
        return value.to_string();
    }
    if text.contains("assword=") {
        let hide = |pair: &str| match pair.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("password") => format!("{name}={HIDDEN}"),
            _ => pair.to_owned(),
        };
        return text.split('&').map(hide).collect::<Vec<_>>().join("&");
    }
    text.to_owned()
}

/// Masks credentials in headers.
pub(crate) fn headers(headers: &HeaderList) -> HeaderList {
    headers
        .iter()
        .map(|(name, value)| {
            let secret = ["authorization", "cookie", "set-cookie"]
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known));
            (name.clone(), if secret { shortened(value) } else { value.clone() })
        })
        .collect()
}

fn shortened(secret: &str) -> String {
    // The scheme in front of a credential is no secret.
    let (scheme, rest) = secret.split_once(' ').unwrap_or(("", secret));
    let start: String = rest.chars().take(SHOWN).collect();
    let shown = if rest.chars().count() > 2 * SHOWN {
        format!("{start}…")
    } else {
        HIDDEN.to_owned()
    };
    if scheme.is_empty() { shown } else { format!("{scheme} {shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_is_secret() {
        #[track_caller]
        fn check(input: &str, expected: &str) {
            assert_eq!(text(input), expected);
        }
        check(r#"{"email":"a@b.c","password":"x"}"#, r#"{"email":"a@b.c","password":"••••••"}"#);
        check(r#"[{"a":{"passwordHash":"x"}}]"#, r#"[{"a":{"passwordHash":"••••••"}}]"#);
        check(r#"{"token":"eyJhbGciOiJIUzI1NiIsInR5cCI6"}"#, r#"{"token":"eyJhbGciOiJI…"}"#);
        check("name=x&password=abc", "name=x&password=••••••");
        check("plain", "plain");
        let masked = headers(&vec![("Authorization".into(), "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6".into())]);
        assert_eq!(masked[0].1, "Bearer eyJhbGciOiJI…");
    }
}
