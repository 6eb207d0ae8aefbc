//! Money beside performance of all offices as tables.

use jiff::civil::Date;
use tolok_domain::Periode;
use tolok_domain::region::{BarisUang, Timpang, UangKantor};

use super::{NONE, amount, make, number, percent, whole, words};
use crate::naskah::{Bagian, Blok, Naskah, Sel, Tabel};

/// Both tables as one document.
pub fn document(nama: &str, hari_ini: Date, sampai: Periode, uang: &[UangKantor]) -> Naskah {
    let isi = vec![Blok::Tabel(offices(sampai, uang)), Blok::Tabel(lines(sampai, uang))];
    Naskah {
        judul: format!("Uang dan kinerja s.d. {}", sampai.heading()),
        penerbit: nama.to_owned(),
        tanggal: hari_ini.to_string(),
        bagian: vec![Bagian { lebar: true, isi, ..Bagian::default() }],
        ..Naskah::default()
    }
}

/// How much of each kind every office has, of how much could be checked.
pub fn offices(sampai: Periode, uang: &[UangKantor]) -> Tabel {
    let checked: Vec<[String; 2]> =
        Timpang::ALL.iter().map(|jenis| [jenis.label().to_owned(), format!("{}: diperiksa", jenis.label())]).collect();
    let mut columns = vec![words("Kode", 12), words("Perangkat daerah", 30)];
    columns.extend(checked.iter().flatten().map(|nama| number(nama)));
    let rows = uang.iter().map(|k| {
        let share = |jenis: &Timpang| k.ringkasan.as_ref().and_then(|r| r.share(*jenis));
        let mut row = vec![Sel::text(&k.kode), Sel::text(&k.nama)];
        row.extend(Timpang::ALL.iter().flat_map(|jenis| match share(jenis) {
            Some(c) => [whole(c.ada), whole(c.dari)],
            None => [Sel::text(NONE), Sel::text(NONE)],
        }));
        row
    });
    Tabel { nama: "uang_kantor".to_owned(), ..make("Uang dan kinerja", sampai, &columns, rows) }
}

/// Every line that is to be looked at.
pub fn lines(sampai: Periode, uang: &[UangKantor]) -> Tabel {
    let columns = [
        words("Perangkat daerah", 30),
        words("Hal", 24),
        words("Kode", 14),
        words("Nama", 40),
        number("Pagu (Rp)"),
        number("Capaian (%)"),
        number("Serapan (%)"),
        number("Usulan tahun depan (Rp)"),
        words("Catatan", 40),
    ];
    let of_office = |k: &'_ UangKantor| {
        let rows = k.ringkasan.iter().flat_map(|r| &r.baris);
        rows.map(|b| row(&k.nama, b)).collect::<Vec<_>>()
    };
    Tabel { nama: "uang".to_owned(), ..make("Yang perlu dilihat", sampai, &columns, uang.iter().flat_map(of_office)) }
}

/// A line; a dash where a value is not asked for.
fn row(kantor: &str, b: &BarisUang) -> Vec<Sel> {
    let dash = || Sel::text("–");
    let (money, result) = (matches!(b.jenis, Timpang::Habis), matches!(b.jenis, Timpang::Habis | Timpang::Usulan));
    vec![
        Sel::text(kantor),
        Sel::text(b.jenis.label()),
        Sel::text(&b.kode),
        Sel::text(&b.nama),
        amount(b.pagu),
        if result { percent(b.capaian) } else { dash() },
        if money { percent(b.serapan) } else { dash() },
        if b.jenis == Timpang::Usulan { amount(b.usulan) } else { dash() },
        Sel::text(b.catatan.join("; ")),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rust_decimal::dec;
    use tolok_domain::Rupiah;
    use tolok_domain::coverage::Cakupan;
    use tolok_domain::region::RingkasUang;

    use super::*;
    use crate::csv;

    fn two() -> Vec<UangKantor> {
        let habis = BarisUang {
            jenis: Timpang::Habis,
            kode: "2.07.03".to_owned(),
            nama: "Latihan".to_owned(),
            pagu: Rupiah::from_rupiah(1000),
            capaian: Some(dec!(90)),
            serapan: Some(dec!(99)),
            usulan: None,
            catatan: Vec::new(),
        };
        let ringkasan = RingkasUang {
            baris: vec![habis],
            berkinerja: Cakupan { ada: 2, dari: 2 },
            beruang: Cakupan { ada: 2, dari: 2 },
            terbanding: Cakupan { ada: 1, dari: 2 },
            usulan: None,
        };
        let kantor = |kode: &str, ringkasan| UangKantor { kode: kode.to_owned(), nama: kode.to_uppercase(), ringkasan };
        vec![kantor("a", Some(Arc::new(ringkasan))), kantor("b", None)]
    }

    #[test]
    fn what_cannot_be_checked_is_no_zero() {
        let text = csv::render(&offices(Periode::Tahun(2025), &two()));
        let rows: Vec<&str> = text.lines().skip(1).map(str::trim_end).collect();
        let none = ";belum ada".repeat(8);
        assert_eq!(rows, ["a;A;0;2;0;2;1;1;belum ada;belum ada".to_owned(), format!("b;B{none}")]);
    }

    #[test]
    fn each_line_says_what_does_not_go_together() {
        let text = csv::render(&lines(Periode::Tahun(2025), &two()));
        let rows: Vec<&str> = text.lines().skip(1).map(str::trim_end).collect();
        assert_eq!(rows.len(), 1);
        assert!(rows[0].starts_with("A;Uang habis, target tidak tercapai;2.07.03;Latihan;1000"), "{}", rows[0]);
        // A spreadsheet gets the exact value, not its printed form.
        assert!(rows[0].contains("1000;90;99;–;"), "{}", rows[0]);
    }
}
