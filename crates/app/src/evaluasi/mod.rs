//! Evaluasi AKIP: opening an evaluation, answering its worksheet, publishing its result; templates of one's own; recommendations and
//! what becomes of them.

mod answer;
mod document;
mod follow_up;
mod indicator;
mod suggestion;
mod template;

use tolok_domain::access::Hak;
use tolok_domain::evaluasi::templat::TingkatEvaluasi;
use tolok_domain::evaluasi::{Evaluasi, KeadaanEvaluasi, counted, score, without_reason};
use tolok_domain::period::Tahun;
use tolok_domain::{Potret, number};
use tolok_store::{Ctx, Galat, Hasil};

pub use answer::IsiJawaban;
pub use document::{BentukLhe, compose_evaluation};
pub use follow_up::{IsiLangkahTindakLanjut, IsiPutusan, IsiRekomendasi};

use crate::edit::Catat;
use crate::{App, require};

/// What an evaluation begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IsiEvaluasi {
    /// The template's code.
    pub templat: String,
    /// Who evaluates, by office.
    pub evaluator: String,
    /// The second reader, by office.
    pub penjamin_mutu: String,
    /// Remark.
    pub catatan: String,
}

impl App {
    /// Opens the evaluation of a year by a template that is for that year. Those who rate the office are told in the same transaction.
    ///
    /// Permission: [`Hak::Evaluasi`].
    pub async fn open_evaluation(&self, ctx: &Ctx, tahun: Tahun, isi: &IsiEvaluasi) -> Hasil<i64> {
        require(ctx, Hak::Evaluasi)?;
        let audience = self.audience(ctx, tahun).await?;
        let change = |potret: &mut Potret| {
            if let Some(there) = potret.evaluation_of(tahun) {
                return Err(Galat::TidakSah(format!(
                    "evaluasi tahun {tahun} sudah ada ({}); buka yang itu",
                    there.kode
                )));
            }
            let templat = potret
                .template(&isi.templat)
                .ok_or_else(|| Galat::TidakDitemukan(format!("templat {}", isi.templat)))?;
            if !templat.is_for(tahun) {
                return Err(Galat::TidakSah(format!(
                    "templat {} tidak berlaku untuk tahun {tahun}; pilih templat yang berlaku",
                    templat.kode
                )));
            }
            if !templat.tingkat.contains(&TingkatEvaluasi::PerangkatDaerah) {
                return Err(Galat::TidakSah(format!("templat {} bukan untuk perangkat daerah", templat.kode)));
            }
            let kode = format!("lke-{tahun}");
            potret.evaluasi.push(Evaluasi {
                kode: kode.clone(),
                tahun,
                templat: isi.templat.clone(),
                keadaan: KeadaanEvaluasi::Mandiri,
                evaluator: isi.evaluator.trim().to_owned(),
                penjamin_mutu: isi.penjamin_mutu.trim().to_owned(),
                nomor_lhe: String::new(),
                tanggal_lhe: String::new(),
                nilai: None,
                catatan: isi.catatan.trim().to_owned(),
                sumber: String::new(),
            });
            Ok(Catat { tindakan: "buka evaluasi", sasaran: kode, rincian: isi.templat.clone() })
        };
        self.edit_and_tell(ctx, tahun, change, |before, after| audience.tell_turns(before, after)).await
    }

    /// Publishes the result: the score as the answers make it, with number and date of the LHE. Refused while a part is not scored or a
    /// difference of more than one grade is without reason.
    ///
    /// Permission: [`Hak::Evaluasi`].
    pub async fn publish_evaluation(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        kode: &str,
        nomor: &str,
        tanggal: &str,
    ) -> Hasil<i64> {
        require(ctx, Hak::Evaluasi)?;
        let (nomor, tanggal) = (nomor.trim(), tanggal.trim());
        if nomor.is_empty() || tanggal.is_empty() {
            return Err(Galat::TidakSah("nomor atau tanggal LHE kosong; isi keduanya".to_owned()));
        }
        self.edit(ctx, tahun, |potret| {
            let found = open(potret, kode)?;
            let templat = potret.template(&found.templat).ok_or_else(|| Galat::TidakDitemukan(found.templat.clone()))?;
            let skor = score(templat, &counted(&potret.jawaban, kode));
            let Some(nilai) = skor.nilai else {
                return Err(Galat::TidakSah(format!("baru {} subkomponen dinilai; nilai semuanya dahulu", skor.dinilai)));
            };
            let silent: Vec<String> = without_reason(templat, &potret.jawaban, kode)
                .iter()
                .map(|(penilai, beda)| {
                    let who = penilai.label().to_lowercase();
                    format!("{}: jawaban {who} \"{}\" berbeda lebih dari satu tingkat dari \"{}\" tanpa alasan; tulis alasannya", beda.kode, beda.sesudah, beda.sebelum)
                })
                .collect();
            if !silent.is_empty() {
                return Err(Galat::TidakSah(silent.join("\n")));
            }
            let evaluasi = potret.evaluasi.iter_mut().find(|e| e.kode == kode);
            let evaluasi = evaluasi.ok_or_else(|| Galat::TidakDitemukan(format!("evaluasi {kode}")))?;
            evaluasi.keadaan = KeadaanEvaluasi::Terbit;
            evaluasi.nilai = Some(nilai);
            nomor.clone_into(&mut evaluasi.nomor_lhe);
            tanggal.clone_into(&mut evaluasi.tanggal_lhe);
            let rincian = format!("{} nilai {}", nomor, number::write_percent(nilai));
            Ok(Catat { tindakan: "terbitkan evaluasi", sasaran: kode.to_owned(), rincian })
        })
        .await
    }
}

/// The evaluation of that code, while it can be changed.
fn open(potret: &Potret, kode: &str) -> Hasil<Evaluasi> {
    let found = potret.evaluation(kode).ok_or_else(|| Galat::TidakDitemukan(format!("evaluasi {kode}")))?;
    if found.keadaan == KeadaanEvaluasi::Terbit {
        return Err(Galat::TidakSah(format!("evaluasi {kode} sudah terbit; hasilnya tidak dapat diubah")));
    }
    Ok(found.clone())
}
