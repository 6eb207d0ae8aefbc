//! The demo office and those who work in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tolok_app::{App, HasilImpor, TanpaPdf};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::{InstansiId, PenggunaId, Potret};
use tolok_ingest::package::{Paket, read};
use tolok_store::{Ctx, Store};

use crate::engine::{Mesin, UjiStore, store};

/// The moment of every test: 1 February 2022, 08.00 WIB, microseconds since 1970 UTC.
pub const WAKTU: i64 = 1_643_677_200_000_000;

/// Somebody with those roles in an office, at [`WAKTU`].
pub fn ctx(instansi: InstansiId, peran: &[Peran]) -> Ctx {
    let akun = Some(PenggunaId::new());
    let tugas = peran.iter().copied().map(Penugasan::whole).collect();
    Ctx {
        instansi,
        akun,
        pelaku: "Penguji".to_owned(),
        tugas,
        waktu: WAKTU,
        versi: None,
        lampau: false,
        kunci_kirim: None,
    }
}

/// The folder of the demo package: Dinas Tenaga Kerja dan Transmigrasi Kota Serang, 2021.
pub fn demo_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021")
}

/// The demo package as data of an office.
///
/// # Panics
/// When the package has a problem.
pub fn demo_paket(instansi: InstansiId) -> Paket {
    let got = read(&demo_dir(), instansi).expect("folder of the demo");
    let problems: Vec<String> = got.masalah.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    got.paket.expect("demo package")
}

/// Puts offices with their data into a database.
///
/// # Panics
/// When one cannot be imported.
pub async fn import_offices(app: &App, offices: Vec<Potret>) {
    for potret in offices {
        let office = &potret.instansi;
        app.store().create_office(office.id, &office.kode, &office.nama, &office.daerah).await.expect("office");
        let admin = ctx(office.id, &[Peran::Admin]);
        app.import(&admin, &Paket { potret, bukti: BTreeMap::new() }).await.expect("import");
    }
}

/// Use cases over a store that holds the demo office and its data.
pub struct TestApp {
    /// The use cases.
    pub app: App,
    /// An administrator and planner of the office.
    pub ctx: Ctx,
    /// What the import gave.
    pub impor: HasilImpor,
    /// The store below; its database goes with this value.
    pub uji: UjiStore,
}

impl TestApp {
    /// A fresh one. `None` when there is no PostgreSQL to test with, see [`store`].
    ///
    /// # Panics
    /// When the demo cannot be imported.
    pub async fn new(mesin: Mesin) -> Option<Self> {
        let uji = store(mesin).await?;
        let instansi = InstansiId::new();
        let paket = demo_paket(instansi);
        let office = &paket.potret.instansi;
        uji.store.create_office(instansi, &office.kode, &office.nama, &office.daerah).await.expect("office");
        let app = App::new(uji.store.clone(), Arc::new(TanpaPdf));
        let ctx = ctx(instansi, &[Peran::Admin, Peran::Perencana]);
        let impor = app.import(&ctx, &paket).await.expect("import");
        Some(Self { app, ctx, impor, uji })
    }

    /// The store below.
    pub fn store(&self) -> &Store {
        &self.uji.store
    }

    /// The same office and moment, with other roles.
    pub fn with_roles(&self, peran: &[Peran]) -> Ctx {
        Ctx { tugas: peran.iter().copied().map(Penugasan::whole).collect(), ..self.ctx.clone() }
    }
}
