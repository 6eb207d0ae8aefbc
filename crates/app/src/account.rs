//! Signing in and out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::rand_core::{OsRng, RngCore};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tolok_domain::access::{Hak, Penugasan, Peran};
use tolok_domain::{InstansiId, PenggunaId};
use tolok_store::{AkunBaru, Ctx, Galat, Hasil, PeranBerlaku, SesiTersimpan};

use crate::{App, day};

/// A session ends this long after its last use, microseconds.
const IDLE: i64 = 8 * 3600 * 1_000_000;
/// And this long after it began.
const LONGEST: i64 = 7 * 24 * 3600 * 1_000_000;
/// The last use is noted at most this often, so that reading pages seldom writes.
const NOTED: i64 = 5 * 60 * 1_000_000;

/// Outcome of signing in.
#[derive(Debug, Clone)]
pub struct Masuk {
    /// The secret for the cookie. Only its hash is stored.
    pub rahasia: String,
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

    /// The account's name.
    pub fn nama(&self) -> &str {
        &self.0.nama
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
            if found.last().is_none_or(|(kode, _)| *kode != role.kode) {
                found.push((role.kode.clone(), self.office(role, waktu)));
            }
        }
        found
    }

    /// Whether the account has this right in any office.
    pub fn may(&self, hak: Hak) -> bool {
        self.0.peran.iter().any(|r| r.tugas.peran.grants(hak))
    }

    /// Codes of the offices in which the account has a role.
    pub fn offices(&self) -> Vec<&str> {
        let mut kode: Vec<&str> = self.0.peran.iter().map(|r| r.kode.as_str()).collect();
        kode.dedup();
        kode
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

/// Slows down guessing: after some failures for a name, it is refused for a while.
pub(crate) struct Pembatas {
    failures: Mutex<HashMap<String, (u32, i64)>>,
    /// Checking a password costs a core and twenty megabytes for a moment: few at a time, the others wait.
    checking: Semaphore,
}

/// Longest sign-in name and password that are looked at, bytes.
const LONGEST_NAME: usize = 256;
/// Failures before a name has to wait.
const FAILURES: u32 = 5;
/// How long it waits, microseconds.
const WAIT: i64 = 60 * 1_000_000;
/// How many names are remembered.
const REMEMBERED: usize = 10_000;

impl Pembatas {
    pub fn new() -> Self {
        Self { failures: Mutex::default(), checking: Semaphore::new(2) }
    }

    fn is_blocked(&self, nama: &str, waktu: i64) -> bool {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(nama).is_some_and(|(count, last)| *count >= FAILURES && waktu - last < WAIT)
    }

    fn note(&self, nama: &str, good: bool, waktu: i64) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if good {
            failures.remove(nama);
            return;
        }
        if failures.len() >= REMEMBERED {
            failures.retain(|_, (_, last)| waktu - *last < WAIT);
        }
        let entry = failures.entry(nama.to_owned()).or_default();
        // Waiting it out gives a fresh start.
        entry.0 = if waktu - entry.1 >= WAIT { 1 } else { entry.0 + 1 };
        entry.1 = waktu;
    }
}

/// A fresh 256-bit secret, hex.
pub(crate) fn secret() -> String {
    let mut bytes = [0_u8; 32];
    OsRng.fill_bytes(&mut bytes);
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(crate) fn hash_secret(rahasia: &str) -> String {
    Sha256::digest(rahasia.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Hash of a password (argon2id with the library's defaults, OWASP's recommendation).
fn hash_password(sandi: &str) -> Hasil<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(sandi.as_bytes(), &salt).map_err(Galat::unavailable)?;
    Ok(hash.to_string())
}

fn password_fits(sandi: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|h| Argon2::default().verify_password(sandi.as_bytes(), &h).is_ok())
}

impl App {
    /// Makes an account with roles in an office. For the command line and for setting up.
    pub async fn create_account(
        &self,
        instansi: InstansiId,
        nama_masuk: &str,
        nama: &str,
        sandi: &str,
        tugas: &[Penugasan],
        waktu: i64,
    ) -> Hasil<PenggunaId> {
        let akun = AkunBaru { nama_masuk: nama_masuk.to_owned(), nama: nama.to_owned(), sandi: hash_password(sandi)? };
        let id = self.store.create_account(&akun, waktu).await?;
        for tugas in tugas {
            self.store.create_role(instansi, id, tugas).await?;
        }
        Ok(id)
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
        let akun = AkunBaru { nama_masuk: nama_masuk.to_owned(), nama: nama.to_owned(), sandi: hash_password(sandi)? };
        let id = self.store.create_account(&akun, waktu).await?;
        self.store.create_region_role(daerah, id, peran).await?;
        Ok(id)
    }

    /// Signs in. `None` when name or password is wrong, without saying which.
    pub async fn sign_in(&self, nama_masuk: &str, sandi: &str, waktu: i64) -> Hasil<Option<Masuk>> {
        if nama_masuk.len() > LONGEST_NAME || sandi.len() > LONGEST_NAME {
            return Ok(None);
        }
        if self.masuk.is_blocked(nama_masuk, waktu) {
            return Err(Galat::TidakSah("terlalu banyak percobaan; tunggu satu menit lalu coba lagi".to_owned()));
        }
        let akun = self.store.find_account(nama_masuk).await?;
        let sandi = sandi.to_owned();
        // An unknown name costs as much time as a known one: the answer does not tell which names exist.
        let hash = match &akun {
            Some(akun) => akun.sandi.clone(),
            None => UNKNOWN.to_owned(),
        };
        let _turn = self.masuk.checking.acquire().await.map_err(Galat::unavailable)?;
        let fits =
            tokio::task::spawn_blocking(move || password_fits(&sandi, &hash)).await.map_err(Galat::unavailable)?;
        let akun = akun.filter(|_| fits);
        self.masuk.note(nama_masuk, akun.is_some(), waktu);
        let Some(akun) = akun else { return Ok(None) };
        let rahasia = secret();
        self.store.create_session(&hash_secret(&rahasia), PenggunaId(akun.akun_id), waktu).await?;
        Ok(Some(Masuk { rahasia }))
    }

    /// The session of a cookie's secret, if it is still valid.
    pub async fn session(&self, rahasia: &str, waktu: i64) -> Hasil<Option<Sesi>> {
        let hash = hash_secret(rahasia);
        let today = day(waktu).to_string();
        let found = self.store.find_session(&hash, waktu - LONGEST, waktu - IDLE, &today).await?;
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

/// Hash of a password that nobody knows, for names that do not exist.
const UNKNOWN: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2VtYmFyYW5nLWdhcmFt$SgpJ2iFIEC5g3pC0YPJbVuvW3kCjVLGoyYxTDnGx1xY";
