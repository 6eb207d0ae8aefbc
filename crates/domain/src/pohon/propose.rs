//! A first pohon kinerja from the plan, so that no office starts from nothing.

use std::collections::HashMap;

use super::{Kondisi, TingkatKondisi, place};
use crate::id::Kode;
use crate::plan::{JenisSimpul, Simpul};
use crate::snapshot::Potret;

/// What a node hands down to those below it.
#[derive(Clone, Default)]
struct Warisan {
    /// The nearest condition, the node's own if it became one.
    kondisi: Option<(Kode, TingkatKondisi)>,
    unit: Option<Kode>,
}

/// The plan read as causes: a sasaran is an outcome; a sasaran program, or a program right below a sasaran, a critical success factor; a
/// program below a sasaran program and every kegiatan an intermediate, a sub kegiatan an operational condition. Each keeps the code
/// and the indicators of its node; its owner is that of the node, of the indicator, or of the node above. The wording is the plan's;
/// the office turns it into conditions.
pub fn propose(potret: &Potret) -> Vec<Kondisi> {
    let mut made: HashMap<&str, Warisan> = HashMap::new();
    let mut tree = Vec::new();
    for simpul in &potret.simpul {
        let above = simpul.induk.as_deref().and_then(|induk| made.get(induk)).cloned().unwrap_or_default();
        let unit = owner(potret, simpul).or(above.unit);
        let kondisi = match level(simpul.jenis, above.kondisi.as_ref().map(|(_, tingkat)| *tingkat)) {
            None => above.kondisi,
            Some(tingkat) => {
                tree.push(Kondisi {
                    kode: simpul.kode.clone(),
                    induk: above.kondisi.map(|(kode, _)| kode),
                    tingkat,
                    uraian: simpul.calm_name(),
                    indikator: potret.indicators_of(&simpul.kode).map(|i| i.kode.clone()).collect(),
                    simpul: Some(simpul.kode.clone()),
                    unit: unit.clone(),
                });
                Some((simpul.kode.clone(), tingkat))
            }
        };
        made.insert(&simpul.kode, Warisan { kondisi, unit });
    }
    tree
}

/// The office's tree with a condition for every node of the plan that has none yet, as [`propose`] would make it: last below the condition
/// that the node above it became. What is there already stays as it is.
///
/// # Errors
/// Says why one cannot stand where it belongs.
pub fn complete(potret: &Potret) -> Result<Vec<Kondisi>, String> {
    let mut tree = potret.pohon.clone();
    // By the code of the proposed condition: the one that is there for it.
    let mut there: HashMap<Kode, (Kode, TingkatKondisi)> = HashMap::new();
    for proposed in propose(potret) {
        let known = tree.iter().find(|k| k.simpul == proposed.simpul);
        let known = known.or_else(|| tree.iter().find(|k| k.kode == proposed.kode));
        if let Some(known) = known {
            there.insert(proposed.kode, (known.kode.clone(), known.tingkat));
            continue;
        }
        let above = proposed.induk.as_ref().and_then(|induk| there.get(induk)).cloned();
        // The office may have given the one above a lower level than the plan would.
        let tingkat = above.as_ref().map_or(proposed.tingkat, |(_, above)| proposed.tingkat.max(*above));
        let new = Kondisi { induk: above.map(|(kode, _)| kode), tingkat, ..proposed };
        there.insert(new.kode.clone(), (new.kode.clone(), tingkat));
        place(&mut tree, new, None)?;
    }
    Ok(tree)
}

fn level(jenis: JenisSimpul, above: Option<TingkatKondisi>) -> Option<TingkatKondisi> {
    match jenis {
        JenisSimpul::Misi | JenisSimpul::Tujuan => None,
        JenisSimpul::Sasaran => Some(TingkatKondisi::OutcomeAkhir),
        JenisSimpul::Program if above == Some(TingkatKondisi::FaktorKunci) => Some(TingkatKondisi::KondisiAntara),
        JenisSimpul::SasaranProgram | JenisSimpul::Program => Some(TingkatKondisi::FaktorKunci),
        JenisSimpul::Kegiatan => Some(TingkatKondisi::KondisiAntara),
        JenisSimpul::SubKegiatan => Some(TingkatKondisi::KondisiOperasional),
    }
}

fn owner(potret: &Potret, simpul: &Simpul) -> Option<Kode> {
    let of_indicator = || potret.indicators_of(&simpul.kode).find_map(|i| i.unit.clone());
    simpul.unit.clone().or_else(of_indicator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::testing::assembled;

    #[test]
    fn the_plan_becomes_causes_with_their_indicators_and_owners() {
        let potret = assembled(&[
            ("unit", &["KD;;;Kepala Dinas", "B1;KD;;Bidang", "B2;KD;;Bidang lain"]),
            (
                "rencana",
                &[
                    "M1;;misi;Misi",
                    "T1;M1;tujuan;Tujuan",
                    "S1;T1;sasaran;Sasaran;KD",
                    "2.07.03;S1;program;PROGRAM PELATIHAN;B1",
                    "2.07.03.2.01;2.07.03;kegiatan;Kegiatan",
                    "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Sub",
                    "SP1;S1;sasaran_program;Hubungan industrial",
                    "2.07.05;SP1;program;Program lain",
                ],
            ),
            (
                "indikator",
                &[
                    "i1;S1;Sasaran tercapai;%;persen;maksimal;terakhir",
                    "i2;SP1;Program tercapai;%;persen;maksimal;terakhir;;;;;;;;B2",
                    "i3;2.07.03;Pertama;%;persen;maksimal;terakhir",
                    "i4;2.07.03;Kedua;%;persen;maksimal;terakhir",
                ],
            ),
        ]);
        let told: Vec<String> = propose(&potret)
            .iter()
            .map(|k| {
                let induk = k.induk.as_deref().unwrap_or("-");
                let unit = k.unit.as_deref().unwrap_or("-");
                format!("{} {induk} {} {unit} [{}]", k.kode, k.tingkat.as_str(), k.indikator.join(" "))
            })
            .collect();
        let expected = [
            "S1 - outcome_akhir KD [i1]",
            "2.07.03 S1 faktor_kunci B1 [i3 i4]",
            "2.07.03.2.01 2.07.03 kondisi_antara B1 []",
            "2.07.03.2.01.01 2.07.03.2.01 kondisi_operasional B1 []",
            "SP1 S1 faktor_kunci B2 [i2]",
            "2.07.05 SP1 kondisi_antara B2 []",
        ];
        assert_eq!(told, expected);
        assert_eq!(propose(&potret)[1].uraian, "Program pelatihan");
        assert_eq!(propose(&potret)[1].simpul.as_deref(), Some("2.07.03"));
        // What is proposed can be kept as it is.
        let kept = Potret { pohon: propose(&potret), ..potret };
        assert_eq!(crate::sheet::testing::again(&kept), (kept, Vec::new()));
    }

    #[test]
    fn a_program_without_sasaran_starts_a_tree_of_its_own() {
        let potret = assembled(&[("rencana", &["T1;;tujuan;Tujuan", "2.07.03;T1;program;Program"])]);
        let tree = propose(&potret);
        assert_eq!(tree.len(), 1);
        assert_eq!((tree[0].induk.as_deref(), tree[0].tingkat), (None, TingkatKondisi::FaktorKunci));
    }

    #[test]
    fn only_what_is_missing_is_added() {
        let plan: (&str, &[&str]) = (
            "rencana",
            &[
                "T1;;tujuan;Tujuan",
                "S1;T1;sasaran;Sasaran",
                "2.07.03;S1;program;Program",
                "2.07.03.2.01;2.07.03;kegiatan;Kegiatan",
                "S2;T1;sasaran;Sasaran kedua",
            ],
        );
        let potret = assembled(&[plan]);
        assert_eq!(complete(&potret).unwrap(), propose(&potret), "an empty tree gets everything");
        // The office keeps its own code, wording, level and place for the programme's condition.
        let own: (&str, &[&str]) = (
            "pohon",
            &["O;;outcome_akhir;Hasil;;S1", "A;O;kondisi_antara;Jalan;;", "P;A;kondisi_operasional;Sendiri;;2.07.03"],
        );
        let potret = assembled(&[plan, own]);
        let told: Vec<String> = complete(&potret)
            .unwrap()
            .iter()
            .map(|k| format!("{} {} {}", k.kode, k.induk.as_deref().unwrap_or("-"), k.tingkat.as_str()))
            .collect();
        let expected = [
            "O - outcome_akhir",
            "A O kondisi_antara",
            "P A kondisi_operasional",
            "2.07.03.2.01 P kondisi_operasional",
            "S2 - outcome_akhir",
        ];
        assert_eq!(told, expected);
        let again = Potret { pohon: complete(&potret).unwrap(), ..potret };
        assert_eq!(complete(&again).unwrap(), again.pohon, "twice is once");
    }
}
