//! Answering the worksheet.

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::evaluasi::{Jawaban, KeadaanEvaluasi, Penilai, has_evaluated};
use tolok_domain::period::Tahun;
use tolok_store::{Ctx, Galat, Hasil};

use super::open;
use crate::edit::Catat;
use crate::remark::short_enough;
use crate::{App, require};

/// An answer as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IsiJawaban {
    /// Criterion or subkomponen.
    pub kode: String,
    /// Whose answer.
    pub penilai: Penilai,
    /// The chosen option; empty takes the answer away.
    pub pilihan: String,
    /// Why.
    pub alasan: String,
    /// Document and page.
    pub bukti: String,
    /// The option that stood there when the form was filled; empty for none.
    pub dilihat: String,
}

impl App {
    /// Answers questions of a worksheet, all or none. The office rates itself until the result is out; the second reader is another
    /// account than the evaluator's. Whose turn it has become is told in the same transaction.
    ///
    /// Permission: [`Hak::NilaiMandiri`] for the office's own rating, [`Hak::Evaluasi`] for the others.
    pub async fn answer_worksheet(&self, ctx: &Ctx, tahun: Tahun, evaluasi: &str, isi: &[IsiJawaban]) -> Hasil<i64> {
        let own = isi.iter().all(|i| i.penilai == Penilai::Mandiri);
        require(ctx, if own { Hak::NilaiMandiri } else { Hak::Evaluasi })?;
        if isi.is_empty() {
            return Err(Galat::TidakSah("belum ada jawaban yang diisi".to_owned()));
        }
        if !own && isi.iter().any(|i| i.penilai == Penilai::Mandiri) {
            return Err(Galat::Terlarang);
        }
        for text in isi.iter().flat_map(|i| [&i.alasan, &i.bukti]) {
            short_enough(text)?;
        }
        let audience = self.audience(ctx, tahun).await?;
        let change = |potret: &mut Potret| {
            open(potret, evaluasi)?;
            for new in isi {
                let is_it = |j: &Jawaban| j.evaluasi == evaluasi && j.kode == new.kode && j.penilai == new.penilai;
                let there = potret.jawaban.iter().position(is_it);
                let seen = there.and_then(|at| potret.jawaban.get(at)).map_or("", |j| j.pilihan.as_str());
                if seen != new.dilihat {
                    return Err(Galat::Bentrok);
                }
                if new.penilai == Penilai::PenjaminMutu && has_evaluated(&potret.jawaban, evaluasi, &ctx.pelaku) {
                    return Err(Galat::TidakSah(
                        "penjamin mutu tidak boleh evaluator yang sama; minta evaluator lain".to_owned(),
                    ));
                }
                let answer = (!new.pilihan.is_empty()).then(|| Jawaban {
                    evaluasi: evaluasi.to_owned(),
                    kode: new.kode.clone(),
                    penilai: new.penilai,
                    pilihan: new.pilihan.clone(),
                    alasan: new.alasan.trim().to_owned(),
                    bukti: new.bukti.trim().to_owned(),
                    sumber: String::new(),
                    oleh: ctx.pelaku.clone(),
                });
                match (there, answer) {
                    (Some(at), Some(answer)) => potret.jawaban[at] = answer,
                    (Some(at), None) => drop(potret.jawaban.remove(at)),
                    (None, Some(answer)) => potret.jawaban.push(answer),
                    (None, None) => {}
                }
            }
            advance(potret, evaluasi, isi);
            let codes: Vec<&str> = isi.iter().map(|i| i.kode.as_str()).take(10).collect();
            Ok(Catat {
                tindakan: "jawab evaluasi",
                sasaran: evaluasi.to_owned(),
                rincian: format!("{} jawaban: {}", isi.len(), codes.join(", ")),
            })
        };
        self.edit_and_tell(ctx, tahun, change, |before, after| audience.tell_turns(before, after)).await
    }
}

/// An evaluation moves on by what is answered, and never back.
fn advance(potret: &mut Potret, kode: &str, isi: &[IsiJawaban]) {
    let reached = isi.iter().map(|i| match i.penilai {
        Penilai::Mandiri => KeadaanEvaluasi::Mandiri,
        Penilai::Evaluator => KeadaanEvaluasi::Dinilai,
        Penilai::PenjaminMutu => KeadaanEvaluasi::Ditinjau,
    });
    let Some(reached) = reached.max() else { return };
    for e in potret.evaluasi.iter_mut().filter(|e| e.kode == kode) {
        e.keadaan = e.keadaan.max(reached);
    }
}
