//! Whose turn a recommendation is: the office's until it has answered, the evaluator's until he has judged the answer.

use jiff::civil::Date;

use super::{BarisRekomendasi, KeadaanTindakLanjut, LangkahTindakLanjut, Putusan};
use crate::calendar::HariLibur;
use crate::deadline::Batas;
use crate::snapshot::Potret;

impl BarisRekomendasi<'_> {
    /// Whether the office has answered and the evaluator has not judged that yet. To have done nothing is no answer, and on the day
    /// of a verdict the evaluator's word is taken to be the later one.
    pub fn awaits_verdict(&self) -> bool {
        let Some(own) = self.instansi.filter(|own| own.keadaan != KeadaanTindakLanjut::Belum) else { return false };
        self.evaluator.is_none_or(|other| {
            let later = |own: &Putusan| own.tahun > other.tahun || (own.tahun == other.tahun && is_after(own, other));
            later(own)
        })
    }

    /// Whether something of it is left for the office to do or to answer.
    pub fn awaits_office(&self) -> bool {
        !self.keadaan.is_closed() && !self.awaits_verdict()
    }
}

/// Whether a verdict was given on a later day, where both days are known.
fn is_after(own: &Putusan, other: &Putusan) -> bool {
    let days = own.tanggal.parse::<Date>().ok().zip(other.tanggal.parse::<Date>().ok());
    days.is_some_and(|(own, other)| own > other)
}

/// Something that an office has to do about a recommendation until a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jatuh<'a> {
    /// The recommendation.
    pub rekomendasi: &'a super::Rekomendasi,
    /// The step that is to be done; none where the recommendation itself is to be answered.
    pub langkah: Option<&'a LangkahTindakLanjut>,
    /// Until when.
    pub batas: Batas,
}

/// What is left to do about recommendations and has a day: their open steps, and the answer to each. A recommendation without a day of
/// its own is answered when the last of its steps is due, and as long as one of them is open, that one is enough.
pub fn falling_due<'a>(
    potret: &'a Potret,
    board: &[BarisRekomendasi<'a>],
    today: Date,
    libur: &HariLibur,
) -> Vec<Jatuh<'a>> {
    let mut found = Vec::new();
    for row in board.iter().filter(|b| b.awaits_office()) {
        let rekomendasi = row.rekomendasi;
        let due = |day: Date| Batas::of(day, today, libur);
        let open = potret.follow_up_of(&rekomendasi.kode).filter(|l| l.selesai.is_empty());
        let dated = open.filter_map(|l| Some((l, l.batas.parse().ok()?)));
        let before = found.len();
        found.extend(dated.map(|(l, day)| Jatuh { rekomendasi, langkah: Some(l), batas: due(day) }));
        let has_steps = found.len() > before;
        if let Some(day) = row.batas.filter(|_| !rekomendasi.batas.is_empty() || !has_steps) {
            found.push(Jatuh { rekomendasi, langkah: None, batas: due(day) });
        }
    }
    found.sort_by_key(|j| j.batas.tanggal);
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::deadline::StatusBatas;
    use crate::rekomendasi::board;
    use crate::sheet::testing::assembled;

    fn office(putusan: &[&str]) -> Potret {
        assembled(&[
            ("unit", &["KD;;kepala;Dinas", "B1;KD;bidang;Pelatihan"]),
            (
                "rekomendasi",
                &["R1;;Terbitkan;;;KD;;;;2022-03-31", "R2;;Susun SOP;;;KD", "R3;;Rinci;;;KD;;;;2022-06-30"],
            ),
            (
                "tindak_lanjut",
                &["L1;R2;Rancang;B1;2022-02-28;2022-02-20", "L2;R2;Tetapkan;B1;2022-04-29", "L3;R3;Bahas;;2022-05-31"],
            ),
            ("putusan", putusan),
        ])
    }

    fn told(potret: &Potret) -> Vec<(String, Option<String>, Date)> {
        let today = date(2022, 4, 28);
        let rows = board(potret, today);
        let due = falling_due(potret, &rows, today, &HariLibur::new());
        due.iter().map(|j| (j.rekomendasi.kode.clone(), j.langkah.map(|l| l.kode.clone()), j.batas.tanggal)).collect()
    }

    #[test]
    fn open_steps_and_answers_fall_due_by_their_days() {
        let potret = office(&[]);
        let expected = [
            ("R1", None, date(2022, 3, 31)),
            // L1 is done; as long as L2 is open, R2 needs no day of its own.
            ("R2", Some("L2"), date(2022, 4, 29)),
            ("R3", Some("L3"), date(2022, 5, 31)),
            ("R3", None, date(2022, 6, 30)),
        ];
        let expected = expected.map(|(r, l, day)| (r.to_owned(), l.map(str::to_owned), day));
        assert_eq!(told(&potret), expected);
        let today = date(2022, 4, 28);
        let rows = board(&potret, today);
        let due = falling_due(&potret, &rows, today, &HariLibur::new());
        // From Thursday, 31 March, to Thursday, 28 April: four weeks of five days.
        assert_eq!(due[0].batas.status, StatusBatas::Terlambat { hari: 20 });
    }

    #[test]
    fn a_step_that_is_done_leaves_the_answer() {
        let mut potret = office(&[]);
        potret.tindak_lanjut[1].selesai = "2022-04-27".to_owned();
        assert_eq!(told(&potret)[1], ("R2".to_owned(), None, date(2022, 4, 29)));
    }

    #[test]
    fn what_is_answered_waits_for_the_evaluator_and_comes_back_with_his_verdict() {
        let awaits = |putusan: &[&str]| {
            let potret = office(putusan);
            let rows = board(&potret, date(2022, 4, 28));
            let row = *rows.iter().find(|b| b.rekomendasi.kode == "R1").expect("R1");
            (row.awaits_office(), row.awaits_verdict())
        };
        assert_eq!(awaits(&[]), (true, false));
        assert_eq!(awaits(&["R1;2022;instansi;belum"]), (true, false), "nothing done is no answer");
        assert_eq!(awaits(&["R1;2022;instansi;proses"]), (false, true));
        assert_eq!(awaits(&["R1;2022;instansi;selesai"]), (false, true));
        assert_eq!(awaits(&["R1;2022;instansi;selesai", "R1;2021;evaluator;belum"]), (false, true));
        assert_eq!(awaits(&["R1;2022;instansi;selesai", "R1;2022;evaluator;proses"]), (true, false));
        assert_eq!(awaits(&["R1;2022;instansi;selesai", "R1;2022;evaluator;selesai"]), (false, false));
        let answered_after = ["R1;2022;instansi;selesai;;2022-03-02", "R1;2022;evaluator;proses;;2022-03-01"];
        assert_eq!(awaits(&answered_after), (false, true));
        let judged_that_day = ["R1;2022;instansi;selesai;;2022-03-01", "R1;2022;evaluator;proses;;2022-03-01"];
        assert_eq!(awaits(&judged_that_day), (true, false));
    }
}
