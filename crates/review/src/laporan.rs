//! The words of a report that was composed from data. Its tables are the data itself, which the rules on data look at.

use tolok_domain::bacaan::{Bacaan, Bagian, Letak};

use crate::temuan::{Sisi, Tempat, Temuan};

/// What does not add up in the words of one report: against its tables, against themselves, or left open. A place is told by the heading it
/// stands under: unlike a line it stays when a table gets another row, and with it what was decided about the finding.
pub fn reviu_kalimat(laporan: &Bacaan) -> Vec<Temuan> {
    let found = crate::reviu_berkas(std::slice::from_ref(laporan)).into_iter();
    // What explains a finding may be one about tables, which is not in this list.
    found
        .filter(|t| is_in_words(&t.a))
        .map(|t| Temuan { akar: None, ..t.relocated(|s| under_heading(s, laporan)) })
        .collect()
}

fn is_in_words(sisi: &Sisi) -> bool {
    sisi.tempat.letak().is_some_and(|letak| letak.di.tabel.is_none())
}

fn under_heading(sisi: Sisi, laporan: &Bacaan) -> Sisi {
    match sisi.tempat.letak() {
        Some(letak) => Sisi { tempat: Tempat::Bab(heading(laporan, letak)), ..sisi },
        None => sisi,
    }
}

/// The last heading before a passage or table; the report's front before the first.
fn heading(laporan: &Bacaan, letak: &Letak) -> String {
    let mut last = "halaman depan";
    for part in &laporan.bagian {
        let (there, is_table) = match part {
            Bagian::Judul { letak, .. } | Bagian::Paragraf { letak, .. } => (letak, false),
            Bagian::Kisi { letak, .. } => (letak, true),
        };
        // Rows are counted within a table, lines through the text.
        let reached = match letak.di.tabel {
            Some(_) => is_table && there.di.tabel == letak.di.tabel,
            None => !is_table && there.baris >= letak.baris,
        };
        if let Bagian::Judul { teks, .. } = part
            && (!reached || there.baris == letak.baris)
        {
            last = teks;
        }
        if reached {
            break;
        }
    }
    last.to_owned()
}
