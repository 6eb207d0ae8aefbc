//! Steps towards an indicator's target.

use sha2::{Digest, Sha256};
use tolok_domain::access::Hak;
use tolok_domain::action::Langkah;
use tolok_domain::number::{Konteks, parse_value};
use tolok_domain::period::Tahun;
use tolok_domain::{Nilai, Periode, Potret, Rupiah, TipeNilai};
use tolok_store::{Ctx, Galat, Hasil};

use crate::edit::Catat;
use crate::remark::{covers, find, short_enough};
use crate::{App, require};

/// What somebody enters as a step, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IsiLangkah {
    /// What is done.
    pub uraian: String,
    /// When ("2021-TW1").
    pub periode: String,
    /// What comes out of it.
    pub keluaran: String,
    /// Code of the budget line that pays; empty for none.
    pub simpul: String,
    /// What it costs; empty where it is not known.
    pub rupiah: String,
    /// Code of the unit that does it; empty for none.
    pub unit: String,
}

/// What a step looked like to somebody who opened a form on it: sent along, it tells whether it is still the same.
pub fn step_seen(langkah: &Langkah) -> String {
    let rupiah = langkah.rupiah.map(|x| x.sen().to_string());
    let periode = langkah.periode.to_string();
    let texts = [
        Some(langkah.uraian.as_str()),
        Some(periode.as_str()),
        Some(langkah.keluaran.as_str()),
        langkah.simpul.as_deref(),
        rupiah.as_deref(),
        langkah.unit.as_deref(),
    ];
    let digest = Sha256::digest(format!("{texts:?}"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl App {
    /// Adds a step to an indicator (`kode` none), or changes one that looked like `dilihat` (see [`step_seen`]).
    ///
    /// Permission: [`Hak::UbahLangkah`] for the indicator's unit.
    pub async fn save_step(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        indikator: &str,
        kode: Option<&str>,
        isi: &IsiLangkah,
        dilihat: &str,
    ) -> Hasil<i64> {
        require(ctx, Hak::UbahLangkah)?;
        let lingkup = ctx.scope(Hak::UbahLangkah);
        self.edit(ctx, tahun, |potret| {
            covers(potret, find(potret, indikator)?, &lingkup)?;
            let new = read(potret, indikator, kode, isi)?;
            let sasaran = format!("{indikator} {}", new.kode);
            let rincian = note(&new);
            let tindakan = if kode.is_some() { "ubah langkah" } else { "tambah langkah" };
            match kode {
                Some(kode) => *seen(potret, indikator, kode, dilihat)? = new,
                None => potret.langkah.push(new),
            }
            Ok(Catat { tindakan, sasaran, rincian })
        })
        .await
    }

    /// Takes a step away that looked like `dilihat`.
    ///
    /// Permission: [`Hak::UbahLangkah`] for the indicator's unit.
    pub async fn remove_step(&self, ctx: &Ctx, tahun: Tahun, indikator: &str, kode: &str, dilihat: &str) -> Hasil<i64> {
        require(ctx, Hak::UbahLangkah)?;
        let lingkup = ctx.scope(Hak::UbahLangkah);
        self.edit(ctx, tahun, |potret| {
            covers(potret, find(potret, indikator)?, &lingkup)?;
            let rincian = note(seen(potret, indikator, kode, dilihat)?);
            potret.langkah.retain(|l| l.kode != kode);
            Ok(Catat { tindakan: "hapus langkah", sasaran: format!("{indikator} {kode}"), rincian })
        })
        .await
    }

    /// Moves a step one place up or down among those of its indicator. At the end it stays where it is.
    ///
    /// Permission: [`Hak::UbahLangkah`] for the indicator's unit.
    pub async fn move_step(&self, ctx: &Ctx, tahun: Tahun, indikator: &str, kode: &str, up: bool) -> Hasil<i64> {
        require(ctx, Hak::UbahLangkah)?;
        let lingkup = ctx.scope(Hak::UbahLangkah);
        self.edit(ctx, tahun, |potret| {
            covers(potret, find(potret, indikator)?, &lingkup)?;
            let places = potret.langkah.iter().enumerate().filter(|(_, l)| l.indikator == indikator);
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            let is_it = |place: &usize| potret.langkah.get(*place).is_some_and(|l| l.kode == kode);
            let at = places.iter().position(is_it).ok_or_else(|| gone(kode))?;
            let beside = if up { at.checked_sub(1) } else { at.checked_add(1) };
            if let Some((a, b)) = places.get(at).zip(beside.and_then(|beside| places.get(beside))) {
                potret.langkah.swap(*a, *b);
            }
            let rincian = if up { "ke atas" } else { "ke bawah" }.to_owned();
            Ok(Catat { tindakan: "pindah langkah", sasaran: format!("{indikator} {kode}"), rincian })
        })
        .await
    }

    /// Copies last year's steps of an indicator, or of every indicator in the user's scope, where there are none yet this year.
    /// What they refer to is left out where it is no longer there.
    ///
    /// Permission: [`Hak::UbahLangkah`] for the units of the indicators.
    pub async fn copy_steps(&self, ctx: &Ctx, tahun: Tahun, indikator: Option<&str>) -> Hasil<i64> {
        require(ctx, Hak::UbahLangkah)?;
        let lingkup = ctx.scope(Hak::UbahLangkah);
        let last = tahun - 1;
        let nothing = || Galat::TidakSah(format!("tidak ada langkah tahun {last} yang dapat disalin ke sini"));
        if let Some(kode) = indikator {
            let potret = &self.load(ctx, tahun).await?.potret;
            covers(potret, find(potret, kode)?, &lingkup)?;
        }
        let before = match self.load(ctx, last).await {
            Err(Galat::TidakDitemukan(_)) => return Err(nothing()),
            other => other?,
        };
        self.edit(ctx, tahun, |potret| {
            let wanted = |potret: &Potret, l: &Langkah| {
                indikator.is_none_or(|kode| kode == l.indikator)
                    && potret.indicator(&l.indikator).is_some_and(|i| covers(potret, i, &lingkup).is_ok())
                    && potret.steps_of(&l.indikator).next().is_none()
            };
            let steps: Vec<&Langkah> = before.potret.langkah.iter().filter(|l| wanted(potret, l)).collect();
            if steps.is_empty() {
                return Err(nothing());
            }
            let count = steps.len();
            for step in steps {
                potret.langkah.push(Langkah {
                    kode: next_code(potret),
                    periode: step.periode.in_year(tahun),
                    simpul: step.simpul.clone().filter(|kode| potret.node(kode).is_some()),
                    unit: step.unit.clone().filter(|kode| potret.unit(kode).is_some()),
                    ..step.clone()
                });
            }
            Ok(Catat {
                tindakan: "salin langkah",
                sasaran: indikator.unwrap_or("semua indikator").to_owned(),
                rincian: format!("{count} langkah dari tahun {last}"),
            })
        })
        .await
    }
}

fn gone(kode: &str) -> Galat {
    Galat::TidakDitemukan(format!("langkah {kode}"))
}

/// The step of that code, still as the user saw it.
fn seen<'a>(potret: &'a mut Potret, indikator: &str, kode: &str, dilihat: &str) -> Hasil<&'a mut Langkah> {
    let found = potret.langkah.iter_mut().find(|l| l.kode == kode && l.indikator == indikator);
    let step = found.ok_or_else(|| gone(kode))?;
    if step_seen(step) == dilihat { Ok(step) } else { Err(Galat::Bentrok) }
}

/// "L7": one more than the highest number in use.
fn next_code(potret: &Potret) -> String {
    let numbers = potret.langkah.iter().filter_map(|l| l.kode.strip_prefix('L')?.parse::<u32>().ok());
    format!("L{}", numbers.max().unwrap_or(0).saturating_add(1))
}

/// For the ledger: when, what, how much.
fn note(langkah: &Langkah) -> String {
    let words: String = langkah.uraian.chars().take(120).collect();
    let cost = langkah.rupiah.map(|x| format!(", {}", tolok_domain::number::write_rupiah(x))).unwrap_or_default();
    format!("{}: {words}{cost}", langkah.periode.short())
}

/// Reads what was typed; every fault in one go.
fn read(potret: &Potret, indikator: &str, kode: Option<&str>, isi: &IsiLangkah) -> Hasil<Langkah> {
    let mut faults = Vec::new();
    for text in [&isi.uraian, &isi.keluaran] {
        faults.extend(short_enough(text).err().map(|e| e.to_string()));
    }
    let uraian = isi.uraian.trim().to_owned();
    if uraian.is_empty() {
        faults.push("uraian langkah masih kosong; tulis apa yang dikerjakan".to_owned());
    }
    let periode = match isi.periode.parse::<Periode>() {
        Ok(periode) if periode.tahun() == potret.tahun => periode,
        Ok(periode) => {
            faults.push(format!("periode {} bukan bagian dari tahun {}", periode.heading(), potret.tahun));
            periode
        }
        Err(error) => {
            faults.push(error.to_string());
            Periode::Tahun(potret.tahun)
        }
    };
    let code = |text: &str| Some(text.trim().to_owned()).filter(|kode| !kode.is_empty());
    let (simpul, unit) = (code(&isi.simpul), code(&isi.unit));
    if let Some(kode) = simpul.as_deref().filter(|kode| potret.node(kode).is_none()) {
        faults.push(format!("sub kegiatan \"{kode}\" tidak ada dalam rencana tahun {}", potret.tahun));
    }
    if let Some(kode) = unit.as_deref().filter(|kode| potret.unit(kode).is_none()) {
        faults.push(format!("unit \"{kode}\" tidak ada dalam organisasi tahun {}", potret.tahun));
    }
    let rupiah = match money(&isi.rupiah) {
        Ok(rupiah) => rupiah,
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    if !faults.is_empty() {
        return Err(Galat::TidakSah(faults.join("\n")));
    }
    Ok(Langkah {
        kode: kode.map_or_else(|| next_code(potret), str::to_owned),
        indikator: indikator.to_owned(),
        uraian,
        simpul,
        periode,
        keluaran: isi.keluaran.trim().to_owned(),
        rupiah,
        unit,
    })
}

fn money(text: &str) -> Result<Option<Rupiah>, String> {
    match parse_value(text, TipeNilai::Uang, &Konteks::indonesia()) {
        Ok(Nilai::Uang(x)) if x.sen() < 0 => Err("anggaran langkah tidak dapat kurang dari nol".to_owned()),
        Ok(Nilai::Uang(x)) => Ok(Some(x)),
        Ok(_) => Ok(None),
        Err(error) => Err(format!("anggaran langkah: {error}")),
    }
}
