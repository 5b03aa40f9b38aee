//! Byte ranges of a `Range` header.

/// Part of a body, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub start: u64,
    pub end: u64,
}

/// What a `Range` header comes to for a body of some size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ranges {
    /// The unit (`bytes`) and the parts that exist.
    Some { unit: String, parts: Vec<Range> },
    /// No part exists: status 416.
    Unsatisfiable,
    /// Not a range header.
    Malformed,
}

/// Reads a `Range` header. With `combine`, parts that touch or overlap become one.
pub fn parse(size: u64, header: &str, combine: bool) -> Ranges {
    let Some((unit, list)) = header.split_once('=') else {
        return Ranges::Malformed;
    };
    let mut parts = Vec::new();
    for part in list.split(',') {
        let Some((start, end)) = part.split_once('-') else {
            return Ranges::Malformed;
        };
        let (start, end) = (start.trim(), end.trim());
        let digits = |text: &str| {
            if text.is_empty() {
                None
            } else {
                text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX))
            }
        };
        let (start, end) = match (start, end) {
            ("", count) => match digits(count) {
                // More than there is: Express treats it as absent.
                Some(count) if count > size => continue,
                Some(count) => (size - count, size.checked_sub(1)),
                None => return Ranges::Malformed,
            },
            (first, "") => match digits(first) {
                Some(first) => (first, size.checked_sub(1)),
                None => return Ranges::Malformed,
            },
            (first, last) => match (digits(first), digits(last)) {
                (Some(first), Some(last)) => (first, size.checked_sub(1).map(|limit| last.min(limit))),
                _ => return Ranges::Malformed,
            },
        };
        if let Some(end) = end.filter(|end| start <= *end) {
            parts.push(Range { start, end });
        }
    }
    if parts.is_empty() {
        return Ranges::Unsatisfiable;
    }
    Ranges::Some {
        unit: unit.to_owned(),
        parts: if combine { combined(&parts) } else { parts },
    }
}

/// Joins what touches; the result keeps the order in which the parts were asked for.
fn combined(parts: &[Range]) -> Vec<Range> {
    let mut ordered: Vec<(usize, Range)> = Vec::new();
    for (index, range) in parts.iter().copied().enumerate() {
        let place = ordered.partition_point(|(_, other)| other.start <= range.start);
        ordered.insert(place, (index, range));
    }
    let mut joined: Vec<(usize, Range)> = Vec::new();
    for (index, range) in ordered {
        match joined.last_mut() {
            Some((first, last)) if range.start <= last.end + 1 => {
                if range.end > last.end {
                    last.end = range.end;
                    *first = (*first).min(index);
                }
            }
            _ => joined.push((index, range)),
        }
    }
    let mut asked: Vec<(usize, Range)> = Vec::new();
    for (index, range) in joined {
        let place = asked.partition_point(|(other, _)| *other < index);
        asked.insert(place, (index, range));
    }
    asked.into_iter().map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let check = |size: u64, header: &str, combine: bool, expected: &str| {
            let text = match parse(size, header, combine) {
                Ranges::Some { unit, parts } => {
                    unit + &parts.iter().map(|part| format!(" {}-{}", part.start, part.end)).collect::<String>()
                }
                Ranges::Unsatisfiable => "unsatisfiable".to_owned(),
                Ranges::Malformed => "malformed".to_owned(),
            };
            assert_eq!(text, expected, "{size} {header}");
        };
        check(200, "bytes=0-99", false, "bytes 0-99");
        check(200, "bytes=100-", false, "bytes 100-199");
        check(200, "bytes=-50", false, "bytes 150-199");
        check(200, "bytes=0-9999", false, "bytes 0-199");
        check(200, "bytes=500-20", false, "unsatisfiable");
        check(200, "bytes=300-400", false, "unsatisfiable");
        check(200, "bytes", false, "malformed");
        check(200, "bytes=a-b", false, "malformed");
        check(200, "bytes=0-4,5-9,40-80", false, "bytes 0-4 5-9 40-80");
        check(150, "bytes=90-99,5-75,0-4,100-199", true, "bytes 90-149 0-75");
        check(0, "bytes=0-", false, "unsatisfiable");
    }
}
