//! Publishing: the report, or the statement that it was reviewed, with its files and the findings of that day kept as they are.

use jiff::civil::Date;
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::bacaan::Bacaan;
use tolok_domain::period::Tahun;
use tolok_domain::publication::{JenisTerbitan, Terbitan};
use tolok_domain::snapshot::Bukti;
use tolok_ingest::baca::read_file;
use tolok_report::pernyataan::{IsiPernyataan, statement};
use tolok_report::{Naskah, html};
use tolok_review::daftar_uji::{Jawab, checklist};
use tolok_review::{Temuan, reviu_berkas};
use tolok_store::{Ctx, Galat, Hasil};

use super::DaftarTemuan;
use super::paper::working_paper;
use crate::edit::Catat;
use crate::{App, Berkas, Format, Termuat, compose, day, file_name, require};

/// What somebody asks to have published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terbitkan {
    /// What.
    pub jenis: JenisTerbitan,
    /// Number of the letter or report; may be empty.
    pub nomor: String,
    /// The day, ISO text; today where empty.
    pub tanggal: String,
}

impl App {
    /// Publishes the year's report or the statement that it was reviewed. Refused while errors are open that nobody has accepted.
    ///
    /// Permission: [`JenisTerbitan::right`].
    pub async fn publish(&self, ctx: &Ctx, tahun: Tahun, input: &Terbitkan) -> Hasil<i64> {
        require(ctx, input.jenis.right())?;
        let today = day(ctx.waktu);
        let day = publication_day(&input.tanggal, tahun, today)?;
        let loaded = self.load(ctx, tahun).await?;
        let of_data = DaftarTemuan::of(&loaded.potret);
        let list = of_data.clone().and(self.word_findings(&loaded).await?);
        let counted = list.count();
        if counted.kesalahan > 0 {
            return Err(Galat::TidakSah(format!(
                "masih ada {} kesalahan terbuka; perbaiki angka atau kalimatnya, atau minta pereviu menerima temuannya dengan alasan di halaman Reviu",
                counted.kesalahan
            )));
        }
        let files = self.published_files(ctx, &loaded, &list, input, day).await?;
        let mut kept = Vec::new();
        for file in &files {
            let sha256 = self.store.save_evidence(ctx, &file.isi).await?;
            kept.push(Bukti {
                sha256,
                nama: file.nama.clone(),
                jenis_isi: file.format.media_type().to_owned(),
                ukuran: file.isi.len() as u64,
                keterangan: format!("{} {tahun}, diterbitkan {day}", input.jenis.label()),
            });
        }
        let hash = |at: usize| kept.get(at).map(|b| b.sha256.clone()).unwrap_or_default();
        let versi = loaded.versi;
        self.edit(ctx, tahun, |potret| {
            // The files show the data of one moment; what changed since must be looked at first.
            if DaftarTemuan::of(potret) != of_data || potret.narasi != loaded.potret.narasi {
                return Err(Galat::Bentrok);
            }
            let known = potret.terbitan.iter().filter(|t| t.jenis == input.jenis).count();
            let kode = format!("{}-{}", input.jenis.as_str(), known + 1);
            for bukti in &kept {
                if potret.bukti.iter().all(|b| b.sha256 != bukti.sha256) {
                    potret.bukti.push(bukti.clone());
                }
            }
            potret.terbitan.push(Terbitan {
                kode: kode.clone(),
                jenis: input.jenis,
                nomor: input.nomor.trim().to_owned(),
                tanggal: day.to_string(),
                oleh: ctx.pelaku.clone(),
                entri: versi,
                pdf: hash(0),
                docx: hash(1),
                kertas_kerja: hash(2),
                temuan: counted,
            });
            Ok(Catat {
                tindakan: "terbitkan",
                sasaran: kode,
                rincian: format!("{} {tahun}; {} temuan diterima", input.jenis.label(), counted.diterima),
            })
        })
        .await
    }

    /// PDF, Word and working paper, in this order.
    async fn published_files(
        &self,
        ctx: &Ctx,
        loaded: &Termuat,
        list: &DaftarTemuan,
        input: &Terbitkan,
        day: Date,
    ) -> Hasil<Vec<Berkas>> {
        let potret = &loaded.potret;
        let mut files = Vec::new();
        for format in [Format::Pdf, Format::Docx] {
            files.push(match input.jenis {
                JenisTerbitan::Lkjip => self.report(ctx, potret.tahun, format).await?,
                JenisTerbitan::Pernyataan => {
                    let accepted = list.temuan.iter().filter_map(|t| t.putusan.as_ref());
                    let isi = IsiPernyataan {
                        nomor: input.nomor.trim().to_owned(),
                        tanggal: day.to_string(),
                        penjelas: accepted.map(|p| format!("{} ({}): {}", p.judul, p.aturan, p.alasan)).collect(),
                    };
                    let isi = self.set(statement(potret, &isi), format).await?;
                    Berkas { nama: file_name("pernyataan-telah-direviu", potret, format), format, isi }
                }
            });
        }
        files.push(self.paper(loaded, list, &day.to_string(), Format::Xlsx).await?);
        Ok(files)
    }

    /// The working paper of a year's review in one format.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn review_paper(&self, ctx: &Ctx, tahun: Tahun, format: Format) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let list = DaftarTemuan::of(&loaded.potret).and(self.word_findings(&loaded).await?);
        self.paper(&loaded, &list, &day(ctx.waktu).to_string(), format).await
    }

    async fn paper(&self, loaded: &Termuat, list: &DaftarTemuan, tanggal: &str, format: Format) -> Hasil<Berkas> {
        let potret = &loaded.potret;
        let source = format!(
            "Laporan Kinerja {} {} {}: data sampai dengan catatan riwayat nomor {}",
            potret.tahun, potret.instansi.nama, potret.instansi.daerah, loaded.versi
        );
        let found: Vec<Temuan> = list.temuan.iter().map(|t| t.temuan.clone()).collect();
        let paper = working_paper(&found, &|t| list.answer(t), &own_checklist(loaded), &[source], tanggal);
        let isi = self.set(paper, format).await?;
        Ok(Berkas { nama: file_name("kertas-kerja-reviu", potret, format), format, isi })
    }

    /// Sets a document that has no list of contents.
    pub(super) async fn set(&self, naskah: Naskah, format: Format) -> Hasil<Vec<u8>> {
        let cetak = std::sync::Arc::clone(&self.cetak);
        let _permit = self.cache.typesetting().await;
        let make = move || crate::render(&naskah, format, &*cetak, &std::collections::BTreeMap::new());
        tokio::task::spawn_blocking(make).await.map_err(Galat::unavailable)?.map_err(Galat::unavailable)
    }
}

/// The report as the office would hand it in, read like a file; none while it cannot be composed.
pub(super) fn own_report(potret: &Potret) -> Option<Bacaan> {
    let naskah = compose(potret).ok()?;
    read_file("lkjip.html", html::render(&naskah).as_bytes()).ok()
}

/// The checklist of the regulation, answered from the office's own report.
fn own_checklist(loaded: &Termuat) -> Vec<Jawab> {
    let Some(report) = own_report(&loaded.potret) else { return Vec::new() };
    let found = reviu_berkas(std::slice::from_ref(&report));
    checklist(&[report], &found)
}

/// The day of publishing: not before the year is over, not in the future.
fn publication_day(text: &str, tahun: Tahun, today: Date) -> Hasil<Date> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(today);
    }
    let day: Date =
        text.parse().map_err(|_| Galat::TidakSah(format!("\"{text}\" bukan tanggal; tulis seperti 2022-02-28")))?;
    if day > today {
        return Err(Galat::TidakSah(format!("tanggal terbit {day} belum tiba; periksa tanggalnya")));
    }
    if day.year() <= tahun {
        return Err(Galat::TidakSah(format!(
            "tanggal terbit {day} sebelum tahun {tahun} berakhir; periksa tanggalnya"
        )));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_published_after_its_year_and_not_in_the_future() {
        let today = jiff::civil::date(2022, 3, 1);
        assert_eq!(publication_day("", 2021, today).expect("today"), today);
        assert_eq!(publication_day("2022-02-28", 2021, today).expect("a day"), jiff::civil::date(2022, 2, 28));
        for bad in ["2021-12-31", "2022-03-02", "kemarin"] {
            assert!(publication_day(bad, 2021, today).is_err(), "{bad}");
        }
    }
}
