//! The last steps of a table: page remains out, notes apart, slid cells back, and what each column holds.

use tolok_domain::Tahun;
use tolok_domain::bacaan::{CatatanBaca, GayaTanggal, KolomBaca, Letak, PeranKolom, SelBaca, TabelBaca, date_style};
use tolok_domain::number::{GayaKolom, detect_style};

use super::sign::{Rupa, rupa};
use super::{Kerja, caption, header, period, refine, role, shift};
use crate::baca::tidy;

/// Rows of a column that are looked at for its style; what none of so many shows, nobody relies on.
const SAMPLE: usize = 4_000;

/// Grids of fewer rows without header are lists and places for signatures.
const FEW: usize = 4;

/// The table, or `None` for a grid in which nothing is recognised.
pub(super) fn finish(kerja: Kerja, tahun: Option<Tahun>, catatan: &mut Vec<CatatanBaca>) -> Option<TabelBaca> {
    let Kerja { judul, bab, letak, mut kepala, nomor, mut baris, mut kaki, .. } = kerja;
    let width = kepala.iter().chain(&nomor).chain(&baris).map(Vec::len).max().unwrap_or(0);
    let page_remains = |row: &[SelBaca]| nomor.is_some() && header::is_number_row(row) || header::repeats(&kepala, row);
    baris.retain(|row| !page_remains(row));
    take_notes(&mut baris, &mut kaki);
    for row in &mut baris {
        let (line, from) = (row.first().map_or_else(|| letak.clone(), |c| c.letak.clone()), row.len());
        let blanks = (from..width).map(|at| crate::baca::blank(&line, line.baris.unwrap_or(0), at));
        row.extend(blanks);
    }
    let mut title = tidy(&judul.join(" "));
    if title.is_empty() {
        title.clone_from(&bab);
    }
    if header::regroup(&mut kepala, tahun) {
        let pesan = "kepala kolom bertingkat tergeser terhadap tahun di bawahnya dan dibaca sebagaimana seharusnya; periksa kepala tabel";
        catatan.push(CatatanBaca { letak: letak.clone(), pesan: pesan.to_owned() });
    }
    let levels = header::joined(&kepala, width);
    let mut kinds = shift::kinds(&baris, width);
    if baris.len() >= 4 {
        let mut moved = false;
        for row in &mut baris {
            if shift::repair(row, &kinds) {
                moved = true;
                note(catatan, row, "sel digeser ke kolom yang sesuai dengan satuan dan angkanya; periksa baris ini");
            }
        }
        if moved {
            kinds = shift::kinds(&baris, width);
        }
    }
    let mut peran: Vec<PeranKolom> = levels.iter().map(|levels| role::by_words(levels, &title)).collect();
    if kepala.is_empty() {
        let known = refine::by_values(&mut peran, &kinds);
        if baris.len() >= FEW && width > 1 {
            let pesan = if known {
                "tabel tanpa baris kepala; arti kolomnya disimpulkan dari isinya dan perlu dipastikan"
            } else {
                "tabel tanpa baris kepala dan isinya tidak dikenali; tambahkan baris kepala agar kolomnya dapat dipetakan"
            };
            catatan.push(CatatanBaca { letak: letak.clone(), pesan: pesan.to_owned() });
        }
        if !known {
            return None;
        }
    }
    refine::money(&mut peran, &kinds);
    refine::capaian(&mut peran, &levels);
    refine::nameless(&mut peran, &levels, &kinds);
    // A header without rows is the form of a table only where it has columns of values; otherwise it is a place for signatures.
    if baris.is_empty() && !peran.iter().any(|p| has_period(*p)) {
        return None;
    }
    refine::codes_from_numbers(&mut baris, &peran);
    for row in &mut baris {
        if refine::move_indicator(row, &peran) {
            note(
                catatan,
                row,
                "nama indikator yang berada di kolom lain dipindahkan ke kolom indikator; periksa baris ini",
            );
        }
    }
    let year = period::only_year(&title).or_else(|| period::only_year(&bab)).or(tahun);
    let mut kolom = Vec::with_capacity(width);
    let mut mixed = Vec::new();
    for (at, levels) in levels.iter().enumerate() {
        // The number behind a workbook's cell has no notation of its own.
        let sample = baris.iter().take(SAMPLE).filter_map(|row| row.get(at)).filter(|cell| cell.nilai.is_none());
        let values = sample.map(|cell| &*cell.teks).filter(|text| matches!(rupa(text), Rupa::Angka | Rupa::Uang));
        let joined = levels.join(" / ");
        let number = nomor.as_ref().and_then(|row| row.get(at)).map(|cell| cell.teks.trim());
        kolom.push(KolomBaca {
            nomor: crate::baca::index(at + 1),
            peran: peran[at],
            tingkat: if peran[at] == PeranKolom::Nama { role::level(levels) } else { None },
            periode: if has_period(peran[at]) || is_year_column(levels) {
                period::of_header(&joined, year).or_else(|| default_period(&levels.join(" "), year))
            } else {
                None
            },
            gaya: match detect_style(values) {
                GayaKolom::Satu(gaya) => Some(gaya),
                GayaKolom::TakTentu => None,
                GayaKolom::Campur => {
                    mixed.push(joined.clone());
                    None
                }
            },
            skala: if has_period(peran[at]) { scale(&joined, &title, peran[at]) } else { 0 },
            hitungan: number
                .filter(|text| text.contains('=') || text.contains(['x', 'X', '*', '/']))
                .map(str::to_owned),
            judul: joined,
        });
    }
    for judul in mixed {
        let pesan = format!(
            "kolom \"{judul}\" memuat angka bergaya Indonesia (1.234,5) dan Inggris (1,234.5); seragamkan, atau pastikan artinya"
        );
        catatan.push(CatatanBaca { letak: letak.clone(), pesan });
    }
    mixed_dates(&baris, &kolom, &letak, catatan);
    drop_empty(&mut kolom, &mut baris);
    let mut tabel = TabelBaca { judul: title, letak, kolom, baris, catatan_kaki: kaki };
    refine::ratio(&mut tabel);
    Some(tabel)
}

/// Notes columns in which some dates have the day first and others the month.
fn mixed_dates(baris: &[Vec<SelBaca>], kolom: &[KolomBaca], letak: &Letak, catatan: &mut Vec<CatatanBaca>) {
    for (at, kolom) in
        kolom.iter().enumerate().filter(|(_, k)| matches!(k.peran, PeranKolom::Lain | PeranKolom::Keterangan))
    {
        let cells = || baris.iter().take(SAMPLE).filter_map(|row| row.get(at)).filter(|cell| cell.teks.contains('/'));
        let styled = |wanted| cells().find(|cell| date_style(&cell.teks) == Some(wanted));
        if let (Some(day), Some(month)) = (styled(GayaTanggal::HariDahulu), styled(GayaTanggal::BulanDahulu)) {
            let pesan = format!(
                "kolom \"{}\" menulis tanggal dengan dua cara: {} (hari dahulu) dan {} (bulan dahulu); tulis nama bulannya",
                kolom.judul, day.teks, month.teks
            );
            catatan.push(CatatanBaca { letak: letak.row(), pesan });
        }
    }
}

/// Leaves out columns in which nothing stands, not even a header.
fn drop_empty(kolom: &mut Vec<KolomBaca>, baris: &mut [Vec<SelBaca>]) {
    let mut filled: Vec<bool> = kolom.iter().map(|k| !k.judul.is_empty()).collect();
    for row in baris.iter() {
        for (cell, filled) in row.iter().zip(&mut filled) {
            *filled |= !cell.teks.trim().is_empty();
        }
    }
    if filled.iter().all(|f| *f) {
        return;
    }
    let mut keep = filled.iter().copied();
    kolom.retain(|_| keep.next().unwrap_or(true));
    for row in baris {
        let mut keep = filled.iter().copied();
        row.retain(|_| keep.next().unwrap_or(true));
    }
}

/// A column without a period of its own is for the year of the table; one for the end of the plan is not.
fn default_period(judul: &str, year: Option<Tahun>) -> Option<tolok_domain::Periode> {
    let small = judul.to_lowercase();
    let other = !period::years(&small).is_empty()
        || ["akhir", "awal", "dasar", "sebelum", "setelah", "nasional", "provinsi"].iter().any(|w| small.contains(w));
    if other { None } else { year.map(tolok_domain::Periode::Tahun) }
}

/// A column whose header is a year and nothing else: a series of something that the caption names.
fn is_year_column(levels: &[String]) -> bool {
    matches!(levels, [only] if super::sign::year(only).is_some())
}

const fn has_period(peran: PeranKolom) -> bool {
    matches!(
        peran,
        PeranKolom::Target
            | PeranKolom::Realisasi
            | PeranKolom::Capaian
            | PeranKolom::Pagu
            | PeranKolom::RealisasiAnggaran
            | PeranKolom::Serapan
    )
}

/// Scale of a column: its own header says it, or for money the caption.
fn scale(header: &str, title: &str, peran: PeranKolom) -> i32 {
    match (role::scale(header), peran) {
        (0, PeranKolom::Pagu | PeranKolom::RealisasiAnggaran) if title.to_lowercase().contains("dalam ") => {
            role::scale(title)
        }
        (own, _) => own,
    }
}

/// Takes notes and sources off the end of a table.
fn take_notes(rows: &mut Vec<Vec<SelBaca>>, notes: &mut Vec<SelBaca>) {
    let mut taken = Vec::new();
    while let Some(row) = rows.last() {
        let mut own = row.iter().filter(|cell| !cell.tergabung && !cell.teks.trim().is_empty());
        let (Some(cell), None) = (own.next(), own.next()) else { break };
        if !caption::is_note(&cell.teks) {
            break;
        }
        taken.push(cell.clone());
        rows.pop();
    }
    notes.splice(0..0, taken.into_iter().rev());
}

fn note(catatan: &mut Vec<CatatanBaca>, row: &[SelBaca], pesan: &str) {
    let filled = row.iter().find(|cell| !cell.teks.trim().is_empty());
    let letak = filled.map(|cell| cell.letak.row()).unwrap_or_default();
    catatan.push(CatatanBaca { letak, pesan: pesan.to_owned() });
}
