//! Checks of component 1, planning.

use std::collections::HashSet;

use super::bahan::{as_good, guidance, indicator, laws, node};
use super::hasil::Hasil;
use super::{Bahan, Periksa, Rujukan, Tempat, check};
use crate::agreement::{KeadaanPerjanjian, board};
use crate::document::{Dokumen, JenisDokumen};
use crate::figure::JenisAngka;
use crate::plan::{JenisSimpul, Simpul};
use crate::pohon::{KeadaanSilang, TingkatKondisi};
use crate::rekomendasi::KeadaanTindakLanjut;
use crate::value::TipeNilai;

pub(super) const CHECKS: [Periksa; 22] = [
    check("1.a.1", Tempat::LandasanHukum, guideline),
    check("1.a.2", Tempat::LandasanHukum, long_term),
    check("1.a.3", Tempat::Dokumen, medium_term),
    check("1.a.4", Tempat::Dokumen, short_term),
    check("1.a.5", Tempat::Indikator, activities),
    check("1.a.6", Tempat::Rencana, budget),
    check("1.b.1", Tempat::Dokumen, formal),
    check("1.b.3", Tempat::Rencana, real_need),
    check("1.b.4", Tempat::Rencana, outcome_wording),
    check("1.b.5", Tempat::Indikator, smart),
    check("1.b.6", Tempat::Indikator, lasting),
    check("1.b.7", Tempat::Indikator, challenging),
    check("1.b.8", Tempat::Rencana, cascading),
    check("1.b.9", Tempat::Pohon, crosscutting),
    check("1.b.10", Tempat::Perjanjian, units_plan),
    check("1.c.1", Tempat::Anggaran, money_for_performance),
    check("1.c.2", Tempat::Rencana, activities_serve),
    check("1.c.3", Tempat::Indikator, on_track),
    check("1.c.4", Tempat::Indikator, dynamic),
    check("1.c.5", Tempat::Rekomendasi, learned),
    check("1.c.6", Tempat::Dokumen, improved),
    check("1.c.7", Tempat::Perjanjian, committed),
];

fn guideline(b: &Bahan<'_>) -> Hasil {
    let found = guidance(b.potret(), &["perencanaan", "perjanjian kinerja", "akuntabilitas kinerja"]);
    Hasil::any(
        "Pedoman perencanaan dalam landasan hukum",
        found,
        "Landasan hukum tidak memuat pedoman perencanaan kinerja",
    )
}

fn long_term(b: &Bahan<'_>) -> Hasil {
    let found = laws(b.potret(), |about| about.contains("jangka panjang"));
    Hasil::any("Rencana jangka panjang", found, "Landasan hukum tidak memuat rencana pembangunan jangka panjang")
}

fn code(d: &Dokumen) -> Rujukan {
    Rujukan::Dokumen(d.kode.clone())
}

/// The latest version of a kind, or that there is none.
fn of_kind(b: &Bahan<'_>, jenis: JenisDokumen) -> (Rujukan, bool) {
    b.latest(jenis).map_or((Rujukan::TanpaDokumen(jenis), false), |d| (code(d), true))
}

fn medium_term(b: &Bahan<'_>) -> Hasil {
    Hasil::count("dokumen jangka menengah (Renstra) ada", [of_kind(b, JenisDokumen::Renstra)])
}

fn short_term(b: &Bahan<'_>) -> Hasil {
    let kinds = [JenisDokumen::Renja, JenisDokumen::PerjanjianKinerja];
    Hasil::count("dokumen jangka pendek (Renja, PK) ada", kinds.map(|jenis| of_kind(b, jenis)))
}

fn activities(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let plan = potret.action_plan().map(|d| d.kode.as_str());
    let planned = |kode: &str| {
        let by_part = b.hasil.figures_of(kode).iter().any(|a| {
            a.periode.months() < 12
                && matches!(&a.jenis, JenisAngka::Target { dokumen } if Some(dokumen.as_str()) == plan)
        });
        plan.is_some() && (by_part || potret.steps_of(kode).next().is_some())
    };
    Hasil::count(
        "indikator utama mempunyai langkah atau target berkala dalam Rencana Aksi",
        b.key().map(|u| (indicator(u), planned(&u.indikator.kode))),
    )
}

fn budget(b: &Bahan<'_>) -> Hasil {
    let programs = b.hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Program);
    Hasil::count("program mempunyai pagu", programs.map(|u| (node(&u.simpul.kode), u.uang.pagu.is_some())))
}

fn formal(b: &Bahan<'_>) -> Hasil {
    let signed = |d: &Dokumen| b.potret().perjanjian.iter().any(|p| p.dokumen == d.kode && p.is_signed());
    let decreed = |d: &Dokumen| !d.nomor.is_empty() && !d.tanggal.is_empty();
    let is_formal = |d: &Dokumen| decreed(d) || (d.jenis == JenisDokumen::PerjanjianKinerja && signed(d));
    Hasil::count(
        "dokumen perencanaan bernomor dan bertanggal, atau ditandatangani",
        b.documents().map(|(jenis, d)| d.map_or((Rujukan::TanpaDokumen(jenis), false), |d| (code(d), is_formal(d)))),
    )
}

fn goals<'a>(b: &Bahan<'a>) -> impl Iterator<Item = &'a Simpul> {
    b.potret().simpul.iter().filter(|s| matches!(s.jenis, JenisSimpul::Tujuan | JenisSimpul::Sasaran))
}

fn real_need(b: &Bahan<'_>) -> Hasil {
    let outcomes = b.potret().pohon.iter().filter(|k| k.tingkat == TingkatKondisi::OutcomeAkhir);
    let grown: HashSet<&str> = outcomes.filter_map(|k| k.simpul.as_deref()).collect();
    let targets = goals(b).filter(|s| s.jenis == JenisSimpul::Sasaran);
    Hasil::count(
        "sasaran diturunkan dari outcome dalam pohon kinerja",
        targets.map(|s| (node(&s.kode), grown.contains(s.kode.as_str()))),
    )
}

/// Words with which a wording begins that tells what is done and not what becomes true.
const ACTIVITY: [&str; 10] = [
    "pelaksanaan",
    "penyusunan",
    "penyelenggaraan",
    "penyediaan",
    "pembuatan",
    "terlaksananya",
    "tersusunnya",
    "terselenggaranya",
    "tersedianya",
    "melaksanakan",
];

fn outcome_wording(b: &Bahan<'_>) -> Hasil {
    let is_outcome = |s: &Simpul| {
        let name = s.nama.to_lowercase();
        !ACTIVITY.iter().any(|word| name.starts_with(word)) && b.hasil.indicators_of(&s.kode).next().is_some()
    };
    Hasil::count(
        "tujuan dan sasaran berindikator dan dirumuskan sebagai hasil, bukan kegiatan",
        goals(b).map(|s| (node(&s.kode), is_outcome(s))),
    )
}

fn smart(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama lengkap: definisi, cara ukur, satuan, target, penanggung jawab",
        b.key().map(|u| {
            let i = u.indikator;
            let unitless = matches!(i.tipe, TipeNilai::Predikat | TipeNilai::Dokumen);
            let specific = !i.definisi.is_empty() && (unitless || !i.satuan.is_empty());
            let measurable = !i.rumus.is_empty() || !i.cara_ukur.is_empty();
            (indicator(u), specific && measurable && u.target.is_some() && b.potret().unit_of(i).is_some())
        }),
    )
}

fn lasting(b: &Bahan<'_>) -> Hasil {
    let before = b.tahun() - 1;
    let known = |kode: &str| {
        let earlier = b.hasil.figures_of(kode).iter().any(|a| a.periode.tahun() <= before);
        earlier || b.lalu.is_some_and(|p| p.indicator(kode).is_some_and(|i| i.iku))
    };
    Hasil::count(
        "indikator utama sudah dipakai sebelum tahun ini",
        b.key().map(|u| (indicator(u), known(&u.indikator.kode))),
    )
}

fn challenging(b: &Bahan<'_>) -> Hasil {
    let judged = b.key().filter_map(|u| {
        let target = u.target.as_ref()?.nilai.number()?;
        let good = as_good(u.indikator.arah, target, b.last_year(u.indikator)?)?;
        Some((indicator(u), good))
    });
    Hasil::count("target indikator utama tidak lebih mudah daripada realisasi tahun lalu", judged)
}

fn cascading(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let levels = potret.simpul.iter().filter(|s| s.jenis > JenisSimpul::Misi);
    let carried = |s: &Simpul| {
        let below = s.jenis == JenisSimpul::SubKegiatan || potret.children(Some(&s.kode)).next().is_some();
        below && potret.indicators_of(&s.kode).next().is_some()
    };
    Hasil::count(
        "simpul rencana berindikator dan diturunkan ke tingkat di bawahnya",
        levels.map(|s| (node(&s.kode), carried(s))),
    )
}

fn crosscutting(b: &Bahan<'_>) -> Hasil {
    if b.potret().silang.is_empty() {
        return Hasil::any("", Vec::new(), "Pohon kinerja belum memuat hubungan dengan instansi lain");
    }
    let agreed = |keadaan| keadaan == KeadaanSilang::Diterima;
    Hasil::count(
        "hubungan dengan instansi lain disepakati",
        b.potret().silang.iter().map(|s| (Rujukan::Silang(s.kode.clone()), agreed(s.keadaan))),
    )
}

fn units_plan(b: &Bahan<'_>) -> Hasil {
    let wanted = board(b.potret(), b.hari_ini).into_iter().filter(|s| s.keadaan != KeadaanPerjanjian::TidakPerlu);
    Hasil::count(
        "unit mempunyai Perjanjian Kinerja",
        wanted.map(|s| (Rujukan::Unit(s.unit.kode.clone()), s.perjanjian.is_some())),
    )
}

fn money_for_performance(b: &Bahan<'_>) -> Hasil {
    let promises = |kode: &str| b.hasil.indicators_of(kode).any(|u| u.target.is_some());
    Hasil::count(
        "sub kegiatan berpagu mempunyai indikator dengan target",
        b.with_money(JenisSimpul::SubKegiatan).map(|kode| (node(kode), promises(kode))),
    )
}

fn activities_serve(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let serves = |s: &Simpul| {
        let above = std::iter::successors(s.induk.as_deref().and_then(|k| potret.node(k)), |s| {
            potret.node(s.induk.as_deref()?)
        });
        let mut goals = above.filter(|s| matches!(s.jenis, JenisSimpul::Tujuan | JenisSimpul::Sasaran));
        s.mendukung.is_some() || goals.any(|s| b.hasil.indicators_of(&s.kode).next().is_some())
    };
    let programs = potret.simpul.iter().filter(|s| s.jenis == JenisSimpul::Program);
    Hasil::count("program mendukung sasaran yang berindikator", programs.map(|s| (node(&s.kode), serves(s))))
}

fn on_track(b: &Bahan<'_>) -> Hasil {
    let known =
        b.key().filter_map(|u| Some((indicator(u), u.capaian.percent()? >= rust_decimal::Decimal::ONE_HUNDRED)));
    let mut hasil = Hasil::count("indikator utama yang diketahui capaiannya mencapai target", known);
    let open = b.key().filter(|u| u.capaian.percent().is_none()).count();
    if open > 0 {
        hasil.kalimat += &format!("; {open} indikator utama belum diketahui capaiannya");
    }
    hasil
}

fn dynamic(b: &Bahan<'_>) -> Hasil {
    let places = b.places();
    let followed = |kode: &str| places.get(kode).is_some_and(|petak| b.is_periodic(petak));
    Hasil::count(
        "indikator utama diukur lengkap pada setiap bagian tahun",
        b.key().map(|u| (indicator(u), followed(&u.indikator.kode))),
    )
}

fn learned(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let about = potret.rekomendasi.iter().filter(|r| r.aspek.to_lowercase().contains("perencanaan"));
    Hasil::count(
        "rekomendasi atas perencanaan sudah selesai ditindaklanjuti",
        about.map(|r| {
            let done = potret.state_of(&r.kode) == KeadaanTindakLanjut::Selesai;
            (Rujukan::Rekomendasi(r.kode.clone()), done)
        }),
    )
}

fn improved(b: &Bahan<'_>) -> Hasil {
    let revised = b.documents().filter_map(|(_, d)| d).filter(|d| d.versi > 0).map(code).collect();
    Hasil::any("Dokumen yang disempurnakan tahun ini", revised, "Tidak ada dokumen perencanaan yang diubah tahun ini")
}

fn committed(b: &Bahan<'_>) -> Hasil {
    let wanted = board(b.potret(), b.hari_ini).into_iter().filter(|s| s.keadaan != KeadaanPerjanjian::TidakPerlu);
    let in_time = wanted.map(|s| {
        let good = s.keadaan == KeadaanPerjanjian::Ditandatangani && s.terlambat.is_none();
        (Rujukan::Unit(s.unit.kode.clone()), good)
    });
    Hasil::count("kepala unit menandatangani Perjanjian Kinerja tepat waktu", in_time)
}
