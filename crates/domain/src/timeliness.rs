//! Completeness and timeliness (kelengkapan, ketepatan waktu): of all that is due, how much was entered, how much was handed in
//! in time, and what is how late.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::calendar::HariLibur;
use crate::coverage::Cakupan;
use crate::deadline::lateness;

/// Something that is due, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kewajiban<T> {
    /// What it is: a figure, an indicator, a whole office.
    pub subjek: T,
    /// The last day in time.
    pub batas: Date,
    /// When it was entered; `None` where it is missing.
    pub diisi: Option<Date>,
    /// When it was handed in; `None` where it was not.
    pub diajukan: Option<Date>,
}

impl<T> Kewajiban<T> {
    /// The day on which it was handed in, as known on a day.
    fn handed_in(&self, today: Date) -> Option<Date> {
        self.diajukan.filter(|day| *day <= today)
    }

    /// Whether it was entered, as known on a day. What was handed in was entered.
    fn is_entered(&self, today: Date) -> bool {
        self.handed_in(today).is_some() || self.diisi.is_some_and(|day| day <= today)
    }

    /// By how many working days it is late: handed in too late, or not yet handed in though its deadline has passed.
    fn lateness(&self, today: Date, libur: &HariLibur) -> Option<u32> {
        lateness(self.batas, self.handed_in(today).unwrap_or(today), libur)
    }
}

/// Completeness and timeliness of a set of things due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kepatuhan<'a, T> {
    /// Entered, of all.
    pub lengkap: Cakupan,
    /// Handed in in time, of those on which the verdict is in: handed in, or past the deadline. What is still in time to be
    /// handed in is neither punctual nor late.
    pub tepat_waktu: Cakupan,
    /// The late ones, the latest first.
    pub terlambat: Vec<Keterlambatan<'a, T>>,
}

/// Something that is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keterlambatan<'a, T> {
    /// What.
    pub kewajiban: &'a Kewajiban<T>,
    /// By how many working days, so far where it is not handed in yet.
    pub hari: u32,
}

/// Completeness and timeliness as known on a day: what was entered or handed in later is not known yet.
pub fn assess<'a, T>(kewajiban: &'a [Kewajiban<T>], today: Date, libur: &HariLibur) -> Kepatuhan<'a, T> {
    let late = |k: &Kewajiban<T>| k.lateness(today, libur);
    let lengkap = Cakupan::count(kewajiban.iter().map(|k| k.is_entered(today)));
    let decided = kewajiban.iter().filter(|k| k.handed_in(today).is_some() || late(k).is_some());
    let tepat_waktu = Cakupan::count(decided.map(|k| late(k).is_none()));
    let mut terlambat: Vec<_> =
        kewajiban.iter().filter_map(|kewajiban| Some(Keterlambatan { kewajiban, hari: late(kewajiban)? })).collect();
    terlambat.sort_by_key(|k| Reverse(k.hari));
    Kepatuhan { lengkap, tepat_waktu, terlambat }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rust_decimal::dec;

    /// Due on Friday, 14 January 2022; days of that month.
    fn due(subjek: &str, diisi: Option<i8>, diajukan: Option<i8>) -> Kewajiban<&str> {
        let day = |d: Option<i8>| d.map(|d| date(2022, 1, d));
        Kewajiban { subjek, batas: date(2022, 1, 14), diisi: day(diisi), diajukan: day(diajukan) }
    }

    fn entries() -> Vec<Kewajiban<&'static str>> {
        vec![
            due("in time", Some(5), Some(10)),
            due("on the last day", Some(14), Some(14)),
            due("a working day late", Some(14), Some(17)),
            due("entered, not handed in", Some(12), None),
            due("missing", None, None),
            due("on a Sunday", None, Some(16)),
        ]
    }

    fn late<'a>(kepatuhan: &Kepatuhan<'a, &'a str>) -> Vec<(&'a str, u32)> {
        kepatuhan.terlambat.iter().map(|k| (k.kewajiban.subjek, k.hari)).collect()
    }

    #[test]
    fn after_the_deadline_what_is_missing_is_late() {
        let entries = entries();
        let found = assess(&entries, date(2022, 1, 19), &HariLibur::new());
        assert_eq!(found.lengkap.to_string(), "5 dari 6");
        assert_eq!(found.tepat_waktu.to_string(), "2 dari 6");
        assert_eq!(
            late(&found),
            [("entered, not handed in", 3), ("missing", 3), ("a working day late", 1), ("on a Sunday", 1)]
        );
    }

    #[test]
    fn before_the_deadline_nothing_is_late_and_later_events_are_unknown() {
        let entries = entries();
        let found = assess(&entries, date(2022, 1, 12), &HariLibur::new());
        assert_eq!(found.lengkap, Cakupan { ada: 2, dari: 6 });
        assert_eq!(found.tepat_waktu, Cakupan { ada: 1, dari: 1 });
        assert_eq!(late(&found), []);
    }

    #[test]
    fn where_nothing_is_decided_there_is_no_share() {
        let entries = [due("missing", None, None)];
        let found = assess(&entries, date(2022, 1, 14), &HariLibur::new());
        assert_eq!((found.lengkap.percent(), found.tepat_waktu.percent()), (Some(dec!(0)), None));
        assert_eq!(assess::<&str>(&[], date(2022, 1, 14), &HariLibur::new()).lengkap.percent(), None);
    }

    #[test]
    fn days_off_make_less_late() {
        let entries = [due("late", Some(14), Some(18))];
        let libur = HariLibur::from([date(2022, 1, 17)]);
        assert_eq!(late(&assess(&entries, date(2022, 1, 18), &libur)), [("late", 1)]);
        assert_eq!(late(&assess(&entries, date(2022, 1, 18), &HariLibur::new())), [("late", 2)]);
    }

    proptest! {
        #[test]
        fn late_and_punctual_are_all_that_is_decided(
            days in prop::collection::vec((0_i32..40, prop::option::of(0_i32..60), prop::option::of(0_i32..60)), 0..12),
            today in 0_i32..60,
        ) {
            let at = |n: i32| date(2022, 1, 1).saturating_add(n.days());
            let entries: Vec<_> = days
                .iter()
                .map(|(due, entered, handed)| Kewajiban {
                    subjek: (),
                    batas: at(*due),
                    diisi: entered.map(at),
                    diajukan: handed.map(at),
                })
                .collect();
            let found = assess(&entries, at(today), &HariLibur::new());
            prop_assert_eq!(found.lengkap.dari, entries.len());
            prop_assert!(found.tepat_waktu.dari <= entries.len());
            prop_assert_eq!(found.tepat_waktu.ada + found.terlambat.len(), found.tepat_waktu.dari);
            prop_assert!(found.terlambat.iter().all(|k| k.hari > 0 && k.kewajiban.batas < at(today)));
            // A day later nothing entered is forgotten.
            prop_assert!(assess(&entries, at(today + 1), &HariLibur::new()).lengkap.ada >= found.lengkap.ada);
        }
    }
}
