//! Roles that the header leaves open, decided by the values and by what the other columns are.

use tolok_domain::Decimal;
use tolok_domain::bacaan::{PeranKolom, SelBaca, TabelBaca};
use tolok_domain::number::{Gaya, Isi, Konteks, read};

use super::sign::{Rupa, is_unit, rupa};
use crate::baca::lower;

/// Roles of a table without header: a unit stands between the indicator and its target, money behind. Returns whether anything was
/// recognised.
pub(super) fn by_values(peran: &mut [PeranKolom], kinds: &[Option<Rupa>]) -> bool {
    let Some(unit) = kinds.iter().position(|k| *k == Some(Rupa::Satuan)) else {
        // Without units a code beside a name is still a list.
        let code = kinds.iter().position(|k| *k == Some(Rupa::Kode));
        let name = kinds.iter().position(|k| *k == Some(Rupa::Teks));
        let (Some(code), Some(name)) = (code, name) else { return false };
        peran[code] = PeranKolom::Kode;
        peran[name] = PeranKolom::Nama;
        return true;
    };
    peran[unit] = PeranKolom::Satuan;
    let mut texts: Vec<usize> = (0..unit).filter(|at| kinds[*at] == Some(Rupa::Teks)).collect();
    if let Some(last) = texts.pop() {
        peran[last] = PeranKolom::Indikator;
    }
    for at in texts {
        peran[at] = PeranKolom::Nama;
    }
    for (at, kind) in kinds.iter().enumerate() {
        match kind {
            Some(Rupa::Kode) => peran[at] = PeranKolom::Kode,
            Some(Rupa::Angka) if at == unit + 1 => peran[at] = PeranKolom::Target,
            Some(Rupa::Uang) if at > unit && !peran.contains(&PeranKolom::Pagu) => peran[at] = PeranKolom::Pagu,
            _ => {}
        }
    }
    true
}

/// "Target" and "Realisasi" of amounts of money, where no column names indicators, are ceiling and spending; and "Capaian" beside ceiling
/// and spending alone is the absorption.
pub(super) fn money(peran: &mut [PeranKolom], kinds: &[Option<Rupa>]) {
    if !peran.contains(&PeranKolom::Nama) {
        return;
    }
    let is_money = |at: usize| kinds.get(at).copied().flatten() == Some(Rupa::Uang);
    if !peran.contains(&PeranKolom::Indikator) {
        for (_, one) in peran.iter_mut().enumerate().filter(|(at, _)| is_money(*at)) {
            match one {
                PeranKolom::Target => *one = PeranKolom::Pagu,
                PeranKolom::Realisasi => *one = PeranKolom::RealisasiAnggaran,
                _ => {}
            }
        }
    }
    let both = peran.contains(&PeranKolom::Pagu) && peran.contains(&PeranKolom::RealisasiAnggaran);
    if both && !peran.iter().any(|one| matches!(one, PeranKolom::Target | PeranKolom::Realisasi)) {
        for one in peran.iter_mut().filter(|p| **p == PeranKolom::Capaian) {
            *one = PeranKolom::Serapan;
        }
    }
}

/// "Capaian" without a percent sign is the measured value where no other column has it.
pub(super) fn capaian(peran: &mut [PeranKolom], levels: &[Vec<String>]) {
    let base = |levels: &[String]| ["dasar", "awal"].iter().any(|word| lower(&levels.join(" ")).contains(word));
    let measured = |(peran, levels): (&PeranKolom, &Vec<String>)| {
        matches!(peran, PeranKolom::Realisasi | PeranKolom::RealisasiAnggaran) && !base(levels)
    };
    if peran.iter().zip(levels).any(measured) {
        return;
    }
    for (peran, levels) in peran.iter_mut().zip(levels).filter(|(p, _)| **p == PeranKolom::Capaian) {
        let words = lower(&levels.join(" "));
        if !words.contains(['%']) && !words.contains("rsen") && !words.contains("rasio") {
            *peran = PeranKolom::Realisasi;
        }
    }
}

/// Columns whose header is missing or says nothing: a column of units is one, numbers behind it are the target.
pub(super) fn nameless(peran: &mut [PeranKolom], levels: &[Vec<String>], kinds: &[Option<Rupa>]) {
    let says_nothing = |at: usize| {
        levels.get(at).is_none_or(|l| l.iter().all(|word| word.trim().chars().all(|c| !c.is_alphabetic() && c != '%')))
    };
    // A list of regions with a column for each year names its rows in the first column of words, whatever is written above it.
    let named = peran.iter().any(|p| matches!(p, PeranKolom::Nama | PeranKolom::Indikator | PeranKolom::Kode));
    let first = kinds.iter().position(|k| *k == Some(Rupa::Teks));
    if let Some(first) = first.filter(|at| !named && peran[*at] == PeranKolom::Lain && kinds.len() > at + 1) {
        peran[first] = PeranKolom::Nama;
    }
    for at in 0..peran.len() {
        if peran[at] != PeranKolom::Lain || !says_nothing(at) {
            continue;
        }
        let before = at.checked_sub(1).map(|left| peran[left]);
        peran[at] = match kinds.get(at).copied().flatten() {
            Some(Rupa::Satuan) if !peran.contains(&PeranKolom::Satuan) => PeranKolom::Satuan,
            Some(Rupa::Kode) if !peran.contains(&PeranKolom::Kode) => PeranKolom::Kode,
            Some(Rupa::Angka) if before == Some(PeranKolom::Satuan) && !peran.contains(&PeranKolom::Target) => {
                PeranKolom::Target
            }
            _ => PeranKolom::Lain,
        };
    }
}

/// How names of indicators begin.
const OPENINGS: &[&str] = &[
    "jumlah",
    "jml",
    "dokumen",
    "persentase",
    "presentase",
    "prosentase",
    "persentasi",
    "indeks",
    "rasio",
    "nilai",
    "tingkat",
    "capaian",
    "angka",
    "cakupan",
    "rata-rata",
    "skor",
    "predikat",
];

/// A row that has a unit and a value but no indicator, with a text like one in a column of names further left.
pub(super) fn move_indicator(row: &mut [SelBaca], peran: &[PeranKolom]) -> bool {
    let Some(indicator) = peran.iter().rposition(|p| *p == PeranKolom::Indikator) else { return false };
    if row.get(indicator).is_none_or(|cell| !cell.teks.trim().is_empty() || cell.tergabung) {
        return false;
    }
    let filled = |at: usize| row.get(at).is_some_and(|cell| !cell.teks.trim().is_empty());
    let unit = (indicator..row.len()).any(|at| filled(at) && is_unit(&row[at].teks));
    let value = (indicator..row.len()).any(|at| matches!(rupa(&row[at].teks), Rupa::Angka));
    let Some(from) = (0..indicator).rev().find(|at| filled(*at)) else { return false };
    let words = lower(&row[from].teks);
    let opens = OPENINGS.iter().any(|word| words.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
    let misplaced = matches!(peran[from], PeranKolom::Nama | PeranKolom::Keterangan | PeranKolom::Lain);
    if !(unit && value && opens && misplaced) || indicator - from > 4 {
        return false;
    }
    let blank = SelBaca { letak: row[indicator].letak.clone(), lebar: 1, tinggi: 1, ..SelBaca::default() };
    row[indicator] = std::mem::replace(&mut row[from], blank);
    true
}

/// Rows whose arithmetic is tried.
const ROWS: usize = 500;

/// A column of achievement that holds realisasi/target as a ratio (1,08) is scaled to percent.
pub(super) fn ratio(tabel: &mut TabelBaca) {
    for at in 0..tabel.kolom.len() {
        let (target, done) = match tabel.kolom[at].peran {
            PeranKolom::Capaian => (PeranKolom::Target, PeranKolom::Realisasi),
            PeranKolom::Serapan => (PeranKolom::Pagu, PeranKolom::RealisasiAnggaran),
            _ => continue,
        };
        let partner = |wanted: PeranKolom| {
            let same = |k: usize| tabel.kolom[k].peran == wanted && tabel.kolom[k].periode == tabel.kolom[at].periode;
            (0..at).rev().find(|k| same(*k)).or_else(|| (0..at).rev().find(|k| tabel.kolom[*k].peran == wanted))
        };
        let (Some(target), Some(done)) = (partner(target), partner(done)) else { continue };
        let mut as_ratio = 0;
        let mut tried = 0;
        for row in tabel.baris.iter().take(ROWS) {
            let value = |k: usize| row.get(k).and_then(|cell| plain(&cell.teks, tabel.kolom[k].gaya));
            let (Some(t), Some(r), Some(c)) = (value(target), value(done), value(at)) else { continue };
            let Some(quotient) = r.checked_div(t).filter(|q| !q.is_zero()) else { continue };
            tried += 1;
            as_ratio += u32::from((quotient - c).abs() <= Decimal::new(1, 2));
        }
        if tried > 0 && as_ratio * 10 >= tried * 7 {
            tabel.kolom[at].skala = 2;
        }
    }
}

/// A single number without percent sign.
fn plain(text: &str, gaya: Option<Gaya>) -> Option<Decimal> {
    let ctx = Konteks { gaya: gaya.or(Some(Gaya::Indonesia)), kurung_negatif: false, bulat: false };
    match read(text, &ctx).ok()?.isi {
        Isi::Bilangan(x) => Some(x),
        _ => None,
    }
}

/// Codes that a workbook holds as numbers: 1.01 stands there as 1,01, and 1.10 as 1,1. The other codes of the column say how many digits
/// belong behind the point.
pub(super) fn codes_from_numbers(rows: &mut [Vec<SelBaca>], peran: &[PeranKolom]) {
    for at in (0..peran.len()).filter(|at| peran[*at] == PeranKolom::Kode) {
        let number = |row: &Vec<SelBaca>| row.get(at).and_then(|cell| cell.nilai);
        let places = rows.iter().filter_map(number).map(|x| x.scale()).max().filter(|places| (1..=4).contains(places));
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(at)) {
            let Some(mut code) = cell.nilai else { continue };
            // A code of one segment has no point, however the others are written.
            if let Some(places) = places.filter(|_| !code.is_integer() || cell.teks.contains(',')) {
                code.rescale(places);
            }
            // Zeros before it are part of the code, and only the text has them.
            if !code.is_integer() || !cell.teks.starts_with('0') {
                cell.teks = code.to_string().into();
            }
        }
    }
}
