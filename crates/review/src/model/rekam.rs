//! Rows of a table as records: which node, which indicator, which values of which year.

use std::collections::HashMap;

use tolok_domain::bacaan::{Bacaan, Bagian, KolomBaca, PeranKolom, SelBaca};
use tolok_domain::number::{Gaya, Isi as Terisi, Konteks, read};
use tolok_domain::{Decimal, JenisSimpul, KodeRekening, Periode};

use super::kamus::level;
use super::{Isi, Rekam, Tabel};
use crate::aturan::{JenisTabel, Tingkat};

const VALUES: [PeranKolom; 6] = [
    PeranKolom::Target,
    PeranKolom::Realisasi,
    PeranKolom::Capaian,
    PeranKolom::Pagu,
    PeranKolom::RealisasiAnggaran,
    PeranKolom::Serapan,
];

/// Columns that belong together: a table may hold a sasaran with its figures and, to the right of it, programmes with theirs.
fn groups(kolom: &[KolomBaca]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
    let mut seen_value = false;
    for (i, k) in kolom.iter().enumerate() {
        let names = matches!(k.peran, PeranKolom::Nama | PeranKolom::Indikator | PeranKolom::Kode);
        if names && seen_value {
            groups.push(Vec::new());
            seen_value = false;
        }
        seen_value |= VALUES.contains(&k.peran);
        if let Some(group) = groups.last_mut() {
            group.push(i);
        }
    }
    groups.retain(|g| g.iter().any(|i| VALUES.contains(&kolom[*i].peran)));
    groups
}

/// Whether a table goes on with the one before: in the same file, without a caption of its own, with the same columns at its right end.
pub(super) fn continues(before: &Tabel<'_>, t: &Tabel<'_>, file: &Bacaan) -> bool {
    let roles = |t: &Tabel<'_>| -> Vec<PeranKolom> {
        let last = groups(&t.asal.kolom).pop().unwrap_or_default();
        last.iter().map(|i| t.asal.kolom[*i].peran).collect()
    };
    // A heading that stands before both is no caption of the second.
    let shared = || {
        file.bagian.iter().any(|part| match part {
            Bagian::Judul { teks, letak, .. } | Bagian::Paragraf { teks, letak } => {
                *teks == t.asal.judul && letak.baris.is_some() && letak.baris < before.asal.letak.baris
            }
            Bagian::Kisi { .. } => false,
        })
    };
    let own = roles(t);
    before.naskah == t.naskah && own.len() > 3 && own == roles(before) && (t.asal.judul.is_empty() || shared())
}

/// The level that a header names for its column, when it is one alone. Of a header in several rows the lowest counts.
fn column_level(kolom: &KolomBaca) -> Option<Tingkat> {
    let lowest = kolom.judul.rsplit_once(" / ").map(|(_, last)| last.trim().to_lowercase());
    match lowest.as_deref() {
        Some("tujuan") => return Some(Tingkat::Tujuan),
        Some("sasaran") => return Some(Tingkat::Sasaran),
        _ => {}
    }
    match kolom.tingkat {
        Some(JenisSimpul::Tujuan) => Some(Tingkat::Tujuan),
        Some(JenisSimpul::Sasaran) => Some(Tingkat::Sasaran),
        Some(JenisSimpul::Program) => Some(Tingkat::Program),
        Some(JenisSimpul::Kegiatan) => Some(Tingkat::Kegiatan),
        Some(JenisSimpul::SubKegiatan) => Some(Tingkat::SubKegiatan),
        _ => None,
    }
}

/// What a row of a group has in the rows above it.
#[derive(Default, Clone)]
struct Atas {
    nama: String,
    kode: Option<String>,
    tingkat: Option<Tingkat>,
}

pub(super) fn rows<'a>(tabel: usize, potong: usize, t: &Tabel<'a>) -> Vec<Rekam<'a>> {
    let kolom = &t.asal.kolom;
    let groups = groups(kolom);
    let mut above: Vec<Atas> = vec![Atas::default(); groups.len()];
    let mut out = Vec::new();
    for row in &t.asal.baris {
        for (group, above) in groups.iter().zip(&mut above) {
            if let Some(rekam) = record(t, row, group, above) {
                out.push(Rekam { tabel, potong, ..rekam });
            }
        }
    }
    out
}

fn text(row: &[SelBaca], column: usize) -> &str {
    row.get(column).map_or("", |s| s.teks.trim())
}

/// Whether a cell further left reaches over this column: a heading within the table, not a value of the column.
fn is_covered(row: &[SelBaca], column: usize) -> bool {
    let reach = |(at, cell): (usize, &SelBaca)| if cell.tergabung { 0 } else { at + cell.lebar as usize };
    row.iter().enumerate().take(column).any(|cell| reach(cell) > column)
}

fn record<'a>(t: &Tabel<'a>, row: &'a [SelBaca], group: &[usize], above: &mut Atas) -> Option<Rekam<'a>> {
    let kolom = &t.asal.kolom;
    let of = |peran: PeranKolom| group.iter().copied().filter(move |i| kolom[*i].peran == peran);
    let filled = |peran: PeranKolom| of(peran).filter(|i| !text(row, *i).is_empty());
    let mut kode = code_of(filled(PeranKolom::Kode).map(|i| text(row, i)));
    if filled(PeranKolom::Kode).next().is_none() {
        // A page of the table may have its codes one column further.
        kode = filled(PeranKolom::Lain)
            .find_map(|i| code_of(std::iter::once(text(row, i)).filter(|t| t.matches(['.', ' ']).count() >= 2)));
    }
    let named = filled(PeranKolom::Nama).next_back();
    let own_indicator = filled(PeranKolom::Indikator).rfind(|i| !is_covered(row, *i));
    let indikator = own_indicator.map_or("", |i| text(row, i)).to_owned();
    let isi: Vec<Isi<'a>> = group
        .iter()
        .filter(|i| VALUES.contains(&kolom[**i].peran) && !is_doubtful(t, &kolom[**i]) && !is_covered(row, **i))
        .filter_map(|i| value(t, &kolom[*i], row.get(*i)?))
        .filter(|isi| isi.periode.is_some() || t.tahun.is_none())
        .collect();
    let has_number = isi.iter().any(|i| !i.kosong);
    if named.is_none() && indikator.is_empty() && !has_number {
        return None;
    }
    let nama_tertulis = named.is_some();
    match named {
        Some(i) => {
            above.nama = text(row, i).to_owned();
            if let Some((whole, rest)) = sub_code(kode.as_deref(), &above.nama) {
                kode = Some(whole);
                above.nama = rest;
            }
            above.tingkat = tingkat(t, &kolom[i], &above.nama, kode.as_deref());
            above.kode = kode.clone();
        }
        // A code without a name names another node than the one above.
        None if kode.is_some() && kode != above.kode => {
            above.nama.clear();
            above.tingkat = kode.as_deref().and_then(level);
            above.kode = kode.clone();
        }
        None => {}
    }
    let satuan = filled(PeranKolom::Satuan).next_back().map_or("", |i| text(row, i)).to_owned();
    let keterangan = filled(PeranKolom::Keterangan).map(|i| text(row, i)).collect::<Vec<_>>().join("; ");
    let letak = row.first().map(|s| s.letak.clone()).unwrap_or_else(|| t.asal.letak.clone());
    let nothing_named = above.nama.is_empty() && indikator.is_empty();
    let tingkat =
        if nothing_named || is_total(&above.nama) { Tingkat::Total } else { above.tingkat.unwrap_or(Tingkat::Lain) };
    Some(Rekam {
        tabel: 0,
        potong: 0,
        baris: row,
        letak: letak.row(),
        tingkat,
        kode: above.kode.clone(),
        kode_tertulis: kode.is_some(),
        nama: above.nama.clone(),
        nama_tertulis,
        indikator,
        satuan,
        keterangan,
        isi,
        kunci: String::new(),
        kunci_sasaran: String::new(),
        induk: None,
    })
}

/// Whether a row is the sum of its table.
pub(crate) fn is_total(nama: &str) -> bool {
    const WORDS: [&str; 6] = ["jumlah", "total", "jumlahtotal", "totaljumlah", "jumlahkeseluruhan", "grandtotal"];
    // Most names are told apart by their first letter.
    let begins =
        nama.chars().find(|c| c.is_alphabetic()).is_some_and(|c| matches!(c, 'j' | 'J' | 't' | 'T' | 'g' | 'G'));
    let letters = || nama.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase());
    begins && WORDS.iter().any(|word| letters().eq(word.chars()))
}

/// A code from its columns: whole in one, or its segments in several.
fn code_of<'t>(parts: impl Iterator<Item = &'t str>) -> Option<String> {
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty() {
        return None;
    }
    let joined = parts.join(".").replace(' ', "");
    let whole: Option<KodeRekening> = parts
        .last()
        .and_then(|p| p.parse().ok())
        .filter(|k: &KodeRekening| level(&k.to_string()).is_some_and(|l| l != Tingkat::Lain));
    let code = whole.or_else(|| joined.parse().ok())?;
    let code = code.to_string();
    level(&code).filter(|l| *l != Tingkat::Lain).map(|_| code)
}

/// A kegiatan's code beside a name that begins with the last two digits: "2.07.01.2.02" and "05 Koordinasi ..." is 2.07.01.2.02.05.
fn sub_code(kode: Option<&str>, nama: &str) -> Option<(String, String)> {
    let kode = kode.filter(|k| level(k) == Some(Tingkat::Kegiatan))?;
    let (digits, rest) = nama.split_once(' ')?;
    let two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    two.then(|| (format!("{kode}.{digits}"), rest.trim().to_owned()))
}

fn tingkat(t: &Tabel<'_>, kolom: &KolomBaca, nama: &str, kode: Option<&str>) -> Option<Tingkat> {
    if let Some(level) = kode.and_then(level) {
        return Some(level);
    }
    if let Some(level @ (Tingkat::Tujuan | Tingkat::Sasaran)) = column_level(kolom) {
        return Some(level);
    }
    if nama.to_lowercase().starts_with("program ") {
        return Some(Tingkat::Program);
    }
    if let Some(level) = column_level(kolom) {
        return Some(level);
    }
    matches!(t.jenis, JenisTabel::Iku | JenisTabel::Pk | JenisTabel::Renstra).then_some(Tingkat::Sasaran)
}

fn value<'a>(t: &Tabel<'a>, kolom: &'a KolomBaca, sel: &'a SelBaca) -> Option<Isi<'a>> {
    let (angka, kosong) = number(kolom, sel);
    let periode = period(t, kolom);
    Some(Isi { peran: kolom.peran, periode, kolom, sel, angka, kosong })
}

/// The number of a cell, and whether nothing stands there.
pub(super) fn number(kolom: &KolomBaca, sel: &SelBaca) -> (Option<Decimal>, bool) {
    let teks = sel.teks.trim();
    let money = matches!(kolom.peran, PeranKolom::Pagu | PeranKolom::RealisasiAnggaran);
    let ctx = Konteks { gaya: Some(kolom.gaya.unwrap_or(Gaya::Indonesia)), kurung_negatif: false, bulat: money };
    let (angka, kosong) = match read(teks, &ctx) {
        Ok(cell) => match cell.isi {
            Terisi::Kosong(_) => (None, true),
            Terisi::Bilangan(x) => (scaled(x, kolom.skala), false),
            Terisi::Pecahan { n, d } => (percentage(n, d), false),
            Terisi::Rentang { .. } | Terisi::Predikat(_) => (None, false),
        },
        // A lone sign of percent is a form that was not filled in.
        Err(_) => (None, teks.chars().all(|c| !c.is_alphanumeric())),
    };
    (sel.nilai.or(angka), kosong && sel.nilai.is_none())
}

/// Whether a column is called "capaian" and may hold values as well as percentages: in a plan over several years, without the sign.
fn is_doubtful(t: &Tabel<'_>, kolom: &KolomBaca) -> bool {
    let head = kolom.judul.to_lowercase();
    t.jenis == JenisTabel::Renstra
        && kolom.peran == PeranKolom::Capaian
        && !head.contains('%')
        && !head.contains("pers")
}

/// For when a value is. A table that names one part of the year only, its end ("s.d. Triwulan IV"), speaks of the whole year.
///
/// A column without a year beside others of its kind that have one ("Kondisi akhir") is for no year that could be named.
fn period(t: &Tabel<'_>, kolom: &KolomBaca) -> Option<Periode> {
    let dated = || t.asal.kolom.iter().any(|k| k.peran == kolom.peran && k.periode.is_some());
    let own = kolom.periode.or_else(|| t.tahun.filter(|_| !dated()).map(Periode::Tahun))?;
    let other_part = |k: &KolomBaca| k.periode.is_some_and(|p| p.months() < 12 && p != own);
    let alone = own.months() < 12 && own.last_month() == 12 && !t.asal.kolom.iter().any(other_part);
    Some(if alone { Periode::Tahun(own.tahun()) } else { own })
}

fn scaled(x: Decimal, skala: i32) -> Option<Decimal> {
    let power = Decimal::from(10_i64.checked_pow(skala.unsigned_abs())?);
    if skala >= 0 { x.checked_mul(power) } else { x.checked_div(power) }
}

/// A fraction in a column of percentages stands for its percentage: 28/35 is 80.
fn percentage(n: Decimal, d: Decimal) -> Option<Decimal> {
    n.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(d)
}

/// The row above each row in the plan: the nearest one before it whose code begins its own, otherwise the nearest of a higher level.
pub(super) fn give_parents(rekam: &mut [Rekam<'_>]) {
    let mut start = 0;
    while start < rekam.len() {
        let table = rekam[start].tabel;
        let end = rekam[start..].iter().position(|r| r.tabel != table).map_or(rekam.len(), |n| start + n);
        parents_within(rekam, start, end);
        start = end;
    }
}

fn parents_within(rekam: &mut [Rekam<'_>], start: usize, end: usize) {
    let mut first_of_code: HashMap<String, usize> = HashMap::new();
    for (i, r) in rekam.iter().enumerate().take(end).skip(start) {
        if let Some(kode) = r.kode.clone() {
            first_of_code.entry(kode).or_insert(i);
        }
    }
    // The last row of each level above the present one.
    let mut path: Vec<usize> = Vec::new();
    for i in start..end {
        let level = rekam[i].tingkat;
        if matches!(level, Tingkat::Total) {
            continue;
        }
        // Further indicators of a node stand on rows of their own.
        if !rekam[i].nama_tertulis && !rekam[i].kode_tertulis && rekam[i].tingkat != Tingkat::Lain {
            rekam[i].induk = i.checked_sub(1).filter(|p| *p >= start).and_then(|p| rekam[p].induk);
            continue;
        }
        let by_code = rekam[i].kode.as_ref().and_then(|kode| {
            let mut code: KodeRekening = kode.parse().ok()?;
            loop {
                code = code.parent()?;
                if let Some(found) = first_of_code.get(&code.to_string()) {
                    return Some(*found);
                }
            }
        });
        while path.last().is_some_and(|p| rekam[*p].tingkat >= level) {
            path.pop();
        }
        // A row with a code of another branch is not above, however near it stands.
        let own = rekam[i].kode.clone();
        let fits = |p: &usize| match (&rekam[*p].kode, &own) {
            (Some(above), Some(own)) => own.starts_with(&format!("{above}.")),
            _ => true,
        };
        let near = path.iter().rev().copied().find(fits);
        rekam[i].induk = by_code.filter(|p| *p != i).or(near);
        path.push(i);
    }
}
