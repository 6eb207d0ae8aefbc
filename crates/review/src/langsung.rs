//! Rules on the data of an office, as they stand in Tolok: the same findings as on files, with codes for places.

use rust_decimal::{Decimal, dec};
use tolok_domain::figure::JenisAngka;
use tolok_domain::measure::{Capaian, UkurIndikator, UkurSimpul};
use tolok_domain::number::{write_percent, write_rupiah};
use tolok_domain::{JenisDokumen, JenisSimpul, Nilai, Pengukuran, Periode, Rupiah};

use crate::aturan::{Aturan, Langsung};
use crate::temuan::{Sisi, Tempat, Temuan};

/// What a rule finds in a measurement.
pub(crate) fn run(hasil: &Pengukuran<'_>, a: &'static Aturan, rule: Langsung) -> Vec<Temuan> {
    match rule {
        Langsung::JumlahRincian => own_sum_differs(hasil, a),
        Langsung::LebihPagu => spent_above_ceiling(hasil, a),
        Langsung::TargetIku => decree_differs(hasil, a),
        Langsung::TanpaPenjelasan => missed_without_reason(hasil, a),
        Langsung::BelumAda => not_known_yet(hasil, a),
        Langsung::CapaianTinggi => achievement(hasil, a, |asli| asli > dec!(150)),
        Langsung::CapaianNegatif => achievement(hasil, a, |asli| asli < Decimal::ZERO),
        Langsung::TanpaPagu => without_ceiling(hasil, a),
        Langsung::PaguNol => ceiling_became_zero(hasil, a),
        Langsung::UangTanpaKinerja => money_without_performance(hasil, a),
        Langsung::TanpaTarget => without_target(hasil, a),
        Langsung::TargetDiBawahRealisasi => target_below_last(hasil, a),
        Langsung::Timpang => spent_without_result(hasil, a),
        Langsung::KeputusanTanpaNomor => decree_without_number(hasil, a),
        Langsung::SemuaSeratus => all_hundred(hasil, a),
        Langsung::IkuTanpaPk => key_indicator_not_promised(hasil, a),
    }
}

fn at_node(kode: &str, hal: impl Into<String>, nilai: impl Into<String>) -> Sisi {
    Sisi { tempat: Tempat::Simpul(kode.to_owned()), hal: hal.into(), nilai: nilai.into() }
}

fn at_indicator(kode: &str, hal: impl Into<String>, nilai: impl Into<String>) -> Sisi {
    Sisi { tempat: Tempat::Indikator(kode.to_owned()), hal: hal.into(), nilai: nilai.into() }
}

fn in_force<'h, 'a>(hasil: &'h Pengukuran<'a>) -> impl Iterator<Item = &'h UkurIndikator<'a>> {
    hasil.indikator.iter().filter(|u| u.berlaku)
}

/// A node's own ceiling or spending and the sum of what stands below it.
fn own_sum_differs(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
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
                found.push(
                    Temuan::new(
                        a,
                        format!("{what} {kode} tidak sama dengan jumlah rinciannya"),
                        at_node(kode, what, write_rupiah(mine)),
                    )
                    .against(at_node(kode, format!("jumlah {} rincian", parts.len()), write_rupiah(sum)))
                    .differing(mine.to_decimal() - sum.to_decimal()),
                );
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

fn spent_above_ceiling(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    hasil
        .simpul
        .iter()
        .filter_map(|u| {
            let (pagu, realisasi) = (u.uang.pagu?, u.uang.realisasi?);
            (realisasi > pagu && !u.uang.tanpa_pagu).then(|| {
                let kode = &u.simpul.kode;
                Temuan::new(
                    a,
                    format!("Realisasi anggaran {kode} melebihi pagu"),
                    at_node(kode, "Realisasi anggaran", write_rupiah(realisasi)),
                )
                .against(at_node(kode, "Pagu", write_rupiah(pagu)))
                .differing(realisasi.to_decimal() - pagu.to_decimal())
            })
        })
        .collect()
}

fn decree_differs(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let year = Periode::Tahun(hasil.potret.tahun);
    let decrees: Vec<_> = hasil.potret.dokumen.iter().filter(|d| d.jenis == JenisDokumen::Iku).collect();
    let mut found = Vec::new();
    for u in in_force(hasil) {
        let Some(target) = &u.target else { continue };
        let Some(source) = target.dokumen.filter(|d| d.jenis != JenisDokumen::Iku) else { continue };
        for decree in &decrees {
            let kode = &u.indikator.kode;
            let Some(decreed) = hasil.target_in(kode, &decree.kode, year) else { continue };
            if decreed.nilai.number() == target.nilai.number() {
                continue;
            }
            let t = Temuan::new(
                a,
                format!("Target {} berbeda antardokumen", u.indikator.nama),
                at_indicator(kode, decree.judul.clone(), decreed.nilai.to_string()),
            )
            .against(at_indicator(kode, source.judul.clone(), target.nilai.to_string()));
            found.push(match decreed.nilai.number().zip(target.nilai.number()) {
                Some((x, y)) => t.differing(x - y),
                None => t,
            });
        }
    }
    found
}

fn missed_without_reason(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    in_force(hasil)
        .filter(|u| u.remark().is_empty())
        .filter_map(|u| Some((u, u.capaian.percent().filter(|x| *x < Decimal::ONE_HUNDRED)?)))
        .map(|(u, x)| {
            Temuan::new(
                a,
                format!("{} belum mencapai target tanpa penjelasan", u.indikator.nama),
                at_indicator(&u.indikator.kode, "Capaian", format!("{}%", write_percent(x))),
            )
        })
        .collect()
}

fn not_known_yet(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    in_force(hasil)
        .filter(|u| !u.realisasi.nilai.is_known())
        .map(|u| {
            let why = u.capaian.to_string();
            Temuan::new(
                a,
                format!("Realisasi {} belum ada", u.indikator.nama),
                at_indicator(&u.indikator.kode, "Realisasi", why),
            )
        })
        .collect()
}

/// Achievements that are odd before floor and cap.
fn achievement(hasil: &Pengukuran<'_>, a: &'static Aturan, odd: impl Fn(Decimal) -> bool) -> Vec<Temuan> {
    in_force(hasil)
        .filter_map(|u| match &u.capaian {
            Capaian::Persen { asli, rumus, .. } if odd(*asli) => Some((u, *asli, *rumus)),
            _ => None,
        })
        .map(|(u, asli, rumus)| {
            let target = u.target.as_ref().map_or_else(String::new, |t| t.nilai.to_string());
            Temuan::new(
                a,
                format!("Capaian {} {}%", u.indikator.nama, write_percent(asli)),
                at_indicator(&u.indikator.kode, format!("Capaian, rumus {rumus}"), write_percent(asli)),
            )
            .against(at_indicator(
                &u.indikator.kode,
                "Target dan realisasi",
                format!("{target}; {}", u.realisasi.nilai),
            ))
        })
        .collect()
}

fn without_ceiling(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    hasil
        .simpul
        .iter()
        .filter(|u| u.simpul.jenis == JenisSimpul::SubKegiatan && u.uang.pagu.is_none())
        .filter(|u| hasil.indicators_of(&u.simpul.kode).any(|i| i.berlaku))
        .map(|u| {
            let title = format!("{} {} tanpa pagu", u.simpul.kode, u.simpul.nama);
            Temuan::new(a, title, at_node(&u.simpul.kode, "Pagu", "belum ada"))
        })
        .collect()
}

/// A ceiling of zero in the budget in force where the version before had money, without a word that says that it was meant.
fn ceiling_became_zero(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let Some(budget) = hasil.budget_document() else { return Vec::new() };
    let Some(before) = hasil.potret.version_before(budget) else { return Vec::new() };
    let year = Periode::Tahun(hasil.potret.tahun);
    let mut found = Vec::new();
    for u in &hasil.simpul {
        let kode = &u.simpul.kode;
        let of = |dokumen: &str| {
            hasil.node_figures(kode).iter().find_map(|x| match (&x.jenis, &x.nilai) {
                (JenisAngka::Pagu { dokumen: d }, Nilai::Uang(pagu)) if d == dokumen && x.periode == year => {
                    Some((*pagu, x.keterangan.trim()))
                }
                _ => None,
            })
        };
        let (Some((now, why)), Some((then, _))) = (of(&budget.kode), of(&before.kode)) else { continue };
        if now == Rupiah::default() && then > now && why.is_empty() {
            found.push(
                Temuan::new(
                    a,
                    format!("Pagu {kode} {} menjadi nol", u.simpul.nama),
                    at_node(kode, budget.judul.clone(), write_rupiah(now)),
                )
                .against(at_node(kode, before.judul.clone(), write_rupiah(then)))
                .differing(-then.to_decimal()),
            );
        }
    }
    found
}

fn money_without_performance(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    hasil
        .simpul
        .iter()
        .filter(|u| matches!(u.simpul.jenis, JenisSimpul::Program | JenisSimpul::Kegiatan))
        .filter(|u| u.capaian.dari == 0)
        .filter_map(|u| Some((u, u.uang.pagu?)))
        .map(|(u, pagu)| {
            let title = format!("{} {} tanpa indikator", u.simpul.kode, u.simpul.nama);
            Temuan::new(a, title, at_node(&u.simpul.kode, "Pagu", write_rupiah(pagu)))
        })
        .collect()
}

fn without_target(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    in_force(hasil)
        .filter(|u| u.target.is_none() && u.realisasi.nilai.is_known())
        .map(|u| {
            Temuan::new(
                a,
                format!("{} tanpa target", u.indikator.nama),
                at_indicator(&u.indikator.kode, "Target", "belum ada"),
            )
            .against(at_indicator(&u.indikator.kode, "Realisasi", u.realisasi.nilai.to_string()))
        })
        .collect()
}

fn target_below_last(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    use tolok_domain::Arah;
    let last = hasil.potret.tahun - 1;
    in_force(hasil)
        .filter_map(|u| {
            let target = u.target.as_ref()?.nilai.number()?;
            let before = hasil.years(u.indikator, last, last).into_iter().find(|y| y.sebanding)?;
            let reached = before.realisasi.number()?;
            let eased = match u.indikator.arah {
                Arah::Maksimal => target < reached,
                Arah::Minimal(_) => target > reached,
                Arah::Stabil(_) | Arah::Rentang(_) => false,
            };
            // What is bought or held differs from year to year on purpose; shares and scores should not fall back.
            let is_rate = matches!(u.indikator.tipe, tolok_domain::TipeNilai::Persen | tolok_domain::TipeNilai::Rasio);
            (eased && is_rate).then(|| {
                let kode = &u.indikator.kode;
                Temuan::new(
                    a,
                    format!("Target {} lebih rendah daripada realisasi {last}", u.indikator.nama),
                    at_indicator(kode, "Target", write_percent(target)),
                )
                .against(at_indicator(kode, format!("Realisasi {last}"), write_percent(reached)))
                .differing(target - reached)
            })
        })
        .collect()
}

fn spent_without_result(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let behind = |u: &&UkurSimpul<'_>| matches!(u.simpul.jenis, JenisSimpul::Program | JenisSimpul::Kegiatan);
    hasil
        .simpul
        .iter()
        .filter(behind)
        .filter_map(|u| Some((u, u.capaian.nilai?, u.uang.absorption().ok()?)))
        .filter(|(_, c, s)| *c < dec!(50) && *s >= dec!(90))
        .map(|(u, c, s)| {
            let kode = &u.simpul.kode;
            Temuan::new(
                a,
                format!("{kode} {}: anggaran terserap, kinerja tertinggal", u.simpul.nama),
                at_node(kode, "Capaian", write_percent(c)),
            )
            .against(at_node(kode, "Serapan", write_percent(s)))
            .differing(c - s)
        })
        .collect()
}

fn decree_without_number(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    hasil
        .potret
        .dokumen
        .iter()
        .filter(|d| d.lacks_decree())
        .map(|d| {
            let nilai = match (d.nomor.is_empty(), d.tanggal.is_empty()) {
                (true, true) => "nomor dan tanggal belum ada",
                (true, false) => "nomor belum ada",
                _ => "tanggal belum ada",
            };
            let side = Sisi { tempat: Tempat::Dokumen(d.kode.clone()), hal: d.judul.clone(), nilai: nilai.to_owned() };
            Temuan::new(a, format!("{} belum bernomor", d.judul), side)
        })
        .collect()
}

fn all_hundred(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    const ENOUGH: usize = 5;
    let known: Vec<_> = in_force(hasil).filter_map(|u| Some((u, u.capaian.percent()?))).collect();
    if known.len() < ENOUGH || known.iter().any(|(_, x)| *x != Decimal::ONE_HUNDRED) {
        return Vec::new();
    }
    let first = &known[0].0.indikator.kode;
    vec![Temuan::new(a, format!("Semua {} capaian tepat 100%", known.len()), at_indicator(first, "Capaian", "100,00"))]
}

fn key_indicator_not_promised(hasil: &Pengukuran<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let year = Periode::Tahun(hasil.potret.tahun);
    let agreements: Vec<_> =
        hasil.potret.dokumen.iter().filter(|d| d.jenis == JenisDokumen::PerjanjianKinerja).collect();
    if agreements.is_empty() {
        return Vec::new();
    }
    in_force(hasil)
        .filter(|u| u.indikator.iku)
        .filter(|u| agreements.iter().all(|d| hasil.target_in(&u.indikator.kode, &d.kode, year).is_none()))
        .map(|u| {
            let title = format!("{} tidak diperjanjikan", u.indikator.nama);
            Temuan::new(a, title, at_indicator(&u.indikator.kode, "Perjanjian Kinerja", "tidak ada"))
        })
        .collect()
}
