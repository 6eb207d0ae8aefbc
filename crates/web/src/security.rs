//! Headers that tell the browser what a page may do.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::Pilihan;

/// Scripts, styles, fonts and pictures from here only; nothing inline; no frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The report is one page with its style in it, and runs no script.
const DOCUMENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                               form-action 'none'; frame-ancestors 'none'";

/// Evidence that is shown in a frame of our own pages: it runs nothing, loads nothing, and has no origin to act under.
const EVIDENCE_POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                               frame-ancestors 'self'; sandbox";

/// The same for a link, which opens another page when it is followed.
const LINK_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
                           sandbox allow-popups allow-popups-to-escape-sandbox";

/// The same for PDF. Browsers show it in a viewer of their own, apart from the page, and refuse to do so in a sandbox.
const PDF_POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                          form-action 'none'; frame-ancestors 'self'";

/// Marks a response as evidence to look at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lampiran {
    /// A picture or text.
    Isi,
    /// A page of ours with a link.
    Tautan,
    /// A PDF.
    Pdf,
}

/// Marks a response as a document with styles of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dokumen;

/// Adds the headers to every response.
pub(crate) async fn headers(State(pilihan): State<Pilihan>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let marks = response.extensions();
    let policy = match (marks.get::<Dokumen>(), marks.get::<Lampiran>()) {
        (Some(_), _) => DOCUMENT_POLICY,
        (_, Some(Lampiran::Isi)) => EVIDENCE_POLICY,
        (_, Some(Lampiran::Tautan)) => LINK_POLICY,
        (_, Some(Lampiran::Pdf)) => PDF_POLICY,
        _ => POLICY,
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    // Pages show an office's figures: no shared cache may keep them. Assets set their own.
    set(header::CACHE_CONTROL, "no-store");
    if pilihan.https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
