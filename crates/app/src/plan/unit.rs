//! Units of the organisation.

use tolok_domain::plan::{insert, is_below, remove, shift};
use tolok_domain::{Potret, Unit};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, read, read_new, refuse, require_plan, short, unchanged};
use crate::App;
use crate::edit::Catat;

impl App {
    /// Adds a unit as the last of its siblings. `sel`: the cells of its row.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn add_unit(&self, ctx: &Ctx, dilihat: Dilihat, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Unit = read_new(sel)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            if let Some(other) = potret.unit(&new.kode) {
                return Err(Galat::TidakSah(format!("kode {} sudah dipakai: {}", new.kode, other.nama)));
            }
            insert(&mut potret.unit, new.clone());
            Ok(Catat { tindakan: "tambah unit", sasaran: new.kode.clone(), rincian: short(&new.nama) })
        })
        .await
    }

    /// Changes a unit; its code stays. Under another unit it takes the units below it along. Its end is not changed here.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_unit(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Unit = read(sel)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?.clone();
            unchanged(seen.potret.unit(kode), Some(&old))?;
            let new = Unit { kode: kode.to_owned(), berakhir: old.berakhir.clone(), ..new.clone() };
            if old.induk == new.induk {
                potret.unit.iter_mut().filter(|u| u.kode == kode).for_each(|u| u.clone_from(&new));
            } else {
                hang(potret, &new)?;
            }
            Ok(Catat { tindakan: "ubah unit", sasaran: kode.to_owned(), rincian: short(&new.nama) })
        })
        .await
    }

    /// Moves a unit before or behind its sibling.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn move_unit(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, up: bool) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            find(potret, kode)?;
            shift(&mut potret.unit, kode, up);
            let rincian = if up { "naik" } else { "turun" };
            Ok(Catat { tindakan: "pindah unit", sasaran: kode.to_owned(), rincian: rincian.to_owned() })
        })
        .await
    }

    /// Ends a unit with its last day; without a day it goes on. What it answers for is the successor's from then on. The year
    /// still lists it, the next one does not.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn retire_unit(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        kode: &str,
        berakhir: &str,
        penerus: Option<&str>,
    ) -> Hasil<i64> {
        require_plan(ctx)?;
        let berakhir = match berakhir.trim() {
            "" => String::new(),
            day => day
                .parse::<jiff::civil::Date>()
                .map_err(|_| refuse([format!("berakhir: \"{day}\" bukan tanggal; tulis seperti 2021-12-31")]))?
                .to_string(),
        };
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            unchanged(seen.potret.unit(kode), Some(find(potret, kode)?))?;
            let mut rincian = format!("berakhir {berakhir}");
            if berakhir.is_empty() {
                "berlaku kembali".clone_into(&mut rincian);
            } else {
                if let Some(heir) = hand_over(potret, kode, penerus)? {
                    rincian = format!("{rincian}, diteruskan {heir}");
                }
                let open = potret.pejabat.iter_mut().filter(|p| p.unit == kode && p.sampai.is_empty());
                open.filter(|p| p.mulai <= berakhir).for_each(|p| p.sampai.clone_from(&berakhir));
            }
            potret.unit.iter_mut().filter(|u| u.kode == kode).for_each(|u| u.berakhir.clone_from(&berakhir));
            Ok(Catat { tindakan: "akhiri unit", sasaran: kode.to_owned(), rincian })
        })
        .await
    }

    /// Takes a unit out that nothing names.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn remove_unit(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let nama = find(potret, kode)?.nama.clone();
            let held = held(potret, kode);
            if held > 0 {
                return Err(refuse([format!(
                    "{kode} tidak dapat dihapus karena masih disebut {held} kali; akhiri unitnya agar riwayatnya tetap"
                )]));
            }
            potret.unit.retain(|u| u.kode != kode);
            potret.pohon.iter_mut().filter(|k| k.unit.as_deref() == Some(kode)).for_each(|k| k.unit = None);
            Ok(Catat { tindakan: "hapus unit", sasaran: kode.to_owned(), rincian: short(&nama) })
        })
        .await
    }
}

fn find<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Unit> {
    potret.unit(kode).ok_or_else(|| Galat::TidakDitemukan(format!("unit {kode}")))
}

/// How often a unit is named.
fn held(potret: &Potret, kode: &str) -> usize {
    let is_it = |unit: Option<&str>| usize::from(unit == Some(kode));
    potret.unit.iter().map(|u| is_it(u.induk.as_deref())).sum::<usize>()
        + potret.simpul.iter().map(|s| is_it(s.unit.as_deref())).sum::<usize>()
        + potret.indikator.iter().map(|i| is_it(i.unit.as_deref())).sum::<usize>()
        + potret.langkah.iter().map(|l| is_it(l.unit.as_deref())).sum::<usize>()
        + potret.rekomendasi.iter().map(|r| is_it(r.unit.as_deref())).sum::<usize>()
        + potret.tindak_lanjut.iter().map(|l| is_it(l.unit.as_deref())).sum::<usize>()
        + potret.pejabat.iter().map(|p| is_it(Some(&p.unit))).sum::<usize>()
        + potret.perjanjian.iter().map(|p| is_it(Some(&p.unit))).sum::<usize>()
}

/// Gives what a unit answers for to its successor, whose code is given back; none where it answers for nothing.
fn hand_over(potret: &mut Potret, kode: &str, penerus: Option<&str>) -> Hasil<Option<String>> {
    let below: Vec<Unit> = potret.unit.iter().filter(|u| u.induk.as_deref() == Some(kode)).cloned().collect();
    let nodes = potret.simpul.iter().filter(|s| s.unit.as_deref() == Some(kode)).count();
    let indicators = potret.indikator.iter().filter(|i| i.unit.as_deref() == Some(kode)).count();
    let conditions = potret.pohon.iter().filter(|k| k.unit.as_deref() == Some(kode)).count();
    let Some(penerus) = penerus else {
        if below.len() + nodes + indicators + conditions == 0 {
            return Ok(None);
        }
        return Err(refuse([format!(
            "{kode} masih membawahi {} unit dan bertanggung jawab atas {nodes} simpul, {indicators} indikator dan {conditions} \
             kondisi; pilih unit penerusnya",
            below.len()
        )]));
    };
    let heir = find(potret, penerus)?;
    if !heir.berakhir.is_empty() || is_below(&potret.unit, penerus, kode) {
        return Err(refuse([format!("{penerus} tidak dapat menjadi penerus {kode}; pilih unit lain yang masih ada")]));
    }
    for mut unit in below {
        unit.induk = Some(penerus.to_owned());
        hang(potret, &unit)?;
    }
    let heir = Some(penerus.to_owned());
    potret.simpul.iter_mut().filter(|s| s.unit.as_deref() == Some(kode)).for_each(|s| s.unit.clone_from(&heir));
    potret.indikator.iter_mut().filter(|i| i.unit.as_deref() == Some(kode)).for_each(|i| i.unit.clone_from(&heir));
    potret.pohon.iter_mut().filter(|k| k.unit.as_deref() == Some(kode)).for_each(|k| k.unit.clone_from(&heir));
    Ok(heir)
}

/// Hangs a unit with everything under it under its new parent.
fn hang(potret: &mut Potret, new: &Unit) -> Hasil<()> {
    if let Some(induk) = &new.induk {
        if potret.unit(induk).is_none() {
            return Err(Galat::TidakSah(format!("induk \"{induk}\" tidak ada")));
        }
        if is_below(&potret.unit, induk, &new.kode) {
            return Err(Galat::TidakSah(format!("{induk} berada di bawah {} sendiri; pilih induk lain", new.kode)));
        }
    }
    let branch = remove(&mut potret.unit, &new.kode);
    insert(&mut potret.unit, new.clone());
    for below in branch.into_iter().filter(|u| u.kode != new.kode) {
        insert(&mut potret.unit, below);
    }
    Ok(())
}
