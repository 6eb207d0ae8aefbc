//! Checks of component 2, measuring.

use std::collections::{BTreeMap, HashSet};

use super::bahan::{guidance, indicator, is_handed_in, is_verified, node, obstacle};
use super::hasil::Hasil;
use super::{Bahan, Periksa, Rujukan, Tempat, check};
use crate::agreement::AlasanPerubahan;
use crate::figure::Asal;
use crate::plan::JenisSimpul;

pub(super) const CHECKS: [Periksa; 15] = [
    check("2.a.1", Tempat::LandasanHukum, guideline),
    check("2.a.2", Tempat::Indikator, definitions),
    check("2.a.3", Tempat::Indikator, collection),
    check("2.b.2", Tempat::Indikator, relevant),
    check("2.b.3", Tempat::Indikator, supportive),
    check("2.b.4", Tempat::Indikator, periodic),
    check("2.b.5", Tempat::Indikator, tiered),
    check("2.b.6", Tempat::Indikator, collected_here),
    check("2.b.7", Tempat::Indikator, computed_here),
    check("2.c.4", Tempat::Indikator, strategy),
    check("2.c.5", Tempat::Perjanjian, policy),
    check("2.c.6", Tempat::Indikator, activity),
    check("2.c.7", Tempat::Anggaran, money),
    check("2.c.8", Tempat::Rencana, efficient),
    check("2.c.9", Tempat::Indikator, units_care),
];

fn guideline(b: &Bahan<'_>) -> Hasil {
    let found = guidance(b.potret(), &["pengukuran", "data kinerja", "indikator kinerja", "akuntabilitas kinerja"]);
    Hasil::any(
        "Pedoman pengukuran dalam landasan hukum",
        found,
        "Landasan hukum tidak memuat pedoman pengukuran kinerja",
    )
}

fn definitions(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama berdefinisi dan jelas cara ukurnya",
        b.key().map(|u| {
            let i = u.indikator;
            (indicator(u), !i.definisi.is_empty() && (!i.rumus.is_empty() || !i.cara_ukur.is_empty()))
        }),
    )
}

fn collection(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama mempunyai sumber data, frekuensi dan penanggung jawab",
        b.key().map(|u| {
            let i = u.indikator;
            let who = b.potret().unit_of(i).is_some();
            (indicator(u), who && !i.sumber_data.is_empty() && !i.frekuensi.is_empty())
        }),
    )
}

fn relevant(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama dengan realisasi disertai bukti",
        b.key().filter(|u| u.realisasi.nilai.is_known()).map(|u| {
            let shown = b.realised(&u.indikator.kode).all(|a| !a.bukti.is_empty());
            (indicator(u), shown)
        }),
    )
}

fn supportive(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama menjelaskan kelima butir mutu datanya",
        b.key().map(|u| {
            let m = &u.indikator.mutu;
            let items = [&m.verifikasi, &m.sumber, &m.ketelitian, &m.keterbatasan, &m.penanganan];
            (indicator(u), items.iter().all(|text| !text.is_empty()))
        }),
    )
}

fn periodic(b: &Bahan<'_>) -> Hasil {
    let places = b.places();
    let entered = |kode: &str| places.get(kode).is_some_and(|petak| b.is_periodic(petak));
    Hasil::count(
        "indikator diukur lengkap pada setiap bagian tahun",
        b.measured().map(|u| (indicator(u), entered(&u.indikator.kode))),
    )
}

fn tiered(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator yang terisi sudah diverifikasi",
        b.measured().filter_map(|u| Some((indicator(u), is_verified(u.state()?)))),
    )
}

fn collected_here(b: &Bahan<'_>) -> Hasil {
    let with_figures = b.measured().filter(|u| b.realised(&u.indikator.kode).next().is_some());
    Hasil::count(
        "indikator diisi melalui aplikasi, bukan dari berkas laporan",
        with_figures.map(|u| (indicator(u), b.realised(&u.indikator.kode).all(|a| a.asal == Asal::Diketik))),
    )
}

fn computed_here(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator dihitung capaiannya oleh aplikasi",
        b.measured().map(|u| (indicator(u), u.capaian.percent().is_some())),
    )
}

fn strategy(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "indikator utama yang tidak mencapai target mempunyai kendala dengan tindak lanjut",
        b.missed().map(|u| {
            let answered = b.obstacles_of(&u.indikator.kode).any(|k| !k.tindak_lanjut.is_empty());
            (indicator(u), answered)
        }),
    )
}

fn policy(b: &Bahan<'_>) -> Hasil {
    let chosen = [Some(AlasanPerubahan::PerubahanStrategi), Some(AlasanPerubahan::PerubahanPrioritas)];
    let changed = b.potret().perjanjian.iter().filter(|p| chosen.contains(&p.alasan));
    let found = changed.map(|p| Rujukan::Perjanjian(p.kode.clone())).collect();
    Hasil::any(
        "Perjanjian Kinerja diubah karena strategi atau prioritas",
        found,
        "Tidak ada Perjanjian Kinerja yang diubah karena strategi atau prioritas",
    )
}

fn activity(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "kendala ditindaklanjuti sampai ada hasilnya",
        b.obstacles().map(|k| (obstacle(k), !k.hasil.is_empty())),
    )
}

fn money(b: &Bahan<'_>) -> Hasil {
    let found = b.changed_ceilings().into_iter().map(node).collect();
    Hasil::any("Pagu yang diubah dalam DPA perubahan", found, "Tidak ada pagu yang diubah dalam tahun berjalan")
}

fn efficient(b: &Bahan<'_>) -> Hasil {
    let targets = b.hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Sasaran);
    Hasil::count(
        "sasaran tercapai dengan bagian anggaran yang lebih kecil",
        targets.filter_map(|u| Some((node(&u.simpul.kode), u.efisiensi?.efisien))),
    )
}

fn units_care(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let places = b.places();
    let mut units: BTreeMap<&str, bool> = BTreeMap::new();
    let measured: HashSet<&str> = b.measured().map(|u| u.indikator.kode.as_str()).collect();
    for (kode, petak) in places.iter().filter(|(kode, _)| measured.contains(kode.as_str())) {
        let Some(unit) = potret.indicator(kode).and_then(|i| potret.unit_of(i)) else { continue };
        let handed_in = petak.iter().all(|p| p.figure(potret).is_some_and(|a| is_handed_in(a.keadaan)));
        let all = units.entry(unit).or_insert(true);
        *all = *all && handed_in;
    }
    Hasil::count(
        "unit mengajukan semua angka indikatornya",
        units.into_iter().map(|(unit, good)| (Rujukan::Unit(unit.to_owned()), good)),
    )
}
