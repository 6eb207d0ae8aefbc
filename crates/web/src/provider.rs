//! Single sign-on as pages see it. The protocol lives outside: this crate only sends the browser away and takes it back.

use std::fmt::Debug;
use std::pin::Pin;

use tolok_app::BuktiMasuk;

/// A sign-in that has begun.
#[derive(Debug, Clone)]
pub struct Keberangkatan {
    /// Where the browser goes: the provider's page.
    pub tujuan: String,
    /// What it must bring back, for a cookie. Sealed by the provider's implementation, useless for anybody else.
    pub bekal: String,
}

/// A sign-in that has ended.
#[derive(Debug, Clone)]
pub struct Kedatangan {
    /// What the provider vouches for.
    pub bukti: BuktiMasuk,
    /// The page that was asked for at the beginning.
    pub ke: String,
}

/// Why nobody was signed in; the text is for the log.
pub type GagalMasuk = String;

/// The future of a call.
pub type Nanti<'a, T> = Pin<Box<dyn Future<Output = Result<T, GagalMasuk>> + Send + 'a>>;

/// An identity provider.
pub trait MasukTunggal: Debug + Send + Sync {
    /// Text of the button.
    fn label(&self) -> &str;
    /// Begins a sign-in that shall lead to the page `ke`.
    fn begin<'a>(&'a self, ke: &'a str, waktu: i64) -> Nanti<'a, Keberangkatan>;
    /// Ends it: `bekal` is what the cookie brings back, `query` what the provider has written into the address.
    fn finish<'a>(&'a self, bekal: &'a str, query: &'a str, waktu: i64) -> Nanti<'a, Kedatangan>;
}
