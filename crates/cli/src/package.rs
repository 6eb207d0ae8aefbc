//! `impor` and `ekspor`.

use std::path::Path;

use anyhow::Context;
use tolok_app::{App, CaraImpor, Galat, HasilImpor, RencanaImpor};
use tolok_domain::InstansiId;
use tolok_domain::sheet::summarize;
use tolok_ingest::package::{self, Paket};

use crate::args::{EksporArgs, ImporArgs, StoreArgs};
use crate::output::{Exit, say};
use crate::setup::{as_of, detailed, office, open, operator, year};

/// Reads a package that must be without fault.
pub fn read_good(dir: &Path) -> anyhow::Result<Paket> {
    let got = package::read(dir, InstansiId::new()).with_context(|| format!("folder {}", dir.display()))?;
    match got.paket {
        Some(paket) if got.masalah.is_empty() => Ok(paket),
        _ => {
            let lines: Vec<String> = summarize(got.masalah).iter().map(ToString::to_string).collect();
            Err(Galat::TidakSah(format!("paket {} tidak dapat dibaca:\n{}", dir.display(), lines.join("\n"))).into())
        }
    }
}

/// Loads a package into the database.
pub async fn import(store: &StoreArgs, args: &ImporArgs) -> anyhow::Result<Exit> {
    let got =
        package::read(&args.paket, InstansiId::new()).with_context(|| format!("folder {}", args.paket.display()))?;
    let faulty = !got.masalah.is_empty();
    let faults = got.masalah.iter().filter(|m| !m.ikutan).count();
    // Who loads a part wants to know every row that is left out; who mends, the faults to mend.
    let told = if args.izinkan_sebagian { got.masalah } else { summarize(got.masalah) };
    for masalah in &told {
        say(&masalah.to_string());
    }
    if faulty {
        say(&format!("{faults} kesalahan ditemukan."));
    }
    let paket = match got.paket {
        Some(paket) if !faulty || args.izinkan_sebagian => paket,
        _ => {
            say(
                "Tidak ada yang dimuat. Perbaiki paketnya, atau pakai --izinkan-sebagian untuk memuat baris yang benar.",
            );
            return Ok(Exit::Faulty);
        }
    };
    let app = open(store).await?;
    let cara = CaraImpor { sebagian: faulty, timpa: args.timpa };
    let kode = paket.potret.instansi.kode.clone();
    match preview(&app, &paket, cara).await? {
        Some(rencana) => {
            rencana.0.iter().for_each(|(jenis, bagian)| say(&format!("{jenis}: {bagian}.")));
            if rencana.entered() > 0 && !args.timpa {
                say(&format!(
                    "{} baris yang diisi di Tolok akan diganti atau hilang. Ekspor data terkini dan ubah paketnya, atau pakai --timpa \
                     untuk menggantinya. Tidak ada yang dimuat.",
                    rencana.entered()
                ));
                return Ok(Exit::Faulty);
            }
        }
        None => say(&format!("Instansi {kode} belum ada; impor membuatnya.")),
    }
    if args.pratinjau {
        say("Pratinjau: tidak ada yang dimuat.");
        return Ok(if faulty { Exit::Faulty } else { Exit::Good });
    }
    let result = load(&app, paket, cara).await?;
    match result.entri {
        Some(nomor) => {
            say(&format!("Dimuat sebagai entri {nomor}: {} baris masuk, {} keluar.", result.masuk, result.keluar));
        }
        None => say("Tidak ada perubahan: data sudah sama dengan paket."),
    }
    if faulty {
        say("Baris yang disebut di atas ditinggalkan.");
        return Ok(Exit::Faulty);
    }
    Ok(Exit::Good)
}

/// What importing a package would do; `None` where there is no office of its code yet.
async fn preview(app: &App, paket: &Paket, cara: CaraImpor) -> anyhow::Result<Option<RencanaImpor>> {
    let Some(id) = app.store().find_office(&paket.potret.instansi.kode).await.map_err(detailed)? else {
        return Ok(None);
    };
    app.preview_import(&operator(id), paket, cara).await.map(Some).map_err(detailed)
}

/// Imports a package into the office of its code, which is made when missing.
pub async fn load(app: &App, mut paket: Paket, cara: CaraImpor) -> anyhow::Result<HasilImpor> {
    let kode = paket.potret.instansi.kode.clone();
    let id = match app.store().find_office(&kode).await.map_err(detailed)? {
        Some(id) => id,
        None => {
            let id = InstansiId::new();
            let office = &paket.potret.instansi;
            app.store().create_office(id, &kode, &office.nama, &office.daerah).await.map_err(detailed)?;
            id
        }
    };
    paket.potret.instansi.id = id;
    app.import_as(&operator(id), &paket, cara).await.map_err(detailed)
}

/// Writes a year's data as a package.
pub async fn export(store: &StoreArgs, args: &EksporArgs) -> anyhow::Result<Exit> {
    let app = open(store).await?;
    let ctx = as_of(&app, office(&app, args.office.instansi.as_deref()).await?, &args.office).await?;
    let tahun = year(&app, &ctx, args.office.tahun).await?;
    let paket = app.export(&ctx, tahun).await.map_err(detailed)?;
    package::write(&paket, &args.ke)?;
    say(&format!("Ditulis ke {}.", args.ke.display()));
    Ok(Exit::Good)
}
