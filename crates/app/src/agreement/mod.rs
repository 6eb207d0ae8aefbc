//! Perjanjian Kinerja: making agreements from the plan, changing, revising and signing them. Targets and money of an agreement are
//! figures of its document, copied when it is made, so that a later change of the plan leaves it as it was.

mod content;
mod revision;
mod signature;
mod signed_file;

use std::collections::HashSet;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::agreement::{IsiPerjanjian, JenisIsi, Perjanjian, proposals};
use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
use tolok_domain::measure::Rencana;
use tolok_domain::period::Tahun;
use tolok_domain::{AngkaId, Dokumen, JenisDokumen, Nilai, Periode, Potret};
use tolok_store::{Ctx, Galat, Hasil};

pub use content::UbahPerjanjian;
pub use revision::PerubahanPerjanjian;
pub use signature::{MAX_FILE, TandaTangan};

use crate::edit::Catat;
use crate::{App, require};

/// Kind and code of something promised.
type Isi = (JenisIsi, String);

impl App {
    /// Makes agreements for the heads of these units, with what the plan gives them to promise. Units that have one are left
    /// alone.
    ///
    /// Permission: [`Hak::UbahRencana`] for each unit.
    pub async fn create_agreements(&self, ctx: &Ctx, tahun: Tahun, units: &[String]) -> Hasil<i64> {
        require(ctx, Hak::UbahRencana)?;
        let lingkup = ctx.scope(Hak::UbahRencana);
        if units.is_empty() {
            return Err(Galat::TidakSah("belum ada unit yang dipilih; centang paling sedikit satu".to_owned()));
        }
        self.edit(ctx, tahun, |potret| {
            for unit in units {
                covers_unit(potret, unit, &lingkup)?;
            }
            let wanted = |unit: &str| units.iter().any(|u| u == unit) && potret.agreement_of(unit).is_none();
            let proposed: Vec<_> = proposals(potret).into_iter().filter(|u| wanted(&u.unit)).collect();
            let dokumen = original(potret);
            for usulan in &proposed {
                let kode = free_code(&format!("{dokumen}-{}", usulan.unit), |kode| potret.agreement(kode).is_some());
                potret.perjanjian.push(unsigned(kode.clone(), dokumen.clone(), usulan.unit.clone()));
                set_content(potret, &kode, &usulan.isi);
                copy_figures(potret, ctx, &dokumen, &usulan.isi, false)?;
            }
            let names: Vec<&str> = proposed.iter().map(|u| u.unit.as_str()).collect();
            Ok(Catat {
                tindakan: "buat perjanjian",
                sasaran: format!("{dokumen} {tahun}"),
                rincian: format!("{} perjanjian: {}", names.len(), names.join(", ")),
            })
        })
        .await
    }
}

/// What somebody sees of an agreement, as a short text for forms: it changes with date, content and signature.
pub fn agreement_mark(potret: &Potret, kode: &str) -> String {
    let mut hasher = Sha256::new();
    if let Some(p) = potret.agreement(kode) {
        hasher.update([p.tanggal.as_str(), &p.ditandatangani].join("|"));
    }
    for isi in potret.isi_perjanjian.iter().filter(|i| i.perjanjian == kode) {
        hasher.update(format!("|{} {}", isi.jenis.as_str(), isi.kode));
    }
    hasher.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

fn unsigned(kode: String, dokumen: String, unit: String) -> Perjanjian {
    let empty = String::new;
    Perjanjian {
        kode,
        dokumen,
        unit,
        tanggal: empty(),
        alasan: None,
        ditandatangani: empty(),
        cara: None,
        berkas: empty(),
    }
}

/// Denies what is done for a unit of others.
fn covers_unit(potret: &Potret, unit: &str, lingkup: &Lingkup) -> Hasil<()> {
    if potret.unit(unit).is_none() {
        return Err(Galat::TidakDitemukan(format!("unit {unit}")));
    }
    if lingkup.covers(potret.upwards(Some(unit))) { Ok(()) } else { Err(Galat::Terlarang) }
}

/// The agreement that somebody saw with that mark and may work on.
fn seen(potret: &Potret, kode: &str, mark: &str, lingkup: &Lingkup) -> Hasil<Perjanjian> {
    let found = potret.agreement(kode).ok_or_else(|| Galat::TidakDitemukan(format!("perjanjian {kode}")))?;
    covers_unit(potret, &found.unit, lingkup)?;
    if agreement_mark(potret, kode) != mark {
        return Err(Galat::Bentrok);
    }
    Ok(found.clone())
}

/// Code of the first version of the year's agreement; made where there is none.
fn original(potret: &mut Potret) -> String {
    let first = versions(potret).min_by_key(|d| d.versi).map(|d| d.kode.clone());
    first.unwrap_or_else(|| add_version(potret, 0))
}

/// Versions of the year's agreement.
fn versions(potret: &Potret) -> impl Iterator<Item = &Dokumen> {
    potret.dokumen.iter().filter(|d| d.jenis == JenisDokumen::PerjanjianKinerja)
}

/// Adds a version of the year's agreement and gives back its code.
fn add_version(potret: &mut Potret, versi: u8) -> String {
    let tahun = potret.tahun;
    let (base, judul) = match versi {
        0 => ("pk".to_owned(), format!("Perjanjian Kinerja {tahun}")),
        1 => ("pk-p".to_owned(), format!("Perubahan Perjanjian Kinerja {tahun}")),
        n => (format!("pk-p{n}"), format!("Perubahan ke-{n} Perjanjian Kinerja {tahun}")),
    };
    let kode = free_code(&base, |kode| potret.document(kode).is_some());
    potret.dokumen.push(Dokumen {
        kode: kode.clone(),
        jenis: JenisDokumen::PerjanjianKinerja,
        versi,
        judul,
        nomor: String::new(),
        tanggal: String::new(),
        keterangan: String::new(),
    });
    kode
}

/// The code, or the first of it with a number behind that is not taken.
fn free_code(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n: u32| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|kode| !taken(kode)).unwrap_or_default()
}

/// Gives an agreement this content in the place of what it held.
fn set_content(potret: &mut Potret, kode: &str, isi: &[Isi]) {
    let rows = &mut potret.isi_perjanjian;
    let at = rows.iter().position(|i| i.perjanjian == kode).unwrap_or(rows.len());
    rows.retain(|i| i.perjanjian != kode);
    let new = isi.iter().map(|(jenis, what)| IsiPerjanjian {
        perjanjian: kode.to_owned(),
        jenis: *jenis,
        kode: what.clone(),
    });
    rows.splice(at..at, new);
}

/// What agreements of a document version hold, but for one of them.
fn held_by_others(potret: &Potret, dokumen: &str, but: &str, only_signed: bool) -> HashSet<Isi> {
    let of_document: HashSet<&str> = potret
        .perjanjian
        .iter()
        .filter(|p| p.dokumen == dokumen && p.kode != but && (!only_signed || p.is_signed()))
        .map(|p| p.kode.as_str())
        .collect();
    let held = potret.isi_perjanjian.iter().filter(|i| of_document.contains(i.perjanjian.as_str()));
    held.map(|i| (i.jenis, i.kode.clone())).collect()
}

/// Subject and kind of the figure that stands for something promised in a document version.
fn key((jenis, kode): &Isi, dokumen: &str) -> (Subjek, JenisAngka) {
    let dokumen = dokumen.to_owned();
    match jenis {
        JenisIsi::Indikator => (Subjek::Indikator(kode.clone()), JenisAngka::Target { dokumen }),
        JenisIsi::Simpul => (Subjek::Simpul(kode.clone()), JenisAngka::Pagu { dokumen }),
    }
}

/// How a figure that was copied from the plan says so.
const COPIED: &str = "disalin dari ";

/// Copies target or money of each thing promised from the newest plan into the document version. What stands there already stays,
/// unless it is to be `renewed`.
fn copy_figures(potret: &mut Potret, ctx: &Ctx, dokumen: &str, isi: &[Isi], renewed: bool) -> Hasil<()> {
    let year = Periode::Tahun(potret.tahun);
    let mut figures = Vec::new();
    let mut missing = Vec::new();
    let rencana = Rencana::new(potret);
    for what in isi {
        let (subjek, jenis) = key(what, dokumen);
        let there = potret.figure(&subjek, &jenis, year);
        if there.is_some() && !renewed {
            continue;
        }
        match planned(&rencana, what) {
            Some((nilai, _)) if there.is_some_and(|a| a.nilai == nilai) => {}
            Some((nilai, source)) => figures.push(Angka {
                id: AngkaId::new(),
                subjek,
                jenis,
                periode: year,
                nilai,
                keterangan: String::new(),
                asal: Asal::Berkas { tempat: format!("{COPIED}{}", source.judul) },
                bukti: Vec::new(),
                keadaan: Keadaan::Dikunci,
                oleh: ctx.pelaku.clone(),
                dicatat: ctx.waktu,
            }),
            None if there.is_some() => {}
            None => missing.push(lacks(potret, what)),
        }
    }
    if !missing.is_empty() {
        return Err(Galat::TidakSah(missing.join("\n")));
    }
    figures.into_iter().for_each(|figure| potret.record(figure));
    Ok(())
}

/// Target or money of something as the plan has it, and the document that says so.
fn planned<'a>(rencana: &Rencana<'a>, (jenis, kode): &Isi) -> Option<(Nilai, &'a Dokumen)> {
    match jenis {
        JenisIsi::Indikator => rencana.target(kode).map(|(nilai, source)| (nilai.clone(), source)),
        JenisIsi::Simpul => rencana.ceiling(kode).map(Nilai::Uang).zip(rencana.budget()),
    }
}

fn lacks(potret: &Potret, (jenis, kode): &Isi) -> String {
    let tahun = potret.tahun;
    match jenis {
        JenisIsi::Indikator => {
            let nama = potret.indicator(kode).map_or(kode.as_str(), |i| &i.nama);
            format!("indikator \"{nama}\" belum punya target {tahun}; isi dulu targetnya dalam rencana")
        }
        JenisIsi::Simpul => format!("{kode} belum punya pagu {tahun}; isi dulu pagunya dalam rencana"),
    }
}

/// Takes figures of a document version away whose things no agreement of it holds any more.
fn drop_figures(potret: &mut Potret, dokumen: &str, gone: &[Isi], may_go: impl Fn(&Angka) -> bool) {
    let held = held_by_others(potret, dokumen, "", false);
    let year = Periode::Tahun(potret.tahun);
    for what in gone.iter().filter(|what| !held.contains(*what)) {
        let (subjek, jenis) = key(what, dokumen);
        potret.angka.retain(|a| a.periode != year || a.jenis != jenis || a.subjek != subjek || !may_go(a));
    }
}

/// What an agreement holds.
fn content_of(potret: &Potret, kode: &str) -> Vec<Isi> {
    let rows = potret.isi_perjanjian.iter().filter(|i| i.perjanjian == kode);
    rows.map(|i| (i.jenis, i.kode.clone())).collect()
}

/// Reads a day that belongs to a year's agreement; empty where it may be.
fn read_day(text: &str, tahun: Tahun, what: &str) -> Hasil<Option<Date>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Galat::TidakSah(format!("{what} \"{text}\" bukan tanggal; tulis seperti {tahun}-01-29"));
    let day: Date = text.parse().map_err(wrong)?;
    if !(tahun - 1..=tahun + 1).contains(&day.year()) {
        return Err(Galat::TidakSah(format!("{what} {day} tidak sesuai dengan perjanjian tahun {tahun}")));
    }
    Ok(Some(day))
}
