//! What every page shows around its content.

use std::sync::Arc;

use serde::Deserialize;
use tolok_app::{Ctx, DaerahTermuat, Galat, Termuat, may_change_plan};
use tolok_domain::access::{Hak, Peran};
use tolok_domain::{Pengukuran, Periode, ukur};

use crate::Web;
use crate::assets;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::session::{Pengamat, Pengguna};
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
    /// Whether the plan may be changed.
    pub boleh_rencana: bool,
    pub boleh_riwayat: bool,
    pub boleh_akun: bool,
    /// Whether the user may compare the offices of the region.
    pub boleh_daerah: bool,
    /// Notices of the office that the user has not read.
    pub kabar: i64,
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

    /// Opens it for somebody who is about to change the plan.
    pub async fn for_plan(web: &Web, pengguna: Pengguna, tahun: Option<i16>) -> Result<Self, Gagal> {
        if !may_change_plan(&pengguna.ctx) {
            return Err(Galat::Terlarang.into());
        }
        Self::new(web, pengguna, tahun).await
    }

    /// The same as it is stored now, after something was written or refused.
    pub async fn again(self, web: &Web) -> Result<Self, Gagal> {
        let mut pengguna = self.pengguna;
        pengguna.ctx = pengguna.ctx.fresh();
        let tahun = Some(self.termuat.potret.tahun);
        Self::new(web, pengguna, tahun).await
    }

    /// The measurement up to the end of the year.
    pub fn measure(&self) -> Pengukuran<'_> {
        ukur(&self.termuat.potret, Periode::Tahun(self.termuat.potret.tahun))
    }

    /// The frame of a page that is one of several tabs.
    pub fn tab(&self, aktif: &'static str, halaman: &'static str, judul: impl Into<String>) -> Bingkai {
        Bingkai { halaman, ..self.frame(aktif, judul) }
    }

    /// The frame of a page with this title.
    pub fn frame(&self, aktif: &'static str, judul: impl Into<String>) -> Bingkai {
        let potret = &self.termuat.potret;
        let of = Kepala {
            kode: &potret.instansi.kode,
            nama: &potret.instansi.nama,
            daerah: &potret.instansi.daerah,
            tahun: potret.tahun,
            tahun_ada: &self.termuat.tahun,
        };
        Bingkai::new(&self.pengguna, &of, aktif, judul.into())
    }
}

/// The office and year that a frame names.
struct Kepala<'a> {
    kode: &'a str,
    nama: &'a str,
    daerah: &'a str,
    tahun: i16,
    tahun_ada: &'a [i16],
}

impl Bingkai {
    /// The frame of a page about all offices of a region.
    pub fn of_region(pengamat: &Pengamat, termuat: &DaerahTermuat, aktif: &'static str, judul: &str) -> Self {
        let t = pengamat.t;
        let tahun = termuat.daerah.sampai.tahun();
        let per = pengamat.per.map(|day| format!("&per={day}")).unwrap_or_default();
        let tanya = format!("?tahun={tahun}&tw={}{per}", termuat.tw);
        let ctx = pengamat.kantor.first().map(|(_, ctx)| ctx);
        Self {
            t,
            versi: &assets::VERSION,
            judul: judul.to_owned(),
            aktif,
            halaman: "",
            instansi: termuat.nama.clone(),
            daerah: t.f("daerah-n", "n", pengamat.kantor.len()),
            tahun,
            tahun_ada: termuat.tahun.clone(),
            akar: String::new(),
            ekor: tanya.clone(),
            tanya,
            per: pengamat.per.map(|day| (long_date(day), day.to_string())),
            instansi_lain: Vec::new(),
            pengguna: pengamat.sesi.nama().to_owned(),
            peran: ctx.map(|ctx| roles(ctx, t)).unwrap_or_default(),
            alamat: pengamat.alamat.clone(),
            boleh_ubah: false,
            boleh_rencana: false,
            boleh_riwayat: false,
            boleh_akun: false,
            boleh_daerah: true,
            kabar: 0,
        }
    }

    /// The frame of a page that shows none of the office's data, so that it is there before there are any.
    pub async fn without_data(web: &Web, pengguna: &Pengguna, aktif: &'static str, judul: &str) -> Result<Self, Gagal> {
        match web.app.open(&pengguna.ctx, None).await {
            Ok(termuat) => {
                let instansi = &termuat.potret.instansi;
                let of = Kepala {
                    kode: &instansi.kode,
                    nama: &instansi.nama,
                    daerah: &instansi.daerah,
                    tahun: termuat.potret.tahun,
                    tahun_ada: &termuat.tahun,
                };
                Ok(Self::new(pengguna, &of, aktif, judul.to_owned()))
            }
            Err(Galat::TidakDitemukan(_)) => {
                let (nama, daerah) = web.app.office_name(&pengguna.ctx).await?;
                let kode = pengguna.akar.rsplit('/').next().unwrap_or_default();
                let tahun = tolok_app::day(pengguna.ctx.waktu).year();
                let of = Kepala { kode, nama: &nama, daerah: &daerah, tahun, tahun_ada: &[tahun] };
                Ok(Self::new(pengguna, &of, aktif, judul.to_owned()))
            }
            Err(other) => Err(other.into()),
        }
    }

    fn new(pengguna: &Pengguna, of: &Kepala<'_>, aktif: &'static str, judul: String) -> Self {
        let ctx = &pengguna.ctx;
        let latest = of.tahun_ada.first() == Some(&of.tahun);
        let per = pengguna.per.map(|day| format!("&per={day}")).unwrap_or_default();
        let tanya = format!("?tahun={}{per}", of.tahun);
        let t = pengguna.t;
        Self {
            t,
            versi: &assets::VERSION,
            judul,
            aktif,
            halaman: "",
            instansi: of.nama.to_owned(),
            daerah: of.daerah.to_owned(),
            tahun: of.tahun,
            tahun_ada: of.tahun_ada.to_vec(),
            akar: pengguna.akar.clone(),
            ekor: if latest && per.is_empty() { String::new() } else { tanya.clone() },
            tanya,
            per: pengguna.per.map(|day| (long_date(day), day.to_string())),
            instansi_lain: other_offices(pengguna, of.kode),
            pengguna: ctx.pelaku.clone(),
            peran: roles(ctx, t),
            alamat: pengguna.alamat.clone(),
            boleh_rencana: may_change_plan(ctx),
            boleh_ubah: ctx.may(Hak::UbahRealisasi) && !ctx.lampau,
            boleh_riwayat: ctx.may(Hak::LihatRiwayat),
            boleh_akun: ctx.may(Hak::KelolaAkun) && !ctx.lampau,
            boleh_daerah: pengguna.sesi.may(Hak::LihatDaerah),
            kabar: pengguna.sesi.unread(ctx.instansi),
        }
    }
}

fn other_offices(pengguna: &Pengguna, kode: &str) -> Vec<String> {
    let others: Vec<String> =
        pengguna.sesi.offices().into_iter().filter(|other| *other != kode).map(str::to_owned).collect();
    if others.len() > FEW { Vec::new() } else { others }
}

/// The roles in words, each once.
fn roles(ctx: &Ctx, t: &Kamus) -> String {
    let mut words: Vec<&str> = ctx.tugas.iter().map(|task| t.x(role_key(task.peran))).collect();
    words.dedup();
    words.join(", ")
}

pub(crate) const fn role_key(peran: Peran) -> &'static str {
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
