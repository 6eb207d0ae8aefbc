//! Entering figures: realisations, variables of formulas, money spent; one at a time or a whole grid.

use std::sync::Arc;

use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::figure::{Angka, Asal, Subjek, file_of};
use tolok_domain::formula::Rumus;
use tolok_domain::number::{Konteks, parse_value};
use tolok_domain::period::Tahun;
use tolok_domain::{AngkaId, Nilai, Petak, Potret, TipeNilai};
use tolok_store::{BarisAngka, Ctx, Galat, Hasil, Perubahan};

use crate::cache::Termuat;
use crate::remark::short_enough;
use crate::{App, day, require};

/// One figure as the user entered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IsianAngka {
    /// Where it belongs.
    pub petak: Petak,
    /// The value as typed; empty when it is not known.
    pub nilai: String,
    /// Why it is not known, or why the target was missed.
    pub keterangan: String,
    /// Its evidence; `None` keeps what is there.
    pub bukti: Option<Vec<String>>,
    /// The figure that the user saw there; none when there was none.
    pub dilihat: Option<AngkaId>,
}

/// Outcome of entering several figures: all of them, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HasilIsian {
    /// What stands there now, in the order of the input; the number of the ledger entry where anything was new.
    Tersimpan(Option<i64>, Vec<Angka>),
    /// What was wrong, by place in the input. Nothing was written.
    Ditolak(Vec<(usize, Penolakan)>),
}

/// Why a figure was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Penolakan {
    /// The user can mend it, as the message says.
    TidakSah(String),
    /// Somebody else changed it in the meantime.
    Bentrok(Box<Bentrokan>),
}

/// Both sides of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bentrokan {
    /// What the other one entered; none when the figure was taken out.
    pub tersimpan: Option<Angka>,
    /// What this user entered.
    pub diketik: Nilai,
}

/// What the checks of one figure came to.
pub(crate) enum Periksa {
    /// It says what is stored already.
    Sama(Angka),
    /// A new figure, and the one that it supersedes.
    Baru(Angka, Option<AngkaId>),
}

impl App {
    /// Enters figures. They, those that they supersede and the ledger entry are written in one transaction; when one is wrong,
    /// none is written. What says the same as before is not written again.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the unit that answers for each figure.
    pub async fn save_figures(&self, ctx: &Ctx, tahun: Tahun, isian: &[IsianAngka]) -> Hasil<HasilIsian> {
        require(ctx, Hak::UbahRealisasi)?;
        let loaded = self.load(ctx, tahun).await?;
        let (checked, refused) = check(ctx, &loaded.potret, isian);
        if !refused.is_empty() {
            return Ok(HasilIsian::Ditolak(refused));
        }
        let mut change = Perubahan::default();
        for item in &checked {
            if let Periksa::Baru(angka, before) = item {
                change.angka_masuk.push(BarisAngka::from_figure(angka));
                change.angka_keluar.extend(before.map(|id| id.0));
            }
        }
        let now =
            |checked: Vec<Periksa>| checked.into_iter().map(|(Periksa::Sama(a) | Periksa::Baru(a, _))| a).collect();
        if change.is_empty() {
            return Ok(HasilIsian::Tersimpan(None, now(checked)));
        }
        let (sasaran, rincian) = describe(&loaded.potret, &checked);
        match self.store.apply(ctx, "isi realisasi", &sasaran, &rincian, None, &change).await {
            Ok(nomor) => {
                self.keep(&loaded, nomor, &checked);
                Ok(HasilIsian::Tersimpan(Some(nomor), now(checked)))
            }
            Err(Galat::SudahTersimpan(nomor)) => {
                let loaded = self.load(&ctx.fresh(), tahun).await?;
                let stored = isian.iter().filter_map(|i| i.petak.figure(&loaded.potret).cloned());
                Ok(HasilIsian::Tersimpan(Some(nomor), stored.collect()))
            }
            // Between loading and writing somebody else was faster: show what is there now.
            Err(Galat::Bentrok) => {
                let loaded = self.load(&ctx.fresh(), tahun).await?;
                let (_, refused) = check(ctx, &loaded.potret, isian);
                if refused.is_empty() { Err(Galat::Bentrok) } else { Ok(HasilIsian::Ditolak(refused)) }
            }
            Err(other) => Err(other),
        }
    }

    /// What entering these figures would do, without doing it: for the preview of a paste.
    ///
    /// Permission: [`Hak::UbahRealisasi`].
    pub async fn preview_figures(&self, ctx: &Ctx, tahun: Tahun, isian: &[IsianAngka]) -> Hasil<HasilIsian> {
        require(ctx, Hak::UbahRealisasi)?;
        let loaded = self.load(ctx, tahun).await?;
        let (checked, refused) = check(ctx, &loaded.potret, isian);
        if !refused.is_empty() {
            return Ok(HasilIsian::Ditolak(refused));
        }
        let angka = checked.into_iter().map(|(Periksa::Sama(a) | Periksa::Baru(a, _))| a).collect();
        Ok(HasilIsian::Tersimpan(None, angka))
    }

    /// Keeps the snapshot with the new figures, so that the next reader need not load it again: the one that was loaded, or what others
    /// made of it since.
    fn keep(&self, loaded: &Arc<Termuat>, nomor: i64, checked: &[Periksa]) {
        let before = nomor - 1;
        let newest = if loaded.versi == before { Some(Arc::clone(loaded)) } else { self.cache.kept(loaded, before) };
        let Some(loaded) = newest else { return };
        let mut potret = loaded.potret.clone();
        for item in checked {
            if let Periksa::Baru(angka, _) = item {
                potret.record(angka.clone());
            }
        }
        potret.sort_figures();
        self.cache.advance(Termuat { potret, versi: nomor, tahun: loaded.tahun.clone() });
    }
}

/// Checks every figure: those that can be written, and why the others cannot, by place.
pub(crate) fn check(ctx: &Ctx, potret: &Potret, isian: &[IsianAngka]) -> (Vec<Periksa>, Vec<(usize, Penolakan)>) {
    let lingkup = ctx.scope(Hak::UbahRealisasi);
    let (mut checked, mut refused) = (Vec::with_capacity(isian.len()), Vec::new());
    for (i, item) in isian.iter().enumerate() {
        let twice = isian.iter().take(i).any(|other| other.petak == item.petak);
        let outcome = if twice {
            Err(Penolakan::TidakSah("angka ini ada dua kali dalam satu isian".to_owned()))
        } else {
            check_one(ctx, potret, &lingkup, item)
        };
        match outcome {
            Ok(item) => checked.push(item),
            Err(why) => refused.push((i, why)),
        }
    }
    (checked, refused)
}

fn check_one(ctx: &Ctx, potret: &Potret, lingkup: &Lingkup, item: &IsianAngka) -> Result<Periksa, Penolakan> {
    let wrong = |text: String| Penolakan::TidakSah(text);
    let petak = &item.petak;
    let tipe = exists(potret, petak).map_err(wrong)?;
    if !lingkup.covers(potret.upwards(petak.unit(potret))) {
        return Err(wrong("angka ini milik unit lain; Anda tidak berhak mengisinya".to_owned()));
    }
    let (nilai, keterangan) = read(item, tipe).map_err(wrong)?;
    let stored = petak.figure(potret);
    if let Some(stored) = stored {
        let bukti = item.bukti.as_ref().unwrap_or(&stored.bukti);
        if stored.nilai == nilai && stored.keterangan == keterangan && stored.bukti == *bukti {
            return Ok(Periksa::Sama(stored.clone()));
        }
    }
    if stored.map(|a| a.id) != item.dilihat {
        return Err(Penolakan::Bentrok(Box::new(Bentrokan { tersimpan: stored.cloned(), diketik: nilai })));
    }
    let today = day(ctx.waktu).to_string();
    let keadaan = petak.enter(potret, &today).map_err(|e| wrong(e.to_string()))?;
    let kept = || stored.map(|a| a.bukti.clone()).unwrap_or_default();
    let angka = Angka {
        id: AngkaId::new(),
        subjek: petak.subjek.clone(),
        jenis: petak.jenis.clone(),
        periode: petak.periode,
        nilai,
        keterangan,
        asal: Asal::Diketik,
        bukti: item.bukti.clone().unwrap_or_else(kept),
        keadaan,
        oleh: ctx.pelaku.clone(),
        dicatat: ctx.waktu,
    };
    let listed = |sha: &&String| potret.bukti.iter().any(|b| b.sha256 == file_of(sha));
    if let Some(unknown) = angka.bukti.iter().find(|sha| !listed(sha)) {
        return Err(wrong(format!("bukti {unknown} tidak terdaftar")));
    }
    Ok(Periksa::Baru(angka, stored.map(|a| a.id)))
}

/// Whether the plan has that place, and the type of its values.
fn exists(potret: &Potret, petak: &Petak) -> Result<TipeNilai, String> {
    if petak.periode.tahun() != potret.tahun {
        return Err(format!("periode {} bukan bagian dari tahun {}", petak.periode.heading(), potret.tahun));
    }
    match &petak.subjek {
        Subjek::Simpul(kode) if potret.node(kode).is_none() => return Err(format!("{kode} tidak ada dalam rencana")),
        Subjek::Simpul(_) => {}
        Subjek::Indikator(kode) => {
            let indikator = potret.indicator(kode).ok_or_else(|| format!("indikator {kode} tidak ada"))?;
            if let Some(nama) = petak.variable() {
                let formula = Rumus::parse(&indikator.rumus).ok();
                if !formula.is_some_and(|f| f.variables().contains(&nama)) {
                    return Err(format!("\"{nama}\" tidak ada dalam rumus {}", indikator.rumus));
                }
            }
        }
    }
    petak.value_type(potret).ok_or_else(|| "angka ini tidak diisi di sini".to_owned())
}

fn read(item: &IsianAngka, tipe: TipeNilai) -> Result<(Nilai, String), String> {
    let remark = item.keterangan.trim();
    short_enough(remark).map_err(|_| format!("keterangan paling panjang {} huruf", crate::remark::MAX_REMARK))?;
    let nilai = parse_value(&item.nilai, tipe, &Konteks::indonesia()).map_err(|e| e.to_string())?;
    if nilai.is_known() {
        return Ok((nilai, remark.to_owned()));
    }
    if remark.is_empty() {
        return Err("nilai kosong: tulis alasan mengapa belum ada, misalnya \"survei BPS belum terbit\"".to_owned());
    }
    Ok((Nilai::BelumAda { alasan: remark.to_owned() }, String::new()))
}

/// What the ledger says: the figure and its change, or how many.
pub(crate) fn describe(potret: &Potret, checked: &[Periksa]) -> (String, String) {
    let new: Vec<&Angka> =
        checked.iter().filter_map(|c| if let Periksa::Baru(a, _) = c { Some(a) } else { None }).collect();
    let change = |a: &Angka| {
        let before = Petak::of(a).figure(potret).map_or("kosong".to_owned(), |a| a.nilai.to_string());
        format!("{before} menjadi {}", a.nilai)
    };
    let name = |a: &Angka| {
        let petak = Petak::of(a);
        let variable = petak.variable().map(|v| format!(" {v}")).unwrap_or_default();
        format!("{}{variable} {}", a.subjek.kode(), a.periode)
    };
    match new.as_slice() {
        [one] => (name(one), change(one)),
        many => {
            let lines: Vec<String> = many.iter().take(LINES).map(|a| format!("{}: {}", name(a), change(a))).collect();
            let more = if many.len() > LINES { format!("; dan {} lainnya", many.len() - LINES) } else { String::new() };
            (format!("{} angka", many.len()), format!("{}{more}", lines.join("; ")))
        }
    }
}

/// How many changes an entry of the ledger spells out; each row has its own history besides.
const LINES: usize = 20;
