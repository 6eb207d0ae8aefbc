//! The rules, each a function from a measurement to findings.

use rust_decimal::Decimal;
use tolok_domain::figure::JenisAngka;
use tolok_domain::number::{write_percent, write_rupiah};
use tolok_domain::{JenisDokumen, Pengukuran, Periode, Rupiah};

use crate::{Keparahan, Tempat, Temuan};

type Rule = fn(&Pengukuran<'_>) -> Vec<Temuan>;

pub(crate) const ALL: [Rule; 5] =
    [own_sum_differs, spent_above_ceiling, decree_differs_from_agreement, missed_without_reason, not_known_yet];

/// UANG-01: a node's own ceiling or spending and the sum of what stands below it differ.
fn own_sum_differs(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    let year = Periode::Tahun(hasil.potret.tahun);
    let budget = hasil.budget_document().map(|d| d.kode.clone());
    let mut found = Vec::new();
    for u in &hasil.simpul {
        let kode = &u.simpul.kode;
        let children: Vec<_> =
            hasil.potret.children(Some(kode)).filter_map(|c| hasil.node(&c.kode)).map(|c| &c.uang).collect();
        let own = |is_it: &dyn Fn(&JenisAngka) -> bool| {
            hasil.node_figures(kode).iter().any(|a| a.periode == year && is_it(&a.jenis))
        };
        let has_ceiling = own(&|j| matches!(j, JenisAngka::Pagu { dokumen } if Some(dokumen) == budget.as_ref()));
        let has_spending = own(&|j| *j == JenisAngka::RealisasiAnggaran);
        let mut compare = |what: &str, mine: Option<Rupiah>, parts: Vec<Rupiah>| {
            let sum: Rupiah = parts.iter().copied().sum();
            if let Some(mine) = mine.filter(|m| !parts.is_empty() && *m != sum) {
                found.push(Temuan {
                    aturan: "UANG-01",
                    keparahan: Keparahan::Kesalahan,
                    judul: format!("{what} {kode} tidak sama dengan jumlah rinciannya"),
                    rincian: format!("tercatat {}, jumlah rincian {}", write_rupiah(mine), write_rupiah(sum)),
                    tempat: Tempat::Simpul(kode.clone()),
                });
            }
        };
        if has_ceiling {
            compare("Pagu", u.uang.pagu, children.iter().filter_map(|c| c.pagu).collect());
        }
        if has_spending {
            compare("Realisasi anggaran", u.uang.realisasi, children.iter().filter_map(|c| c.realisasi).collect());
        }
    }
    found
}

/// UANG-02: more was spent than the ceiling allows.
fn spent_above_ceiling(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    hasil
        .simpul
        .iter()
        .filter_map(|u| {
            let (pagu, realisasi) = (u.uang.pagu?, u.uang.realisasi?);
            (realisasi > pagu && !u.uang.tanpa_pagu).then(|| Temuan {
                aturan: "UANG-02",
                keparahan: Keparahan::Kesalahan,
                judul: format!("Realisasi anggaran {} melebihi pagu", u.simpul.kode),
                rincian: format!("{} dari {}", write_rupiah(realisasi), write_rupiah(pagu)),
                tempat: Tempat::Simpul(u.simpul.kode.clone()),
            })
        })
        .collect()
}

/// TGT-01: the decree of key indicators and the target that counts differ.
fn decree_differs_from_agreement(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    let year = Periode::Tahun(hasil.potret.tahun);
    let decrees: Vec<_> = hasil.potret.dokumen.iter().filter(|d| d.jenis == JenisDokumen::Iku).collect();
    let mut found = Vec::new();
    for u in hasil.indikator.iter().filter(|u| u.berlaku) {
        let Some(target) = &u.target else { continue };
        let Some(source) = target.dokumen.filter(|d| d.jenis != JenisDokumen::Iku) else { continue };
        for decree in &decrees {
            let Some(decreed) = hasil.target_in(&u.indikator.kode, &decree.kode, year) else { continue };
            if decreed.nilai.number() != target.nilai.number() {
                found.push(Temuan {
                    aturan: "TGT-01",
                    keparahan: Keparahan::Peringatan,
                    judul: format!("Target {} berbeda antardokumen", u.indikator.nama),
                    rincian: format!("{} {}; {} {}", decree.judul, decreed.nilai, source.judul, target.nilai),
                    tempat: Tempat::Indikator(u.indikator.kode.clone()),
                });
            }
        }
    }
    found
}

/// KET-01: a missed target has no recorded reason (PermenPANRB 53/2014 asks for the cause of each failure).
fn missed_without_reason(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    let missed = |x: Decimal| x < Decimal::ONE_HUNDRED;
    hasil
        .indikator
        .iter()
        .filter(|u| u.berlaku && u.remark().is_empty())
        .filter_map(|u| Some((u, u.capaian.percent().filter(|x| missed(*x))?)))
        .map(|(u, x)| Temuan {
            aturan: "KET-01",
            keparahan: Keparahan::Peringatan,
            judul: format!("{} belum mencapai target tanpa penjelasan", u.indikator.nama),
            rincian: format!("capaian {}%; tulis penyebabnya", write_percent(x)),
            tempat: Tempat::Indikator(u.indikator.kode.clone()),
        })
        .collect()
}

/// REA-01: no realisation is known yet.
fn not_known_yet(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    hasil
        .indikator
        .iter()
        .filter(|u| u.berlaku && !u.realisasi.nilai.is_known())
        .map(|u| Temuan {
            aturan: "REA-01",
            keparahan: Keparahan::Info,
            judul: format!("Realisasi {} belum ada", u.indikator.nama),
            rincian: u.capaian.to_string(),
            tempat: Tempat::Indikator(u.indikator.kode.clone()),
        })
        .collect()
}
