//! Deadlines (batas waktu): when a period's measurement is due at each level, and when a Perjanjian Kinerja is.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::{HariLibur, add_working_days, working_days_between};
use crate::period::Periode;
use crate::plan::JenisSimpul;

/// Levels of a measurement in the order in which they are due: the lowest of the plan tree first, since each level above
/// rests on those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tingkat {
    /// Sub kegiatan.
    SubKegiatan,
    /// Kegiatan.
    Kegiatan,
    /// Program and sasaran program.
    Program,
    /// Sasaran, tujuan and misi.
    Sasaran,
    /// Check against the evidence.
    Verifikasi,
    /// Lock: afterwards only an exception opens a figure again.
    Penguncian,
}

impl Tingkat {
    /// Every level, first due first.
    pub const ALL: [Self; 6] =
        [Self::SubKegiatan, Self::Kegiatan, Self::Program, Self::Sasaran, Self::Verifikasi, Self::Penguncian];

    /// The level at which figures of a plan node, or of its indicators, are entered.
    pub const fn of(simpul: JenisSimpul) -> Self {
        match simpul {
            JenisSimpul::SubKegiatan => Self::SubKegiatan,
            JenisSimpul::Kegiatan => Self::Kegiatan,
            JenisSimpul::Program | JenisSimpul::SasaranProgram => Self::Program,
            JenisSimpul::Sasaran | JenisSimpul::Tujuan | JenisSimpul::Misi => Self::Sasaran,
        }
    }

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SubKegiatan => "sub_kegiatan",
            Self::Kegiatan => "kegiatan",
            Self::Program => "program",
            Self::Sasaran => "sasaran",
            Self::Verifikasi => "verifikasi",
            Self::Penguncian => "penguncian",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SubKegiatan => "Sub kegiatan",
            Self::Kegiatan => "Kegiatan",
            Self::Program => "Program",
            Self::Sasaran => "Sasaran",
            Self::Verifikasi => "Verifikasi",
            Self::Penguncian => "Penguncian",
        }
    }
}

/// Within how many working days after the end of a period each level is due.
///
/// No regulation sets these days. The default (5, 7, 10, 12, 15, 20) is Tolok's own, which an office may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jadwal([u8; Tingkat::ALL.len()]);

impl Default for Jadwal {
    fn default() -> Self {
        Self([5, 7, 10, 12, 15, 20])
    }
}

/// A schedule that would ask for a level before the period is over, or before the level that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JadwalTidakSah {
    /// The level.
    pub tingkat: Tingkat,
    /// Its working days as entered.
    pub hari: u8,
    /// The fewest that it may have.
    pub paling_sedikit: u8,
    /// The level below that needs so many; none where it is the end of the period.
    pub karena: Option<Tingkat>,
}

impl std::error::Error for JadwalTidakSah {}

impl fmt::Display for JadwalTidakSah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tingkat, hari, paling_sedikit, karena } = self;
        write!(f, "batas waktu {}: {hari} hari kerja ", tingkat.label())?;
        match karena {
            Some(below) => write!(f, "mendahului batas waktu {}", below.label())?,
            None => f.write_str("tidak memberi waktu setelah periode berakhir")?,
        }
        write!(f, "; isi paling sedikit {paling_sedikit}")
    }
}

impl Jadwal {
    /// A schedule of working days by level, in the order of [`Tingkat::ALL`].
    ///
    /// # Errors
    /// Every level that has less than one working day, or less than a level below it.
    pub fn new(hari: [u8; Tingkat::ALL.len()]) -> Result<Self, Vec<JadwalTidakSah>> {
        let mut faults = Vec::new();
        let (mut paling_sedikit, mut karena) = (1, None);
        for (tingkat, hari) in Tingkat::ALL.into_iter().zip(hari) {
            if hari < paling_sedikit {
                faults.push(JadwalTidakSah { tingkat, hari, paling_sedikit, karena });
            } else {
                (paling_sedikit, karena) = (hari, Some(tingkat));
            }
        }
        if faults.is_empty() { Ok(Self(hari)) } else { Err(faults) }
    }

    /// Working days by level, in the order of [`Tingkat::ALL`].
    pub const fn days(&self) -> [u8; Tingkat::ALL.len()] {
        self.0
    }

    /// The last day on which a level is in time for a period. Always a working day.
    pub fn due(&self, tingkat: Tingkat, periode: Periode, libur: &HariLibur) -> Date {
        add_working_days(periode.last_day(), u32::from(self.0[tingkat as usize]), libur)
    }

    /// The deadline of a level for a period, as it stands on a day.
    pub fn deadline(&self, tingkat: Tingkat, periode: Periode, today: Date, libur: &HariLibur) -> Batas {
        let batas = Batas::of(self.due(tingkat, periode, libur), today, libur);
        if today <= periode.last_day() { Batas { status: StatusBatas::BelumMulai, ..batas } } else { batas }
    }
}

/// A deadline, as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batas {
    /// The last day in time.
    pub tanggal: Date,
    /// How far away it is.
    pub status: StatusBatas,
}

impl Batas {
    /// A day until which something is to be done, as it stands on a day.
    pub fn of(tanggal: Date, today: Date, libur: &HariLibur) -> Self {
        let status = match lateness(tanggal, today, libur) {
            Some(hari) => StatusBatas::Terlambat { hari },
            None if today == tanggal => StatusBatas::HariIni,
            None => StatusBatas::Berjalan { sisa: working_days_between(today, tanggal, libur).unsigned_abs() },
        };
        Self { tanggal, status }
    }

    /// Whether it has passed, or will within so many working days.
    pub const fn is_near(&self, days: u32) -> bool {
        match self.status {
            StatusBatas::Terlambat { .. } | StatusBatas::HariIni => true,
            StatusBatas::Berjalan { sisa } => sisa <= days,
            StatusBatas::BelumMulai => false,
        }
    }
}

/// How far away a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusBatas {
    /// The period is not over yet.
    BelumMulai,
    /// The period is over, the deadline is to come.
    Berjalan {
        /// Working days left, not counting today.
        sisa: u32,
    },
    /// Today is the last day.
    HariIni,
    /// The deadline has passed.
    Terlambat {
        /// By how many working days; see [`lateness`].
        hari: u32,
    },
}

/// By how many working days something done on a day is late; `None` when it is in time. On the days off right after the
/// deadline no working day has passed yet, but in time it is not: that counts as one.
pub fn lateness(batas: Date, tanggal: Date, libur: &HariLibur) -> Option<u32> {
    (tanggal > batas).then(|| working_days_between(batas, tanggal, libur).unsigned_abs().max(1))
}

/// The last day for the Perjanjian Kinerja of a DPA that was approved (disahkan) on a day: "paling lambat satu bulan setelah
/// dokumen anggaran disahkan" (PermenPANRB 53/2014, annex I, C.2). A month later is the same day of the next month, or its last
/// where it has no such day. The regulation counts a month, not working days, so a day off stays.
pub fn dpa_reminder(dpa: Date) -> Date {
    dpa.saturating_add(1.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    const TW4: Periode = Periode::Triwulan(2021, 4);

    #[rstest]
    // 31 December 2021 is a Friday, 1 January a Saturday; the working weeks begin on 3, 10, 17 and 24 January.
    #[case(Tingkat::SubKegiatan, date(2022, 1, 7))]
    #[case(Tingkat::Kegiatan, date(2022, 1, 11))]
    #[case(Tingkat::Program, date(2022, 1, 14))]
    #[case(Tingkat::Sasaran, date(2022, 1, 18))]
    #[case(Tingkat::Verifikasi, date(2022, 1, 21))]
    #[case(Tingkat::Penguncian, date(2022, 1, 28))]
    fn the_fourth_quarter_is_due_from_below(#[case] tingkat: Tingkat, #[case] due: Date) {
        assert_eq!(Jadwal::default().due(tingkat, TW4, &HariLibur::new()), due);
    }

    #[test]
    fn days_off_move_a_deadline() {
        // First quarter of 2022: Good Friday on 15 April, then Idul Fitri with joint leave from 29 April to 6 May.
        let off = [(4, 15), (4, 29), (5, 2), (5, 3), (5, 4), (5, 5), (5, 6)];
        let libur = off.into_iter().map(|(month, day)| date(2022, month, day)).collect();
        let due = |tingkat| Jadwal::default().due(tingkat, Periode::Triwulan(2022, 1), &libur);
        assert_eq!(due(Tingkat::SubKegiatan), date(2022, 4, 7));
        assert_eq!(due(Tingkat::Sasaran), date(2022, 4, 19));
        assert_eq!(due(Tingkat::Penguncian), date(2022, 5, 9));
    }

    #[rstest]
    #[case::within_the_period(date(2021, 12, 30), StatusBatas::BelumMulai)]
    #[case::on_its_last_day(date(2021, 12, 31), StatusBatas::BelumMulai)]
    #[case::a_day_off_after_it(date(2022, 1, 1), StatusBatas::Berjalan { sisa: 10 })]
    #[case::under_way(date(2022, 1, 6), StatusBatas::Berjalan { sisa: 6 })]
    #[case::the_day_before(date(2022, 1, 13), StatusBatas::Berjalan { sisa: 1 })]
    #[case::the_last_day(date(2022, 1, 14), StatusBatas::HariIni)]
    #[case::the_weekend_after(date(2022, 1, 16), StatusBatas::Terlambat { hari: 1 })]
    #[case::the_monday_after(date(2022, 1, 17), StatusBatas::Terlambat { hari: 1 })]
    #[case::the_tuesday_after(date(2022, 1, 18), StatusBatas::Terlambat { hari: 2 })]
    fn a_deadline_comes_arrives_and_passes(#[case] today: Date, #[case] status: StatusBatas) {
        let batas = Jadwal::default().deadline(Tingkat::Program, TW4, today, &HariLibur::new());
        assert_eq!(batas, Batas { tanggal: date(2022, 1, 14), status });
    }

    #[test]
    fn a_schedule_names_every_level_that_comes_too_early() {
        assert_eq!(Jadwal::new(Jadwal::default().days()), Ok(Jadwal::default()));
        assert!(Jadwal::new([5; 6]).is_ok());
        let texts = |hari| -> Vec<String> {
            Jadwal::new(hari).expect_err("too early").iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            texts([5, 7, 6, 12, 15, 3]),
            [
                "batas waktu Program: 6 hari kerja mendahului batas waktu Kegiatan; isi paling sedikit 7",
                "batas waktu Penguncian: 3 hari kerja mendahului batas waktu Verifikasi; isi paling sedikit 15",
            ]
        );
        assert_eq!(
            texts([0, 7, 10, 12, 15, 20]),
            [
                "batas waktu Sub kegiatan: 0 hari kerja tidak memberi waktu setelah periode berakhir; isi paling sedikit 1"
            ]
        );
    }

    #[test]
    fn every_level_of_the_plan_is_due_before_verification() {
        let mut levels = JenisSimpul::ALL.map(Tingkat::of);
        assert!(levels.is_sorted_by(|above, below| above >= below), "{levels:?}");
        levels.sort();
        assert_eq!((levels.first(), levels.last()), (Some(&Tingkat::SubKegiatan), Some(&Tingkat::Sasaran)));
    }

    #[rstest]
    #[case(date(2021, 1, 4), date(2021, 2, 4))]
    #[case(date(2021, 1, 31), date(2021, 2, 28))]
    #[case(date(2024, 1, 31), date(2024, 2, 29))]
    #[case(date(2021, 2, 28), date(2021, 3, 28))]
    #[case(date(2021, 8, 31), date(2021, 9, 30))]
    #[case(date(2020, 12, 31), date(2021, 1, 31))]
    #[case(Date::MAX, Date::MAX)]
    fn an_agreement_is_due_a_month_after_its_budget(#[case] dpa: Date, #[case] due: Date) {
        assert_eq!(dpa_reminder(dpa), due);
    }

    proptest! {
        #[test]
        fn levels_are_due_in_their_order(mut hari in prop::array::uniform6(1_u8..), quarter in 1_u8..=4, shuffled in any::<bool>()) {
            if !shuffled {
                hari.sort_unstable();
            }
            prop_assert_eq!(Jadwal::new(hari).is_ok(), hari.is_sorted());
            if let Ok(jadwal) = Jadwal::new(hari) {
                let periode = Periode::Triwulan(2021, quarter);
                let due = Tingkat::ALL.map(|tingkat| jadwal.due(tingkat, periode, &HariLibur::new()));
                prop_assert!(due.is_sorted() && due[0] > periode.last_day(), "{due:?}");
            }
        }

        #[test]
        fn waiting_never_makes_less_late(due in 0_i32..400, days in 0_i32..60) {
            let at = |n: i32| date(2021, 1, 1).saturating_add(n.days());
            let late = |n| lateness(at(due), at(n), &HariLibur::new());
            prop_assert!(late(due + days) <= late(due + days + 1));
            prop_assert_eq!(late(due + days).is_some(), days > 0);
        }
    }
}
