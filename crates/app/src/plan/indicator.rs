//! Indicators: added, changed, renamed, retired.

use tolok_domain::document::document_of;
use tolok_domain::figure::Subjek;
use tolok_domain::indicator::Sebutan;
use tolok_domain::period::Tahun;
use tolok_domain::{Indikator, JenisAngka, Potret};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, read, read_new, refuse, require_plan, short, unchanged, uses};
use crate::App;
use crate::edit::Catat;
use crate::remark::find;

/// How documents word an indicator from now on, by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PilihanSebutan {
    /// Those that keep the old wording when name or unit change.
    pub tetap: Vec<String>,
    /// Those that give their own wording up for the current one.
    pub lepas: Vec<String>,
}

impl App {
    /// Adds an indicator behind the others of its node. `sel`: the cells of its row.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn add_indicator(&self, ctx: &Ctx, dilihat: Dilihat, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Indikator = read_new(sel)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            if let Some(other) = potret.indicator(&new.kode) {
                return Err(Galat::TidakSah(format!("kode {} sudah dipakai: {}", new.kode, other.nama)));
            }
            let last = potret.indikator.iter().rposition(|i| i.simpul == new.simpul);
            potret.indikator.insert(last.map_or(potret.indikator.len(), |at| at + 1), new.clone());
            Ok(Catat { tindakan: "tambah indikator", sasaran: new.kode.clone(), rincian: short(&new.nama) })
        })
        .await
    }

    /// Changes an indicator; its code stays, and with it its history. Its end is not changed here.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_indicator(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        kode: &str,
        sel: &[String],
        sebutan: &PilihanSebutan,
    ) -> Hasil<i64> {
        require_plan(ctx)?;
        let new = Indikator { kode: kode.to_owned(), ..read(sel)? };
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?.clone();
            unchanged(seen.potret.indicator(kode), Some(&old))?;
            let new = Indikator { berakhir: old.berakhir, penerus: old.penerus.clone(), ..new.clone() };
            keeps_type(potret, &old, &new)?;
            let renamed = (&old.nama, &old.satuan) != (&new.nama, &new.satuan);
            potret.sebutan.retain(|s| s.indikator != kode || !sebutan.lepas.contains(&s.dokumen));
            if renamed {
                keep_wording(potret, &old, &sebutan.tetap);
            }
            let rincian = if renamed { format!("\"{}\" menjadi \"{}\"", old.nama, new.nama) } else { new.nama.clone() };
            replace(potret, new);
            Ok(Catat { tindakan: "ubah indikator", sasaran: kode.to_owned(), rincian: short(&rincian) })
        })
        .await
    }

    /// Retires an indicator after `berakhir`, its last year, with the indicator that takes its place, if any; without a year it
    /// goes on. What it was and reached stays.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn retire_indicator(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        kode: &str,
        berakhir: Option<Tahun>,
        penerus: Option<&str>,
    ) -> Hasil<i64> {
        require_plan(ctx)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?.clone();
            unchanged(seen.potret.indicator(kode), Some(&old))?;
            if let (Some(last), Some(successor)) = (berakhir, penerus) {
                let goes_on = find(potret, successor)?.is_active(last + 1);
                if successor == kode || !goes_on {
                    return Err(Galat::TidakSah(format!(
                        "penerus {successor} tidak berlaku setelah {last}; pilih yang lain"
                    )));
                }
            }
            let rincian = match (berakhir, penerus) {
                (None, _) => "berlaku kembali".to_owned(),
                (Some(last), None) => format!("berakhir {last}"),
                (Some(last), Some(successor)) => format!("berakhir {last}, diteruskan {successor}"),
            };
            let penerus = berakhir.and(penerus).map(str::to_owned);
            replace(potret, Indikator { berakhir, penerus, ..old });
            Ok(Catat { tindakan: "akhiri indikator", sasaran: kode.to_owned(), rincian })
        })
        .await
    }

    /// Takes an indicator out that has no figures and that nothing names. One with figures is retired instead.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn remove_indicator(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let nama = find(potret, kode)?.nama.clone();
            let subjek = Subjek::Indikator(kode.to_owned());
            let figures = potret.angka.iter().filter(|a| a.subjek == subjek).count();
            let mut held = uses(potret, kode);
            if figures > 0 {
                held.insert(0, format!("{figures} angka"));
            }
            if !held.is_empty() {
                return Err(refuse([format!(
                    "{kode} tidak dapat dihapus karena masih memuat {}; akhiri indikatornya agar riwayatnya tetap",
                    held.join(", ")
                )]));
            }
            potret.indikator.retain(|i| i.kode != kode);
            potret.pohon.iter_mut().for_each(|k| k.indikator.retain(|i| i != kode));
            potret.sebutan.retain(|s| s.indikator != kode);
            Ok(Catat { tindakan: "hapus indikator", sasaran: kode.to_owned(), rincian: short(&nama) })
        })
        .await
    }
}

fn replace(potret: &mut Potret, new: Indikator) {
    if let Some(old) = potret.indikator.iter_mut().find(|i| i.kode == new.kode) {
        *old = new;
    }
}

/// A figure of another type cannot be compared with those before it: that is another indicator.
fn keeps_type(potret: &Potret, old: &Indikator, new: &Indikator) -> Hasil<()> {
    let subjek = Subjek::Indikator(old.kode.clone());
    let values = |a: &&tolok_domain::Angka| a.subjek == subjek && !matches!(a.jenis, JenisAngka::Variabel { .. });
    let n = potret.angka.iter().filter(values).filter(|a| a.nilai.is_known()).count();
    if old.tipe == new.tipe || n == 0 {
        return Ok(());
    }
    Err(refuse([format!(
        "tipe: {} sudah memuat {n} angka bertipe {}; buat indikator baru dan jadikan penerusnya",
        old.kode,
        old.tipe.as_str()
    )]))
}

/// Documents in which the indicator stands go on wording it as they did.
fn keep_wording(potret: &mut Potret, old: &Indikator, tetap: &[String]) {
    let subjek = Subjek::Indikator(old.kode.clone());
    for dokumen in tetap {
        let stands = potret.angka.iter().any(|a| a.subjek == subjek && document_of(a) == Some(dokumen));
        let worded = potret.sebutan.iter().any(|s| s.indikator == old.kode && s.dokumen == *dokumen);
        if stands && !worded {
            potret.sebutan.push(Sebutan {
                indikator: old.kode.clone(),
                dokumen: dokumen.clone(),
                nama: old.nama.clone(),
                satuan: old.satuan.clone(),
            });
        }
    }
}
