//! Officials: who heads which unit when.

use sha2::{Digest, Sha256};
use tolok_domain::Potret;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::agreement::Pejabat;
use tolok_domain::period::Tahun;
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::{App, require};

/// Digits of the number of a civil servant (Peraturan Kepala BKN 22/2007).
const NIP: usize = 18;
/// Longest name or rank, in characters.
const MAX_TEXT: usize = 120;

impl App {
    /// Adds an official, or changes the one that the user saw, given by its mark (see [`official_mark`]).
    ///
    /// Permission: [`Hak::UbahRencana`] for the unit, and for the one before where it changes.
    pub async fn save_official(&self, ctx: &Ctx, tahun: Tahun, dilihat: Option<&str>, pejabat: &Pejabat) -> Hasil<i64> {
        require(ctx, Hak::UbahRencana)?;
        let lingkup = ctx.scope(Hak::UbahRencana);
        let new = tidy(pejabat)?;
        self.edit(ctx, tahun, |potret| {
            covers(potret, &new.unit, &lingkup)?;
            if let Some(old) = dilihat {
                take(potret, old, &lingkup)?;
            }
            if potret.pejabat.iter().any(|p| p.unit == new.unit && p.mulai == new.mulai) {
                return Err(Galat::TidakSah(format!(
                    "unit {} sudah punya pejabat yang mulai {}; ubah yang itu",
                    new.unit, new.mulai
                )));
            }
            potret.pejabat.push(new.clone());
            sort(potret);
            Ok(Catat {
                tindakan: "catat pejabat",
                sasaran: format!("{} {}", new.unit, new.mulai),
                rincian: format!("{}{}", new.status.prefix(), new.nama),
            })
        })
        .await
    }

    /// Takes an official away, given by its mark (see [`official_mark`]).
    ///
    /// Permission: [`Hak::UbahRencana`] for the unit.
    pub async fn delete_official(&self, ctx: &Ctx, tahun: Tahun, dilihat: &str) -> Hasil<i64> {
        require(ctx, Hak::UbahRencana)?;
        let lingkup = ctx.scope(Hak::UbahRencana);
        self.edit(ctx, tahun, |potret| {
            let old = take(potret, dilihat, &lingkup)?;
            Ok(Catat { tindakan: "hapus pejabat", sasaran: format!("{} {}", old.unit, old.mulai), rincian: old.nama })
        })
        .await
    }
}

/// What somebody sees of an official, as a short text for forms: it changes with anything of it.
pub fn official_mark(pejabat: &Pejabat) -> String {
    let Pejabat { unit, mulai, sampai, nama, nip, pangkat, status } = pejabat;
    let row = [unit, mulai, sampai, nama, nip, pangkat].map(String::as_str).join("|");
    let hash = Sha256::digest(format!("{row}|{}", status.as_str()));
    hash.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// Takes out the official that the user saw; a conflict when he is no longer there as he was.
fn take(potret: &mut Potret, mark: &str, lingkup: &Lingkup) -> Hasil<Pejabat> {
    let at = potret.pejabat.iter().position(|p| official_mark(p) == mark).ok_or(Galat::Bentrok)?;
    let old = potret.pejabat.remove(at);
    covers(potret, &old.unit, lingkup)?;
    Ok(old)
}

fn covers(potret: &Potret, unit: &str, lingkup: &Lingkup) -> Hasil<()> {
    if lingkup.covers(potret.upwards(Some(unit))) { Ok(()) } else { Err(Galat::Terlarang) }
}

/// In the order of the organisation, each unit's from the first to the last.
fn sort(potret: &mut Potret) {
    let place = |unit: &str| potret.unit.iter().position(|u| u.kode == unit);
    potret.pejabat.sort_by_cached_key(|p| (place(&p.unit), p.mulai.clone()));
}

/// The input without what does not belong to it, or everything that is wrong with it.
fn tidy(input: &Pejabat) -> Hasil<Pejabat> {
    let trim = |text: &str| text.trim().to_owned();
    let nip: String = input.nip.chars().filter(|c| !c.is_whitespace()).collect();
    let new = Pejabat {
        unit: trim(&input.unit),
        mulai: trim(&input.mulai),
        sampai: trim(&input.sampai),
        nama: trim(&input.nama),
        pangkat: trim(&input.pangkat),
        nip,
        status: input.status,
    };
    let mut faults = Vec::new();
    if new.unit.is_empty() {
        faults.push("pilih unit yang dikepalai".to_owned());
    }
    if new.mulai.is_empty() {
        faults.push("isi tanggal mulai".to_owned());
    }
    if !new.nip.is_empty() && (new.nip.len() != NIP || !new.nip.bytes().all(|b| b.is_ascii_digit())) {
        faults.push(format!("NIP \"{}\" bukan {NIP} angka; periksa atau kosongkan", new.nip));
    }
    for (what, text) in [("nama", &new.nama), ("pangkat", &new.pangkat)] {
        if text.chars().count() > MAX_TEXT {
            faults.push(format!("{what} paling panjang {MAX_TEXT} huruf"));
        }
    }
    if faults.is_empty() { Ok(new) } else { Err(Galat::TidakSah(faults.join("\n"))) }
}
