//! Dates as people write them in reports: day first, month first, with the month in words, with a time behind.

use jiff::civil::Date;

use crate::period::BULAN;

/// Which of two numbers before the year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GayaTanggal {
    /// 31/12/2021.
    HariDahulu,
    /// 12/31/2021, as programs with American settings write it.
    BulanDahulu,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GalatTanggal {
    /// Not a date at all.
    #[error("\"{0}\" bukan tanggal; tulis misalnya 31 Desember 2021 atau 31/12/2021")]
    BukanTanggal(String),
    /// Day and month may be either way round.
    #[error("\"{0}\" dapat berarti {1} atau {2}; tulis nama bulannya")]
    Ambigu(String, Date, Date),
}

/// Reads a date. A time behind it is left out. `gaya` says how the other dates of the place are written.
///
/// # Errors
/// When it is no date, or day and month could be either way round and nothing decides it.
pub fn read_date(teks: &str, gaya: Option<GayaTanggal>) -> Result<Date, GalatTanggal> {
    let none = || GalatTanggal::BukanTanggal(teks.trim().chars().take(40).collect());
    match parts(teks).ok_or_else(none)? {
        Bagian::Jelas(date) => Ok(date),
        Bagian::Dua(first, second, year) => {
            let day_first = Date::new(year, second, first).ok();
            let month_first = Date::new(year, first, second).ok();
            match (day_first, month_first, gaya) {
                (Some(a), Some(b), None) if a != b => Err(GalatTanggal::Ambigu(teks.trim().to_owned(), a, b)),
                (Some(a), Some(_), None | Some(GayaTanggal::HariDahulu)) | (Some(a), None, _) => Ok(a),
                (Some(_), Some(b), Some(GayaTanggal::BulanDahulu)) | (None, Some(b), _) => Ok(b),
                (None, None, _) => Err(none()),
            }
        }
    }
}

/// The way in which a text writes its date, where it can be one way only.
pub fn date_style(teks: &str) -> Option<GayaTanggal> {
    let Some(Bagian::Dua(first, second, year)) = parts(teks) else { return None };
    match (Date::new(year, second, first).is_ok(), Date::new(year, first, second).is_ok()) {
        (true, false) => Some(GayaTanggal::HariDahulu),
        (false, true) => Some(GayaTanggal::BulanDahulu),
        _ => None,
    }
}

enum Bagian {
    Jelas(Date),
    /// Two small numbers and the year.
    Dua(i8, i8, i16),
}

fn parts(teks: &str) -> Option<Bagian> {
    let small = teks.trim().to_lowercase();
    let words: Vec<&str> = small.split([' ', ',', '/', '-', '.']).filter(|w| !w.is_empty()).collect();
    let [first, second, year, ref rest @ ..] = words[..] else { return None };
    // Behind a date stands nothing or a time.
    if !rest.iter().all(|word| {
        word.contains(':') || matches!(*word, "am" | "pm" | "wib" | "pukul" | "jam") || word.parse::<u8>().is_ok()
    }) {
        return None;
    }
    if first.len() == 4 {
        // 2021-12-31
        let (year, month, day) =
            (number(first, 4)?.parse().ok()?, number(second, 2)?.parse().ok()?, number(year, 2)?.parse().ok()?);
        return Date::new(year, month, day).ok().map(Bagian::Jelas);
    }
    let first: i8 = number(first, 2)?.parse().ok()?;
    let year: i16 = (year.len() == 4).then(|| number(year, 4)).flatten()?.parse().ok()?;
    if let Some(month) = month_of(second) {
        return Date::new(year, month, first).ok().map(Bagian::Jelas);
    }
    Some(Bagian::Dua(first, number(second, 2)?.parse().ok()?, year))
}

/// The word, when it is a number of at most so many digits.
fn number(word: &str, length: usize) -> Option<&str> {
    (word.len() <= length && word.bytes().all(|b| b.is_ascii_digit())).then_some(word)
}

/// A month by its name or the first three letters of it.
fn month_of(word: &str) -> Option<i8> {
    let is = |name: &str| name.eq_ignore_ascii_case(word) || (word.len() == 3 && name.to_lowercase().starts_with(word));
    let known = match word {
        "pebruari" | "peb" => "februari",
        "nopember" | "nop" => "november",
        "agt" | "ags" => "agustus",
        same => same,
    };
    let at = BULAN.iter().position(|name| is(name) || name.eq_ignore_ascii_case(known))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    // C177, C179
    #[case("30/12/2025 08:59 AM", "2025-12-30")]
    #[case("30 Juni 2026", "2026-06-30")]
    #[case("12/24/2021", "2021-12-24")]
    #[case("2021-12-31", "2021-12-31")]
    #[case("05/05/2021", "2021-05-05")]
    #[case("3 Peb 2022", "2022-02-03")]
    #[case("31-12-2021", "2021-12-31")]
    fn dates_are_read(#[case] teks: &str, #[case] expected: &str) {
        assert_eq!(read_date(teks, None).map(|d| d.to_string()).as_deref(), Ok(expected), "{teks}");
    }

    #[test]
    fn what_may_be_two_dates_is_asked_about() {
        let error = read_date("3/12/2021", None).expect_err("two dates");
        assert!(error.to_string().contains("2021-12-03 atau 2021-03-12"), "{error}");
        assert_eq!(read_date("3/12/2021", Some(GayaTanggal::BulanDahulu)), Ok(Date::constant(2021, 3, 12)));
        assert_eq!(read_date("3/12/2021", Some(GayaTanggal::HariDahulu)), Ok(Date::constant(2021, 12, 3)));
    }

    #[test]
    fn a_style_shows_only_where_it_is_certain() {
        let style = |teks| date_style(teks);
        assert_eq!(style("25/02/2021"), Some(GayaTanggal::HariDahulu));
        assert_eq!(style("12/24/2021"), Some(GayaTanggal::BulanDahulu));
        assert_eq!((style("3/12/2021"), style("Februari 2021"), style("1/2/3")), (None, None, None));
    }

    proptest! {
        #[test]
        fn any_text_does_no_harm(teks in any::<String>(), gaya in prop_oneof![Just(None), Just(Some(GayaTanggal::BulanDahulu))]) {
            let _ = read_date(&teks, gaya);
            date_style(&teks);
        }
    }
}
