//! What of a year's plan the next year begins with.

use std::collections::HashSet;

use crate::document::{Dokumen, JenisDokumen, document_of};
use crate::figure::file_of;
use crate::id::Kode;
use crate::period::Tahun;
use crate::pohon::KeadaanSilang;
use crate::snapshot::{Narasi, Potret};

/// Documents that each year has anew.
const YEARLY: [JenisDokumen; 4] =
    [JenisDokumen::Renja, JenisDokumen::Dpa, JenisDokumen::PerjanjianKinerja, JenisDokumen::RencanaAksi];
/// Registers whose records hold until they are changed.
const LASTING: [&str; 1] = ["landasan_hukum"];

impl Potret {
    /// The plan with which a later year begins. What holds for several years goes along: office, units, Renstra and IKU, plan
    /// tree, indicators with their wordings, heads of units, deadlines, chapters as a start; also recommendations that are not
    /// closed, and results of evaluations without their answers. Yearly documents begin empty, the year's work too. Figures are not copied: they belong to indicators and nodes, whose codes stay, so each year's plan shows
    /// its own ([`crate::snapshot::Cakupan`]). Yearly documents with figures of past years go along for comparison.
    #[must_use]
    pub fn opening(&self, tahun: Tahun) -> Self {
        let first_day = format!("{tahun}-01-01");
        let lasts = |until: &str| until.is_empty() || until >= first_day.as_str();
        let mut next = self.clone();
        next.tahun = tahun;
        next.unit.retain(|u| lasts(&u.berakhir));
        let units: HashSet<&Kode> = self.unit.iter().filter(|u| lasts(&u.berakhir)).map(|u| &u.kode).collect();
        next.pejabat.retain(|p| lasts(&p.sampai) && units.contains(&p.unit));
        // What a unit that is no more answered for is for the one above it now.
        let heir = |unit: Option<&Kode>| {
            let mut upwards = self.upwards(unit.map(String::as_str));
            upwards.find(|kode| units.iter().any(|u| u.as_str() == *kode)).map(str::to_owned)
        };
        next.unit.iter_mut().for_each(|u| u.induk = heir(u.induk.as_ref()));
        next.simpul.iter_mut().for_each(|s| s.unit = heir(s.unit.as_ref()));
        next.indikator.iter_mut().for_each(|i| i.unit = heir(i.unit.as_ref()));
        next.pohon.iter_mut().for_each(|k| k.unit = heir(k.unit.as_ref()));
        // What two offices have agreed on holds on; what is still open or was refused belongs to its year.
        next.silang.retain(|s| s.keadaan == KeadaanSilang::Diterima);

        next.dokumen.retain(|d| d.jenis.spans_years() || self.is_needed_later(d));
        next.dokumen.extend(YEARLY.into_iter().filter_map(|jenis| self.empty_document(jenis, tahun)));
        let documents: HashSet<&Kode> = next.dokumen.iter().map(|d| &d.kode).collect();
        next.sebutan.retain(|s| documents.contains(&s.dokumen));

        next.catatan.retain(|c| LASTING.contains(&c.register.as_str()));
        next.narasi.retain(Narasi::is_chapter);
        next.rekomendasi.retain(|r| !self.state_of(&r.kode).is_closed());
        let open: HashSet<&Kode> = next.rekomendasi.iter().map(|r| &r.kode).collect();
        next.tindak_lanjut.retain(|l| open.contains(&l.rekomendasi));
        next.putusan.retain(|p| open.contains(&p.rekomendasi));
        next.rekomendasi.iter_mut().for_each(|r| r.unit = heir(r.unit.as_ref()));
        next.tindak_lanjut.iter_mut().for_each(|l| l.unit = heir(l.unit.as_ref()));
        next.jawaban.clear();
        next.perjanjian.clear();
        next.isi_perjanjian.clear();
        next.langkah.clear();
        next.kendala.clear();
        next.komentar.clear();
        next.libur.clear();
        next.penguncian.clear();
        next.pembukaan.clear();
        next.terbitan.clear();
        next.putusan_temuan.clear();

        let scope = next.scope();
        next.angka.retain(|a| scope.has(a));
        let evidence: HashSet<&str> = next.angka.iter().flat_map(|a| &a.bukti).map(|mark| file_of(mark)).collect();
        next.bukti.retain(|b| evidence.contains(b.sha256.as_str()));
        next.sort_figures();
        next
    }

    /// Whether a yearly document set values of whole years: comparisons of later years need them.
    fn is_needed_later(&self, dokumen: &Dokumen) -> bool {
        let sets = |a: &&crate::figure::Angka| document_of(a) == Some(&dokumen.kode) && a.periode.months() == 12;
        dokumen.jenis.precedence().is_some() && self.angka.iter().any(|a| sets(&a))
    }

    /// The first version of a kind of document that this year has, for another year.
    fn empty_document(&self, jenis: JenisDokumen, tahun: Tahun) -> Option<Dokumen> {
        self.versions(jenis).first()?;
        Some(Dokumen {
            kode: self.free_code(&format!("{}-{tahun}", jenis.as_str().replace('_', "-"))),
            jenis,
            versi: 0,
            judul: format!("{} {tahun}", jenis.label()),
            nomor: String::new(),
            tanggal: String::new(),
            keterangan: String::new(),
        })
    }

    /// A document code that is not taken: the wished one, or with a number behind it.
    pub fn free_code(&self, wished: &str) -> Kode {
        let numbered = (2..).map(|n| format!("{wished}-{n}"));
        let mut codes = std::iter::once(wished.to_owned()).chain(numbered);
        codes.find(|kode| self.document(kode).is_none()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::{Pejabat, StatusPejabat};
    use crate::indicator::Sebutan;
    use crate::measure::ukur;
    use crate::period::Periode;
    use crate::pohon::{ArahSilang, Silang};
    use crate::sheet;
    use crate::sheet::testing::assembled;
    use crate::snapshot::Libur;
    use crate::snapshot::testing::{document, figure, potret};

    fn year() -> Potret {
        let mut potret = potret();
        potret.dokumen = vec![
            document("renstra", JenisDokumen::Renstra, 0),
            document("iku", JenisDokumen::Iku, 0),
            document("renja", JenisDokumen::Renja, 0),
            document("dpa-p", JenisDokumen::Dpa, 1),
            document("pk", JenisDokumen::PerjanjianKinerja, 0),
            document("ra", JenisDokumen::RencanaAksi, 0),
        ];
        potret.angka = vec![
            figure("i1", "renstra", "2022", "92"),
            figure("i1", "renja", "2021", "80"),
            figure("i1", "pk", "2021", "90"),
            figure("i1", "ra", "2021-TW1", "20"),
            figure("2.07.03", "dpa-p", "2021", "1000"),
        ];
        let worded = |dokumen: &str| Sebutan {
            indikator: "i1".to_owned(),
            dokumen: dokumen.to_owned(),
            nama: "Lama".to_owned(),
            satuan: String::new(),
        };
        potret.sebutan = vec![worded("renstra"), worded("ra")];
        let headed = |mulai: &str, sampai: &str| Pejabat {
            unit: "KD".to_owned(),
            mulai: mulai.to_owned(),
            sampai: sampai.to_owned(),
            nama: String::new(),
            nip: String::new(),
            pangkat: String::new(),
            status: StatusPejabat::Definitif,
        };
        potret.pejabat = vec![headed("2020-01-01", "2021-06-30"), headed("2021-07-01", "")];
        potret.libur = vec![Libur { tanggal: "2021-05-13".to_owned(), keterangan: String::new() }];
        potret.sort_figures();
        potret
    }

    fn faults(potret: &Potret) -> Vec<sheet::Masalah> {
        let numbered =
            |rows: Vec<Vec<String>>| (2..).zip(rows).map(|(nomor, sel)| sheet::Baris { nomor, sel }).collect();
        let isian = sheet::rows(potret).into_iter().map(|(l, rows)| (l.nama, numbered(rows))).collect();
        sheet::assemble(potret.instansi.id, potret.tahun, &isian, potret.narasi.clone()).1
    }

    #[test]
    fn what_holds_for_years_goes_along_and_yearly_documents_begin_empty() {
        let next = year().opening(2022);
        assert_eq!(faults(&next), []);
        let codes: Vec<&str> = next.dokumen.iter().map(|d| d.kode.as_str()).collect();
        assert_eq!(
            codes,
            ["renstra", "iku", "renja", "dpa-p", "pk", "renja-2022", "dpa-2022", "pk-2022", "rencana-aksi-2022"]
        );
        let current = |jenis| next.versions(jenis).iter().map(|d| d.judul.clone()).collect::<Vec<_>>();
        assert_eq!(current(JenisDokumen::PerjanjianKinerja), ["Perjanjian Kinerja 2022"]);
        assert_eq!(current(JenisDokumen::Dpa), ["Dokumen Pelaksanaan Anggaran 2022"]);
        assert_eq!((next.simpul.len(), next.indikator.len(), next.unit.len()), (5, 2, 2));
        assert_eq!(next.sebutan.len(), 1, "only of documents that go along");
        assert_eq!(next.pejabat.iter().map(|p| p.mulai.as_str()).collect::<Vec<_>>(), ["2021-07-01"]);
        assert!(next.libur.is_empty());
    }

    #[test]
    fn links_between_offices_go_along_once_they_are_accepted() {
        let link = |kode: &str, keadaan| Silang {
            kode: kode.to_owned(),
            arah: ArahSilang::Masuk,
            kondisi: None,
            instansi: "dinas-lain".to_owned(),
            kondisi_lain: String::new(),
            uraian: "data".to_owned(),
            keadaan,
            alasan: "bukan tugas".to_owned(),
            penawaran: false,
        };
        let mut year = year();
        year.silang = vec![
            link("x1", KeadaanSilang::Diusulkan),
            link("x2", KeadaanSilang::Ditolak),
            link("x3", KeadaanSilang::Diterima),
        ];
        let next = year.opening(2022);
        assert_eq!(next.silang.iter().map(|s| s.kode.as_str()).collect::<Vec<_>>(), ["x3"]);
    }

    #[test]
    fn recommendations_stay_until_they_are_closed() {
        let potret = assembled(&[
            ("rekomendasi", &["R1;;Terbitkan;;;;e", "R2;;Susun SOP;;;;e"]),
            ("tindak_lanjut", &["L1;R1;Unggah", "L2;R2;Rancang"]),
            ("putusan", &["R1;2021;evaluator;proses", "R2;2021;evaluator;selesai"]),
            ("evaluasi", &["e;2021;88-2021;terbit;;;;;66,24"]),
            ("jawaban_lke", &["e;1.a.1;evaluator;ya"]),
        ]);
        let next = potret.opening(2022);
        assert_eq!(faults(&next), []);
        let codes: Vec<&str> = next.rekomendasi.iter().map(|r| r.kode.as_str()).collect();
        assert_eq!((codes, next.tindak_lanjut.len(), next.putusan.len()), (vec!["R1"], 1, 1));
        assert_eq!((next.evaluasi.len(), next.jawaban.len()), (1, 0));
    }

    #[test]
    fn the_past_year_measures_as_it_did() {
        let (before, next) = (year(), year().opening(2022));
        let target = |potret: &Potret, tahun| {
            let hasil = ukur(potret, Periode::Tahun(tahun));
            hasil.indicator("i1").and_then(|u| u.target.as_ref()).map(|t| t.nilai.to_string())
        };
        assert_eq!(target(&before, 2021).as_deref(), Some("90"));
        assert_eq!(target(&next, 2021).as_deref(), Some("90"), "the agreement of the past year still counts for it");
        assert_eq!(target(&next, 2022).as_deref(), Some("92"), "and the five-year plan for the new one");
        assert_eq!(ukur(&next, Periode::Tahun(2021)).total.pagu, ukur(&before, Periode::Tahun(2021)).total.pagu);
        assert_eq!(ukur(&next, Periode::Tahun(2022)).total.pagu, None);
    }

    #[test]
    fn a_unit_that_is_no_more_leaves_its_work_to_the_one_above() {
        let mut potret = year();
        for unit in potret.unit.iter_mut().filter(|u| u.kode == "B1") {
            "2021-12-31".clone_into(&mut unit.berakhir);
        }
        let next = potret.opening(2022);
        assert_eq!(faults(&next), []);
        assert!(next.unit("B1").is_none());
        assert_eq!(next.node("2.07.03").and_then(|s| s.unit.as_deref()), Some("KD"));
    }

    #[test]
    fn a_taken_code_gets_a_number() {
        let mut potret = year();
        potret.dokumen.push(document("pk-2022", JenisDokumen::Renstra, 0));
        let next = potret.opening(2022);
        assert!(next.document("pk-2022-2").is_some_and(|d| d.jenis == JenisDokumen::PerjanjianKinerja));
    }
}
