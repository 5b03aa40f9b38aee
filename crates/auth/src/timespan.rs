//! Time spans such as `"1h"` and `"2 days"`, as the npm package `ms` reads them.

/// Milliseconds of a time span; a bare number is milliseconds. `None` when it is not one.
pub fn milliseconds(text: &str) -> Option<f64> {
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    let split = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    if number.ends_with('.') {
        return None;
    }
    let number: f64 = number.parse().ok()?;
    let unit = unit.trim_start_matches(' ').to_ascii_lowercase();
    const SECOND: f64 = 1_000.0;
    const DAY: f64 = 86_400.0 * SECOND;
    let factor = match unit.as_str() {
        "" | "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => 1.0,
        "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0 * SECOND,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0 * SECOND,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7.0 * DAY,
        "y" | "yr" | "yrs" | "year" | "years" => 365.25 * DAY,
        _ => return None,
    };
    Some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn reads_spans() {
        #[track_caller]
        fn check(text: &str, expected: Option<f64>) {
            assert_eq!(milliseconds(text), expected, "{text}");
        }
        check("1h", Some(3_600_000.0));
        check("2 days", Some(172_800_000.0));
        check("15M", Some(900_000.0));
        check("-1.5s", Some(-1_500.0));
        check("120", Some(120.0));
        check("1y", Some(31_557_600_000.0));
        check("soon", None);
        check("1 fortnight", None);
        check("1.", None);
        check("", None);
    }
}
