//! Style, script and fonts, inside the binary. Their address carries a hash of all of them, so that browsers keep them for a
//! year and still get new ones at once.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "../../assets/web"]
struct Web;

/// Short hash over all assets.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for file in Web::iter().filter_map(|name| Web::get(&name)) {
        hasher.update(file.metadata.sha256_hash());
    }
    hasher.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect()
});

/// Sends an asset.
pub(crate) async fn serve(Path((_, path)): Path<(String, String)>) -> Response {
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match Web::get(&path) {
        Some(file) => {
            let headers =
                [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, file.data).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
