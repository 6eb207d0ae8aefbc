//! How often a page asks the database.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{Mutex, Once, PoisonError};

use axum::http::StatusCode;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Instrument, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::{ROUTES, Site};

/// Statements that a page may send, session included.
const MOST: usize = 5;
/// Span around a request whose statements are collected.
const REQUEST: &str = "tolok::uji";
/// Where sqlx logs each statement.
const STATEMENT: &str = "sqlx::query";

/// Statements of each request that is going on. Other tests run at the same time, so the request's span tells whose they are.
static SENT: Mutex<Option<HashMap<u64, Vec<String>>>> = Mutex::new(None);

fn sent<T>(work: impl FnOnce(&mut HashMap<u64, Vec<String>>) -> T) -> T {
    work(SENT.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

struct Pencatat;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Pencatat {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == STATEMENT || metadata.target() == REQUEST
    }

    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        sent(|all| all.insert(id.into_u64(), Vec::new()));
    }

    fn on_event(&self, event: &Event<'_>, ctx: Context<'_, S>) {
        let Some(span) = ctx.event_span(event) else { return };
        let mut text = Ringkasan::default();
        event.record(&mut text);
        sent(|all| all.entry(span.id().into_u64()).or_default().push(text.0));
    }
}

/// The beginning of a statement.
#[derive(Default)]
struct Ringkasan(String);

impl Visit for Ringkasan {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

/// What a page sends to the database.
async fn statements(site: &Site, address: &str, cookie: &str) -> Vec<String> {
    let span = tracing::span!(target: REQUEST, Level::INFO, "permintaan");
    let id = span.id().expect("the subscriber wants it").into_u64();
    let status = site.get(address, cookie).instrument(span.clone()).await.status;
    assert_eq!(status, StatusCode::OK, "{address}");
    let mut sent = sent(|all| all.remove(&id)).unwrap_or_default();
    // The pool opens another connection when all are in use; that is no statement of the page.
    sent.retain(|statement| !statement.contains("PRAGMA journal_mode"));
    sent
}

/// Hears the statements of the whole program: they run on threads of the database driver.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let listener = tracing_subscriber::registry().with(Pencatat);
        tracing::subscriber::set_global_default(listener).expect("no other listener");
    });
}

#[tokio::test]
async fn no_page_needs_more_than_five_statements() {
    listen();
    let site = Site::full().await;
    let cookie = site.keeper().await;
    for &(pattern, address, public) in ROUTES {
        if public || pattern.starts_with("/bukti/") {
            continue;
        }
        // The first time loads the snapshot.
        site.get(address, &cookie).await;
        let sent = statements(&site, address, &cookie).await;
        assert!(!sent.is_empty(), "{pattern}: at least the session is looked up; does the counting still work?");
        assert!(sent.len() <= MOST, "{pattern} sends {}: {sent:#?}", sent.len());
    }
}

#[tokio::test]
async fn forty_five_offices_need_no_more_statements_than_one() {
    listen();
    let site = Site::new().await;
    let cookie = site.regency().await;
    let count = async |address: &str| statements(&site, address, &cookie).await.len();
    // Session, names and years, plans, figures; then the session only, also for another page of the same quarter.
    assert_eq!(count("/daerah?tahun=2025&tw=2").await, 4);
    for address in ["/daerah?tahun=2025&tw=2", "/daerah/evaluasi?tahun=2025&tw=2", "/daerah/unduh/csv?tahun=2025&tw=2"]
    {
        assert_eq!(count(address).await, 1, "{address}");
    }
    // The weights of the region are one more; money beside performance is computed from this year and the next, and kept.
    for address in ["/daerah/peringkat?tahun=2025&tw=2", "/daerah/penghargaan?tahun=2025&tw=2"] {
        assert_eq!(count(address).await, 2, "{address}");
    }
    assert_eq!(count("/daerah/uang?tahun=2025&tw=2").await, 5);
    assert_eq!(count("/daerah/uang?tahun=2025&tw=2").await, 1);
    assert_eq!(count("/daerah/sasaran?tahun=2025&tw=3").await, 3, "another quarter is measured anew");
    // The data were imported on 1 February 2022; the past day costs the statement that finds its versions.
    assert_eq!(count("/daerah?tahun=2025&tw=2&per=2022-02-01").await, 5);
    assert_eq!(count("/daerah?tahun=2025&tw=2&per=2022-02-01").await, 2);
}

#[tokio::test]
async fn what_needs_no_account_asks_nothing() {
    let site = Site::new().await;
    // Closing the database shows better than counting that nothing is asked of it.
    site.uji.store().close().await;
    for address in ["/masuk", "/kesehatan", "/aset/x/tolok.css"] {
        assert_eq!(site.get(address, "").await.status, StatusCode::OK, "{address}");
    }
    let failed = site.get("/", "tolok=0000").await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(failed.text().contains("Sedang tidak dapat melayani") && !failed.text().to_lowercase().contains("pool"));
}
