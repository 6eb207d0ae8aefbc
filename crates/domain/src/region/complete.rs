//! Whether what is known reaches up to the period.

use std::collections::HashMap;

use crate::coverage::Cakupan;
use crate::duty::{is_budget_line, of_indicator};
use crate::figure::JenisAngka;
use crate::indicator::Akumulasi;
use crate::measure::{Pengukuran, UkurIndikator, accumulate};

/// Whether nothing is missing in an indicator's realisation: its periods cover the time, or every place that the quarters ask for
/// holds a value.
pub(super) fn is_whole(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>) -> bool {
    let quarters = 1..=hasil.sampai.last_month() / 3;
    let mut places = quarters.flat_map(|quarter| of_indicator(hasil.potret, u.indikator, quarter));
    u.realisasi.kosong.is_empty() || places.all(|p| p.figure(hasil.potret).is_some_and(|a| a.nilai.is_known()))
}

/// Budget lines whose spending is known in full, of all, below each node; of the whole office under "". A figure of a node speaks for
/// everything below it.
pub(super) fn budget_lines<'a>(hasil: &Pengukuran<'a>) -> HashMap<&'a str, Cakupan> {
    let potret = hasil.potret;
    let mut whole: HashMap<&str, bool> = HashMap::new();
    let mut above: HashMap<&str, &str> = HashMap::new();
    let mut counts: HashMap<&str, Cakupan> = HashMap::new();
    // Parents stand before their children.
    for simpul in &potret.simpul {
        let kode = simpul.kode.as_str();
        let spent = hasil.node_figures(kode).iter().filter(|a| a.jenis == JenisAngka::RealisasiAnggaran);
        let sum = accumulate(spent.map(|a| (a.periode, &a.nilai)), Akumulasi::Jumlah, hasil.sampai);
        let parent = simpul.induk.as_deref().unwrap_or_default();
        let is_known = sum.kosong.is_empty() || whole.get(parent).is_some_and(|known| *known);
        whole.insert(kode, is_known);
        above.insert(kode, parent);
        if is_budget_line(hasil, simpul) {
            let line = Cakupan::count([is_known]);
            let mut node = Some(kode);
            while let Some(kode) = node {
                let count = counts.entry(kode).or_default();
                *count = count.plus(line);
                node = above.get(kode).copied();
            }
        }
    }
    counts
}
