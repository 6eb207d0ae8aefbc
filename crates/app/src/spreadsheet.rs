//! Figures out to a spreadsheet and in again, for those who prefer it: a protected form whose structure comes back as it went.

use std::sync::{Mutex, PoisonError};

use tolok_domain::access::Hak;
use tolok_domain::duty::due;
use tolok_domain::entry_sheet::{BarisIsian, LembarIsian};
use tolok_domain::figure::Subjek;
use tolok_domain::id::Kode;
use tolok_domain::number::write_amount;
use tolok_domain::period::Tahun;
use tolok_domain::remark::Kendala;
use tolok_domain::{Nilai, Pengukuran, Periode, Petak, Potret, ukur};
use tolok_ingest::entry_sheet::read;
use tolok_report::naskah::Kertas;
use tolok_report::xlsx::entry::render;
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::entry::{Periksa, check, describe};
use crate::remark::short_enough;
use crate::{App, HasilIsian, IsianAngka, day, require};

/// A row that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarisKembali {
    /// The figure, as the sheet gives it; against what is stored now.
    pub isian: IsianAngka,
    /// Where it stands in the sheet ("Isian!F12").
    pub sel: String,
    /// What stood in the way.
    pub hambatan: String,
    /// What is done about it.
    pub tindak_lanjut: String,
    /// Whether the stored figure was changed after the sheet was made.
    pub berubah: bool,
}

impl App {
    /// The form of a quarter, for a unit or the whole office.
    ///
    /// Permission: [`Hak::UbahRealisasi`].
    pub async fn entry_sheet(&self, ctx: &Ctx, tahun: Tahun, quarter: u8, unit: Option<&str>) -> Hasil<Vec<u8>> {
        require(ctx, Hak::UbahRealisasi)?;
        let loaded = self.load(ctx, tahun).await?;
        let lembar = sheet(ctx, &loaded.potret, loaded.versi, quarter, unit);
        tokio::task::spawn_blocking(move || render(&lembar, Kertas::F4))
            .await
            .map_err(Galat::unavailable)?
            .map_err(Galat::unavailable)
    }

    /// What a form holds that came back. Nothing is written yet.
    ///
    /// Permission: [`Hak::UbahRealisasi`].
    ///
    /// # Errors
    /// [`Galat::TidakSah`] with every fault and its cell when it is not the form of this office and quarter, or was changed.
    pub async fn read_entry_sheet(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        quarter: u8,
        bytes: Vec<u8>,
    ) -> Hasil<Vec<BarisKembali>> {
        require(ctx, Hak::UbahRealisasi)?;
        let loaded = self.load(ctx, tahun).await?;
        let potret = &loaded.potret;
        let told = |faults: Vec<tolok_domain::sheet::Masalah>| {
            Galat::TidakSah(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        };
        let found =
            tokio::task::spawn_blocking(move || read(&bytes)).await.map_err(Galat::unavailable)?.map_err(told)?;
        let periode = Periode::Triwulan(tahun, quarter);
        if let Some(fault) = found.check_made_for(&potret.instansi.kode, tahun, periode) {
            return Err(told(vec![fault]));
        }
        let made = self.store.figures_at(ctx, found.versi).await?;
        let mut rows = Vec::new();
        for row in found.baris {
            let petak: Petak =
                row.kunci.parse().map_err(|e: tolok_domain::duty::BukanPetak| Galat::TidakSah(e.to_string()))?;
            let stored = petak.figure(potret).map(|a| a.id);
            let then = made.iter().find(|a| Petak::of(a) == petak).map(|a| a.id);
            rows.push(BarisKembali {
                berubah: stored != then,
                isian: IsianAngka { petak, nilai: row.nilai, keterangan: row.keterangan, bukti: None, dilihat: stored },
                sel: row.sel,
                hambatan: row.hambatan,
                tindak_lanjut: row.tindak_lanjut,
            });
        }
        Ok(rows)
    }

    /// Writes what came back: figures and obstacles as one entry, or nothing.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the unit that answers for each figure.
    pub async fn save_entry_sheet(&self, ctx: &Ctx, tahun: Tahun, rows: &[BarisKembali]) -> Hasil<HasilIsian> {
        require(ctx, Hak::UbahRealisasi)?;
        for row in rows {
            short_enough(&row.hambatan)?;
            short_enough(&row.tindak_lanjut)?;
        }
        let isian: Vec<IsianAngka> = rows.iter().map(|r| r.isian.clone()).collect();
        let outcome = Mutex::new(None);
        let keep = |result: HasilIsian| *outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        let written = self
            .edit(ctx, tahun, |potret| {
                let (checked, refused) = check(ctx, potret, &isian);
                if !refused.is_empty() {
                    keep(HasilIsian::Ditolak(refused));
                    return Err(Galat::Bentrok);
                }
                let (sasaran, rincian) = describe(potret, &checked);
                let mut now = Vec::new();
                for item in checked {
                    match item {
                        Periksa::Sama(angka) => now.push(angka),
                        Periksa::Baru(angka, _) => {
                            potret.record(angka.clone());
                            now.push(angka);
                        }
                    }
                }
                for row in rows {
                    note(potret, row);
                }
                keep(HasilIsian::Tersimpan(None, now));
                Ok(Catat { tindakan: "isi dari lembar", sasaran, rincian })
            })
            .await;
        let outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
        match (written, outcome) {
            (Ok(nomor), Some(HasilIsian::Tersimpan(_, now))) => Ok(HasilIsian::Tersimpan(Some(nomor), now)),
            (Err(Galat::Bentrok), Some(refused @ HasilIsian::Ditolak(_))) => Ok(refused),
            (Err(other), _) => Err(other),
            (Ok(_), _) => Err(Galat::Bentrok),
        }
    }
}

/// Notes the obstacle of a row beside what is noted already.
fn note(potret: &mut Potret, row: &BarisKembali) {
    let (hambatan, tindak_lanjut) = (row.hambatan.trim(), row.tindak_lanjut.trim());
    let Subjek::Indikator(indikator) = &row.isian.petak.subjek else { return };
    if hambatan.is_empty() && tindak_lanjut.is_empty() {
        return;
    }
    let periode = row.isian.petak.periode;
    let at = potret.kendala.iter().position(|k| k.indikator == *indikator && k.periode == periode);
    if let Some(known) = at.and_then(|at| potret.kendala.get_mut(at)) {
        hambatan.clone_into(&mut known.kendala);
        tindak_lanjut.clone_into(&mut known.tindak_lanjut);
    } else {
        potret.kendala.push(Kendala {
            indikator: indikator.clone(),
            periode,
            kendala: hambatan.to_owned(),
            sebab: String::new(),
            tindak_lanjut: tindak_lanjut.to_owned(),
            hasil: String::new(),
        });
    }
}

fn sheet(ctx: &Ctx, potret: &Potret, versi: i64, quarter: u8, unit: Option<&str>) -> LembarIsian {
    let periode = Periode::Triwulan(potret.tahun, quarter);
    let hasil = ukur(potret, periode);
    let lingkup = ctx.scope(Hak::UbahRealisasi);
    let today = day(ctx.waktu).to_string();
    let wanted = |p: &Petak| unit.is_none_or(|unit| potret.upwards(p.unit(potret)).any(|kode| kode == unit));
    let row = |p: Petak| {
        let open = lingkup.covers(potret.upwards(p.unit(potret))) && p.enter(potret, &today).is_ok();
        form_row(&hasil, &p, open)
    };
    LembarIsian {
        instansi_kode: Kode::from(potret.instansi.kode.as_str()),
        instansi_nama: potret.instansi.nama.clone(),
        tahun: potret.tahun,
        periode,
        versi,
        baris: due(&hasil, quarter).into_iter().filter(wanted).filter_map(row).collect(),
    }
}

fn form_row(hasil: &Pengukuran<'_>, petak: &Petak, open: bool) -> Option<BarisIsian> {
    let potret = hasil.potret;
    let kode = petak.subjek.kode();
    let measured = hasil.indicator(kode);
    let node = potret.node(kode);
    let stored = petak.figure(potret);
    let name = measured.map(|u| u.indikator.nama.clone()).or_else(|| node.map(tolok_domain::Simpul::calm_name))?;
    let what = match (petak.variable(), &petak.subjek) {
        (Some(variable), _) => format!("{name}: {}", variable.replace('_', " ")),
        (None, Subjek::Simpul(_)) => format!("Realisasi anggaran: {name}"),
        (None, Subjek::Indikator(_)) => name,
    };
    let obstacle = potret.kendala.iter().find(|k| k.indikator == kode && k.periode == petak.periode);
    Some(BarisIsian {
        kunci: petak.to_string(),
        kode: kode.to_owned(),
        uraian: if petak.periode.months() == 3 { what } else { format!("{what} ({})", petak.periode.heading()) },
        satuan: match (petak.variable(), &petak.subjek) {
            (_, Subjek::Simpul(_)) => "Rp".to_owned(),
            (None, _) => measured.map(|u| u.indikator.satuan.clone()).unwrap_or_default(),
            (Some(_), _) => String::new(),
        },
        tipe: petak.value_type(potret)?,
        pilihan: Vec::new(),
        target: match &petak.subjek {
            Subjek::Simpul(_) => hasil.node(kode).and_then(|u| u.uang.pagu).map(write_amount).unwrap_or_default(),
            Subjek::Indikator(_) => {
                measured.and_then(|u| u.target.as_ref()).map(|t| t.nilai.to_string()).unwrap_or_default()
            }
        },
        lalu: stored.map(|a| a.nilai.to_string()).unwrap_or_default(),
        nilai: stored.map(|a| a.nilai.clone()),
        keterangan: stored
            .filter(|a| !matches!(a.nilai, Nilai::BelumAda { .. }))
            .map(|a| a.keterangan.clone())
            .unwrap_or_default(),
        hambatan: obstacle.map(|k| k.kendala.clone()).unwrap_or_default(),
        tindak_lanjut: obstacle.map(|k| k.tindak_lanjut.clone()).unwrap_or_default(),
        dapat_diubah: open,
    })
}
