//! The report of an office, against its tables as they were copied by hand: every number of every row, found at its line.

use std::collections::BTreeMap;
use std::fs;
use tolok_ingest::fakta::facts;

use tolok_domain::bacaan::{Bacaan, PeranKolom};
use tolok_domain::number::{Isi, write_plain};
use tolok_domain::{Decimal, Periode};
use tolok_ingest::baca::read_file;

use super::shared;

/// A column of a copied table: its name, what it holds and for which year.
type Column = (&'static str, PeranKolom, Option<i16>);

fn report() -> Option<Bacaan> {
    let path = shared("serang-2021/lkjip-2021.md")?;
    Some(read_file("lkjip-2021.md", &fs::read(path).expect("file")).expect("readable"))
}

/// How many of the copied numbers were found as facts of their line, role and year, and those that were not.
fn compare(bacaan: &Bacaan, file: &str, columns: &[Column]) -> (usize, Vec<String>) {
    let path = shared(&format!("serang-2021/{file}")).expect("beside the report");
    let mut known: BTreeMap<u32, Vec<(PeranKolom, Option<Periode>, String)>> = BTreeMap::new();
    for fakta in &facts(bacaan) {
        let value = match &fakta.nilai.isi {
            Isi::Bilangan(x) => write_plain(x.normalize()),
            Isi::Pecahan { n, d } => format!("{}/{}", n.normalize(), d.normalize()),
            _ => continue,
        };
        known.entry(fakta.letak.baris.unwrap_or(0)).or_default().push((fakta.peran, fakta.periode, value));
    }
    let mut reader = csv::Reader::from_path(path).expect("file");
    let header = reader.headers().expect("header").clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap_or_else(|| panic!("{file}: {name}"));
    let (mut found, mut missing) = (0, Vec::new());
    for record in reader.records() {
        let record = record.expect("record");
        let line: u32 = record[at("sumber_baris")].parse().expect("line");
        for (name, peran, tahun) in columns {
            let text = &record[at(name)];
            let Ok(expected) = text.parse::<Decimal>() else { continue };
            let expected = write_plain(expected.normalize());
            let fits = |(p, periode, value): &(PeranKolom, Option<Periode>, String)| {
                p == peran && *value == expected && tahun.is_none_or(|t| periode.is_some_and(|p| p.tahun() == t))
            };
            if known.get(&line).is_some_and(|known| known.iter().any(fits)) {
                found += 1;
            } else {
                missing.push(format!("{file} {line} {name}: {expected}"));
            }
        }
    }
    (found, missing)
}

#[test]
fn the_tables_of_the_report_are_read_as_they_were_copied_by_hand() {
    use PeranKolom as P;
    let Some(bacaan) = report() else { return };
    let tables: [(&str, &[Column]); 9] = [
        (
            "realisasi_fisik_keuangan_2021.csv",
            &[
                ("target_anggaran", P::Pagu, Some(2021)),
                ("realisasi_anggaran", P::RealisasiAnggaran, Some(2021)),
                ("persen_capaian", P::Serapan, Some(2021)),
            ],
        ),
        ("iku_2021.csv", &[("target", P::Target, Some(2021))]),
        ("perjanjian_kinerja_2021.csv", &[("target", P::Target, Some(2021))]),
        ("program_kegiatan_subkegiatan_2021.csv", &[("target", P::Target, Some(2021)), ("pagu", P::Pagu, Some(2021))]),
        ("rencana_aksi_2021.csv", &[("target", P::Target, Some(2021)), ("pagu", P::Pagu, Some(2021))]),
        (
            "capaian_kinerja_2021.csv",
            &[
                ("target", P::Target, Some(2021)),
                ("realisasi", P::Realisasi, Some(2021)),
                ("persen_capaian", P::Capaian, Some(2021)),
            ],
        ),
        (
            "realisasi_anggaran_2021.csv",
            &[
                ("target_anggaran", P::Pagu, Some(2021)),
                ("realisasi_anggaran", P::RealisasiAnggaran, Some(2021)),
                ("persen_capaian", P::Serapan, Some(2021)),
            ],
        ),
        (
            "pengukuran_2021.csv",
            &[
                ("target", P::Target, Some(2021)),
                ("realisasi", P::Realisasi, Some(2021)),
                ("pagu", P::Pagu, Some(2021)),
                ("realisasi_anggaran", P::RealisasiAnggaran, Some(2021)),
                ("persen_kinerja", P::Capaian, Some(2021)),
                ("persen_anggaran", P::Serapan, Some(2021)),
            ],
        ),
        (
            "serapan_2018_2021.csv",
            &[
                ("target_anggaran_2019", P::Pagu, Some(2019)),
                ("target_anggaran_2021", P::Pagu, Some(2021)),
                ("capaian_anggaran_2020", P::RealisasiAnggaran, Some(2020)),
                ("capaian_anggaran_2021", P::RealisasiAnggaran, Some(2021)),
                ("persen_2021", P::Serapan, Some(2021)),
            ],
        ),
    ];
    let (mut found, mut missing) = (0, Vec::new());
    for (file, columns) in tables {
        let (f, mut m) = compare(&bacaan, file, columns);
        eprintln!("{file}: {f} of {}", f + m.len());
        found += f;
        missing.append(&mut m);
    }
    eprintln!("found {found} of {}; missing: {missing:#?}", found + missing.len());
    assert!(missing.len() * 100 <= found, "{} of {} are missing", missing.len(), found + missing.len());
}
