//! The city at a glance: sums, performance against money, one row per office.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use rust_decimal::Decimal;
use tolok_domain::Cakupan;
use tolok_domain::duty::Kemajuan;
use tolok_domain::number::write_amount;
use tolok_domain::region::{Daerah, Gabungan, Kantor, Ringkasan};
use tolok_report::chart::{self, TitikSebar};

use super::{Dilihat, Kepala, Persen, Pilihan, count, of_how_many, share};
use crate::Web;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

/// One office.
struct Baris {
    kode: String,
    nama: String,
    isi: Option<Isi>,
}

/// What is known of its year.
struct Isi {
    capaian: Persen,
    iku: String,
    serapan: String,
    anggaran: String,
    batang: String,
    terisi: String,
    diverifikasi: String,
    /// Empty when nothing is late.
    terlambat: String,
}

/// A sum with what it rests on.
struct Ubin {
    judul: String,
    nilai: String,
    rincian: Vec<String>,
}

/// Sasaran of a grade.
struct Golongan {
    label: String,
    banyak: usize,
    batang: String,
}

/// An office that is late.
struct Terlama {
    kode: String,
    nama: String,
    rincian: String,
}

/// A column to sort by.
struct Urutan {
    alamat: String,
    label: String,
    /// Its direction, when the rows are sorted by it.
    arah: &'static str,
}

#[derive(Template)]
#[template(path = "daerah.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    sub: String,
    ubin: [Ubin; 4],
    grafik: String,
    tanpa_titik: String,
    golongan: Vec<Golongan>,
    sasaran: String,
    terlambat: Vec<Terlama>,
    urutan: Vec<Urutan>,
    baris: Vec<Baris>,
}

/// Columns to sort by: name in addresses, text, and whether the greatest are of use first.
const COLUMNS: [(&str, &str, bool); 5] = [
    ("nama", "urut-nama", false),
    ("capaian", "urut-capaian", false),
    ("serapan", "urut-serapan", false),
    ("isian", "urut-isian", false),
    ("terlambat", "urut-terlambat", true),
];

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let (h, w) = seen.frame("/daerah", "daerah-judul");
    let t = h.t;
    let daerah = &seen.termuat.daerah;
    let total = daerah.total();
    let chosen = COLUMNS.iter().find(|(name, ..)| *name == pilihan.urut);
    let column = chosen.map_or("nama", |(name, ..)| name);
    let descending = match pilihan.arah.as_str() {
        "turun" => true,
        "naik" => false,
        _ => chosen.is_some_and(|(.., greatest_first)| *greatest_first),
    };
    let points = points(daerah);
    let without = daerah.kantor.len() - points.len();
    let (golongan, sasaran) = grades(daerah, t);
    let page = Halaman {
        sub: t.f2("daerah-sub", "ada", total.kantor.ada, "dari", total.kantor.dari),
        ubin: tiles(&total, t),
        grafik: chart::scatter(t.x("daerah-sebar"), &points, without).svg,
        tanpa_titik: if without > 0 { t.f("daerah-tanpa-titik", "n", without) } else { String::new() },
        golongan,
        sasaran,
        terlambat: latest(daerah, t),
        urutan: COLUMNS.iter().map(|c| order(*c, column, descending, &h, &w)).collect(),
        baris: sorted(daerah, column, descending).into_iter().map(|k| row(k, t)).collect(),
        h,
        w,
    };
    Ok(Html(page.render()?))
}

fn order(of: (&str, &str, bool), column: &str, descending: bool, h: &Bingkai, w: &Kepala) -> Urutan {
    let (name, key, first) = of;
    let current = name == column;
    let turun = if current { !descending } else { first };
    let arah = if turun { "turun" } else { "naik" };
    Urutan {
        alamat: format!("{}{}&urut={name}&arah={arah}", w.alamat, h.tanya),
        label: h.t.x(key).to_owned(),
        arah: if !current {
            ""
        } else if descending {
            "descending"
        } else {
            "ascending"
        },
    }
}

/// The offices by a column. What is not known comes last, whichever way.
fn sorted<'a>(daerah: &'a Daerah, column: &str, descending: bool) -> Vec<&'a Kantor> {
    let mut offices: Vec<&Kantor> = daerah.kantor.iter().collect();
    let value = |k: &Kantor| -> Option<Decimal> {
        match column {
            "capaian" => k.achievement(),
            "serapan" => k.absorption(),
            "isian" => k.ringkasan.as_ref()?.kemajuan.entered().percent(),
            "terlambat" => k.ringkasan.as_ref().map(|r| Decimal::from(r.overdue().1)),
            _ => None,
        }
    };
    let direction = |o: Ordering| if descending { o.reverse() } else { o };
    if column == "nama" {
        offices.sort_by(|a, b| direction(a.nama.cmp(&b.nama)));
    } else {
        offices.sort_by(|a, b| match (value(a), value(b)) {
            (Some(a), Some(b)) => direction(a.cmp(&b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
    }
    offices
}

fn row(k: &Kantor, t: &Kamus) -> Baris {
    Baris { kode: k.kode.clone(), nama: k.nama.clone(), isi: k.ringkasan.as_deref().map(|r| content(k, r, t)) }
}

fn content(k: &Kantor, r: &Ringkasan, t: &Kamus) -> Isi {
    let counted = |ada, dari| of_how_many(Cakupan { ada, dari }, t);
    let (late, days) = r.overdue();
    Isi {
        capaian: Persen::of(r.capaian.nilai, r.predikat),
        iku: counted(r.capaian.ada, r.capaian.dari),
        serapan: Persen::of(k.absorption(), None).teks,
        anggaran: of_how_many(r.uang.baris, t),
        batang: progress(r.kemajuan),
        terisi: of_how_many(r.kemajuan.entered(), t),
        diverifikasi: counted(r.kemajuan.diverifikasi, r.kemajuan.dari),
        terlambat: if late > 0 { overdue(late, days, t) } else { String::new() },
    }
}

fn overdue(late: usize, days: u32, t: &Kamus) -> String {
    format!("{late} {}, {days} {}", t.x("angka"), t.x("hari"))
}

/// Offices in the list of the latest.
const LATEST: usize = 4;

/// The offices that are late for the longest time.
fn latest(daerah: &Daerah, t: &Kamus) -> Vec<Terlama> {
    let mut late: Vec<_> = daerah.known().map(|(k, r)| (k, r.overdue())).filter(|(_, (late, _))| *late > 0).collect();
    late.sort_by_key(|(_, (late, days))| Reverse((*days, *late)));
    let line = |(k, (late, days)): (&Kantor, (usize, u32))| Terlama {
        kode: k.kode.clone(),
        nama: k.nama.clone(),
        rincian: overdue(late, days, t),
    };
    late.into_iter().take(LATEST).map(line).collect()
}

/// Verified, handed in, entered: each part once.
fn progress(k: Kemajuan) -> String {
    let handed_in = k.diajukan - k.diverifikasi.min(k.diajukan);
    let entered = k.terisi - k.diajukan.min(k.terisi);
    chart::segments(&[(k.diverifikasi, VERIFIED), (handed_in, HANDED_IN), (entered, ENTERED)], k.dari)
}

const VERIFIED: &str = "#1a7f4b";
const HANDED_IN: &str = "#14508c";
const ENTERED: &str = "#9db4cd";

fn tiles(total: &Gabungan, t: &Kamus) -> [Ubin; 4] {
    let offices = |ada, dari| format!("{} {}", of_how_many(Cakupan { ada, dari }, t), t.x("perangkat-daerah"));
    let with_sign = |x: Option<Decimal>| {
        let text = Persen::of(x, None).teks;
        if x.is_some() { format!("{text}%") } else { text }
    };
    let k = total.kemajuan;
    [
        Ubin {
            judul: t.x("daerah-capaian").to_owned(),
            nilai: with_sign(total.capaian.nilai),
            rincian: vec![
                t.f("daerah-rata", "kantor", offices(total.capaian.ada, total.capaian.dari)),
                format!("{} {}", of_how_many(total.indikator, t), t.x("daerah-iku")),
            ],
        },
        Ubin {
            judul: t.x("daerah-serapan").to_owned(),
            nilai: with_sign(total.absorption()),
            rincian: vec![
                t.f2("daerah-uang", "belanja", write_amount(total.belanja), "pagu", write_amount(total.pagu)),
                offices(total.uang.ada, total.uang.dari),
            ],
        },
        Ubin {
            judul: t.x("daerah-isian").to_owned(),
            nilai: share(k.entered()),
            rincian: vec![
                format!("{} {}", of_how_many(k.entered(), t), t.x("angka-terisi")),
                t.f2("daerah-lanjut", "diajukan", count(k.diajukan), "diverifikasi", count(k.diverifikasi)),
            ],
        },
        Ubin {
            judul: t.x("daerah-lunas").to_owned(),
            nilai: of_how_many(total.lunas, t),
            rincian: vec![
                t.x("daerah-lunas-arti").to_owned(),
                t.f("daerah-tepat", "angka", of_how_many(total.tepat_waktu, t)),
            ],
        },
    ]
}

fn points(daerah: &Daerah) -> Vec<TitikSebar> {
    let point = |(k, serapan, capaian): (&Kantor, Decimal, Decimal)| TitikSebar {
        nama: k.nama.clone(),
        singkatan: k
            .ringkasan
            .as_ref()
            .map(|r| r.singkatan.clone())
            .filter(|s| !s.is_empty())
            .unwrap_or_else(|| k.kode.clone()),
        serapan,
        capaian,
        step: k.ringkasan.as_ref().and_then(|r| r.predikat).map(|p| p.step),
    };
    daerah.pairs().into_iter().map(point).collect()
}

/// Sasaran by grade, best first, then those that are not measured; and how many are.
fn grades(daerah: &Daerah, t: &Kamus) -> (Vec<Golongan>, String) {
    let mut counts: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    let mut all = Cakupan::default();
    for (_, s) in daerah.sasaran() {
        all = all.plus(Cakupan { ada: usize::from(s.predikat.is_some()), dari: 1 });
        if let Some(p) = s.predikat {
            *counts.entry((p.step, p.label)).or_default() += 1;
        }
    }
    let group = |label: &str, banyak, step| Golongan {
        label: label.to_owned(),
        banyak,
        batang: chart::segments(&[(banyak, chart::band_colour(step))], all.dari),
    };
    let mut golongan: Vec<_> = counts.into_iter().map(|((step, label), n)| group(label, n, step)).collect();
    if all.ada < all.dari {
        golongan.push(group(t.x("belum-terukur"), all.dari - all.ada, u8::MAX));
    }
    (golongan, format!("{} {}", of_how_many(all, t), t.x("daerah-sasaran-terukur")))
}
