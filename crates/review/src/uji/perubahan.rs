//! A change that is printed, and the two values that it is a change of.

use rust_decimal::Decimal;
use tolok_domain::bacaan::{Letak, PeranKolom};
use tolok_domain::number::write_percent;

use super::kutipan::{Kutipan, is_negative, numbers, rounding};
use super::shown;
use crate::aturan::{Aturan, Ukuran};
use crate::model::Model;
use crate::nama::words;
use crate::temuan::{Sisi, Temuan};

/// Words that call a number a change.
const CHANGE: [&str; 16] = [
    "perubahan",
    "berubah",
    "perubahannya",
    "naik",
    "kenaikan",
    "meningkat",
    "peningkatan",
    "bertambah",
    "tumbuh",
    "pertumbuhan",
    "turun",
    "menurun",
    "penurunan",
    "berkurang",
    "selisih",
    "selisihnya",
];

/// Words that may stand between the values and their change.
const LINK: [&str; 10] =
    ["atau", "sebesar", "yaitu", "yakni", "dengan", "mengalami", "ada", "terjadi", "sehingga", "dan"];

/// Words of a header that is no change of a value, although it says so: the version of a document.
const OF_DOCUMENT: [&str; 9] = ["sebelum", "setelah", "dpa", "dppa", "apbd", "renja", "rkpd", "renstra", "anggaran"];

/// What is compared.
struct Ubahan {
    lama: Decimal,
    baru: Decimal,
    tercetak: Decimal,
    /// Whether it was printed with a sign, so that its direction counts.
    bertanda: bool,
}

impl Ubahan {
    /// The change in percent of the earlier value.
    fn percent(&self) -> Option<Decimal> {
        let gap = self.baru.checked_sub(self.lama)?;
        gap.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.lama)
    }

    /// Whether the printed change is this one, as far as it was printed.
    fn is(&self, change: Decimal, slack: Decimal) -> bool {
        let (printed, change) =
            if self.bertanda { (self.tercetak, change) } else { (self.tercetak.abs(), change.abs()) };
        (printed - change).abs() <= slack
    }

    /// The finding, where neither percent nor points give what was printed. `letak`: where the earlier value stands.
    fn check(&self, a: &'static Aturan, hal: &str, side: Sisi, letak: &Letak) -> Option<Temuan> {
        let right = self.percent()?;
        let points = self.baru - self.lama;
        let slack = a.toleransi.max(rounding(self.tercetak));
        if self.is(right, slack) || self.is(points, slack) {
            return None;
        }
        let less_hundred = (self.tercetak - (self.baru - Decimal::ONE_HUNDRED)).abs() <= slack;
        let why = format!(
            "Dari {} menjadi {} perubahannya {}% atau {} poin{}.",
            shown(self.lama),
            shown(self.baru),
            write_percent(right),
            shown(points),
            if less_hundred { "; yang tercetak adalah nilainya dikurangi 100" } else { "" }
        );
        let b = Sisi::read(
            letak,
            format!("dihitung: ({} - {}) : {} × 100", shown(self.baru), shown(self.lama), shown(self.lama)),
            write_percent(right),
        );
        let title = format!("{hal} tidak dapat diperoleh dari kedua nilainya");
        Some(Temuan::new(a, title, side).against(b).differing(self.tercetak - right).because(why))
    }
}

pub(super) fn recomputed(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = in_tables(m, a);
    for (_, text, letak) in m.texts() {
        found.extend(numbers(text).windows(3).filter_map(|w| in_text(a, text, letak, w)));
    }
    found
}

/// Rows with the values of two years and a column that says how they changed.
fn in_tables(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        let mut years: Vec<_> = r
            .values(Ukuran::Realisasi)
            .filter(|i| i.is_whole_year())
            .filter_map(|i| Some((i.tahun()?, i.angka?, i)))
            .collect();
        years.sort_by_key(|(year, ..)| *year);
        let [.., (before, lama, from), (after, baru, _)] = years.as_slice() else { continue };
        if before == after {
            continue;
        }
        for (kolom, sel, tercetak) in m.numbers_of(r) {
            let head: Vec<String> = words(&kolom.judul).collect();
            let says = |list: &[&str]| head.iter().any(|w| list.contains(&w.as_str()));
            if kolom.peran != PeranKolom::Lain || !says(&CHANGE) || says(&OF_DOCUMENT) {
                continue;
            }
            let ubahan = Ubahan { lama: *lama, baru: *baru, tercetak, bertanda: tercetak < Decimal::ZERO };
            let side = Sisi::read(&sel.letak, kolom.judul.as_str(), sel.teks.trim());
            found.extend(ubahan.check(a, &format!("Perubahan {}", r.subject(false)), side, &from.sel.letak));
        }
    }
    found
}

/// "naik dari 71,43 menjadi 71,61, perubahan -28,39%".
fn in_text(a: &'static Aturan, text: &str, letak: &Letak, window: &[Kutipan<'_>]) -> Option<Temuan> {
    let [x, y, p] = window else { return None };
    let between = |from: &Kutipan<'_>, to: &Kutipan<'_>| {
        let part = text.get(from.akhir..to.awal).unwrap_or_default();
        (words(part).collect::<Vec<_>>(), part.contains(". "))
    };
    let ((first, stop), (second, end)) = (between(x, y), between(y, p));
    let like = x.persen == y.persen && x.rupiah == y.rupiah && p.persen;
    if stop || end || !like || first.len() > 10 || !first.iter().any(|w| w == "menjadi") {
        return None;
    }
    let says = |list: &[String]| list.iter().any(|w| CHANGE.contains(&w.as_str()));
    let before = x.preceding();
    let near = before.get(before.len().saturating_sub(6)..).unwrap_or_default();
    let linked = second.iter().all(|w| CHANGE.contains(&w.as_str()) || LINK.contains(&w.as_str()));
    if !linked || !(says(near) || says(&first) || says(&second)) {
        return None;
    }
    let negative = is_negative(text, p);
    let tercetak = if negative { -p.nilai } else { p.nilai };
    let ubahan = Ubahan { lama: x.nilai, baru: y.nilai, tercetak, bertanda: negative };
    let nilai = format!("{}{}%", if negative { "-" } else { "" }, p.teks);
    let side = Sisi::read(letak, "teks", nilai);
    ubahan.check(a, "Perubahan dalam teks", side, letak)
}
