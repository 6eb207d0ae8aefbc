//! The daily digest: `surat ringkasan` for those who have a timer of their own, and the task of the server. A day has one digest,
//! whoever is first.

use std::time::Duration;

use anyhow::Context;
use tolok_app::{App, day, hour, long_date};

use crate::args::{RingkasanArgs, StoreArgs};
use crate::mail::mail_server;
use crate::output::{Exit, say};
use crate::setup::{detailed, now, open};

/// How often the server looks whether the hour has come.
const PAUSE: Duration = Duration::from_secs(60);

/// Writes the digest of the day, unless it was written, and sends what waits in the outbox.
pub async fn run(store: &StoreArgs, args: &RingkasanArgs) -> anyhow::Result<Exit> {
    let smtp = mail_server(&args.surat, args.alamat.as_deref())?
        .context("TOLOK_SMTP belum diisi; ringkasan dikirim sebagai surat")?;
    let app = open(store).await?.reachable_at(args.alamat.as_deref().unwrap_or_default(), true);
    let waktu = now();
    let date = long_date(day(waktu));
    let mut exit = Exit::Good;
    match app.write_digest(waktu).await.map_err(detailed)? {
        None => say(&format!("Ringkasan {date} sudah ada; tidak dibuat lagi.")),
        Some(done) => {
            say(&format!("Ringkasan {date}: {} surat.", done.surat));
            for why in done.gagal {
                say(&why);
                exit = Exit::Unavailable;
            }
        }
    }
    let sent = app.deliver(&smtp, now()).await.map_err(detailed)?;
    say(&format!("Terkirim {} surat dari kotak keluar.", sent.jumlah));
    for why in sent.gagal {
        say(&why);
        exit = Exit::Unavailable;
    }
    Ok(exit)
}

/// Writes each day's digest at an hour (0 to 23, western Indonesian time), for as long as the server runs. A server that was down at
/// that hour does it when it is back.
pub async fn keep_digesting(app: App, jam: i8) {
    loop {
        let waktu = now();
        if hour(waktu) >= jam {
            match app.write_digest(waktu).await {
                Ok(done) => done.iter().flat_map(|d| &d.gagal).for_each(|why| tracing::error!("{why}")),
                Err(galat) => tracing::error!(?galat, "ringkasan harian tidak tersusun"),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
