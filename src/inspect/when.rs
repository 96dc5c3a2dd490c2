//! Times in words.

/// How far `at` is from `now`.
pub fn ago(at: u64, now: u64) -> String {
    let apart = at.abs_diff(now);
    let (number, unit) = match apart {
        0 => return "now".to_owned(),
        1..120 => (apart, "second"),
        120..7_200 => (apart / 60, "minute"),
        7_200..172_800 => (apart / 3600, "hour"),
        _ => (apart / 86_400, "day"),
    };
    let plural = if number == 1 { "" } else { "s" };
    if at < now {
        format!("{number} {unit}{plural} ago")
    } else {
        format!("in {number} {unit}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn a_time_is_told_by_how_far_away_it_is() {
        let cases = [
            (100, "now"),
            (99, "1 second ago"),
            (160, "in 60 seconds"),
            (7300, "in 2 hours"),
            (300, "in 3 minutes"),
            (900_000, "in 10 days"),
        ];
        for (at, expected) in cases {
            assert_eq!(ago(at, 100), expected);
        }
    }
}
