//! `impor` and `ekspor`.

use std::path::Path;

use anyhow::Context;
use tolok_app::Galat;
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
    let result = load(&app, paket, !faulty).await?;
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

/// Imports a package into the office of its code, which is made when missing.
///
/// `whole`: the package was read without a fault, so what it does not hold is meant to go.
pub async fn load(app: &tolok_app::App, mut paket: Paket, whole: bool) -> anyhow::Result<tolok_app::HasilImpor> {
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
    let ctx = operator(id);
    let result = if whole { app.import(&ctx, &paket).await } else { app.import_part(&ctx, &paket).await };
    result.map_err(detailed)
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
