//! `audit verify`.

use crate::args::{StoreArgs, VerifyArgs};
use crate::output::{Exit, data, say};
use crate::setup::{detailed, office, open, operator};

/// Runs the command: exit code 1 when anything does not fit.
pub async fn verify(store: &StoreArgs, args: &VerifyArgs) -> anyhow::Result<Exit> {
    let app = open(store).await?;
    let offices = match args.instansi.as_deref() {
        Some(kode) => vec![(office(&app, Some(kode)).await?, kode.to_owned())],
        None => {
            let all = app.store().offices().await.map_err(detailed)?;
            all.into_iter().map(|(id, kode, _)| (operator(id), kode)).collect()
        }
    };
    let mut broken = Vec::new();
    for (ctx, kode) in &offices {
        let found = app.verify(ctx).await.map_err(detailed)?;
        let verdict = if found.rusak.is_empty() { "utuh" } else { "RUSAK" };
        say(&format!("{kode}: {verdict}, {} entri, {} baris diperiksa", found.entri, found.baris));
        broken.extend(found.rusak.into_iter().map(|k| vec![kode.clone(), k.tempat, k.apa]));
    }
    if broken.is_empty() {
        return Ok(Exit::Good);
    }
    data(&["instansi", "tempat", "kerusakan"], &broken, args.format)?;
    Ok(Exit::Faulty)
}
