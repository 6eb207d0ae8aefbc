//! The board of recommendations: how far each has come, and what is overdue.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{KeadaanTindakLanjut, PemberiPutusan, Putusan, Rekomendasi};
use crate::coverage::Cakupan;
use crate::snapshot::Potret;

/// One recommendation as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarisRekomendasi<'a> {
    /// The recommendation.
    pub rekomendasi: &'a Rekomendasi,
    /// Its state.
    pub keadaan: KeadaanTindakLanjut,
    /// Steps that are done, of all.
    pub langkah: Cakupan,
    /// Until when: its own day, or the last of its steps'; none where nobody has set one.
    pub batas: Option<Date>,
    /// How it stands against that day.
    pub terlambat: Keterlambatan,
    /// What the office said last.
    pub instansi: Option<&'a Putusan>,
    /// What the evaluator said last.
    pub evaluator: Option<&'a Putusan>,
}

impl BarisRekomendasi<'_> {
    /// Whether office and evaluator have come to different verdicts.
    pub fn is_disputed(&self) -> bool {
        matches!((self.instansi, self.evaluator), (Some(own), Some(other)) if own.keadaan != other.keadaan)
    }
}

/// A recommendation against its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keterlambatan {
    /// Nothing more is to be done.
    Tutup,
    /// Nobody has set a day.
    TanpaBatas,
    /// There is time: so many days.
    Sisa(u32),
    /// Its day has passed: by so many days.
    Terlambat(u32),
}

impl Keterlambatan {
    /// By how many days it is overdue; zero where it is not.
    pub const fn days(self) -> u32 {
        match self {
            Self::Terlambat(days) => days,
            _ => 0,
        }
    }
}

/// All recommendations together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ringkasan {
    /// All.
    pub dari: usize,
    /// Nothing done.
    pub belum: usize,
    /// Being done.
    pub proses: usize,
    /// Done.
    pub selesai: usize,
    /// Cannot be done.
    pub tidak_dapat: usize,
    /// Open though their day has passed.
    pub terlambat: usize,
}

impl Ringkasan {
    /// Done, of those that can be done.
    pub const fn settled(&self) -> Cakupan {
        Cakupan { ada: self.selesai, dari: self.dari - self.tidak_dapat }
    }
}

/// Every recommendation as it stands on a day: the overdue first, the longest first; then by priority and day, in the office's order.
pub fn board(potret: &Potret, today: Date) -> Vec<BarisRekomendasi<'_>> {
    let mut rows: Vec<_> = potret.rekomendasi.iter().map(|r| row(potret, r, today)).collect();
    rows.sort_by_key(|b| {
        let urgency = b.rekomendasi.prioritas.map_or(u8::MAX, |p| p as u8);
        (b.keadaan.is_closed(), Reverse(b.terlambat.days()), urgency, b.batas.unwrap_or(Date::MAX))
    });
    rows
}

fn row<'a>(potret: &'a Potret, r: &'a Rekomendasi, today: Date) -> BarisRekomendasi<'a> {
    let keadaan = potret.state_of(&r.kode);
    let steps = || potret.follow_up_of(&r.kode);
    let of_steps = || steps().filter_map(|l| l.batas.parse::<Date>().ok()).max();
    let batas = r.batas.parse::<Date>().ok().or_else(of_steps);
    let days = |from: Date, to: Date| from.until(to).ok().and_then(|span| u32::try_from(span.get_days()).ok());
    let terlambat = match batas {
        _ if keadaan.is_closed() => Keterlambatan::Tutup,
        None => Keterlambatan::TanpaBatas,
        Some(batas) if batas < today => Keterlambatan::Terlambat(days(batas, today).unwrap_or(u32::MAX)),
        Some(batas) => Keterlambatan::Sisa(days(today, batas).unwrap_or(u32::MAX)),
    };
    BarisRekomendasi {
        rekomendasi: r,
        keadaan,
        langkah: Cakupan::count(steps().map(|l| !l.selesai.is_empty())),
        batas,
        terlambat,
        instansi: potret.verdict_by(&r.kode, PemberiPutusan::Instansi),
        evaluator: potret.verdict_by(&r.kode, PemberiPutusan::Evaluator),
    }
}

/// The board in numbers.
pub fn summary(board: &[BarisRekomendasi<'_>]) -> Ringkasan {
    let mut sum = Ringkasan { dari: board.len(), ..Ringkasan::default() };
    for b in board {
        let place = match b.keadaan {
            KeadaanTindakLanjut::Belum => &mut sum.belum,
            KeadaanTindakLanjut::Proses => &mut sum.proses,
            KeadaanTindakLanjut::Selesai => &mut sum.selesai,
            KeadaanTindakLanjut::TidakDapat => &mut sum.tidak_dapat,
        };
        *place += 1;
        sum.terlambat += usize::from(matches!(b.terlambat, Keterlambatan::Terlambat(_)));
    }
    sum
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::sheet::testing::{again, assembled};

    fn office() -> Potret {
        assembled(&[
            ("unit", &["KD;;kepala;Dinas"]),
            (
                "rekomendasi",
                &[
                    "R1;Perencanaan;Terbitkan Renstra;;akan;KD;;1.b.2;Belum terbit;2022-03-31;sedang;LHE",
                    "R2;Perencanaan;Terbitkan PK;;sudah;;;;;;;",
                    "R3;Pengukuran;Susun SOP;;akan;;;;;;tinggi;",
                    "R4;Pelaporan;Bandingkan;;akan;;;;;2022-05-31;rendah;",
                ],
            ),
            (
                "tindak_lanjut",
                &[
                    "L1;R3;Rancang SOP;KD;2022-02-28;2022-02-20;https://contoh.go.id/sop;",
                    "L2;R3;Tetapkan SOP;KD;2022-04-30;;;",
                ],
            ),
            (
                "putusan",
                &[
                    "R1;2021;instansi;selesai;;2022-01-10;",
                    "R1;2021;evaluator;proses;Hanya di papan pengumuman;2022-02-01;",
                    "R2;2020;evaluator;belum;;;",
                    "R2;2021;instansi;tidak_dapat;Dihapus peraturan;2022-01-10;",
                ],
            ),
        ])
    }

    #[test]
    fn the_overdue_come_first_and_closed_ones_last() {
        let potret = office();
        let board = board(&potret, date(2022, 5, 10));
        let told: Vec<_> = board
            .iter()
            .map(|b| (b.rekomendasi.kode.as_str(), b.keadaan, b.terlambat, b.langkah.to_string()))
            .collect();
        assert_eq!(
            told,
            [
                ("R1", KeadaanTindakLanjut::Proses, Keterlambatan::Terlambat(40), "0 dari 0".to_owned()),
                ("R3", KeadaanTindakLanjut::Belum, Keterlambatan::Terlambat(10), "1 dari 2".to_owned()),
                ("R4", KeadaanTindakLanjut::Belum, Keterlambatan::Sisa(21), "0 dari 0".to_owned()),
                ("R2", KeadaanTindakLanjut::TidakDapat, Keterlambatan::Tutup, "0 dari 0".to_owned()),
            ]
        );
        assert!(board[0].is_disputed() && !board[1].is_disputed());
        let sum = summary(&board);
        assert_eq!((sum.dari, sum.proses, sum.belum, sum.tidak_dapat, sum.terlambat), (4, 1, 2, 1, 2));
        assert_eq!(sum.settled().to_string(), "0 dari 3");
    }

    #[test]
    fn on_the_day_itself_nothing_is_late() {
        let potret = office();
        let late = |day| board(&potret, day)[0].terlambat.days();
        assert_eq!((late(date(2022, 3, 31)), late(date(2022, 4, 1))), (0, 1));
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let potret = office();
        assert_eq!(again(&potret), (potret, Vec::new()));
    }
}
