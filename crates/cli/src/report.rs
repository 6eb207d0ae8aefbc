//! `susun`: a document in every format, without a server.

use std::fs;

use anyhow::Context;
use tolok_app::{CetakPdf, Format, Galat, compose, compose_action_plan, file_name, render};
use tolok_domain::Potret;
use tolok_report::Naskah;

use crate::args::{DocumentKind, StoreArgs, SusunArgs};
use crate::output::{Exit, say};
use crate::pdf::Typst;
use crate::setup::snapshot;

/// Runs the command.
pub async fn run(store: &StoreArgs, args: &SusunArgs) -> anyhow::Result<Exit> {
    let potret = snapshot(store, args.paket.as_deref(), &args.office).await?;
    let (kind, naskah) = document(args.dokumen, &potret)?;
    fs::create_dir_all(&args.ke).with_context(|| format!("folder {}", args.ke.display()))?;
    let (pdf, pages) = Typst.print(&naskah).map_err(anyhow::Error::msg)?;
    for format in Format::ALL {
        let bytes = match format {
            Format::Pdf => pdf.clone(),
            _ => render(&naskah, format, &Typst, &pages).map_err(anyhow::Error::msg)?,
        };
        let path = args.ke.join(file_name(kind, &potret, format));
        fs::write(&path, &bytes).with_context(|| path.display().to_string())?;
        say(&format!("{} ({} KB)", path.display(), bytes.len().div_ceil(1024)));
    }
    Ok(Exit::Good)
}

/// A document of the snapshot, with the word that its file names begin with.
fn document(kind: DocumentKind, potret: &Potret) -> anyhow::Result<(&'static str, Naskah)> {
    match kind {
        DocumentKind::Lkjip => {
            let naskah = compose(potret).map_err(|errors| {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                Galat::TidakSah(lines.join("\n"))
            })?;
            Ok(("lkjip", naskah))
        }
        DocumentKind::RencanaAksi => Ok(("rencana-aksi", compose_action_plan(potret))),
    }
}
