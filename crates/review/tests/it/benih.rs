//! Single faults planted in a report without fault, made of the demo's data: each is found, and is the first thing said.

use std::path::Path;

use tolok_domain::measure::{Pengukuran, UkurIndikator, UkurSimpul};
use tolok_domain::number::{terbilang, write_amount, write_percent, write_value};
use tolok_domain::{Arah, Decimal, InstansiId, JenisSimpul, Periode, Rupiah, ukur};
use tolok_ingest::package::read;
use tolok_review::{Temuan, reviu_berkas};

use crate::fixture;

/// A table as it will be printed.
#[derive(Clone)]
struct Meja {
    judul: &'static str,
    kepala: &'static str,
    baris: Vec<Vec<String>>,
}

/// A report as it will be printed.
#[derive(Clone)]
struct Dokumen {
    teks: Vec<String>,
    meja: Vec<Meja>,
}

const IKU: usize = 0;
const PK: usize = 1;
const RENJA: usize = 2;
const UKUR: usize = 3;
const UANG: usize = 4;
const RINCI: usize = 5;

const OFFICE: &str = "Dinas Tenaga Kerja dan Transmigrasi Kota Serang";

fn money(x: Option<Rupiah>) -> String {
    x.map(write_amount).unwrap_or_default()
}

/// Indicators that have everything and should be high.
fn known<'h, 'a>(
    hasil: &'h Pengukuran<'a>,
    jenis: &'h [JenisSimpul],
) -> Vec<(&'h UkurSimpul<'a>, &'h UkurIndikator<'a>)> {
    let mut found: Vec<(&UkurSimpul<'_>, &UkurIndikator<'_>)> = Vec::new();
    for u in hasil.indikator.iter().filter(|u| u.berlaku && u.indikator.arah == Arah::Maksimal) {
        let Some(node) = hasil.node(&u.indikator.simpul).filter(|n| jenis.contains(&n.simpul.jenis)) else { continue };
        let plain =
            u.capaian.percent().is_some_and(|x| x <= Decimal::from(150)) && u.realisasi.nilai.number().is_some();
        let target = u.target.as_ref().is_some_and(|t| t.nilai.number().is_some());
        // One indicator for each node: several under one ceiling are a finding of their own.
        if plain && target && found.iter().all(|(n, _)| n.simpul.kode != node.simpul.kode) {
            found.push((node, u));
        }
    }
    found
}

fn report() -> Dokumen {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021");
    let potret = read(&dir, InstansiId::new()).expect("folder").paket.expect("package").potret;
    let hasil = ukur(&potret, Periode::Tahun(2021));
    let target = |u: &UkurIndikator<'_>| u.target.as_ref().map(|t| write_value(&t.nilai)).unwrap_or_default();
    let of_sasaran: Vec<_> = hasil
        .indikator
        .iter()
        .filter(|u| u.berlaku && u.indikator.arah == Arah::Maksimal && u.capaian.percent().is_some())
        .filter_map(|u| Some((hasil.node(&u.indikator.simpul)?, u)))
        .filter(|(n, _)| n.simpul.jenis == JenisSimpul::Sasaran)
        .collect();
    let promised: Vec<Vec<String>> = of_sasaran
        .iter()
        .map(|(n, u)| vec![n.simpul.nama.clone(), u.indikator.nama.clone(), u.indikator.satuan.clone(), target(u)])
        .collect();
    let levels = [JenisSimpul::Program, JenisSimpul::Kegiatan, JenisSimpul::SubKegiatan];
    let of_plan = known(&hasil, &levels);
    let funded: Vec<&UkurSimpul<'_>> = hasil
        .simpul
        .iter()
        .filter(|n| {
            levels.contains(&n.simpul.jenis) && n.uang.pagu.is_some_and(|p| p.sen() > 0) && n.uang.realisasi.is_some()
        })
        .collect();
    let is_funded = |n: &UkurSimpul<'_>| funded.iter().any(|f| f.simpul.kode == n.simpul.kode);
    let renja = of_plan
        .iter()
        .filter(|(n, _)| is_funded(n))
        .map(|(n, u)| {
            vec![
                n.simpul.kode.clone(),
                n.simpul.calm_name(),
                u.indikator.nama.clone(),
                u.indikator.satuan.clone(),
                target(u),
                money(n.uang.pagu),
            ]
        })
        .collect();
    let measured = |sasaran: &str, kode: &str, nama: &str, u: &UkurIndikator<'_>| {
        vec![
            sasaran.to_owned(),
            kode.to_owned(),
            nama.to_owned(),
            u.indikator.nama.clone(),
            u.indikator.satuan.clone(),
            target(u),
            u.realisasi
                .nilai
                .number()
                .map(|x| tolok_domain::number::write_decimal(x.normalize(), None))
                .unwrap_or_default(),
            u.capaian.percent().map(write_percent).unwrap_or_default(),
        ]
    };
    let mut rows: Vec<Vec<String>> = of_sasaran.iter().map(|(n, u)| measured(&n.simpul.nama, "", "", u)).collect();
    rows.extend(
        of_plan
            .iter()
            .filter(|(n, _)| is_funded(n))
            .map(|(n, u)| measured("", &n.simpul.kode, &n.simpul.calm_name(), u)),
    );
    let spent = |n: &&UkurSimpul<'_>| {
        let share = n.uang.absorption().map(write_percent).unwrap_or_default();
        vec![n.simpul.kode.clone(), n.simpul.calm_name(), money(n.uang.pagu), money(n.uang.realisasi), share]
    };
    let mut budget: Vec<Vec<String>> = funded.iter().map(spent).collect();
    let total = |pick: fn(&UkurSimpul<'_>) -> Option<Rupiah>| -> Rupiah {
        funded.iter().filter(|n| n.simpul.jenis == JenisSimpul::Program).filter_map(|n| pick(n)).sum()
    };
    let (pagu, belanja) = (total(|n| n.uang.pagu), total(|n| n.uang.realisasi));
    let share = write_percent(belanja.to_decimal() * Decimal::ONE_HUNDRED / pagu.to_decimal());
    budget.push(vec![String::new(), "Jumlah".to_owned(), write_amount(pagu), write_amount(belanja), share.clone()]);
    let detail =
        funded.iter().map(|n| vec![n.simpul.kode.clone(), n.simpul.calm_name(), money(n.uang.realisasi)]).collect();
    let renja: Vec<Vec<String>> = renja;
    let count = |level: usize| renja.iter().filter(|r| r[0].matches('.').count() == level).count();
    let in_words = terbilang(u64::try_from(pagu.to_decimal().trunc().mantissa()).expect("positive"));
    let teks = vec![
        "LAPORAN KINERJA TAHUN 2021".to_owned(),
        "TAHUN ANGGARAN 2021".to_owned(),
        format!(
            "Laporan ini disusun oleh {OFFICE} menurut Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah."
        ),
        format!(
            "Sasaran {OFFICE} dijabarkan dari Renstra 2019-2023 dan RPJMD 2019-2023; Renstra 2019-2023 telah direviu."
        ),
        format!(
            "Indikator ditetapkan dengan Keputusan Kepala {OFFICE} Nomor 800/12 Tahun 2021 tentang Indikator Kinerja Utama."
        ),
        format!("Tahun Anggaran 2021 terdiri dari {} Program yang dibagi {} Kegiatan.", count(2), count(4)),
        format!("Perjanjian Kinerja memuat {} Indikator Kinerja sasaran.", promised.len()),
        format!(
            "Pada tahun 2021 anggaran sebesar Rp{} ({in_words} rupiah) dengan realisasi anggaran Rp{} atau {share}%.",
            write_amount(pagu),
            write_amount(belanja)
        ),
        format!("Capaian dibandingkan dengan tahun sebelumnya; tindak lanjut Rencana Kerja {OFFICE} telah disusun."),
        format!("Pegawai {OFFICE} berjumlah cukup."),
        "Serang, 14 Januari 2022".to_owned(),
    ];
    let table = |judul, kepala, baris| Meja { judul, kepala, baris };
    Dokumen {
        teks,
        meja: vec![
            table("Indikator Kinerja Utama 2021", "sasaran | indikator | satuan | target", promised.clone()),
            table("Perjanjian Kinerja 2021", "sasaran | indikator | satuan | target", promised),
            table(
                "Tabel 2.1 Rencana Kerja dan Anggaran 2021",
                "kode | nama | indikator | satuan | target | pagu",
                renja,
            ),
            table(
                "Tabel 3.1 Pengukuran Kinerja 2021",
                "sasaran | kode | nama | indikator | satuan | target | realisasi | capaian",
                rows,
            ),
            table("Tabel 3.2 Realisasi Anggaran 2021", "kode | nama | pagu | belanja | serapan", budget),
            table("Tabel 3.3 Rincian Realisasi 2021", "kode | nama | belanja", detail),
        ],
    }
}

fn review(d: &Dokumen) -> Vec<Temuan> {
    let mut text = d.teks.join("\n\n");
    for m in &d.meja {
        text.push_str(&format!("\n\n{}\n| {} |\n", m.judul, m.kepala));
        for row in &m.baris {
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
    }
    reviu_berkas(&fixture::read("lkjip-2021.md", &text))
}

/// A planted fault: what was done, the rule that must be named first, and a text that must stand in the finding.
struct Benih {
    nama: String,
    aturan: &'static str,
    bukti: String,
    dokumen: Dokumen,
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn grouped(digits: &str) -> String {
    tolok_domain::number::write_decimal(digits.parse().expect("digits"), None)
}

/// One digit less; none where the neighbours are alike everywhere, so that nothing would be seen to be missing.
fn lost(text: &str) -> Option<String> {
    let d = digits(text);
    let at = (1..d.len()).find(|i| d.as_bytes()[*i] != d.as_bytes()[*i - 1])?;
    Some(grouped(&format!("{}{}", &d[..at], &d[at + 1..])))
}

fn swapped(text: &str) -> Option<String> {
    let mut d = digits(text).into_bytes();
    let at = (1..d.len() - 1).find(|i| d[*i] != d[*i + 1])?;
    d.swap(at, at + 1);
    Some(grouped(&String::from_utf8(d).expect("digits")))
}

/// Another digit at the second place, so that the number stays plausible.
fn other(text: &str) -> String {
    let mut d = digits(text).into_bytes();
    d[1] = if d[1] < b'5' { d[1] + 3 } else { d[1] - 3 };
    grouped(&String::from_utf8(d).expect("digits"))
}

struct Kebun {
    bersih: Dokumen,
    benih: Vec<Benih>,
}

impl Kebun {
    fn plant(
        &mut self,
        nama: impl Into<String>,
        aturan: &'static str,
        bukti: impl Into<String>,
        spoil: impl FnOnce(&mut Dokumen),
    ) {
        let mut dokumen = self.bersih.clone();
        spoil(&mut dokumen);
        self.benih.push(Benih { nama: nama.into(), aturan, bukti: bukti.into(), dokumen });
    }

    fn cell(&mut self, aturan: &'static str, at: (usize, usize, usize), new: String) {
        let (table, row, column) = at;
        let old = self.bersih.meja[table].baris[row][column].clone();
        let nama = format!("{} baris {}: {old} menjadi {new}", self.bersih.meja[table].judul, row + 1);
        self.plant(nama, aturan, new.clone(), |d| d.meja[table].baris[row][column] = new);
    }

    fn word(&mut self, aturan: &'static str, from: &str, to: &str) {
        assert!(self.bersih.teks.iter().any(|t| t.contains(from)), "{from}");
        self.plant(format!("{from} menjadi {to}"), aturan, "", |d| {
            for t in &mut d.teks {
                *t = t.replace(from, to);
            }
        });
    }

    /// Rows of a table whose code has so many dots.
    fn rows(&self, table: usize, column: usize, dots: usize) -> Vec<usize> {
        let rows = &self.bersih.meja[table].baris;
        (0..rows.len()).filter(|i| rows[*i][column].matches('.').count() == dots).collect()
    }
}

fn garden() -> Kebun {
    let mut k = Kebun { bersih: report(), benih: Vec::new() };
    let subs = k.rows(UANG, 0, 5);
    let text = |k: &Kebun, at: (usize, usize, usize)| k.bersih.meja[at.0].baris[at.1][at.2].clone();
    for row in subs
        .iter()
        .copied()
        .filter(|r| digits(&k.bersih.meja[UANG].baris[*r][3]).len() > 6)
        .take(12)
        .collect::<Vec<_>>()
    {
        if let Some(new) = lost(&text(&k, (UANG, row, 3))) {
            k.cell("AR-14", (UANG, row, 3), new);
        }
    }
    let planned: Vec<String> = k.bersih.meja[RENJA].baris.iter().map(|r| r[0].clone()).collect();
    let in_plan: Vec<usize> =
        subs.iter().copied().filter(|r| planned.contains(&k.bersih.meja[UANG].baris[*r][0])).collect();
    for row in in_plan.iter().copied().skip(2).take(8).collect::<Vec<_>>() {
        if let Some(new) = swapped(&text(&k, (UANG, row, 2))) {
            k.cell("AR-16", (UANG, row, 2), new);
        }
    }
    for row in in_plan.iter().copied().skip(10).take(6).collect::<Vec<_>>() {
        let new = other(&text(&k, (UANG, row, 2)));
        k.cell("LT-01", (UANG, row, 2), new);
    }
    for row in k.rows(RINCI, 0, 5).into_iter().skip(4).take(5) {
        let new = other(&text(&k, (RINCI, row, 2)));
        k.cell("LT-02", (RINCI, row, 2), new);
    }
    for row in k.rows(UKUR, 1, 5).into_iter().take(6) {
        let old: Decimal = text(&k, (UKUR, row, 5)).replace('.', "").replace(',', ".").parse().expect("number");
        let new = tolok_domain::number::write_decimal(old + Decimal::from(3), None);
        k.cell("LT-04", (UKUR, row, 5), new);
    }
    for row in 0..k.bersih.meja[IKU].baris.len().min(2) {
        k.cell("LT-03", (IKU, row, 3), format!("7{row},5"));
    }
    for row in k.rows(UKUR, 1, 4).into_iter().take(4) {
        k.cell("AR-05", (UKUR, row, 7), "83,47".to_owned());
    }
    for row in k.rows(UANG, 0, 4).into_iter().take(4) {
        k.cell("AR-06", (UANG, row, 4), "61,23".to_owned());
    }
    for row in subs.iter().copied().skip(20).take(3).collect::<Vec<_>>() {
        let kode = text(&k, (UANG, row, 0));
        k.plant(format!("{kode} hilang dari Tabel 3.2"), "AR-01", "", |d| {
            d.meja[UANG].baris.remove(row);
        });
    }
    let last = k.bersih.meja[UANG].baris.len() - 1;
    for (column, aturan) in [(2, "AR-03"), (3, "AR-04")] {
        let new = other(&text(&k, (UANG, last, column)));
        k.cell(aturan, (UANG, last, column), new);
    }
    let measured = k.rows(UKUR, 1, 5)[1];
    k.cell("ST-01", (UKUR, measured, 6), String::new());
    k.cell("LT-11", (UKUR, measured, 4), "kilometer".to_owned());
    let unfunded = k.rows(RENJA, 0, 5)[2];
    k.cell("KS-02", (RENJA, unfunded, 5), String::new());
    k.plant("indikator hilang dari pengukuran", "LT-14", "", |d| {
        d.meja[UKUR].baris.remove(measured);
    });
    k.plant("indikator hilang dari Perjanjian Kinerja", "KS-05", "", |d| {
        d.meja[PK].baris.pop();
        d.teks = d
            .teks
            .iter()
            .map(|t| {
                t.replace(
                    &format!("memuat {} Indikator", d.meja[IKU].baris.len()),
                    &format!("memuat {} Indikator", d.meja[PK].baris.len()),
                )
            })
            .collect();
    });
    k.plant("nomor tabel ganda", "NS-07", "", |d| d.meja[RINCI].judul = "Tabel 3.2 Rincian Realisasi 2021");
    k.word("NS-03", "RPJMD 2019-2023", "RPJMD 2029-2023");
    k.word("NS-04", "TAHUN ANGGARAN 2021", "TAHUN ANGGARAN 2022");
    k.word("NS-06", "14 Januari 2022", "14 Januari 2021");
    k.word("NS-09", "Presiden Nomor 29", "Presiden Nomor 20");
    k.word(
        "NS-02",
        &format!("Rencana Kerja {OFFICE}"),
        "Rencana Kerja Dinas Perindustrian dan Perdagangan Kota Serang",
    );
    k.word("NS-01", "Nomor 800/12 Tahun", "Nomor : Tahun");
    k.word("NS-05", "Renstra 2019-2023 telah", "Renstra 2018-2023 telah");
    k.word("LT-17", " Program yang", "1 Program yang");
    k.word("LT-20", " atau ", " atau 1");
    k.word("AR-11", "juta", "ribu");
    k
}

#[test]
fn the_report_without_fault_has_no_finding() {
    let found = review(&report());
    let told: Vec<String> =
        found.iter().map(|t| format!("{} {} {} {:?}", t.aturan.kode, t.judul, t.a.tempat, t.b)).collect();
    assert!(found.is_empty(), "{told:#?}");
}

#[test]
fn each_planted_fault_is_found_and_said_first() {
    let garden = garden();
    assert!(garden.benih.len() >= 60, "{}", garden.benih.len());
    let mut wrong = Vec::new();
    for b in &garden.benih {
        let found = review(&b.dokumen);
        let first = found.first();
        let named = first.is_some_and(|t| {
            let told: String = t.sides().map(|s| s.nilai.as_str()).collect::<Vec<_>>().join(" ");
            t.aturan.kode == b.aturan && told.contains(&b.bukti)
        });
        if !named {
            let list: Vec<String> = found
                .iter()
                .take(4)
                .map(|t| format!("{} {} [{}] akar {:?}", t.aturan.kode, t.judul, t.a.nilai, t.akar))
                .collect();
            wrong.push(format!("{} ({}): {list:#?}", b.nama, b.aturan));
        }
    }
    assert!(wrong.is_empty(), "{} dari {}:\n{}", wrong.len(), garden.benih.len(), wrong.join("\n"));
}
