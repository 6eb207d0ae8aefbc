//! What stood at the same criterion the year before, and the recommendations about it, also where the template has changed since.

use tolok_domain::Potret;
use tolok_domain::evaluasi::{Evaluasi, Templat, counted};

use crate::page::Bingkai;

/// An earlier answer.
pub(crate) struct Lalu {
    pub tahun: i16,
    pub pilihan: String,
    pub alasan: String,
}

/// A recommendation about a criterion.
pub(crate) struct Anjuran {
    pub kode: String,
    pub teks: String,
    pub keadaan: &'static str,
    pub alamat: String,
}

/// The evaluation of the year before that has answers: kept with this year's data, or with those of its own year.
pub(crate) struct Sebelumnya<'a> {
    potret: &'a Potret,
    evaluasi: &'a Evaluasi,
    templat: &'a Templat,
}

impl<'a> Sebelumnya<'a> {
    pub fn find(potret: &'a Potret, lalu: Option<&'a Potret>, tahun: i16) -> Option<Self> {
        let kept = [Some(potret), lalu].into_iter().flatten();
        kept.filter_map(|p| {
            let evaluasi = p.evaluation_of(tahun - 1)?;
            let templat = p.template(&evaluasi.templat)?;
            Some(Self { potret: p, evaluasi, templat })
        })
        .find(|s| !counted(&s.potret.jawaban, &s.evaluasi.kode).is_empty())
    }

    /// What counted there for the same question.
    pub fn answers(&self, templat: &Templat, kode: &str) -> Vec<Lalu> {
        let wanted = same_as(Some(templat), kode);
        let all = counted(&self.potret.jawaban, &self.evaluasi.kode);
        let there = all.iter().filter(|(other, _)| same_as(Some(self.templat), other) == wanted);
        there
            .map(|(other, pilihan)| Lalu {
                tahun: self.evaluasi.tahun,
                pilihan: (*pilihan).to_owned(),
                alasan: self.reason(other, pilihan),
            })
            .collect()
    }

    fn reason(&self, kode: &str, pilihan: &str) -> String {
        let own = self.potret.jawaban.iter().filter(|j| j.evaluasi == self.evaluasi.kode && j.kode == kode);
        own.filter(|j| j.pilihan == pilihan).max_by_key(|j| j.penilai).map(|j| j.alasan.clone()).unwrap_or_default()
    }
}

/// The criterion of the regulation that asks the same; a grade is its own.
fn same_as<'a>(templat: Option<&'a Templat>, kode: &'a str) -> &'a str {
    let found = templat.and_then(|t| t.criteria().find(|k| k.kode == kode));
    found.map_or(kode, |k| k.setara.as_str())
}

/// Recommendations about what a code of this template asks.
pub(crate) fn recommendations(potret: &Potret, templat: &Templat, kode: &str, h: &Bingkai) -> Vec<Anjuran> {
    let wanted = same_as(Some(templat), kode);
    let about = potret.rekomendasi.iter().filter(|r| {
        let given = r.evaluasi.as_deref().and_then(|e| potret.evaluation(e));
        !r.kriteria.is_empty() && same_as(given.and_then(|e| potret.template(&e.templat)), &r.kriteria) == wanted
    });
    about
        .map(|r| Anjuran {
            kode: r.kode.clone(),
            teks: r.rekomendasi.clone(),
            keadaan: potret.state_of(&r.kode).label(),
            alamat: format!("{}/rekomendasi/{}{}", h.akar, r.kode, h.ekor),
        })
        .collect()
}
