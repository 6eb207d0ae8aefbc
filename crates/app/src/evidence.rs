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

/// A piece of evidence that may be stored.
struct Siap<'a> {
    isi: &'a [u8],
    nama: String,
    jenis_isi: &'static str,
    halaman: String,
    keterangan: String,
}

impl BuktiBaru {
    fn check(&self) -> Hasil<Siap<'_>> {
        let nama = self.nama.trim();
        if nama.is_empty() {
            return Err(Galat::TidakSah("bukti belum bernama".to_owned()));
        }
        let named = |galat: Galat| match galat {
            Galat::TidakSah(text) => Galat::TidakSah(format!("{nama}: {text}")),
            other => other,
        };
        let jenis_isi = if self.tautan { link_type(&self.isi) } else { media_type(&self.isi) }.map_err(named)?;
        let halaman = self.halaman.trim();
        if halaman.len() > 10 || !halaman.chars().all(|c| c.is_ascii_digit() || c == '-') {
            return Err(Galat::TidakSah(format!("\"{halaman}\" bukan halaman; tulis seperti 12 atau 12-15")));
        }
        Ok(Siap {
            isi: &self.isi,
            nama: nama.chars().take(200).collect(),
            jenis_isi,
            halaman: halaman.to_owned(),
            keterangan: self.keterangan.trim().chars().take(500).collect(),
        })
    }
}

impl App {
    /// Adds pieces of evidence to a figure: all of them, or none. Files are stored by their hash, the figure's new version refers to
    /// them.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the figure's unit.
    ///
    /// # Errors
    /// [`Galat::TidakSah`] with every piece that is none, by name; [`Galat::Bentrok`] when the figure is not the one that the user saw;
    /// [`Galat::SudahTersimpan`] when the form arrived before.
    pub async fn attach_evidence(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        petak: &Petak,
        dilihat: AngkaId,
        bukti: &[BuktiBaru],
    ) -> Hasil<i64> {
        require(ctx, Hak::UbahRealisasi)?;
        // Sent twice, it would find the figure that the first sending made.
        if let Some(nomor) = self.store.find_sent(ctx).await? {
            return Err(Galat::SudahTersimpan(nomor));
        }
        let ready = all_or_none(bukti)?;
        // Who may not change the figure stores no file either.
        let loaded = self.load(ctx, tahun).await?;
        enterable(ctx, &loaded.potret, petak, dilihat)?;
        let mut new: Vec<(String, Bukti)> = Vec::with_capacity(ready.len());
        for one in &ready {
            let sha256 = self.store.save_evidence(ctx, one.isi).await?;
            let mark = if one.halaman.is_empty() { sha256.clone() } else { format!("{sha256}#{}", one.halaman) };
            let bukti = Bukti {
                sha256,
                nama: one.nama.clone(),
                jenis_isi: one.jenis_isi.to_owned(),
                ukuran: one.isi.len() as u64,
                keterangan: one.keterangan.clone(),
            };
            new.push((mark, bukti));
        }
        self.edit(ctx, tahun, |potret| {
            let mut angka = enterable(ctx, potret, petak, dilihat)?;
            for (mark, bukti) in &new {
                angka.bukti.retain(|b| file_of(b) != bukti.sha256);
                angka.bukti.push(mark.clone());
                if !potret.bukti.iter().any(|b| b.sha256 == bukti.sha256) {
                    potret.bukti.push(bukti.clone());
                }
            }
            potret.record(angka);
            let names: Vec<&str> = new.iter().map(|(_, bukti)| bukti.nama.as_str()).collect();
            Ok(Catat { tindakan: "tambah bukti", sasaran: place(petak), rincian: names.join("; ") })
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

/// Every piece checked, or all that is wrong with them.
fn all_or_none(bukti: &[BuktiBaru]) -> Hasil<Vec<Siap<'_>>> {
    let (mut ready, mut faults) = (Vec::with_capacity(bukti.len()), Vec::new());
    for one in bukti {
        match one.check() {
            Ok(one) => ready.push(one),
            Err(Galat::TidakSah(text)) => faults.push(text),
            Err(other) => return Err(other),
        }
    }
    if ready.is_empty() && faults.is_empty() {
        return Err(Galat::TidakSah("pilih berkas atau tulis tautan".to_owned()));
    }
    if faults.is_empty() { Ok(ready) } else { Err(Galat::TidakSah(faults.join("\n"))) }
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
