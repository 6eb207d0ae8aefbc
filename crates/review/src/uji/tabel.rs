//! Arithmetic of tables of any kind: total rows, products, sums that mean nothing.

use tolok_domain::Decimal;
use tolok_domain::bacaan::{PeranKolom, SelBaca, TabelBaca};
use tolok_domain::number::{Gaya, GayaKolom, Isi as Terisi, Konteks, detect_style, read};

use super::shown;
use crate::aturan::{Aturan, Tingkat};
use crate::model::{Model, is_total};
use crate::temuan::{Sisi, Temuan};

/// A cell as a number, in the style that its column proves.
pub(super) fn number(text: &str, gaya: Option<Gaya>) -> Option<Decimal> {
    let ctx = Konteks { gaya, kurung_negatif: false, bulat: false };
    match read(text.trim(), &ctx).ok()?.isi {
        Terisi::Bilangan(x) => Some(x),
        _ => None,
    }
}

/// The style of a column: what was read, or what its cells prove.
pub(super) fn style_of(t: &TabelBaca, column: usize) -> Option<Gaya> {
    let cells = || t.baris.iter().filter_map(|r| r.get(column)).map(|s| &*s.teks);
    let proven = || match detect_style(cells()) {
        GayaKolom::Satu(gaya) => Some(gaya),
        GayaKolom::Campur | GayaKolom::TakTentu => None,
    };
    t.kolom.get(column).and_then(|k| k.gaya).or_else(proven)
}

pub(super) fn is_total_row(row: &[SelBaca]) -> bool {
    row.iter().any(|s| is_total(&s.teks))
}

/// The total row of a table that is no plan: rows of a plan hang together by level.
fn plain_total(m: &Model<'_>, table: usize) -> Option<usize> {
    let planned = m.rows_of(table).any(|(_, r)| matches!(r.tingkat, Tingkat::Kegiatan | Tingkat::SubKegiatan));
    m.tabel[table].asal.baris.iter().position(|r| is_total_row(r)).filter(|n| *n > 0 && !planned)
}

pub(super) fn total_row(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (i, t) in m.tabel.iter().enumerate() {
        let Some(total) = plain_total(m, i) else { continue };
        let above = &t.asal.baris[..total];
        for (c, kolom) in t.asal.kolom.iter().enumerate() {
            if matches!(kolom.peran, PeranKolom::Nomor | PeranKolom::Kode | PeranKolom::Capaian | PeranKolom::Serapan) {
                continue;
            }
            let style = style_of(t.asal, c);
            let filled: Vec<&SelBaca> =
                above.iter().filter_map(|r| r.get(c)).filter(|s| !s.teks.trim().is_empty()).collect();
            let bare = |s: &&&SelBaca| !s.teks.chars().any(char::is_alphabetic);
            let parts: Vec<Decimal> = filled.iter().filter(bare).filter_map(|s| number(&s.teks, style)).collect();
            let Some(cell) = t.asal.baris[total].get(c) else { continue };
            let Some(own) = number(&cell.teks, style) else { continue };
            let sum: Decimal = parts.iter().sum();
            // Cells with units ("50 M") are another rule's.
            if parts.len() < 2 || parts.len() < filled.len() || (own - sum).abs() <= a.toleransi {
                continue;
            }
            found.push(
                Temuan::new(
                    a,
                    format!("Baris jumlah kolom {} tidak sama dengan isi kolomnya", kolom.judul),
                    Sisi::read(&cell.letak, kolom.judul.clone(), &*cell.teks),
                )
                .against(Sisi::read(&filled[0].letak, format!("jumlah {} baris", parts.len()), shown(sum)))
                .differing(own - sum),
            );
        }
    }
    found
}

/// The columns of a declared product: "9 = 7 x 8" or "9 (7X8)".
fn factors(declared: &str) -> Option<(u32, u32)> {
    let part = declared.rsplit(['=', '(']).next()?.trim_end_matches(')').to_lowercase();
    let (x, y) = part.split_once(['x', '×', '*'])?;
    Some((x.trim().parse().ok()?, y.trim().parse().ok()?))
}

pub(super) fn product(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for t in &m.tabel {
        let position = |number: u32| t.asal.kolom.iter().position(|k| k.nomor == number);
        for (c, kolom) in t.asal.kolom.iter().enumerate() {
            let Some((x, y)) = kolom.hitungan.as_deref().and_then(factors) else { continue };
            let (Some(x), Some(y)) = (position(x), position(y)) else { continue };
            let style = [x, y, c].map(|i| style_of(t.asal, i));
            for row in t.asal.baris.iter().filter(|r| !is_total_row(r)) {
                let value = |i: usize, style| row.get(i).and_then(|cell| number(&cell.teks, style));
                let [of_x, of_y, of_c] = style;
                let (Some(p), Some(q), Some(own)) = (value(x, of_x), value(y, of_y), value(c, of_c)) else { continue };
                let Some(product) = p.checked_mul(q) else { continue };
                if (product - own).abs() > a.toleransi {
                    found.push(
                        Temuan::new(
                            a,
                            format!("{} tidak sama dengan hasil kalinya", kolom.judul),
                            Sisi::read(&row[c].letak, kolom.judul.clone(), &*row[c].teks),
                        )
                        .against(Sisi::read(&row[x].letak, format!("{} × {}", shown(p), shown(q)), shown(product)))
                        .differing(own - product),
                    );
                }
            }
        }
    }
    found
}

pub(super) fn unlike_units(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for t in &m.tabel {
        let Some(total) = t.asal.baris.iter().position(|r| is_total_row(r)) else { continue };
        for (c, kolom) in t.asal.kolom.iter().enumerate() {
            let head = kolom.judul.to_lowercase();
            let price = head.contains("harga satuan");
            let count = head.contains("banyak") || head.contains("volume");
            let cell = t.asal.baris[total].get(c).filter(|s| number(&s.teks, style_of(t.asal, c)).is_some());
            let Some(cell) = cell else { continue };
            let mut above = t.asal.baris[..total].iter().filter_map(|r| r.get(c));
            let mixed = count && above.any(|s| s.teks.chars().any(char::is_alphabetic));
            if price || mixed {
                let why =
                    if price { "harga satuan barang yang berbeda" } else { "banyaknya barang yang satuannya berbeda" };
                found.push(
                    Temuan::new(
                        a,
                        format!("Jumlah kolom {} tidak bermakna", kolom.judul),
                        Sisi::read(&cell.letak, kolom.judul.clone(), &*cell.teks),
                    )
                    .because(format!("Baris jumlah menjumlahkan {why}.")),
                );
            }
        }
    }
    found
}
