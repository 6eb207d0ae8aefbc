//! Whether a worksheet template makes sense as a whole.

use rust_decimal::Decimal;

use super::row::Masalah;
use super::templat::{LEMBAR, Tempat};
use crate::evaluasi::templat::{CaraNilai, Templat};
use crate::evaluasi::{JenisJawaban, Kriteria};
use crate::number::write_plain;

struct Laporan<'a> {
    tempat: &'a Tempat,
    masalah: &'a mut Vec<Masalah>,
}

impl Laporan<'_> {
    fn lines(&self, kind: &'static str, kode: &str) -> &[u64] {
        self.tempat.get(&(kind, kode.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, baris: Option<u64>, kolom: &str, apa: String, saran: &str) {
        self.masalah.push(Masalah {
            berkas: format!("{LEMBAR}.csv"),
            baris,
            kolom: kolom.to_owned(),
            apa,
            saran: saran.to_owned(),
            ikutan: false,
        });
    }

    fn at(&mut self, kind: &'static str, kode: &str, kolom: &str, apa: String, saran: &str) {
        let baris = self.lines(kind, kode).first().copied();
        self.add(baris, kolom, apa, saran);
    }

    /// Weights of parts against the whole; named at the last part, with the lines of all.
    fn weights(&mut self, kind: &'static str, of: &str, parts: &[(&str, Decimal)], whole: Decimal) {
        let sum = parts.iter().map(|(_, bobot)| bobot).sum::<Decimal>();
        if parts.is_empty() || sum == whole {
            return;
        }
        let lines: Vec<u64> = parts.iter().filter_map(|(kode, _)| self.lines(kind, kode).first().copied()).collect();
        let apa = format!(
            "bobot {kind}{of} berjumlah {}, seharusnya {} (baris {})",
            write_plain(sum),
            write_plain(whole),
            list(&lines)
        );
        self.add(lines.last().copied(), "bobot", apa, "ubah bobotnya sampai jumlahnya tepat");
    }
}

fn list(lines: &[u64]) -> String {
    let texts: Vec<String> = lines.iter().map(ToString::to_string).collect();
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} dan {last}", rest.join(", ")),
        _ => texts.concat(),
    }
}

/// Names everything that does not fit. Sums and references only where all rows could be read: they would fail too and bury the
/// fault that is to be mended.
pub(super) fn check(templat: &Templat, tempat: &Tempat, all_read: bool, masalah: &mut Vec<Masalah>) {
    twice(tempat, masalah);
    let mut report = Laporan { tempat, masalah };
    for kind in ["judul", "berlaku", "tingkat", "skala"] {
        if report.lines(kind, "").is_empty() {
            report.add(None, "baris", format!("baris {kind} tidak ada"), "tambahkan satu baris itu");
        }
    }
    if !all_read {
        return;
    }
    let parts: Vec<_> = templat.komponen.iter().map(|k| (k.kode.as_str(), k.bobot)).collect();
    if parts.is_empty() {
        report.add(None, "baris", "tidak ada baris komponen".to_owned(), "tambahkan komponen dengan bobotnya");
    }
    report.weights("komponen", "", &parts, Decimal::ONE_HUNDRED);
    for k in &templat.komponen {
        let parts: Vec<_> = k.subkomponen.iter().map(|s| (s.kode.as_str(), s.bobot)).collect();
        report.weights("subkomponen", &format!(" dari komponen {}", k.kode), &parts, k.bobot);
        if parts.is_empty() {
            let apa = format!("komponen {} tanpa subkomponen", k.kode);
            report.at("komponen", &k.kode, "kode", apa, "tambahkan subkomponennya");
        }
        for part in &k.subkomponen {
            if part.kriteria.is_empty() {
                let apa = format!("subkomponen {} tanpa kriteria", part.kode);
                report.at("subkomponen", &part.kode, "kode", apa, "tambahkan kriterianya");
            }
            if part.cara == CaraNilai::Gradasi && templat.grades_of(part).is_empty() {
                let apa = format!("subkomponen {}: tidak ada gradasi untuk dimensi \"{}\"", part.kode, part.dimensi);
                report.at("subkomponen", &part.kode, "dimensi", apa, "tambahkan baris gradasi atau pilih rerata");
            }
            part.kriteria.iter().for_each(|k| options(&mut report, k));
        }
    }
    rules(&mut report, templat);
}

/// Codes that stand twice: "kriteria 1.a.2 dua kali, baris 14 dan 20".
fn twice(tempat: &Tempat, masalah: &mut Vec<Masalah>) {
    for ((kind, kode), lines) in tempat.iter().filter(|(_, lines)| lines.len() > 1) {
        let times = if lines.len() == 2 { "dua kali".to_owned() } else { format!("{} kali", lines.len()) };
        let name = if kode.is_empty() { format!("baris {kind}") } else { format!("{kind} {kode}") };
        masalah.push(Masalah {
            berkas: format!("{LEMBAR}.csv"),
            baris: lines.get(1).copied(),
            kolom: "kode".to_owned(),
            apa: format!("{name} {times}, baris {}", list(lines)),
            saran: "hapus atau ubah salah satunya".to_owned(),
            ikutan: false,
        });
    }
}

fn options(report: &mut Laporan<'_>, k: &Kriteria) {
    if k.pilihan.len() < 2 {
        let apa = format!("kriteria {} mempunyai {} pilihan jawaban", k.kode, k.pilihan.len());
        let saran = if k.jawaban == JenisJawaban::Rubrik {
            "tulis baris pilihan untuk tiap huruf"
        } else {
            "tulis paling sedikit dua"
        };
        report.at("kriteria", &k.kode, "jawaban", apa, saran);
    }
    if let Some(pair) = k.pilihan.windows(2).find(|pair| pair[0].nilai <= pair[1].nilai) {
        let key = format!("{}/{}", k.kode, pair[1].kode);
        let apa = format!("kriteria {}: pilihan {} tidak lebih rendah daripada {}", k.kode, pair[1].kode, pair[0].kode);
        report.at("pilihan", &key, "bobot", apa, "urutkan dari yang terbaik, nilainya menurun");
    }
}

fn rules(report: &mut Laporan<'_>, templat: &Templat) {
    let options = templat.all_options();
    let has = |kode: &str, pilihan: &str| options.get(kode).is_some_and(|o| o.iter().any(|(p, _)| *p == pilihan));
    for k in &templat.kontrol {
        let key = format!("{}/{}={}", k.kode, k.bila, k.paling_baik);
        let mut wrong: Vec<(&str, String)> = Vec::new();
        if k.kode == k.bila {
            wrong.push(("syarat", format!("kontrol {} bergantung pada dirinya sendiri", k.kode)));
        }
        for (kolom, kode, pilihan) in [("jawaban", &k.kode, &k.paling_tinggi), ("syarat", &k.bila, &k.paling_baik)] {
            if !options.contains_key(kode.as_str()) {
                wrong.push((
                    kolom,
                    format!("kontrol {}: \"{kode}\" bukan kriteria atau subkomponen bergradasi", k.kode),
                ));
            } else if !has(kode, pilihan) {
                wrong.push((kolom, format!("kontrol {}: \"{pilihan}\" bukan pilihan jawaban {kode}", k.kode)));
            }
        }
        for (kolom, apa) in wrong {
            report.at("kontrol", &key, kolom, apa, "betulkan kode atau jawabannya");
        }
    }
}
