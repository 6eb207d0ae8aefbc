//! Grids of the action plan: many cells at once, all of them or none.

use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
use tolok_domain::id::Kode;
use tolok_domain::number::{Konteks, parse_value};
use tolok_domain::period::Tahun;
use tolok_domain::{AngkaId, Nilai, Periode, Potret, TipeNilai};
use tolok_store::{Ctx, Galat, Hasil};

use super::plan_code;
use crate::cell::{HasilSel, SelDitolak};
use crate::edit::Catat;
use crate::remark::{covers, find};
use crate::{App, day, require};

/// A cell as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelDiketik {
    /// The indicator, or the node for money.
    pub kode: Kode,
    /// The part of the year.
    pub periode: Periode,
    /// What stands in it now; empty takes the value away.
    pub diketik: String,
    /// What stood in it when the user opened the form.
    pub dilihat: String,
}

/// Which grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kisi {
    Target,
    Kas,
}

/// A cell that differs, read.
struct Ubahan {
    subjek: Subjek,
    periode: Periode,
    lama: Option<Nilai>,
    baru: Option<Nilai>,
}

/// What all cells of a grid have in common.
struct Pengisian<'a> {
    kisi: Kisi,
    lingkup: Lingkup,
    hari: String,
    sel: &'a [SelDiketik],
}

impl App {
    /// Sets targets of parts of the year in the action plan. A cell that somebody else changed in the meantime, cannot be read or
    /// lies in a closed period is named, and then nothing is written. Cells that the user left as they were are not looked at.
    ///
    /// Permission: [`Hak::UbahRencana`] for the units of the indicators.
    pub async fn set_action_targets(&self, ctx: &Ctx, tahun: Tahun, sel: &[SelDiketik]) -> Hasil<HasilSel> {
        self.fill_parts(ctx, tahun, Kisi::Target, sel).await
    }

    /// Sets money of parts of the year in the cash plan; otherwise like [`App::set_action_targets`].
    ///
    /// Permission: [`Hak::UbahRencana`] for the units of the budget lines.
    pub async fn set_cash_plan(&self, ctx: &Ctx, tahun: Tahun, sel: &[SelDiketik]) -> Hasil<HasilSel> {
        self.fill_parts(ctx, tahun, Kisi::Kas, sel).await
    }

    async fn fill_parts(&self, ctx: &Ctx, tahun: Tahun, kisi: Kisi, sel: &[SelDiketik]) -> Hasil<HasilSel> {
        require(ctx, Hak::UbahRencana)?;
        let hari = day(ctx.waktu).to_string();
        let filling = Pengisian { kisi, lingkup: ctx.scope(Hak::UbahRencana), hari, sel };
        if let Err(refused) = filling.changes(&self.load(ctx, tahun).await?.potret)? {
            return Ok(HasilSel::Ditolak(refused));
        }
        let written = self
            .edit(ctx, tahun, |potret| {
                let changes = filling.changes(potret)?.map_err(|_| Galat::Bentrok)?;
                Ok(filling.apply(ctx, potret, changes))
            })
            .await;
        match written {
            // Somebody wrote between looking and writing: say which cells it was about.
            Err(Galat::Bentrok) => match filling.changes(&self.load(&ctx.fresh(), tahun).await?.potret)? {
                Err(refused) => Ok(HasilSel::Ditolak(refused)),
                Ok(_) => Err(Galat::Bentrok),
            },
            other => other.map(HasilSel::Tersimpan),
        }
    }
}

impl Pengisian<'_> {
    /// What differs from the snapshot, or the cells that cannot be taken.
    fn changes(&self, potret: &Potret) -> Hasil<Result<Vec<Ubahan>, Vec<SelDitolak>>> {
        let (mut changes, mut refused) = (Vec::new(), Vec::new());
        for sel in self.sel {
            match self.read(potret, sel)? {
                Ok(change) => changes.extend(change),
                Err(cell) => refused.push(cell),
            }
        }
        Ok(if refused.is_empty() { Ok(changes) } else { Err(refused) })
    }

    /// One cell: nothing where it is to stay as it is; otherwise what is wrong with it.
    fn read(&self, potret: &Potret, sel: &SelDiketik) -> Hasil<Result<Option<Ubahan>, SelDitolak>> {
        let (subjek, tipe) = self.subject(potret, &sel.kode)?;
        let stored = |kode: &str| potret.figure(&subjek, &self.kind(kode.to_owned()), sel.periode).map(|a| &a.nilai);
        let lama = potret.action_plan().and_then(|plan| stored(&plan.kode)).cloned();
        let refuse = |sebab: String, bentrok: bool| {
            let (kode, periode, tersimpan) = (sel.kode.clone(), sel.periode, lama.clone());
            Ok(Err(SelDitolak { kode, periode, sebab, bentrok, tersimpan }))
        };
        if sel.periode.tahun() != potret.tahun || sel.periode.months() == 12 {
            let sebab = format!("{} bukan bagian dari tahun {}", sel.periode.heading(), potret.tahun);
            return refuse(sebab, false);
        }
        let value = |text: &str| {
            parse_value(text, tipe, &Konteks::indonesia()).map(|nilai| Some(nilai).filter(Nilai::is_known))
        };
        let baru = match value(&sel.diketik) {
            Ok(baru) => baru,
            Err(error) => return refuse(error.to_string(), false),
        };
        let seen = value(&sel.dilihat).ok();
        if seen.as_ref() == Some(&baru) || lama == baru {
            return Ok(Ok(None));
        }
        if Some(&lama) != seen.as_ref() {
            let there = lama.as_ref().map_or_else(|| "kosong".to_owned(), ToString::to_string);
            return refuse(format!("sudah diubah orang lain; sekarang tersimpan {there}"), true);
        }
        if self.kisi == Kisi::Kas && matches!(&baru, Some(Nilai::Uang(x)) if x.sen() < 0) {
            return refuse("anggaran kas tidak dapat kurang dari nol".to_owned(), false);
        }
        if self.kisi == Kisi::Target && potret.is_partly_closed(&subjek, sel.periode, &self.hari) {
            let sebab = "periode ini sudah dikunci; minta pembukaan kunci untuk mengubah targetnya";
            return refuse(sebab.to_owned(), false);
        }
        Ok(Ok(Some(Ubahan { subjek, periode: sel.periode, lama, baru })))
    }

    /// What a code stands for in this grid, and the type of its values.
    fn subject(&self, potret: &Potret, kode: &str) -> Hasil<(Subjek, TipeNilai)> {
        match self.kisi {
            Kisi::Target => {
                let indikator = find(potret, kode)?;
                covers(potret, indikator, &self.lingkup)?;
                Ok((Subjek::Indikator(kode.to_owned()), indikator.tipe))
            }
            Kisi::Kas => {
                let missing = || Galat::TidakDitemukan(format!("baris anggaran {kode}"));
                let simpul = potret.node(kode).ok_or_else(missing)?;
                if !self.lingkup.covers(potret.upwards(potret.unit_of_node(simpul))) {
                    return Err(Galat::Terlarang);
                }
                Ok((Subjek::Simpul(kode.to_owned()), TipeNilai::Uang))
            }
        }
    }

    fn kind(&self, dokumen: Kode) -> JenisAngka {
        match self.kisi {
            Kisi::Target => JenisAngka::Target { dokumen },
            Kisi::Kas => JenisAngka::Pagu { dokumen },
        }
    }

    /// Puts the changes into the snapshot.
    fn apply(&self, ctx: &Ctx, potret: &mut Potret, changes: Vec<Ubahan>) -> Catat {
        let mut lines = Vec::with_capacity(changes.len());
        let mut codes: Vec<String> = Vec::new();
        for change in changes {
            let jenis = self.kind(plan_code(potret));
            let kode = change.subjek.kode().to_owned();
            let write = |nilai: Option<&Nilai>| nilai.map_or_else(|| "kosong".to_owned(), ToString::to_string);
            let (lama, baru) = (write(change.lama.as_ref()), write(change.baru.as_ref()));
            lines.push(format!("{kode} {}: {lama} menjadi {baru}", change.periode.short()));
            if !codes.contains(&kode) {
                codes.push(kode);
            }
            // A time is planned once: by quarter or by month, not both.
            potret.angka.retain(|a| {
                a.jenis != jenis
                    || a.subjek != change.subjek
                    || a.periode.months() == 12
                    || !a.periode.meets(change.periode)
            });
            potret.angka.extend(change.baru.map(|nilai| Angka {
                id: AngkaId::new(),
                subjek: change.subjek,
                jenis,
                periode: change.periode,
                nilai,
                keterangan: String::new(),
                asal: Asal::Diketik,
                bukti: Vec::new(),
                // What a document sets has no way through verification.
                keadaan: Keadaan::Dikunci,
                oleh: ctx.pelaku.clone(),
                dicatat: ctx.waktu,
            }));
        }
        let what = if self.kisi == Kisi::Target { "indikator" } else { "baris anggaran" };
        Catat {
            tindakan: if self.kisi == Kisi::Target { "ubah target rencana aksi" } else { "ubah anggaran kas" },
            sasaran: match codes.as_slice() {
                [one] => one.clone(),
                many => format!("{} {what}", many.len()),
            },
            rincian: shorten(&lines.join("; ")),
        }
    }
}

/// Longest detail of a ledger entry, in characters: the figures themselves say the rest.
const DETAIL: usize = 300;

fn shorten(text: &str) -> String {
    match text.char_indices().nth(DETAIL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
