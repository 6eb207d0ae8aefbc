//! Targets and ceilings of a document, several cells at once.

use std::sync::{Mutex, PoisonError};

use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
use tolok_domain::number::{Konteks, parse_value, write_amount, write_decimal, write_value_plain};
use tolok_domain::{AngkaId, Dokumen, JenisDokumen, Nilai, Periode, Potret, TipeNilai};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, refuse, require_plan};
use crate::App;
use crate::cell::{HasilSel, SelDitolak};
use crate::edit::Catat;

/// A cell of a grid as somebody filled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelIsian {
    /// The indicator, or the plan node.
    pub kode: String,
    /// The period.
    pub periode: Periode,
    /// What stands in it; empty for no value.
    pub teks: String,
}

/// What a grid shows in a cell and reads back as the same value; empty for no figure.
pub fn cell_text(angka: Option<&Angka>) -> String {
    match angka.map(|a| &a.nilai) {
        None => String::new(),
        Some(Nilai::Bilangan(x) | Nilai::Persen(x)) => write_decimal(*x, None),
        Some(Nilai::Uang(x)) => write_amount(*x),
        Some(other) => write_value_plain(other),
    }
}

/// What the cells of a grid say.
#[derive(Clone, Copy)]
enum Lajur {
    Target,
    Pagu,
}

impl Lajur {
    fn jenis(self, dokumen: &str) -> JenisAngka {
        let dokumen = dokumen.to_owned();
        match self {
            Self::Target => JenisAngka::Target { dokumen },
            Self::Pagu => JenisAngka::Pagu { dokumen },
        }
    }

    fn subjek(self, kode: &str) -> Subjek {
        match self {
            Self::Target => Subjek::Indikator(kode.to_owned()),
            Self::Pagu => Subjek::Simpul(kode.to_owned()),
        }
    }

    const fn tindakan(self) -> &'static str {
        match self {
            Self::Target => "isi target",
            Self::Pagu => "isi pagu",
        }
    }

    /// The type in which a cell is read, and the name of its row.
    fn row(self, potret: &Potret, sel: &SelIsian) -> Result<(TipeNilai, String), String> {
        match self {
            Self::Target => {
                let found = potret.indicator(&sel.kode).ok_or_else(|| format!("indikator {} tidak ada", sel.kode))?;
                match found.berakhir.filter(|_| !found.is_active(sel.periode.tahun())) {
                    Some(last) => Err(format!("indikator ini berakhir tahun {last}")),
                    None => Ok((found.tipe, found.nama.clone())),
                }
            }
            Self::Pagu => {
                let found = potret.node(&sel.kode).ok_or_else(|| format!("{} tidak ada dalam rencana", sel.kode))?;
                Ok((TipeNilai::Uang, found.nama.clone()))
            }
        }
    }
}

impl App {
    /// Sets targets of a document. An empty cell takes the target away; a cell that still shows what it showed is left alone.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn set_targets(&self, ctx: &Ctx, dilihat: Dilihat, dokumen: &str, sel: &[SelIsian]) -> Hasil<HasilSel> {
        self.fill(ctx, dilihat, dokumen, sel, Lajur::Target).await
    }

    /// Sets ceilings of plan nodes in a document, as [`App::set_targets`] does.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn set_ceilings(&self, ctx: &Ctx, dilihat: Dilihat, dokumen: &str, sel: &[SelIsian]) -> Hasil<HasilSel> {
        self.fill(ctx, dilihat, dokumen, sel, Lajur::Pagu).await
    }

    async fn fill(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        dokumen: &str,
        sel: &[SelIsian],
        lajur: Lajur,
    ) -> Hasil<HasilSel> {
        require_plan(ctx)?;
        let seen = self.seen(ctx, dilihat).await?;
        let refused = Mutex::new(Vec::new());
        let written = self
            .edit(ctx, dilihat.tahun, |potret| {
                let document = open_document(potret, dokumen)?;
                let periods = potret.years_of(document);
                let jenis = lajur.jenis(dokumen);
                let (mut changes, mut wrong) = (Vec::new(), Vec::new());
                for cell in sel {
                    let at = (lajur.subjek(&cell.kode), &jenis, cell.periode);
                    let before = seen.potret.figure(&at.0, at.1, at.2);
                    if cell.teks.trim() == cell_text(before) {
                        continue;
                    }
                    match change(potret, cell, before, lajur, &jenis, &periods) {
                        Ok(None) => {}
                        Ok(Some(found)) => changes.push(found),
                        Err(found) => wrong.push(found),
                    }
                }
                if !wrong.is_empty() {
                    *refused.lock().unwrap_or_else(PoisonError::into_inner) = wrong;
                    return Err(Galat::Bentrok);
                }
                let rincian = describe(&changes);
                for Perubahan { lama, baru, .. } in changes {
                    potret.angka.retain(|a| Some(a.id) != lama);
                    if let Some(baru) = baru {
                        let angka = Angka { oleh: ctx.pelaku.clone(), dicatat: ctx.waktu, ..baru };
                        potret.angka.push(angka);
                    }
                }
                Ok(Catat { tindakan: lajur.tindakan(), sasaran: dokumen.to_owned(), rincian })
            })
            .await;
        let refused = refused.into_inner().unwrap_or_else(PoisonError::into_inner);
        match written {
            Err(Galat::Bentrok) if !refused.is_empty() => Ok(HasilSel::Ditolak(refused)),
            other => other.map(HasilSel::Tersimpan),
        }
    }
}

/// A figure that takes the place of another.
struct Perubahan {
    lama: Option<AngkaId>,
    baru: Option<Angka>,
    teks: String,
}

/// The document of that code, if targets and ceilings can be set in it here.
fn open_document<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Dokumen> {
    let found = potret.document(kode).ok_or_else(|| Galat::TidakDitemukan(format!("dokumen {kode}")))?;
    if potret.is_past(found) {
        return Err(refuse([format!("{} dari tahun sebelumnya; isinya tidak diubah lagi", found.judul)]));
    }
    if found.jenis == JenisDokumen::RencanaAksi {
        return Err(refuse(["target per bagian tahun diisi pada Rencana Aksi".to_owned()]));
    }
    Ok(found)
}

fn change(
    potret: &Potret,
    cell: &SelIsian,
    before: Option<&Angka>,
    lajur: Lajur,
    jenis: &JenisAngka,
    periods: &[Periode],
) -> Result<Option<Perubahan>, SelDitolak> {
    let subjek = lajur.subjek(&cell.kode);
    let now = potret.figure(&subjek, jenis, cell.periode);
    let refuse = |sebab: String, bentrok: bool| {
        let tersimpan = now.map(|a| a.nilai.clone());
        SelDitolak { kode: cell.kode.clone(), periode: cell.periode, sebab, bentrok, tersimpan }
    };
    let (tipe, nama) = lajur.row(potret, cell).map_err(|sebab| refuse(sebab, false))?;
    if !periods.contains(&cell.periode) {
        return Err(refuse(format!("{} tidak dimuat dokumen ini", cell.periode.heading()), false));
    }
    let nilai = match parse_value(&cell.teks, tipe, &Konteks::indonesia()) {
        Ok(Nilai::BelumAda { alasan }) if alasan.is_empty() => None,
        Ok(Nilai::BelumAda { .. }) => {
            return Err(refuse("target tidak dapat \"belum ada\"; isi nilainya atau kosongkan".to_owned(), false));
        }
        Ok(nilai) => Some(nilai),
        Err(error) => return Err(refuse(error.to_string(), false)),
    };
    if now.map(|a| &a.nilai) == nilai.as_ref() {
        return Ok(None);
    }
    if now.map(|a| a.id) != before.map(|a| a.id) {
        let (stored, by) = (now.map_or_else(|| "kosong".to_owned(), |a| a.nilai.to_string()), now.map(|a| &a.oleh));
        let by = by.filter(|by| !by.is_empty()).map(|by| format!(" oleh {by}")).unwrap_or_default();
        return Err(refuse(format!("sudah diubah menjadi {stored}{by}"), true));
    }
    let text = |nilai: Option<&Nilai>| nilai.map_or_else(|| "kosong".to_owned(), ToString::to_string);
    let teks = format!("{} {}: {} menjadi {}", nama, cell.periode, text(now.map(|a| &a.nilai)), text(nilai.as_ref()));
    let baru = nilai.map(|nilai| Angka {
        id: AngkaId::new(),
        subjek,
        jenis: jenis.clone(),
        periode: cell.periode,
        nilai,
        keterangan: now.map(|a| a.keterangan.clone()).unwrap_or_default(),
        asal: Asal::Diketik,
        bukti: Vec::new(),
        // As a package has them: what a document sets is set.
        keadaan: Keadaan::Dikunci,
        oleh: String::new(),
        dicatat: 0,
    });
    Ok(Some(Perubahan { lama: now.map(|a| a.id), baru, teks }))
}

/// How many changes the ledger names one by one.
const NAMED: usize = 3;

fn describe(changes: &[Perubahan]) -> String {
    let named: Vec<&str> = changes.iter().take(NAMED).map(|c| c.teks.as_str()).collect();
    let rest = changes.len().saturating_sub(NAMED);
    let rest = if rest > 0 { format!("; dan {rest} lainnya") } else { String::new() };
    format!("{}{rest}", named.join("; "))
}
