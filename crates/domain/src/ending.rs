//! An office that is merged or dissolved in the middle of a year: what is still asked of it, and up to when it counts.

use crate::period::Periode;
use crate::snapshot::Instansi;

/// Whether an office whose last day was `berakhir` (ISO text; empty while it exists) answers for a period: one that is over by then. What
/// is not over is its successor's, who reports it whole.
pub fn answers_for(berakhir: &str, periode: Periode) -> bool {
    // Dates as ISO texts are in the order of time.
    berakhir.is_empty() || periode.last_day().to_string().as_str() <= berakhir
}

/// The time up to which such an office is counted when others are counted up to `sampai`: the same, or the last quarter of the year that
/// was over on its last day; `None` where none was.
pub fn counted_until(berakhir: &str, sampai: Periode) -> Option<Periode> {
    if answers_for(berakhir, sampai) {
        return Some(sampai);
    }
    Periode::quarters(sampai.tahun()).into_iter().rfind(|q| q.is_within(sampai) && answers_for(berakhir, *q))
}

impl Instansi {
    /// Whether the office answers for a period, see [`answers_for`].
    pub fn answers_for(&self, periode: Periode) -> bool {
        answers_for(&self.berakhir, periode)
    }

    /// Up to when it counts, see [`counted_until`].
    pub fn counted_until(&self, sampai: Periode) -> Option<Periode> {
        counted_until(&self.berakhir, sampai)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", "2021-TW4", true)]
    #[case("2021-08-15", "2021-TW2", true)]
    #[case("2021-08-15", "2021-B07", true)]
    #[case("2021-08-15", "2021-B08", false)]
    #[case("2021-08-15", "2021-TW3", false)]
    #[case("2021-08-15", "2021", false)]
    #[case("2021-06-30", "2021-TW2", true)]
    #[case("2021-06-29", "2021-TW2", false)]
    #[case("2021-08-15", "2020", true)]
    #[case("2021-08-15", "2022-TW1", false)]
    fn an_office_answers_for_what_is_over(#[case] berakhir: &str, #[case] periode: &str, #[case] answers: bool) {
        assert_eq!(answers_for(berakhir, periode.parse().expect("period")), answers);
    }

    #[rstest]
    #[case("", "2021", Some("2021"))]
    #[case("2021-08-15", "2021", Some("2021-TW2"))]
    #[case("2021-08-15", "2021-TW3", Some("2021-TW2"))]
    #[case("2021-08-15", "2021-TW1", Some("2021-TW1"))]
    #[case("2021-12-31", "2021", Some("2021"))]
    #[case("2021-03-30", "2021", None)]
    #[case("2020-11-01", "2021-TW1", None)]
    fn it_counts_up_to_its_last_whole_quarter(
        #[case] berakhir: &str,
        #[case] sampai: &str,
        #[case] counted: Option<&str>,
    ) {
        let found = counted_until(berakhir, sampai.parse().expect("period"));
        assert_eq!(found.map(|p| p.to_string()).as_deref(), counted);
    }
}
