//! Lampiran Perjanjian Kinerja: PermenPANRB 53/2014, anak lampiran I/5-6 (SKPD) for the office, I/4-6 (unit kerja) for the levels
//! below. The form of I/4-6 ends with activities; for the lowest level it is read one level further down.

use tolok_domain::agreement::{JenisIsi, Jenjang, Perjanjian};
use tolok_domain::figure::{Angka, JenisAngka, Subjek};
use tolok_domain::number::write_amount;
use tolok_domain::{Indikator, JenisSimpul, Periode, Potret, Rupiah, Simpul};

use super::{below_name, heading, name, signatures, title};
use crate::lkjip::cells::{capital, group, header, left, middle, numbers, right, row, text, with_unit};
use crate::naskah::{Baris, Blok, NilaiSel, PenandaTangan, Ruas, Sel, Tabel};

/// The form of a level.
struct Formulir {
    sasaran: &'static str,
    anggaran: &'static str,
    /// Whether money has a column for remarks.
    keterangan: bool,
}

const fn form(jenjang: Jenjang) -> Formulir {
    match jenjang {
        Jenjang::Puncak => Formulir { sasaran: "Sasaran Strategis", anggaran: "Program", keterangan: true },
        Jenjang::Menengah => Formulir { sasaran: "Sasaran Program/Kegiatan", anggaran: "Kegiatan", keterangan: false },
        Jenjang::Terendah => {
            Formulir { sasaran: "Sasaran Kegiatan/Sub Kegiatan", anggaran: "Sub Kegiatan", keterangan: false }
        }
    }
}

/// The annex's page.
pub(super) fn blocks(potret: &Potret, perjanjian: &Perjanjian) -> Vec<Blok> {
    let unit = potret.unit(&perjanjian.unit);
    let jenjang = unit.map_or(Jenjang::Terendah, |u| Jenjang::of(potret, u));
    let office = &potret.instansi;
    let whose = match (jenjang, unit) {
        (Jenjang::Puncak, _) | (_, None) => format!("{} {}", office.nama, office.daerah),
        (_, Some(unit)) => unit.nama.clone(),
    };
    let form = form(jenjang);
    let mut blocks = vec![
        heading(format!("{}\n{}", title(potret, perjanjian), whose.to_uppercase())),
        Blok::Tabel(targets(potret, perjanjian, &form)),
    ];
    blocks.extend(money(potret, perjanjian, &form).map(Blok::Tabel));
    blocks.push(signatures(potret, perjanjian, |_, pihak| PenandaTangan {
        jabatan: vec![pihak.jabatan.clone()],
        nama: format!("({})", name(pihak).unwrap_or("..................................")),
        keterangan: below_name(pihak),
    }));
    blocks
}

/// What is promised: each target once, with its indicators beside it.
fn targets(potret: &Potret, perjanjian: &Perjanjian, form: &Formulir) -> Tabel {
    let indicators = potret.agreed(&perjanjian.kode, JenisIsi::Indikator).filter_map(|kode| potret.indicator(kode));
    let mut groups: Vec<(String, Vec<&Indikator>)> = Vec::new();
    for indikator in indicators {
        let wanted = goal(potret, indikator);
        match groups.iter_mut().find(|(goal, _)| *goal == wanted) {
            Some((_, members)) => members.push(indikator),
            None => groups.push((wanted, vec![indikator])),
        }
    }
    let mut isi = Vec::new();
    for (number, (goal, members)) in groups.iter().enumerate() {
        let span = u16::try_from(members.len()).unwrap_or(u16::MAX);
        for (i, indikator) in members.iter().enumerate() {
            let mut cells = Vec::new();
            if i == 0 {
                cells.extend([text((number + 1).to_string()).span(1, span), text(goal).span(1, span)]);
            }
            cells.push(text(capital(potret.wording(indikator, &perjanjian.dokumen).0)));
            cells.push(target(potret, perjanjian, indikator));
            isi.push(row(cells));
        }
    }
    let columns = numbers(4).into_iter().map(|cell| text(format!("({})", cell.plain()))).collect();
    Tabel {
        nama: format!("target {}", perjanjian.kode),
        kolom: vec![middle(5), left(36), left(40), middle(19)],
        kepala: vec![header(&["No.", form.sasaran, "Indikator Kinerja", "Target"]), columns],
        isi,
        ..Tabel::default()
    }
}

/// The condition that an indicator stands for: its goal or target; for a programme the target that it serves; below, the activity
/// itself, for which plans have no target of their own.
fn goal(potret: &Potret, indikator: &Indikator) -> String {
    let Some(node) = potret.node(&indikator.simpul) else { return String::new() };
    let goal = if node.jenis == JenisSimpul::Program { served(potret, node) } else { node };
    capital(&goal.nama)
}

fn served<'a>(potret: &'a Potret, program: &'a Simpul) -> &'a Simpul {
    let above = std::iter::successors(Some(program), |s| potret.node(s.induk.as_deref()?));
    let is_goal = |s: &&Simpul| matches!(s.jenis, JenisSimpul::SasaranProgram | JenisSimpul::Sasaran);
    above.into_iter().find(is_goal).unwrap_or(program)
}

fn target(potret: &Potret, perjanjian: &Perjanjian, indikator: &Indikator) -> Sel {
    let satuan = potret.wording(indikator, &perjanjian.dokumen).1;
    let dokumen = perjanjian.dokumen.clone();
    let promised = figure(potret, &Subjek::Indikator(indikator.kode.clone()), &JenisAngka::Target { dokumen });
    let teks = promised.map_or_else(|| "belum ada".to_owned(), |a| with_unit(&a.nilai, satuan));
    let key = format!("target {} {} {}", indikator.kode, perjanjian.dokumen, potret.tahun);
    Sel { isi: vec![Ruas { teks, angka: Some(key), ..Ruas::default() }], ..Sel::default() }
}

fn figure<'a>(potret: &'a Potret, subjek: &Subjek, jenis: &JenisAngka) -> Option<&'a Angka> {
    potret.figure(subjek, jenis, Periode::Tahun(potret.tahun))
}

/// The money behind it with its sum; none where the agreement lists none.
fn money(potret: &Potret, perjanjian: &Perjanjian, form: &Formulir) -> Option<Tabel> {
    let (nodes, sum) = potret.agreed_money(perjanjian);
    if nodes.is_empty() {
        return None;
    }
    let mut isi: Vec<Baris> = Vec::new();
    for (number, (node, money)) in nodes.iter().enumerate() {
        let mut cells = vec![
            text(format!("{}. {}", number + 1, capital(&node.nama))),
            amount(*money, format!("pagu {} {}", node.kode, perjanjian.dokumen)),
        ];
        if form.keterangan {
            let dokumen = perjanjian.dokumen.clone();
            let kept = figure(potret, &Subjek::Simpul(node.kode.clone()), &JenisAngka::Pagu { dokumen });
            cells.push(text(kept.map_or("", |a| a.keterangan.as_str())));
        }
        isi.push(row(cells));
    }
    let mut total = group("Jumlah", 1);
    total.sel.push(amount(sum, format!("pagu {}", perjanjian.kode)));
    if form.keterangan {
        total.sel.push(Sel::empty());
    }
    isi.push(total);
    let (mut kolom, mut words) = (vec![left(60), right(25)], vec![form.anggaran, "Anggaran"]);
    if form.keterangan {
        kolom.push(left(18));
        words.push("Keterangan");
    }
    Some(Tabel {
        nama: format!("anggaran {}", perjanjian.kode),
        kolom,
        kepala: vec![header(&words)],
        isi,
        ..Tabel::default()
    })
}

/// "Rp 586.995.500", as the form writes it.
fn amount(x: Option<Rupiah>, key: String) -> Sel {
    let teks = x.map_or_else(|| "belum ada".to_owned(), |x| format!("Rp\u{a0}{}", write_amount(x)));
    Sel {
        isi: vec![Ruas { teks, angka: Some(key), ..Ruas::default() }],
        nilai: x.map(NilaiSel::Uang),
        ..Sel::default()
    }
}
