//! Checks of component 3, reporting.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::bahan::{as_good, indicator, is_handed_in, node, obstacle};
use super::hasil::Hasil;
use super::{Bahan, Periksa, Rujukan, Tempat, check};
use crate::calendar::long_date;
use crate::coverage::Cakupan;
use crate::duty::due;
use crate::figure::JenisAngka;
use crate::measure::UkurIndikator;
use crate::period::Periode;
use crate::plan::JenisSimpul;
use crate::value::Nilai;

pub(super) const CHECKS: [Periksa; 19] = [
    check("3.a.1", Tempat::Laporan, written),
    check("3.a.2", Tempat::Indikator, periodic),
    check("3.a.3", Tempat::Pejabat, formal),
    check("3.a.4", Tempat::Reviu, reviewed),
    check("3.a.5", Tempat::Laporan, published),
    check("3.a.6", Tempat::Laporan, in_time),
    check("3.b.1", Tempat::Reviu, by_the_rules),
    check("3.b.2", Tempat::Indikator, whole),
    check("3.b.3", Tempat::Indikator, against_year),
    check("3.b.4", Tempat::Indikator, against_plan),
    check("3.b.5", Tempat::Indikator, against_past),
    check("3.b.6", Tempat::Indikator, against_others),
    check("3.b.7", Tempat::Indikator, explained),
    check("3.b.8", Tempat::Rencana, efficiency),
    check("3.b.9", Tempat::Indikator, next_steps),
    check("3.c.3", Tempat::Indikator, changed_activities),
    check("3.c.4", Tempat::Anggaran, changed_money),
    check("3.c.5", Tempat::Rencana, graded),
    check("3.c.6", Tempat::Indikator, changed_plans),
];

fn written(b: &Bahan<'_>) -> Hasil {
    let chapters: Vec<_> = b.potret().narasi.iter().filter(|n| n.is_chapter()).collect();
    if chapters.is_empty() {
        return Hasil::any("", Vec::new(), "Laporan Kinerja belum memuat bab");
    }
    let filled = |isi: &str| isi.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#'));
    Hasil::count(
        "bab Laporan Kinerja terisi",
        chapters.iter().map(|n| (Rujukan::Narasi(n.kode.clone()), filled(&n.isi))),
    )
}

fn periodic(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let complete = |quarter: u8| {
        let places = due(b.hasil, quarter);
        !places.is_empty() && places.iter().all(|p| p.figure(potret).is_some_and(|a| is_handed_in(a.keadaan)))
    };
    let quarters = Periode::quarters(b.tahun());
    Hasil::count(
        "triwulan dilaporkan lengkap",
        (1..).zip(quarters).map(|(n, periode)| (Rujukan::Periode(periode), complete(n))),
    )
}

fn formal(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let day = format!("{}-12-31", b.tahun());
    let head = potret.top_unit().filter(|top| potret.head_of(&top.kode, &day).is_some());
    let signs = head.filter(|_| !potret.instansi.penanda_tangan.is_empty());
    Hasil::any(
        "Penanda tangan laporan tercatat",
        signs.map(|top| Rujukan::Unit(top.kode.clone())).into_iter().collect(),
        "Penanda tangan laporan atau pejabatnya pada akhir tahun belum tercatat",
    )
}

fn reviewed(b: &Bahan<'_>) -> Hasil {
    let reviu = b.review();
    let kalimat = reviu.map_or_else(
        || "Laporan Kinerja belum direviu".to_owned(),
        |r| {
            let left = r.temuan;
            format!("Laporan Kinerja direviu: {} kesalahan dan {} peringatan terbuka", left.kesalahan, left.peringatan)
        },
    );
    let bukti = reviu.map(|r| Rujukan::Terbitan(r.kode.clone())).into_iter().collect();
    Hasil { terpenuhi: Cakupan { ada: usize::from(reviu.is_some()), dari: 1 }, kalimat, bukti }
}

fn published(b: &Bahan<'_>) -> Hasil {
    let found = b.report().map(|(report, _)| Rujukan::Terbitan(report.kode.clone()));
    Hasil::any("Laporan Kinerja terbit", found.into_iter().collect(), "Laporan Kinerja belum terbit")
}

/// Offices hand in within two months after the budget year (PermenPANRB 53/2014, on the report of SKPD).
fn in_time(b: &Bahan<'_>) -> Hasil {
    let Some(last) = Date::new(b.tahun() + 1, 2, 1).ok().map(Date::last_of_month) else {
        return Hasil::unknown("Batas penyampaian tidak dapat dihitung");
    };
    let Some((report, day)) = b.report() else {
        if b.hari_ini <= last {
            return Hasil::unknown("Laporan Kinerja belum terbit; batas penyampaiannya belum lewat");
        }
        return Hasil::any(
            "",
            Vec::new(),
            &format!("Laporan Kinerja belum terbit; batas penyampaiannya {}", long_date(last)),
        );
    };
    Hasil {
        terpenuhi: Cakupan { ada: usize::from(day <= last), dari: 1 },
        kalimat: format!("Laporan Kinerja terbit {}; batas penyampaiannya {}", long_date(day), long_date(last)),
        bukti: vec![Rujukan::Terbitan(report.kode.clone())],
    }
}

fn by_the_rules(b: &Bahan<'_>) -> Hasil {
    let Some(reviu) = b.review() else {
        return Hasil::unknown("Belum direviu, sehingga kesesuaiannya belum diketahui");
    };
    let left = reviu.temuan.kesalahan;
    Hasil {
        terpenuhi: Cakupan { ada: usize::from(left == 0), dari: 1 },
        kalimat: format!("Reviu menyisakan {left} kesalahan"),
        bukti: vec![Rujukan::Terbitan(reviu.kode.clone())],
    }
}

fn whole(b: &Bahan<'_>) -> Hasil {
    let told = |u: &UkurIndikator<'_>| {
        let reasons = |n: &Nilai| matches!(n, Nilai::BelumAda { alasan } if !alasan.is_empty());
        u.realisasi.nilai.is_known() || b.realised(&u.indikator.kode).any(|a| reasons(&a.nilai))
    };
    Hasil::count(
        "indikator mempunyai realisasi, atau alasan mengapa belum ada",
        b.measured().map(|u| (indicator(u), told(u))),
    )
}

fn against_year(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama dapat dibandingkan dengan target tahun ini",
        b.key().map(|u| (indicator(u), u.target.is_some() && u.realisasi.nilai.is_known())),
    )
}

fn against_plan(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama mempunyai target akhir Renstra sebagai pembanding",
        b.key().map(|u| (indicator(u), b.hasil.comparison(u.indikator).akhir.is_some())),
    )
}

fn against_past(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama mempunyai realisasi tahun lalu sebagai pembanding",
        b.key().map(|u| (indicator(u), b.last_year(u.indikator).is_some())),
    )
}

fn against_others(b: &Bahan<'_>) -> Hasil {
    let is_other =
        |a: &&crate::figure::Angka| matches!(a.jenis, JenisAngka::Pembanding { .. }) && a.periode.tahun() == b.tahun();
    Hasil::count(
        "indikator utama mempunyai pembanding wilayah lain atau nasional",
        b.key().map(|u| (indicator(u), b.hasil.figures_of(&u.indikator.kode).iter().any(&is_other))),
    )
}

fn explained(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama yang tidak mencapai target dijelaskan sebabnya",
        b.missed().map(|u| {
            let why = !u.remark().is_empty() || b.obstacles_of(&u.indikator.kode).next().is_some();
            (indicator(u), why)
        }),
    )
}

fn efficiency(b: &Bahan<'_>) -> Hasil {
    let targets = b.hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Sasaran);
    Hasil::count(
        "sasaran dapat dibandingkan capaian dan serapan anggarannya",
        targets.map(|u| (node(&u.simpul.kode), u.efisiensi.is_some())),
    )
}

fn next_steps(b: &Bahan<'_>) -> Hasil {
    let planned = |kode: &str| b.obstacles_of(kode).any(|k| !k.sebab.is_empty() && !k.tindak_lanjut.is_empty());
    Hasil::count(
        "indikator utama yang tidak mencapai target mempunyai sebab dan upaya perbaikan",
        b.missed().map(|u| (indicator(u), planned(&u.indikator.kode))),
    )
}

fn changed_activities(b: &Bahan<'_>) -> Hasil {
    let later = |k: &crate::remark::Kendala| b.potret().steps_of(&k.indikator).any(|l| l.periode > k.periode);
    Hasil::count(
        "kendala diikuti langkah Rencana Aksi pada periode berikutnya",
        b.obstacles().map(|k| (obstacle(k), later(k))),
    )
}

fn changed_money(b: &Bahan<'_>) -> Hasil {
    let changed = b.changed_ceilings();
    let behind = b.hasil.simpul.iter().filter(|u| {
        u.simpul.jenis == JenisSimpul::Program && u.capaian.nilai.is_some_and(|x| x < Decimal::ONE_HUNDRED)
    });
    Hasil::count(
        "program yang tidak mencapai target disesuaikan pagunya",
        behind.map(|u| (node(&u.simpul.kode), changed.contains(&u.simpul.kode.as_str()))),
    )
}

fn graded(b: &Bahan<'_>) -> Hasil {
    let targets = b.hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Sasaran);
    Hasil::count("sasaran dinilai keberhasilannya", targets.map(|u| (node(&u.simpul.kode), u.capaian.nilai.is_some())))
}

fn changed_plans(b: &Bahan<'_>) -> Hasil {
    let next = Periode::Tahun(b.tahun() + 1);
    let judged = b.key().filter_map(|u| {
        let target = b.hasil.at(u.indikator, next).target?.nilai.number()?;
        let good = as_good(u.indikator.arah, target, u.realisasi.nilai.number()?)?;
        Some((indicator(u), good))
    });
    Hasil::count("target indikator utama tahun depan tidak lebih mudah daripada realisasi tahun ini", judged)
}
