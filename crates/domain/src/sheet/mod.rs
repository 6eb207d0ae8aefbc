//! Sheets: the one row form in which a data package holds a snapshot in files and the database holds it in tables.

mod evaluasi;
mod figures;
mod plan;
mod pohon;
mod publication;
mod record;
mod references;
mod row;
mod schema;
mod templat;
mod templat_check;
mod templat_write;
mod words;
mod write;
mod year;

use std::collections::{BTreeMap, HashMap};

pub use record::Rekam;
pub use row::{Baris, Masalah, Pembaca};
pub use schema::{Kolom, LEMBAR, Lembar, REGISTER, TipeKolom};
pub use templat::template;
pub use write::rows;

use crate::deadline::Jadwal;
use crate::id::InstansiId;
use crate::period::Tahun;
use crate::register::Catatan;
use crate::snapshot::{Narasi, Potret};

/// Rows by sheet name.
pub type Isian = HashMap<&'static str, Vec<Baris>>;

/// Makes a snapshot of rows. Every problem is found in one go; the snapshot holds all rows that are right by themselves and
/// whose references lead to rows that are right. `None` only when the office itself cannot be read.
pub fn assemble(id: InstansiId, tahun: Tahun, isian: &Isian, narasi: Vec<Narasi>) -> (Option<Potret>, Vec<Masalah>) {
    let mut masalah = Vec::new();
    let isian = &unique(isian, &mut masalah);
    let Some(instansi) = plan::office(id, isian, &mut masalah) else {
        return (None, masalah);
    };
    let mut potret = Potret {
        instansi,
        tahun,
        unit: record::all(isian, &mut masalah),
        dokumen: record::all(isian, &mut masalah),
        simpul: record::all(isian, &mut masalah),
        indikator: record::all(isian, &mut masalah),
        sebutan: plan::wordings(isian, &mut masalah),
        pohon: record::all(isian, &mut masalah),
        silang: pohon::links(isian, &mut masalah),
        angka: Vec::new(),
        catatan: records(isian, &mut masalah),
        rekomendasi: evaluasi::recommendations(isian, &mut masalah),
        tindak_lanjut: evaluasi::steps(isian, &mut masalah),
        putusan: evaluasi::verdicts(isian, &mut masalah),
        templat: templat::all(isian, &mut masalah),
        evaluasi: evaluasi::evaluations(isian, &mut masalah),
        jawaban: evaluasi::answers(isian, &mut masalah),
        narasi,
        bukti: plan::evidence(isian, &mut masalah),
        pejabat: Vec::new(),
        perjanjian: Vec::new(),
        isi_perjanjian: Vec::new(),
        langkah: Vec::new(),
        kendala: Vec::new(),
        komentar: Vec::new(),
        jadwal: Jadwal::default(),
        libur: Vec::new(),
        penguncian: Vec::new(),
        pembukaan: Vec::new(),
        terbitan: publication::publications(isian, &mut masalah),
        putusan_temuan: publication::decisions(isian, &mut masalah),
    };
    year::read(&mut potret, isian, &mut masalah);
    references::plan(&mut potret, isian, &mut masalah);
    evaluasi::references(&mut potret, isian, &mut masalah);
    potret.angka = figures::read(&potret, isian, &mut masalah);
    potret.sort_figures();
    masalah.sort_by(|a, b| (&a.berkas, a.baris).cmp(&(&b.berkas, b.baris)));
    (Some(potret), masalah)
}

/// The faults to mend, and those that only follow from them as a count per file: the one fault is not buried under a hundred
/// others.
pub fn summarize(masalah: Vec<Masalah>) -> Vec<Masalah> {
    let (followers, mut told): (Vec<_>, Vec<_>) = masalah.into_iter().partition(|m| m.ikutan);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for follower in followers {
        *counts.entry(follower.berkas).or_default() += 1;
    }
    told.extend(counts.into_iter().map(|(berkas, n)| Masalah {
        berkas,
        baris: None,
        kolom: String::new(),
        apa: format!("{n} baris ikut salah karena merujuk baris yang salah di atas"),
        saran: String::new(),
        ikutan: true,
    }));
    told
}

/// Rows of a sheet.
fn sheet<'a>(isian: &'a Isian, nama: &str) -> &'a [Baris] {
    isian.get(nama).map_or(&[], Vec::as_slice)
}

/// No two rows of a sheet may have the same key. The first one counts; later ones are reported and left out.
fn unique(isian: &Isian, masalah: &mut Vec<Masalah>) -> Isian {
    let mut kept = isian.clone();
    for lembar in LEMBAR.iter().filter(|l| !l.kunci.is_empty()) {
        let columns: Vec<usize> = lembar.kunci.iter().filter_map(|k| lembar.position(k)).collect();
        let mut seen: HashMap<Vec<String>, u64> = HashMap::new();
        let Some(rows) = kept.get_mut(lembar.nama) else { continue };
        rows.retain(|baris| {
            let key: Vec<String> =
                columns.iter().map(|i| baris.sel.get(*i).map_or("", |s| s.trim()).to_owned()).collect();
            // A row without key is reported for its empty cells.
            if key.iter().all(String::is_empty) {
                return true;
            }
            if let Some(first) = seen.get(&key) {
                masalah.push(Masalah {
                    berkas: lembar.file(),
                    baris: Some(baris.nomor),
                    kolom: lembar.kunci.join("+"),
                    apa: format!("\"{}\" sudah ada di baris {first}", key.join(" / ")),
                    saran: "setiap kunci hanya boleh sekali; hapus atau ubah salah satunya".to_owned(),
                    ikutan: false,
                });
                return false;
            }
            seen.insert(key, baris.nomor);
            true
        });
    }
    kept
}

/// Records of registers: checked by type, kept as text.
fn records(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Catatan> {
    let mut records = Vec::new();
    for lembar in REGISTER.iter().filter_map(|nama| Lembar::find(nama)) {
        for baris in sheet(isian, lembar.nama) {
            let mut row = row::Pembaca::new(lembar, baris, masalah);
            let isi = lembar.kolom.iter().map(|kolom| record_cell(&mut row, kolom)).collect();
            if row.is_good() {
                records.push(Catatan { register: lembar.nama.to_owned(), isi });
            }
        }
    }
    records
}

fn record_cell(row: &mut row::Pembaca<'_>, kolom: &Kolom) -> String {
    use crate::number::write_plain;
    match kolom.tipe {
        TipeKolom::Bilangan => row.number(kolom.nama).map_or(String::new(), write_plain),
        TipeKolom::Bulat => row.whole::<i64>(kolom.nama).map_or(String::new(), |x| x.to_string()),
        TipeKolom::Rupiah => row.rupiah(kolom.nama).map_or(String::new(), |x| write_plain(x.to_decimal())),
        TipeKolom::Tanggal => row.date(kolom.nama),
        _ => row.string(kolom.nama),
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
