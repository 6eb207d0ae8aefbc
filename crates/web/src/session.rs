//! Who asks: the session of a request's cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use tolok_app::{Ctx, Galat};

use crate::error::Gagal;
use crate::locale::{Kamus, cookie};
use crate::{Pilihan, Web};

/// The cookie that holds the session's secret.
pub(crate) const COOKIE: &str = "tolok";

/// A signed-in user.
pub(crate) struct Pengguna {
    pub ctx: Ctx,
    pub t: &'static Kamus,
    /// The address asked for, to come back to.
    pub alamat: String,
}

impl FromRequestParts<Web> for Pengguna {
    type Rejection = Gagal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Gagal> {
        let alamat = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        // A form that was sent without a session comes back to the page it stands on, not to its own address.
        let back = if parts.method == Method::GET { encode(&alamat) } else { String::from("/") };
        let secret = cookie(&parts.headers, COOKIE).ok_or_else(|| Gagal::Masuk(back.clone()))?;
        let waktu = now();
        let session = web.app.session(secret, waktu).await?.ok_or_else(|| Gagal::Masuk(back.clone()))?;
        let ctx = session.context(waktu).ok_or(Galat::Terlarang)?;
        Ok(Self { ctx, t: Kamus::of(&parts.headers), alamat })
    }
}

/// The present moment, microseconds since 1970 UTC.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// An address as a query value.
fn encode(address: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    address.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Only addresses within Tolok: an open redirect would lend its name to others.
pub(crate) fn local(address: &str) -> &str {
    let inside = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control());
    if inside { address } else { "/" }
}

/// The header that sets a cookie.
pub(crate) fn set_cookie(name: &str, value: &str, seconds: u32, pilihan: Pilihan) -> String {
    let secure = if pilihan.https { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// The session's secret in a request, for signing out.
pub(crate) fn secret(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, COOKIE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_addresses_are_followed() {
        assert_eq!(local("/indikator/iku.1?tahun=2021"), "/indikator/iku.1?tahun=2021");
        for foreign in
            ["https://contoh.test/", "//contoh.test", "/\\contoh.test", "/\t/contoh.test", "javascript:alert(1)", ""]
        {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}
