//! Signing in by an identity provider of the region (OpenID Connect): it says who somebody is, Tolok says what the account may do.

use tolok_store::Hasil;

use super::secret::secret;
use super::{Masuk, Peminta};
use crate::App;

/// Which of the provider's statements names the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Klaim {
    /// A mail address that the provider has verified: the account with this address.
    Surel,
    /// A name: the account with this sign-in name.
    NamaMasuk,
}

/// What the provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuktiMasuk {
    /// What kind of statement it is.
    pub klaim: Klaim,
    /// The address or name.
    pub nilai: String,
    /// Whether the provider says that it asked for more than one factor (`amr` holds "mfa", RFC 8176).
    pub dua_langkah: bool,
}

impl App {
    /// Signs in the account that the provider vouches for. `None` when there is no such account, or it is switched off: accounts are
    /// made by administrators only. The second factor of the account is asked unless the provider has asked for one itself: a
    /// provider that is silent about it may have asked for a password only (OWASP ASVS 5, 6.8.4).
    pub async fn sign_in_by_provider(&self, bukti: &BuktiMasuk, peminta: &Peminta, waktu: i64) -> Hasil<Option<Masuk>> {
        let nilai = bukti.nilai.trim().to_lowercase();
        let akun = match bukti.klaim {
            _ if nilai.is_empty() => None,
            Klaim::Surel => self.store.find_account_by_mail(&nilai).await?,
            Klaim::NamaMasuk => self.store.find_account(&nilai).await?,
        };
        let Some(akun) = akun.filter(|akun| akun.nonaktif.is_none()) else { return Ok(None) };
        if !bukti.dua_langkah {
            return self.admit(&akun, peminta, waktu).await.map(Some);
        }
        let rahasia = secret();
        self.store.create_session(&peminta.session(&rahasia, waktu), akun.id(), waktu).await?;
        Ok(Some(Masuk { rahasia, perlu_kode: false }))
    }
}
