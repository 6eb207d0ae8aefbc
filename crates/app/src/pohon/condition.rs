//! Conditions of the pohon kinerja.

use tolok_domain::Potret;
use tolok_domain::pohon::{BarisKerangka, Geser, Kondisi, complete, place, rebuild, remove, shift};
use tolok_store::{Ctx, Galat, Hasil};

use crate::App;
use crate::edit::Catat;
use crate::plan::{Dilihat, read, read_new, refuse, require_plan, short, unchanged};

impl App {
    /// Adds a condition as the last cause of its parent. `sel`: the cells of its row.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn add_condition(&self, ctx: &Ctx, dilihat: Dilihat, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Kondisi = read_new(sel)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            if let Some(other) = potret.condition(&new.kode) {
                return Err(Galat::TidakSah(format!("kode {} sudah dipakai: {}", new.kode, other.uraian)));
            }
            place(&mut potret.pohon, new.clone(), None).map_err(Galat::TidakSah)?;
            Ok(Catat { tindakan: "tambah kondisi", sasaran: new.kode.clone(), rincian: short(&new.uraian) })
        })
        .await
    }

    /// Changes a condition; its code stays. Under another parent it takes everything below it along, as the last one there.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_condition(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new = Kondisi { kode: kode.to_owned(), ..read(sel)? };
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?;
            unchanged(seen.potret.condition(kode), Some(old))?;
            let next = if old.induk == new.induk { next_sibling(potret, old) } else { None };
            place(&mut potret.pohon, new.clone(), next.as_deref()).map_err(Galat::TidakSah)?;
            Ok(Catat { tindakan: "ubah kondisi", sasaran: kode.to_owned(), rincian: short(&new.uraian) })
        })
        .await
    }

    /// Takes a condition out. What hangs below it goes only where `cabang` says so; a link to another office keeps it.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn remove_condition(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, cabang: bool) -> Hasil<i64> {
        require_plan(ctx)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?;
            unchanged(seen.potret.condition(kode), Some(old))?;
            let rincian = short(&old.uraian);
            let below = potret.conditions_under(Some(kode)).count();
            if below > 0 && !cabang {
                return Err(refuse([format!(
                    "{kode} masih mempunyai {below} kondisi di bawahnya; pindahkan dahulu, atau hapus beserta cabangnya"
                )]));
            }
            let gone = remove(&mut potret.pohon, kode);
            keep_linked(potret, &gone)?;
            let rincian = match gone.len() {
                0 | 1 => rincian,
                count => format!("{rincian}, beserta {} kondisi di bawahnya", count - 1),
            };
            Ok(Catat { tindakan: "hapus kondisi", sasaran: kode.to_owned(), rincian })
        })
        .await
    }

    /// Puts the tree as an outline says, then moves one condition a step where that is asked for. Everything at once or nothing.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn save_outline(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        baris: &[BarisKerangka],
        geser: Option<(&str, Geser)>,
    ) -> Hasil<i64> {
        require_plan(ctx)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            // An outline speaks of the whole tree, so whatever somebody else changed in it is a conflict.
            if seen.potret.pohon != potret.pohon {
                return Err(Galat::Bentrok);
            }
            let mut after = rebuild(&potret.pohon, baris).map_err(refuse)?;
            if let Some((kode, geser)) = geser {
                shift(&mut after, kode, geser).map_err(Galat::TidakSah)?;
            }
            let before = std::mem::replace(&mut potret.pohon, after);
            let gone: Vec<Kondisi> = before.iter().filter(|k| potret.condition(&k.kode).is_none()).cloned().collect();
            keep_linked(potret, &gone)?;
            Ok(Catat {
                tindakan: "susun pohon kinerja",
                sasaran: String::new(),
                rincian: compare(&before, &potret.pohon),
            })
        })
        .await
    }

    /// Adds a condition for every node of the plan that has none yet, in the wording of the plan.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn propose_conditions(&self, ctx: &Ctx, dilihat: Dilihat) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let after = complete(potret).map_err(Galat::TidakSah)?;
            let rincian = format!("{} kondisi baru", after.len() - potret.pohon.len());
            potret.pohon = after;
            Ok(Catat { tindakan: "usulkan kondisi dari rencana", sasaran: String::new(), rincian })
        })
        .await
    }
}

fn find<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Kondisi> {
    potret.condition(kode).ok_or_else(|| Galat::TidakDitemukan(format!("kondisi {kode}")))
}

/// The sibling right below a condition, before which it stands.
fn next_sibling(potret: &Potret, kondisi: &Kondisi) -> Option<String> {
    let mut siblings = potret.conditions_under(kondisi.induk.as_deref()).skip_while(|k| k.kode != kondisi.kode);
    siblings.nth(1).map(|k| k.kode.clone())
}

/// Refuses to take out what another office counts on, or asked about.
fn keep_linked(potret: &Potret, gone: &[Kondisi]) -> Hasil<()> {
    let linked = |k: &Kondisi| (potret.links_of(&k.kode).count(), k.kode.clone());
    let held: Vec<(usize, String)> = gone.iter().map(linked).filter(|(count, _)| *count > 0).collect();
    if held.is_empty() {
        return Ok(());
    }
    Err(refuse(held.into_iter().map(|(count, kode)| {
        format!("{kode} masih mempunyai {count} hubungan lintas instansi; cabut atau pindahkan dahulu hubungannya")
    })))
}

/// What became another one between two states of a tree, for the ledger.
fn compare(before: &[Kondisi], after: &[Kondisi]) -> String {
    let find = |list: &[Kondisi], kode: &str| list.iter().find(|k| k.kode == kode).cloned();
    let added = after.iter().filter(|k| find(before, &k.kode).is_none());
    let gone = before.iter().filter(|k| find(after, &k.kode).is_none());
    let changed = after.iter().filter(|k| find(before, &k.kode).is_some_and(|old| old != **k));
    let order = |list: &[Kondisi], other: &[Kondisi]| -> Vec<String> {
        list.iter().filter(|k| find(other, &k.kode).is_some()).map(|k| k.kode.clone()).collect()
    };
    let moved = order(before, after) != order(after, before);
    let codes = |list: Vec<&Kondisi>| list.into_iter().map(|k| k.kode.as_str()).collect::<Vec<_>>().join(", ");
    let told = [
        ("baru", codes(added.collect())),
        ("diubah", codes(changed.collect())),
        ("dihapus", codes(gone.collect())),
        ("urutan", if moved { "diubah".to_owned() } else { String::new() }),
    ];
    let parts = told.iter().filter(|(_, codes)| !codes.is_empty()).map(|(what, codes)| format!("{what}: {codes}"));
    short(&parts.collect::<Vec<_>>().join("; "))
}
