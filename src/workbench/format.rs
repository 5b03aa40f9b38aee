//! Numbers, times and sizes as the workbench writes them.

/// One decimal: `0.3`. `{:.1}` says the same, with code for any number of exact digits, which the page would load for this alone.
pub fn tenths(value: f64) -> String {
    let tenths = (value * 10.0).round_ties_even() as i64;
    format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
}

/// No decimal: `38`.
pub fn whole(value: f64) -> i64 {
    value.round_ties_even() as i64
}

/// Milliseconds: `0.3 ms`, `38 ms`, `5 s`.
pub fn duration(ms: f64) -> String {
    if ms >= 1000.0 {
        let seconds = ms / 1000.0;
        if (seconds - seconds.round()).abs() < 0.05 {
            format!("{} s", whole(seconds))
        } else {
            format!("{} s", tenths(seconds))
        }
    } else if ms >= 20.0 {
        format!("{} ms", whole(ms))
    } else {
        format!("{} ms", tenths(ms))
    }
}

/// A duration for ears: `3.3 milliseconds`, `5 seconds`.
pub fn spoken_duration(ms: f64) -> String {
    let text = duration(ms);
    match text.split_once(' ') {
        Some(("1", "s")) => "1 second".to_owned(),
        Some((number, "s")) => format!("{number} seconds"),
        Some((number, _)) => format!("{number} milliseconds"),
        None => text,
    }
}

/// Space taken in the browser, in MB of the 5 (million characters) that browsers give a site: `0.9`.
pub fn space(bytes: usize) -> String {
    tenths(bytes as f64 / 2_000_000.0)
}

/// Bytes: `212 B`, `48 KB`, `1.8 MB` (thousands, as browsers' tools count).
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 if bytes < 100_000 => format!("{} KB", tenths(bytes as f64 / 1000.0)),
        1000..1_000_000 => format!("{} KB", whole(bytes as f64 / 1000.0)),
        _ => format!("{} MB", tenths(bytes as f64 / 1_000_000.0)),
    }
}

/// The time of day of a moment (milliseconds since the epoch) at `offset` minutes east of UTC: `09:02:40`.
pub fn clock(at: f64, offset: i32) -> String {
    let seconds = (at / 1000.0).floor() as i64 + i64::from(offset) * 60;
    let day = seconds.rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", day / 3600, day / 60 % 60, day % 60)
}

/// `1 document`, `4 documents`, `2 queries`.
pub fn count(number: usize, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if number == 1 => format!("1 {one}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {one}s"),
    }
}

/// Cuts a text to at most `most` characters, the last of them an ellipsis.
pub fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// `200 OK`; a status without a message stands alone.
pub fn status_line(status: u16, message: &str) -> String {
    if message.is_empty() {
        status.to_string()
    } else {
        format!("{status} {message}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (ms, text, spoken) in [
            (0.04, "0.0 ms", "0.0 milliseconds"),
            (3.34, "3.3 ms", "3.3 milliseconds"),
            (92.4, "92 ms", "92 milliseconds"),
            (1000.0, "1 s", "1 second"),
            (5003.0, "5 s", "5 seconds"),
            (2340.0, "2.3 s", "2.3 seconds"),
        ] {
            assert_eq!(duration(ms), text);
            assert_eq!(spoken_duration(ms), spoken);
        }
    }

    #[test]
    fn decimals() {
        for (value, text) in [(0.0, "0.0"), (0.06, "0.1"), (9.96, "10.0"), (-2.34, "-2.3"), (1234.5, "1234.5")] {
            assert_eq!(tenths(value), text);
            assert_eq!(tenths(value), format!("{value:.1}"));
            assert_eq!(whole(value).to_string(), format!("{value:.0}"));
        }
    }

    #[test]
    fn sizes() {
        for (bytes, text) in [
            (0, "0 B"),
            (212, "212 B"),
            (48_123, "48.1 KB"),
            (218_000, "218 KB"),
            (1_800_000, "1.8 MB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn times() {
        for (at, offset, text) in [
            (0.0, 0, "00:00:00"),
            (32_560_000.0, 0, "09:02:40"),
            (0.0, 330, "05:30:00"),
            (0.0, -60, "23:00:00"),
        ] {
            assert_eq!(clock(at, offset), text);
        }
    }

    #[test]
    fn words() {
        assert_eq!(count(1, "query"), "1 query");
        assert_eq!(count(2, "query"), "2 queries");
        assert_eq!(count(3, "hop"), "3 hops");
        assert_eq!(clip("abcdef", 4), "abc…");
        assert_eq!(clip("abcd", 4), "abcd");
    }
}
