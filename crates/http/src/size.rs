//! Sizes such as `100kb`.

/// Bytes of a text such as `100kb`, `1.5mb`, `2048`; units are powers of 1024.
pub fn parse(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    for (unit, power) in [("kb", 1), ("mb", 2), ("gb", 3), ("tb", 4), ("pb", 5)] {
        if let Some(number) = lower.strip_suffix(unit).map(|number| number.trim_end_matches(' '))
            && number.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit())
            && !number.ends_with('.')
            && let Ok(value) = number.parse::<f64>()
        {
            return Some((value * 1024f64.powi(power)).floor());
        }
    }
    integer(text)
}

/// The whole number at the start of a text, as `parseInt` reads it.
fn integer(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse::<f64>().ok().map(|value| sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, expected) in [
            ("100kb", Some(102_400.0)),
            ("1.5 MB", Some(1_572_864.0)),
            ("2048", Some(2048.0)),
            ("10b", Some(10.0)),
            ("12 apples", Some(12.0)),
            ("kb", None),
            ("many", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
