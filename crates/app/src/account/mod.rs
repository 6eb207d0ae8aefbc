//! Accounts: signing in and out, in this file; what administrators do (`manage`), what people do with their own account (`own`),
//! and choosing a password by link (`link`).

mod link;
mod manage;
mod own;
mod password;
mod provider;
pub(crate) mod secret;
mod throttle;
mod totp;

use std::net::IpAddr;

pub use link::{JenisTautan, Tautan};
pub use manage::{IsianAkun, Undangan};
pub use own::{AkunSaya, SesiSaya, TawaranTotp};
pub use password::check as check_password;
pub use provider::{BuktiMasuk, Klaim};
use throttle::Kunci;
pub(crate) use throttle::Pembatas;
use tolok_domain::access::{Hak, Pemberian, Penugasan, Peran};
use tolok_domain::{InstansiId, PenggunaId};
use tolok_store::{
    Akun, AkunBaru, Ctx, Diberi, Faktor, Galat, Hasil, JenisSekali, PeranBerlaku, SekaliBaru, SesiBaru, SesiTersimpan,
};

use crate::{App, day};
use secret::{UNKNOWN, hash_password, hash_secret, password_fits, secret};

/// A session ends this long after its last use, microseconds.
const IDLE: i64 = 8 * 3600 * 1_000_000;
/// And this long after it began.
const LIFETIME: i64 = 7 * 24 * 3600 * 1_000_000;
/// The last use is noted at most this often, so that reading pages seldom writes.
const NOTED: i64 = 5 * 60 * 1_000_000;
/// How long the second factor is awaited after the password.
const AWAITED: i64 = 10 * 60 * 1_000_000;
/// Longest sign-in name and password that are looked at, bytes.
const LONGEST: usize = 256;

/// From where somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Peminta {
    /// Network address, where it is known to be the client's own.
    pub alamat: Option<IpAddr>,
    /// The browser, in a few words.
    pub peramban: String,
}

/// Outcome of signing in.
#[derive(Debug, Clone)]
pub struct Masuk {
    /// The secret for the cookie. Only its hash is stored.
    pub rahasia: String,
    /// Whether it only shows that the password was right: the second factor is still asked, see [`App::confirm_code`].
    pub perlu_kode: bool,
}

/// A valid session.
#[derive(Debug, Clone)]
pub struct Sesi(SesiTersimpan);

impl Sesi {
    /// Of what the store found.
    pub(crate) const fn from_stored(found: SesiTersimpan) -> Self {
        Self(found)
    }

    /// The account.
    pub const fn akun(&self) -> PenggunaId {
        self.0.akun
    }

    /// Whether the account has this right in any office.
    pub fn may(&self, hak: Hak) -> bool {
        self.0.peran.iter().any(|r| r.tugas.peran.grants(hak))
    }

    /// The account's name.
    pub fn nama(&self) -> &str {
        &self.0.nama
    }

    /// How many notices of an office the account has not read.
    pub fn unread(&self, instansi: InstansiId) -> i64 {
        self.0.peran.iter().find(|r| r.instansi == instansi).map_or(0, |r| r.kabar)
    }

    /// The context of an action in the office of that code, or in the first one where the account has a role.
    pub fn context(&self, kode: Option<&str>, waktu: i64) -> Option<Ctx> {
        let of_office = |r: &&PeranBerlaku| kode.is_none_or(|kode| r.kode == kode);
        self.0.peran.iter().find(of_office).map(|found| self.office(found, waktu))
    }

    /// The contexts of all offices in which the account has this right, by code.
    pub fn contexts(&self, hak: Hak, waktu: i64) -> Vec<(String, Ctx)> {
        let mut found: Vec<(String, Ctx)> = Vec::new();
        for role in self.0.peran.iter().filter(|r| r.tugas.peran.grants(hak)) {
            if found.iter().all(|(kode, _)| *kode != role.kode) {
                found.push((role.kode.clone(), self.office(role, waktu)));
            }
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found
    }

    /// The offices that have ended and in which the account acts only because its own office goes on with their work: code and context.
    pub fn inherited(&self, waktu: i64) -> Vec<(String, Ctx)> {
        let mut found: Vec<(String, Ctx)> = Vec::new();
        for role in self.0.peran.iter().filter(|r| r.sebagai_penerus) {
            let own = self.0.peran.iter().any(|r| r.kode == role.kode && !r.sebagai_penerus);
            if !own && found.iter().all(|(kode, _)| *kode != role.kode) {
                found.push((role.kode.clone(), self.office(role, waktu)));
            }
        }
        found
    }

    /// Codes of the offices in which the account has a role.
    pub fn offices(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for role in &self.0.peran {
            if !found.contains(&role.kode.as_str()) {
                found.push(&role.kode);
            }
        }
        found
    }

    fn office(&self, found: &PeranBerlaku, waktu: i64) -> Ctx {
        let of_office = self.0.peran.iter().filter(|r| r.instansi == found.instansi);
        Ctx {
            instansi: found.instansi,
            akun: Some(self.0.akun),
            pelaku: self.0.nama.clone(),
            tugas: of_office.map(|r| r.tugas.clone()).collect(),
            waktu,
            versi: Some(found.versi),
            lampau: false,
            kunci_kirim: None,
        }
    }
}

impl App {
    /// Makes an account with roles in an office. For the command line and for setting up, which see to the password's quality
    /// themselves ([`check_password`]); without one, [`App::create_link`] is the way to it.
    pub async fn create_account(
        &self,
        instansi: InstansiId,
        nama_masuk: &str,
        nama: &str,
        sandi: impl Into<Option<&str>> + Send,
        tugas: &[Penugasan],
        waktu: i64,
    ) -> Hasil<PenggunaId> {
        let roles: Vec<Pemberian> = tugas.iter().cloned().map(Pemberian::lasting).collect();
        let akun = new_account(nama_masuk, nama, sandi.into())?;
        self.store.create_account(&akun, &Diberi::Instansi(instansi, &roles), waktu).await
    }

    /// Makes an account with a role in all offices of a region. For the command line and for setting up.
    pub async fn create_region_account(
        &self,
        daerah: &str,
        nama_masuk: &str,
        nama: &str,
        sandi: &str,
        peran: Peran,
        waktu: i64,
    ) -> Hasil<PenggunaId> {
        let akun = new_account(nama_masuk, nama, Some(sandi))?;
        self.store.create_account(&akun, &Diberi::Daerah(daerah, peran), waktu).await
    }

    /// Signs in by name and password. `None` when name or password is wrong or the account is switched off, without saying which.
    pub async fn sign_in(&self, nama_masuk: &str, sandi: &str, peminta: &Peminta, waktu: i64) -> Hasil<Option<Masuk>> {
        if nama_masuk.len() > LONGEST || sandi.len() > LONGEST {
            return Ok(None);
        }
        let name = Kunci::Nama(nama_masuk.to_owned());
        let keys = peminta.keys(name.clone());
        self.masuk.admit(&keys, waktu)?;
        let akun = self.store.find_account(nama_masuk).await?;
        let fits = self.fits(akun.as_ref(), sandi).await?;
        let Some(akun) = akun.filter(|akun| fits && akun.nonaktif.is_none()) else {
            self.masuk.failed(&keys, waktu);
            return Ok(None);
        };
        self.masuk.forget(&name);
        self.admit(&akun, peminta, waktu).await.map(Some)
    }

    /// Gives the session, or waits for the second factor of an account that has one.
    async fn admit(&self, akun: &Akun, peminta: &Peminta, waktu: i64) -> Hasil<Masuk> {
        let rahasia = secret();
        let perlu_kode = !akun.totp.is_empty();
        if perlu_kode {
            let kode = SekaliBaru {
                jenis: JenisSekali::Kode,
                hash: hash_secret(&rahasia),
                sampai: waktu.saturating_add(AWAITED),
            };
            self.store.create_secret(akun.id(), &kode, None, waktu).await?;
        } else {
            self.store.create_session(&peminta.session(&rahasia, waktu), akun.id(), waktu).await?;
        }
        Ok(Masuk { rahasia, perlu_kode })
    }

    /// Finishes signing in with a code of the authenticator app or a recovery code; `rahasia` is what the password gave. `None`
    /// when the code is wrong or was used before; [`Galat::TidakDitemukan`] when one must begin again with the password.
    pub async fn confirm_code(&self, rahasia: &str, kode: &str, peminta: &Peminta, waktu: i64) -> Hasil<Option<Masuk>> {
        let awaited = hash_secret(rahasia);
        let akun = self.store.find_secret(JenisSekali::Kode, &awaited, waktu).await?;
        let akun = akun.ok_or_else(|| Galat::TidakDitemukan("permintaan masuk".to_owned()))?;
        let own = Kunci::Kode(akun.id());
        let keys = peminta.keys(own.clone());
        self.masuk.admit(&keys, waktu)?;
        let typed: String = kode.chars().filter(char::is_ascii_alphanumeric).take(LONGEST).collect();
        let recovery = hash_secret(&typed.to_ascii_uppercase());
        let faktor = match totp::matching_step(&akun.totp, &typed, waktu) {
            Some(step) => Faktor::Langkah(step),
            None => Faktor::Pulih(&recovery),
        };
        let rahasia = secret();
        let sesi = peminta.session(&rahasia, waktu);
        if !self.store.create_session_by_factor(&awaited, faktor, &sesi, waktu).await? {
            self.masuk.failed(&keys, waktu);
            return Ok(None);
        }
        self.masuk.forget(&own);
        Ok(Some(Masuk { rahasia, perlu_kode: false }))
    }

    /// Whether a password fits. No account, or one without a password, costs as much time as any: the answer does not tell which
    /// names exist.
    async fn fits(&self, akun: Option<&Akun>, sandi: &str) -> Hasil<bool> {
        let hash = akun.map(|akun| akun.sandi.clone()).filter(|hash| !hash.is_empty());
        let (hash, sandi) = (hash.unwrap_or_else(|| UNKNOWN.to_owned()), sandi.to_owned());
        let _turn = self.masuk.checking.acquire().await.map_err(Galat::unavailable)?;
        tokio::task::spawn_blocking(move || password_fits(&sandi, &hash)).await.map_err(Galat::unavailable)
    }

    /// The session of a cookie's secret, if it is still valid.
    pub async fn session(&self, rahasia: &str, waktu: i64) -> Hasil<Option<Sesi>> {
        let hash = hash_secret(rahasia);
        let today = day(waktu).to_string();
        let found = self.store.find_session(&hash, waktu - LIFETIME, waktu - IDLE, &today).await?;
        let Some(found) = found else { return Ok(None) };
        if waktu - found.terakhir > NOTED {
            self.store.update_session(&hash, waktu).await?;
        }
        Ok(Some(Sesi(found)))
    }

    /// Ends a session.
    pub async fn sign_out(&self, rahasia: &str) -> Hasil<()> {
        self.store.delete_session(&hash_secret(rahasia)).await
    }
}

impl Peminta {
    /// What is counted against: one thing, and the address where it is known.
    fn keys(&self, one: Kunci) -> Vec<Kunci> {
        std::iter::once(one).chain(self.alamat.map(Kunci::Alamat)).collect()
    }

    fn session(&self, rahasia: &str, waktu: i64) -> SesiBaru {
        SesiBaru { hash: hash_secret(rahasia), peramban: self.peramban.clone(), usai: waktu - LIFETIME }
    }
}

fn new_account(nama_masuk: &str, nama: &str, sandi: Option<&str>) -> Hasil<AkunBaru> {
    let sandi = sandi.map(hash_password).transpose()?.unwrap_or_default();
    Ok(AkunBaru { nama_masuk: nama_masuk.to_owned(), nama: nama.to_owned(), surel: None, sandi })
}
