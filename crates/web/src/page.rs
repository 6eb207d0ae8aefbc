//! What every page shows around its content.

use std::sync::Arc;

use serde::Deserialize;
use tolok_app::{Ctx, Termuat};
use tolok_domain::access::{Hak, Peran};
use tolok_domain::{Pengukuran, Periode, ukur};

use crate::Web;
use crate::assets;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::session::Pengguna;
use crate::view::long_date;

/// The year in an address; the latest when left out.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct TahunQuery {
    pub tahun: Option<i16>,
}

/// The frame of a page.
pub(crate) struct Bingkai {
    pub t: &'static Kamus,
    pub versi: &'static str,
    pub judul: String,
    /// The entry of the navigation that is shown as current.
    pub aktif: &'static str,
    /// The tab within it.
    pub halaman: &'static str,
    pub instansi: String,
    pub daerah: String,
    pub tahun: i16,
    pub tahun_ada: Vec<i16>,
    /// What every address begins with: "/o/dinas-a" for those who have several offices, else nothing.
    pub akar: String,
    /// "?tahun=2021" where it is not the latest year, with the day looked at; carried along by links.
    pub ekor: String,
    /// The same, but always with the year: more can be added to it.
    pub tanya: String,
    /// The past day whose data are shown: for reading, and as an address has it.
    pub per: Option<(String, String)>,
    /// Codes of the user's other offices, where they are few; the region's page lists more.
    pub instansi_lain: Vec<String>,
    pub pengguna: String,
    pub peran: String,
    pub alamat: String,
    pub boleh_ubah: bool,
    pub boleh_riwayat: bool,
}

/// How many offices the account menu lists.
const FEW: usize = 12;

/// The snapshot that a page shows, with who asks for it.
pub(crate) struct Dibuka {
    pub pengguna: Pengguna,
    pub termuat: Arc<Termuat>,
}

impl Dibuka {
    /// Opens the year's snapshot for the user.
    pub async fn new(web: &Web, pengguna: Pengguna, tahun: Option<i16>) -> Result<Self, Gagal> {
        let termuat = web.app.open(&pengguna.ctx, tahun).await?;
        Ok(Self { pengguna, termuat })
    }

    /// The measurement up to the end of the year.
    pub fn measure(&self) -> Pengukuran<'_> {
        ukur(&self.termuat.potret, Periode::Tahun(self.termuat.potret.tahun))
    }

    fn other_offices(&self) -> Vec<String> {
        let others = self.pengguna.sesi.offices().into_iter().filter(|kode| *kode != self.termuat.potret.instansi.kode);
        let others: Vec<String> = others.map(str::to_owned).collect();
        if others.len() > FEW { Vec::new() } else { others }
    }

    /// The frame of a page that is one of several tabs.
    pub fn tab(&self, aktif: &'static str, halaman: &'static str, judul: impl Into<String>) -> Bingkai {
        Bingkai { halaman, ..self.frame(aktif, judul) }
    }

    /// The frame of a page with this title.
    pub fn frame(&self, aktif: &'static str, judul: impl Into<String>) -> Bingkai {
        let potret = &self.termuat.potret;
        let ctx = &self.pengguna.ctx;
        let latest = self.termuat.tahun.first() == Some(&potret.tahun);
        let per = self.pengguna.per.map(|day| format!("&per={day}")).unwrap_or_default();
        let tanya = format!("?tahun={}{per}", potret.tahun);
        let t = self.pengguna.t;
        Bingkai {
            t,
            versi: &assets::VERSION,
            judul: judul.into(),
            aktif,
            halaman: "",
            instansi: potret.instansi.nama.clone(),
            daerah: potret.instansi.daerah.clone(),
            tahun: potret.tahun,
            tahun_ada: self.termuat.tahun.clone(),
            akar: self.pengguna.akar.clone(),
            ekor: if latest && per.is_empty() { String::new() } else { tanya.clone() },
            tanya,
            per: self.pengguna.per.map(|day| (long_date(day), day.to_string())),
            instansi_lain: self.other_offices(),
            pengguna: ctx.pelaku.clone(),
            peran: roles(ctx, t),
            alamat: self.pengguna.alamat.clone(),
            boleh_ubah: ctx.may(Hak::UbahRealisasi) && !ctx.lampau,
            boleh_riwayat: ctx.may(Hak::LihatRiwayat),
        }
    }
}

/// The roles in words, each once.
fn roles(ctx: &Ctx, t: &Kamus) -> String {
    let mut words: Vec<&str> = ctx.tugas.iter().map(|task| t.x(role_key(task.peran))).collect();
    words.dedup();
    words.join(", ")
}

const fn role_key(peran: Peran) -> &'static str {
    match peran {
        Peran::Perencana => "peran-perencana",
        Peran::Pengisi => "peran-pengisi",
        Peran::Kepala => "peran-kepala",
        Peran::Verifikator => "peran-verifikator",
        Peran::Evaluator => "peran-evaluator",
        Peran::PimpinanDaerah => "peran-pimpinan",
        Peran::Admin => "peran-admin",
    }
}
