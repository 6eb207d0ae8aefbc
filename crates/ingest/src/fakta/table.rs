//! Facts of a table, row by row.

use std::cell::LazyCell;
use std::sync::Arc;

use tolok_domain::bacaan::{CatatanBaca, Fakta, Keyakinan, KolomBaca, PeranKolom, SelBaca, SubjekBaca, TabelBaca};
use tolok_domain::number::{Gaya, Isi, Terbaca};
use tolok_domain::{Decimal, JenisSimpul, Tahun};

use super::nilai;
use super::subjek::{Blok, Pokok, blocks};
use crate::baca::tidy;

/// What holds for all rows of a table.
struct Latar<'a> {
    tabel: &'a TabelBaca,
    judul: Arc<str>,
    gaya: Option<Gaya>,
    /// The period of the columns is that of the file, since the table names none.
    assumed: bool,
    typical: Vec<Option<Decimal>>,
    /// Indicators are all that the table names.
    no_names: bool,
}

/// Adds the facts of a table.
pub(super) fn facts(
    tabel: &TabelBaca,
    gaya: Option<Gaya>,
    tahun: Option<Tahun>,
    found: &mut dyn FnMut(Fakta),
    catatan: &mut Vec<CatatanBaca>,
) {
    let mut blocks = blocks(tabel);
    if blocks.is_empty() {
        return;
    }
    let own_style = nilai::style_of(std::slice::from_ref(tabel));
    let headless = tabel.kolom.iter().all(|k| k.judul.is_empty());
    let latar = Latar {
        tabel,
        judul: tabel.judul.as_str().into(),
        gaya: own_style.or(gaya),
        assumed: headless
            || tahun.is_some_and(|t| {
                !tabel.judul.contains(&t.to_string()) && !tabel.kolom.iter().any(|k| k.judul.contains(&t.to_string()))
            }),
        no_names: !tabel.kolom.iter().any(|k| matches!(k.peran, PeranKolom::Nama | PeranKolom::Kode)),
        typical: tabel
            .kolom
            .iter()
            .enumerate()
            .map(|(at, kolom)| typical(tabel, at, kolom, own_style.or(gaya)))
            .collect(),
    };
    for row in &tabel.baris {
        for block in &mut blocks {
            let pokok = block.next(row, tabel);
            latar.row(row, block, &pokok, found, catatan);
        }
    }
}

/// A typical amount of a column whose header announces a scale.
fn typical(tabel: &TabelBaca, at: usize, kolom: &KolomBaca, gaya: Option<Gaya>) -> Option<Decimal> {
    if kolom.skala < 3 {
        return None;
    }
    let plain = KolomBaca { skala: 0, ..kolom.clone() };
    let value = |row: &Vec<SelBaca>| match nilai::value(row.get(at)?, &plain, "Rp", gaya, None).ok()?.nilai.isi {
        Isi::Bilangan(x) => Some(x),
        _ => None,
    };
    nilai::typical(tabel.baris.iter().filter_map(value))
}

impl Latar<'_> {
    fn row(
        &self,
        row: &[SelBaca],
        block: &Blok,
        pokok: &Pokok,
        found: &mut dyn FnMut(Fakta),
        catatan: &mut Vec<CatatanBaca>,
    ) {
        let filled = |at: usize| row.get(at).is_some_and(|c| !c.tergabung && !c.teks.trim().is_empty());
        let unit = block.satuan.and_then(|at| row.get(at)).map_or("", |cell| cell.teks.trim());
        let has_value = block.nilai.iter().any(|at| filled(*at));
        // A heading within the table: a name and nothing else.
        if !has_value && (unit.is_empty() || !pokok.complete) {
            return;
        }
        if let Some(parts) = several(row, block, pokok, unit) {
            for part in parts {
                let pokok = Pokok { subjek: Arc::new(part.subjek), ..*pokok };
                self.values(&part.row, block, &pokok, &part.unit, found, catatan);
            }
            return;
        }
        self.values(row, block, pokok, unit, found, catatan);
    }

    fn values(
        &self,
        row: &[SelBaca],
        block: &Blok,
        pokok: &Pokok,
        unit: &str,
        found: &mut dyn FnMut(Fakta),
        catatan: &mut Vec<CatatanBaca>,
    ) {
        let of_money = LazyCell::new(|| of_money(&pokok.subjek));
        for &at in &block.nilai {
            let (Some(cell), Some(kolom)) = (row.get(at), self.tabel.kolom.get(at)) else { continue };
            let money = nilai::is_money(kolom.peran) || kolom.peran == PeranKolom::Serapan;
            // Money stands once for a node, however many indicators it has.
            let expected = if money { pokok.named || self.no_names } else { pokok.own };
            // A merged cell is one value, at its first place.
            if cell.tergabung || (cell.teks.trim().is_empty() && !expected) {
                continue;
            }
            let hasil = if cell.teks.trim().is_empty() {
                nilai::Hasil { nilai: nilai::nothing(), keyakinan: Keyakinan::Tinggi, pesan: None }
            } else {
                match nilai::value(cell, kolom, unit, self.gaya, self.typical.get(at).copied().flatten()) {
                    Ok(hasil) => hasil,
                    Err(pesan) => {
                        catatan.push(CatatanBaca {
                            letak: cell.letak.clone(),
                            pesan: format!("kolom \"{}\": {pesan}", kolom.judul),
                        });
                        continue;
                    }
                }
            };
            if let Some(pesan) = hasil.pesan {
                catatan.push(CatatanBaca { letak: cell.letak.clone(), pesan });
            }
            let most = match (pokok.own, self.assumed) {
                (false, _) => Keyakinan::Rendah,
                (true, true) => Keyakinan::Sedang,
                (true, false) => Keyakinan::Tinggi,
            };
            found(Fakta {
                subjek: Arc::clone(if money { &of_money } else { &pokok.subjek }),
                peran: kolom.peran,
                periode: kolom.periode,
                satuan: unit_of(kolom.peran, unit, &hasil.nilai).to_owned(),
                teks: Arc::clone(&cell.teks),
                nilai: hasil.nilai,
                letak: cell.letak.clone(),
                tabel: Arc::clone(&self.judul),
                keyakinan: hasil.keyakinan.min(most),
            });
        }
    }
}

/// Money belongs to the node; it keeps the indicator only where that is all the row says.
fn of_money(subjek: &Arc<SubjekBaca>) -> Arc<SubjekBaca> {
    let is_node = subjek.kode.is_some() || matches!(subjek.tingkat, Some(t) if t >= JenisSimpul::Program);
    if is_node && subjek.indikator.is_some() {
        Arc::new(SubjekBaca { indikator: None, ..SubjekBaca::clone(subjek) })
    } else {
        Arc::clone(subjek)
    }
}

fn unit_of<'a>(peran: PeranKolom, unit: &'a str, nilai: &'a Terbaca) -> &'a str {
    match peran {
        PeranKolom::Pagu | PeranKolom::RealisasiAnggaran => "Rp",
        PeranKolom::Capaian | PeranKolom::Serapan => "%",
        _ if !unit.is_empty() => unit,
        _ if !nilai.satuan.is_empty() => &nilai.satuan,
        _ if nilai.persen => "%",
        _ => "",
    }
}

/// One of several lines that a converter ran together into one row.
struct Bagian {
    row: Vec<SelBaca>,
    subjek: SubjekBaca,
    unit: String,
}

/// Lines that ran together: "Dok Dok", "2 4", "100,00 100,00", and as many indicators.
fn several(row: &[SelBaca], block: &Blok, pokok: &Pokok, unit: &str) -> Option<Vec<Bagian>> {
    let units: Vec<&str> = unit.split_whitespace().collect();
    let count = units.len();
    if !(2..=6).contains(&count) || !units.iter().all(|u| crate::tabel::sign::is_unit(u)) {
        return None;
    }
    let values = || block.nilai.iter().filter_map(|at| row.get(*at).map(|cell| (*at, cell)));
    let fits = values().all(|(_, cell)| {
        let words = cell.teks.split_whitespace().count();
        words == 0 || words == 1 || words == count && cell.teks.split_whitespace().all(crate::tabel::sign::is_number)
    });
    let any = values().any(|(_, cell)| cell.teks.split_whitespace().count() == count);
    let names = split_names(pokok.subjek.indikator.as_deref()?);
    if !fits || !any || names.len() != count {
        return None;
    }
    let part = |n: usize| {
        let mut row = row.to_vec();
        for at in &block.nilai {
            if let Some(cell) = row.get_mut(*at) {
                let words: Vec<&str> = cell.teks.split_whitespace().collect();
                // A single value stands beside the first of the lines.
                let text = if words.len() == count {
                    words[n]
                } else if n == 0 {
                    &*cell.teks
                } else {
                    ""
                };
                cell.teks = text.into();
            }
        }
        Bagian {
            row,
            subjek: SubjekBaca { indikator: Some(names[n].clone()), ..SubjekBaca::clone(&pokok.subjek) },
            unit: units[n].to_owned(),
        }
    };
    Some((0..count).map(part).collect())
}

/// "Jumlah A, Jumlah B" as two names: a comma parts them where a name begins behind it.
fn split_names(text: &str) -> Vec<String> {
    let openings = ["Jumlah ", "Persentase ", "Dokumen "];
    let mut names = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(", ") {
        if openings.iter().any(|o| text[at + 2..].starts_with(o)) {
            names.push(tidy(&text[start..at]));
            start = at + 2;
        }
    }
    names.push(tidy(&text[start..]));
    names
}
