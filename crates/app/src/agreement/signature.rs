//! Recording that both parties have signed, with the file that shows it.

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{CaraTandaTangan, Perjanjian};
use tolok_domain::period::Tahun;
use tolok_domain::snapshot::Bukti;
use tolok_store::{Ctx, Galat, Hasil};

use super::signed_file::{JenisBerkas, signatures};
use super::{content_of, read_day, seen};
use crate::edit::Catat;
use crate::{App, day, require};

/// Largest signed file, bytes.
pub const MAX_FILE: usize = 25 * 1024 * 1024;

/// Longest file name that is kept, in characters.
const MAX_NAME: usize = 120;

/// How and when an agreement was signed.
#[derive(Debug, Clone, Default)]
pub struct TandaTangan {
    /// The day on which both had signed, ISO text.
    pub tanggal: String,
    /// How.
    pub cara: Option<CaraTandaTangan>,
    /// Name of the file as it was sent.
    pub nama: String,
    /// Its content.
    pub isi: Vec<u8>,
    /// The mark of the agreement that the user saw.
    pub dilihat: String,
}

impl App {
    /// Records that an agreement was signed, and keeps the signed file by its hash. From then on it cannot be changed, only be
    /// superseded.
    ///
    /// Permission: [`Hak::TandaTangan`] for its unit.
    pub async fn sign_agreement(&self, ctx: &Ctx, tahun: Tahun, kode: &str, input: &TandaTangan) -> Hasil<i64> {
        require(ctx, Hak::TandaTangan)?;
        let lingkup = ctx.scope(Hak::TandaTangan);
        let Some(signed) = read_day(&input.tanggal, tahun, "tanggal tanda tangan")? else {
            return Err(Galat::TidakSah("isi tanggal tanda tangan".to_owned()));
        };
        if signed > day(ctx.waktu) {
            return Err(Galat::TidakSah(format!("tanggal tanda tangan {signed} belum tiba; periksa tanggalnya")));
        }
        let (cara, bukti) = look_at(input)?;
        // Who may not, or would be refused anyway, leaves no file behind.
        let loaded = self.load(ctx, tahun).await?;
        may_be_signed(&loaded.potret, &seen(&loaded.potret, kode, &input.dilihat, &lingkup)?, &signed.to_string())?;
        let sha256 = self.store.save_evidence(ctx, &input.isi).await?;
        self.edit(ctx, tahun, |potret| {
            let old = seen(potret, kode, &input.dilihat, &lingkup)?;
            may_be_signed(potret, &old, &signed.to_string())?;
            let new = Perjanjian {
                tanggal: if old.tanggal.is_empty() { signed.to_string() } else { old.tanggal.clone() },
                ditandatangani: signed.to_string(),
                cara: Some(cara),
                berkas: sha256.clone(),
                ..old
            };
            if let Some(place) = potret.perjanjian.iter_mut().find(|p| p.kode == kode) {
                place.clone_from(&new);
            }
            if potret.bukti.iter().all(|b| b.sha256 != sha256) {
                let keterangan = format!("Perjanjian Kinerja {kode}, {}", bukti.keterangan);
                potret.bukti.push(Bukti { sha256: sha256.clone(), keterangan, ..bukti.clone() });
            }
            Ok(Catat {
                tindakan: "tanda tangan perjanjian",
                sasaran: kode.to_owned(),
                rincian: format!("{signed}, {}; berkas {}", cara.as_str(), bukti.nama),
            })
        })
        .await
    }
}

/// How the file shows the signatures, and its entry in the list of evidence but for hash and agreement.
fn look_at(input: &TandaTangan) -> Hasil<(CaraTandaTangan, Bukti)> {
    let wrong = |text: String| Err(Galat::TidakSah(text));
    let Some(cara) = input.cara else {
        return wrong("pilih cara tanda tangan: pindaian atau elektronik".to_owned());
    };
    if input.isi.is_empty() {
        return wrong("pilih berkas perjanjian yang sudah ditandatangani".to_owned());
    }
    if input.isi.len() > MAX_FILE {
        return wrong(format!("berkas {} lebih dari 25 MB; pindai dengan resolusi lebih rendah", input.nama));
    }
    let Some(jenis) = JenisBerkas::of(&input.isi) else {
        return wrong(format!("isi berkas {} bukan PDF, JPEG atau PNG; unggah pindaian atau PDF-nya", input.nama));
    };
    let found = if jenis == JenisBerkas::Pdf { signatures(&input.isi) } else { 0 };
    let keterangan = match (cara, found) {
        (CaraTandaTangan::Elektronik, 0) => {
            return wrong(format!(
                "berkas {} tidak memuat tanda tangan elektronik; unggah PDF yang ditandatangani secara elektronik, atau pilih pindaian",
                input.nama
            ));
        }
        (_, 0) => "pindaian".to_owned(),
        (_, n) => format!("{n} tanda tangan elektronik terdeteksi, keabsahannya tidak diperiksa Tolok"),
    };
    let nama: String = input.nama.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    Ok((
        cara,
        Bukti {
            sha256: String::new(),
            nama: if nama.trim().is_empty() { "perjanjian".to_owned() } else { nama.trim().to_owned() },
            jenis_isi: jenis.media_type().to_owned(),
            ukuran: input.isi.len() as u64,
            keterangan,
        },
    ))
}

fn may_be_signed(potret: &Potret, perjanjian: &Perjanjian, signed: &str) -> Hasil<()> {
    let kode = &perjanjian.kode;
    if perjanjian.is_signed() {
        return Err(Galat::TidakSah(format!("perjanjian {kode} sudah ditandatangani")));
    }
    if content_of(potret, kode).is_empty() {
        return Err(Galat::TidakSah(format!("perjanjian {kode} masih kosong; isi dulu indikatornya")));
    }
    if !perjanjian.tanggal.is_empty() && signed < perjanjian.tanggal.as_str() {
        return Err(Galat::TidakSah(format!(
            "tanggal tanda tangan {signed} sebelum tanggal perjanjian {}",
            perjanjian.tanggal
        )));
    }
    Ok(())
}
