//! `susun`: documents in every format that they have, without a server.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use tolok_app::{
    CetakPdf, FORMS, Format, Galat, Perjanjian, compose, compose_action_plan, compose_agreements, compose_tree, render,
    tree_drawings,
};
use tolok_domain::Potret;
use tolok_report::Naskah;

use crate::args::{DocumentKind, StoreArgs, SusunArgs};
use crate::output::{Exit, say};
use crate::pdf::Typst;
use crate::setup::{detailed, open, operator, snapshot};

/// Runs the command.
pub async fn run(store: &StoreArgs, args: &SusunArgs) -> anyhow::Result<Exit> {
    if args.unit.is_some() && args.dokumen != DocumentKind::Pk {
        bail!("--unit hanya untuk perjanjian kinerja (pk)");
    }
    let potret = snapshot(store, args.paket.as_deref(), &args.office).await?;
    match args.dokumen {
        DocumentKind::Lkjip => {
            let name = format!("lkjip-{}-{}", potret.tahun, potret.instansi.kode);
            write(&report(&potret)?, &Format::ALL, &args.ke, &name)
        }
        DocumentKind::RencanaAksi => {
            let name = format!("rencana-aksi-{}-{}", potret.tahun, potret.instansi.kode);
            write(&compose_action_plan(&potret), &Format::ALL, &args.ke, &name)
        }
        DocumentKind::Pk => {
            let which = args.unit.as_deref().map_or(Perjanjian::Semua, Perjanjian::Unit);
            let (naskah, name) = compose_agreements(&potret, which)?;
            write(&naskah, &FORMS, &args.ke, &name)
        }
        DocumentKind::Pohon => tree(&potret, args, store).await,
    }
}

/// The pohon kinerja, and its drawings as pictures of their own.
async fn tree(potret: &Potret, args: &SusunArgs, store: &StoreArgs) -> anyhow::Result<Exit> {
    let names = if args.paket.is_some() || potret.silang.is_empty() {
        HashMap::new()
    } else {
        let app = open(store).await?;
        let neighbours = app.neighbours(&operator(potret.instansi.id)).await.map_err(detailed)?;
        neighbours.into_iter().map(|t| (t.kode, t.nama)).collect()
    };
    let name_of = |kode: &str| names.get(kode).cloned();
    let name = format!("pohon-kinerja-{}-{}", potret.tahun, potret.instansi.kode);
    let exit = write(&compose_tree(potret, &name_of), &Format::ALL, &args.ke, &name)?;
    let sheets = tree_drawings(potret, &name_of);
    let several = sheets.len() > 1;
    for (nomor, sheet) in (1..).zip(&sheets) {
        let file = if several { format!("{name}-{nomor}.svg") } else { format!("{name}.svg") };
        save(&args.ke.join(file), sheet.grafik.svg.as_bytes())?;
    }
    Ok(exit)
}

fn report(potret: &Potret) -> anyhow::Result<Naskah> {
    let told = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    Ok(compose(potret).map_err(|errors| Galat::TidakSah(told(errors)))?)
}

/// Writes a document into a folder, once in each format.
fn write(naskah: &Naskah, formats: &[Format], folder: &Path, name: &str) -> anyhow::Result<Exit> {
    fs::create_dir_all(folder).with_context(|| format!("folder {}", folder.display()))?;
    let (pdf, pages) = Typst.print(naskah).map_err(anyhow::Error::msg)?;
    for format in formats {
        let bytes = match format {
            Format::Pdf => pdf.clone(),
            _ => render(naskah, *format, &Typst, &pages).map_err(anyhow::Error::msg)?,
        };
        save(&folder.join(format!("{name}.{}", format.extension())), &bytes)?;
    }
    Ok(Exit::Good)
}

fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| path.display().to_string())?;
    say(&format!("{} ({} KB)", path.display(), bytes.len().div_ceil(1024)));
    Ok(())
}
