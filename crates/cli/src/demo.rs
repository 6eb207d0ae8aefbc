//! `demo`: everything with the example data, in a folder of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use rust_embed::RustEmbed;
use tolok_app::App;
use tolok_domain::InstansiId;
use tolok_domain::access::{Penugasan, Peran};
use tolok_ingest::package::{Isi, read_files};

use crate::args::{DemoArgs, StoreArgs};
use crate::output::{Exit, say};
use crate::serve::{answer, listen, log};
use crate::setup::{detailed, now, office, open};

/// The example data, inside the binary: the demo needs no other file.
#[derive(RustEmbed)]
#[folder = "../../data/demo/serang-2021"]
struct Package;

/// The accounts of the demo: sign-in name, shown name, role, and the unit it holds for. All have the same password.
const ACCOUNTS: [(&str, &str, Peran, Option<&str>); 7] = [
    ("perencana", "Sub Bagian Perencanaan, Evaluasi dan Pelaporan", Peran::Perencana, None),
    ("pengisi", "Bidang Pelatihan Kerja dan Produktifitas", Peran::Pengisi, Some("BID.1")),
    ("kepala", "Kepala Dinas Tenaga Kerja dan Transmigrasi", Peran::Kepala, None),
    ("verifikator", "Bagian Organisasi Setda Kota Serang", Peran::Verifikator, None),
    ("evaluator", "Inspektorat Kota Serang", Peran::Evaluator, None),
    ("pimpinan", "Sekretaris Daerah Kota Serang", Peran::PimpinanDaerah, None),
    ("admin", "Admin Disnakertrans", Peran::Admin, None),
];

/// Password of the demo accounts. The demo listens on this computer only and holds published data.
const PASSWORD: &str = "tolok-demo-2021";

/// The file that marks a folder as made by this command: `--fresh` deletes no other.
const MARK: &str = "ini-folder-demo-tolok.txt";

/// Runs the command.
pub async fn run(args: &DemoArgs) -> anyhow::Result<Exit> {
    log();
    if args.fresh {
        clear(&args.folder)?;
    }
    let made_here = args.folder.join(MARK).exists();
    let empty = fs::read_dir(&args.folder).map_or(true, |mut entries| entries.next().is_none());
    if !made_here && !empty {
        bail!("folder {} berisi data lain; pilih folder lain dengan --folder", args.folder.display());
    }
    let store = StoreArgs { data: args.folder.clone(), db: None };
    let app = open(&store).await?;
    fs::write(args.folder.join(MARK), "Folder data contoh Tolok; tolok demo --fresh menghapusnya.\n")?;
    fill(&app).await?;
    let listener = listen(&args.listen).await?;
    say(&format!("\nTolok siap di http://{}\n", listener.local_addr()?));
    say("Akun contoh (sandi semuanya tolok-demo-2021):");
    for (name, shown, ..) in ACCOUNTS {
        say(&format!("  {name:<12} {shown}"));
    }
    say("\nBerhenti dengan Ctrl+C. Data tetap ada; --fresh memulai dari awal.");
    answer(app, listener, tolok_web::Pilihan::default()).await
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    if !folder.join(MARK).exists() {
        bail!("folder {} tidak dibuat oleh tolok demo, jadi tidak dihapus", folder.display());
    }
    fs::remove_dir_all(folder).with_context(|| format!("folder {}", folder.display()))
}

/// Loads data and accounts on the first start.
async fn fill(app: &App) -> anyhow::Result<()> {
    if !app.store().offices().await.map_err(detailed)?.is_empty() {
        return Ok(());
    }
    let isi: Isi =
        Package::iter().filter_map(|name| Some((name.to_string(), Package::get(&name)?.data.into_owned()))).collect();
    let got = read_files(&isi, InstansiId::new());
    let paket = got.paket.filter(|_| got.masalah.is_empty()).context("data contoh tidak utuh")?;
    crate::package::load(app, paket, true).await?;
    let ctx = office(app, None).await?;
    for (name, shown, peran, unit) in ACCOUNTS {
        let tugas = Penugasan { peran, unit: unit.map(str::to_owned) };
        app.create_account(ctx.instansi, name, shown, PASSWORD, &[tugas], now()).await.map_err(detailed)?;
    }
    Ok(())
}
