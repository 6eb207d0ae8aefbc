//! `susun`: the report in every format, without a server.

use std::fs;

use anyhow::Context;
use tolok_app::{CetakPdf, Format, Galat, compose, render};

use crate::args::{DocumentKind, StoreArgs, SusunArgs};
use crate::output::{Exit, say};
use crate::pdf::Typst;
use crate::setup::snapshot;

/// Runs the command.
pub async fn run(store: &StoreArgs, args: &SusunArgs) -> anyhow::Result<Exit> {
    let DocumentKind::Lkjip = args.dokumen;
    let potret = snapshot(store, args.paket.as_deref(), &args.office).await?;
    let naskah = compose(&potret).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Galat::TidakSah(lines.join("\n"))
    })?;
    fs::create_dir_all(&args.ke).with_context(|| format!("folder {}", args.ke.display()))?;
    let (pdf, pages) = Typst.print(&naskah).map_err(anyhow::Error::msg)?;
    for format in Format::ALL {
        let bytes = match format {
            Format::Pdf => pdf.clone(),
            _ => render(&naskah, format, &Typst, &pages).map_err(anyhow::Error::msg)?,
        };
        let name = format!("lkjip-{}-{}.{}", potret.tahun, potret.instansi.kode, format.extension());
        let path = args.ke.join(name);
        fs::write(&path, &bytes).with_context(|| path.display().to_string())?;
        say(&format!("{} ({} KB)", path.display(), bytes.len().div_ceil(1024)));
    }
    Ok(Exit::Good)
}
