//! Days of the calendar. Kota Serang and the capital keep UTC+7 all year; Indonesia's other two zones are an hour and two ahead.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
pub use tolok_domain::calendar::long_date;

/// Western Indonesian time.
const WIB: Offset = Offset::constant(7);

/// The day of a moment (microseconds since 1970 UTC) in western Indonesian time.
pub fn day(waktu: i64) -> Date {
    Timestamp::from_microsecond(waktu).map_or(Date::ZERO, |stamp| WIB.to_datetime(stamp).date())
}

/// The hour of a moment, 0 to 23, in western Indonesian time.
pub fn hour(waktu: i64) -> i8 {
    Timestamp::from_microsecond(waktu).map_or(0, |stamp| WIB.to_datetime(stamp).hour())
}

/// The last moment of a day in western Indonesian time, microseconds since 1970 UTC.
pub fn end_of_day(date: Date) -> i64 {
    let next = date.checked_add(Span::new().days(1)).unwrap_or(Date::MAX);
    WIB.to_timestamp(next.at(0, 0, 0, 0)).map_or(i64::MAX, |stamp| stamp.as_microsecond() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_morning_in_jakarta_is_the_night_before_in_greenwich() {
        let six = Timestamp::from_second(1_643_670_000).expect("moment");
        assert_eq!(six.to_string(), "2022-01-31T23:00:00Z");
        assert_eq!((hour(six.as_microsecond()), hour(six.as_microsecond() - 1)), (6, 5));
    }

    #[test]
    fn a_day_ends_at_midnight_in_jakarta() {
        let date = jiff::civil::date(2021, 7, 15);
        let end = end_of_day(date);
        assert_eq!(day(end), date);
        assert_eq!(day(end + 1), jiff::civil::date(2021, 7, 16));
        assert_eq!(Timestamp::from_microsecond(end).expect("moment").to_string(), "2021-07-15T16:59:59.999999Z");
    }
}
