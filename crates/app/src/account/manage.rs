//! Accounts of an office: what its administrator does. Each change is an entry in the office's ledger.

use std::collections::HashSet;

use tolok_domain::PenggunaId;
use tolok_domain::access::{Hak, Lingkup, Pemberian, Peran};
use tolok_store::{Akun, AkunBaru, AkunInstansi, Ctx, Galat, Hasil};

use super::link::{JenisTautan, Tautan};
use crate::{App, day, long_date, require};

/// Who is invited.
#[derive(Debug, Clone)]
pub struct Undangan {
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name and mail address.
    pub isian: IsianAkun,
    /// Roles in the office.
    pub peran: Vec<Pemberian>,
}

/// What an administrator may change of an account.
#[derive(Debug, Clone)]
pub struct IsianAkun {
    /// Name shown to others: officials are named by their office.
    pub nama: String,
    /// Mail address; may be empty.
    pub surel: String,
}

/// Longest shown name, in characters.
const MAX_NAME: usize = 120;
/// Longest mail address, in bytes (RFC 5321).
const MAX_MAIL: usize = 254;

impl App {
    /// Accounts that have a role in the office, by name.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office.
    pub async fn accounts(&self, ctx: &Ctx) -> Hasil<Vec<AkunInstansi>> {
        may_manage(ctx)?;
        self.store.office_accounts(ctx, None).await
    }

    /// One account of the office.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office.
    pub async fn account(&self, ctx: &Ctx, akun: PenggunaId) -> Hasil<AkunInstansi> {
        may_manage(ctx)?;
        let found = self.store.office_accounts(ctx, Some(akun)).await?;
        found.into_iter().next().ok_or_else(|| Galat::TidakDitemukan("akun".to_owned()))
    }

    /// The account of that sign-in name.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office.
    pub async fn account_named(&self, ctx: &Ctx, nama_masuk: &str) -> Hasil<AkunInstansi> {
        may_manage(ctx)?;
        let akun = self.store.find_account(nama_masuk).await?;
        let akun = akun.ok_or_else(|| Galat::TidakDitemukan("akun".to_owned()))?;
        self.account(ctx, akun.id()).await
    }

    /// Makes an account without a password, with roles in this office, and the link with which its owner chooses one.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office.
    pub async fn invite(&self, ctx: &Ctx, undangan: &Undangan) -> Hasil<(PenggunaId, Tautan)> {
        may_manage(ctx)?;
        let nama_masuk = undangan.nama_masuk.trim().to_lowercase();
        sign_in_name(&nama_masuk)?;
        let (nama, surel) = undangan.isian.checked()?;
        self.check_roles(ctx, &[], &undangan.peran).await?;
        let (rahasia, surat, tautan) =
            self.handed_link(JenisTautan::Undangan, (&nama_masuk, surel.as_deref()), ctx.waktu);
        let rincian = format!("{nama}: {}", describe(&undangan.peran));
        let akun = AkunBaru { nama_masuk, nama, surel, sandi: String::new() };
        let id =
            self.store.create_invited(ctx, &akun, &undangan.peran, &rahasia.sekali, surat.as_ref(), &rincian).await?;
        Ok((id, tautan))
    }

    /// Gives roles in this office to an account that exists already, in whatever office.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office.
    pub async fn add_account(&self, ctx: &Ctx, nama_masuk: &str, roles: &[Pemberian]) -> Hasil<PenggunaId> {
        may_manage(ctx)?;
        let nama_masuk = nama_masuk.trim().to_lowercase();
        let akun = self.store.find_account(&nama_masuk).await?;
        let akun = akun
            .ok_or_else(|| Galat::TidakSah(format!("akun \"{nama_masuk}\" tidak ditemukan; periksa nama akunnya")))?;
        self.check_roles(ctx, &[], roles).await?;
        let rincian = format!("{}: {}", akun.nama, describe(roles));
        match self.store.save_roles(ctx, &akun, &[], roles, day(ctx.waktu), &rincian).await {
            Err(Galat::Bentrok) => Err(Galat::TidakSah(format!(
                "akun \"{nama_masuk}\" sudah berperan di instansi ini; ubah perannya di halamannya"
            ))),
            other => other.map(|()| akun.id()),
        }
    }

    /// Puts other roles in the place of those that an account has in this office; `seen` are the ones that were looked at. None at
    /// all takes the account out of the office.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office.
    pub async fn change_roles(
        &self,
        ctx: &Ctx,
        akun: PenggunaId,
        seen: &[Pemberian],
        roles: &[Pemberian],
    ) -> Hasil<()> {
        may_manage(ctx)?;
        let akun = self.of_office(ctx, akun).await?;
        if !roles.is_empty() {
            self.check_roles(ctx, seen, roles).await?;
        }
        let rincian = format!("{}: {} menjadi {}", akun.nama, describe(seen), describe(roles));
        self.store.save_roles(ctx, &akun, seen, roles, day(ctx.waktu), &rincian).await
    }

    /// Changes shown name and mail address. Whoever could be reached under the old address is told.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office, for an account that has roles nowhere else.
    pub async fn change_account(&self, ctx: &Ctx, akun: PenggunaId, isian: &IsianAkun) -> Hasil<()> {
        may_manage(ctx)?;
        let akun = self.of_office(ctx, akun).await?;
        let (nama, surel) = isian.checked()?;
        let rincian =
            format!("{} menjadi {nama}{}", akun.nama, if akun.surel == surel { "" } else { ", surel diganti" });
        let changed = akun.surel != surel;
        let surat = self.notice(&akun, "Alamat surel akun Anda diganti oleh admin instansi.").filter(|_| changed);
        self.store.update_account(ctx, &akun, &nama, surel.as_deref(), surat.as_ref(), &rincian).await
    }

    /// Makes a new link to an account's password; earlier ones work no more.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office, for an account that has roles nowhere else.
    pub async fn hand_link(&self, ctx: &Ctx, akun: PenggunaId) -> Hasil<Tautan> {
        may_manage(ctx)?;
        let akun = self.of_office(ctx, akun).await?;
        let whom = (akun.nama_masuk.as_str(), akun.surel.as_deref());
        let (rahasia, surat, tautan) = self.handed_link(JenisTautan::of(&akun), whom, ctx.waktu);
        self.store.create_link(ctx, &akun, &rahasia.sekali, surat.as_ref()).await?;
        Ok(tautan)
    }

    /// Switches an account off, which ends its sessions at once, or on again.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office, for an account that has roles nowhere else.
    pub async fn switch_account(&self, ctx: &Ctx, akun: PenggunaId, on: bool) -> Hasil<()> {
        may_manage(ctx)?;
        let akun = self.of_office(ctx, akun).await?;
        self.store.update_active(ctx, &akun, on, day(ctx.waktu)).await
    }

    /// Ends all sessions of an account.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office, for an account that has roles nowhere else.
    pub async fn end_account_sessions(&self, ctx: &Ctx, akun: PenggunaId) -> Hasil<()> {
        may_manage(ctx)?;
        let akun = self.of_office(ctx, akun).await?;
        self.store.delete_account_sessions(ctx, &akun).await
    }

    /// Takes the second factor of an account away: for somebody who lost phone and recovery codes, and is known to be the one.
    ///
    /// Permission: [`Hak::KelolaAkun`] for the whole office, for an account that has roles nowhere else.
    pub async fn drop_totp(&self, ctx: &Ctx, akun: PenggunaId) -> Hasil<()> {
        may_manage(ctx)?;
        let akun = self.of_office(ctx, akun).await?;
        let surat = self.notice(&akun, "Verifikasi dua langkah akun Anda dimatikan oleh admin instansi.");
        self.store.delete_account_totp(ctx, &akun, surat.as_ref()).await
    }

    /// An account that has a role in this office: of others nothing is told.
    async fn of_office(&self, ctx: &Ctx, akun: PenggunaId) -> Hasil<Akun> {
        let found = self.store.office_accounts(ctx, Some(akun)).await?;
        if !found.iter().any(|a| !a.peran.is_empty()) {
            return Err(Galat::TidakDitemukan("akun".to_owned()));
        }
        self.store.load_account(akun).await
    }

    /// Roles that may be given here; `had` may be kept whatever they are.
    async fn check_roles(&self, ctx: &Ctx, had: &[Pemberian], roles: &[Pemberian]) -> Hasil<()> {
        let wrong = |text: &str| Err(Galat::TidakSah(text.to_owned()));
        if roles.is_empty() {
            return wrong("pilih paling sedikit satu peran");
        }
        let mut seen = HashSet::new();
        for role in roles {
            let Pemberian { tugas, mulai, sampai } = role;
            if !seen.insert((tugas.peran, tugas.unit.as_deref())) {
                return wrong("peran yang sama untuk unit yang sama hanya dapat diberikan sekali");
            }
            if mulai.zip(*sampai).is_some_and(|(mulai, sampai)| mulai > sampai) {
                return wrong("tanggal mulai peran sesudah tanggal berakhirnya");
            }
            if tugas.peran.is_of_region() && !had.iter().any(|h| h.tugas == *tugas) {
                return wrong("peran pimpinan daerah tidak diberikan oleh instansi; mintalah kepada pengelola peladen");
            }
            if tugas.peran == Peran::Admin && tugas.unit.is_some() {
                return wrong("peran admin berlaku untuk seluruh instansi, tidak untuk satu unit");
            }
        }
        if roles.iter().any(|role| role.tugas.unit.is_some()) {
            let loaded = self.open(ctx, None).await?;
            for unit in roles.iter().filter_map(|role| role.tugas.unit.as_deref()) {
                if !loaded.potret.unit.iter().any(|u| u.kode == unit) {
                    return Err(Galat::TidakSah(format!("unit {unit} tidak ada di instansi ini")));
                }
            }
        }
        Ok(())
    }
}

/// Accounts are the whole office's business, not a unit's.
fn may_manage(ctx: &Ctx) -> Hasil<()> {
    require(ctx, Hak::KelolaAkun)?;
    if ctx.scope(Hak::KelolaAkun) == Lingkup::Semua { Ok(()) } else { Err(Galat::Terlarang) }
}

fn sign_in_name(nama_masuk: &str) -> Hasil<()> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    if (3..=40).contains(&nama_masuk.len()) && nama_masuk.chars().all(allowed) {
        return Ok(());
    }
    Err(Galat::TidakSah(format!(
        "nama akun \"{nama_masuk}\": tulis 3 sampai 40 huruf, angka, titik, strip atau garis bawah, tanpa spasi"
    )))
}

impl IsianAkun {
    /// Name and mail address as they are stored.
    fn checked(&self) -> Hasil<(String, Option<String>)> {
        let nama = self.nama.split_whitespace().collect::<Vec<_>>().join(" ");
        if nama.is_empty() || nama.chars().count() > MAX_NAME {
            return Err(Galat::TidakSah(format!(
                "nama: tulis 1 sampai {MAX_NAME} huruf, misalnya \"Seksi Pelatihan Kerja\""
            )));
        }
        let surel = self.surel.trim().to_lowercase();
        if surel.is_empty() {
            return Ok((nama, None));
        }
        let parts: Vec<&str> = surel.split('@').collect();
        let strange = |c: char| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c);
        let good = surel.len() <= MAX_MAIL
            && parts.len() == 2
            && parts.iter().all(|part| !part.is_empty())
            && !surel.contains(strange);
        if good { Ok((nama, Some(surel))) } else { Err(Galat::TidakSah(format!("\"{surel}\" bukan alamat surel"))) }
    }
}

/// Roles in words, for the ledger.
fn describe(roles: &[Pemberian]) -> String {
    let one = |role: &Pemberian| {
        let mut text = role.tugas.peran.as_str().replace('_', " ");
        if let Some(unit) = &role.tugas.unit {
            text = format!("{text} unit {unit}");
        }
        match (role.mulai, role.sampai) {
            (None, None) => text,
            (Some(mulai), None) => format!("{text} mulai {}", long_date(mulai)),
            (None, Some(sampai)) => format!("{text} s.d. {}", long_date(sampai)),
            (Some(mulai), Some(sampai)) => format!("{text} {} s.d. {}", long_date(mulai), long_date(sampai)),
        }
    };
    if roles.is_empty() { "tanpa peran".to_owned() } else { roles.iter().map(one).collect::<Vec<_>>().join(", ") }
}
