//! Small documents for the rules: Markdown whose tables name the role of each column in their first row, so that a rule is tested on what
//! it compares and not on how a file is read.
//!
//! `nama`, `tujuan`, `sasaran`, `program`, `kode`, `indikator`, `satuan`, `target 2021-TW1`, `realisasi 2021`, `capaian = 5/4*100`, `pagu (juta)`,
//! `belanja`, `serapan`, `keterangan`, `nomor`; anything else is a column without role; `gaya:inggris` behind it says the notation of its numbers.
//! The line right above a table is its caption. `=== name` begins another file.

use tolok_domain::JenisSimpul;
use tolok_domain::bacaan::{Bacaan, Bagian, KolomBaca, Letak, PeranKolom, SelBaca, TabelBaca};
use tolok_domain::number::Gaya;

/// The files of a fixture.
pub fn read(name: &str, text: &str) -> Vec<Bacaan> {
    let mut files = vec![(name.to_owned(), String::new())];
    for line in text.lines() {
        match line.strip_prefix("=== ") {
            Some(other) if files.len() == 1 && files[0].1.trim().is_empty() => files[0].0 = other.trim().to_owned(),
            Some(other) => files.push((other.trim().to_owned(), String::new())),
            None => {
                let last = files.last_mut().expect("one file");
                last.1.push_str(line);
                last.1.push('\n');
            }
        }
    }
    files.iter().map(|(name, text)| file(name, text)).collect()
}

fn file(name: &str, text: &str) -> Bacaan {
    let place = Letak::file(name);
    let mut out = Bacaan { berkas: name.to_owned(), ..Bacaan::default() };
    let lines: Vec<&str> = text.lines().collect();
    let mut i = 0;
    while i < lines.len() {
        let line = lines[i].trim();
        let letak = place.at_row(number(i + 1));
        if line.starts_with('|') {
            let rows = lines[i..].iter().take_while(|l| l.trim().starts_with('|')).count();
            let caption = i.checked_sub(1).map_or("", |j| lines[j].trim()).to_owned();
            table(&mut out, &lines[i..i + rows], i, &caption, &place);
            i += rows;
            continue;
        }
        if let Some(teks) = line.strip_prefix("# ") {
            out.bagian.push(Bagian::Judul { tingkat: 1, teks: teks.into(), letak });
        } else if !line.is_empty() {
            out.bagian.push(Bagian::Paragraf { teks: line.to_owned(), letak });
        }
        i += 1;
    }
    out
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("fits")
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

fn table(out: &mut Bacaan, lines: &[&str], first: usize, caption: &str, place: &Letak) {
    let at = |row: usize, column: usize| place.at_cell(number(first + row + 1), number(column + 1));
    let grid: Vec<Vec<SelBaca>> = lines
        .iter()
        .enumerate()
        .map(|(r, line)| {
            let cell = |(c, teks): (usize, &str)| SelBaca {
                teks: teks.into(),
                letak: at(r, c),
                lebar: 1,
                tinggi: 1,
                ..SelBaca::default()
            };
            cells(line).into_iter().enumerate().map(cell).collect()
        })
        .collect();
    let kolom = cells(lines[0]).into_iter().enumerate().map(|(i, head)| column(number(i + 1), head)).collect();
    let letak = place.at_row(number(first + 1));
    out.bagian.push(Bagian::Kisi { judul: caption.to_owned(), baris: grid.clone(), letak: letak.clone() });
    out.tabel.push(TabelBaca {
        judul: caption.to_owned(),
        letak,
        kolom,
        baris: grid[1..].to_vec(),
        catatan_kaki: Vec::new(),
    });
}

fn column(nomor: u32, head: &str) -> KolomBaca {
    let (head, hitungan) = match head.split_once('=') {
        Some((head, formula)) => (head.trim(), Some(format!("{nomor}={}", formula.trim()))),
        None => (head, None),
    };
    let english = head.contains("gaya:inggris");
    let indonesian = head.contains("gaya:indonesia");
    let mut words = head.split_whitespace();
    let role = words.next().unwrap_or_default();
    let (peran, tingkat) = match role {
        "nomor" => (PeranKolom::Nomor, None),
        "kode" => (PeranKolom::Kode, None),
        "nama" => (PeranKolom::Nama, None),
        "tujuan" => (PeranKolom::Nama, Some(JenisSimpul::Tujuan)),
        "sasaran" => (PeranKolom::Nama, Some(JenisSimpul::Sasaran)),
        "program" => (PeranKolom::Nama, Some(JenisSimpul::Program)),
        "indikator" => (PeranKolom::Indikator, None),
        "satuan" => (PeranKolom::Satuan, None),
        "target" => (PeranKolom::Target, None),
        "realisasi" => (PeranKolom::Realisasi, None),
        "capaian" => (PeranKolom::Capaian, None),
        "pagu" => (PeranKolom::Pagu, None),
        "belanja" => (PeranKolom::RealisasiAnggaran, None),
        "serapan" => (PeranKolom::Serapan, None),
        "keterangan" => (PeranKolom::Keterangan, None),
        _ => (PeranKolom::Lain, None),
    };
    let periode = head.split_whitespace().find_map(|w| w.parse().ok());
    let gaya = if english { Some(Gaya::Inggris) } else { indonesian.then_some(Gaya::Indonesia) };
    KolomBaca {
        nomor,
        judul: head.replace("gaya:inggris", "").replace("gaya:indonesia", "").trim().to_owned(),
        peran,
        tingkat,
        periode,
        gaya,
        skala: if head.contains("(juta)") { 6 } else { 0 },
        hitungan,
    }
}
