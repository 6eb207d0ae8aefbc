//! The functions that compare. Each takes the rows and gives findings; which one a rule uses, and with what, stands in its file.

mod ada;
mod angka;
mod antartabel;
mod bagian;
mod format;
mod jumlah;
mod kalimat;
mod kaskade;
mod klaim;
mod kolom;
mod kutipan;
mod nama;
mod naskah;
mod persen;
mod perubahan;
mod sebaran;
mod skala;
mod tabel;
mod tanggal;
mod wajar;

use tolok_domain::Decimal;
use tolok_domain::number::write_decimal;

use crate::aturan::{Aturan, Uji};
use crate::model::Model;
use crate::temuan::Temuan;

/// What a rule finds.
pub(crate) fn run(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    match &a.uji {
        Uji::JumlahAnak(ukuran) => jumlah::children(m, a, *ukuran),
        Uji::JumlahProgram(ukuran) => jumlah::programmes(m, a, *ukuran),
        Uji::BarisJumlah => tabel::total_row(m, a),
        Uji::HasilKali => tabel::product(m, a),
        Uji::JumlahBedaSatuan => tabel::unlike_units(m, a),
        Uji::Persen(ukuran) => persen::recomputed(m, a, *ukuran),
        Uji::Melebihi { ukuran, batas } => persen::above(m, a, *ukuran, *batas),
        Uji::Digit(ukuran) => angka::digit(m, a, *ukuran),
        Uji::IkutDigit(ukuran) => angka::followers(m, a, *ukuran),
        Uji::AntarTabel { ukuran, tingkat } => antartabel::between(m, a, *ukuran, tingkat),
        Uji::TanpaSatuRincian(ukuran) => antartabel::without_a_part(m, a, *ukuran),
        Uji::NilaiDalamNama => antartabel::value_in_name(m, a),
        Uji::Satuan => antartabel::unit(m, a),
        Uji::SalahJudulKolom => antartabel::wrong_header(m, a),
        Uji::TanpaPadanan { dari, ke } => ada::without_counterpart(m, a, dari, ke),
        Uji::NamaBergeser => nama::drifted(m, a),
        Uji::NamaSimpul => nama::nodes(m, a),
        Uji::NamaKode => nama::codes(m, a),
        Uji::Klaim(hal) => klaim::counts(m, a, *hal),
        Uji::KlaimUang => klaim::money(m, a),
        Uji::KlaimPersen => klaim::percentage(m, a),
        Uji::Lubang { tingkat, tabel, punya, tanpa, beralasan } => {
            kaskade::holes(m, a, &kaskade::Lubang { tingkat, tabel, punya, tanpa: *tanpa, beralasan: *beralasan })
        }
        Uji::SatuPagu => kaskade::one_ceiling(m, a),
        Uji::Ganda => kaskade::twice(m, a),
        Uji::TanpaAnak { tingkat, anak } => kaskade::childless(m, a, *tingkat, *anak),
        Uji::Ambang { ukuran, atas, bawah, satuan } => wajar::outside(
            m,
            a,
            &wajar::Ambang { ukuran: *ukuran, atas: *atas, bawah: *bawah, satuan: satuan.as_deref() },
        ),
        Uji::SemuaSeratus => wajar::all_hundred(m, a),
        Uji::TargetDiBawahRealisasi => wajar::below_last(m, a),
        Uji::TargetTurun => wajar::lowered(m, a),
        Uji::Lonjakan => wajar::jump(m, a),
        Uji::RealisasiSalinTarget => wajar::copied(m, a),
        Uji::Timpang { capaian, serapan } => wajar::spent_without_result(m, a, *capaian, *serapan),
        Uji::Longgar { capaian, serapan } => wajar::result_without_spending(m, a, *capaian, *serapan),
        Uji::Polaritas => wajar::polarity(m, a),
        Uji::TahunMustahil => tanggal::backwards(m, a),
        Uji::TahunSampul => tanggal::cover(m, a),
        Uji::PeriodeBeda => tanggal::spans_differ(m, a),
        Uji::TanggalDini => tanggal::early(m, a),
        Uji::NomorTabelGanda => naskah::number_twice(m, a),
        Uji::NomorTabelLoncat => naskah::number_skipped(m, a),
        Uji::Peraturan(list) => naskah::regulations(m, a, list),
        Uji::KantorLain => naskah::other_office(m, a),
        Uji::NomorKosong => naskah::decree_without_number(m, a),
        Uji::IsianKosong => naskah::unfilled(m, a),
        Uji::Terbilang => angka::in_words(m, a),
        Uji::Hitung => angka::equation(m, a),
        Uji::Rerata => angka::mean(m, a),
        Uji::GayaAngka => format::numbers(m, a),
        Uji::GayaTanggal => format::dates(m, a),
        Uji::RasioPecahan => format::fractions(m, a),
        Uji::SkalaGanda => format::scales(m, a),
        Uji::Desimal => format::decimals(m, a),
        Uji::ButirKosong => naskah::empty_item(m, a),
        Uji::ArahKalimat => klaim::direction(m, a),
        Uji::Predikat => skala::grade(m, a),
        Uji::BatasSkala => skala::bounds(m, a),
        Uji::Perubahan => perubahan::recomputed(m, a),
        Uji::TargetBagian => bagian::reach_the_year(m, a),
        Uji::KlaimPredikat => sebaran::counts(m, a),
        Uji::KlaimIndikator => kalimat::numbers_of_indicators(m, a),
        Uji::AmbangKolom { kata, atas, bawah } => {
            kolom::outside(m, a, &kolom::Rentang { kata, atas: *atas, bawah: *bawah })
        }
        Uji::Memuat { kata } => naskah::lacks(m, a, kata),
        Uji::Langsung(_) => Vec::new(),
    }
}

/// A number for readers, with the decimals it has.
pub(crate) fn shown(x: Decimal) -> String {
    write_decimal(x.normalize(), None)
}
