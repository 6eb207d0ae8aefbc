//! Evidence: files and links that show that a figure is right.

use tolok_domain::access::Hak;
use tolok_domain::figure::file_of;
use tolok_domain::period::Tahun;
use tolok_domain::snapshot::Bukti;
use tolok_domain::{Angka, AngkaId, Petak, Potret};
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::workflow::place;
use crate::{App, day, require};

/// Largest evidence file, bytes.
pub const MAX_EVIDENCE: usize = 25 * 1024 * 1024;

/// Type under which links are kept: one address as text.
pub const LINK: &str = "text/uri-list";

/// A piece of evidence as somebody hands it over.
#[derive(Debug, Clone)]
pub struct BuktiBaru {
    /// File name, or what the link leads to.
    pub nama: String,
    /// Content; the address for a link.
    pub isi: Vec<u8>,
    /// Whether it is a link.
    pub tautan: bool,
    /// Page on which to look; empty for the whole.
    pub halaman: String,
    /// What it shows.
    pub keterangan: String,
}

/// The media type of a file by its content; its name does not count.
///
/// # Errors
/// [`Galat::TidakSah`] for types that are not evidence, for empty files and for too large ones.
pub fn media_type(isi: &[u8]) -> Hasil<&'static str> {
    if isi.is_empty() {
        return Err(Galat::TidakSah("berkasnya kosong".to_owned()));
    }
    if isi.len() > MAX_EVIDENCE {
        let size = isi.len() / (1024 * 1024);
        return Err(Galat::TidakSah(format!("berkasnya {size} MB; paling besar 25 MB, perkecil atau bagi dahulu")));
    }
    let known = infer::get(isi).map(|kind| kind.mime_type());
    match known {
        Some(
            kind @ ("application/pdf"
            | "image/png"
            | "image/jpeg"
            | "image/webp"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            | "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            | "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.spreadsheet"
            | "application/msword"
            | "application/vnd.ms-excel"
            | "application/zip"
            | "video/mp4"),
        ) => Ok(kind),
        None if is_text(isi) => Ok("text/plain"),
        _ => Err(Galat::TidakSah(
            "jenis isi berkas ini tidak diterima sebagai bukti; kirim PDF, gambar (PNG, JPEG), Word, Excel, ODF, MP4, ZIP atau teks"
                .to_owned(),
        )),
    }
}

/// Whether it is text as people write it: no control characters but those between lines.
fn is_text(isi: &[u8]) -> bool {
    std::str::from_utf8(isi).is_ok_and(|text| !text.chars().any(|c| c.is_control() && !"\n\r\t\u{c}".contains(c)))
}

impl App {
    /// Adds a piece of evidence to a figure. The file is stored by its hash, the figure's new version refers to it.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the figure's unit.
    pub async fn attach_evidence(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        petak: &Petak,
        dilihat: AngkaId,
        bukti: &BuktiBaru,
    ) -> Hasil<i64> {
        require(ctx, Hak::UbahRealisasi)?;
        let nama = bukti.nama.trim();
        if nama.is_empty() {
            return Err(Galat::TidakSah("bukti belum bernama".to_owned()));
        }
        let jenis_isi = if bukti.tautan { link_type(&bukti.isi)? } else { media_type(&bukti.isi)? };
        let halaman = bukti.halaman.trim();
        if halaman.len() > 10 || !halaman.chars().all(|c| c.is_ascii_digit() || c == '-') {
            return Err(Galat::TidakSah(format!("\"{halaman}\" bukan halaman; tulis seperti 12 atau 12-15")));
        }
        // Who may not change the figure stores no file either.
        let loaded = self.load(ctx, tahun).await?;
        enterable(ctx, &loaded.potret, petak, dilihat)?;
        let sha256 = self.store.save_evidence(ctx, &bukti.isi).await?;
        let mark = if halaman.is_empty() { sha256.clone() } else { format!("{sha256}#{halaman}") };
        let new = Bukti {
            sha256: sha256.clone(),
            nama: nama.chars().take(200).collect(),
            jenis_isi: jenis_isi.to_owned(),
            ukuran: bukti.isi.len() as u64,
            keterangan: bukti.keterangan.trim().chars().take(500).collect(),
        };
        self.edit(ctx, tahun, |potret| {
            let mut angka = enterable(ctx, potret, petak, dilihat)?;
            angka.bukti.retain(|b| file_of(b) != sha256);
            angka.bukti.push(mark.clone());
            if !potret.bukti.iter().any(|b| b.sha256 == sha256) {
                potret.bukti.push(new.clone());
            }
            potret.record(angka);
            Ok(Catat { tindakan: "tambah bukti", sasaran: place(petak), rincian: new.nama.clone() })
        })
        .await
    }

    /// Takes a piece of evidence from a figure. The file stays: earlier versions of the figure refer to it.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the figure's unit.
    pub async fn detach_evidence(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        petak: &Petak,
        dilihat: AngkaId,
        sha256: &str,
    ) -> Hasil<i64> {
        require(ctx, Hak::UbahRealisasi)?;
        self.edit(ctx, tahun, |potret| {
            let mut angka = enterable(ctx, potret, petak, dilihat)?;
            angka.bukti.retain(|b| file_of(b) != sha256);
            let nama = potret.bukti.iter().find(|b| b.sha256 == sha256).map(|b| b.nama.clone());
            potret.record(angka);
            Ok(Catat { tindakan: "lepas bukti", sasaran: place(petak), rincian: nama.unwrap_or_default() })
        })
        .await
    }
}

/// The next version of a figure that the user saw and may enter now.
fn enterable(ctx: &Ctx, potret: &Potret, petak: &Petak, dilihat: AngkaId) -> Hasil<Angka> {
    let stored = petak.figure(potret).filter(|a| a.id == dilihat).ok_or(Galat::Bentrok)?;
    if !ctx.scope(Hak::UbahRealisasi).covers(potret.upwards(petak.unit(potret))) {
        return Err(Galat::Terlarang);
    }
    let keadaan = petak.enter(potret, &day(ctx.waktu).to_string()).map_err(|why| Galat::TidakSah(why.to_string()))?;
    Ok(Angka { id: AngkaId::new(), keadaan, oleh: ctx.pelaku.clone(), dicatat: ctx.waktu, ..stored.clone() })
}

fn link_type(address: &[u8]) -> Hasil<&'static str> {
    let text = std::str::from_utf8(address).unwrap_or_default().trim();
    let good = (text.starts_with("https://") || text.starts_with("http://"))
        && text.len() < 2000
        && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if good {
        return Ok(LINK);
    }
    Err(Galat::TidakSah("tautan harus alamat lengkap yang diawali https://".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_holds_not_what_it_is_called() {
        assert_eq!(media_type(b"%PDF-1.7\n").expect("pdf"), "application/pdf");
        assert_eq!(media_type("Daftar hadir: 28 orang".as_bytes()).expect("text"), "text/plain");
        assert!(media_type(b"").is_err());
        for bad in [&b"MZ\x90\x00\x03\x00"[..], b"\x7fELF\x02\x01\x01", b"\xff\xfe\x00\x00", b"abc\0def"] {
            assert!(media_type(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn only_whole_addresses_are_links() {
        assert!(link_type(b"https://bps.go.id/tabel/1").is_ok());
        for bad in ["javascript:alert(1)", "bps.go.id", "https://a b", "file:///etc/passwd"] {
            assert!(link_type(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
