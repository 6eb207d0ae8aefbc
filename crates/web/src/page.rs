//! What every page shows around its content.

use std::sync::Arc;

use serde::Deserialize;
use tolok_app::Termuat;
use tolok_domain::access::{Hak, Peran};
use tolok_domain::{Pengukuran, Periode, ukur};

use crate::Web;
use crate::assets;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::session::Pengguna;

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
    pub instansi: String,
    pub daerah: String,
    pub tahun: i16,
    pub tahun_ada: Vec<i16>,
    /// "?tahun=2021" where it is not the latest year; carried along by links.
    pub ekor: String,
    pub pengguna: String,
    pub peran: String,
    pub alamat: String,
    pub boleh_ubah: bool,
    pub boleh_riwayat: bool,
}

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

    /// The frame of a page with this title.
    pub fn frame(&self, aktif: &'static str, judul: impl Into<String>) -> Bingkai {
        let potret = &self.termuat.potret;
        let ctx = &self.pengguna.ctx;
        let latest = self.termuat.tahun.first() == Some(&potret.tahun);
        let t = self.pengguna.t;
        Bingkai {
            t,
            versi: &assets::VERSION,
            judul: judul.into(),
            aktif,
            instansi: potret.instansi.nama.clone(),
            daerah: potret.instansi.daerah.clone(),
            tahun: potret.tahun,
            tahun_ada: self.termuat.tahun.clone(),
            ekor: if latest { String::new() } else { format!("?tahun={}", potret.tahun) },
            pengguna: ctx.pelaku.clone(),
            peran: ctx.peran.iter().map(|p| t.x(role_key(*p))).collect::<Vec<_>>().join(", "),
            alamat: self.pengguna.alamat.clone(),
            boleh_ubah: ctx.may(Hak::UbahRealisasi),
            boleh_riwayat: ctx.may(Hak::LihatRiwayat),
        }
    }
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
