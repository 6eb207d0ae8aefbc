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

/// Accumulates the values of one year up to and including `sampai`.
///
/// A value for all of the time from January to `sampai` stands for itself. Otherwise the longest kind of period that has values is taken
/// (semester, triwulan, bulan), so that a quarter and its months are never counted twice.
pub fn accumulate<'a>(
    values: impl Iterator<Item = (Periode, &'a Nilai)>,
    how: Akumulasi,
    sampai: Periode,
) -> Terkumpul {
    let mut within: Vec<(Periode, &Nilai)> = values.filter(|(p, _)| p.is_within(sampai)).collect();
    within.sort_by_key(|(p, _)| *p);
    let whole = |p: &Periode| p.last_month() == sampai.last_month() && p.months() == p.last_month();
    if let Some((_, nilai)) = within.iter().find(|(p, _)| whole(p)) {
        let known = usize::from(nilai.is_known());
        let kosong = if known == 1 { Vec::new() } else { vec![sampai] };
        return Terkumpul { nilai: (*nilai).clone(), ada: known, dari: 1, kosong };
    }
    let Some(months) = within.iter().filter(|(_, n)| n.is_known()).map(|(p, _)| p.months()).max() else {
        let nilai = within.last().map_or(Nilai::BelumAda { alasan: String::new() }, |(_, n)| (*n).clone());
        return Terkumpul { nilai, ada: 0, dari: 1, kosong: vec![sampai] };
    };
    let expected = periods(sampai, months);
    let known: Vec<(Periode, &Nilai)> =
        within.into_iter().filter(|(p, n)| p.months() == months && n.is_known()).collect();
    let kosong = expected.iter().filter(|p| !known.iter().any(|(q, _)| q == *p)).copied().collect();
    Terkumpul { nilai: combine(&known, how), ada: known.len(), dari: expected.len(), kosong }
}

/// The periods of that length in the year up to `sampai`.
fn periods(sampai: Periode, months: u8) -> Vec<Periode> {
    let count = sampai.last_month() / months;
    let t = sampai.tahun();
    (1..=count)
        .map(|n| match months {
            12 => Periode::Tahun(t),
            6 => Periode::Semester(t, n),
            3 => Periode::Triwulan(t, n),
            _ => Periode::Bulan(t, n),
        })
        .collect()
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
