//! From values of periods to one value up to a moment. Target and realisation are accumulated first and divided afterwards
//! (capaian tahunan); percentages of quarters are never averaged.

use rust_decimal::Decimal;

use crate::indicator::Akumulasi;
use crate::period::Periode;
use crate::value::Nilai;

/// What the periods make together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terkumpul {
    /// The value; `BelumAda` with the recorded reason when there is none.
    pub nilai: Nilai,
    /// Periods that have a value.
    pub ada: usize,
    /// Periods that should have one.
    pub dari: usize,
    /// Periods that should have one and have none.
    pub kosong: Vec<Periode>,
}

/// The known values that together cover the time from January to `sampai` without overlapping, the longest first, and the periods
/// for which none is known. A year's own value stands for its quarters, a quarter's for its months: nothing is counted twice, and
/// nothing that is known is left out.
pub(crate) fn cover<'a>(
    values: impl Iterator<Item = (Periode, &'a Nilai)>,
    sampai: Periode,
) -> (Vec<(Periode, &'a Nilai)>, Vec<Periode>) {
    let known: Vec<(Periode, &Nilai)> = values.filter(|(p, n)| p.is_within(sampai) && n.is_known()).collect();
    let mut chosen: Vec<(Periode, &Nilai)> = Vec::new();
    let mut month = 1;
    while month <= sampai.last_month() {
        let next = known.iter().filter(|(p, _)| p.first_month() == month).max_by_key(|(p, _)| p.months());
        if let Some(next) = next {
            chosen.push(*next);
            month = next.0.last_month() + 1;
        } else {
            month += 1;
        }
    }
    // Holes are told in the shortest kind of period in use.
    let months = chosen.iter().map(|(p, _)| p.months()).min().unwrap_or(sampai.last_month());
    let covered = |q: &Periode| {
        chosen.iter().any(|(p, _)| p.first_month() <= q.first_month() && q.last_month() <= p.last_month())
    };
    let holes = periods(sampai, months).into_iter().filter(|q| !covered(q)).collect();
    (chosen, holes)
}

/// Accumulates the values of one year up to and including `sampai`.
pub fn accumulate<'a>(
    values: impl Iterator<Item = (Periode, &'a Nilai)>,
    how: Akumulasi,
    sampai: Periode,
) -> Terkumpul {
    let all: Vec<(Periode, &Nilai)> = values.filter(|(p, _)| p.is_within(sampai)).collect();
    let (chosen, kosong) = cover(all.iter().copied(), sampai);
    if chosen.is_empty() {
        // The latest recorded reason, where there is one.
        let reason = all.iter().max_by_key(|(p, _)| *p).map(|(_, n)| (*n).clone());
        let nilai = reason.unwrap_or(Nilai::BelumAda { alasan: String::new() });
        return Terkumpul { nilai, ada: 0, dari: 1, kosong: vec![sampai] };
    }
    let dari = chosen.len() + kosong.len();
    // What is reported cumulatively is the value that ends latest, also one inside a longer period.
    let last = all.iter().copied().filter(|(_, n)| n.is_known()).max_by_key(|(p, _)| (p.last_month(), p.months()));
    let nilai = match (how, last) {
        (Akumulasi::Terakhir, Some((_, last))) => last.clone(),
        _ => combine(&chosen, how),
    };
    Terkumpul { nilai, ada: chosen.len(), dari, kosong }
}

/// The periods of that length in the year up to `sampai`.
fn periods(sampai: Periode, months: u8) -> Vec<Periode> {
    let t = sampai.tahun();
    let whole = sampai.last_month() / months;
    let of_length = |n: u8| match months {
        12 => Periode::Tahun(t),
        6 => Periode::Semester(t, n),
        3 => Periode::Triwulan(t, n),
        _ => Periode::Bulan(t, n),
    };
    // Nine months hold one half year; what is left over is told in months.
    let rest = (whole * months + 1..=sampai.last_month()).map(|n| Periode::Bulan(t, n));
    (1..=whole).map(of_length).chain(rest).collect()
}

fn combine(known: &[(Periode, &Nilai)], how: Akumulasi) -> Nilai {
    let last = known.last().map_or(Nilai::BelumAda { alasan: String::new() }, |(_, n)| (*n).clone());
    if how == Akumulasi::Terakhir {
        return last;
    }
    let too_big = || Nilai::BelumAda { alasan: "jumlahnya terlalu besar untuk dihitung".to_owned() };
    // A ratio is added part by part: 15/50 and 15/150 make 30/200, not the mean of 30 % and 10 %.
    if let Nilai::Rasio { .. } = last {
        let (mut top, mut bottom) = (Decimal::ZERO, Decimal::ZERO);
        for (_, nilai) in known {
            if let Nilai::Rasio { n, d } = nilai {
                match (top.checked_add(*n), bottom.checked_add(*d)) {
                    (Some(a), Some(b)) => (top, bottom) = (a, b),
                    _ => return too_big(),
                }
            }
        }
        return Nilai::Rasio { n: top, d: bottom };
    }
    let numbers: Vec<Decimal> = known.iter().filter_map(|(_, n)| n.number()).collect();
    if numbers.len() < known.len() {
        // Grades, documents and ranges have no sum; the last one stands.
        return last;
    }
    let total = numbers.iter().try_fold(Decimal::ZERO, |a, b| a.checked_add(*b));
    let value = match how {
        Akumulasi::RataRata => total.and_then(|t| t.checked_div(Decimal::from(numbers.len()))),
        _ => total,
    };
    match (value, last) {
        (Some(x), Nilai::Persen(_)) => Nilai::Persen(x),
        (Some(x), _) => Nilai::Bilangan(x),
        (None, _) => too_big(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::testing::number;
    use rstest::rstest;

    fn quarters(values: [Option<&str>; 4]) -> Vec<(Periode, Nilai)> {
        let periods = Periode::quarters(2021);
        periods.into_iter().zip(values).filter_map(|(p, v)| v.map(|v| (p, number(v)))).collect()
    }

    fn run(values: &[(Periode, Nilai)], how: Akumulasi, sampai: Periode) -> Terkumpul {
        accumulate(values.iter().map(|(p, n)| (*p, n)), how, sampai)
    }

    #[rstest]
    // C081: a cumulative indicator takes the last value, not 250.
    #[case([Some("25"), Some("50"), Some("75"), Some("100")], Akumulasi::Terakhir, "100")]
    #[case([Some("5"), Some("5"), Some("7"), Some("3")], Akumulasi::Jumlah, "20")]
    #[case([Some("98.40"), None, Some("98.80"), Some("98.90")], Akumulasi::RataRata, "98.70")]
    fn years(#[case] values: [Option<&str>; 4], #[case] how: Akumulasi, #[case] expected: &str) {
        assert_eq!(run(&quarters(values), how, Periode::Tahun(2021)).nilai, number(expected));
    }

    #[test]
    fn a_hole_is_told_and_not_filled() {
        // C083: TW II has no report.
        let got = run(&quarters([Some("5"), None, Some("7"), None]), Akumulasi::Jumlah, Periode::Triwulan(2021, 3));
        assert_eq!(got.nilai, number("12"));
        assert_eq!((got.ada, got.dari), (2, 3));
        assert_eq!(got.kosong, [Periode::Triwulan(2021, 2)]);
    }

    #[test]
    fn the_year_value_wins_over_its_quarters_and_quarters_over_their_months() {
        let mut values = quarters([Some("5"), Some("5"), Some("5"), Some("5")]);
        values.push((Periode::Bulan(2021, 1), number("4")));
        assert_eq!(run(&values, Akumulasi::Jumlah, Periode::Tahun(2021)).nilai, number("20"));
        values.push((Periode::Tahun(2021), number("21")));
        assert_eq!(run(&values, Akumulasi::Jumlah, Periode::Tahun(2021)).nilai, number("21"));
    }

    #[test]
    fn periods_of_different_length_complete_each_other() {
        let values = [(Periode::Semester(2021, 1), number("10")), (Periode::Triwulan(2021, 3), number("5"))];
        let got = run(&values, Akumulasi::Jumlah, Periode::Triwulan(2021, 3));
        assert_eq!((got.nilai, got.kosong), (number("15"), Vec::new()));
        let values = [(Periode::Triwulan(2021, 1), number("25")), (Periode::Bulan(2021, 5), number("40"))];
        let got = run(&values, Akumulasi::Terakhir, Periode::Triwulan(2021, 2));
        assert_eq!(got.nilai, number("40"));
        assert_eq!(got.kosong, [Periode::Bulan(2021, 4), Periode::Bulan(2021, 6)]);
    }

    #[test]
    fn nothing_keeps_its_reason() {
        let values = [(Periode::Tahun(2021), Nilai::BelumAda { alasan: "belum ada penilaian".to_owned() })];
        let got = run(&values, Akumulasi::Jumlah, Periode::Tahun(2021));
        assert_eq!(got.nilai, values[0].1);
        assert_eq!((got.ada, got.dari), (0, 1));
    }

    #[test]
    fn ratios_add_part_by_part() {
        // C099: 15/50 and 15/150 are 30/200.
        let ratio = |n: i64, d: i64| Nilai::Rasio { n: n.into(), d: d.into() };
        let values = [(Periode::Triwulan(2021, 1), ratio(15, 50)), (Periode::Triwulan(2021, 2), ratio(15, 150))];
        assert_eq!(run(&values, Akumulasi::Jumlah, Periode::Tahun(2021)).nilai, ratio(30, 200));
    }
}
