//! Which texts are a date, as JavaScript writes them: ISO 8601, RFC 1123, and `Date`'s own text.

/// Whether a text is a calendar date with or without a time.
pub fn is_date(text: &str) -> bool {
    iso(text) || written(text)
}

fn iso(text: &str) -> bool {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, length: usize, low: u32, high: u32| {
        text.len() == length && text.parse::<u32>().is_ok_and(|number| (low..=high).contains(&number))
    };
    let date = number(year, 4, 0, 9999) && number(month, 2, 1, 12) && number(day, 2, 1, 31);
    let clock = time.split(['Z', '+', '-', '.']).next().unwrap_or("");
    let mut units = clock.split(':');
    let time = time.is_empty()
        || (units.next().is_some_and(|hour| number(hour, 2, 0, 24))
            && units.next().is_some_and(|minute| number(minute, 2, 0, 59))
            && units.next().is_none_or(|second| number(second, 2, 0, 60)));
    date && time
}

/// `Mon, 05 Jan 2026 09:00:00 GMT` and `Mon Jan 05 2026 09:00:00 GMT+0530 (…)`.
fn written(text: &str) -> bool {
    const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [weekday, second, third, year, ..] = words[..] else {
        return false;
    };
    let day = |text: &str| text.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    DAYS.contains(&weekday.trim_end_matches(','))
        && ((day(second) && MONTHS.contains(&third)) || (MONTHS.contains(&second) && day(third)))
        && year.parse::<u32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_date;

    fn check(text: &str, expected: bool) {
        assert_eq!(is_date(text), expected, "{text}");
    }

    #[test]
    fn dates() {
        check("2026-01-05", true);
        check("2026-01-05T09:00:00Z", true);
        check("2026-01-05T09:00:00.000+05:30", true);
        check("2026-01-05T09:00", true);
        check("2026-13-05", false);
        check("2026-01-05T99:00:00Z", false);
        check("Mon, 05 Jan 2026 09:00:00 GMT", true);
        check("Mon Jan 05 2026 14:30:00 GMT+0530 (India Standard Time)", true);
        check("Monday morning at nine", false);
        check("", false);
    }
}
