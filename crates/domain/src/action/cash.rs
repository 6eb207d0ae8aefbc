//! The cash plan (anggaran kas): the ceilings of budget lines by period, held against the ceiling of the year.

use std::collections::HashMap;
use std::fmt;

use super::Kecocokan;
use super::cost::compare;
use crate::coverage::Cakupan;
use crate::figure::JenisAngka;
use crate::measure::{Pengukuran, cover};
use crate::number::write_rupiah;
use crate::period::Periode;
use crate::plan::Simpul;
use crate::value::{Nilai, Rupiah};

/// Money planned for one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KasPeriode {
    /// The period.
    pub periode: Periode,
    /// What is known of it; none when nothing is.
    pub rupiah: Option<Rupiah>,
    /// Whether all of it is known.
    pub lengkap: bool,
}

/// Money by period, held against a ceiling.
#[derive(Debug, Clone)]
pub struct Kas {
    /// Whether it is planned here; otherwise it is the sum of the lines below.
    pub baris: bool,
    /// By period, in order.
    pub periode: Vec<KasPeriode>,
    /// What is planned in the whole year; none when nothing is.
    pub jumlah: Option<Rupiah>,
    /// The ceiling in force.
    pub pagu: Option<Rupiah>,
    /// Periods that are planned, of all; for a sum lines whose plan is complete, of all.
    pub cakupan: Cakupan,
    /// How the plan compares with the ceiling. More than the ceiling is told also while a part is missing.
    pub hasil: Kecocokan,
    /// Lines whose plan is complete, of all at or below it.
    garis: Cakupan,
}

/// The cash plan of an office.
#[derive(Debug, Clone)]
pub struct AnggaranKas<'a> {
    /// Every node with a ceiling or a plan, in the order of the plan tree.
    pub simpul: Vec<(&'a Simpul, Kas)>,
    /// All of it.
    pub total: Kas,
}

/// The cash plan by these periods (the quarters or the months of the year). A node with a plan of its own is a line; so is one with
/// a ceiling of its own and no line below.
pub fn check_cash<'a>(hasil: &Pengukuran<'a>, columns: &[Periode]) -> AnggaranKas<'a> {
    let mut below: HashMap<Option<&str>, Vec<Kas>> = HashMap::new();
    let mut simpul = Vec::new();
    // From the leaves up: children come after their parents in the snapshot.
    for u in hasil.simpul.iter().rev() {
        let children = below.remove(&Some(u.simpul.kode.as_str())).unwrap_or_default();
        let planned = own(hasil, &u.simpul.kode);
        let is_line = !planned.is_empty() || (children.is_empty() && has_ceiling(hasil, &u.simpul.kode));
        let kas = if is_line { line(&planned, columns, u.uang.pagu) } else { sum(&children, columns, u.uang.pagu) };
        if kas.garis.dari > 0 {
            below.entry(u.simpul.induk.as_deref()).or_default().push(kas.clone());
            simpul.push((u.simpul, kas));
        }
    }
    simpul.reverse();
    let total = sum(&below.remove(&None).unwrap_or_default(), columns, hasil.total.pagu);
    AnggaranKas { simpul, total }
}

/// The cash plan recorded for a node.
fn own<'a>(hasil: &Pengukuran<'a>, kode: &str) -> Vec<(Periode, &'a Nilai)> {
    let plan = hasil.potret.action_plan().map(|d| d.kode.as_str());
    hasil
        .node_figures(kode)
        .iter()
        .filter(|a| a.periode.tahun() == hasil.potret.tahun && a.periode.months() < 12)
        .filter(|a| matches!(&a.jenis, JenisAngka::Pagu { dokumen } if Some(dokumen.as_str()) == plan))
        .map(|a| (a.periode, &a.nilai))
        .collect()
}

/// Whether the budget in force sets a ceiling for the node itself.
fn has_ceiling(hasil: &Pengukuran<'_>, kode: &str) -> bool {
    let budget = hasil.budget_document().map(|d| d.kode.as_str());
    hasil.node_figures(kode).iter().any(|a| {
        a.periode == Periode::Tahun(hasil.potret.tahun)
            && matches!(&a.jenis, JenisAngka::Pagu { dokumen } if Some(dokumen.as_str()) == budget)
    })
}

fn amount(nilai: &Nilai) -> Option<Rupiah> {
    if let Nilai::Uang(x) = nilai { Some(*x) } else { None }
}

fn total(amounts: impl Iterator<Item = Rupiah>) -> Option<Rupiah> {
    amounts.fold(None, |sum, x| Some([sum.unwrap_or_default(), x].into_iter().sum()))
}

fn line(planned: &[(Periode, &Nilai)], columns: &[Periode], pagu: Option<Rupiah>) -> Kas {
    let inside =
        |p: Periode, column: Periode| column.first_month() <= p.first_month() && p.last_month() <= column.last_month();
    let of_column = |column: &Periode| {
        let parts = planned.iter().filter(|(p, _)| inside(*p, *column));
        // The period itself stands for its parts.
        let own = parts.clone().find(|(p, _)| p == column);
        let parts: Vec<_> = own.map_or_else(|| parts.collect(), |own| vec![own]);
        let months: u8 = parts.iter().map(|(p, _)| p.months()).sum();
        let rupiah = total(parts.iter().filter_map(|(_, nilai)| amount(nilai)));
        KasPeriode { periode: *column, rupiah, lengkap: months == column.months() }
    };
    let year = columns.first().map_or(Periode::Tahun(0), |p| Periode::Tahun(p.tahun()));
    let (chosen, holes) = cover(planned.iter().copied(), year);
    let cakupan = match chosen.len() {
        0 => Cakupan { ada: 0, dari: columns.len() },
        ada => Cakupan { ada, dari: ada + holes.len() },
    };
    let jumlah = total(chosen.iter().filter_map(|(_, nilai)| amount(nilai)));
    Kas {
        baris: true,
        periode: columns.iter().map(of_column).collect(),
        jumlah,
        pagu,
        cakupan,
        hasil: compare(jumlah, cakupan, pagu),
        garis: Cakupan { ada: usize::from(cakupan.is_complete()), dari: 1 },
    }
}

fn sum(children: &[Kas], columns: &[Periode], pagu: Option<Rupiah>) -> Kas {
    let column = |(i, periode): (usize, &Periode)| {
        let cells = || children.iter().filter_map(|c| c.periode.get(i));
        let rupiah = total(cells().filter_map(|k| k.rupiah));
        KasPeriode { periode: *periode, rupiah, lengkap: cells().all(|k| k.lengkap) }
    };
    let add = |a: Cakupan, c: &Kas| Cakupan { ada: a.ada + c.garis.ada, dari: a.dari + c.garis.dari };
    let garis = children.iter().fold(Cakupan::default(), add);
    let jumlah = total(children.iter().filter_map(|c| c.jumlah));
    Kas {
        baris: false,
        periode: columns.iter().enumerate().map(column).collect(),
        jumlah,
        pagu,
        cakupan: garis,
        hasil: compare(jumlah, garis, pagu),
        garis,
    }
}

/// The outcome in a sentence.
impl fmt::Display for Kas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sum, pagu) = (write_rupiah(self.jumlah.unwrap_or_default()), self.pagu.map(write_rupiah));
        let what = if self.baris { "periode" } else { "baris anggaran lengkap" };
        let difference = |x: rust_decimal::Decimal| Rupiah::from_decimal(x.abs()).map(write_rupiah).unwrap_or_default();
        match (self.hasil, pagu) {
            (Kecocokan::Sama, Some(pagu)) => write!(f, "jumlah periode sama dengan pagu {pagu}"),
            (Kecocokan::Beda(Some(x)), Some(pagu)) if self.hasil.is_over() => {
                write!(f, "jumlah periode {sum} melebihi pagu {pagu} sebesar {}", difference(x))
            }
            (Kecocokan::Beda(Some(x)), Some(pagu)) => {
                write!(f, "jumlah periode {sum}, {} kurang dari pagu {pagu}", difference(x))
            }
            (Kecocokan::BelumLengkap(_), Some(pagu)) if self.jumlah.is_none() => {
                write!(f, "belum direncanakan; pagu {pagu}")
            }
            (Kecocokan::BelumLengkap(cakupan), Some(pagu)) => {
                write!(f, "baru {cakupan} {what}, {sum} dari pagu {pagu}")
            }
            _ => f.write_str("pagu belum ada, sehingga anggaran kas belum dapat dibandingkan"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ceiling, office};
    use super::*;
    use crate::measure::ukur;

    /// Code, whether it is a line, cells, sum and check of every node, by quarter.
    fn outcome(figures: &[(&str, &str, &str, i64)]) -> Vec<(String, bool, String, String)> {
        let mut potret = office();
        potret.angka.extend(figures.iter().map(|(kode, dokumen, periode, x)| ceiling(kode, dokumen, periode, *x)));
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let cell = |k: &KasPeriode| match (k.rupiah, k.lengkap) {
            (None, _) => "-".to_owned(),
            (Some(x), true) => x.to_decimal().to_string(),
            (Some(x), false) => format!("{}*", x.to_decimal()),
        };
        let kas = check_cash(&hasil, &Periode::quarters(2021));
        let row = |kode: &str, k: &Kas| {
            let cells: Vec<String> = k.periode.iter().map(cell).collect();
            (kode.to_owned(), k.baris, cells.join(" "), k.to_string())
        };
        kas.simpul.iter().map(|(s, k)| row(&s.kode, k)).chain([row("total", &kas.total)]).collect()
    }

    fn short(got: &[(String, bool, String, String)], kode: &str) -> (bool, String, String) {
        let (_, baris, cells, words) = got.iter().find(|(k, ..)| k == kode).expect("node").clone();
        (baris, cells, words)
    }

    #[test]
    fn a_line_is_held_against_its_ceiling_and_added_up() {
        let quarter = |kode, n, x| (kode, "aksi", ["2021-TW1", "2021-TW2", "2021-TW3", "2021-TW4"][n], x);
        let mut figures = vec![("k.1", "dpa", "2021", 1000), ("k.2", "dpa", "2021", 500)];
        figures.extend((0..4).map(|n| quarter("k.1", n, 250)));
        figures.extend((0..2).map(|n| quarter("k.2", n, 200)));
        let got = outcome(&figures);
        assert_eq!(
            short(&got, "k.1"),
            (true, "250 250 250 250".to_owned(), "jumlah periode sama dengan pagu Rp1.000".to_owned())
        );
        assert_eq!(
            short(&got, "k.2"),
            (true, "200 200 - -".to_owned(), "baru 2 dari 4 periode, Rp400 dari pagu Rp500".to_owned())
        );
        assert_eq!(
            short(&got, "k"),
            (
                false,
                "450 450 250* 250*".to_owned(),
                "baru 1 dari 2 baris anggaran lengkap, Rp1.400 dari pagu Rp1.500".to_owned()
            )
        );
        assert_eq!(short(&got, "total"), short(&got, "k"));
        assert!(got.iter().all(|(kode, ..)| kode != "k.3"), "without a ceiling and a plan it is no line");
        let more: Vec<_> = figures.iter().copied().chain([quarter("k.2", 2, 150)]).collect();
        assert_eq!(short(&outcome(&more), "k.2").2, "jumlah periode Rp550 melebihi pagu Rp500 sebesar Rp50");
        let less: Vec<_> = figures.iter().copied().chain([quarter("k.2", 2, 0), quarter("k.2", 3, 0)]).collect();
        assert_eq!(short(&outcome(&less), "k.2").2, "jumlah periode Rp400, Rp100 kurang dari pagu Rp500");
        assert_eq!(short(&outcome(&figures[..1]), "k.1").2, "belum direncanakan; pagu Rp1.000");
        let none = outcome(&[("k.3", "aksi", "2021-TW1", 5)]);
        assert!(short(&none, "k.3").2.starts_with("pagu belum ada"));
    }

    #[test]
    fn months_make_their_quarter_and_a_hole_is_told() {
        let months = |upto: u8| (1..=upto).map(|n| ("k.1", "aksi", n));
        let figures = |upto| -> Vec<(&str, &str, String, i64)> {
            let first = [("k.1", "dpa", "2021".to_owned(), 1200)];
            first.into_iter().chain(months(upto).map(|(k, d, n)| (k, d, format!("2021-B{n:02}"), 100))).collect()
        };
        let run = |upto| {
            let figures = figures(upto);
            let borrowed: Vec<(&str, &str, &str, i64)> =
                figures.iter().map(|(k, d, p, x)| (*k, *d, p.as_str(), *x)).collect();
            short(&outcome(&borrowed), "k.1")
        };
        assert_eq!(run(12), (true, "300 300 300 300".to_owned(), "jumlah periode sama dengan pagu Rp1.200".to_owned()));
        assert_eq!(
            run(5),
            (true, "300 200* - -".to_owned(), "baru 5 dari 12 periode, Rp500 dari pagu Rp1.200".to_owned())
        );
    }

    #[test]
    fn a_plan_of_a_node_itself_speaks_for_what_is_below() {
        let got =
            outcome(&[("k", "aksi", "2021-TW1", 700), ("k.1", "dpa", "2021", 1000), ("k.1", "aksi", "2021-TW1", 1)]);
        assert_eq!(
            short(&got, "k"),
            (true, "700 - - -".to_owned(), "baru 1 dari 4 periode, Rp700 dari pagu Rp1.000".to_owned())
        );
    }
}
