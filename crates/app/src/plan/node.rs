//! Nodes of the plan tree.

use tolok_domain::code::TingkatKode;
use tolok_domain::figure::Subjek;
use tolok_domain::plan::{insert, is_below, remove, shift};
use tolok_domain::{JenisSimpul, KodeRekening, Potret, Simpul};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, read, read_new, refuse, require_plan, short, unchanged, uses};
use crate::App;
use crate::edit::Catat;

impl App {
    /// Adds a node as the last of its siblings. `sel`: the cells of its row.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn add_node(&self, ctx: &Ctx, dilihat: Dilihat, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Simpul = read_new(&written(sel))?;
        self.edit(ctx, dilihat.tahun, |potret| {
            if let Some(other) = potret.node(&new.kode) {
                return Err(Galat::TidakSah(format!("kode {} sudah dipakai: {}", new.kode, other.nama)));
            }
            continues(&new)?;
            insert(&mut potret.simpul, new.clone());
            Ok(Catat { tindakan: "tambah simpul", sasaran: new.kode.clone(), rincian: short(&new.nama) })
        })
        .await
    }

    /// Changes a node; its code stays. A node under another parent takes everything under it along.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_node(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new = Simpul { kode: kode.to_owned(), ..read(sel)? };
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?.clone();
            unchanged(seen.potret.node(kode), Some(&old))?;
            continues(&new)?;
            if old.induk == new.induk {
                potret.simpul.iter_mut().filter(|s| s.kode == kode).for_each(|s| s.clone_from(&new));
            } else {
                hang(potret, &new)?;
            }
            Ok(Catat { tindakan: "ubah simpul", sasaran: kode.to_owned(), rincian: short(&new.nama) })
        })
        .await
    }

    /// Moves a node before or behind its sibling.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn move_node(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, up: bool) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            find(potret, kode)?;
            shift(&mut potret.simpul, kode, up);
            let rincian = if up { "naik" } else { "turun" };
            Ok(Catat { tindakan: "pindah simpul", sasaran: kode.to_owned(), rincian: rincian.to_owned() })
        })
        .await
    }

    /// Takes a node out that nothing hangs on: no nodes below, no indicators, no figures.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn remove_node(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let nama = find(potret, kode)?.nama.clone();
            let held = held(potret, kode);
            if !held.is_empty() {
                return Err(refuse([format!(
                    "{kode} tidak dapat dihapus karena masih memuat {}; hapus atau pindahkan dahulu",
                    held.join(", ")
                )]));
            }
            potret.simpul.retain(|s| s.kode != kode);
            // The tree of causes keeps its condition, which no longer says what became of it.
            potret.pohon.iter_mut().filter(|k| k.simpul.as_deref() == Some(kode)).for_each(|k| k.simpul = None);
            Ok(Catat { tindakan: "hapus simpul", sasaran: kode.to_owned(), rincian: short(&nama) })
        })
        .await
    }
}

fn find<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Simpul> {
    potret.node(kode).ok_or_else(|| Galat::TidakDitemukan(format!("simpul {kode}")))
}

/// What hangs on a node, in words.
fn held(potret: &Potret, kode: &str) -> Vec<String> {
    let subjek = Subjek::Simpul(kode.to_owned());
    let said = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let own = [
        said(potret.children(Some(kode)).count(), "simpul di bawahnya"),
        said(potret.indicators_of(kode).count(), "indikator"),
        said(potret.angka.iter().filter(|a| a.subjek == subjek).count(), "angka pagu atau realisasi anggaran"),
    ];
    own.into_iter().flatten().chain(uses(potret, kode)).collect()
}

/// The cells with an official code in its one spelling.
fn written(sel: &[String]) -> Vec<String> {
    let mut sel = sel.to_vec();
    if let Some(kode) = sel.first_mut()
        && let Ok(official) = kode.parse::<KodeRekening>()
        && official.jenis() >= TingkatKode::Program
    {
        *kode = official.to_string();
    }
    sel
}

/// An official code continues the one above it; the sheet's rules look at each code by itself.
fn continues(simpul: &Simpul) -> Hasil<()> {
    let (Some(induk), true) = (&simpul.induk, simpul.jenis > JenisSimpul::Program) else { return Ok(()) };
    let (Ok(kode), Ok(above)) = (simpul.kode.parse::<KodeRekening>(), induk.parse::<KodeRekening>()) else {
        return Ok(());
    };
    if std::iter::successors(kode.parent(), KodeRekening::parent).any(|parent| parent == above) {
        return Ok(());
    }
    let level = simpul.jenis.label().to_lowercase();
    Err(refuse([format!("kode {level} {kode} bukan bagian dari {above}; periksa kode atau induknya")]))
}

/// Hangs a node with everything under it under its new parent.
fn hang(potret: &mut Potret, new: &Simpul) -> Hasil<()> {
    if let Some(induk) = &new.induk {
        if potret.node(induk).is_none() {
            return Err(Galat::TidakSah(format!("induk \"{induk}\" tidak ada")));
        }
        if is_below(&potret.simpul, induk, &new.kode) {
            return Err(Galat::TidakSah(format!("{induk} berada di bawah {} sendiri; pilih induk lain", new.kode)));
        }
    }
    let branch = remove(&mut potret.simpul, &new.kode);
    insert(&mut potret.simpul, new.clone());
    for below in branch.into_iter().filter(|s| s.kode != new.kode) {
        insert(&mut potret.simpul, below);
    }
    Ok(())
}
