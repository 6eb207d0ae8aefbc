//! What is still missing in a pohon kinerja.

use std::collections::HashSet;

use super::TingkatKondisi;
use crate::id::Kode;
use crate::plan::JenisSimpul;
use crate::snapshot::Potret;

/// What a condition lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisCelah {
    /// Nothing shows whether it is true.
    TanpaIndikator,
    /// Nobody answers for it.
    TanpaPenanggungJawab,
    /// Operational, but no sub kegiatan pays for it.
    TanpaSubKegiatan,
    /// Its branch ends here, above what anybody does.
    BelumOperasional,
}

impl JenisCelah {
    /// What is missing and what to do, as a clause after the condition's name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TanpaIndikator => "belum mempunyai indikator; pilih atau buat indikatornya",
            Self::TanpaPenanggungJawab => "belum mempunyai penanggung jawab; pilih unitnya",
            Self::TanpaSubKegiatan => "belum mempunyai sub kegiatan; hubungkan dengan rencana",
            Self::BelumOperasional => "belum diuraikan sampai kondisi operasional; tambahkan kondisi di bawahnya",
        }
    }
}

/// One thing that a condition lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Celah {
    /// The condition.
    pub kondisi: Kode,
    /// What it lacks.
    pub jenis: JenisCelah,
}

/// Everything that is missing, in the order of the conditions.
pub fn gaps(potret: &Potret) -> Vec<Celah> {
    let parents: HashSet<&str> = potret.pohon.iter().filter_map(|k| k.induk.as_deref()).collect();
    let budget_lines: HashSet<&str> =
        potret.simpul.iter().filter(|s| s.jenis == JenisSimpul::SubKegiatan).map(|s| s.kode.as_str()).collect();
    let mut found = Vec::new();
    for k in &potret.pohon {
        let operational = k.tingkat == TingkatKondisi::KondisiOperasional;
        let paid = k.simpul.as_deref().is_some_and(|kode| budget_lines.contains(kode));
        let lacks = [
            (JenisCelah::TanpaIndikator, k.indikator.is_empty()),
            (JenisCelah::TanpaPenanggungJawab, k.unit.is_none()),
            (JenisCelah::TanpaSubKegiatan, operational && !paid),
            (JenisCelah::BelumOperasional, !operational && !parents.contains(k.kode.as_str())),
        ];
        found.extend(
            lacks
                .into_iter()
                .filter(|(_, lacking)| *lacking)
                .map(|(jenis, _)| Celah { kondisi: k.kode.clone(), jenis }),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::testing::assembled;

    #[test]
    fn every_gap_is_found_where_it_is() {
        let potret = assembled(&[
            ("unit", &["KD;;;Kepala Dinas"]),
            (
                "rencana",
                &[
                    "T1;;tujuan;Tujuan",
                    "2.07.03;T1;program;Program",
                    "2.07.03.2.01;2.07.03;kegiatan;Kegiatan",
                    "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Sub",
                ],
            ),
            ("indikator", &["i1;T1;Tercapai;%;persen;maksimal;terakhir"]),
            (
                "pohon",
                &[
                    "o1;;outcome_akhir;Hasil;i1;;KD",
                    "p1;o1;kondisi_operasional;Lengkap;i1;2.07.03.2.01.01;KD",
                    "p2;o1;kondisi_operasional;Hanya kegiatan;i1;2.07.03.2.01;KD",
                    "a1;o1;kondisi_antara;Belum apa-apa;;;",
                ],
            ),
        ]);
        let told: Vec<(String, JenisCelah)> = gaps(&potret).into_iter().map(|c| (c.kondisi, c.jenis)).collect();
        let expected = [
            ("p2", JenisCelah::TanpaSubKegiatan),
            ("a1", JenisCelah::TanpaIndikator),
            ("a1", JenisCelah::TanpaPenanggungJawab),
            ("a1", JenisCelah::BelumOperasional),
        ];
        assert_eq!(told, expected.map(|(kode, jenis)| (kode.to_owned(), jenis)));
    }
}
