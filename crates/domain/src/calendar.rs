//! Working days (hari kerja) of government offices.
//!
//! Offices work Monday to Friday (Perpres 21/2023, article 3; before it Keppres 68/1995) except on public holidays
//! (Keppres 8/2024, first dictum). Five of these have a fixed date and are known here. The others move with the moon or the
//! church year, and cuti bersama is decided anew each year: a joint decree of three ministers (SKB) names them, an office
//! enters them, and they come in as [`HariLibur`].

use std::collections::BTreeSet;
use std::ops::Bound;

use jiff::civil::{Date, Weekday};

use crate::period::BULAN;

/// Further days without work: movable feasts and cuti bersama of the yearly SKB, and what else an office has off.
/// Weekends and fixed holidays may stand in it as well and count once.
pub type HariLibur = BTreeSet<Date>;

/// Month, day, and the first year in which the day was off.
const FIXED: [(i8, i8, i16); 5] = [
    // Tahun Baru Masehi, Proklamasi Kemerdekaan, Kelahiran Yesus Kristus: Keppres 251/1967, now Keppres 8/2024.
    (1, 1, i16::MIN),
    (8, 17, i16::MIN),
    (12, 25, i16::MIN),
    // Hari Buruh Internasional: Keppres 24/2013.
    (5, 1, 2014),
    // Hari Lahir Pancasila: Keppres 24/2016.
    (6, 1, 2017),
];

/// Whether offices work on that day.
pub fn is_working_day(date: Date, libur: &HariLibur) -> bool {
    !is_weekend(date) && !is_fixed(date) && !libur.contains(&date)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn is_fixed(date: Date) -> bool {
    FIXED.iter().any(|(month, day, since)| (date.month(), date.day()) == (*month, *day) && date.year() >= *since)
}

/// The day that lies `days` working days after `date`. A day off counts as part of the working day before it, so one working
/// day after a Saturday is Monday, and none after it is Friday. The result is a working day, except at the end of the calendar
/// (year 9999), beyond which there is none.
pub fn add_working_days(date: Date, days: u32, libur: &HariLibur) -> Date {
    let mut day = date;
    while !is_working_day(day, libur) {
        let Ok(before) = day.yesterday() else { return day };
        day = before;
    }
    for _ in 0..days {
        let Some(next) = after(day).find(|d| is_working_day(*d, libur)) else { return Date::MAX };
        day = next;
    }
    day
}

/// How many working days lie after `from`, up to and including `to`; negative when `to` is the earlier one. Counted by weeks, so
/// that what is years late costs no more than what is late by a day.
pub fn working_days_between(from: Date, to: Date, libur: &HariLibur) -> i32 {
    if to < from {
        return -working_days_between(to, from, libur);
    }
    let days = i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX);
    let rest = after(from).take(usize::try_from(days % 7).unwrap_or(0)).filter(|day| !is_weekend(*day));
    let weekdays = days / 7 * 5 + count(rest);
    let fixed = (from.year()..=to.year()).flat_map(|year| {
        let days = FIXED.iter().filter(move |(.., since)| year >= *since);
        days.filter_map(move |(month, day, _)| Date::new(year, *month, *day).ok())
    });
    let fixed = count(fixed.filter(|day| from < *day && *day <= to && !is_weekend(*day)));
    let further = libur.range((Bound::Excluded(from), Bound::Included(to)));
    weekdays - fixed - count(further.filter(|day| !is_weekend(**day) && !is_fixed(**day)))
}

fn count<T>(days: impl Iterator<Item = T>) -> i32 {
    i32::try_from(days.count()).unwrap_or(i32::MAX)
}

/// The days after a day.
fn after(date: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(date.tomorrow().ok(), |day| day.tomorrow().ok())
}

/// A day as a reader sees it: "14 Januari 2022".
pub fn long_date(day: Date) -> String {
    let month = usize::try_from(day.month()).unwrap_or(1).clamp(1, 12);
    format!("{} {} {}", day.day(), BULAN[month - 1], day.year())
}

/// An ISO date as a reader sees it; `None` for what is no date.
pub fn written_date(text: &str) -> Option<String> {
    text.parse().ok().map(long_date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    /// January to May 2022 as the SKB had them: Imlek, Isra Mikraj, Nyepi, Wafat Isa Almasih, Idul Fitri with cuti bersama.
    fn libur_2022() -> HariLibur {
        [(2, 1), (2, 28), (3, 3), (4, 15), (4, 29), (5, 2), (5, 3), (5, 4), (5, 5), (5, 6)]
            .into_iter()
            .map(|(month, day)| date(2022, month, day))
            .collect()
    }

    #[rstest]
    #[case::friday(date(2021, 12, 31), true)]
    #[case::saturday(date(2022, 1, 8), false)]
    #[case::sunday(date(2022, 1, 9), false)]
    #[case::new_year_on_a_wednesday(date(2025, 1, 1), false)]
    #[case::labour_day(date(2014, 5, 1), false)]
    #[case::labour_day_before_it_was_a_holiday(date(2013, 5, 1), true)]
    #[case::pancasila(date(2017, 6, 1), false)]
    #[case::pancasila_before_it_was_a_holiday(date(2016, 6, 1), true)]
    #[case::independence(date(2021, 8, 17), false)]
    #[case::christmas(date(2023, 12, 25), false)]
    #[case::movable_feast(date(2022, 2, 1), false)]
    #[case::joint_leave(date(2022, 5, 6), false)]
    #[case::monday_after_joint_leave(date(2022, 5, 9), true)]
    fn offices_are_closed_on_weekends_and_holidays(#[case] day: Date, #[case] works: bool) {
        assert_eq!(is_working_day(day, &libur_2022()), works, "{day}");
    }

    #[rstest]
    #[case::over_new_year_and_a_weekend(date(2021, 12, 31), 1, date(2022, 1, 3))]
    #[case::two_weeks(date(2021, 12, 31), 10, date(2022, 1, 14))]
    #[case::over_imlek(date(2022, 1, 31), 1, date(2022, 2, 2))]
    #[case::over_idul_fitri_and_joint_leave(date(2022, 4, 28), 1, date(2022, 5, 9))]
    #[case::from_a_saturday(date(2022, 1, 8), 1, date(2022, 1, 10))]
    #[case::none_from_a_saturday(date(2022, 1, 8), 0, date(2022, 1, 7))]
    #[case::none_from_a_monday(date(2022, 1, 10), 0, date(2022, 1, 10))]
    fn working_days_are_counted_over_days_off(#[case] from: Date, #[case] days: u32, #[case] expected: Date) {
        assert_eq!(add_working_days(from, days, &libur_2022()), expected);
    }

    #[test]
    fn the_calendar_ends_without_a_panic() {
        assert_eq!(add_working_days(Date::MAX, 3, &HariLibur::new()), Date::MAX);
        assert_eq!(add_working_days(Date::MIN, 0, &HariLibur::from([Date::MIN])), Date::MIN);
        assert_eq!(working_days_between(Date::MAX, Date::MAX, &HariLibur::new()), 0);
    }

    /// Days of some years in which fixed holidays, leap days and years' ends lie.
    fn days() -> impl Strategy<Value = Date> {
        (2012_i16..2026, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
    }

    fn days_off() -> impl Strategy<Value = HariLibur> {
        prop::collection::btree_set(days(), 0..80)
    }

    proptest! {
        #[test]
        fn the_result_is_a_working_day(day in days(), n in 0_u32..300, libur in days_off()) {
            prop_assert!(is_working_day(add_working_days(day, n, &libur), &libur));
        }

        #[test]
        fn adding_twice_is_adding_the_sum(day in days(), n in 0_u32..150, m in 0_u32..150, libur in days_off()) {
            let twice = add_working_days(add_working_days(day, n, &libur), m, &libur);
            prop_assert_eq!(twice, add_working_days(day, n + m, &libur));
        }

        #[test]
        fn more_days_or_a_later_start_never_end_earlier(
            (a, b) in (days(), days()), n in 0_u32..100, more in 0_u32..10, libur in days_off(),
        ) {
            let (early, late) = (a.min(b), a.max(b));
            prop_assert!(add_working_days(early, n, &libur) <= add_working_days(late, n, &libur));
            let (less, further) = (add_working_days(a, n, &libur), add_working_days(a, n + more, &libur));
            prop_assert!(less < further || more == 0 && less == further);
        }

        #[test]
        fn a_further_day_off_never_ends_earlier(day in days(), n in 1_u32..100, off in days(), libur in days_off()) {
            let mut more = libur.clone();
            more.insert(off);
            prop_assert!(add_working_days(day, n, &libur) <= add_working_days(day, n, &more));
        }

        #[test]
        fn what_was_added_lies_between(day in days(), n in 0_u32..300, libur in days_off()) {
            let end = add_working_days(day, n, &libur);
            prop_assert_eq!(u32::try_from(working_days_between(day, end, &libur)), Ok(n));
        }

        #[test]
        fn counting_by_weeks_is_counting_day_by_day(from in days(), to in days(), libur in days_off()) {
            let (from, to) = (from.min(to), from.max(to));
            let one_by_one = after(from).take_while(|day| *day <= to).filter(|day| is_working_day(*day, &libur)).count();
            prop_assert_eq!(usize::try_from(working_days_between(from, to, &libur)), Ok(one_by_one));
        }

        #[test]
        fn stretches_add_up_in_any_order(a in days(), b in days(), c in days(), libur in days_off()) {
            let (ab, bc) = (working_days_between(a, b, &libur), working_days_between(b, c, &libur));
            prop_assert_eq!(ab + bc, working_days_between(a, c, &libur));
        }
    }
}
