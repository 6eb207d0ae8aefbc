//! Organisation, staff, goods, legal basis, signature.

use tolok_domain::number::Konteks;
use tolok_domain::period::BULAN;
use tolok_domain::plan::Unit;
use tolok_domain::{JenisSimpul, Potret, Rupiah, number};

use crate::naskah::{Blok, Penanda, PenandaTangan, Rata, Ruas, TandaTangan};

fn paragraph(teks: String) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata: Rata::Kiri, menjorok: false }
}

/// The organisation as nested lists under a title.
pub(super) fn organisation(potret: &Potret) -> Vec<Blok> {
    fn below(potret: &Potret, induk: Option<&str>, depth: usize) -> Vec<Blok> {
        let units: Vec<&Unit> = potret.unit.iter().filter(|u| u.induk.as_deref() == induk).collect();
        if units.is_empty() {
            return Vec::new();
        }
        let penanda = match depth {
            0 => Penanda::Butir,
            1 => Penanda::Angka,
            _ => Penanda::Huruf,
        };
        let item = |u: &&Unit| {
            let mut item = vec![paragraph(u.nama.clone())];
            item.extend(below(potret, Some(&u.kode), depth + 1));
            item
        };
        vec![Blok::Daftar { penanda, mulai: 1, butir: units.iter().map(item).collect() }]
    }
    let list = below(potret, None, 0);
    if list.is_empty() {
        return list;
    }
    let office = &potret.instansi;
    let title = format!("Struktur Organisasi {} {} Tahun {}", office.nama, office.daerah, potret.tahun);
    let title = Blok::Paragraf { isi: vec![Ruas::bold(title)], rata: Rata::Tengah, menjorok: false };
    std::iter::once(title).chain(list).collect()
}

/// The missions of the plan.
pub(super) fn missions(potret: &Potret) -> Vec<Blok> {
    let missions = potret.simpul.iter().filter(|s| s.jenis == JenisSimpul::Misi);
    let butir: Vec<Vec<Blok>> = missions.map(|m| vec![paragraph(m.nama.clone())]).collect();
    if butir.is_empty() { Vec::new() } else { vec![Blok::Daftar { penanda: Penanda::Angka, mulai: 1, butir }] }
}

/// The legal basis as a numbered list.
pub(super) fn legal_basis(potret: &Potret) -> Vec<Blok> {
    let butir: Vec<Vec<Blok>> = potret
        .records("landasan_hukum")
        .map(|c| {
            let (jenis, nomor, tahun) = (c.get("jenis"), c.get("nomor"), c.get("tahun"));
            vec![paragraph(format!("{jenis} Nomor {nomor} Tahun {tahun} tentang {};", c.get("tentang")))]
        })
        .collect();
    if butir.is_empty() { Vec::new() } else { vec![Blok::Daftar { penanda: Penanda::Angka, mulai: 1, butir }] }
}

/// Place, month and position for the signature.
pub(super) fn signature(potret: &Potret) -> Blok {
    let office = &potret.instansi;
    Blok::TandaTangan(TandaTangan {
        tempat_tanggal: format!("{}, {} {}", office.tempat, BULAN[0], potret.tahun + 1),
        kanan: PenandaTangan { jabatan: vec![office.penanda_tangan.clone()], ..PenandaTangan::default() },
        kiri: None,
    })
}

/// Number of staff: each person stands in every category, so one category is enough.
pub(super) fn staff_total(potret: &Potret) -> usize {
    let first = potret.records("pegawai").next().map(|c| c.get("kategori").to_owned());
    potret
        .records("pegawai")
        .filter(|c| Some(c.get("kategori")) == first.as_deref())
        .filter_map(|c| c.get("jumlah").parse::<usize>().ok())
        .sum()
}

/// Quantity times unit price of one record of goods.
pub(super) fn goods_amount(record: &tolok_domain::register::Catatan) -> Option<Rupiah> {
    let read = |column: &str| match number::read(record.get(column), &Konteks::indonesia()).ok()?.isi {
        number::Isi::Bilangan(x) => Some(x),
        _ => None,
    };
    Rupiah::from_decimal(read("banyaknya")?.checked_mul(read("harga_satuan")?)?)
}

/// Sum over all goods.
pub(super) fn goods_total(potret: &Potret) -> Rupiah {
    potret.records("pengadaan_barang").filter_map(goods_amount).sum()
}
