//! The worksheet as it is shown, a component to a page.

use std::collections::HashMap;

use askama::Template;
use tolok_app::Galat;
use tolok_domain::Decimal;
use tolok_domain::access::Hak;
use tolok_domain::evaluasi::templat::CaraNilai;
use tolok_domain::evaluasi::usul::UsulKriteria;
use tolok_domain::evaluasi::{
    Evaluasi, KeadaanEvaluasi, Komponen, Penilai, Pilih, Skor, Subkomponen, Templat, chosen, counted, next_grade,
    score, suggest, without_reason,
};
use tolok_domain::number::{write_percent, write_plain};

use super::compare::{Sebelumnya, recommendations};
use super::question::{Lembar, Tanya, number};
use super::record::UsulTampil;
use super::worksheet::Permintaan;
use crate::Web;
use crate::error::Gagal;
use crate::form::{Kiriman, key};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::iso_date;

/// One component in the table of scores.
struct BarisSkor {
    kode: String,
    nama: String,
    bobot: String,
    mandiri: String,
    nilai: String,
    /// Whether the page shows it.
    dibuka: bool,
}

/// One subkomponen with its questions.
struct Bagian {
    n: usize,
    kode: String,
    nama: String,
    bobot: String,
    nilai: String,
    gradasi: String,
    dijawab: String,
    /// Whether it was just saved.
    tersimpan: bool,
    /// Where one goes on after it: in words, and the address.
    lanjut: (String, String),
    tanya: Vec<Tanya>,
    /// Where the wordings of its criteria come from; empty where the template does not say.
    sumber: String,
}

/// What would lift one subkomponen.
struct Kenaikan {
    bagian: String,
    kriteria: Vec<String>,
    gradasi: String,
    poin: String,
}

/// The way to a better grade.
struct AndaiTampil {
    judul: String,
    kenaikan: Vec<Kenaikan>,
}

#[derive(Template)]
#[template(path = "lke/lembar.html")]
pub(super) struct Halaman {
    h: Bingkai,
    kode: String,
    templat: String,
    keadaan: &'static str,
    catatan: String,
    evaluator: String,
    lhe: String,
    hasil: String,
    komponen: String,
    skor: Vec<BarisSkor>,
    jumlah: BarisSkor,
    bagian: Vec<Bagian>,
    /// Code and id of the first question that the user has not answered.
    mulai: Option<(String, String)>,
    andai: Option<AndaiTampil>,
    /// Word of the rater as whom the user fills in; empty who only looks.
    sebagai: &'static str,
    sebagai_label: &'static str,
    /// Whether the user may be evaluator or second reader.
    boleh_evaluasi: bool,
    boleh_terbit: bool,
    nomor: String,
    tanggal: String,
    kunci: String,
    pesan: Vec<String>,
}

/// As whom the user fills in this worksheet: as asked for, where he may.
fn acting(pengguna: &Pengguna, evaluasi: &Evaluasi, asked: &str) -> Option<Penilai> {
    if pengguna.ctx.lampau || evaluasi.keadaan == KeadaanEvaluasi::Terbit {
        return None;
    }
    let may = |p: &Penilai| pengguna.ctx.may(if *p == Penilai::Mandiri { Hak::NilaiMandiri } else { Hak::Evaluasi });
    let wanted = Penilai::ALL.into_iter().filter(may).find(|p| p.as_str() == asked);
    wanted.or_else(|| Penilai::ALL.into_iter().find(may))
}

/// The page of a worksheet, with a refused form as it was sent.
pub(super) async fn page(
    web: &Web,
    opened: &Dibuka,
    kode: &str,
    query: &Permintaan,
    terisi: Option<&Kiriman>,
    pesan: Vec<String>,
) -> Result<Halaman, Gagal> {
    let pengguna = &opened.pengguna;
    let (potret, ctx, t) = (&opened.termuat.potret, &pengguna.ctx, pengguna.t);
    let evaluasi = potret.evaluation(kode).ok_or_else(|| Galat::TidakDitemukan(format!("evaluasi {kode}")))?;
    let templat = potret
        .template(&evaluasi.templat)
        .ok_or_else(|| Galat::TidakDitemukan(format!("templat {}", evaluasi.templat)))?;
    let before = web.app.year_before(ctx, &opened.termuat).await?;
    // What is known of another year is another page's.
    let known = if evaluasi.tahun == potret.tahun { web.app.suggestions(ctx, potret.tahun).await? } else { Vec::new() };
    let sebagai = acting(pengguna, evaluasi, &query.sebagai);
    let h = opened.tab("evaluasi", "evaluasi", format!("{} {}", t.x("lke-judul"), evaluasi.tahun));
    let (hitung, mandiri) = (counted(&potret.jawaban, kode), chosen(&potret.jawaban, kode, Penilai::Mandiri));
    let (skor, skor_mandiri) = (score(templat, &hitung), score(templat, &mandiri));
    let current = templat.komponen.iter().find(|k| k.kode == query.komponen).or(templat.komponen.first());
    let lembar = Lembar {
        potret,
        evaluasi,
        templat,
        sebagai,
        terisi,
        tanpa_alasan: without_reason(templat, &potret.jawaban, kode),
        ditinjau: sebagai == Some(Penilai::PenjaminMutu)
            || !chosen(&potret.jawaban, kode, Penilai::PenjaminMutu).is_empty(),
        t,
    };
    let bantuan = Bantuan {
        usul: known.iter().map(|u| (u.kriteria, u)).collect(),
        lalu: Sebelumnya::find(potret, before.as_ref().map(|b| &b.potret), evaluasi.tahun),
        pilih: sebagai.map_or_else(|| hitung.clone(), |p| chosen(&potret.jawaban, kode, p)),
        tersimpan: query.tersimpan.into(),
        h: &h,
    };
    let bagian = current.map(|k| parts(k, &lembar, &bantuan, &skor)).unwrap_or_default();
    let mulai = bagian.iter().flat_map(|b| &b.tanya).find(|q| q.is_open()).map(|q| (q.kode.clone(), q.n.clone()));
    let boleh_evaluasi = ctx.may(Hak::Evaluasi) && !ctx.lampau && evaluasi.keadaan != KeadaanEvaluasi::Terbit;
    let typed = |nama| terisi.map(|form| form.get(nama).to_owned()).unwrap_or_default();
    Ok(Halaman {
        kode: kode.to_owned(),
        templat: templat.judul.clone(),
        keadaan: evaluasi.keadaan.label(),
        catatan: evaluasi.catatan.clone(),
        evaluator: evaluasi.evaluator.clone(),
        lhe: published(evaluasi, t),
        hasil: result(evaluasi, templat, &skor, t),
        komponen: current.map(|k| k.kode.clone()).unwrap_or_default(),
        skor: score_rows(&skor, &skor_mandiri, current, t),
        jumlah: BarisSkor {
            kode: String::new(),
            nama: t.x("jumlah").to_owned(),
            bobot: "100".to_owned(),
            mandiri: points(skor_mandiri.nilai, t),
            nilai: points(skor.nilai, t),
            dibuka: false,
        },
        bagian,
        mulai,
        andai: what_if(templat, &hitung, t),
        sebagai: sebagai.map_or("", Penilai::as_str),
        sebagai_label: sebagai.map_or("", Penilai::label),
        boleh_evaluasi,
        boleh_terbit: boleh_evaluasi && skor.nilai.is_some(),
        nomor: typed("nomor"),
        tanggal: typed("tanggal"),
        kunci: key(),
        pesan,
        h,
    })
}

/// What helps to answer.
struct Bantuan<'a> {
    usul: HashMap<&'a str, &'a UsulKriteria>,
    lalu: Option<Sebelumnya<'a>>,
    /// The answers from which a grade is suggested.
    pilih: Pilih<'a>,
    /// The subkomponen that was just saved, counted from 1.
    tersimpan: usize,
    h: &'a Bingkai,
}

fn parts(komponen: &Komponen, lembar: &Lembar<'_>, bantuan: &Bantuan<'_>, skor: &Skor<'_>) -> Vec<Bagian> {
    let scored =
        |s: &Subkomponen| skor.komponen.iter().flat_map(|k| &k.subkomponen).find(|x| x.subkomponen.kode == s.kode);
    let numbered = (1..).zip(&komponen.subkomponen);
    numbered
        .map(|(n, s)| {
            let graded = s.cara == CaraNilai::Gradasi;
            let criteria = (1..).zip(&s.kriteria).map(|(i, k)| {
                let usul = bantuan.usul.get(k.setara.as_str()).map(|u| UsulTampil::of(u, lembar.potret, bantuan.h));
                Tanya { usul, ..question(number(n, i), &k.kode, &k.uraian, lembar, bantuan) }
            });
            let grade = graded.then(|| Tanya {
                usul_gradasi: suggested(lembar.templat, s, &bantuan.pilih, lembar.t),
                ..question(number(n, 0), &s.kode, lembar.t.x("lke-gradasi"), lembar, bantuan)
            });
            let own = scored(s);
            Bagian {
                n,
                kode: s.kode.clone(),
                nama: s.nama.clone(),
                bobot: write_plain(s.bobot),
                nilai: points(own.and_then(|x| x.nilai), lembar.t),
                gradasi: own.and_then(|x| x.gradasi).unwrap_or_default().to_owned(),
                dijawab: own.map(|x| x.dijawab.to_string()).unwrap_or_default(),
                tersimpan: bantuan.tersimpan == n,
                lanjut: next(komponen, n, lembar, bantuan.h),
                tanya: criteria.chain(grade).collect(),
                sumber: s.sources().join("; "),
            }
        })
        .collect()
}

/// What comes after a subkomponen, counted from 1: the next of the component, the next component, at the end the score.
fn next(komponen: &Komponen, n: usize, lembar: &Lembar<'_>, h: &Bingkai) -> (String, String) {
    let t = lembar.t;
    if let Some(s) = komponen.subkomponen.get(n) {
        return (t.f("lke-lanjut", "ke", format!("{} {}", s.kode, s.nama)), format!("#p-{}-1", number(n + 1, 1)));
    }
    let mut after = lembar.templat.komponen.iter().skip_while(|k| k.kode != komponen.kode);
    after.nth(1).map_or_else(
        || (t.x("lke-lihat-nilai").to_owned(), "#j-skor".to_owned()),
        |k| {
            let page = format!("{}/evaluasi/{}{}", h.akar, lembar.evaluasi.kode, h.tanya);
            let sebagai = lembar.sebagai.map_or("", Penilai::as_str);
            let first = format!("{page}&komponen={}&sebagai={sebagai}#p-{}-1", k.kode, number(1, 1));
            (t.f("lke-lanjut", "ke", format!("{} {}", k.kode, k.nama)), first)
        },
    )
}

fn question(n: String, kode: &str, uraian: &str, lembar: &Lembar<'_>, bantuan: &Bantuan<'_>) -> Tanya {
    Tanya {
        n,
        kode: kode.to_owned(),
        uraian: uraian.to_owned(),
        kolom: lembar.columns(kode),
        usul: None,
        usul_gradasi: String::new(),
        lalu: bantuan.lalu.as_ref().map(|l| l.answers(lembar.templat, kode)).unwrap_or_default(),
        anjuran: recommendations(lembar.potret, lembar.templat, kode, bantuan.h),
    }
}

/// The grade that the answers to the criteria suggest, in words.
fn suggested(templat: &Templat, s: &Subkomponen, pilih: &Pilih<'_>, t: &Kamus) -> String {
    let found = suggest(templat, s, pilih);
    let dijawab = found.dijawab.to_string();
    match (found.gradasi.zip(found.terpenuhi), found.terendah.zip(found.tertinggi)) {
        (Some((grade, met)), _) => {
            t.f2("lke-usul-gradasi", "gradasi", grade.kode.as_str(), "persen", write_percent(met))
        }
        (None, Some((low, high))) => {
            let between = format!("{}–{}", low.kode, high.kode);
            t.f2("lke-usul-gradasi-sebagian", "dijawab", dijawab, "antara", between)
        }
        (None, None) => t.f("lke-dijawab", "n", dijawab),
    }
}

fn points(nilai: Option<Decimal>, t: &Kamus) -> String {
    nilai.map_or_else(|| t.x("belum-ada").to_owned(), write_percent)
}

fn score_rows(skor: &Skor<'_>, own: &Skor<'_>, current: Option<&Komponen>, t: &Kamus) -> Vec<BarisSkor> {
    let pairs = skor.komponen.iter().zip(&own.komponen);
    pairs
        .map(|(x, own)| BarisSkor {
            kode: x.komponen.kode.clone(),
            nama: x.komponen.nama.clone(),
            bobot: write_plain(x.komponen.bobot),
            mandiri: points(own.nilai, t),
            nilai: points(x.nilai, t),
            dibuka: current.is_some_and(|k| k.kode == x.komponen.kode),
        })
        .collect()
}

/// The score in a sentence; of an evaluation without answers what was published.
fn result(evaluasi: &Evaluasi, templat: &Templat, skor: &Skor<'_>, t: &Kamus) -> String {
    match evaluasi.nilai.or(skor.nilai) {
        Some(nilai) => t.f2("lke-hasil", "nilai", write_percent(nilai), "predikat", templat.skala.grade(nilai).kode),
        None => t.f2("lke-hasil-sementara", "poin", write_percent(skor.terkumpul), "dari", write_plain(skor.bobot)),
    }
}

fn published(evaluasi: &Evaluasi, t: &Kamus) -> String {
    if evaluasi.nomor_lhe.is_empty() {
        return String::new();
    }
    t.f2("lke-lhe", "nomor", evaluasi.nomor_lhe.as_str(), "tanggal", iso_date(&evaluasi.tanggal_lhe))
}

/// The fewest criteria that lift the grade, or why nobody can say.
fn what_if(templat: &Templat, pilih: &Pilih<'_>, t: &Kamus) -> Option<AndaiTampil> {
    match next_grade(templat, pilih) {
        Err(dinilai) if dinilai.ada == 0 => None,
        Err(dinilai) => {
            Some(AndaiTampil { judul: t.f("lke-andai-belum", "n", dinilai.to_string()), kenaikan: Vec::new() })
        }
        Ok(None) => Some(AndaiTampil { judul: t.x("lke-andai-tidak").to_owned(), kenaikan: Vec::new() }),
        Ok(Some(andai)) => {
            let target = format!("{} ({})", andai.predikat.kode, write_percent(andai.nilai));
            Some(AndaiTampil {
                judul: t.f2("lke-andai", "n", andai.criteria(), "predikat", target),
                kenaikan: andai
                    .kenaikan
                    .iter()
                    .map(|k| Kenaikan {
                        bagian: format!("{} {}", k.subkomponen.kode, k.subkomponen.nama),
                        kriteria: k.kriteria.iter().map(|k| format!("{} {}", k.kode, k.uraian)).collect(),
                        gradasi: k.gradasi.unwrap_or_default().to_owned(),
                        poin: write_percent(k.poin),
                    })
                    .collect(),
            })
        }
    }
}
