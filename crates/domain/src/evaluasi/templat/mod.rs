//! Templates of the worksheet: components, criteria, answers and rules as data.

mod bawaan;

use std::collections::HashMap;

use rust_decimal::Decimal;

pub use bawaan::builtin;

use crate::id::Kode;
use crate::period::Tahun;
use crate::scale::Skala;

/// Who is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TingkatEvaluasi {
    /// The region as a whole.
    Pemda,
    /// One office.
    PerangkatDaerah,
}

impl TingkatEvaluasi {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pemda, Self::PerangkatDaerah];

    /// The word in a template.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pemda => "pemda",
            Self::PerangkatDaerah => "perangkat_daerah",
        }
    }
}

/// How a criterion is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JenisJawaban {
    /// Ya or Tidak.
    YaTidak,
    /// A to C.
    AC,
    /// A to D.
    AD,
    /// A to E.
    AE,
    /// Options that the template describes itself.
    Rubrik,
}

impl JenisJawaban {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::YaTidak, Self::AC, Self::AD, Self::AE, Self::Rubrik];

    /// The word in a template.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::YaTidak => "ya_tidak",
            Self::AC => "a_c",
            Self::AD => "a_d",
            Self::AE => "a_e",
            Self::Rubrik => "rubrik",
        }
    }

    /// The options with what each is worth, best first, where the template does not list its own. PermenPANRB 12/2015 sets 1 and 0
    /// for ya and tidak; the values of the letters are the practice of evaluators.
    pub fn options(self) -> Vec<Pilihan> {
        let worth: &[(&str, Decimal)] = match self {
            Self::YaTidak => &[("ya", Decimal::ONE), ("tidak", Decimal::ZERO)],
            Self::AC => &[("a", Decimal::ONE), ("b", HALF), ("c", Decimal::ZERO)],
            Self::AD => &[("a", Decimal::ONE), ("b", TWO_THIRDS), ("c", THIRD), ("d", Decimal::ZERO)],
            Self::AE => {
                &[("a", Decimal::ONE), ("b", THREE_QUARTERS), ("c", HALF), ("d", QUARTER), ("e", Decimal::ZERO)]
            }
            Self::Rubrik => &[],
        };
        let option = |(kode, nilai): &(&str, Decimal)| Pilihan {
            kode: (*kode).to_owned(),
            nilai: *nilai,
            uraian: String::new(),
        };
        worth.iter().map(option).collect()
    }
}

const QUARTER: Decimal = rust_decimal::dec!(0.25);
const THIRD: Decimal = rust_decimal::dec!(0.33);
const HALF: Decimal = rust_decimal::dec!(0.5);
const TWO_THIRDS: Decimal = rust_decimal::dec!(0.67);
const THREE_QUARTERS: Decimal = rust_decimal::dec!(0.75);

/// One option of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pilihan {
    /// What is chosen ("ya", "b").
    pub kode: String,
    /// What it is worth, 0 to 1.
    pub nilai: Decimal,
    /// When it is to be chosen; empty where the letter says it.
    pub uraian: String,
}

/// What a grade of a subkomponen asks of its criteria, for a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syarat {
    /// The evaluator alone can say (kept for years, worth imitating).
    Penilai,
    /// Exactly this percentage is met.
    Tepat(Decimal),
    /// More than this percentage is met.
    Lebih(Decimal),
}

/// One grade of a subkomponen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gradasi {
    /// For which subkomponen ("kualitas"); empty for all.
    pub dimensi: String,
    /// The grade ("BB").
    pub kode: String,
    /// What it is worth, 0 to 100.
    pub nilai: Decimal,
    /// When it is given, as the regulation puts it.
    pub uraian: String,
    /// What it asks of the criteria.
    pub syarat: Syarat,
}

/// How a subkomponen gets its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaraNilai {
    /// The evaluator chooses a grade; the criteria only lead to it (PermenPANRB 88/2021).
    Gradasi,
    /// Weighted mean of the answers (PermenPANRB 12/2015).
    Rerata,
}

/// One criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kriteria {
    /// Its code ("1.a.1").
    pub kode: Kode,
    /// Its wording.
    pub uraian: String,
    /// Its weight among the criteria of its subkomponen; 1 where the template names none.
    pub bobot: Decimal,
    /// How it is answered.
    pub jawaban: JenisJawaban,
    /// The options, best first.
    pub pilihan: Vec<Pilihan>,
    /// The criterion of PermenPANRB 88/2021 that asks the same, for suggestions; its own code where the template names none.
    pub setara: Kode,
    /// Where the wording comes from.
    pub sumber: String,
}

/// A part of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subkomponen {
    /// Its code ("1.a").
    pub kode: Kode,
    /// Its wording.
    pub nama: String,
    /// What it looks at ("keberadaan"); empty where the template does not say.
    pub dimensi: String,
    /// Its weight in points.
    pub bobot: Decimal,
    /// How it gets its score.
    pub cara: CaraNilai,
    /// Its criteria, in order.
    pub kriteria: Vec<Kriteria>,
}

impl Subkomponen {
    /// Where the wordings of its criteria come from, each source once.
    pub fn sources(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for sumber in self.kriteria.iter().map(|k| k.sumber.as_str()).filter(|s| !s.is_empty()) {
            if !found.contains(&sumber) {
                found.push(sumber);
            }
        }
        found
    }
}

/// A component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Komponen {
    /// Its code ("1").
    pub kode: Kode,
    /// Its name.
    pub nama: String,
    /// Its weight in points; those of all components make 100.
    pub bobot: Decimal,
    /// Its parts, in order.
    pub subkomponen: Vec<Subkomponen>,
}

/// A control rule: where one answer is no better than it says, another counts no more than it allows. The answer itself stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kontrol {
    /// The criterion or subkomponen that is limited.
    pub kode: Kode,
    /// The best option that still counts in full.
    pub paling_tinggi: String,
    /// The criterion or subkomponen on which it depends.
    pub bila: Kode,
    /// It applies where that one is answered so or worse.
    pub paling_baik: String,
    /// Why.
    pub uraian: String,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templat {
    /// Its code ("88-2021").
    pub kode: Kode,
    /// Its title.
    pub judul: String,
    /// The regulation that it follows.
    pub peraturan: String,
    /// First year that it is for.
    pub mulai: Tahun,
    /// Last year; none while it is in force.
    pub sampai: Option<Tahun>,
    /// Who is evaluated by it.
    pub tingkat: Vec<TingkatEvaluasi>,
    /// The scale of its grades.
    pub skala: &'static Skala,
    /// Grades of its subkomponen, best first.
    pub gradasi: Vec<Gradasi>,
    /// Its components, in order.
    pub komponen: Vec<Komponen>,
    /// Its control rules.
    pub kontrol: Vec<Kontrol>,
}

/// What can be answered.
#[derive(Debug, Clone, Copy)]
pub enum Pertanyaan<'a> {
    /// A criterion.
    Kriteria(&'a Subkomponen, &'a Kriteria),
    /// The grade of a subkomponen.
    Gradasi(&'a Subkomponen),
}

impl Templat {
    /// Every subkomponen, in order.
    pub fn parts(&self) -> impl Iterator<Item = &Subkomponen> {
        self.komponen.iter().flat_map(|k| &k.subkomponen)
    }

    /// Every criterion, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Kriteria> {
        self.parts().flat_map(|s| &s.kriteria)
    }

    /// Grades that a subkomponen can get, best first; empty where it gets none.
    pub fn grades_of(&self, subkomponen: &Subkomponen) -> Vec<&Gradasi> {
        if subkomponen.cara != CaraNilai::Gradasi {
            return Vec::new();
        }
        self.gradasi.iter().filter(|g| g.dimensi.is_empty() || g.dimensi == subkomponen.dimensi).collect()
    }

    /// What a code asks for.
    pub fn question(&self, kode: &str) -> Option<Pertanyaan<'_>> {
        self.parts().find_map(|s| {
            if s.kode == kode && s.cara == CaraNilai::Gradasi {
                return Some(Pertanyaan::Gradasi(s));
            }
            s.kriteria.iter().find(|k| k.kode == kode).map(|k| Pertanyaan::Kriteria(s, k))
        })
    }

    /// The options for a code with what each is worth (0 to 1), best first; empty for what cannot be answered.
    pub fn options(&self, kode: &str) -> Vec<(&str, Decimal)> {
        match self.question(kode) {
            Some(Pertanyaan::Kriteria(_, k)) => k.pilihan.iter().map(|p| (p.kode.as_str(), p.nilai)).collect(),
            Some(Pertanyaan::Gradasi(s)) => {
                let worth = |g: &Gradasi| g.nilai.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
                self.grades_of(s).into_iter().map(|g| (g.kode.as_str(), worth(g))).collect()
            }
            None => Vec::new(),
        }
    }

    /// Everything that can be answered, with its options: for looking up many answers.
    pub fn all_options(&self) -> HashMap<&str, Vec<(&str, Decimal)>> {
        let graded = self.parts().filter(|s| s.cara == CaraNilai::Gradasi).map(|s| s.kode.as_str());
        let codes = self.criteria().map(|k| k.kode.as_str()).chain(graded);
        codes.map(|kode| (kode, self.options(kode))).collect()
    }

    /// Whether it is for that year.
    pub fn is_for(&self, tahun: Tahun) -> bool {
        self.mulai <= tahun && self.sampai.is_none_or(|last| tahun <= last)
    }
}
