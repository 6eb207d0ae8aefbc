//! Years, quarters and months as headers and captions say them.

use tolok_domain::period::BULAN;
use tolok_domain::{Periode, Tahun};

use super::sign::year;
use crate::baca::lower;

/// The one year that a text names; `None` for several ("2018-2021") or none.
pub(crate) fn only_year(text: &str) -> Option<Tahun> {
    let mut found = None;
    for year in years(text) {
        match found {
            Some(other) if other != year => return None,
            _ => found = Some(year),
        }
    }
    found
}

/// Every year that a text names, in order. Numbers of laws ("Nomor 2014") do not come in captions.
pub(crate) fn years(text: &str) -> Vec<Tahun> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(year).filter(|year| (1990..=2100).contains(year)).collect()
}

/// The year of a document: the first that stands behind the word "tahun" or "TA".
pub(crate) fn said_year(text: &str) -> Option<Tahun> {
    let small = lower(text);
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let next = if words.get(at + 1) == Some(&"anggaran") { at + 2 } else { at + 1 };
        let range = words.get(next + 1).and_then(|word| year(word)).is_some();
        matches!(*word, "tahun" | "ta")
            .then(|| words.get(next).and_then(|word| year(word)))
            .flatten()
            .filter(|_| !range)
    })
}

/// The period of a column: the year that its header names (or the given one) with the part of the year it names.
pub(crate) fn of_header(judul: &str, tahun: Option<Tahun>) -> Option<Periode> {
    let small = lower(judul);
    let own = only_year(&small);
    let year = own.or(tahun)?;
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let until =
        words.windows(2).any(|w| w == ["s", "d"]) || words.iter().any(|w| matches!(*w, "sd" | "sampai" | "hingga"));
    let pairs = || words.iter().zip(words.iter().skip(1).map(Some).chain([None]));
    let quarter = pairs().find_map(|(word, next)| match *word {
        "triwulan" | "tw" | "twl" | "triwulanan" => roman(next?),
        _ => word.strip_prefix("tw").and_then(roman),
    });
    if let Some(quarter) = quarter {
        return Some(match (until, quarter) {
            (true, 4) => Periode::Tahun(year),
            (true, 2) => Periode::Semester(year, 1),
            _ => Periode::Triwulan(year, quarter),
        });
    }
    if let Some(half) =
        pairs().find_map(|(word, next)| if matches!(*word, "semester" | "smt") { roman(next?) } else { None })
    {
        return Some(if until && half == 2 { Periode::Tahun(year) } else { Periode::Semester(year, half.clamp(1, 2)) });
    }
    let months = || BULAN.iter().zip(1_u8..);
    let month = words.iter().find_map(|word| {
        let word = match *word {
            "agt" | "ags" | "agst" => "agu",
            "sept" => "sep",
            "nop" | "nopember" => "nov",
            same => same,
        };
        let is =
            |name: &str| word.eq_ignore_ascii_case(name) || (word.len() == 3 && name.to_lowercase().starts_with(word));
        months().find(|(name, _)| is(name)).map(|(_, n)| n)
    });
    match month {
        Some(month) => Some(Periode::Bulan(year, month)),
        None => own.map(Periode::Tahun),
    }
}

/// A quarter or half: "iv", "4".
fn roman(word: impl AsRef<str>) -> Option<u8> {
    let n = match word.as_ref() {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        "iv" | "4" => 4,
        _ => return None,
    };
    Some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_their_period() {
        for (judul, expected) in [
            ("TARGET KINERJA / 2018", Some("2018")),
            ("TRIWULAN IV / REALISASI", Some("2021-TW4")),
            ("SD. TRIWULAN IV / % KINERJA", Some("2021")),
            ("s.d. TW II", Some("2021-S1")),
            ("TW3 / Target", Some("2021-TW3")),
            ("Semester II", Some("2021-S2")),
            ("Target / Mei", Some("2021-B05")),
            ("Target", None),
            ("Kondisi Akhir Renstra 2018-2023", None),
        ] {
            let found = of_header(judul, Some(2021)).map(|p| p.to_string());
            assert_eq!(found.as_deref(), expected, "{judul}");
        }
    }

    #[test]
    fn captions_say_their_year_when_they_name_one() {
        assert_eq!(only_year("PENCAPAIAN KINERJA TAHUN 2021"), Some(2021));
        assert_eq!(only_year("TAHUN 2018-2021"), None);
        assert_eq!(said_year("LAPORAN KINERJA TAHUN 2021 Jalan No. 2020"), Some(2021));
        assert_eq!(said_year("TAHUN ANGGARAN 2022"), Some(2022));
        assert_eq!(said_year("Renstra Tahun 2019 - 2023"), None);
    }
}
