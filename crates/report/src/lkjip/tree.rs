//! The plan tree as tables list it: goals, targets, programmes with their indicators, under headings of fields of government.

use tolok_domain::{Indikator, JenisSimpul, Pengukuran, Simpul};

/// One line of such a table.
pub(super) enum Garis<'a> {
    /// A heading: a new field of government begins.
    Urusan(&'a str),
    /// A node with one of its indicators, or none; `pertama` on the node's first line.
    Simpul { simpul: &'a Simpul, indikator: Option<&'a Indikator>, pertama: bool },
}

/// Lines in the order of the tree, for nodes and indicators that `keep` wants; without indicators that ended before the year.
pub(super) fn lines<'a>(
    hasil: &Pengukuran<'a>,
    keep_node: impl Fn(&Simpul) -> bool,
    keep_indicator: impl Fn(&Indikator) -> bool,
) -> Vec<Garis<'a>> {
    let mut lines = Vec::new();
    let mut urusan = "";
    let shown = |s: &&Simpul| !matches!(s.jenis, JenisSimpul::Misi | JenisSimpul::SasaranProgram);
    for simpul in hasil.potret.simpul.iter().filter(shown).filter(|s| keep_node(s)) {
        let active = hasil.potret.indicators_of(&simpul.kode).filter(|i| i.is_active(hasil.potret.tahun));
        let indicators: Vec<_> = active.filter(|i| keep_indicator(i)).collect();
        // Above programmes a node without an indicator of this table has nothing to say in it.
        if indicators.is_empty() && simpul.jenis < JenisSimpul::Program {
            continue;
        }
        if simpul.urusan != urusan && !simpul.urusan.is_empty() {
            urusan = &simpul.urusan;
            lines.push(Garis::Urusan(urusan));
        }
        if indicators.is_empty() {
            lines.push(Garis::Simpul { simpul, indikator: None, pertama: true });
        }
        for (i, indikator) in indicators.into_iter().enumerate() {
            lines.push(Garis::Simpul { simpul, indikator: Some(indikator), pertama: i == 0 });
        }
    }
    lines
}

/// Texts for the columns "Tujuan", "Sasaran", "Program/Kegiatan/Sub Kegiatan": the node's wording in its own column.
pub(super) fn columns(simpul: &Simpul, pertama: bool) -> [String; 3] {
    let nama = if pertama { simpul.nama.clone() } else { String::new() };
    match simpul.jenis {
        JenisSimpul::Tujuan => [nama, String::new(), String::new()],
        JenisSimpul::Sasaran => [String::new(), nama, String::new()],
        _ => [String::new(), String::new(), nama],
    }
}

/// Whether the line is printed bold.
pub(super) fn is_strong(simpul: &Simpul) -> bool {
    simpul.jenis == JenisSimpul::Program
}

/// A node's unit in charge, or the one it inherits from above.
pub(super) fn unit_of<'a>(hasil: &Pengukuran<'a>, simpul: &Simpul) -> &'a str {
    let potret = hasil.potret;
    let own = simpul.unit.as_deref().and_then(|kode| potret.unit(kode));
    match (own, simpul.induk.as_deref().and_then(|kode| potret.node(kode))) {
        (Some(unit), _) => &unit.nama,
        (None, Some(parent)) => unit_of(hasil, parent),
        (None, None) => "",
    }
}
