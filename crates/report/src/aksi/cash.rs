//! The cash plan: money of every budget line by quarter beside its ceiling.

use tolok_domain::action::{Kas, Kecocokan, check_cash};
use tolok_domain::{JenisSimpul, Pengukuran, Periode};

use crate::lkjip::capitalise;
use crate::lkjip::cells::{group, header, left, money, right, row, strong, text};
use crate::naskah::{Sel, Tabel};

/// The table; none where the office has neither ceilings nor a cash plan.
pub(super) fn table(hasil: &Pengukuran<'_>) -> Option<Tabel> {
    let quarters = Periode::quarters(hasil.potret.tahun);
    let kas = check_cash(hasil, &quarters);
    let shown = kas.simpul.iter().filter(|(s, _)| s.jenis >= JenisSimpul::Program);
    let mut isi: Vec<_> = shown
        .map(|(simpul, kas)| {
            let mut cells = vec![text(&simpul.kode), text(simpul.calm_name())];
            cells.extend(amounts(kas, &simpul.kode));
            if simpul.jenis == JenisSimpul::Program { strong(cells) } else { row(cells) }
        })
        .collect();
    if isi.is_empty() {
        return None;
    }
    let mut total = group("Jumlah", 2);
    total.sel.extend(amounts(&kas.total, "total"));
    isi.push(total);
    let partly = kas.simpul.iter().any(|(_, k)| k.periode.iter().any(|p| p.rupiah.is_some() && !p.lengkap));
    let mut first: Vec<Sel> = ["Kode Rekening", "Program/Kegiatan/Sub Kegiatan", "Pagu (Rp)"]
        .into_iter()
        .map(|w| text(w).span(1, 2))
        .collect();
    first.push(text("Rencana Kas Triwulan (Rp)").span(4, 1));
    first.extend(["Jumlah (Rp)", "Keterangan"].into_iter().map(|w| text(w).span(1, 2)));
    let mut table = Tabel {
        nama: "anggaran_kas".to_owned(),
        judul: format!("Anggaran Kas Tahun {}", hasil.potret.tahun),
        kolom: vec![left(14), left(30), right(14), right(13), right(13), right(13), right(13), right(14), left(24)],
        kepala: vec![first, header(&["I", "II", "III", "IV"])],
        isi,
        catatan: if partly { vec!["*) sebagian belum direncanakan.".to_owned()] } else { Vec::new() },
        ..Tabel::default()
    };
    capitalise(&mut table);
    Some(table)
}

fn amounts(kas: &Kas, kode: &str) -> Vec<Sel> {
    let mut cells = vec![money(kas.pagu, format!("pagu {kode}"))];
    cells.extend(kas.periode.iter().map(|p| {
        let mut cell = money(p.rupiah, format!("kas {kode} {}", p.periode));
        match (p.rupiah, p.lengkap, cell.isi.first_mut()) {
            (None, _, _) => text("belum ada"),
            (Some(_), false, Some(run)) => {
                run.teks.push('*');
                cell
            }
            _ => cell,
        }
    }));
    cells.push(if kas.jumlah.is_some() { money(kas.jumlah, format!("kas {kode}")) } else { text("belum ada") });
    let remark = if kas.hasil == Kecocokan::Sama { "sesuai pagu".to_owned() } else { kas.to_string() };
    cells.push(text(remark));
    cells
}
