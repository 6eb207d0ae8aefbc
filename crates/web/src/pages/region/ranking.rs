//! Ranking of the offices, with every line of its computation.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use rust_decimal::Decimal;
use tolok_app::Galat;
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::ranking::{Berperingkat, Rincian, rank};
use tolok_domain::region::{BOBOT, Kantor, Unsur, formula};

use super::{Dilihat, Kepala, Pilihan, of_how_many};
use crate::Web;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

/// One line of a computation.
struct Langkah {
    nama: &'static str,
    /// Empty where the value is not known.
    nilai: String,
    bobot: String,
    hasil: String,
}

struct Baris {
    /// None where a criterion is not known.
    peringkat: Option<usize>,
    kode: String,
    nama: String,
    skor: String,
    kriteria: String,
    langkah: Vec<Langkah>,
    jumlah: String,
    bobot: String,
}

struct TanpaPeringkat {
    kode: String,
    nama: String,
}

#[derive(Template)]
#[template(path = "daerah_peringkat.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    /// Criteria with their weights.
    bobot: Vec<(&'static str, String)>,
    baris: Vec<Baris>,
    /// Those of which not every criterion is known.
    belum: Vec<Baris>,
    tanpa: Vec<TanpaPeringkat>,
}

const fn name(unsur: Unsur) -> &'static str {
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
    let (h, w) = seen.frame("/daerah/peringkat", "daerah-peringkat");
    let t = h.t;
    let daerah = &seen.termuat.daerah;
    let invalid = |faults: Vec<String>| Galat::TidakSah(faults.join("\n"));
    let pembobotan = formula(&BOBOT).map_err(|f| invalid(f.iter().map(ToString::to_string).collect()))?;
    let (complete, others) = daerah.participants(&BOBOT);
    let peringkat = rank(&pembobotan, &complete).map_err(|f| invalid(f.iter().map(ToString::to_string).collect()))?;
    let belum = rank(&pembobotan, &others).map_err(|f| invalid(f.iter().map(ToString::to_string).collect()))?;
    let page = Halaman {
        bobot: BOBOT.iter().map(|(unsur, bobot)| (t.x(name(*unsur)), write_decimal(*bobot, None))).collect(),
        baris: peringkat.urutan.iter().map(|b| row(Some(b.peringkat), b, t)).collect(),
        belum: belum.urutan.iter().map(|b| row(None, b, t)).collect(),
        tanpa: belum
            .tanpa_nilai
            .iter()
            .map(|p| TanpaPeringkat { kode: p.subjek.kode.clone(), nama: p.subjek.nama.clone() })
            .collect(),
        h,
        w,
    };
    Ok(Html(page.render()?))
}

fn row(peringkat: Option<usize>, b: &Berperingkat<'_, &Kantor>, t: &'static Kamus) -> Baris {
    let line = |(unsur, r): (Unsur, &Rincian<'_>)| Langkah {
        nama: t.x(name(unsur)),
        nilai: r.nilai.map(|(x, _)| write_percent(x)).unwrap_or_default(),
        bobot: write_decimal(r.kriteria.bobot, None),
        hasil: r.nilai.map(|(_, product)| write_percent(product)).unwrap_or_default(),
    };
    Baris {
        peringkat,
        kode: b.peserta.subjek.kode.clone(),
        nama: b.peserta.subjek.nama.clone(),
        skor: write_percent(b.skor),
        kriteria: of_how_many(b.kriteria, t),
        langkah: BOBOT.iter().map(|(unsur, _)| *unsur).zip(&b.rincian).map(line).collect(),
        jumlah: write_percent(b.jumlah),
        bobot: write_decimal(Decimal::normalize(&b.bobot), None),
    }
}
