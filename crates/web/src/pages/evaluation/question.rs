//! One question of the worksheet: who answered what, and what helps to answer.

use tolok_domain::Potret;
use tolok_domain::evaluasi::templat::Pertanyaan;
use tolok_domain::evaluasi::{Beda, Evaluasi, Jawaban, Komponen, Penilai, Templat};

use super::compare::{Anjuran, Lalu};
use super::record::UsulTampil;
use crate::form::Kiriman;
use crate::locale::Kamus;

/// One option of a question.
pub(crate) struct Opsi {
    pub nilai: String,
    pub label: String,
    /// When it is to be chosen; empty where the label says it.
    pub uraian: String,
    pub dipilih: bool,
}

/// The answer of one rater.
pub(crate) struct Kolom {
    /// The rater's word.
    pub kata: &'static str,
    pub penilai: &'static str,
    pub jawaban: String,
    pub alasan: String,
    pub bukti: String,
    /// Whether it can be filled in here.
    pub isian: bool,
    pub opsi: Vec<Opsi>,
    /// The option that is stored, which the form sends back.
    pub dilihat: String,
    /// Whether what is typed is not what is stored.
    pub berbeda: bool,
    /// What is wrong with the reason; empty where nothing is.
    pub salah: String,
}

impl Kolom {
    /// Whether the options have descriptions, which want a line each.
    pub fn is_long(&self) -> bool {
        self.opsi.iter().any(|o| !o.uraian.is_empty())
    }
}

/// A question with everything that stands beside it.
pub(crate) struct Tanya {
    /// Tells its fields from those of others, in ids.
    pub n: String,
    pub kode: String,
    pub uraian: String,
    pub kolom: Vec<Kolom>,
    pub usul: Option<UsulTampil>,
    /// The grade that the answers suggest, in words.
    pub usul_gradasi: String,
    pub lalu: Vec<Lalu>,
    pub anjuran: Vec<Anjuran>,
}

impl Tanya {
    /// Whether it is the user's to answer and he has not.
    pub fn is_open(&self) -> bool {
        self.kolom.iter().any(|k| k.isian && k.dilihat.is_empty())
    }
}

/// What the answers of all questions have in common.
pub(crate) struct Lembar<'a> {
    pub potret: &'a Potret,
    pub evaluasi: &'a Evaluasi,
    pub templat: &'a Templat,
    /// As whom the user fills in; none who only looks.
    pub sebagai: Option<Penilai>,
    /// A form that was refused, to be shown as it was sent.
    pub terisi: Option<&'a Kiriman>,
    /// Answers too far from the one before, without reason.
    pub tanpa_alasan: Vec<(Penilai, Beda<'a>)>,
    /// Whether there is a second reader.
    pub ditinjau: bool,
    pub t: &'static Kamus,
}

impl<'a> Lembar<'a> {
    /// The answers to a code, a column to a rater.
    pub fn columns(&self, kode: &str) -> Vec<Kolom> {
        let raters = Penilai::ALL.into_iter().filter(|p| *p != Penilai::PenjaminMutu || self.ditinjau);
        raters.map(|penilai| self.column(kode, penilai)).collect()
    }

    fn stored(&self, kode: &str, penilai: Penilai) -> Option<&'a Jawaban> {
        let is_it = |j: &&Jawaban| j.evaluasi == self.evaluasi.kode && j.kode == kode && j.penilai == penilai;
        self.potret.jawaban.iter().find(is_it)
    }

    fn column(&self, kode: &str, penilai: Penilai) -> Kolom {
        let stored = self.stored(kode, penilai);
        let text = |of: fn(&Jawaban) -> &String| stored.map(of).cloned().unwrap_or_default();
        let dilihat = text(|j| &j.pilihan);
        let isian = self.sebagai == Some(penilai);
        let typed = self.terisi.filter(|form| isian && form.has(&field('l', kode)));
        let (jawaban, alasan, bukti) = typed.map_or_else(
            || (dilihat.clone(), text(|j| &j.alasan), text(|j| &j.bukti)),
            |form| {
                let sent = |kind| form.get(&field(kind, kode)).to_owned();
                (sent('p'), sent('a'), sent('b'))
            },
        );
        let beda = self.tanpa_alasan.iter().find(|(p, b)| *p == penilai && b.kode == kode);
        Kolom {
            kata: penilai.as_str(),
            penilai: penilai.label(),
            opsi: if isian { self.options(kode, &jawaban) } else { Vec::new() },
            berbeda: typed.is_some() && jawaban != dilihat,
            salah: beda.map(|(_, b)| self.t.f("lke-tanpa-alasan", "dari", b.sebelum)).unwrap_or_default(),
            jawaban,
            alasan,
            bukti,
            isian,
            dilihat,
        }
    }

    fn options(&self, kode: &str, chosen: &str) -> Vec<Opsi> {
        let described: Vec<(&str, &str)> = match self.templat.question(kode) {
            Some(Pertanyaan::Kriteria(_, k)) => {
                k.pilihan.iter().map(|p| (p.kode.as_str(), p.uraian.as_str())).collect()
            }
            Some(Pertanyaan::Gradasi(s)) => {
                let grades = self.templat.grades_of(s);
                grades.into_iter().map(|g| (g.kode.as_str(), g.uraian.as_str())).collect()
            }
            None => Vec::new(),
        };
        let option = |kode: &str, label: &str, uraian: &str| Opsi {
            nilai: kode.to_owned(),
            label: label.to_owned(),
            uraian: uraian.to_owned(),
            dipilih: kode == chosen,
        };
        let open = option("", self.t.x("lke-belum-dijawab"), "");
        described.into_iter().map(|(kode, uraian)| option(kode, kode, uraian)).chain([open]).collect()
    }
}

/// Where a criterion or the grade of a subkomponen is asked: its component, and what tells its fields from those of others there.
pub(crate) fn place<'a>(templat: &'a Templat, kode: &str) -> Option<(&'a Komponen, String)> {
    templat.komponen.iter().find_map(|k| {
        let mut numbered = (1..).zip(&k.subkomponen);
        let n = numbered.find_map(|(n, s)| {
            let criterion = (1..).zip(&s.kriteria).find(|(_, q)| q.kode == kode).map(|(i, _)| i);
            criterion.or_else(|| (s.kode == kode).then_some(0)).map(|i| number(n, i))
        })?;
        Some((k, n))
    })
}

/// What tells a question from the others of its component: its subkomponen, and its place in there; 0 for the grade.
pub(crate) fn number(bagian: usize, tanya: usize) -> String {
    format!("{bagian}-{tanya}")
}

/// Name of a field: `p` the answer, `a` the reason, `b` the evidence, `l` the answer that stood there.
pub(crate) fn field(kind: char, kode: &str) -> String {
    format!("{kind}:{kode}")
}
