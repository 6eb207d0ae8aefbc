#![doc = include_str!("../README.md")]

mod assets;
mod client;
mod error;
mod form;
mod json;
mod kept;
mod locale;
mod page;
mod pages;
mod provider;
mod security;
mod session;
mod view;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tolok_app::App;
use tower::Layer;
use tower::util::MapRequestLayer;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use pages::plan;
pub use provider::{GagalMasuk, Keberangkatan, Kedatangan, MasukTunggal, Nanti};

/// Settings of the server.
#[derive(Debug, Clone, Default)]
pub struct Pilihan {
    /// Cookies over HTTPS only.
    pub https: bool,
    /// A proxy in front of the server writes the client's address into `X-Forwarded-For`.
    pub proksi: bool,
    /// The identity provider beside passwords.
    pub sso: Option<Arc<dyn MasukTunggal>>,
}

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Web {
    app: App,
    pilihan: Pilihan,
}

/// Largest request body of a form, bytes.
const MAX_BODY: usize = 256 * 1024;
/// Largest request body with a file: the file and its form.
const MAX_FILE: usize = tolok_app::MAX_EVIDENCE + MAX_BODY;

/// All routes with their layers.
pub fn router(app: App, pilihan: Pilihan) -> Router {
    let pages = routes(Web { app, pilihan: pilihan.clone() })
        .layer(middleware::from_fn(kept::give_back))
        .layer(middleware::from_fn(error::explain));
    // The office is taken off the address before the routes are looked at.
    Router::new()
        .fallback_service(MapRequestLayer::new(session::office_of).layer(pages))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        // Outermost, so that refusals carry them too.
        .layer(middleware::from_fn_with_state(pilihan, security::headers))
}

fn routes(web: Web) -> Router {
    // Only these take files.
    let uploads = Router::new()
        .route("/isi/bukti", get(pages::entry::evidence::show).post(pages::entry::evidence::add))
        .route("/reviu/berkas", get(pages::review::files::form).post(pages::review::files::submit))
        .route("/isi/unggah", post(pages::entry::spreadsheet::upload))
        .route("/evaluasi/templat", post(pages::evaluation::template::import))
        .route("/perjanjian/{kode}/tandatangan", get(pages::agreement::sign::form).post(pages::agreement::sign::submit))
        .layer(DefaultBodyLimit::max(MAX_FILE))
        .layer(RequestBodyLimitLayer::new(MAX_FILE));
    let pieces = Router::new()
        .route("/isi/bukti/unggahan/{id}", post(pages::entry::upload::piece))
        .layer(DefaultBodyLimit::max(tolok_app::MAX_CHUNK))
        .layer(RequestBodyLimitLayer::new(tolok_app::MAX_CHUNK));
    Router::new()
        .route("/", get(pages::region::start))
        .route("/masuk", get(pages::sign_in::form).post(pages::sign_in::submit))
        .route("/masuk/kode", get(pages::second_factor::form).post(pages::second_factor::submit))
        .route("/masuk/sso", get(pages::single_sign_on::begin))
        .route("/masuk/sso/kembali", get(pages::single_sign_on::finish))
        .route("/keluar", post(pages::sign_in::leave))
        .route("/undangan/{rahasia}", get(pages::link::invitation).post(pages::link::accept))
        .route("/sandi/{rahasia}", get(pages::link::reset).post(pages::link::renew))
        .route("/sandi/lupa", get(pages::forgotten::form).post(pages::forgotten::submit))
        .route("/akun", get(pages::accounts::show).post(pages::accounts::submit))
        .route("/akun/{nama}", get(pages::account::show).post(pages::account::submit))
        .route("/saya", get(pages::own::show).post(pages::own::submit))
        .route("/saya/totp", get(pages::own_totp::form).post(pages::own_totp::submit))
        .route("/bahasa", post(pages::language::choose))
        .route("/daerah", get(pages::region::overview::show))
        .route("/daerah/sasaran", get(pages::region::targets::show))
        .route("/daerah/terlambat", get(pages::region::late::show))
        .route("/daerah/pencilan", get(pages::region::outliers::show))
        .route("/daerah/peringkat", get(pages::region::ranking::show))
        .route("/daerah/unduh/{format}", get(pages::region::download))
        .route("/daerah/evaluasi", get(pages::region::evaluation::show))
        .route("/daerah/evaluasi/unduh/{format}", get(pages::region::evaluation::download))
        .route("/daerah/penghargaan", get(pages::region::reward::show).post(pages::region::reward::adopt))
        .route("/daerah/uang", get(pages::region::money::show))
        .route("/daerah/uang/unduh/{format}", get(pages::region::money::download))
        .route("/rencana", get(pages::tree::show))
        .route("/rencana/pohon", get(pages::pohon::show).post(pages::pohon::propose))
        .route("/rencana/pohon/susun", get(pages::pohon::outline::show).post(pages::pohon::outline::save))
        .route("/rencana/pohon/silang", get(pages::pohon::link::show).post(pages::pohon::link::submit))
        .route("/rencana/pohon/unduh/{format}", get(pages::pohon::download))
        .route("/rencana/pohon/kondisi/baru", get(pages::pohon::condition::new).post(pages::pohon::condition::add))
        .route(
            "/rencana/pohon/kondisi/{kode}",
            get(pages::pohon::condition::show).post(pages::pohon::condition::submit),
        )
        .route("/rencana-aksi", get(pages::action::targets::show).post(pages::action::targets::save))
        .route("/rencana-aksi/kas", get(pages::action::cash::show).post(pages::action::cash::save))
        .route("/rencana-aksi/unduh/{format}", get(pages::action::download))
        .route("/rencana-aksi/{kode}", get(pages::action::steps::show).post(pages::action::steps::submit))
        .route("/rencana/visi", get(plan::year::vision).post(plan::year::set_vision))
        .route("/rencana/simpul/baru", get(plan::node::new).post(plan::node::add))
        .route("/rencana/simpul/{kode}", get(plan::node::show).post(plan::node::submit))
        .route("/rencana/indikator/baru", get(plan::indicator::new).post(plan::indicator::add))
        .route("/rencana/indikator/{kode}", get(plan::indicator::show).post(plan::indicator::submit))
        .route("/rencana/target", get(plan::grid::targets).post(plan::grid::set_targets))
        .route("/rencana/pagu", get(plan::grid::budget).post(plan::grid::set_budget))
        .route("/dokumen", get(plan::documents::list))
        .route("/dokumen/baru", get(plan::documents::new).post(plan::documents::add))
        .route("/dokumen/{kode}", get(plan::document::show).post(plan::document::submit))
        .route("/unit", get(plan::unit::list))
        .route("/unit/baru", get(plan::unit::new).post(plan::unit::add))
        .route("/unit/{kode}", get(plan::unit::show).post(plan::unit::submit))
        .route("/tahun/buka", get(plan::year::open).post(plan::year::set_open))
        .route("/indikator/{kode}", get(pages::indicator::show))
        .route("/indikator/{kode}/kendala", post(pages::notes::obstacle))
        .route("/indikator/{kode}/komentar", post(pages::notes::comment))
        .route("/indikator/{kode}/ubah", get(pages::change::form).post(pages::change::submit))
        .route("/perjanjian", get(pages::agreement::board::show).post(pages::agreement::board::create))
        .route("/perjanjian/perubahan", get(pages::agreement::revision::form).post(pages::agreement::revision::submit))
        .route("/perjanjian/unduh/{format}", get(pages::agreement::download_all))
        .route("/perjanjian/{kode}", get(pages::agreement::detail::show))
        .route("/perjanjian/{kode}/ubah", get(pages::agreement::edit::form).post(pages::agreement::edit::submit))
        .route("/perjanjian/{kode}/unduh/{format}", get(pages::agreement::download))
        .route("/pejabat", get(pages::official::show).post(pages::official::submit))
        .route("/pengukuran", get(pages::measurement::show))
        .route("/tugas", get(pages::tasks::show))
        .route("/tugas/kalender", post(pages::tasks::renew))
        .route("/kabar", get(pages::notices::show).post(pages::notices::mark))
        .route("/kalender/{rahasia}", get(pages::tasks::calendar))
        .route("/isi", get(pages::entry::show).post(pages::entry::save))
        .route("/isi/unduh", get(pages::entry::spreadsheet::download))
        .route("/isi/unggah/simpan", post(pages::entry::spreadsheet::confirm))
        .route("/isi/ajukan", post(pages::entry::hand_in))
        .route("/isi/tarik", post(pages::entry::take_back))
        .route("/isi/bukti/lepas", post(pages::entry::evidence::remove))
        .route("/isi/bukti/unggahan", post(pages::entry::upload::begin))
        .route("/isi/bukti/unggahan/{id}/selesai", post(pages::entry::upload::finish))
        .route("/verifikasi", get(pages::verification::show).post(pages::verification::decide))
        .route("/jadwal", get(pages::schedule::show).post(pages::schedule::change))
        .route("/anggaran", get(pages::budget::show))
        .route("/laporan", get(pages::report::show))
        .route("/laporan/lihat", get(pages::report::read))
        .route("/laporan/unduh/{format}", get(pages::report::download))
        .route("/laporan/terbitkan", post(pages::report::publish))
        .route("/reviu", get(pages::review::show).post(pages::review::decide))
        .route("/reviu/naskah", get(pages::review::show_words).post(pages::review::decide_words))
        .route("/reviu/aturan", get(pages::review::rules::show))
        .route("/reviu/unduh/{format}", get(pages::review::download))
        .route("/evaluasi", get(pages::evaluation::show).post(pages::evaluation::open))
        .route("/evaluasi/{kode}", get(pages::evaluation::worksheet::show).post(pages::evaluation::worksheet::save))
        .route("/evaluasi/{kode}/terbitkan", post(pages::evaluation::document::publish))
        .route("/evaluasi/{kode}/unduh/{bentuk}/{format}", get(pages::evaluation::document::download))
        .route("/rekomendasi", get(pages::recommendation::show).post(pages::recommendation::add))
        .route(
            "/rekomendasi/{kode}",
            get(pages::recommendation::detail::show).post(pages::recommendation::detail::submit),
        )
        .route("/riwayat", get(pages::history::show))
        .route("/cari", get(pages::search::show))
        .route("/bukti/{sha256}", get(pages::evidence::download))
        .route("/bukti/{sha256}/lihat", get(pages::evidence::look))
        .route("/aset/{versi}/{*path}", get(assets::serve))
        .route("/kesehatan", get(|| async { "baik" }))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .merge(uploads)
        .merge(pieces)
        .fallback(error::no_page)
        .with_state(web)
}

/// Answers requests until `stop` resolves.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(stop).await
}
