//! Periods of a budget year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A year of the common era. A budget year (tahun anggaran) is a calendar year (UU 17/2003, article 4).
pub type Tahun = i16;

/// Years for which data are taken; others are slips of the keyboard.
pub const YEARS: std::ops::RangeInclusive<Tahun> = 1945..=2200;

/// A period in which something is planned, measured or spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Periode {
    /// A whole year.
    Tahun(Tahun),
    /// Half a year, 1 or 2.
    Semester(Tahun, u8),
    /// A quarter, 1 to 4.
    Triwulan(Tahun, u8),
    /// A month, 1 to 12.
    Bulan(Tahun, u8),
}

/// The text is not a period; shows what one looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" bukan periode; tulis misalnya 2021, 2021-S1, 2021-TW3 atau 2021-B07")]
pub struct PeriodeTidakSah(pub String);

const ROMAWI: [&str; 4] = ["I", "II", "III", "IV"];

/// Month names as dates are written in Indonesian documents.
pub const BULAN: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

impl Periode {
    /// The year it lies in.
    pub const fn tahun(self) -> Tahun {
        match self {
            Self::Tahun(t) | Self::Semester(t, _) | Self::Triwulan(t, _) | Self::Bulan(t, _) => t,
        }
    }

    /// The same part of another year.
    #[must_use]
    pub const fn in_year(self, tahun: Tahun) -> Self {
        match self {
            Self::Tahun(_) => Self::Tahun(tahun),
            Self::Semester(_, n) => Self::Semester(tahun, n),
            Self::Triwulan(_, n) => Self::Triwulan(tahun, n),
            Self::Bulan(_, n) => Self::Bulan(tahun, n),
        }
    }

    /// Whether both have a month in common.
    pub const fn meets(self, other: Self) -> bool {
        self.tahun() == other.tahun()
            && self.first_month() <= other.last_month()
            && other.first_month() <= self.last_month()
    }

    /// Whether the other one ends in it: what is asked for with it, and closed with it.
    pub const fn closes(self, other: Self) -> bool {
        self.tahun() == other.tahun()
            && self.first_month() <= other.last_month()
            && other.last_month() <= self.last_month()
    }

    /// The last month it covers (1 to 12).
    pub const fn last_month(self) -> u8 {
        match self {
            Self::Tahun(_) => 12,
            Self::Semester(_, n) => n * 6,
            Self::Triwulan(_, n) => n * 3,
            Self::Bulan(_, n) => n,
        }
    }

    /// How many months it covers.
    pub const fn months(self) -> u8 {
        match self {
            Self::Tahun(_) => 12,
            Self::Semester(..) => 6,
            Self::Triwulan(..) => 3,
            Self::Bulan(..) => 1,
        }
    }

    /// The first month it covers (1 to 12).
    pub const fn first_month(self) -> u8 {
        self.last_month() - self.months() + 1
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        let month = i8::try_from(self.last_month()).unwrap_or(i8::MAX);
        // Only a year or month that no calendar has (YEARS is well inside) lacks a first day.
        Date::new(self.tahun(), month, 1).map_or(Date::MAX, Date::last_of_month)
    }

    /// Whether it lies in the year up to and including the end of `until` ("s.d.").
    pub const fn is_within(self, until: Self) -> bool {
        self.tahun() == until.tahun() && self.last_month() <= until.last_month()
    }

    /// The four quarters of a year.
    pub const fn quarters(tahun: Tahun) -> [Self; 4] {
        [Self::Triwulan(tahun, 1), Self::Triwulan(tahun, 2), Self::Triwulan(tahun, 3), Self::Triwulan(tahun, 4)]
    }

    /// As a heading: "2021", "Semester I 2021", "Triwulan IV 2021", "Juli 2021".
    pub fn heading(self) -> String {
        match self {
            Self::Tahun(t) => t.to_string(),
            Self::Semester(t, n) => format!("Semester {} {t}", ROMAWI[usize::from(n) - 1]),
            Self::Triwulan(t, n) => format!("Triwulan {} {t}", ROMAWI[usize::from(n) - 1]),
            Self::Bulan(t, n) => format!("{} {t}", BULAN[usize::from(n) - 1]),
        }
    }

    /// As a narrow column heading within its year: "Tahun", "Sem. I", "TW IV", "Jul".
    pub fn short(self) -> String {
        match self {
            Self::Tahun(_) => "Tahun".to_owned(),
            Self::Semester(_, n) => format!("Sem. {}", ROMAWI[usize::from(n) - 1]),
            Self::Triwulan(_, n) => format!("TW {}", ROMAWI[usize::from(n) - 1]),
            Self::Bulan(_, n) => BULAN[usize::from(n) - 1][..3].to_owned(),
        }
    }
}

/// Earlier periods first; of two that end together the longer one last (a year after its last quarter).
impl Ord for Periode {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |p: &Self| (p.tahun(), p.last_month(), p.months());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Periode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The form that packages and the database hold.
impl fmt::Display for Periode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tahun(t) => write!(f, "{t}"),
            Self::Semester(t, n) => write!(f, "{t}-S{n}"),
            Self::Triwulan(t, n) => write!(f, "{t}-TW{n}"),
            Self::Bulan(t, n) => write!(f, "{t}-B{n:02}"),
        }
    }
}

impl FromStr for Periode {
    type Err = PeriodeTidakSah;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let err = || PeriodeTidakSah(s.to_owned());
        let (year, part) = match s.trim().split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (s.trim(), None),
        };
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(err());
        }
        let tahun: Tahun = year.parse().map_err(|_| err())?;
        if !YEARS.contains(&tahun) {
            return Err(err());
        }
        let Some(part) = part else { return Ok(Self::Tahun(tahun)) };
        // One spelling for each period, or the same period could stand twice under one key.
        let number = |digits: &str, most: u8| match digits.parse::<u8>() {
            Ok(n) if (1..=most).contains(&n) && digits.bytes().all(|b| b.is_ascii_digit()) => Ok(n),
            _ => Err(err()),
        };
        let long = |digits: &str, length: usize| if digits.len() == length { Ok(()) } else { Err(err()) };
        if let Some(n) = part.strip_prefix("TW") {
            long(n, 1).and_then(|()| number(n, 4)).map(|n| Self::Triwulan(tahun, n))
        } else if let Some(n) = part.strip_prefix('S') {
            long(n, 1).and_then(|()| number(n, 2)).map(|n| Self::Semester(tahun, n))
        } else if let Some(n) = part.strip_prefix('B') {
            long(n, 2).and_then(|()| number(n, 12)).map(|n| Self::Bulan(tahun, n))
        } else {
            Err(err())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms_read_back() {
        for text in ["2021", "2021-S2", "2021-TW4", "2021-B07"] {
            assert_eq!(text.parse::<Periode>().expect(text).to_string(), text);
        }
        for text in
            ["", "21", "2021-TW5", "2021-TW0", "2021-B13", "2021-Q1", "2021-B7", "2021-TW+3", "2021-TW03", "tahun 2021"]
        {
            assert!(text.parse::<Periode>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_end_with_their_last_month() {
        for (period, day) in [
            ("2021", "2021-12-31"),
            ("2021-S1", "2021-06-30"),
            ("2021-TW3", "2021-09-30"),
            ("2021-B02", "2021-02-28"),
            ("2024-B02", "2024-02-29"),
        ] {
            assert_eq!(period.parse::<Periode>().expect(period).last_day().to_string(), day);
        }
    }

    #[test]
    fn a_year_comes_after_its_last_quarter() {
        let mut periods = vec![Periode::Tahun(2021), Periode::Triwulan(2021, 4), Periode::Tahun(2020)];
        periods.sort();
        assert_eq!(periods, [Periode::Tahun(2020), Periode::Triwulan(2021, 4), Periode::Tahun(2021)]);
    }

    #[test]
    fn periods_meet_where_they_have_a_month_in_common() {
        let quarter = Periode::Triwulan(2021, 2);
        for (other, meets) in
            [("2021-B04", true), ("2021-B07", false), ("2021-S1", true), ("2021-S2", false), ("2021", true)]
        {
            let other: Periode = other.parse().expect(other);
            assert_eq!((quarter.meets(other), other.meets(quarter)), (meets, meets), "{other}");
            assert!(!quarter.meets(other.in_year(2022)) && other.in_year(2022).tahun() == 2022);
        }
    }

    #[test]
    fn until_a_quarter_holds_the_quarters_before_it() {
        let until = Periode::Triwulan(2021, 3);
        assert!(Periode::Triwulan(2021, 1).is_within(until));
        assert!(Periode::Bulan(2021, 9).is_within(until));
        assert!(!Periode::Tahun(2021).is_within(until));
        assert!(!Periode::Triwulan(2020, 1).is_within(until));
    }
}
