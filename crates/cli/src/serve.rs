//! `serve`: the server, until it is told to stop.

use anyhow::Context;
use tokio::net::TcpListener;
use tolok_app::App;

use crate::args::{Listen, ServeArgs, StoreArgs};
use crate::output::{Exit, say};
use crate::setup::open;

/// Ports tried after the asked one.
const TRIES: u16 = 20;

/// Runs the command.
pub async fn run(store: &StoreArgs, args: &ServeArgs) -> anyhow::Result<Exit> {
    log();
    let app = open(store).await?;
    let listener = listen(&args.listen).await?;
    say(&format!("Tolok siap di http://{}", listener.local_addr()?));
    answer(app, listener, args.https).await
}

/// Answers requests until Ctrl+C.
pub async fn answer(app: App, listener: TcpListener, https: bool) -> anyhow::Result<Exit> {
    let router = tolok_web::router(app, tolok_web::Pilihan { https, ..tolok_web::Pilihan::default() });
    tolok_web::serve(listener, router, told_to_stop()).await?;
    Ok(Exit::Good)
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
