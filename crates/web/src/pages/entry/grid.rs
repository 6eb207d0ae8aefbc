//! Rows of the grid.

use std::collections::BTreeSet;

use tolok_app::review::Keparahan;
use tolok_app::{DaftarTemuan, day};
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::deadline::Tingkat;
use tolok_domain::figure::{Keadaan, Subjek};
use tolok_domain::measure::UkurIndikator;
use tolok_domain::number::{write_amount, write_percent};
use tolok_domain::{Pengukuran, Periode, Petak, Potret, Simpul};

use super::Batas;
use super::form::{Terkirim, seen, texts};
use crate::page::{Bingkai, Dibuka};
use crate::pages::tasks::remaining;
use crate::session::Pengguna;
use crate::view::{Lencana, Ukuran, level_class, long_date};

/// Rows of one plan node.
pub(crate) struct Kelompok {
    pub jenis: &'static str,
    pub kode: String,
    pub nama: String,
    pub kelas: &'static str,
    pub baris: Vec<Baris>,
}

/// One figure to be entered.
pub(crate) struct Baris {
    pub petak: String,
    /// Indicator, on the first of its rows; empty on further ones.
    pub indikator: String,
    pub alamat: String,
    /// What exactly is entered, where it is not the indicator's value itself.
    pub apa: String,
    pub satuan: String,
    pub periode: String,
    pub target: String,
    /// What the period before had.
    pub lalu: String,
    pub nilai: String,
    pub keterangan: String,
    pub lihat: String,
    pub dilihat: String,
    pub capaian: Option<(String, String, String)>,
    pub bukti: usize,
    pub alamat_bukti: String,
    pub lencana: Lencana,
    pub dapat_diisi: bool,
    pub dapat_ditarik: bool,
    pub catatan: String,
    pub pesan: String,
}

/// Whether a unit, or one below it, answers for a figure.
pub(super) fn in_unit(potret: &Potret, petak: &Petak, unit: &str) -> bool {
    unit.is_empty() || potret.upwards(petak.unit(potret)).any(|kode| kode == unit)
}

/// The deadlines of the levels that the figures belong to.
pub(super) fn deadlines(opened: &Dibuka, places: &[Petak], tw: u8) -> Vec<Batas> {
    let potret = &opened.termuat.potret;
    let (today, off) = (day(opened.pengguna.ctx.waktu), potret.days_off());
    let levels: BTreeSet<Tingkat> = places.iter().filter_map(|p| p.level(potret)).collect();
    let t = opened.pengguna.t;
    levels
        .into_iter()
        .map(|tingkat| {
            let batas = potret.jadwal.deadline(tingkat, Periode::Triwulan(potret.tahun, tw), today, &off);
            let (sisa, kelas) = remaining(batas, t);
            Batas { tingkat: tingkat.label(), tanggal: long_date(batas.tanggal), sisa, kelas }
        })
        .collect()
}

/// Makes the rows.
pub(super) struct Pembuat<'a> {
    pub hasil: &'a Pengukuran<'a>,
    pub h: &'a Bingkai,
    pub pengguna: &'a Pengguna,
    pub typed: &'a Terkirim,
    pub temuan: &'a DaftarTemuan,
}

impl Pembuat<'_> {
    /// The figures by plan node, in the plan's order: performance first, the node's money after it.
    pub fn groups(&self, places: &[Petak]) -> Vec<Kelompok> {
        let potret = self.hasil.potret;
        let lingkup = self.pengguna.ctx.scope(Hak::UbahRealisasi);
        let node_of = |p: &Petak| match &p.subjek {
            Subjek::Indikator(kode) => potret.indicator(kode).map(|i| i.simpul.clone()).unwrap_or_default(),
            Subjek::Simpul(kode) => kode.clone(),
        };
        let mut by_node: std::collections::HashMap<String, Vec<&Petak>> = std::collections::HashMap::new();
        for petak in places {
            by_node.entry(node_of(petak)).or_default().push(petak);
        }
        let mut groups = Vec::new();
        for simpul in &potret.simpul {
            let Some(found) = by_node.get(&simpul.kode) else { continue };
            let mut before = String::new();
            let baris = found.iter().map(|p| self.row(p, &lingkup, &mut before)).collect();
            groups.push(group(simpul, baris));
        }
        groups
    }

    fn row(&self, petak: &Petak, lingkup: &Lingkup, before: &mut String) -> Baris {
        let potret = self.hasil.potret;
        let stored = petak.figure(potret);
        let (mut nilai, mut keterangan) = texts(stored);
        let (mut lihat, mut pesan) = (seen(stored), String::new());
        let state = stored.map(|a| a.keadaan);
        let theirs = lingkup.covers(potret.upwards(petak.unit(potret))) && !self.pengguna.ctx.lampau;
        let dapat_diisi = theirs && petak.enter(potret, &day(self.pengguna.ctx.waktu).to_string()).is_ok();
        match self.typed.isian.get(petak) {
            Some(typed) if dapat_diisi => {
                (nilai, keterangan) = (typed.nilai.clone(), typed.keterangan.clone());
                lihat.clone_from(&typed.lihat);
                pesan.clone_from(&typed.pesan);
            }
            // Closed since the page was opened: what stands there is shown, what was typed is told beside it.
            Some(typed) if !typed.pesan.is_empty() => {
                let text = format!("{} {}", typed.nilai, typed.keterangan);
                pesan = format!("{}. {}", typed.pesan, self.h.t.f("isi-ketikan", "isian", text.trim()));
            }
            _ => {}
        }
        let measured = self.hasil.indicator(petak.subjek.kode());
        let first = *before != petak.subjek.kode();
        before.clear();
        before.push_str(petak.subjek.kode());
        let t = self.h.t;
        let money = matches!(petak.subjek, Subjek::Simpul(_));
        let indikator = measured.filter(|_| first && !money).map(|u| u.indikator.nama.clone()).unwrap_or_default();
        let apa = match (petak.variable(), money) {
            (Some(nama), _) => nama.replace('_', " "),
            (None, true) => t.x("isi-belanja").to_owned(),
            (None, false) => String::new(),
        };
        Baris {
            alamat: format!("{}/indikator/{}{}", self.h.akar, petak.subjek.kode(), self.h.ekor),
            alamat_bukti: format!("{}/isi/bukti{}&petak={petak}", self.h.akar, self.h.tanya),
            satuan: if money { "Rp".to_owned() } else { measured.map(|u| unit_of(u, petak)).unwrap_or_default() },
            periode: petak.periode.short(),
            target: self.target(petak, measured, first),
            lalu: self.before(petak),
            capaian: measured.filter(|_| first && !money).map(|u| {
                let ukuran = Ukuran::of(u);
                (u.indikator.kode.clone(), ukuran.teks, ukuran.kelas)
            }),
            bukti: stored.map_or(0, |a| a.bukti.len()),
            dilihat: stored.map(|a| a.id.to_string()).unwrap_or_default(),
            dapat_diisi,
            dapat_ditarik: theirs && state == Some(Keadaan::Diajukan),
            catatan: self.notes(petak, state, first),
            lencana: Lencana::of(state, t),
            petak: petak.to_string(),
            indikator,
            apa,
            nilai,
            keterangan,
            lihat,
            pesan,
        }
    }

    fn target(&self, petak: &Petak, measured: Option<&UkurIndikator<'_>>, first: bool) -> String {
        match &petak.subjek {
            Subjek::Indikator(_) if !first => String::new(),
            Subjek::Indikator(_) => {
                measured.and_then(|u| u.target.as_ref()).map_or_else(|| "–".to_owned(), |t| t.nilai.to_string())
            }
            Subjek::Simpul(kode) => {
                let money = self.hasil.node(kode).map(|u| &u.uang);
                money.and_then(|u| u.pagu).map_or_else(|| "–".to_owned(), write_amount)
            }
        }
    }

    /// The value of the same figure in the quarter before; money with the share of the ceiling spent so far.
    fn before(&self, petak: &Petak) -> String {
        let potret = self.hasil.potret;
        if let Subjek::Simpul(kode) = &petak.subjek {
            let absorbed = self.hasil.node(kode).and_then(|u| u.uang.absorption().ok());
            return absorbed.map(|x| format!("{}%", write_percent(x))).unwrap_or_default();
        }
        let Periode::Triwulan(year, quarter) = petak.periode else { return String::new() };
        if quarter < 2 {
            return String::new();
        }
        let earlier = Petak { periode: Periode::Triwulan(year, quarter - 1), ..petak.clone() };
        earlier.figure(potret).filter(|a| a.nilai.is_known()).map(|a| a.nilai.to_string()).unwrap_or_default()
    }

    /// What the user should know about a figure: why it came back, that its target has changed since.
    fn notes(&self, petak: &Petak, state: Option<Keadaan>, first: bool) -> String {
        let potret = self.hasil.potret;
        let mut notes = Vec::new();
        // Said once for an indicator, beside its first figure; what is still to be entered is no fault of the quarter.
        let open = self.temuan.about(petak.subjek.kode()).filter(|t| first && t.putusan.is_none());
        let faults = open.filter(|t| t.temuan.keparahan != Keparahan::Info && state.is_some());
        notes.extend(faults.map(|t| t.temuan.judul.clone()));
        let comment = potret
            .komentar
            .iter()
            .rev()
            .find(|k| k.indikator == petak.subjek.kode() && k.periode == petak.periode)
            .filter(|_| state == Some(Keadaan::Dikembalikan));
        notes.extend(comment.map(|k| format!("{}: {}", k.oleh, k.isi)));
        if let Some(angka) = petak.figure(potret)
            && target_moved(self.hasil, petak, angka.dicatat)
        {
            notes.push(self.h.t.x("isi-target-berubah").to_owned());
        }
        notes.join(" ")
    }
}

/// Whether the target in force was recorded after the realisation: a revision changed it meanwhile.
pub(crate) fn target_moved(hasil: &Pengukuran<'_>, petak: &Petak, entered: i64) -> bool {
    let Subjek::Indikator(kode) = &petak.subjek else { return false };
    let document = hasil.indicator(kode).and_then(|u| u.target.as_ref()).and_then(|t| t.dokumen);
    let year = Periode::Tahun(hasil.potret.tahun);
    let target = document.and_then(|d| hasil.target_in(kode, &d.kode, year));
    target.is_some_and(|t| t.dicatat > entered && entered > 0)
}

fn unit_of(u: &UkurIndikator<'_>, petak: &Petak) -> String {
    if petak.variable().is_some() { String::new() } else { u.indikator.satuan.clone() }
}

fn group(simpul: &Simpul, baris: Vec<Baris>) -> Kelompok {
    let kelas = level_class(simpul.jenis);
    Kelompok { jenis: simpul.jenis.label(), kode: simpul.kode.clone(), nama: simpul.calm_name(), kelas, baris }
}
