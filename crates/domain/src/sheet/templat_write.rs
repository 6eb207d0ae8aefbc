//! A worksheet template as rows: the exact counterpart of reading.

use rust_decimal::Decimal;

use super::write::s;
use crate::evaluasi::templat::{CaraNilai, Syarat};
use crate::evaluasi::{Pilihan, Templat};
use crate::number::write_plain;

/// A template as rows.
pub(super) fn rows(templat: &Templat) -> Vec<Vec<String>> {
    let row = |baris: &str, cells: [String; 9]| {
        let mut all = vec![s(&templat.kode), s(baris)];
        all.extend(cells);
        all
    };
    let e = String::new;
    let head = |baris: &str, text: String| row(baris, [e(), e(), text, e(), e(), e(), e(), e(), e()]);
    let levels: Vec<&str> = templat.tingkat.iter().map(|t| t.as_str()).collect();
    let mut all = vec![head("judul", s(&templat.judul))];
    if !templat.peraturan.is_empty() {
        all.push(head("peraturan", s(&templat.peraturan)));
    }
    all.push(head("berlaku", format!("{}-{}", templat.mulai, templat.sampai.map_or_else(e, s))));
    all.push(head("tingkat", levels.join(" ")));
    all.push(head("skala", s(templat.skala.kode)));
    for g in &templat.gradasi {
        let syarat = match g.syarat {
            Syarat::Penilai => "penilai".to_owned(),
            Syarat::Tepat(x) => format!("={x}"),
            Syarat::Lebih(x) => format!(">{x}"),
        };
        all.push(row(
            "gradasi",
            [e(), s(&g.kode), s(&g.uraian), write_plain(g.nilai), s(&g.dimensi), e(), syarat, e(), e()],
        ));
    }
    for k in &templat.komponen {
        all.push(row("komponen", [e(), s(&k.kode), s(&k.nama), write_plain(k.bobot), e(), e(), e(), e(), e()]));
        for part in &k.subkomponen {
            let cara = if part.cara == CaraNilai::Gradasi { "gradasi" } else { "rerata" };
            let bobot = write_plain(part.bobot);
            let cells = [s(&k.kode), s(&part.kode), s(&part.nama), bobot, s(&part.dimensi), s(cara), e(), e(), e()];
            all.push(row("subkomponen", cells));
            for c in &part.kriteria {
                let setara = if c.setara == c.kode { e() } else { s(&c.setara) };
                let bobot = if c.bobot == Decimal::ONE { e() } else { write_plain(c.bobot) };
                let kind = s(c.jawaban.as_str());
                all.push(row(
                    "kriteria",
                    [s(&part.kode), s(&c.kode), s(&c.uraian), bobot, e(), kind, e(), setara, s(&c.sumber)],
                ));
                if c.pilihan != c.jawaban.options() {
                    let option = |p: &Pilihan| {
                        let cells =
                            [s(&c.kode), s(&p.kode), s(&p.uraian), write_plain(p.nilai), e(), e(), e(), e(), e()];
                        row("pilihan", cells)
                    };
                    all.extend(c.pilihan.iter().map(option));
                }
            }
        }
    }
    for k in &templat.kontrol {
        let when = format!("{}={}", k.bila, k.paling_baik);
        all.push(row("kontrol", [e(), s(&k.kode), s(&k.uraian), e(), e(), s(&k.paling_tinggi), when, e(), e()]));
    }
    all
}
