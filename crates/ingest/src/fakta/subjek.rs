//! What the values of a row are about: code, name and indicator, carried down where a table does not repeat them.

use std::sync::Arc;

use tolok_domain::bacaan::{PeranKolom, SelBaca, SubjekBaca, TabelBaca};
use tolok_domain::code::TingkatKode;
use tolok_domain::{JenisSimpul, KodeRekening};

use crate::baca::{lower, tidy};

/// Columns that belong together: what something is, and its values. A table may have two such blocks beside each other.
#[derive(Debug, Default)]
pub(super) struct Blok {
    kode: Option<usize>,
    nama: Vec<usize>,
    indikator: Vec<usize>,
    pub satuan: Option<usize>,
    pub nilai: Vec<usize>,
    carried: Terbawa,
}

/// What the rows above said.
#[derive(Debug, Default)]
struct Terbawa {
    kode: Option<String>,
    nama: Vec<Option<String>>,
    tingkat: Option<JenisSimpul>,
    indikator: Option<String>,
}

/// The subject of a row in a block.
#[derive(Debug)]
pub(super) struct Pokok {
    pub subjek: Arc<SubjekBaca>,
    /// Name or indicator stands in the row itself.
    pub own: bool,
    /// Its name or code stands in the row itself: a further indicator of the node above has none.
    pub named: bool,
    /// Its indicator or, where the block has no column of them, its name stands in the row itself.
    pub complete: bool,
}

/// Cuts the columns into blocks: where names follow values, a new one begins.
pub(super) fn blocks(tabel: &TabelBaca) -> Vec<Blok> {
    let mut found = vec![Blok::default()];
    for (at, kolom) in tabel.kolom.iter().enumerate() {
        let key = matches!(kolom.peran, PeranKolom::Kode | PeranKolom::Nama | PeranKolom::Indikator);
        if key && found.last().is_some_and(|b| !b.nilai.is_empty()) {
            found.push(Blok::default());
        }
        let Some(block) = found.last_mut() else { continue };
        match kolom.peran {
            PeranKolom::Kode => block.kode = block.kode.or(Some(at)),
            PeranKolom::Nama => block.nama.push(at),
            PeranKolom::Indikator => block.indikator.push(at),
            PeranKolom::Satuan => block.satuan = block.satuan.or(Some(at)),
            PeranKolom::Target
            | PeranKolom::Realisasi
            | PeranKolom::Capaian
            | PeranKolom::Pagu
            | PeranKolom::RealisasiAnggaran
            | PeranKolom::Serapan => block.nilai.push(at),
            // A year alone: the caption says what its values are.
            PeranKolom::Lain if kolom.periode.is_some() => block.nilai.push(at),
            _ => {}
        }
    }
    found.retain(|b| !b.nilai.is_empty() && (b.kode.is_some() || !b.indikator.is_empty() || !b.nama.is_empty()));
    for block in &mut found {
        block.carried.nama = vec![None; block.nama.len()];
    }
    found
}

/// The text that stands in a cell, not what a merged one lends it.
fn own(row: &[SelBaca], at: usize) -> Option<&str> {
    row.get(at).filter(|cell| !cell.tergabung).map(|cell| cell.teks.trim()).filter(|text| !text.is_empty())
}

/// The text of a cell, also of a merged one above it.
fn shown(row: &[SelBaca], at: usize) -> Option<&str> {
    row.get(at).map(|cell| cell.teks.trim()).filter(|text| !text.is_empty())
}

impl Blok {
    /// The subject of the next row.
    pub(super) fn next(&mut self, row: &[SelBaca], tabel: &TabelBaca) -> Pokok {
        let kode = self.kode.and_then(|at| own(row, at)).map(|text| (text.parse::<KodeRekening>().ok(), tidy(text)));
        // What is left of a code whose other columns are empty ("01") names nothing.
        let kode = kode.filter(|(parsed, text)| parsed.is_some() || text.len() > 2);
        let mut deepest = None;
        for (depth, at) in self.nama.iter().enumerate() {
            // A cell merged across columns of names belongs to the first of them.
            let Some(text) = own(row, *at) else { continue };
            self.carried.nama[depth] = Some(tidy(text));
            self.carried.nama.iter_mut().skip(depth + 1).for_each(|below| *below = None);
            deepest = Some((depth, *at));
        }
        // Of several columns of indicators (of the sasaran, of the program) the last that is filled counts.
        let indikator = self.indikator.iter().rev().find_map(|at| own(row, *at)).map(tidy);
        let merged = || self.indikator.iter().rev().find_map(|at| shown(row, *at)).map(tidy);
        let own_name = deepest.is_some();
        let nama = match deepest {
            Some((depth, _)) => self.carried.nama[depth].clone(),
            // A code without name starts something of its own.
            None if kode.is_some() => None,
            None => self.carried.nama.iter().rev().flatten().next().cloned(),
        };
        if let Some((parsed, text)) = &kode {
            self.carried.kode = Some(parsed.as_ref().map_or_else(|| text.clone(), ToString::to_string));
            self.carried.tingkat = parsed.as_ref().and_then(level_of_code);
        } else if let Some((_, at)) = deepest {
            self.carried.kode = None;
            self.carried.tingkat = tabel.kolom[at].tingkat.or_else(|| nama.as_deref().and_then(level_of_name));
        }
        let complete = if self.indikator.is_empty() { own_name } else { indikator.is_some() };
        let named = own_name || kode.is_some();
        let own_any = own_name || indikator.is_some() || kode.is_some();
        self.carried.indikator = match (indikator, own_any) {
            (Some(own), _) => Some(own),
            (None, true) => merged(),
            // A further row of values of the same indicator.
            (None, false) => self.carried.indikator.take(),
        };
        let subjek = SubjekBaca {
            kode: self.carried.kode.clone(),
            nama: nama.unwrap_or_default(),
            tingkat: self.carried.tingkat,
            indikator: self.carried.indikator.clone(),
        };
        Pokok { subjek: Arc::new(subjek), own: own_any, named, complete }
    }
}

fn level_of_code(kode: &KodeRekening) -> Option<JenisSimpul> {
    match kode.jenis() {
        TingkatKode::Urusan | TingkatKode::BidangUrusan => None,
        TingkatKode::Program => Some(JenisSimpul::Program),
        TingkatKode::Kegiatan => Some(JenisSimpul::Kegiatan),
        TingkatKode::SubKegiatan => Some(JenisSimpul::SubKegiatan),
    }
}

/// "PROGRAM PELATIHAN KERJA" under a heading that leaves the level open.
fn level_of_name(nama: &str) -> Option<JenisSimpul> {
    lower(nama).starts_with("program ").then_some(JenisSimpul::Program)
}
