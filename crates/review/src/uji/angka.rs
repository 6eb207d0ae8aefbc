//! Digits lost or swapped, numbers in words, equations and means in the text.

use rust_decimal::Decimal;
use tolok_domain::Tahun;
use tolok_domain::number::{terbilang, write_percent};

use super::antartabel::{Muncul, majority, occurrences};
use super::jumlah::breakdown;
use super::kutipan::{Kutipan, numbers};
use super::shown;
use crate::aturan::{Aturan, Tingkat, Ukuran};
use crate::model::{Model, Rekam};
use crate::temuan::{Sisi, Temuan};

/// A slip of the keyboard between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Selip {
    /// The first lacks a digit of the second.
    Hilang,
    /// The first has a digit too many.
    Lebih,
    /// Two neighbouring digits changed places.
    Tertukar,
}

impl Selip {
    const fn label(self) -> &'static str {
        match self {
            Self::Hilang => "kehilangan satu angka",
            Self::Lebih => "kelebihan satu angka",
            Self::Tertukar => "tertukar dua angkanya",
        }
    }
}

/// Numbers shorter than this differ by one digit too easily.
const LONG: usize = 5;

/// How the first number came from the second, if by one slip. Only whole numbers of at least five digits are looked at.
pub(crate) fn slip(wrong: Decimal, right: Decimal) -> Option<Selip> {
    let digits = |x: Decimal| (x.fract().is_zero() && x > Decimal::ZERO).then(|| x.trunc().normalize().to_string());
    let (a, b) = (digits(wrong)?, digits(right)?);
    if a.len().max(b.len()) < LONG || a == b {
        return None;
    }
    if a.len() + 1 == b.len() {
        return is_shortened(&a, &b).then_some(Selip::Hilang);
    }
    if b.len() + 1 == a.len() {
        return is_shortened(&b, &a).then_some(Selip::Lebih);
    }
    let differing: Vec<usize> =
        a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
    match differing.as_slice() {
        [i, j]
            if a.len() == b.len()
                && j - i == 1
                && a.as_bytes()[*i] == b.as_bytes()[*j]
                && a.as_bytes()[*j] == b.as_bytes()[*i] =>
        {
            Some(Selip::Tertukar)
        }
        _ => None,
    }
}

/// Whether the short text is the long one without one of its characters.
fn is_shortened(short: &str, long: &str) -> bool {
    let at = short.bytes().zip(long.bytes()).take_while(|(x, y)| x == y).count();
    short[at..] == long[at + 1..]
}

const LEVELS: [Tingkat; 5] =
    [Tingkat::Sasaran, Tingkat::Program, Tingkat::Kegiatan, Tingkat::SubKegiatan, Tingkat::Lain];

/// A place that has a digit too few or too many against the others.
struct Selipan<'m> {
    tahun: Option<Tahun>,
    salah: Muncul<'m>,
    benar: Muncul<'m>,
    cara: Selip,
}

fn slips<'m>(m: &'m Model<'_>, ukuran: Ukuran) -> Vec<Selipan<'m>> {
    let mut found = Vec::new();
    for ((_, tahun), places) in occurrences(m, ukuran, &LEVELS) {
        let Some(most) = majority(&places) else { continue };
        for p in places.iter().filter(|p| p.nilai != most.nilai) {
            if let Some(cara) = slip(p.nilai, most.nilai) {
                found.push(Selipan { tahun, salah: *p, benar: *most, cara });
            }
        }
    }
    found
}

pub(super) fn digit(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran) -> Vec<Temuan> {
    let find = |s: Selipan<'_>| {
        let r = &m.rekam[s.salah.rekam];
        let how = s.cara.label();
        let (wrong, right) = (s.salah.side(m, ukuran), s.benar.side(m, ukuran));
        let why = format!("{} {how} bila dibandingkan dengan {} di tempat lain.", wrong.nilai, right.nilai);
        let money = r.indikator.is_empty() || r.tingkat > Tingkat::Sasaran;
        Temuan::new(a, format!("{} {} {how}", ukuran.label(), r.subject(money)), wrong)
            .against(right)
            .differing(s.salah.nilai - s.benar.nilai)
            .because(why)
    };
    slips(m, ukuran).into_iter().map(find).collect()
}

/// What took a slipped digit over: sums that agree with the wrong value and not with the right one, and the percentages of both.
pub(super) fn followers(m: &Model<'_>, a: &'static Aturan, ukuran: Ukuran) -> Vec<Temuan> {
    let mut found = Vec::new();
    let parents = m.by_parent();
    for s in slips(m, ukuran) {
        let (wrong, right) = (s.salah.nilai, s.benar.nilai);
        let row = &m.rekam[s.salah.rekam];
        found.extend(percentage(m, a, row, ukuran, s.tahun, right));
        let level = m.rows_of(row.tabel).map(|(_, q)| q).filter(|q| q.tingkat == row.tingkat);
        let level: Vec<Decimal> = level.filter_map(|q| q.number(ukuran, s.tahun)).collect();
        let whole: Decimal = level.iter().sum();
        for (i, sum) in m.rows_of(row.tabel).filter(|(i, q)| *i != s.salah.rekam && q.tingkat < row.tingkat) {
            let Some((isi, own)) = sum.value(ukuran, s.tahun).and_then(|isi| Some((isi, isi.angka?))) else { continue };
            let in_plan = parents.get(&i).and_then(|kids| breakdown(m, i, kids, ukuran, s.tahun));
            let agrees = match in_plan {
                Some((total, parts)) if total == own => {
                    parts.len() > 1 && parts.iter().any(|q| q.number(ukuran, s.tahun) == Some(wrong))
                }
                _ => level.len() > 1 && whole == own && level.contains(&wrong),
            };
            if !agrees {
                continue;
            }
            let should = own - wrong + right;
            let b = Sisi { hal: "seharusnya".to_owned(), nilai: shown(should), ..s.salah.side(m, ukuran) };
            found.push(
                Temuan::new(
                    a,
                    format!("{} {} ikut salah", ukuran.label(), sum.subject(false)),
                    m.side(sum, isi, ukuran.label()),
                )
                .against(b)
                .differing(own - should)
                .because(format!(
                    "Jumlah ini memakai {}; dengan {} menjadi {}.",
                    shown(wrong),
                    shown(right),
                    shown(should)
                )),
            );
            found.extend(percentage(m, a, sum, ukuran, s.tahun, should));
        }
    }
    found
}

/// The printed absorption of a row whose spending should be another.
fn percentage(
    m: &Model<'_>,
    a: &'static Aturan,
    r: &Rekam<'_>,
    ukuran: Ukuran,
    tahun: Option<Tahun>,
    right: Decimal,
) -> Option<Temuan> {
    if ukuran != Ukuran::RealisasiAnggaran {
        return None;
    }
    let isi = r.value(Ukuran::Serapan, tahun)?;
    let printed = isi.angka?;
    let should = right.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(r.number(Ukuran::Pagu, tahun)?)?;
    let text = write_percent(should);
    ((printed - should).abs() > a.toleransi).then(|| {
        let b = Sisi { hal: "seharusnya".to_owned(), nilai: text.clone(), ..m.side(r, isi, "") };
        Temuan::new(a, format!("Serapan {} ikut salah", r.subject(false)), m.side(r, isi, "Serapan"))
            .against(Sisi { hal: "seharusnya".to_owned(), ..b })
            .differing(printed - should)
            .because(format!("Dengan realisasi anggaran {} serapannya {text}.", shown(right)))
    })
}

/// Words of numbers, and what joins them.
const NUMBER_WORDS: [&str; 26] = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
    "belas", "puluh", "ratus", "seratus", "ribu", "seribu", "juta", "miliar", "milyar", "triliun", "trilyun", "sejuta",
    "semiliar", "rupiah",
];

/// The value of a number in words; `None` when other words are among them.
fn value_of(text: &str) -> Option<u64> {
    let words: Vec<String> = crate::nama::words(text).filter(|w| w != "rupiah").collect();
    if words.is_empty() || !words.iter().all(|w| NUMBER_WORDS.contains(&w.as_str())) {
        return None;
    }
    let (mut total, mut group, mut last) = (0_u64, 0_u64, 0_u64);
    for word in &words {
        match word.as_str() {
            "belas" => last += 10,
            "puluh" => last *= 10,
            "ratus" => {
                group += last * 100;
                last = 0;
                continue;
            }
            "seratus" => group += 100,
            "ribu" | "juta" | "sejuta" | "miliar" | "milyar" | "semiliar" | "triliun" | "trilyun" => {
                let power: u64 = match word.as_str() {
                    "ribu" => 1_000,
                    "juta" | "sejuta" => 1_000_000,
                    "triliun" | "trilyun" => 1_000_000_000_000,
                    _ => 1_000_000_000,
                };
                let n = if word.starts_with("se") { 1 } else { group + last };
                total = total.checked_add(n.checked_mul(power)?)?;
                (group, last) = (0, 0);
                continue;
            }
            "seribu" => {
                total += 1_000;
                continue;
            }
            digit => {
                let n = (0..=11).find(|n| terbilang(*n) == digit)?;
                group += last;
                last = n;
                continue;
            }
        }
    }
    total.checked_add(group)?.checked_add(last)
}

pub(super) fn in_words(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        for n in numbers(text) {
            let Some(said) = n.in_parentheses().and_then(value_of).map(Decimal::from) else { continue };
            if (said - n.nilai).abs() <= a.toleransi {
                continue;
            }
            let side = |nilai: String, hal: &str| Sisi::read(letak, hal, nilai);
            found.push(
                Temuan::new(a, format!("{} tidak sama dengan terbilangnya", n.teks), side(n.teks.to_owned(), "angka"))
                    .against(side(format!("{} ({})", shown(said), n.in_parentheses().unwrap_or_default()), "terbilang"))
                    .differing(n.nilai - said),
            );
        }
    }
    found
}

/// What stands between two numbers of an equation.
fn operator(between: &str) -> Option<char> {
    match between.trim() {
        "/" | ":" | "÷" => Some('/'),
        "x" | "X" | "×" | "*" => Some('*'),
        "+" => Some('+'),
        "-" | "–" | "−" => Some('-'),
        "=" => Some('='),
        _ => None,
    }
}

pub(super) fn equation(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (_, text, letak) in m.texts() {
        let list = numbers(text);
        for (i, first) in list.iter().enumerate() {
            // Only from where the equation begins.
            let before = i.checked_sub(1).map(|j| &list[j]);
            if before.is_some_and(|b| text.get(b.akhir..first.awal).is_some_and(|t| operator(t).is_some())) {
                continue;
            }
            let Some((value, printed)) = chain(text, first, &list[i + 1..]) else { continue };
            if (value - printed.nilai).abs() > a.toleransi {
                let side = |hal: &str, nilai: String| Sisi::read(letak, hal, nilai);
                found.push(
                    Temuan::new(a, "Hasil hitungan dalam teks tidak cocok", side("tercetak", printed.teks.to_owned()))
                        .against(side("dihitung", shown(value.round_dp(4))))
                        .differing(printed.nilai - value),
                );
            }
        }
    }
    found
}

/// "a / b x c = d" from its first number: the value of the left side and the number after the sign.
fn chain<'t>(text: &str, first: &Kutipan<'t>, rest: &[Kutipan<'t>]) -> Option<(Decimal, Kutipan<'t>)> {
    let mut value = first.nilai;
    let mut end = first.akhir;
    for (steps, n) in rest.iter().enumerate() {
        match operator(text.get(end..n.awal)?)? {
            '/' => value = value.checked_div(n.nilai)?,
            '*' => value = value.checked_mul(n.nilai)?,
            '+' => value = value.checked_add(n.nilai)?,
            '-' => value = value.checked_sub(n.nilai)?,
            _ => return (steps > 0).then(|| (value, n.clone())),
        }
        end = n.akhir;
    }
    None
}

pub(super) fn mean(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (i, t) in m.tabel.iter().enumerate() {
        let says_mean = |row: &[tolok_domain::bacaan::SelBaca]| {
            row.iter().any(|s| s.teks.to_lowercase().replace('-', " ").contains("rata rata"))
        };
        let Some(at) = t.asal.baris.iter().position(|r| says_mean(r)) else { continue };
        let row_line = &t.asal.baris[at];
        for (_, r) in m.rows_of(i).filter(|(_, r)| row_line.first().is_some_and(|s| s.letak.baris == r.letak.baris)) {
            for isi in r.values(Ukuran::Capaian) {
                let Some(printed) = isi.angka else { continue };
                let above: Vec<Decimal> = m
                    .rows_of(i)
                    .map(|(_, q)| q)
                    .filter(|q| q.letak.baris < r.letak.baris)
                    .filter_map(|q| q.number(Ukuran::Capaian, isi.tahun()))
                    .collect();
                let Some(right) = above.iter().sum::<Decimal>().checked_div(Decimal::from(above.len())) else {
                    continue;
                };
                if above.len() > 1 && (right - printed).abs() > a.toleransi {
                    let b = Sisi {
                        hal: format!("rata-rata {} baris", above.len()),
                        nilai: write_percent(right),
                        ..m.row_side(r, "")
                    };
                    found.push(
                        Temuan::new(
                            a,
                            "Rata-rata capaian tidak sama dengan isinya",
                            m.side(r, isi, "Rata-rata capaian"),
                        )
                        .against(b)
                        .differing(printed - right),
                    );
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn a_lost_a_doubled_and_a_swapped_digit_are_told_apart() {
        assert_eq!(slip(dec!(27290750), dec!(297290750)), Some(Selip::Hilang));
        assert_eq!(slip(dec!(2977290750), dec!(297290750)), Some(Selip::Lebih));
        assert_eq!(slip(dec!(279290750), dec!(297290750)), Some(Selip::Tertukar));
        assert_eq!(slip(dec!(297290750), dec!(297290750)), None);
        assert_eq!(slip(dec!(95403500), dec!(94903500)), None);
        assert_eq!(slip(dec!(45), dec!(450)), None);
    }

    #[test]
    fn words_are_read_as_numbers() {
        for n in [0, 7, 11, 15, 28, 100, 110, 123, 1_000, 2_021, 440_760_000, 1_001_000, 7_851_608_419] {
            assert_eq!(value_of(&terbilang(n)), Some(n), "{}", terbilang(n));
        }
        assert_eq!(value_of("dua puluh delapan rupiah"), Some(28));
        assert_eq!(value_of("BKK"), None);
    }
}
