//! The templates of the regulations, from `data/templates/lke`.

use std::sync::LazyLock;

use super::Templat;
use crate::sheet::{Baris, template};

/// The files; none uses quotes (a test holds them to it), so that a line is its cells.
const FILES: [&str; 2] = [
    include_str!("../../../../../data/templates/lke/12-2015.csv"),
    include_str!("../../../../../data/templates/lke/88-2021.csv"),
];

static TEMPLATES: LazyLock<Vec<Templat>> =
    LazyLock::new(|| FILES.iter().filter_map(|file| template(&rows(file)).ok()).collect());

/// The templates of the regulations, the oldest first.
pub fn builtin() -> &'static [Templat] {
    &TEMPLATES
}

pub(super) fn rows(file: &str) -> Vec<Baris> {
    let row = |(i, line): (u64, &str)| Baris { nomor: i, sel: line.split(';').map(str::to_owned).collect() };
    (1..).zip(file.lines()).skip(1).map(row).collect()
}

#[cfg(test)]
mod tests {
    use rust_decimal::{Decimal, dec};

    use super::*;

    fn weights(templat: &Templat) -> Vec<Decimal> {
        templat.komponen.iter().map(|k| k.bobot).collect()
    }

    #[test]
    fn every_file_is_a_template_without_fault() {
        for file in FILES {
            assert!(!file.contains('"'));
            let read = template(&rows(file));
            assert!(read.is_ok(), "{:#?}", read.err());
        }
        assert_eq!(builtin().len(), FILES.len());
    }

    #[test]
    fn weights_of_the_regulations() {
        let [old, new] = builtin() else { panic!("two") };
        assert_eq!(weights(old), [dec!(30), dec!(25), dec!(15), dec!(10), dec!(20)]);
        assert_eq!(weights(new), [dec!(30), dec!(30), dec!(15), dec!(25)]);
        for part in new.parts() {
            let of = new.komponen.iter().find(|k| k.subkomponen.contains(part)).map(|k| k.bobot).unwrap_or_default();
            let share = match part.dimensi.as_str() {
                "keberadaan" => dec!(0.2),
                "kualitas" => dec!(0.3),
                _ => dec!(0.5),
            };
            assert_eq!(part.bobot, of * share, "{}", part.kode);
        }
        for templat in builtin() {
            assert_eq!(templat.parts().map(|s| s.bobot).sum::<Decimal>(), dec!(100), "{}", templat.kode);
        }
    }

    #[test]
    fn the_80_criteria_in_12_parts() {
        let new = &builtin()[1];
        assert_eq!((new.parts().count(), new.criteria().count()), (12, 80));
        let grades: Vec<_> = new.grades_of(new.parts().next().expect("one")).iter().map(|g| g.nilai).collect();
        let values = [dec!(100), dec!(90), dec!(80), dec!(70), dec!(60), dec!(50), dec!(30), dec!(0)];
        assert_eq!(grades, values);
        assert!(new.is_for(2021) && !new.is_for(2020) && builtin()[0].is_for(2020) && !builtin()[0].is_for(2021));
        // What the older template calls the same must exist.
        for k in builtin()[0].criteria().filter(|k| k.setara != k.kode) {
            assert!(new.question(&k.setara).is_some(), "{}", k.setara);
        }
    }
}
