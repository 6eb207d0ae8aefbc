//! Ranking of the offices, with every line of its computation.

use std::fmt::Display;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use rust_decimal::Decimal;
use tolok_app::{Galat, Hasil};
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::ranking::{Berperingkat, Peserta, Rincian, rank};
use tolok_domain::region::{Daerah, Kantor, UnitKantor, Unsur, formula};

use super::{Dilihat, Kepala, Pilihan, of_how_many};
use crate::Web;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

/// One line of a computation.
pub(super) struct Langkah {
    pub nama: &'static str,
    /// Empty where the value is not known.
    pub nilai: String,
    pub bobot: String,
    pub hasil: String,
}

/// Who is ranked: code of the office, name, and the office's name where it is a unit.
pub(super) struct Siapa {
    pub kode: String,
    pub nama: String,
    pub kantor: String,
}

impl From<&Kantor> for Siapa {
    fn from(k: &Kantor) -> Self {
        Self { kode: k.kode.clone(), nama: k.nama.clone(), kantor: String::new() }
    }
}

impl From<UnitKantor<'_>> for Siapa {
    fn from(u: UnitKantor<'_>) -> Self {
        Self { kode: u.kantor.kode.clone(), nama: u.unit.nama.clone(), kantor: u.kantor.nama.clone() }
    }
}

/// A row of the ranking.
pub(super) struct Baris {
    /// None where a criterion is not known.
    pub peringkat: Option<usize>,
    pub siapa: Siapa,
    pub skor: String,
    pub kriteria: String,
    pub langkah: Vec<Langkah>,
    pub jumlah: String,
    pub bobot: String,
}

/// A ranking as pages show it.
pub(super) struct Tabel {
    /// Criteria with their weights.
    pub bobot: Vec<(&'static str, String)>,
    /// The ranked ones, then those of which not every criterion is known.
    pub baris: Vec<Baris>,
    /// How many of them have no rank.
    pub belum: usize,
    /// Those of which nothing is known.
    pub tanpa: Vec<Siapa>,
}

#[derive(Template)]
#[template(path = "daerah_peringkat.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    tabel: Tabel,
}

/// Key of a criterion's name.
pub(super) const fn name(unsur: Unsur) -> &'static str {
    match unsur {
        Unsur::Capaian => "daerah-capaian",
        Unsur::Serapan => "daerah-serapan",
        Unsur::KetepatanWaktu => "unsur-waktu",
        Unsur::Kelengkapan => "unsur-lengkap",
        Unsur::MutuData => "unsur-mutu",
        Unsur::TindakLanjut => "unsur-tindak-lanjut",
    }
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let berlaku = web.app.ranking_weights(&seen.pengamat.kantor).await?;
    let (h, w) = seen.frame("/daerah/peringkat", "daerah-peringkat");
    let tabel = of_offices(&seen.termuat.daerah, &berlaku.bobot, h.t)?;
    Ok(Html(Halaman { tabel, h, w }.render()?))
}

/// The offices ranked by those weights.
pub(super) fn of_offices(daerah: &Daerah, bobot: &[(Unsur, Decimal)], t: &'static Kamus) -> Hasil<Tabel> {
    ranked(bobot, daerah.participants(bobot), t)
}

/// The units of all offices ranked by those weights.
pub(super) fn of_units(daerah: &Daerah, bobot: &[(Unsur, Decimal)], t: &'static Kamus) -> Hasil<Tabel> {
    ranked(bobot, daerah.unit_participants(bobot), t)
}

fn ranked<T: Display + Copy + Into<Siapa>>(
    bobot: &[(Unsur, Decimal)],
    (complete, others): (Vec<Peserta<T>>, Vec<Peserta<T>>),
    t: &'static Kamus,
) -> Hasil<Tabel> {
    let pembobotan = formula(bobot).map_err(|f| invalid(&f))?;
    let peringkat = rank(&pembobotan, &complete).map_err(|f| invalid(&f))?;
    let belum = rank(&pembobotan, &others).map_err(|f| invalid(&f))?;
    let with_rank = peringkat.urutan.iter().map(|b| row(Some(b.peringkat), b, bobot, t));
    let without = belum.urutan.iter().map(|b| row(None, b, bobot, t));
    Ok(Tabel {
        bobot: bobot.iter().map(|(u, x)| (t.x(name(*u)), write_decimal(x.normalize(), None))).collect(),
        baris: with_rank.chain(without).collect(),
        belum: belum.urutan.len(),
        tanpa: belum.tanpa_nilai.iter().chain(&peringkat.tanpa_nilai).map(|p| p.subjek.into()).collect(),
    })
}

/// Faults, each on a line.
fn invalid(faults: &[impl ToString]) -> Galat {
    Galat::TidakSah(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn row<T: Copy + Into<Siapa>>(
    peringkat: Option<usize>,
    b: &Berperingkat<'_, T>,
    bobot: &[(Unsur, Decimal)],
    t: &'static Kamus,
) -> Baris {
    let line = |(unsur, r): (Unsur, &Rincian<'_>)| Langkah {
        nama: t.x(name(unsur)),
        nilai: r.nilai.map(|(x, _)| write_percent(x)).unwrap_or_default(),
        bobot: write_decimal(r.kriteria.bobot.normalize(), None),
        hasil: r.nilai.map(|(_, product)| write_percent(product)).unwrap_or_default(),
    };
    Baris {
        peringkat,
        siapa: b.peserta.subjek.into(),
        skor: write_percent(b.skor),
        kriteria: of_how_many(b.kriteria, t),
        langkah: bobot.iter().map(|(unsur, _)| *unsur).zip(&b.rincian).map(line).collect(),
        jumlah: write_percent(b.jumlah),
        bobot: write_decimal(Decimal::normalize(&b.bobot), None),
    }
}
