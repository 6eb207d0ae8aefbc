//! `serve`: the server, until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tolok_app::App;
use tolok_web::{MasukTunggal, Pilihan};

use crate::args::{Listen, ServeArgs, StoreArgs};
use crate::digest::keep_digesting;
use crate::mail::{keep_sending, mail_server};
use crate::oidc::Penyedia;
use crate::output::{Exit, say};
use crate::setup::{now, open};

/// Ports tried after the asked one.
const TRIES: u16 = 20;

/// Runs the command.
pub async fn run(store: &StoreArgs, args: &ServeArgs) -> anyhow::Result<Exit> {
    log();
    let smtp = mail_server(&args.surat, args.alamat.as_deref())?;
    let sso = Penyedia::new(&args.sso, args.alamat.as_deref())?.map(|sso| Arc::new(sso) as Arc<dyn MasukTunggal>);
    let app = open(store).await?.reachable_at(args.alamat.as_deref().unwrap_or_default(), smtp.is_some());
    if let Some(smtp) = smtp {
        tokio::spawn(keep_sending(app.clone(), smtp));
        tokio::spawn(keep_digesting(app.clone(), args.ringkasan_jam));
    }
    let listener = listen(&args.listen).await?;
    say(&format!("Tolok siap di http://{}", listener.local_addr()?));
    answer(app, listener, Pilihan { https: args.https, proksi: args.proksi, sso }).await
}

/// Answers requests until Ctrl+C.
pub async fn answer(app: App, listener: TcpListener, pilihan: Pilihan) -> anyhow::Result<Exit> {
    tokio::spawn(keep_tidy(app.clone()));
    let router = tolok_web::router(app, pilihan);
    tolok_web::serve(listener, router, told_to_stop()).await?;
    Ok(Exit::Good)
}

/// How often the server looks for what was left lying.
const HOUR: Duration = Duration::from_secs(3600);

/// Removes uploads that nobody finished, for as long as the server runs.
async fn keep_tidy(app: App) {
    loop {
        if let Err(galat) = app.remove_stale_uploads(now()).await {
            tracing::error!(?galat, "unggahan yang tertinggal tidak terhapus");
        }
        tokio::time::sleep(HOUR).await;
    }
}

/// Ctrl+C, or what service managers send.
async fn told_to_stop() {
    let interrupted = async {
        // Where signals do not work the server runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Binds the asked port, or one of the next.
pub async fn listen(args: &Listen) -> anyhow::Result<TcpListener> {
    let mut last = None;
    for port in args.port..=args.port.saturating_add(TRIES) {
        match TcpListener::bind((args.host.as_str(), port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    let last = last.context("tidak ada porta")?;
    Err(last).with_context(|| format!("porta {} sampai {}", args.port, args.port.saturating_add(TRIES)))
}

/// Log to stderr; RUST_LOG chooses how much.
pub fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // A second call (demo calls serve's parts) keeps the first.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
