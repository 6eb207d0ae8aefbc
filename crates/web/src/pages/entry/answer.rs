//! What became of the grid that was sent: as JSON for the script, as lines for a page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tolok_app::{HasilIsian, IsianAngka, Penolakan};
use tolok_domain::figure::Angka;
use tolok_domain::{Periode, Petak, ukur};

use super::form::{message, seen, texts};
use crate::json::Json;
use crate::page::Dibuka;
use crate::view::{Lencana, Ukuran};

#[derive(Serialize)]
struct Tersimpan {
    petak: String,
    nilai: String,
    keterangan: String,
    /// The value as it is read by others.
    dibaca: String,
    lihat: String,
    keadaan: String,
    kelas: &'static str,
}

#[derive(Serialize)]
struct Ditolak {
    petak: String,
    pesan: String,
    /// The mark to send with the next try; only after a conflict.
    lihat: Option<String>,
    tersimpan: Option<String>,
}

/// Achievement of an indicator after saving.
#[derive(Serialize)]
struct Capaian {
    indikator: String,
    realisasi: String,
    capaian: String,
    kelas: String,
}

#[derive(Serialize)]
struct Jawaban {
    tersimpan: Vec<Tersimpan>,
    ditolak: Vec<Ditolak>,
    capaian: Vec<Capaian>,
}

/// The answer for the script.
pub(super) fn json(opened: &Dibuka, changed: &[IsianAngka], outcome: &HasilIsian) -> Response {
    let t = opened.pengguna.t;
    let (mut answer, status) = match outcome {
        HasilIsian::Tersimpan(_, now) => {
            let one = |a: &Angka| {
                let lencana = Lencana::of(Some(a.keadaan), t);
                let (nilai, keterangan) = texts(Some(a));
                Tersimpan {
                    petak: Petak::of(a).to_string(),
                    nilai,
                    keterangan,
                    dibaca: a.nilai.to_string(),
                    lihat: seen(Some(a)),
                    keadaan: lencana.teks,
                    kelas: lencana.kelas,
                }
            };
            let tersimpan = now.iter().map(one).collect();
            (Jawaban { tersimpan, ditolak: Vec::new(), capaian: Vec::new() }, StatusCode::OK)
        }
        HasilIsian::Ditolak(refused) => {
            let one = |(place, why): &(usize, Penolakan)| {
                let conflict = if let Penolakan::Bentrok(c) = why { Some(c) } else { None };
                Ditolak {
                    petak: changed.get(*place).map(|c| c.petak.to_string()).unwrap_or_default(),
                    pesan: message(why),
                    lihat: conflict.map(|c| seen(c.tersimpan.as_ref())),
                    tersimpan: conflict.and_then(|c| c.tersimpan.as_ref()).map(|a| a.nilai.to_string()),
                }
            };
            let ditolak = refused.iter().map(one).collect();
            (Jawaban { tersimpan: Vec::new(), ditolak, capaian: Vec::new() }, status(refused))
        }
    };
    if status == StatusCode::OK {
        answer.capaian = achievements(opened, changed);
    }
    (status, Json(answer)).into_response()
}

fn achievements(opened: &Dibuka, changed: &[IsianAngka]) -> Vec<Capaian> {
    let potret = &opened.termuat.potret;
    let Some(last) = changed.iter().map(|c| c.petak.periode).max() else { return Vec::new() };
    let hasil = ukur(potret, Periode::Triwulan(potret.tahun, last.last_month().div_ceil(3)));
    let mut codes: Vec<&str> = changed.iter().map(|c| c.petak.subjek.kode()).collect();
    codes.sort_unstable();
    codes.dedup();
    let measured = codes.into_iter().filter_map(|kode| hasil.indicator(kode));
    measured
        .map(|u| {
            let ukuran = Ukuran::of(u);
            Capaian {
                indikator: u.indikator.kode.clone(),
                realisasi: u.realisasi.nilai.to_string(),
                capaian: ukuran.teks,
                kelas: ukuran.kelas,
            }
        })
        .collect()
}

/// A conflict, or something to mend.
pub(super) fn status(refused: &[(usize, Penolakan)]) -> StatusCode {
    if refused.iter().any(|(_, why)| matches!(why, Penolakan::Bentrok(_))) {
        super::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// Every fault as a line.
pub(super) fn lines(changed: &[IsianAngka], refused: &[(usize, Penolakan)]) -> Vec<String> {
    let line = |(place, why): &(usize, Penolakan)| {
        let petak = changed.get(*place).map(|c| &c.petak);
        let name =
            petak.map(|p| format!("{} {}", p.subjek.kode(), p.variable().unwrap_or_default())).unwrap_or_default();
        format!("{}: {}", name.trim(), message(why))
    };
    refused.iter().map(line).collect()
}
