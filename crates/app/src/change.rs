//! Changing a realisation.

use tolok_domain::access::Hak;
use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
use tolok_domain::number::{Konteks, parse_value};
use tolok_domain::period::Tahun;
use tolok_domain::{AngkaId, Nilai, Periode, TipeNilai};
use tolok_store::{BarisAngka, Ctx, Galat, Hasil, Perubahan};

use crate::{App, require};

/// What the user entered.
#[derive(Debug, Clone)]
pub struct UbahRealisasi {
    /// Year of the plan.
    pub tahun: Tahun,
    /// The indicator.
    pub indikator: String,
    /// The period.
    pub periode: Periode,
    /// Variable of the formula; none for the value itself.
    pub variabel: Option<String>,
    /// The value as typed; empty when it is not known.
    pub nilai: String,
    /// Why it is not known, or why the target was missed.
    pub keterangan: String,
    /// The figure that the user saw; none when there was none.
    pub dilihat: Option<AngkaId>,
}

/// Outcome of a change.
#[derive(Debug, Clone)]
pub enum HasilUbah {
    /// Written as this ledger entry.
    Tersimpan(i64),
    /// Somebody else changed the figure in the meantime: nothing was written.
    Bentrok(Box<Bentrokan>),
}

/// Both sides of a conflict.
#[derive(Debug, Clone)]
pub struct Bentrokan {
    /// What the other one entered; none when the figure was taken out.
    pub tersimpan: Option<Angka>,
    /// What this user entered.
    pub diketik: Nilai,
}

impl App {
    /// Changes a realisation (or one variable of its formula). The figure, the one it supersedes and the ledger entry are written
    /// in one transaction.
    ///
    /// Permission: [`Hak::UbahRealisasi`].
    pub async fn change_realisation(&self, ctx: &Ctx, input: &UbahRealisasi) -> Hasil<HasilUbah> {
        require(ctx, Hak::UbahRealisasi)?;
        let loaded = self.load(ctx, input.tahun).await?;
        let potret = &loaded.potret;
        let indikator = potret
            .indicator(&input.indikator)
            .ok_or_else(|| Galat::TidakDitemukan(format!("indikator {}", input.indikator)))?;
        let jenis = match &input.variabel {
            None => JenisAngka::Realisasi,
            Some(nama) => {
                let formula = tolok_domain::formula::Rumus::parse(&indikator.rumus).ok();
                if !formula.is_some_and(|f| f.variables().contains(&nama.as_str())) {
                    return Err(Galat::TidakSah(format!("\"{nama}\" tidak ada dalam rumus {}", indikator.rumus)));
                }
                JenisAngka::Variabel { nama: nama.clone() }
            }
        };
        let tipe = if input.variabel.is_some() { TipeNilai::Bilangan } else { indikator.tipe };
        if input.periode.tahun() != input.tahun {
            let periode = input.periode.heading();
            return Err(Galat::TidakSah(format!("periode {periode} bukan bagian dari tahun {}", input.tahun)));
        }
        let (nilai, keterangan) = read(input, tipe)?;
        let subjek = Subjek::Indikator(indikator.kode.clone());
        let same = |a: &&Angka| a.subjek == subjek && a.jenis == jenis && a.periode == input.periode;
        let stored = potret.angka.iter().find(same);
        if stored.map(|a| a.id) != input.dilihat {
            return Ok(HasilUbah::Bentrok(Box::new(Bentrokan { tersimpan: stored.cloned(), diketik: nilai })));
        }
        if stored.is_some_and(|a| a.keadaan == Keadaan::Dikunci) {
            return Err(Galat::TidakSah("angka ini sudah dikunci dan tidak dapat diubah".to_owned()));
        }
        let angka = Angka {
            id: AngkaId::new(),
            subjek,
            jenis,
            periode: input.periode,
            nilai,
            keterangan,
            asal: Asal::Diketik,
            bukti: stored.map(|a| a.bukti.clone()).unwrap_or_default(),
            keadaan: Keadaan::Draf,
            oleh: ctx.pelaku.clone(),
            dicatat: ctx.waktu,
        };
        let change = Perubahan {
            angka_masuk: vec![BarisAngka::from_figure(&angka)],
            angka_keluar: stored.map(|a| a.id.0).into_iter().collect(),
            ..Perubahan::default()
        };
        let what = input.variabel.as_deref().map(|v| format!(" {v}")).unwrap_or_default();
        let sasaran = format!("{}{what} {}", indikator.kode, input.periode);
        let before = stored.map_or("kosong".to_owned(), |a| a.nilai.to_string());
        let rincian = format!("{before} menjadi {}", angka.nilai);
        match self.store.apply(ctx, "ubah realisasi", &sasaran, &rincian, None, &change).await {
            Ok(nomor) => Ok(HasilUbah::Tersimpan(nomor)),
            // Between loading and writing somebody else was faster: show what is there now.
            Err(Galat::Bentrok) => {
                let now = self.load(&ctx.fresh(), input.tahun).await?;
                let is_it =
                    |a: &&Angka| a.subjek == angka.subjek && a.jenis == angka.jenis && a.periode == angka.periode;
                let tersimpan = now.potret.angka.iter().find(is_it).cloned();
                Ok(HasilUbah::Bentrok(Box::new(Bentrokan { tersimpan, diketik: angka.nilai })))
            }
            Err(other) => Err(other),
        }
    }
}

/// Longest remark, in characters.
const MAX_REMARK: usize = 2000;

fn read(input: &UbahRealisasi, tipe: TipeNilai) -> Hasil<(Nilai, String)> {
    let remark = input.keterangan.trim();
    if remark.chars().count() > MAX_REMARK {
        return Err(Galat::TidakSah(format!("keterangan paling panjang {MAX_REMARK} huruf")));
    }
    let nilai = parse_value(&input.nilai, tipe, &Konteks::indonesia()).map_err(|e| Galat::TidakSah(e.to_string()))?;
    if nilai.is_known() {
        return Ok((nilai, remark.to_owned()));
    }
    if remark.is_empty() {
        return Err(Galat::TidakSah(
            "nilai kosong: tulis alasan mengapa belum ada, misalnya \"survei BPS belum terbit\"".to_owned(),
        ));
    }
    Ok((Nilai::BelumAda { alasan: remark.to_owned() }, String::new()))
}
