//! Values with what they are about: from the cells of tables and from running text.

mod narasi;
mod nilai;
mod subjek;
mod table;

use std::collections::HashSet;

use tolok_domain::Tahun;
use tolok_domain::bacaan::{Bacaan, Bagian, CatatanBaca, Fakta, Letak, TabelBaca};

/// Most notes on cells that could not be read; a template has thousands of such cells, and nobody reads as many lines.
const MOST_NOTES: usize = 300;
/// Most columns and rows of a grid that is read like running text: a list that a converter laid out as a table.
const LIST: (usize, usize) = (3, 60);

/// The values that a file holds, from its tables and its sentences, each with its place and how sure the reading is. They are made anew from what was read: of a large workbook they take
/// more memory than all of its cells.
pub fn facts(bacaan: &Bacaan) -> Vec<Fakta> {
    let mut found = Vec::new();
    each(&bacaan.bagian, &bacaan.tabel, bacaan.tahun, &mut |fakta| found.push(fakta));
    found
}

/// Takes each fact, in reading order, and gives notes on what could not be read.
pub(crate) fn each(
    bagian: &[Bagian],
    tabel: &[TabelBaca],
    tahun: Option<Tahun>,
    found: &mut dyn FnMut(Fakta),
) -> Vec<CatatanBaca> {
    let mut catatan = Vec::new();
    let gaya = nilai::style_of(tabel);
    for one in tabel {
        table::facts(one, gaya, tahun, found, &mut catatan);
    }
    let place = |letak: &Letak| (letak.di.lembar.clone(), letak.di.tabel);
    let tables: HashSet<(Option<String>, Option<u32>)> = tabel.iter().map(|t| place(&t.letak)).collect();
    for part in bagian {
        match part {
            Bagian::Judul { teks, letak, .. } | Bagian::Paragraf { teks, letak } => {
                narasi::facts(teks, letak, tahun, found, &mut catatan);
            }
            Bagian::Kisi { baris, letak, .. } => {
                let small = baris.len() <= LIST.1 && baris.first().is_some_and(|row| row.len() <= LIST.0);
                if !small || tables.contains(&place(letak)) {
                    continue;
                }
                for row in baris {
                    let Some(first) = row.first() else { continue };
                    let texts: Vec<&str> = row.iter().filter(|c| !c.tergabung).map(|c| &*c.teks).collect();
                    narasi::facts(&texts.join(" "), &first.letak, tahun, found, &mut catatan);
                }
            }
        }
    }
    if catatan.len() > MOST_NOTES {
        let more = catatan.len() - MOST_NOTES;
        catatan.truncate(MOST_NOTES);
        let letak = Letak { baris: None, kolom: None, ..catatan[0].letak.clone() };
        catatan.push(CatatanBaca {
            letak,
            pesan: format!("masih ada {more} sel lain yang tidak terbaca; perbaiki yang tersebut dahulu"),
        });
    }
    catatan
}
