//! Editing plan and year's work: a copy of the snapshot is changed, checked as a whole, and what differs is written as one entry.

use std::collections::{HashMap, HashSet};

use tolok_domain::period::Tahun;
use tolok_domain::sheet::{self, Baris, Isian, Masalah};
use tolok_domain::{Angka, Potret};
use tolok_store::{Bagian, BarisAngka, Ctx, Galat, Hasil, Perubahan};

use crate::diff::compare_rows;
use crate::notice::Berita;
use crate::{App, Termuat};

/// How often an edit is tried again when somebody else wrote something else in between.
const TRIES: usize = 8;

/// What an edit is called in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catat {
    /// What was done ("ubah indikator").
    pub tindakan: &'static str,
    /// To what ("iku.5").
    pub sasaran: String,
    /// How, in words.
    pub rincian: String,
}

impl App {
    /// Changes a year's snapshot by `change`, which says what it did, and gives back the number of the entry; the version before
    /// when nothing differs. The changed snapshot is checked like a package: what refers to something that is gone is refused.
    ///
    /// Somebody else's change in between is no conflict by itself: `change` runs again on what is there then. It must itself look
    /// whether what the user saw is still there ([`Galat::Bentrok`]).
    ///
    /// The caller has checked the permission.
    pub(crate) async fn edit(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        change: impl Fn(&mut Potret) -> Hasil<Catat> + Send,
    ) -> Hasil<i64> {
        self.edit_and_tell(ctx, tahun, change, |_, _| Berita::default()).await
    }

    /// The same, and writes in the same transaction what `tell` says of it to others; `tell` sees the snapshots before
    /// and after the change.
    pub(crate) async fn edit_and_tell(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        change: impl Fn(&mut Potret) -> Hasil<Catat> + Send,
        tell: impl Fn(&Potret, &Potret) -> Berita + Send,
    ) -> Hasil<i64> {
        let make = move |loaded: &Termuat| {
            let mut after = loaded.potret.clone();
            let note = change(&mut after)?;
            Ok((after, note))
        };
        self.write(ctx, tahun, make, tell).await
    }

    /// Writes a snapshot that `make` makes of a year's one: the same year changed, or another year's plan.
    pub(crate) async fn derive(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        make: impl Fn(&Termuat) -> Hasil<(Potret, Catat)> + Send,
    ) -> Hasil<i64> {
        self.write(ctx, tahun, make, |_, _| Berita::default()).await
    }

    async fn write(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        make: impl Fn(&Termuat) -> Hasil<(Potret, Catat)> + Send,
        tell: impl Fn(&Potret, &Potret) -> Berita + Send,
    ) -> Hasil<i64> {
        // A form that arrives twice was written the first time; what it asks for would now be refused.
        if let Some(nomor) = self.store.find_sent(ctx).await? {
            return Err(Galat::SudahTersimpan(nomor));
        }
        let mut ctx = ctx.clone();
        for _ in 0..TRIES {
            let loaded = self.load(&ctx, tahun).await?;
            let (mut after, note) = make(&loaded)?;
            after.sort_figures();
            let mut perubahan = self.difference(&ctx, &loaded.potret, &after, loaded.versi).await?;
            if perubahan.is_empty() {
                return Ok(loaded.versi);
            }
            let berita = tell(&loaded.potret, &after);
            (perubahan.surat, perubahan.kabar) = (berita.surat, berita.kabar);
            let written = self
                .store
                .apply(&ctx, note.tindakan, &note.sasaran, &note.rincian, Some(loaded.versi), &perubahan)
                .await;
            match written {
                Err(Galat::Bentrok) => ctx.versi = None,
                other => return other,
            }
        }
        Err(Galat::Bentrok)
    }

    /// Changes the year's snapshots of the context's office and of another one by `change`, as one: an entry in each ledger, or in none.
    /// The other one is not there when that office has no data for the year. Gives back the number of the own entry.
    ///
    /// The caller has checked the permission, and that `change` touches nothing of the other office but what the two share.
    pub(crate) async fn edit_both(
        &self,
        ctx: &Ctx,
        other: &Ctx,
        tahun: Tahun,
        change: impl Fn(&mut Potret, Option<&mut Potret>) -> Hasil<Catat> + Send,
    ) -> Hasil<i64> {
        if let Some(nomor) = self.store.find_sent(ctx).await? {
            return Err(Galat::SudahTersimpan(nomor));
        }
        let mut ctx = ctx.clone();
        for _ in 0..TRIES {
            let own = self.load(&ctx, tahun).await?;
            let shared = match self.fetch(other, Some(tahun)).await {
                Ok(loaded) => Some(loaded),
                Err(Galat::TidakDitemukan(_)) => None,
                Err(failed) => return Err(failed),
            };
            let mut after = own.potret.clone();
            let mut after_there = shared.as_ref().map(|loaded| loaded.potret.clone());
            let note = change(&mut after, after_there.as_mut())?;
            let here = self.difference(&ctx, &own.potret, &after, own.versi).await?;
            let there = match shared.as_deref().zip(after_there) {
                Some((loaded, after)) => self.difference(other, &loaded.potret, &after, loaded.versi).await?,
                None => Perubahan::default(),
            };
            let catatan = [note.tindakan, note.sasaran.as_str(), note.rincian.as_str()];
            let all = [
                Bagian { ctx: &ctx, catatan, seen: Some(own.versi), change: &here },
                Bagian { ctx: other, catatan, seen: shared.as_ref().map(|loaded| loaded.versi), change: &there },
            ];
            let parts: Vec<Bagian<'_>> = all.into_iter().filter(|part| !part.change.is_empty()).collect();
            if parts.is_empty() {
                return Ok(own.versi);
            }
            match self.store.apply_all(&parts).await {
                Err(Galat::Bentrok) => ctx.versi = None,
                written => return Ok(written?.first().copied().unwrap_or(own.versi)),
            }
        }
        Err(Galat::Bentrok)
    }

    async fn difference(&self, ctx: &Ctx, before: &Potret, after: &Potret, versi: i64) -> Hasil<Perubahan> {
        check(after)?;
        let mut perubahan = Perubahan::default();
        let stored = self.store.rows_at(ctx, after.tahun, versi).await?;
        compare_rows(after, stored, true, &mut perubahan)?;
        // Another year's plan shows figures that are there already.
        if after.tahun != before.tahun {
            return Ok(perubahan);
        }
        let old: HashMap<_, &Angka> = before.angka.iter().map(|a| (a.id, a)).collect();
        let kept: HashSet<_> = after.angka.iter().map(|a| a.id).collect();
        let mut gone: Vec<_> = old.keys().filter(|id| !kept.contains(id)).map(|id| id.0).collect();
        gone.sort();
        perubahan.angka_keluar = gone;
        perubahan.angka_masuk =
            after.angka.iter().filter(|a| !old.contains_key(&a.id)).map(BarisAngka::from_figure).collect();
        Ok(perubahan)
    }
}

/// Reads the snapshot's rows as if they came from a package: one set of rules for whatever writes.
fn check(potret: &Potret) -> Hasil<()> {
    let mut isian = Isian::new();
    for (lembar, rows) in sheet::rows(potret) {
        let numbered = rows.into_iter().zip(2..).map(|(sel, nomor)| Baris { nomor, sel });
        isian.insert(lembar.nama, numbered.collect());
    }
    let (read, faults) = sheet::assemble(potret.instansi.id, potret.tahun, &isian, potret.narasi.clone());
    if faults.is_empty() && read.is_some() {
        return Ok(());
    }
    let lines: Vec<String> = sheet::summarize(faults).iter().map(|m| explain(m, &isian)).collect();
    Err(Galat::TidakSah(lines.join("\n")))
}

/// A fault for somebody who fills a form: which record, not which line of a file.
fn explain(masalah: &Masalah, isian: &Isian) -> String {
    let sheet = masalah.berkas.trim_end_matches(".csv");
    let row = masalah.baris.and_then(|nomor| isian.get(sheet)?.iter().find(|b| b.nomor == nomor));
    let record = row.and_then(|b| b.sel.first()).map(|kode| format!(" {kode}")).unwrap_or_default();
    let column =
        if masalah.kolom.is_empty() { String::new() } else { format!(", {}", masalah.kolom.replace('_', " ")) };
    let advice = if masalah.saran.is_empty() { String::new() } else { format!("; {}", masalah.saran) };
    format!("{}{record}{column}: {}{advice}", sheet.replace('_', " "), masalah.apa)
}
