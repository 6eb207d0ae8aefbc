//! Files that somebody uploads to have them reviewed: read, compared, shown; nothing of them is kept.

use tolok_domain::access::Hak;
use tolok_domain::bacaan::Bacaan;
use tolok_domain::number::write_decimal;
use tolok_ingest::baca::{MAX_CELLS, read_file};
use tolok_review::daftar_uji::checklist;
use tolok_review::{Temuan, reviu_berkas};
use tolok_store::{Ctx, Galat, Hasil};

use super::paper::working_paper;
use crate::{App, Berkas, Format, day, require};

/// How many files are reviewed together.
pub const MAX_FILES: usize = 10;
/// How large they may be together, bytes.
const MAX_BYTES: usize = 25 * 1024 * 1024;

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BerkasReviu {
    /// Its name.
    pub nama: String,
    /// Its content.
    pub isi: Vec<u8>,
}

/// What became of uploaded files.
#[derive(Debug, Clone, Default)]
pub struct HasilBerkas {
    /// Files as they were read.
    pub bacaan: Vec<Bacaan>,
    /// Why others could not be read: what, and what to do.
    pub ditolak: Vec<String>,
    /// Findings, the most serious first.
    pub temuan: Vec<Temuan>,
}

impl App {
    /// Reviews files of one office, each by itself and against each other.
    ///
    /// Permission: [`Hak::Lihat`].
    ///
    /// # Errors
    /// [`Galat::TidakSah`] for no file, too many, or too large ones. A file that cannot be read is no error: see
    /// [`HasilBerkas::ditolak`].
    pub async fn review_files(&self, ctx: &Ctx, files: Vec<BerkasReviu>) -> Hasil<HasilBerkas> {
        require(ctx, Hak::Lihat)?;
        if files.is_empty() {
            return Err(Galat::TidakSah("pilih berkas yang akan direviu".to_owned()));
        }
        if files.len() > MAX_FILES {
            return Err(Galat::TidakSah(format!(
                "paling banyak {MAX_FILES} berkas sekali reviu; pilih yang saling berkaitan"
            )));
        }
        if files.iter().map(|f| f.isi.len()).sum::<usize>() > MAX_BYTES {
            return Err(Galat::TidakSah(
                "berkasnya lebih dari 25 MB; buang gambar atau lampirannya, lalu kirim lagi".to_owned(),
            ));
        }
        // Reading a thick report takes a second of CPU: not on the threads that answer requests, and not many at once.
        let _permit = self.cache.typesetting().await;
        tokio::task::spawn_blocking(move || review(&files, MAX_CELLS)).await.map_err(Galat::unavailable)
    }

    /// The working paper of reviewed files.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn files_paper(&self, ctx: &Ctx, hasil: &HasilBerkas, format: Format) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        let names: Vec<String> = hasil.bacaan.iter().map(|b| b.berkas.clone()).collect();
        let answers = checklist(&hasil.bacaan, &hasil.temuan);
        let today = day(ctx.waktu).to_string();
        let paper = working_paper(&hasil.temuan, &|_| String::new(), &answers, &names, &today);
        let isi = self.set(paper, format).await?;
        Ok(Berkas { nama: format!("kertas-kerja-reviu.{}", format.extension()), format, isi })
    }
}

/// `most` is how many cells they may have together: ten small files can unpack to ten times what one may have.
fn review(files: &[BerkasReviu], most: usize) -> HasilBerkas {
    let mut hasil = HasilBerkas::default();
    let mut cells = 0;
    for file in files {
        match read_file(&file.nama, &file.isi) {
            Ok(bacaan) if cells + bacaan.cells() > most => hasil.ditolak.push(format!(
                "{}: bersama berkas sebelumnya lebih dari {} sel; reviu berkas ini tersendiri",
                bacaan.berkas,
                write_decimal(most.into(), None)
            )),
            Ok(bacaan) => {
                cells += bacaan.cells();
                hasil.bacaan.push(bacaan);
            }
            Err(why) => hasil.ditolak.push(why.to_string()),
        }
    }
    hasil.temuan = reviu_berkas(&hasil.bacaan);
    hasil
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_too_much_together_are_refused_from_the_one_that_exceeds() {
        let file =
            |nama: &str| BerkasReviu { nama: nama.to_owned(), isi: b"No;Program;Pagu\n1;Pelatihan;9\n".to_vec() };
        let hasil = review(&[file("a.csv"), file("b.csv"), file("c.csv")], 12);
        assert_eq!(hasil.bacaan.iter().map(|b| b.berkas.as_str()).collect::<Vec<_>>(), ["a.csv", "b.csv"]);
        assert_eq!(hasil.ditolak, ["c.csv: bersama berkas sebelumnya lebih dari 12 sel; reviu berkas ini tersendiri"]);
    }
}
