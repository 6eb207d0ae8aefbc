//! Who asks: the session of a request's cookie.

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, Request, Uri, header};
use jiff::civil::Date;
use tolok_app::{Ctx, Galat, Sesi};
use tolok_domain::access::Hak;

use crate::error::Gagal;
use crate::locale::{Kamus, cookie};
use crate::{Pilihan, Web};

/// The cookie that holds the session's secret.
pub(crate) const COOKIE: &str = "tolok";

/// A signed-in user.
#[derive(Clone)]
pub(crate) struct Pengguna {
    pub ctx: Ctx,
    pub sesi: Sesi,
    /// The secret of the session.
    pub rahasia: String,
    pub t: &'static Kamus,
    /// Scheme and host under which the browser asks.
    pub asal: String,
    /// What every address begins with: the office, for those who have several.
    pub akar: String,
    /// The day whose data are looked at; none for today's.
    pub per: Option<Date>,
    /// The address asked for, to come back to.
    pub alamat: String,
}

impl FromRequestParts<Web> for Pengguna {
    type Rejection = Gagal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Gagal> {
        let (session, waktu, alamat) = who(parts, web).await?;
        let office = parts.extensions.get::<Kantor>().map(|k| k.0.as_str());
        let ctx = session.context(office, waktu).ok_or(Galat::Terlarang)?;
        let akar = match (office, session.offices().as_slice()) {
            (Some(kode), _) => format!("/o/{kode}"),
            (None, [first, _, ..]) => format!("/o/{first}"),
            (None, _) => String::new(),
        };
        let per = past_day(parts.uri.query().unwrap_or_default())?;
        let ctx = match per {
            Some(per) => web.app.as_of(&ctx, per).await?,
            None => ctx,
        };
        let per = per.filter(|_| ctx.lampau);
        let rahasia = cookie(&parts.headers, COOKIE).unwrap_or_default().to_owned();
        let host = parts.headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let asal = format!("{}://{host}", if web.pilihan.https { "https" } else { "http" });
        Ok(Self { ctx, sesi: session, rahasia, asal, t: Kamus::of(&parts.headers), akar, per, alamat })
    }
}

/// A signed-in user who looks at all offices of the region that he may compare.
pub(crate) struct Pengamat {
    /// The offices, by code; there is one at least.
    pub kantor: Vec<(String, Ctx)>,
    pub sesi: Sesi,
    pub t: &'static Kamus,
    /// The day whose data are looked at; none for today's.
    pub per: Option<Date>,
    /// The address asked for, to come back to.
    pub alamat: String,
}

impl FromRequestParts<Web> for Pengamat {
    type Rejection = Gagal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Gagal> {
        let (sesi, waktu, alamat) = who(parts, web).await?;
        let kantor = sesi.contexts(Hak::LihatDaerah, waktu);
        if kantor.is_empty() {
            return Err(Galat::Terlarang.into());
        }
        let per = past_day(parts.uri.query().unwrap_or_default())?;
        let kantor = match per {
            Some(per) => web.app.region_as_of(kantor, per).await?,
            None => kantor,
        };
        let per = per.filter(|_| kantor.iter().any(|(_, ctx)| ctx.lampau));
        Ok(Self { kantor, sesi, t: Kamus::of(&parts.headers), per, alamat })
    }
}

/// The session of a request, the moment, and the address as the browser wrote it.
async fn who(parts: &Parts, web: &Web) -> Result<(Sesi, i64, String), Gagal> {
    let alamat = address_of(&parts.extensions, &parts.uri);
    // A form that was sent without a session comes back to the page it stands on, not to its own address.
    let back = if parts.method == Method::GET { encode(&alamat) } else { String::from("/") };
    let outside = || if wants_json(&parts.headers) { Gagal::BelumMasuk } else { Gagal::Masuk(back.clone()) };
    let secret = cookie(&parts.headers, COOKIE).ok_or_else(outside)?;
    let waktu = now();
    let session = web.app.session(secret, waktu).await?.ok_or_else(outside)?;
    Ok((session, waktu, alamat))
}

/// The address of a request as the browser wrote it, office included.
pub(crate) fn written_address(request: &Request<Body>) -> String {
    address_of(request.extensions(), request.uri())
}

fn address_of(extensions: &Extensions, uri: &Uri) -> String {
    let asked = extensions.get::<Ditulis>().map_or(uri, |uri| &uri.0);
    asked.path_and_query().map_or("/", |p| p.as_str()).to_owned()
}

/// Whether a script asks, which can do nothing with a page.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json")
}

/// The office that an address begins with (`/o/KODE/...`).
#[derive(Debug, Clone)]
pub(crate) struct Kantor(String);

/// The address as the browser wrote it, office included.
#[derive(Debug, Clone)]
struct Ditulis(Uri);

/// Takes the office off the address before the routes are looked at: pages need not know about it.
pub(crate) fn office_of<B>(mut request: Request<B>) -> Request<B> {
    let original = Ditulis(request.uri().clone());
    let Some((kode, rest)) = request.uri().path().strip_prefix("/o/").and_then(|p| p.split_once('/')) else {
        request.extensions_mut().insert(original);
        return request;
    };
    let kantor = Kantor(kode.to_owned());
    let query = request.uri().query().map(|q| format!("?{q}")).unwrap_or_default();
    if let Ok(uri) = format!("/{rest}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(kantor);
    }
    request.extensions_mut().insert(original);
    request
}

/// The day in `per=2021-07-15`, which any page takes.
fn past_day(query: &str) -> Result<Option<Date>, Galat> {
    let Some(text) = query.split('&').find_map(|pair| pair.strip_prefix("per=")).filter(|t| !t.is_empty()) else {
        return Ok(None);
    };
    let wrong = |_| Galat::TidakSah(format!("\"{text}\" bukan tanggal; tulis seperti per=2021-07-15"));
    text.parse().map(Some).map_err(wrong)
}

/// The present moment, microseconds since 1970 UTC.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// A text as a query value.
pub(crate) fn encode(address: &str) -> String {
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
pub(crate) fn set_cookie(name: &str, value: &str, seconds: u32, pilihan: &Pilihan) -> String {
    let secure = if pilihan.https { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// How long the browser keeps the session's cookie, seconds; the server ends the session earlier when it is idle.
const KEPT: u32 = 7 * 24 * 3600;

/// The header that hands a session to the browser.
pub(crate) fn session_cookie(rahasia: &str, pilihan: &Pilihan) -> String {
    set_cookie(COOKIE, rahasia, KEPT, pilihan)
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
