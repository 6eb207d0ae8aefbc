//! What a single cell looks like, whatever table it stands in.

use tolok_domain::KodeRekening;
use tolok_domain::period::YEARS;

use crate::baca::lower;

/// Words of units as they stand in columns of units; all in small letters.
const UNITS: &[&str] = &[
    "%",
    "persen",
    "persentase",
    "org",
    "orang",
    "oh",
    "ok",
    "dok",
    "dokumen",
    "doc",
    "unit",
    "bulan",
    "bln",
    "tahun",
    "thn",
    "kk",
    "nilai",
    "angka",
    "skor",
    "poin",
    "point",
    "indeks",
    "predikat",
    "kategori",
    "opini",
    "peringkat",
    "perush",
    "perusahaan",
    "lpk",
    "laporan",
    "lap",
    "kegiatan",
    "keg",
    "paket",
    "pkt",
    "stel",
    "event",
    "buah",
    "bh",
    "rupiah",
    "rp",
    "rp.",
    "juta",
    "juta rp",
    "juta rupiah",
    "milyar",
    "miliar",
    "kali",
    "km",
    "km2",
    "m",
    "m2",
    "m3",
    "ha",
    "hektar",
    "ton",
    "kg",
    "kuintal",
    "kw",
    "liter",
    "hari",
    "jam",
    "menit",
    "lembaga",
    "kelompok",
    "klp",
    "desa",
    "kelurahan",
    "kecamatan",
    "opd",
    "skpd",
    "pd",
    "sekolah",
    "siswa",
    "guru",
    "peserta",
    "berkas",
    "data",
    "aplikasi",
    "sistem",
    "lokasi",
    "titik",
    "ruas",
    "rumah",
    "kasus",
    "perkara",
    "media",
    "usaha",
    "umkm",
    "koperasi",
    "badan usaha",
    "pelaku usaha",
    "ekor",
    "rasio",
    "level",
    "tingkat",
    "surat",
];

/// The kind of a cell's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rupa {
    Kosong,
    /// A dash or "n/a": fits in any column.
    Strip,
    Satuan,
    /// A number of money's size.
    Uang,
    Angka,
    Kode,
    Teks,
}

/// The kind of a cell.
pub(crate) fn rupa(teks: &str) -> Rupa {
    let text = teks.trim();
    if text.is_empty() {
        return Rupa::Kosong;
    }
    if matches!(text, "-" | "–" | "—" | "0") || text.eq_ignore_ascii_case("n/a") || text.eq_ignore_ascii_case("na")
    {
        return Rupa::Strip;
    }
    if is_code(text) {
        return Rupa::Kode;
    }
    if is_number(text) {
        return if is_money(text) { Rupa::Uang } else { Rupa::Angka };
    }
    if is_unit(text) { Rupa::Satuan } else { Rupa::Teks }
}

/// Whether it is a word of measurement, alone.
pub(crate) fn is_unit(text: &str) -> bool {
    text.len() <= 24 && {
        let small = lower(text);
        let first = small.split(['/', ' ']).next().unwrap_or_default();
        UNITS.contains(&small.as_str())
            || (small.contains('/') && UNITS.contains(&first) && small.split('/').all(is_word))
    }
}

fn is_word(part: &str) -> bool {
    !part.is_empty() && part.trim().chars().all(|c| c.is_alphabetic() || c == ' ')
}

/// Digits with the signs that numbers have, without words.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("Rp").unwrap_or(text).trim_start_matches(['.', ' ']);
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            '.' | ',' | '-' | '−' | '/' | '%' | '(' | ')' | ' ' | '+' => {}
            _ => return false,
        }
    }
    digits > 0 && !is_date(text)
}

/// At least 100.000, grouped, or more than six digits: what money looks like and counts and percentages do not.
pub(crate) fn is_money(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with("Rp") {
        return true;
    }
    let whole = text.trim_end_matches('-').trim_end_matches([',', '.']);
    let mut groups: Vec<&str> = whole.split(['.', ',']).collect();
    if groups.len() > 1 && groups.last().is_some_and(|last| last.len() != 3) {
        groups.pop();
    }
    let digits = groups.iter().flat_map(|g| g.bytes()).filter(u8::is_ascii_digit).count();
    !whole.contains('/') && (digits >= 7 || groups.len() > 1 && digits >= 6)
}

/// "25/02/2021", "3-12-2021".
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let digits =
        |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts[..], [day, month, year] if digits(day, 2) && digits(month, 2) && year.len() == 4 && digits(year, 4))
}

/// A written code of at least three segments, of which one is "01" to "09" or the whole starts with one: "2.07.03", "1 02 02".
pub(crate) fn is_code(text: &str) -> bool {
    // A comma for a point is a slip that occurs in codes; elsewhere it starts decimals.
    if text.contains(',') {
        return text.matches(['.', ',']).count() >= 3 && text.parse::<KodeRekening>().is_ok();
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'X' | 'x')) {
        return false;
    }
    let segments: Vec<&str> = text.trim().trim_end_matches('.').split(['.', ' ']).collect();
    let digits = |s: &&str| {
        !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit()) || matches!(*s, "X" | "XX" | "x" | "xx")
    };
    segments.len() >= 3
        && segments.iter().all(digits)
        // 1.234.567 is a number: a code has a segment of other than three digits after the first.
        && segments.iter().skip(1).any(|s| s.len() != 3)
}

/// A year of plans and reports.
pub(crate) fn year(text: &str) -> Option<i16> {
    let text = text.trim();
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|year| YEARS.contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_apart_by_their_look() {
        for (teks, expected) in [
            ("", Rupa::Kosong),
            ("-", Rupa::Strip),
            ("%", Rupa::Satuan),
            ("Dok", Rupa::Satuan),
            ("orang/bulan", Rupa::Satuan),
            ("90,7", Rupa::Angka),
            ("28 / 35", Rupa::Angka),
            ("100%", Rupa::Angka),
            ("1.924", Rupa::Angka),
            ("832.031.500", Rupa::Uang),
            ("46.160", Rupa::Angka),
            ("993.000", Rupa::Uang),
            ("33012500", Rupa::Uang),
            ("2.07.03", Rupa::Kode),
            ("1 02 02 202", Rupa::Kode),
            ("X.XX.01.2.10", Rupa::Kode),
            ("2.07.05.2,01", Rupa::Kode),
            ("1.234,50", Rupa::Angka),
            ("12,345.67", Rupa::Angka),
            ("25/02/2021", Rupa::Teks),
            ("survey BPS", Rupa::Teks),
        ] {
            assert_eq!(rupa(teks), expected, "{teks}");
        }
    }
}
