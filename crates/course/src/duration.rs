//! `61s`, `200ms`, `2h`: lengths of time in the authoring format.

/// Returns milliseconds, or `None` when the text is no number followed by ms, s, m, h or d.
pub fn milliseconds(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let unit = match text[end..].trim() {
        "ms" => 1.0,
        "s" => 1_000.0,
        "m" => 60_000.0,
        "h" => 3_600_000.0,
        "d" => 86_400_000.0,
        _ => return None,
    };
    Some(number * unit)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    fn check(text: &str, expected: Option<f64>) {
        assert_eq!(milliseconds(text), expected, "{text}");
    }

    #[test]
    fn durations() {
        check("61s", Some(61_000.0));
        check("200ms", Some(200.0));
        check("1.5 m", Some(90_000.0));
        check("2h", Some(7_200_000.0));
        check("1d", Some(86_400_000.0));
        check("61", None);
        check("s", None);
        check("3 weeks", None);
    }
}
