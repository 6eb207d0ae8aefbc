//! Single sign-on by OpenID Connect: authorisation code with PKCE, state and nonce.
//!
//! The provider's description and keys are fetched anew for each sign-in, so there is nothing that could be out of date. What must be
//! remembered between going and coming back travels in a cookie, sealed with a key of this server.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use anyhow::Context;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::form_urlencoded;
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, StandardTokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use tolok_app::{BuktiMasuk, Klaim};
use tolok_web::{GagalMasuk, Keberangkatan, Kedatangan, MasukTunggal, Nanti};

use crate::args::SsoArgs;
use crate::seal::Segel;

/// How long somebody may stay away, microseconds.
const AWAY: i64 = 10 * 60 * 1_000_000;
/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer of the provider that is read, bytes.
const LARGEST: usize = 1024 * 1024;

/// Claims beyond the standard ones: an office's provider may name people by one of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Lain(HashMap<String, serde_json::Value>);

impl AdditionalClaims for Lain {}

type TokenFields = IdTokenFields<
    Lain,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Klien = Client<
    Lain,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<TokenFields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Fetches what the provider says.
#[derive(Debug)]
struct Pengambil(reqwest::Client);

impl Pengambil {
    async fn fetch(&self, request: HttpRequest) -> Result<HttpResponse, io::Error> {
        let request = request.try_into().map_err(io::Error::other)?;
        let mut answer = self.0.execute(request).await.map_err(io::Error::other)?;
        let mut response = HttpResponse::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        while let Some(piece) = answer.chunk().await.map_err(io::Error::other)? {
            response.body_mut().extend_from_slice(&piece);
            if response.body().len() > LARGEST {
                return Err(io::Error::other("jawaban penyedia identitas terlalu panjang"));
            }
        }
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Pengambil {
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, io::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.fetch(request))
    }
}

/// The identity provider of the settings.
#[derive(Debug)]
pub struct Penyedia {
    penerbit: IssuerUrl,
    klien: ClientId,
    rahasia: Option<ClientSecret>,
    kembali: RedirectUrl,
    label: String,
    klaim: String,
    segel: Segel,
    http: Pengambil,
}

impl Penyedia {
    /// The provider that the settings name, if they do; `alamat` is the server's public address, to which it sends people back.
    pub fn new(args: &SsoArgs, alamat: Option<&str>) -> anyhow::Result<Option<Self>> {
        let Some(penerbit) = &args.oidc_penerbit else { return Ok(None) };
        let klien = args.oidc_klien.clone().context("TOLOK_OIDC_KLIEN belum diisi")?;
        let alamat =
            alamat.context("TOLOK_ALAMAT belum diisi; penyedia identitas memerlukannya untuk jalan kembali")?;
        let rahasia = match (&args.oidc_rahasia, &args.oidc_rahasia_berkas) {
            (Some(rahasia), _) => Some(rahasia.clone()),
            (None, Some(path)) => {
                let text = std::fs::read_to_string(path).with_context(|| format!("berkas {}", path.display()))?;
                Some(text.trim().to_owned())
            }
            (None, None) => None,
        };
        // One provider of cryptography for the whole program; a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            // Where the provider's answers lead is not for them to say.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map(Pengambil)?;
        Ok(Some(Self {
            penerbit: IssuerUrl::new(penerbit.clone()).context("TOLOK_OIDC_PENERBIT bukan alamat")?,
            klien: ClientId::new(klien),
            segel: Segel::new(rahasia.as_deref())?,
            rahasia: rahasia.map(ClientSecret::new),
            kembali: RedirectUrl::new(format!("{}/masuk/sso/kembali", alamat.trim_end_matches('/')))
                .context("TOLOK_ALAMAT bukan alamat")?,
            label: args.oidc_label.clone(),
            klaim: args.oidc_klaim.clone(),
            http,
        }))
    }

    async fn client(&self) -> Result<Klien, GagalMasuk> {
        let metadata = CoreProviderMetadata::discover_async(self.penerbit.clone(), &self.http)
            .await
            .map_err(|e| format!("penyedia identitas tidak terbaca: {e}"))?;
        Ok(Klien::from_provider_metadata(metadata, self.klien.clone(), self.rahasia.clone())
            .set_redirect_uri(self.kembali.clone()))
    }

    async fn depart(&self, ke: &str, waktu: i64) -> Result<Keberangkatan, GagalMasuk> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client().await?;
        let (tujuan, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let until = waktu.saturating_add(AWAY).to_string();
        let parts = [state.secret().as_str(), nonce.secret().as_str(), verifier.secret().as_str(), &until, ke];
        Ok(Keberangkatan { tujuan: tujuan.into(), bekal: self.segel.seal(&parts) })
    }

    async fn arrive(&self, bekal: &str, query: &str, waktu: i64) -> Result<Kedatangan, GagalMasuk> {
        let parts = self.segel.open(bekal).ok_or("segel bekal tidak cocok")?;
        let [state, nonce, verifier, until, ke] =
            <[String; 5]>::try_from(parts).map_err(|_| "isi bekal tidak terbaca".to_owned())?;
        if until.parse::<i64>().map_or(true, |until| until < waktu) {
            return Err("terlalu lama di penyedia identitas".to_owned());
        }
        let answer: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        if answer.get("state") != Some(&state) {
            return Err("state tidak cocok: jawaban ini bukan untuk peramban ini".to_owned());
        }
        if let Some(error) = answer.get("error") {
            return Err(format!("penyedia identitas menolak: {error:?}"));
        }
        let code = answer.get("code").ok_or("jawaban tanpa kode")?;
        let bukti = self.exchange(code, &Nonce::new(nonce), PkceCodeVerifier::new(verifier)).await?;
        Ok(Kedatangan { bukti, ke })
    }

    /// Trades the code for what the provider says about the person.
    async fn exchange(&self, code: &str, nonce: &Nonce, verifier: PkceCodeVerifier) -> Result<BuktiMasuk, GagalMasuk> {
        let client = self.client().await?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| e.to_string())?
            .set_pkce_verifier(verifier)
            .request_async(&self.http)
            .await
            .map_err(|e| format!("kode tidak dapat ditukar: {e}"))?;
        let token = tokens.extra_fields().id_token().ok_or("jawaban tanpa token identitas")?;
        let claims =
            token.claims(&client.id_token_verifier(), nonce).map_err(|e| format!("token identitas tidak sah: {e}"))?;
        let several = claims.auth_method_refs().is_some_and(|refs| refs.iter().any(|r| r.as_str() == "mfa"));
        let subject = claims.subject().clone();
        let extra = &claims.additional_claims().0;
        let named = standard(
            &self.klaim,
            claims.email().map(|e| e.as_str()),
            claims.email_verified(),
            claims.preferred_username().map(|n| n.as_str()),
        )
        .or_else(|| text(extra, &self.klaim));
        let nilai = match named {
            Some(nilai) => nilai,
            // Many providers say more at a second address only.
            None => {
                let info: UserInfoClaims<Lain, CoreGenderClaim> = client
                    .user_info(tokens.access_token().clone(), Some(subject))
                    .map_err(|_| format!("penyedia identitas tidak menyebut {}", self.klaim))?
                    .request_async(&self.http)
                    .await
                    .map_err(|e| format!("keterangan pengguna tidak terbaca: {e}"))?;
                let extra = &info.additional_claims().0;
                standard(
                    &self.klaim,
                    info.email().map(|e| e.as_str()),
                    info.email_verified(),
                    info.preferred_username().map(|n| n.as_str()),
                )
                .or_else(|| text(extra, &self.klaim))
                .ok_or_else(|| format!("penyedia identitas tidak menjamin {}", self.klaim))?
            }
        };
        let klaim = if self.klaim == "email" { Klaim::Surel } else { Klaim::NamaMasuk };
        Ok(BuktiMasuk { klaim, nilai, dua_langkah: several })
    }
}

/// A standard claim; a mail address only when the provider has verified it.
fn standard(name: &str, email: Option<&str>, verified: Option<bool>, username: Option<&str>) -> Option<String> {
    match name {
        "email" if verified == Some(true) => email.map(str::to_owned),
        "preferred_username" => username.map(str::to_owned),
        _ => None,
    }
}

/// A claim of the provider's own, as text. The two above are never taken from here: an unverified address would slip through.
fn text(extra: &HashMap<String, serde_json::Value>, name: &str) -> Option<String> {
    if ["email", "preferred_username"].contains(&name) {
        return None;
    }
    extra.get(name)?.as_str().map(str::to_owned)
}

impl MasukTunggal for Penyedia {
    fn label(&self) -> &str {
        &self.label
    }

    fn begin<'a>(&'a self, ke: &'a str, waktu: i64) -> Nanti<'a, Keberangkatan> {
        Box::pin(self.depart(ke, waktu))
    }

    fn finish<'a>(&'a self, bekal: &'a str, query: &'a str, waktu: i64) -> Nanti<'a, Kedatangan> {
        Box::pin(self.arrive(bekal, query, waktu))
    }
}
