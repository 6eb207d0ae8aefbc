//! The Rencana Aksi as a document: for each sasaran its indicators with the year's target, the targets of its parts and the steps
//! towards them; then the cash plan.

mod cash;
mod steps;
#[cfg(test)]
mod tests;

use tolok_domain::action::{PeriksaTarget, check_targets};
use tolok_domain::calendar::written_date;
use tolok_domain::{JenisSimpul, Pengukuran, Simpul};

use crate::naskah::{Bagian, Blok, Judul, Kertas, Naskah, PenandaTangan, Rata, Ruas, TandaTangan};

/// Builds the document of the measured year.
pub fn build(hasil: &Pengukuran<'_>) -> Naskah {
    let (potret, office) = (hasil.potret, &hasil.potret.instansi);
    let penerbit = format!("{} {}", office.nama, office.daerah);
    let dated = potret.action_plan().map(|plan| plan.tanggal.clone()).filter(|day| !day.is_empty());
    Naskah {
        judul: format!("Rencana Aksi {} {penerbit}", potret.tahun),
        // An action plan is made at the beginning of its year.
        tanggal: dated.unwrap_or_else(|| format!("{}-01-01", potret.tahun)),
        kertas: Kertas::F4,
        bagian: vec![Bagian { lebar: true, mulai_ulang: true, isi: blocks(hasil), ..Bagian::default() }],
        penerbit,
        ..Naskah::default()
    }
}

fn blocks(hasil: &Pengukuran<'_>) -> Vec<Blok> {
    let office = &hasil.potret.instansi;
    let title = format!("RENCANA AKSI TAHUN {}\n{}", hasil.potret.tahun, office.nama.to_uppercase());
    let mut blocks = vec![heading(1, format!("{title}\n{}", office.daerah.to_uppercase()))];
    let plan = hasil.potret.action_plan();
    let described = plan.filter(|plan| !plan.nomor.is_empty()).map(|plan| format!("Nomor: {}", plan.nomor));
    blocks.extend(described.map(|text| paragraph(text, Rata::Tengah)));
    let checked = check_targets(hasil);
    if checked.is_empty() {
        let text = "Belum ada indikator bertarget untuk tahun ini, sehingga rencana aksinya belum dapat disusun.";
        blocks.push(paragraph(text.to_owned(), Rata::Kiri));
    }
    for (number, (top, listed)) in (1..).zip(by_target(hasil, &checked)) {
        let label = top.map_or_else(String::new, |s| format!("{}: {}", s.jenis.label(), s.calm_name()));
        blocks.push(heading(2, label));
        blocks.push(Blok::Tabel(steps::table(hasil, top, &listed, number)));
    }
    if let Some(table) = cash::table(hasil) {
        blocks.push(heading(2, "Anggaran Kas".to_owned()));
        blocks.push(Blok::Tabel(table));
    }
    blocks.push(signature(hasil));
    blocks
}

fn heading(tingkat: u8, teks: String) -> Blok {
    Blok::Judul(Judul { tingkat, nomor: String::new(), teks, di_daftar: false })
}

fn paragraph(teks: String, rata: Rata) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata, menjorok: false }
}

/// The indicators under the sasaran that they serve (their tujuan, where they stand above it), in the order of the plan.
fn by_target<'h, 'a>(
    hasil: &Pengukuran<'a>,
    checked: &'h [PeriksaTarget<'a>],
) -> Vec<(Option<&'a Simpul>, Vec<&'h PeriksaTarget<'a>>)> {
    let potret = hasil.potret;
    let top = |p: &PeriksaTarget<'_>| {
        let above = std::iter::successors(potret.node(&p.indikator.simpul), |s| potret.node(s.induk.as_deref()?));
        let mut path: Vec<&Simpul> = above.collect();
        path.reverse();
        path.iter().rev().find(|s| s.jenis == JenisSimpul::Sasaran).or(path.last()).copied()
    };
    let mut groups: Vec<(Option<&Simpul>, Vec<&PeriksaTarget<'_>>)> = Vec::new();
    for simpul in &potret.simpul {
        for p in checked.iter().filter(|p| p.indikator.simpul == simpul.kode) {
            let top = top(p);
            match groups.iter_mut().find(|(t, _)| t.map(|s| &s.kode) == top.map(|s| &s.kode)) {
                Some((_, listed)) => listed.push(p),
                None => groups.push((top, vec![p])),
            }
        }
    }
    groups
}

/// Place and day as far as they are known, and the head's position.
fn signature(hasil: &Pengukuran<'_>) -> Blok {
    let (potret, office) = (hasil.potret, &hasil.potret.instansi);
    let dated = potret.action_plan().and_then(|plan| written_date(&plan.tanggal));
    let written = dated.unwrap_or_else(|| format!("{} {}", ".".repeat(24), potret.tahun));
    Blok::TandaTangan(TandaTangan {
        tempat_tanggal: format!("{}, {written}", office.tempat),
        kanan: PenandaTangan { jabatan: vec![office.penanda_tangan.clone()], ..PenandaTangan::default() },
        kiri: None,
    })
}
