//! What people do with their own account. A valid session is the permission; what touches the ways of signing in asks the password
//! again, and puts a new session in the place of all that there were (OWASP ASVS 5, 7.4.3 and 7.5.1).

use qrcode::QrCode;
use qrcode::render::svg;
use tolok_store::{Akun, Galat, Hasil, SesiAkun};

use super::secret::{base32, from_base32, hash_secret, random, secret};
use super::throttle::Kunci;
use super::{IDLE, LIFETIME, Masuk, Peminta, Sesi, totp};
use crate::App;

/// Recovery codes that are given.
const CODES: usize = 8;
/// Bytes of the second factor's secret, as RFC 4226 recommends.
const SECRET: usize = 20;

/// The own account.
#[derive(Debug, Clone)]
pub struct AkunSaya {
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name shown to others.
    pub nama: String,
    /// Mail address.
    pub surel: Option<String>,
    /// Whether there is a password; without one the way in is single sign-on.
    pub bersandi: bool,
    /// Whether there is a second factor.
    pub dua_langkah: bool,
    /// Recovery codes that are left.
    pub pulih: i64,
    /// Valid sessions, latest use first.
    pub sesi: Vec<SesiSaya>,
}

/// A session of the own account.
#[derive(Debug, Clone)]
pub struct SesiSaya {
    /// What the list shows.
    pub sesi: SesiAkun,
    /// Whether it is the one that asks.
    pub ini: bool,
}

/// A second factor that may be turned on.
#[derive(Debug, Clone)]
pub struct TawaranTotp {
    /// Its secret, base32: for typing it in.
    pub rahasia: String,
    /// The same as a picture to be scanned, SVG.
    pub gambar: String,
}

impl App {
    /// The own account with its sessions; `rahasia` is the secret of the session that asks.
    ///
    /// Permission: a session.
    pub async fn own_account(&self, sesi: &Sesi, rahasia: &str, waktu: i64) -> Hasil<AkunSaya> {
        let akun = self.store.load_account(sesi.0.akun).await?;
        let pulih = if akun.totp.is_empty() { 0 } else { self.store.recovery_codes(akun.id()).await? };
        let list = self.store.sessions(akun.id(), waktu - LIFETIME, waktu - IDLE).await?;
        let this = hash_secret(rahasia);
        let sesi = list.into_iter().map(|sesi| SesiSaya { ini: sesi.sesi_hash == this, sesi }).collect();
        Ok(AkunSaya {
            nama_masuk: akun.nama_masuk,
            nama: akun.nama,
            surel: akun.surel,
            bersandi: !akun.sandi.is_empty(),
            dua_langkah: !akun.totp.is_empty(),
            pulih,
            sesi,
        })
    }

    /// Changes the own password.
    ///
    /// Permission: a session and the old password.
    pub async fn change_password(
        &self,
        sesi: &Sesi,
        (lama, baru): (&str, &str),
        peminta: &Peminta,
        waktu: i64,
    ) -> Hasil<Masuk> {
        let akun = self.confirmed(sesi, lama, peminta, waktu).await?;
        let hash = self.acceptable(&akun, baru).await?;
        let rahasia = secret();
        let surat = self.notice(&akun, "Sandi akun Anda baru saja diganti.");
        let anew = peminta.session(&rahasia, waktu);
        self.store.update_password(akun.id(), &hash, &anew, surat.as_ref(), waktu).await?;
        Ok(Masuk { rahasia, perlu_kode: false })
    }

    /// A second factor to be turned on by [`App::enable_totp`].
    ///
    /// Permission: a session.
    pub async fn offer_totp(&self, sesi: &Sesi) -> Hasil<TawaranTotp> {
        let akun = self.store.load_account(sesi.0.akun).await?;
        picture(&akun, base32(&random::<SECRET>()))
    }

    /// The offer with this secret once more, for a form that is shown again; a fresh one when it is none.
    ///
    /// Permission: a session.
    pub async fn repeat_totp(&self, sesi: &Sesi, rahasia: &str) -> Hasil<TawaranTotp> {
        if from_base32(rahasia).is_none_or(|key| key.len() != SECRET) {
            return self.offer_totp(sesi).await;
        }
        let akun = self.store.load_account(sesi.0.akun).await?;
        picture(&akun, rahasia.to_owned())
    }

    /// Turns the second factor on and gives the recovery codes, which are shown this once.
    ///
    /// Permission: a session, the password, and a code of the offered factor.
    pub async fn enable_totp(
        &self,
        sesi: &Sesi,
        (rahasia, kode, sandi): (&str, &str, &str),
        peminta: &Peminta,
        waktu: i64,
    ) -> Hasil<(Masuk, Vec<String>)> {
        let akun = self.confirmed(sesi, sandi, peminta, waktu).await?;
        if from_base32(rahasia).is_none_or(|key| key.len() != SECRET) {
            return Err(Galat::TidakSah(
                "kode QR tidak terbaca lagi; muat ulang halaman dan pindai kembali".to_owned(),
            ));
        }
        let typed: String = kode.chars().filter(char::is_ascii_digit).collect();
        let step = totp::matching_step(rahasia, &typed, waktu).ok_or_else(|| {
            Galat::TidakSah(
                "kode tidak cocok; pastikan jam ponsel tepat, lalu ketik kode yang sedang tampil".to_owned(),
            )
        })?;
        // 120 random bits each: a fast hash is enough.
        let codes: Vec<String> = (0..CODES).map(|_| base32(&random::<15>())).collect();
        let hashes: Vec<String> = codes.iter().map(|code| hash_secret(code)).collect();
        let new = secret();
        let surat = self.notice(&akun, "Verifikasi dua langkah akun Anda baru saja dinyalakan.");
        let anew = peminta.session(&new, waktu);
        self.store.save_totp(akun.id(), (rahasia, step, &hashes), &anew, surat.as_ref(), waktu).await?;
        Ok((Masuk { rahasia: new, perlu_kode: false }, codes.iter().map(|code| grouped(code)).collect()))
    }

    /// Turns the second factor off.
    ///
    /// Permission: a session and the password.
    pub async fn disable_totp(&self, sesi: &Sesi, sandi: &str, peminta: &Peminta, waktu: i64) -> Hasil<Masuk> {
        let akun = self.confirmed(sesi, sandi, peminta, waktu).await?;
        let rahasia = secret();
        let surat = self.notice(&akun, "Verifikasi dua langkah akun Anda baru saja dimatikan.");
        self.store.delete_own_totp(akun.id(), &peminta.session(&rahasia, waktu), surat.as_ref(), waktu).await?;
        Ok(Masuk { rahasia, perlu_kode: false })
    }

    /// Ends a session of the own account, or all but the one that asks (`rahasia`) when none is named.
    ///
    /// Permission: a session and the password, where there is one.
    pub async fn end_sessions(
        &self,
        sesi: &Sesi,
        (rahasia, only, sandi): (&str, Option<&str>, &str),
        peminta: &Peminta,
        waktu: i64,
    ) -> Hasil<()> {
        let akun = self.store.load_account(sesi.0.akun).await?;
        if !akun.sandi.is_empty() {
            self.confirmed(sesi, sandi, peminta, waktu).await?;
        }
        self.store.delete_sessions(akun.id(), only, &hash_secret(rahasia)).await
    }

    /// The own account, once the password was typed again. Guesses count like those at sign-in.
    async fn confirmed(&self, sesi: &Sesi, sandi: &str, peminta: &Peminta, waktu: i64) -> Hasil<Akun> {
        let akun = self.store.load_account(sesi.0.akun).await?;
        if akun.sandi.is_empty() {
            return Err(Galat::TidakSah(
                "akun ini belum bersandi; minta tautan sandi dari admin atau lewat \"Lupa sandi\", lalu coba lagi"
                    .to_owned(),
            ));
        }
        let name = Kunci::Nama(akun.nama_masuk.clone());
        let keys = peminta.keys(name.clone());
        self.masuk.admit(&keys, waktu)?;
        if sandi.len() > super::LONGEST || !self.fits(Some(&akun), sandi).await? {
            self.masuk.failed(&keys, waktu);
            return Err(Galat::TidakSah("sandi Anda sekarang tidak cocok; periksa lalu coba lagi".to_owned()));
        }
        self.masuk.forget(&name);
        Ok(akun)
    }
}

/// The offer as authenticator apps read it (Key Uri Format).
fn picture(akun: &Akun, rahasia: String) -> Hasil<TawaranTotp> {
    let safe = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let name: String = akun.nama_masuk.chars().filter(|c| safe(*c)).collect();
    let uri = format!("otpauth://totp/Tolok:{name}?secret={rahasia}&issuer=Tolok");
    let drawn = QrCode::new(uri.as_bytes()).map_err(Galat::unavailable)?.render::<svg::Color<'_>>().build();
    // Inside a page the declaration of a file has no place, and the page itself says what the picture is.
    let gambar = drawn.find("<svg").and_then(|at| drawn.get(at..)).unwrap_or_default();
    let gambar = gambar.replacen("<svg", "<svg aria-hidden=\"true\"", 1);
    Ok(TawaranTotp { rahasia, gambar })
}

/// A code in groups of four, for reading and typing.
fn grouped(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
