//! Jadwal dan kunci: deadlines by level, days off, locked periods and the exceptions to them.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::Galat;
use tolok_domain::Periode;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::deadline::Tingkat;
use tolok_domain::snapshot::Libur;

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;
use crate::view::long_date;

struct Baris {
    tingkat: &'static str,
    kata: &'static str,
    hari: u8,
    batas: [String; 4],
}

struct Kuartal {
    periode: String,
    judul: String,
    dikunci: String,
}

struct Buka {
    apa: String,
    sampai: String,
    alasan: String,
    oleh: String,
}

#[derive(Template)]
#[template(path = "jadwal.html")]
struct Halaman {
    h: Bingkai,
    boleh: bool,
    baris: Vec<Baris>,
    libur: String,
    kuartal: Vec<Kuartal>,
    pembukaan: Vec<Buka>,
    indikator: Vec<(String, String)>,
    galat: String,
}

fn day_text(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), long_date)
}

fn page(opened: &Dibuka) -> Halaman {
    let t = opened.pengguna.t;
    let potret = &opened.termuat.potret;
    let ctx = &opened.pengguna.ctx;
    let off = potret.days_off();
    let quarters = Periode::quarters(potret.tahun);
    let row = |(tingkat, hari): (Tingkat, u8)| Baris {
        tingkat: tingkat.label(),
        kata: tingkat.as_str(),
        hari,
        batas: quarters.map(|q| long_date(potret.jadwal.due(tingkat, q, &off))),
    };
    // What is measured by half year or year has locks of its own, which close with the quarter that they end with.
    let lockable = quarters.into_iter().chain([
        Periode::Semester(potret.tahun, 1),
        Periode::Semester(potret.tahun, 2),
        Periode::Tahun(potret.tahun),
    ]);
    let names = |kode: &str| potret.indicator(kode).map_or_else(|| kode.to_owned(), |i| i.nama.clone());
    Halaman {
        boleh: ctx.scope(Hak::Kunci) == Lingkup::Semua && !ctx.lampau,
        baris: Tingkat::ALL.into_iter().zip(potret.jadwal.days()).map(row).collect(),
        libur: potret.libur.iter().map(|l| format!("{} {}", l.tanggal, l.keterangan)).collect::<Vec<_>>().join("\n"),
        kuartal: lockable
            .map(|p| Kuartal {
                periode: p.to_string(),
                judul: p.heading(),
                dikunci: potret
                    .penguncian
                    .iter()
                    .find(|k| k.periode == p)
                    .map(|k| format!("{}, {}", day_text(&k.tanggal), k.oleh))
                    .unwrap_or_default(),
            })
            .collect(),
        pembukaan: potret
            .pembukaan
            .iter()
            .map(|b| Buka {
                apa: format!(
                    "{} · {}",
                    b.periode.heading(),
                    b.indikator.as_deref().map_or_else(|| t.x("jadwal-semua").to_owned(), names)
                ),
                sampai: day_text(&b.sampai),
                alasan: b.alasan.clone(),
                oleh: b.oleh.clone(),
            })
            .collect(),
        indikator: potret.indikator.iter().map(|i| (i.kode.clone(), i.nama.clone())).collect(),
        galat: String::new(),
        h: opened.tab("pengukuran", "jadwal", t.x("tab-jadwal")),
    }
}

/// Shows deadlines and locks.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&opened).render()?))
}

#[derive(Debug, Deserialize)]
#[serde(tag = "apa", rename_all = "snake_case")]
pub(crate) enum Perintah {
    Jadwal { sub_kegiatan: u8, kegiatan: u8, program: u8, sasaran: u8, verifikasi: u8, penguncian: u8, libur: String },
    Kunci { periode: String },
    Buka { periode: String, indikator: String, sampai: String, alasan: String },
}

/// Sets deadlines, locks a period or opens one.
pub(crate) async fn change(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Gagal> {
    let ctx = pengguna.ctx.clone();
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let outcome = match command(fields) {
        Ok(command) => run(&web, &ctx, tahun, command).await,
        Err(galat) => Err(galat),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{}/jadwal?tahun={tahun}", opened.pengguna.akar)).into_response()),
        Err(Galat::TidakSah(galat)) => {
            let page = Halaman { galat, ..page(&opened) };
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// Numbers arrive as texts, which a tagged form does not turn into numbers by itself.
fn command(fields: Vec<(String, String)>) -> Result<Perintah, Galat> {
    let map = fields.into_iter().map(|(name, value)| {
        let number = Tingkat::ALL.iter().any(|t| t.as_str() == name);
        let value = match value.trim().parse::<u8>() {
            Ok(n) if number => serde_json::Value::from(n),
            _ => serde_json::Value::from(value),
        };
        (name, value)
    });
    serde_json::from_value(serde_json::Value::Object(map.collect()))
        .map_err(|_| Galat::TidakSah("isian tidak lengkap; hari kerja ditulis dengan angka 1 sampai 255".to_owned()))
}

async fn run(web: &Web, ctx: &tolok_app::Ctx, tahun: i16, command: Perintah) -> Result<(), Galat> {
    let period = |text: &str| {
        text.parse::<Periode>().map_err(|e: tolok_domain::period::PeriodeTidakSah| Galat::TidakSah(e.to_string()))
    };
    match command {
        Perintah::Jadwal { sub_kegiatan, kegiatan, program, sasaran, verifikasi, penguncian, libur } => {
            let days = [sub_kegiatan, kegiatan, program, sasaran, verifikasi, penguncian];
            web.app.set_schedule(ctx, tahun, days, &days_off(&libur)?).await?;
        }
        Perintah::Kunci { periode } => {
            web.app.lock_period(ctx, tahun, period(&periode)?).await?;
        }
        Perintah::Buka { periode, indikator, sampai, alasan } => {
            let until = sampai.parse().map_err(|_| Galat::TidakSah("pilih tanggal akhir pembukaan".to_owned()))?;
            let indikator = Some(indikator.as_str()).filter(|i| !i.is_empty());
            web.app.open_lock(ctx, tahun, period(&periode)?, indikator, until, &alasan).await?;
        }
    }
    Ok(())
}

/// One day off per line: "2022-05-02 Idulfitri".
fn days_off(text: &str) -> Result<Vec<Libur>, Galat> {
    let mut found: Vec<Libur> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (day, what) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let day: jiff::civil::Date = day.parse().map_err(|_| {
            Galat::TidakSah(format!(
                "hari libur \"{line}\": awali dengan tanggal seperti 2022-05-02, lalu keterangannya"
            ))
        })?;
        let tanggal = day.to_string();
        if !found.iter().any(|l| l.tanggal == tanggal) {
            found.push(Libur { tanggal, keterangan: what.trim().to_owned() });
        }
    }
    found.sort_by(|a, b| a.tanggal.cmp(&b.tanggal));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_off_are_lines_with_a_date() {
        let read = days_off("2022-05-03 Idulfitri hari kedua\n\n2022-05-02 Idulfitri\n2022-05-02 lagi").expect("days");
        let texts: Vec<_> = read.iter().map(|l| format!("{} {}", l.tanggal, l.keterangan)).collect();
        assert_eq!(texts, ["2022-05-02 Idulfitri", "2022-05-03 Idulfitri hari kedua"]);
        assert!(days_off("2 Mei 2022").is_err());
    }
}
