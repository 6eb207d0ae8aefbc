//! Single sign-on: away to the identity provider, and back.

use axum::extract::{Query, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::Galat;

use crate::Web;
use crate::client::Asal;
use crate::error::Gagal;
use crate::locale::cookie;
use crate::pages::sign_in::entered;
use crate::session::{encode, local, now, set_cookie};

/// The cookie that binds the way back to the browser that went away.
const COOKIE: &str = "tolok-sso";
/// How long the way may take, seconds; the seal inside says the same.
const AWAY: u32 = 600;

#[derive(Deserialize)]
pub(crate) struct Ke {
    #[serde(default)]
    ke: String,
}

fn provider(web: &Web) -> Result<&dyn crate::MasukTunggal, Galat> {
    web.pilihan
        .sso
        .as_deref()
        .ok_or_else(|| Galat::TidakDitemukan("masuk lewat SSO (tidak dipasang di peladen ini)".to_owned()))
}

/// Nobody was signed in. Why stands in the log; the page tells no stranger which accounts there are.
fn refused(why: &str) -> Response {
    tracing::warn!(why, "masuk lewat SSO ditolak");
    Redirect::to("/masuk?pesan=sso").into_response()
}

/// Sends the browser to the provider. Only from our own page: a link elsewhere shall not sign anybody in (OWASP ASVS 5, 7.6.2).
pub(crate) async fn begin(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(query): Query<Ke>,
) -> Result<Response, Gagal> {
    let sso = provider(&web)?;
    let ke = local(&query.ke);
    let from = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()).unwrap_or("none");
    if !["same-origin", "none"].contains(&from) {
        return Ok(Redirect::to(&format!("/masuk?ke={}", encode(ke))).into_response());
    }
    Ok(match sso.begin(ke, now()).await {
        Ok(away) => {
            let cookie = set_cookie(COOKIE, &away.bekal, AWAY, &web.pilihan);
            ([(header::SET_COOKIE, cookie)], Redirect::to(&away.tujuan)).into_response()
        }
        Err(why) => refused(&why),
    })
}

/// Takes the browser back and signs in whom the provider vouches for.
pub(crate) async fn finish(
    State(web): State<Web>,
    Asal(peminta): Asal,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Gagal> {
    let sso = provider(&web)?;
    let Some(bekal) = cookie(&headers, COOKIE) else {
        return Ok(refused("tanpa kuki keberangkatan"));
    };
    let response = match sso.finish(bekal, &query.unwrap_or_default(), now()).await {
        Ok(back) => match web.app.sign_in_by_provider(&back.bukti, &peminta, now()).await? {
            Some(masuk) => entered(&web, &headers, &masuk, &back.ke).await?,
            None => refused("akun yang dijamin penyedia identitas tidak ada di Tolok"),
        },
        Err(why) => refused(&why),
    };
    let forget = AppendHeaders([(header::SET_COOKIE, set_cookie(COOKIE, "", 0, &web.pilihan))]);
    Ok((forget, response).into_response())
}
