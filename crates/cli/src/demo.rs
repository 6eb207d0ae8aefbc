//! `demo`: everything with the example data, in a folder of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use rust_embed::RustEmbed;
use tolok_app::{App, CaraImpor};
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

/// For what an account's role holds.
#[derive(Clone, Copy)]
enum Lingkup {
    Unit(&'static str),
    Instansi,
    /// All offices of the region, of which the demo has one.
    Daerah,
}

/// The accounts of the demo: sign-in name, shown name, role, and for what it holds. All have the same password.
const ACCOUNTS: [(&str, &str, Peran, Lingkup); 7] = [
    ("perencana", "Sub Bagian Perencanaan, Evaluasi dan Pelaporan", Peran::Perencana, Lingkup::Instansi),
    ("pengisi", "Bidang Pelatihan Kerja dan Produktifitas", Peran::Pengisi, Lingkup::Unit("BID.1")),
    ("kepala", "Kepala Dinas Tenaga Kerja dan Transmigrasi", Peran::Kepala, Lingkup::Instansi),
    ("verifikator", "Bagian Organisasi Setda Kota Serang", Peran::Verifikator, Lingkup::Daerah),
    ("evaluator", "Inspektorat Kota Serang", Peran::Evaluator, Lingkup::Daerah),
    ("pimpinan", "Sekretaris Daerah Kota Serang", Peran::PimpinanDaerah, Lingkup::Daerah),
    ("admin", "Admin Disnakertrans", Peran::Admin, Lingkup::Instansi),
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
    let daerah = paket.potret.instansi.daerah.clone();
    crate::package::load(app, paket, CaraImpor::default()).await?;
    let instansi = office(app, None).await?.instansi;
    for (name, shown, peran, lingkup) in ACCOUNTS {
        let made = match lingkup {
            Lingkup::Daerah => app.create_region_account(&daerah, name, shown, PASSWORD, peran, now()).await,
            Lingkup::Instansi | Lingkup::Unit(_) => {
                let unit = if let Lingkup::Unit(unit) = lingkup { Some(unit.to_owned()) } else { None };
                app.create_account(instansi, name, shown, PASSWORD, &[Penugasan { peran, unit }], now()).await
            }
        };
        made.map_err(detailed)?;
    }
    Ok(())
}
