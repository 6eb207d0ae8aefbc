//! Editing the plan: tree, indicators, targets and ceilings, documents, organisation, years.
//!
//! A form carries the version of the data that it was filled from. What somebody else changed since then in the same place is a
//! conflict; changes elsewhere are not.

mod cells;
mod document;
mod indicator;
mod node;
mod unit;
mod year;

use std::sync::Arc;

use tolok_domain::Potret;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::period::Tahun;
use tolok_domain::sheet::{Masalah, Rekam};
use tolok_store::{Ctx, Galat, Hasil};

pub use cells::{SelIsian, cell_text};
pub use document::Revisi;
pub use indicator::PilihanSebutan;

use crate::{App, Termuat, require};

/// What a form was filled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dilihat {
    /// Year of the plan.
    pub tahun: Tahun,
    /// Number of the office's last ledger entry at that time.
    pub versi: i64,
}

/// Whether the context may change the plan: it belongs to the whole office, so a right for one unit is not enough.
pub fn may_change_plan(ctx: &Ctx) -> bool {
    !ctx.lampau && ctx.scope(Hak::UbahRencana) == Lingkup::Semua
}

pub(crate) fn require_plan(ctx: &Ctx) -> Hasil<()> {
    require(ctx, Hak::UbahRencana)?;
    if may_change_plan(ctx) { Ok(()) } else { Err(Galat::Terlarang) }
}

impl App {
    /// The snapshot that a form was filled from.
    pub(crate) async fn seen(&self, ctx: &Ctx, dilihat: Dilihat) -> Hasil<Arc<Termuat>> {
        let now = self.load(ctx, dilihat.tahun).await?;
        if dilihat.versi == now.versi {
            return Ok(now);
        }
        if !(1..now.versi).contains(&dilihat.versi) {
            return Err(Galat::Bentrok);
        }
        let then = Ctx { versi: Some(dilihat.versi), lampau: true, ..ctx.clone() };
        match self.load(&then, dilihat.tahun).await {
            Err(Galat::TidakDitemukan(_)) => Err(Galat::Bentrok),
            other => other,
        }
    }
}

/// A record as a form gives it.
pub(crate) fn read<T: Rekam>(sel: &[String]) -> Hasil<T> {
    T::parse(sel).map_err(|faults| refuse(faults.iter().map(told)))
}

/// The word that stands in addresses for a record that is not there yet.
const NEW: &str = "baru";

/// A record that is to be added.
pub(crate) fn read_new<T: Rekam>(sel: &[String]) -> Hasil<T> {
    if sel.first().is_some_and(|kode| kode.trim() == NEW) {
        return Err(Galat::TidakSah(format!("kode: \"{NEW}\" dipakai untuk alamat halaman; pilih kode lain")));
    }
    read(sel)
}

/// A fault for somebody who fills the form.
fn told(masalah: &Masalah) -> String {
    let advice = if masalah.saran.is_empty() { String::new() } else { format!("; {}", masalah.saran) };
    format!("{}: {}{advice}", masalah.kolom.replace('_', " "), masalah.apa)
}

/// Several reasons to refuse, one a line.
pub(crate) fn refuse(reasons: impl IntoIterator<Item = String>) -> Galat {
    Galat::TidakSah(reasons.into_iter().collect::<Vec<_>>().join("\n"))
}

/// Fails when what the form was filled from is not what is there now.
pub(crate) fn unchanged<T: PartialEq>(seen: Option<&T>, now: Option<&T>) -> Hasil<()> {
    if seen == now { Ok(()) } else { Err(Galat::Bentrok) }
}

/// The beginning of a text, for the ledger.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

/// What else of the year's work names a code, in words; nothing may be taken away that is named.
fn uses(potret: &Potret, kode: &str) -> Vec<String> {
    let said = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    [
        said(potret.isi_perjanjian.iter().filter(|i| i.kode == kode).count(), "isi Perjanjian Kinerja"),
        said(
            potret.langkah.iter().filter(|l| l.indikator == kode || l.simpul.as_deref() == Some(kode)).count(),
            "langkah Rencana Aksi",
        ),
        said(potret.kendala.iter().filter(|k| k.indikator == kode).count(), "catatan kendala"),
        said(potret.komentar.iter().filter(|k| k.indikator == kode).count(), "komentar"),
        said(
            potret.simpul.iter().filter(|s| s.mendukung.as_deref() == Some(kode)).count(),
            "program yang mendukungnya",
        ),
        said(
            potret.indikator.iter().filter(|i| i.penerus.as_deref() == Some(kode)).count(),
            "indikator yang digantikannya",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
