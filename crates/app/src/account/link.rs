//! Links that work once: choosing the first password, or a new one.

use tolok_domain::PenggunaId;
use tolok_store::{Akun, Galat, Hasil, JenisSekali, SekaliBaru, SuratBaru};

use super::secret::{hash_password, hash_secret, secret};
use super::throttle::Kunci;
use super::{Peminta, password};
use crate::{App, mail};

const HOUR: i64 = 3600 * 1_000_000;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JenisTautan {
    /// The first password of an invited account; works for seven days.
    Undangan,
    /// A new password; works for an hour when it was asked for by mail, a day when an administrator made it.
    Sandi,
}

/// A link that was made: how it reaches its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tautan {
    /// By mail, to this address.
    Surel(String),
    /// By hand: this is the link, shown this once. Without a public address in the settings it begins with "/".
    Serahkan(String),
}

/// A secret with the link that carries it.
pub(super) struct Rahasia {
    pub sekali: SekaliBaru,
    pub alamat: String,
}

impl JenisTautan {
    const fn jenis(self) -> JenisSekali {
        match self {
            Self::Undangan => JenisSekali::Undangan,
            Self::Sandi => JenisSekali::Sandi,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Undangan => "undangan",
            Self::Sandi => "sandi",
        }
    }

    /// How long a link that an administrator makes works, hours.
    const fn hours(self) -> i64 {
        match self {
            Self::Undangan => 7 * 24,
            Self::Sandi => 24,
        }
    }

    /// What an account without or with a password needs.
    pub(super) const fn of(akun: &Akun) -> Self {
        if akun.sandi.is_empty() { Self::Undangan } else { Self::Sandi }
    }
}

impl App {
    /// A fresh link.
    pub(super) fn link(&self, jenis: JenisTautan, hours: i64, waktu: i64) -> Rahasia {
        let rahasia = secret();
        Rahasia {
            alamat: self.address(&format!("/{}/{rahasia}", jenis.path())),
            sekali: SekaliBaru {
                jenis: jenis.jenis(),
                hash: hash_secret(&rahasia),
                sampai: waktu.saturating_add(hours * HOUR),
            },
        }
    }

    /// A link made by an administrator, with the mail that brings it where there is one.
    pub(super) fn handed_link(
        &self,
        jenis: JenisTautan,
        (nama_masuk, surel): (&str, Option<&str>),
        waktu: i64,
    ) -> (Rahasia, Option<SuratBaru>, Tautan) {
        let rahasia = self.link(jenis, jenis.hours(), waktu);
        match surel.filter(|_| self.sends_mail()) {
            Some(surel) => {
                let surat = mail::link(jenis, surel, nama_masuk, &rahasia.alamat, jenis.hours());
                (rahasia, Some(surat), Tautan::Surel(surel.to_owned()))
            }
            None => {
                let handed = Tautan::Serahkan(rahasia.alamat.clone());
                (rahasia, None, handed)
            }
        }
    }

    /// Makes a link to an account's password. For the command line, which acts with every right.
    pub async fn create_link(&self, akun: PenggunaId, waktu: i64) -> Hasil<String> {
        let akun = self.store.load_account(akun).await?;
        let jenis = JenisTautan::of(&akun);
        let rahasia = self.link(jenis, jenis.hours(), waktu);
        self.store.create_secret(akun.id(), &rahasia.sekali, None, waktu).await?;
        Ok(rahasia.alamat)
    }

    /// Sends a link to the password of the account with that mail address, if there is one. The answer does not tell.
    ///
    /// Permission: none; each address gets three an hour.
    pub async fn request_link(&self, surel: &str, peminta: &Peminta, waktu: i64) -> Hasil<()> {
        let surel = surel.trim().to_lowercase();
        if !self.sends_mail() || surel.len() > super::LONGEST {
            return Ok(());
        }
        let keys = peminta.keys(Kunci::Surel(surel.clone()));
        self.masuk.admit(&keys, waktu)?;
        self.masuk.failed(&keys, waktu);
        let akun = self.store.find_account_by_mail(&surel).await?;
        let Some(akun) = akun.filter(|a| a.nonaktif.is_none()) else { return Ok(()) };
        let rahasia = self.link(JenisTautan::Sandi, 1, waktu);
        let surat = mail::link(JenisTautan::Sandi, &surel, &akun.nama_masuk, &rahasia.alamat, 1);
        self.store.create_secret(akun.id(), &rahasia.sekali, Some(&surat), waktu).await
    }

    /// The sign-in name of the account that a link is for.
    ///
    /// Permission: the link.
    pub async fn open_link(&self, jenis: JenisTautan, rahasia: &str, waktu: i64) -> Hasil<String> {
        self.linked(jenis, rahasia, waktu).await.map(|akun| akun.nama_masuk)
    }

    /// Sets the password of the account that a link is for, and uses the link up. All sessions of the account end; the second factor
    /// stays.
    ///
    /// Permission: the link.
    pub async fn choose_password(&self, jenis: JenisTautan, rahasia: &str, sandi: &str, waktu: i64) -> Hasil<()> {
        let akun = self.linked(jenis, rahasia, waktu).await?;
        let hash = self.acceptable(&akun, sandi).await?;
        let surat = self.notice(&akun, "Sandi akun Anda baru saja dibuat lewat tautan sekali pakai.");
        self.store
            .save_password_by(jenis.jenis(), &hash_secret(rahasia), &hash, surat.as_ref(), waktu)
            .await
            .map_err(gone)
    }

    async fn linked(&self, jenis: JenisTautan, rahasia: &str, waktu: i64) -> Hasil<Akun> {
        let found = self.store.find_secret(jenis.jenis(), &hash_secret(rahasia), waktu).await?;
        found.ok_or_else(over)
    }

    /// The hash of a password that may be taken.
    pub(super) async fn acceptable(&self, akun: &Akun, sandi: &str) -> Hasil<String> {
        password::check(sandi, &[&akun.nama_masuk, &akun.nama, akun.surel.as_deref().unwrap_or_default()])?;
        let _turn = self.masuk.checking.acquire().await.map_err(Galat::unavailable)?;
        let sandi = sandi.to_owned();
        tokio::task::spawn_blocking(move || hash_password(&sandi)).await.map_err(Galat::unavailable)?
    }
}

fn over() -> Galat {
    Galat::TidakDitemukan("tautan (sudah dipakai, sudah diganti, atau lewat waktunya; minta yang baru)".to_owned())
}

fn gone(galat: Galat) -> Galat {
    if matches!(galat, Galat::TidakDitemukan(_)) { over() } else { galat }
}
