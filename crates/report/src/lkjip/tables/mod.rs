//! The tables of the report, by name.

mod achievement;
mod followup;
mod measurement;
pub(super) mod money;
mod plan;
mod staff;

use tolok_domain::Pengukuran;

use crate::lkjip::cells::capital;
use crate::naskah::{Rata, Tabel};

type Maker = fn(&Pengukuran<'_>) -> Tabel;

/// Name, whether it needs a landscape page, and who makes it.
const TABLES: [(&str, bool, Maker); 19] = [
    ("pegawai_jabatan", false, |h| staff::staff(h, "jabatan", "Aparatur menurut Jabatan")),
    ("pegawai_golongan", false, |h| staff::staff(h, "golongan", "Aparatur menurut Golongan")),
    ("pegawai_pendidikan", false, |h| staff::staff(h, "pendidikan", "Aparatur menurut Pendidikan")),
    ("sumber_daya_anggaran", false, money::resources),
    ("pengadaan_barang", true, staff::goods),
    ("tujuan_sasaran", true, plan::goals),
    ("iku", false, plan::key_indicators),
    ("perjanjian_kinerja", false, plan::agreement),
    ("rencana_anggaran", true, plan::budget_plan),
    ("rencana_aksi", true, plan::action_plan),
    ("capaian_kinerja", true, achievement::year),
    ("kinerja_tiga_tahun", true, achievement::three_years),
    ("capaian_jangka_menengah", true, achievement::medium_term),
    ("realisasi_anggaran", true, money::spending),
    ("serapan_jangka_menengah", true, money::medium_term),
    ("pengukuran", true, measurement::full),
    ("capaian_iku", false, achievement::key_indicators),
    ("rekomendasi", false, followup::recommendations),
    ("tindak_lanjut", false, followup::follow_up),
];

/// The table of the annexes that needs a landscape page.
const ANNEX_WIDE: &str = "mutu_data";

/// Makes the table of that name.
pub(super) fn build(hasil: &Pengukuran<'_>, nama: &str) -> Result<Tabel, String> {
    let Some((_, _, make)) = TABLES.iter().find(|(n, ..)| *n == nama) else {
        let known: Vec<&str> = TABLES.iter().map(|(n, ..)| *n).collect();
        return Err(format!("tidak dikenal; tabel yang ada: {}", known.join(", ")));
    };
    let mut table = Tabel { nama: nama.to_owned(), ..make(hasil) };
    capitalise(&mut table);
    Ok(table)
}

/// Names and remarks begin with a capital, however they were typed. Units and values, which are centred or at the right,
/// stay as they are.
pub(crate) fn capitalise(table: &mut Tabel) {
    for row in &mut table.isi {
        let mut column = 0;
        for cell in &mut row.sel {
            let left = table.kolom.get(column).is_some_and(|k| k.rata == Rata::Kiri);
            column += cell.columns();
            if let (true, Some(run)) = (left, cell.isi.first_mut()) {
                run.teks = capital(&run.teks);
            }
        }
    }
}

/// Whether the table needs a landscape page.
pub(super) fn is_wide(nama: &str) -> bool {
    nama == ANNEX_WIDE || TABLES.iter().any(|(n, wide, _)| *n == nama && *wide)
}

/// "Dinas ... Kota Serang Tahun 2021": the end of most captions.
fn whose(hasil: &Pengukuran<'_>) -> String {
    let office = &hasil.potret.instansi;
    format!("{} {} Tahun {}", office.nama, office.daerah, hasil.potret.tahun)
}
