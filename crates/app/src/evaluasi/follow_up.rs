//! Recommendations, their steps and the verdicts on them.

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::rekomendasi::{
    KeadaanTindakLanjut, LangkahTindakLanjut, PemberiPutusan, Prioritas, Putusan, Rekomendasi,
};
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::plan::unchanged;
use crate::remark::short_enough;
use crate::{App, Dilihat, day, follows_up, require};

/// A recommendation as it is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IsiRekomendasi {
    /// Its code; empty for a new one.
    pub kode: String,
    /// The evaluation that gives it.
    pub evaluasi: String,
    /// Aspect.
    pub aspek: String,
    /// Criterion or subkomponen.
    pub kriteria: String,
    /// What was found.
    pub kondisi: String,
    /// The recommendation.
    pub rekomendasi: String,
    /// The unit in charge; empty for none.
    pub unit: String,
    /// Until when, ISO text; empty for no day.
    pub batas: String,
    /// How urgent.
    pub prioritas: Option<Prioritas>,
}

/// A step as it is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IsiLangkahTindakLanjut {
    /// Its code; empty for a new one.
    pub kode: String,
    /// The recommendation.
    pub rekomendasi: String,
    /// What is done; empty takes the step away.
    pub uraian: String,
    /// The unit that does it; empty for none.
    pub unit: String,
    /// Until when, ISO text.
    pub batas: String,
    /// When it was done, ISO text; empty while it is not.
    pub selesai: String,
    /// What shows it.
    pub bukti: String,
}

/// A verdict as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IsiPutusan {
    /// The recommendation.
    pub rekomendasi: String,
    /// Whose verdict.
    pub oleh: PemberiPutusan,
    /// The verdict.
    pub keadaan: KeadaanTindakLanjut,
    /// Why.
    pub alasan: String,
}

fn optional(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The first code with a number behind it that is free.
fn free(prefix: &str, taken: impl Fn(&str) -> bool) -> String {
    (1_u32..).map(|n| format!("{prefix}{n}")).find(|kode| !taken(kode)).unwrap_or_default()
}

fn find<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Rekomendasi> {
    potret.recommendation(kode).ok_or_else(|| Galat::TidakDitemukan(format!("rekomendasi {kode}")))
}

/// Denies who is in charge neither of the recommendation nor of the step.
fn in_charge(ctx: &Ctx, potret: &Potret, r: &Rekomendasi, step: Option<&LangkahTindakLanjut>) -> Hasil<()> {
    if follows_up(ctx, potret, r, step) { Ok(()) } else { Err(Galat::Terlarang) }
}

impl App {
    /// Writes a recommendation, or changes one. What the office has written about it stays. A conflict where somebody else changed it
    /// since the form was filled. Those in charge are told in the same transaction.
    ///
    /// Permission: [`Hak::Evaluasi`].
    pub async fn save_recommendation(&self, ctx: &Ctx, form: Dilihat, isi: &IsiRekomendasi) -> Hasil<i64> {
        require(ctx, Hak::Evaluasi)?;
        for text in [&isi.rekomendasi, &isi.kondisi] {
            short_enough(text)?;
        }
        let seen = self.seen(ctx, form).await?;
        let audience = self.audience(ctx, form.tahun).await?;
        let change = |potret: &mut Potret| {
            let old = if isi.kode.is_empty() { None } else { Some(find(potret, &isi.kode)?.clone()) };
            unchanged(seen.potret.recommendation(&isi.kode), old.as_ref())?;
            let kode =
                old.as_ref().map_or_else(|| free("R", |k| potret.recommendation(k).is_some()), |r| r.kode.clone());
            let kept = |text: fn(&Rekomendasi) -> &String| old.as_ref().map(text).cloned().unwrap_or_default();
            let new = Rekomendasi {
                kode: kode.clone(),
                aspek: isi.aspek.trim().to_owned(),
                rekomendasi: isi.rekomendasi.trim().to_owned(),
                tindak_lanjut: kept(|r| &r.tindak_lanjut),
                status: kept(|r| &r.status),
                unit: optional(&isi.unit),
                evaluasi: optional(&isi.evaluasi),
                kriteria: isi.kriteria.trim().to_owned(),
                kondisi: isi.kondisi.trim().to_owned(),
                batas: isi.batas.trim().to_owned(),
                prioritas: isi.prioritas,
                sumber: kept(|r| &r.sumber),
            };
            let rincian = new.rekomendasi.chars().take(120).collect();
            match potret.rekomendasi.iter_mut().find(|r| r.kode == kode) {
                Some(place) => *place = new,
                None => potret.rekomendasi.push(new),
            }
            Ok(Catat { tindakan: "catat rekomendasi", sasaran: kode, rincian })
        };
        self.edit_and_tell(ctx, form.tahun, change, |before, after| audience.tell_turns(before, after)).await
    }

    /// Writes a step of a follow-up, changes one, or takes it away where its text is empty. A conflict where somebody else changed it
    /// since the form was filled.
    ///
    /// Permission: [`Hak::NilaiMandiri`] for the recommendation's unit or the step's.
    pub async fn save_follow_up(&self, ctx: &Ctx, form: Dilihat, isi: &IsiLangkahTindakLanjut) -> Hasil<i64> {
        require(ctx, Hak::NilaiMandiri)?;
        for text in [&isi.uraian, &isi.bukti] {
            short_enough(text)?;
        }
        let seen = self.seen(ctx, form).await?;
        self.edit(ctx, form.tahun, |potret| {
            let step = |potret: &Potret| potret.tindak_lanjut.iter().find(|l| l.kode == isi.kode).cloned();
            in_charge(ctx, potret, find(potret, &isi.rekomendasi)?, step(potret).as_ref())?;
            unchanged(step(&seen.potret).as_ref(), step(potret).as_ref())?;
            let known = |kode: &str| potret.tindak_lanjut.iter().any(|l| l.kode == kode);
            if !isi.kode.is_empty() && !known(&isi.kode) {
                return Err(Galat::TidakDitemukan(format!("langkah {}", isi.kode)));
            }
            let kode =
                if isi.kode.is_empty() { free(&format!("{}.", isi.rekomendasi), known) } else { isi.kode.clone() };
            let at = potret.tindak_lanjut.iter().position(|l| l.kode == kode);
            let sumber = at.and_then(|at| potret.tindak_lanjut.get(at)).map(|l| l.sumber.clone()).unwrap_or_default();
            let new = LangkahTindakLanjut {
                kode: kode.clone(),
                rekomendasi: isi.rekomendasi.clone(),
                uraian: isi.uraian.trim().to_owned(),
                unit: optional(&isi.unit),
                batas: isi.batas.trim().to_owned(),
                selesai: isi.selesai.trim().to_owned(),
                bukti: isi.bukti.trim().to_owned(),
                sumber,
            };
            let rincian = new.uraian.chars().take(120).collect();
            match (at, new.uraian.is_empty()) {
                (Some(at), true) => drop(potret.tindak_lanjut.remove(at)),
                (Some(at), false) => potret.tindak_lanjut[at] = new,
                (None, true) => {
                    return Err(Galat::TidakSah("langkah masih kosong; tulis apa yang dikerjakan".to_owned()));
                }
                (None, false) => potret.tindak_lanjut.push(new),
            }
            Ok(Catat { tindakan: "catat tindak lanjut", sasaran: kode, rincian })
        })
        .await
    }

    /// Gives a year's verdict on a follow-up, in place of an earlier one of the same side and year; a conflict where that is not the one
    /// that the user saw. Of an answer evaluators are told in the same transaction, of the evaluator's verdict those in charge.
    ///
    /// Permission: [`Hak::NilaiMandiri`] for the recommendation's unit for the office's, [`Hak::Evaluasi`] for the evaluator's.
    pub async fn give_verdict(&self, ctx: &Ctx, form: Dilihat, isi: &IsiPutusan) -> Hasil<i64> {
        let own = isi.oleh == PemberiPutusan::Instansi;
        require(ctx, if own { Hak::NilaiMandiri } else { Hak::Evaluasi })?;
        short_enough(&isi.alasan)?;
        let tahun = form.tahun;
        let seen = self.seen(ctx, form).await?;
        let audience = self.audience(ctx, tahun).await?;
        let change = |potret: &mut Potret| {
            let found = find(potret, &isi.rekomendasi)?;
            if own {
                in_charge(ctx, potret, found, None)?;
            }
            let is_it = |p: &Putusan| p.rekomendasi == isi.rekomendasi && p.tahun == tahun && p.oleh == isi.oleh;
            let there = potret.putusan.iter().position(is_it);
            unchanged(seen.potret.putusan.iter().find(|p| is_it(p)), there.and_then(|at| potret.putusan.get(at)))?;
            let new = Putusan {
                rekomendasi: isi.rekomendasi.clone(),
                tahun,
                oleh: isi.oleh,
                keadaan: isi.keadaan,
                alasan: isi.alasan.trim().to_owned(),
                tanggal: day(ctx.waktu).to_string(),
                sumber: String::new(),
            };
            let rincian = format!("{} menurut {}", new.keadaan.as_str(), new.oleh.as_str());
            match there {
                Some(at) => potret.putusan[at] = new,
                None => potret.putusan.push(new),
            }
            Ok(Catat { tindakan: "putus tindak lanjut", sasaran: isi.rekomendasi.clone(), rincian })
        };
        self.edit_and_tell(ctx, tahun, change, |before, after| audience.tell_turns(before, after)).await
    }
}
