//! The cash plan: money of every budget line by quarter or month, beside its ceiling.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::action::{AnggaranKas, Kas, KasPeriode, Kecocokan, check_cash, propose};
use tolok_domain::duty::Frekuensi;
use tolok_domain::figure::{Angka, JenisAngka, Subjek};
use tolok_domain::number::write_amount;
use tolok_domain::{Akumulasi, JenisSimpul, Nilai, Periode, Potret, Rupiah, Simpul, ukur};

use super::cell::{Isian, SelKisi, Terkirim};
use super::{Ditolak, Mana, answer, badge};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::key;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::{Lencana, level_class};

struct Baris {
    kelas: &'static str,
    kode: String,
    nama: String,
    pagu: String,
    sel: Vec<SelKisi>,
    jumlah: String,
    hasil: Lencana,
    rincian: String,
}

#[derive(Template)]
#[template(path = "aksi/kas.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    kunci: String,
    /// "bulan" or "triwulan".
    rinci: &'static str,
    kolom: Vec<String>,
    baris: Vec<Baris>,
    total: Baris,
    pesan: Vec<String>,
    tersimpan: bool,
    boleh: bool,
    usulan: bool,
    tahun_lalu: Option<i16>,
    /// Whether a sum leaves something out.
    sebagian: bool,
    /// Whether a line is planned by quarters that are not seen among months.
    tertutup: bool,
}

/// The columns: as asked for, or else as the plan has been made.
fn columns(potret: &Potret, rinci: &str) -> Vec<Periode> {
    let by_month = match rinci {
        "bulan" => true,
        "triwulan" => false,
        _ => planned(potret).any(|a| a.periode.months() == 1),
    };
    if by_month { Frekuensi::Bulan.parts(potret.tahun) } else { Periode::quarters(potret.tahun).to_vec() }
}

/// Figures of the year's cash plan.
fn planned(potret: &Potret) -> impl Iterator<Item = &Angka> {
    let plan = potret.action_plan().map(|d| d.kode.as_str());
    potret.angka.iter().filter(move |a| {
        a.periode.tahun() == potret.tahun
            && a.periode.months() < 12
            && matches!(&a.jenis, JenisAngka::Pagu { dokumen } if Some(dokumen.as_str()) == plan)
    })
}

/// Those that no column shows: a quarter is not seen among months.
fn hidden<'a>(potret: &'a Potret, columns: &'a [Periode]) -> impl Iterator<Item = &'a Angka> {
    planned(potret).filter(|a| columns.iter().all(|c| c.months() < a.periode.months()))
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let mut isian = Isian::default();
    match query.usul.as_str() {
        "rata" => divide(potret, &columns(potret, &query.rinci), &mut isian),
        "lalu" => {
            let last = web.app.load(&opened.pengguna.ctx, potret.tahun - 1).await?;
            for a in planned(&last.potret).filter(|a| potret.node(a.subjek.kode()).is_some()) {
                isian.propose(a.subjek.kode(), a.periode.in_year(potret.tahun), &a.nilai);
            }
        }
        _ => {}
    }
    Ok(Html(page(&opened, &query, &isian, None).render()?))
}

/// Proposes equal parts of the ceiling for lines without a plan.
fn divide(potret: &Potret, columns: &[Periode], isian: &mut Isian<'_>) {
    let hasil = ukur(potret, Periode::Tahun(potret.tahun));
    let kas = check_cash(&hasil, columns);
    for (simpul, kas) in kas.simpul.iter().filter(|(_, kas)| kas.baris && kas.jumlah.is_none()) {
        let Some(pagu) = kas.pagu else { continue };
        for (periode, nilai) in columns.iter().zip(propose(&Nilai::Uang(pagu), Akumulasi::Jumlah, columns.len())) {
            isian.propose(&simpul.kode, *periode, &nilai);
        }
    }
}

fn page(opened: &Dibuka, query: &Mana, isian: &Isian<'_>, no: Option<&Ditolak<'_>>) -> Halaman {
    let (potret, ctx, t) = (&opened.termuat.potret, &opened.pengguna.ctx, opened.pengguna.t);
    let h = opened.tab("rencana", "kas", t.x("kas-judul"));
    let hasil = opened.measure();
    let columns = columns(potret, &query.rinci);
    let AnggaranKas { simpul, total } = check_cash(&hasil, &columns);
    let lingkup = if ctx.lampau { Lingkup::Unit(Vec::new()) } else { ctx.scope(Hak::UbahRencana) };
    let grid = Kisi { potret, columns: &columns, isian, lingkup, h: &h };
    // Above programmes there is nothing but sums of what is shown, unless somebody planned there.
    let shown = simpul.iter().filter(|(s, kas)| s.jenis >= JenisSimpul::Program || kas.baris);
    let baris: Vec<Baris> = shown.map(|(s, kas)| grid.row(s, kas)).collect();
    let mut pesan = no.map(|no| no.pesan.clone()).unwrap_or_default();
    for cell in no.iter().flat_map(|no| &no.sel) {
        let name = potret.node(&cell.kode).map_or_else(String::new, Simpul::calm_name);
        pesan.push(format!("{} {name}, {}: {}", cell.kode, cell.periode.short(), cell.sebab));
    }
    let partly = |k: &Kas| k.periode.iter().any(|p| p.rupiah.is_some() && !p.lengkap);
    Halaman {
        tab: "kas",
        kunci: key(),
        rinci: if columns.len() > 4 { "bulan" } else { "triwulan" },
        kolom: columns.iter().map(|p| p.short()).collect(),
        boleh: baris.iter().flat_map(|b| &b.sel).any(|s| !s.nama.is_empty()),
        total: grid.sums(&total, "", t.x("jumlah").to_owned(), String::new()),
        pesan,
        tersimpan: !query.tersimpan.is_empty() && no.is_none(),
        usulan: isian.has_proposals(),
        tahun_lalu: h.tahun_ada.iter().copied().find(|y| *y == potret.tahun - 1),
        sebagian: simpul.iter().any(|(_, k)| partly(k)),
        tertutup: hidden(potret, &columns).next().is_some(),
        baris,
        h,
    }
}

fn amount(x: Option<Rupiah>) -> String {
    x.map_or_else(|| "–".to_owned(), write_amount)
}

/// What all rows have in common.
struct Kisi<'a> {
    potret: &'a Potret,
    columns: &'a [Periode],
    isian: &'a Isian<'a>,
    lingkup: Lingkup,
    h: &'a Bingkai,
}

impl Kisi<'_> {
    fn row(&self, simpul: &Simpul, kas: &Kas) -> Baris {
        let mut row = self.sums(kas, level_class(simpul.jenis), simpul.calm_name(), simpul.kode.clone());
        if !kas.baris {
            return row;
        }
        let subjek = Subjek::Simpul(simpul.kode.clone());
        let figure = |periode| {
            let plan = self.potret.action_plan()?;
            self.potret.figure(&subjek, &JenisAngka::Pagu { dokumen: plan.kode.clone() }, periode)
        };
        if self.lingkup.covers(self.potret.upwards(self.potret.unit_of_node(simpul))) {
            for (sel, p) in row.sel.iter_mut().zip(&kas.periode) {
                let stored = figure(p.periode).map(|a| &a.nilai);
                // What stands there by its parts is changed there.
                if stored.is_some() || p.rupiah.is_none() {
                    *sel = self.isian.open(&simpul.kode, p.periode, stored);
                }
            }
        }
        let hidden: Vec<String> = hidden(self.potret, self.columns)
            .filter(|a| a.subjek == subjek)
            .map(|a| format!("{} {}", a.periode.short(), a.nilai))
            .collect();
        if !hidden.is_empty() {
            let words = self.h.t.f("kas-periode-lain", "rincian", hidden.join(", "));
            row.rincian = [row.rincian, words].into_iter().filter(|x| !x.is_empty()).collect::<Vec<_>>().join("; ");
        }
        row
    }

    /// A row in which nothing can be entered.
    fn sums(&self, kas: &Kas, kelas: &'static str, nama: String, kode: String) -> Baris {
        let cell = |p: &KasPeriode| {
            let mark = if p.rupiah.is_some() && !p.lengkap { "*" } else { "" };
            SelKisi::fixed(format!("{}{mark}", amount(p.rupiah)))
        };
        Baris {
            kelas,
            kode,
            nama,
            pagu: amount(kas.pagu),
            sel: kas.periode.iter().map(cell).collect(),
            jumlah: amount(kas.jumlah),
            hasil: badge(kas.hasil, self.h.t),
            rincian: match kas.hasil {
                Kecocokan::Sama => String::new(),
                _ if kas.jumlah.is_none() => String::new(),
                _ => kas.to_string(),
            },
        }
    }
}

/// Writes money of the cash plan.
pub(crate) async fn save(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Gagal> {
    let sent = Terkirim::read(fields)?;
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let result = web.app.set_cash_plan(&pengguna.ctx.sending(&sent.kunci), tahun, &sent.sel).await;
    let detail = if query.rinci == "bulan" { "bulan" } else { "triwulan" };
    let to = format!("{}/rencana-aksi/kas?tahun={tahun}&rinci={detail}&tersimpan=ya", pengguna.akar);
    answer(result, &web, pengguna, tahun, &sent, &to, |opened, no| {
        Ok(page(opened, &query, &Isian::of(Some(no)), Some(no)).render()?)
    })
    .await
}
