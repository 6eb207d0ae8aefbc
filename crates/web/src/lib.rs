//! Stub.
/// .
pub struct Pilihan {
    /// .
    pub https: bool,
}
/// .
pub fn router(_app: tolok_app::App, _p: Pilihan) -> axum::Router {
    axum::Router::new()
}
/// .
pub async fn serve(
    l: tokio::net::TcpListener,
    r: axum::Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(l, r).with_graceful_shutdown(stop).await
}
