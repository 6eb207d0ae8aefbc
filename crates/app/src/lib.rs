#![doc = include_str!("../README.md")]

mod account;
mod action;
mod agreement;
mod board;
mod cache;
mod calendar;
mod clock;
mod diff;
mod document;
mod edit;
mod entry;
mod evidence;
mod import;
mod official;
mod plan;
mod region;
mod remark;
mod tasks;
mod workflow;

use std::sync::Arc;

pub use account::{Masuk, Sesi};
pub use action::{HasilSel, IsiLangkah, SelDiketik, SelDitolak as SelAksiDitolak, step_seen};
pub use agreement::{MAX_FILE, PerubahanPerjanjian, TandaTangan, UbahPerjanjian, agreement_mark};
pub use board::PapanUnit;
pub use cache::Termuat;
pub use clock::{day, end_of_day};
pub use document::{
    Berkas, CetakPdf, FORMS, Format, Perjanjian, TanpaPdf, compose, compose_action_plan, compose_agreements, file_name,
    render,
};
pub use edit::Catat;
pub use entry::{Bentrokan, HasilIsian, IsianAngka, Penolakan};
pub use evidence::{BuktiBaru, LINK, MAX_EVIDENCE, media_type};
pub use import::HasilImpor;
pub use official::official_mark;
pub use plan::{Dilihat, HasilIsi, PilihanSebutan, Revisi, SelDitolak, SelIsian, cell_text, may_change_plan};
pub use region::DaerahTermuat;
pub use remark::IsiKendala;
pub use tasks::{Tugas, tasks};
pub use tolok_review as review;
pub use tolok_store::{Ctx, Entri, Galat, Hasil, Kerusakan, Pemeriksaan, Store};
pub use workflow::Pilihan;

use tolok_domain::access::Hak;

/// Everything the use cases need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    store: Store,
    cache: Arc<cache::Cache>,
    rekap: Arc<region::Rekap>,
    cetak: Arc<dyn CetakPdf>,
    masuk: Arc<account::Pembatas>,
}

impl App {
    /// Over a store, with a PDF renderer.
    pub fn new(store: Store, cetak: Arc<dyn CetakPdf>) -> Self {
        Self { store, cache: Arc::default(), rekap: Arc::default(), cetak, masuk: Arc::new(account::Pembatas::new()) }
    }

    /// The store below, for commands that work on it directly.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Entries of the office's ledger, newest first.
    ///
    /// Permission: [`Hak::LihatRiwayat`].
    pub async fn history(&self, ctx: &Ctx, before: Option<i64>, most: i64) -> Hasil<Vec<Entri>> {
        require(ctx, Hak::LihatRiwayat)?;
        let until = ctx.versi.filter(|_| ctx.lampau).map(|versi| versi + 1);
        let before = match (before, until) {
            (Some(before), Some(until)) => Some(before.min(until)),
            (one, other) => one.or(other),
        };
        self.store.entries(ctx, before, most).await
    }

    /// Checks the office's ledger.
    ///
    /// Permission: [`Hak::LihatRiwayat`].
    pub async fn verify(&self, ctx: &Ctx) -> Hasil<Pemeriksaan> {
        require(ctx, Hak::LihatRiwayat)?;
        self.store.verify(ctx).await
    }

    /// Every figure ever recorded in the place of `angka`, newest first.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn figure_history(&self, ctx: &Ctx, angka: &tolok_domain::Angka) -> Hasil<Vec<tolok_domain::Angka>> {
        require(ctx, Hak::Lihat)?;
        self.store.history_of(ctx, angka).await
    }

    /// Content of an evidence file.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn evidence(&self, ctx: &Ctx, sha256: &str) -> Hasil<Vec<u8>> {
        require(ctx, Hak::Lihat)?;
        self.store.find_evidence(ctx, sha256).await
    }
}

/// Denies what no role of the context grants.
fn require(ctx: &Ctx, hak: Hak) -> Hasil<()> {
    if !ctx.may(hak) {
        return Err(Galat::Terlarang);
    }
    if ctx.lampau && hak.changes() {
        return Err(Galat::TidakSah(
            "data per tanggal lampau hanya dapat dibaca; buka data terkini untuk mengubah".into(),
        ));
    }
    Ok(())
}
