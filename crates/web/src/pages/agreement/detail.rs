//! One agreement: parties, promises, money, signature, versions.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use tolok_app::Galat;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{AlasanPerubahan, CaraTandaTangan, JenisIsi, Perjanjian, Pihak};
use tolok_domain::measure::Rencana;
use tolok_domain::number::write_amount;
use tolok_domain::{JenisAngka, Nilai, Periode, Potret, Subjek};

use super::{badge, lateness, may_for, shown_day, shown_name, today};
use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;
use crate::view::Lencana;

/// Something promised: what, how much, and what the plan says now where that differs.
pub(super) struct Janji {
    pub kode: String,
    pub nama: String,
    pub simpul: String,
    pub satuan: String,
    pub nilai: String,
    pub kini: String,
}

struct PihakTampil {
    jabatan: String,
    nama: String,
}

struct Versi {
    kode: String,
    label: String,
    keadaan: String,
    ini: bool,
}

struct BerkasTampil {
    sha256: String,
    nama: String,
    keterangan: String,
}

#[derive(Template)]
#[template(path = "perjanjian_isi.html")]
struct Halaman {
    h: Bingkai,
    kode: String,
    nama: String,
    versi: String,
    tanggal: String,
    alasan: &'static str,
    lencana: Lencana,
    terlambat: String,
    pihak: [PihakTampil; 2],
    indikator: Vec<Janji>,
    uang: Vec<Janji>,
    jumlah: String,
    ditandatangani: String,
    berkas: Option<BerkasTampil>,
    semua: Vec<Versi>,
    pengganti: String,
    boleh_ubah: bool,
    boleh_tanda_tangan: bool,
    boleh_perubahan: bool,
}

/// The agreement of that code.
pub(super) fn find<'a>(potret: &'a Potret, kode: &str) -> Result<&'a Perjanjian, Galat> {
    potret.agreement(kode).ok_or_else(|| Galat::TidakDitemukan(format!("perjanjian {kode}")))
}

/// Name of an agreement's unit.
pub(super) fn unit_name(potret: &Potret, perjanjian: &Perjanjian) -> String {
    potret.unit(&perjanjian.unit).map_or_else(|| perjanjian.unit.clone(), |u| u.nama.clone())
}

/// Shows the agreement.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let (t, potret, ctx) = (opened.pengguna.t, &opened.termuat.potret, &opened.pengguna.ctx);
    let p = find(potret, &kode)?;
    let latest = potret.agreement_of(&p.unit).filter(|latest| latest.kode != p.kode);
    let board = tolok_domain::agreement::board(potret, today(&opened.pengguna));
    // Of an earlier version only the signature counts.
    let status = board.iter().find(|s| s.unit.kode == p.unit && latest.is_none());
    let may = |hak| may_for(ctx, potret, hak, &p.unit);
    let words = |signed: bool| t.x(if signed { "pk-ditandatangani" } else { "pk-belum-ditandatangani" }).to_owned();
    let file = potret.bukti.iter().find(|b| b.sha256 == p.berkas);
    let how = p.cara.map(|c| t.x(if c == CaraTandaTangan::Elektronik { "pk-elektronik" } else { "pk-pindaian" }));
    let (uang, jumlah) = money(potret, p);
    let page = Halaman {
        kode: p.kode.clone(),
        nama: unit_name(potret, p),
        versi: potret.document(&p.dokumen).map(tolok_domain::Dokumen::version_label).unwrap_or_default(),
        tanggal: shown_day(&p.tanggal),
        alasan: p.alasan.map_or("", AlasanPerubahan::label),
        lencana: status.map_or_else(
            || Lencana { kelas: if p.is_signed() { "ver" } else { "aju" }, teks: words(p.is_signed()) },
            |s| badge(s, t),
        ),
        terlambat: status.map(|s| lateness(s, t)).unwrap_or_default(),
        pihak: potret.parties(p).map(party),
        indikator: promises(potret, p),
        uang,
        jumlah,
        ditandatangani: match how {
            Some(how) if p.is_signed() => format!("{}, {how}", shown_day(&p.ditandatangani)),
            _ => shown_day(&p.ditandatangani),
        },
        berkas: file.map(|b| BerkasTampil {
            sha256: b.sha256.clone(),
            nama: b.nama.clone(),
            keterangan: b.keterangan.clone(),
        }),
        semua: potret
            .agreements_of(&p.unit)
            .into_iter()
            .map(|v| Versi {
                kode: v.kode.clone(),
                label: potret.document(&v.dokumen).map(tolok_domain::Dokumen::version_label).unwrap_or_default(),
                keadaan: words(v.is_signed()),
                ini: v.kode == p.kode,
            })
            .collect(),
        pengganti: latest.map(|l| l.kode.clone()).unwrap_or_default(),
        boleh_ubah: !p.is_signed() && may(Hak::UbahRencana),
        boleh_tanda_tangan: !p.is_signed() && may(Hak::TandaTangan),
        boleh_perubahan: p.is_signed() && latest.is_none() && may(Hak::UbahRencana),
        h: opened.frame("perjanjian", t.x("pk-judul")),
    };
    Ok(Html(page.render()?))
}

fn party(pihak: Pihak<'_>) -> PihakTampil {
    PihakTampil { nama: shown_name(pihak.pejabat.filter(|p| !p.nama.is_empty())), jabatan: pihak.jabatan }
}

/// Indicators of an agreement with their targets.
pub(super) fn promises(potret: &Potret, p: &Perjanjian) -> Vec<Janji> {
    let rencana = Rencana::new(potret);
    let indicators = potret.agreed(&p.kode, JenisIsi::Indikator).filter_map(|kode| potret.indicator(kode));
    indicators
        .map(|i| {
            let jenis = JenisAngka::Target { dokumen: p.dokumen.clone() };
            let promised = potret.figure(&Subjek::Indikator(i.kode.clone()), &jenis, Periode::Tahun(potret.tahun));
            let newest = rencana.target(&i.kode).map(|(nilai, _)| nilai);
            Janji {
                kode: i.kode.clone(),
                nama: i.nama.clone(),
                simpul: potret.node(&i.simpul).map(tolok_domain::Simpul::calm_name).unwrap_or_default(),
                satuan: i.satuan.clone(),
                nilai: promised.map(|a| a.nilai.to_string()).unwrap_or_default(),
                kini: differing(promised.map(|a| &a.nilai), newest),
            }
        })
        .collect()
}

/// Nodes of an agreement with their money, and the sum.
fn money(potret: &Potret, p: &Perjanjian) -> (Vec<Janji>, String) {
    let rencana = Rencana::new(potret);
    let (nodes, sum) = potret.agreed_money(p);
    let rows = nodes.into_iter().map(|(s, promised)| Janji {
        kode: s.kode.clone(),
        nama: s.calm_name(),
        simpul: s.jenis.label().to_owned(),
        satuan: String::new(),
        nilai: promised.map(write_amount).unwrap_or_default(),
        kini: rencana.ceiling(&s.kode).filter(|n| Some(*n) != promised).map(write_amount).unwrap_or_default(),
    });
    (rows.collect(), sum.map(write_amount).unwrap_or_default())
}

fn differing(promised: Option<&Nilai>, newest: Option<&Nilai>) -> String {
    newest.filter(|n| Some(*n) != promised).map(ToString::to_string).unwrap_or_default()
}
