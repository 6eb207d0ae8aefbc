#![doc = include_str!("../README.md")]

mod account;
mod action;
mod agreement;
mod board;
mod cache;
mod calendar;
mod cell;
mod clock;
mod diff;
mod digest;
mod document;
mod edit;
mod entry;
mod evaluasi;
mod evidence;
mod figure_history;
mod import;
mod mail;
mod nomenklatur;
mod notice;
mod official;
mod plan;
mod pohon;
mod region;
mod remark;
mod reviu;
mod spreadsheet;
mod tasks;
mod upload;
mod workflow;

use std::sync::Arc;

pub use account::{
    AkunSaya, BuktiMasuk, IsianAkun, JenisTautan, Klaim, Masuk, Peminta, Sesi, SesiSaya, Tautan, TawaranTotp, Undangan,
    check_password,
};
pub use action::{IsiLangkah, SelDiketik, step_seen};
pub use agreement::{MAX_FILE, PerubahanPerjanjian, TandaTangan, UbahPerjanjian, agreement_mark};
pub use board::PapanUnit;
pub use cache::Termuat;
pub use cell::{HasilSel, SelDitolak};
pub use clock::{day, end_of_day, hour, long_date};
pub use digest::Ringkasan;
pub use document::{
    Berkas, CetakPdf, FORMS, Format, Perjanjian, TanpaPdf, compose, compose_action_plan, compose_agreements, file_name,
    render,
};
pub use edit::Catat;
pub use entry::{Bentrokan, HasilIsian, IsianAngka, Penolakan};
pub use evaluasi::{
    BentukLhe, IsiEvaluasi, IsiJawaban, IsiLangkahTindakLanjut, IsiPutusan, IsiRekomendasi, compose_evaluation,
};
pub use evidence::{BuktiBaru, LINK, MAX_EVIDENCE, media_type};
pub use figure_history::{LangkahRiwayat, RiwayatAngka};
pub use import::{BagianImpor, CaraImpor, HasilImpor, RencanaImpor};
pub use mail::{GagalKirim, KirimSurat, Terkirim};
pub use notice::KabarSaya;
pub use official::official_mark;
pub use plan::{Dilihat, PilihanSebutan, Revisi, SelIsian, cell_text, may_change_plan};
pub use pohon::{Jawaban, UsulanSilang, compose_tree, tree_drawings};
pub use region::{BobotDaerah, DaerahTermuat, typed_weights};
pub use remark::IsiKendala;
pub use reviu::{
    BerkasReviu, DaftarTemuan, HasilBerkas, MAX_FILES, TemuanDinilai, Terbitkan, difference_of, place_of, values_of,
    working_paper,
};
pub use spreadsheet::BarisKembali;
pub use tasks::{Tugas, follows_up, tasks};
pub use tolok_review as review;
pub use tolok_store::{
    AkunInstansi, BobotTersimpan, Ctx, DaftarNomenklatur, Entri, Galat, Hasil, HasilCari, Kerusakan, Pemeriksaan,
    Store, Surat, Tetangga, Unggahan,
};
pub use upload::MAX_CHUNK;
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
    /// Public address of the server, without a stroke at its end; empty when it is not known.
    alamat: Arc<str>,
    surat: bool,
}

impl App {
    /// Over a store, with a PDF renderer.
    pub fn new(store: Store, cetak: Arc<dyn CetakPdf>) -> Self {
        Self {
            store,
            cache: Arc::default(),
            rekap: Arc::default(),
            cetak,
            masuk: Arc::new(account::Pembatas::new()),
            alamat: Arc::from(""),
            surat: false,
        }
    }

    /// The same with the public address of the server, which links in mails and on paper begin with; `surat` says whether mails are
    /// sent (by somebody who calls [`App::deliver`]).
    #[must_use]
    pub fn reachable_at(self, alamat: &str, surat: bool) -> Self {
        Self { alamat: Arc::from(alamat.trim_end_matches('/')), surat, ..self }
    }

    /// Whether mails are sent. A link in a mail needs the server's address.
    pub fn sends_mail(&self) -> bool {
        self.surat && !self.alamat.is_empty()
    }

    /// A page's address for people outside; the path alone when the server's address is not known.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.alamat)
    }

    /// Name and region of the office, also of one that has no data yet.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn office_name(&self, ctx: &Ctx) -> Hasil<(String, String)> {
        require(ctx, Hak::Lihat)?;
        self.store.office_name(ctx).await
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
