//! The Gregorian calendar over milliseconds since the epoch, and ISO 8601 text (MongoDB manual: "Date Expression Operators").

pub(crate) const DAY: i64 = 86_400_000;

/// A moment taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) year: i64,
    /// From 1.
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    pub(crate) millisecond: i64,
}

/// Days since the epoch of a date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub(crate) fn days_of(year: i64, month: i64, day: i64) -> i64 {
    // Years that no date can have end at the last one.
    let months = year.saturating_mul(12).saturating_add(month - 1);
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era - 719_468).saturating_add(day - 1)
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

impl Parts {
    pub(crate) fn of(ms: i64) -> Self {
        let (year, month, day) = date_of(ms.div_euclid(DAY));
        let rest = ms.rem_euclid(DAY);
        Parts {
            year,
            month,
            day,
            hour: rest / 3_600_000,
            minute: rest / 60_000 % 60,
            second: rest / 1000 % 60,
            millisecond: rest % 1000,
        }
    }

    /// Parts beyond their range carry over.
    pub(crate) fn to_ms(self) -> i64 {
        let within = self.hour * 3_600_000 + self.minute * 60_000 + self.second * 1000 + self.millisecond;
        days_of(self.year, self.month, self.day).saturating_mul(DAY).saturating_add(within)
    }

    pub(crate) fn day_of_year(self) -> i64 {
        days_of(self.year, self.month, self.day) - days_of(self.year, 1, 1) + 1
    }

    /// 1 for Monday to 7 for Sunday.
    pub(crate) fn iso_weekday(self) -> i64 {
        (days_of(self.year, self.month, self.day) + 3).rem_euclid(7) + 1
    }

    /// Year and week of ISO 8601.
    pub(crate) fn iso_week(self) -> (i64, i64) {
        let thursday = days_of(self.year, self.month, self.day) + 4 - self.iso_weekday();
        let (year, _, _) = date_of(thursday);
        (year, (thursday - days_of(year, 1, 1)) / 7 + 1)
    }
}

pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    days_of(year, month + 1, 1) - days_of(year, month, 1)
}

/// `2024-05-01T12:00:00.000Z`.
pub(crate) fn iso(ms: i64) -> String {
    let at = Parts::of(ms);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.millisecond
    )
}

/// Minutes east of Greenwich: `+05:30`, `-0300`, `Z`, and the zones of a short table without summer time.
pub(crate) fn offset_minutes(zone: &str) -> Option<i64> {
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == zone) {
        return Some(*minutes);
    }
    let (sign, digits) = match zone.as_bytes().first()? {
        b'+' => (1, &zone[1..]),
        b'-' => (-1, &zone[1..]),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    Some(sign * (hours * 60 + minutes))
}

/// Zones without summer time, and those whose summer time follows the rules of the United States or the European Union.
const ZONES: [(&str, i64); 22] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("Etc/UTC", 0),
    ("Etc/GMT", 0),
    ("Africa/Cairo", 120),
    ("Africa/Johannesburg", 120),
    ("Africa/Lagos", 60),
    ("Africa/Nairobi", 180),
    ("America/Bogota", -300),
    ("America/Sao_Paulo", -180),
    ("Asia/Bangkok", 420),
    ("Asia/Dhaka", 360),
    ("Asia/Dubai", 240),
    ("Asia/Hong_Kong", 480),
    ("Asia/Karachi", 300),
    ("Asia/Kolkata", 330),
    ("Asia/Seoul", 540),
    ("Asia/Shanghai", 480),
    ("Asia/Singapore", 480),
    ("Asia/Tokyo", 540),
    ("Europe/Moscow", 180),
];

/// Zone, minutes of its winter, and whether its summer follows the rules of the United States.
const SUMMER_ZONES: [(&str, i64, bool); 14] = [
    ("America/New_York", -300, true),
    ("America/Toronto", -300, true),
    ("America/Chicago", -360, true),
    ("America/Denver", -420, true),
    ("America/Los_Angeles", -480, true),
    ("Europe/London", 0, false),
    ("Europe/Dublin", 0, false),
    ("Europe/Lisbon", 0, false),
    ("Europe/Paris", 60, false),
    ("Europe/Berlin", 60, false),
    ("Europe/Madrid", 60, false),
    ("Europe/Rome", 60, false),
    ("Europe/Amsterdam", 60, false),
    ("Europe/Athens", 120, false),
];

/// What a zone adds to a moment, in milliseconds; `None` for a zone that is not known.
pub(crate) fn zone_offset(zone: &str, ms: i64) -> Option<i64> {
    if let Some(minutes) = offset_minutes(zone) {
        return Some(minutes * 60_000);
    }
    let (_, winter, american) = SUMMER_ZONES.iter().find(|(name, ..)| *name == zone)?;
    let year = Parts::of(ms).year;
    let sunday = |month: i64, from: i64| {
        let day = days_of(year, month, from);
        day + (6 - (day + 3).rem_euclid(7))
    };
    let (start, end) = if *american {
        // From the second Sunday in March to the first in November, at two o'clock local time.
        (
            sunday(3, 8) * DAY + (120 - winter) * 60_000,
            sunday(11, 1) * DAY + (60 - winter) * 60_000,
        )
    } else {
        // From the last Sunday in March to the last in October, at one o'clock in Greenwich.
        (sunday(3, 25) * DAY + 3_600_000, sunday(10, 25) * DAY + 3_600_000)
    };
    let summer = i64::from((start..end).contains(&ms)) * 60;
    Some((winter + summer) * 60_000)
}

/// Reads ISO 8601 text: a date alone or with time, fraction and offset.
pub(crate) fn parse_iso(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Some((local, hours)) = military(text) {
        return Some(parse_iso(local)? - hours * 3_600_000);
    }
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let mut fields = date.split('-');
    let year: i64 = fields.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: i64 = fields.next().map_or(Some(1), |month| month.parse().ok())?;
    let day: i64 = fields.next().map_or(Some(1), |day| day.parse().ok())?;
    if fields.next().is_some() || !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let mut ms = days_of(year, month, day) * DAY;
    let Some(time) = time else { return Some(ms) };
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let mut fields = clock.trim().split(':');
    let hour: i64 = fields.next()?.parse().ok()?;
    let minute: i64 = fields.next().map_or(Some(0), |minute| minute.parse().ok())?;
    let seconds: f64 = fields.next().map_or(Some(0.0), |second| second.parse().ok())?;
    if !(0..=24).contains(&hour) || !(0..60).contains(&minute) || !(0.0..61.0).contains(&seconds) {
        return None;
    }
    ms += hour * 3_600_000 + minute * 60_000 + (seconds * 1000.0 + 1e-6) as i64;
    match zone {
        "" | "Z" | "z" => Some(ms),
        offset => Some(ms - offset_minutes(offset)? * 60_000),
    }
}

/// The text before the letter of a military time zone, and its hours east of Greenwich; `Z` is read with other zones.
fn military(text: &str) -> Option<(&str, i64)> {
    let (local, letter) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let place = |letters: &str| letters.find(letter).map(|place| place as i64 + 1);
    let hours = place("ABCDEFGHIKLM").or_else(|| Some(-place("NOPQRSTUVWXY")?))?;
    local.ends_with(|last: char| last.is_ascii_digit()).then_some((local, hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_moments_apart_and_together() {
        for ms in [0, -1, 951_782_400_000, 1_709_164_800_123, -62_135_596_800_000] {
            assert_eq!(Parts::of(ms).to_ms(), ms);
            assert_eq!(parse_iso(&iso(ms)), Some(ms));
        }
        assert_eq!(parse_iso("1970-01-01A"), Some(-3_600_000));
        assert_eq!(parse_iso("1970-01-01T00:00N"), Some(3_600_000));
        assert_eq!(iso(1_709_164_800_000), "2024-02-29T00:00:00.000Z");
        assert_eq!(parse_iso("2024-02-29T01:30:00+01:30"), Some(1_709_164_800_000));
        assert_eq!(parse_iso("2024-02-30"), None);
        assert_eq!(Parts::of(1_704_067_200_000).iso_week(), (2024, 1));
        assert_eq!(Parts::of(1_704_067_200_000).iso_weekday(), 1);
        assert_eq!(zone_offset("Europe/Berlin", 1_720_000_000_000), Some(7_200_000));
        assert_eq!(zone_offset("America/New_York", 1_704_067_200_000), Some(-18_000_000));
    }
}
