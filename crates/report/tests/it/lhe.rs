//! The evaluation of the demo office: worksheet, result and recommendations as documents.

use std::path::Path;

use tolok_domain::evaluasi::{counted, next_grade, score, without_reason};
use tolok_domain::{Decimal, InstansiId, Potret};
use tolok_ingest::package::read;
use tolok_report::docx::{self, Pilihan};
use tolok_report::{html, lhe};

fn demo() -> Potret {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/serang-2021");
    read(&dir, InstansiId::new()).expect("folder").paket.expect("package").potret
}

#[test]
fn the_demo_has_a_whole_evaluation_and_13_recommendations() {
    let potret = demo();
    let evaluasi = potret.evaluation("lke-2021").expect("there");
    let templat = potret.template(&evaluasi.templat).expect("of the regulation");
    let pilih = counted(&potret.jawaban, &evaluasi.kode);
    let skor = score(templat, &pilih);
    // 18,60 + 16,50 + 9,00 + 16,00, as the grades of the twelve parts say.
    assert_eq!((skor.nilai, evaluasi.nilai), (Some(Decimal::new(6010, 2)), skor.nilai));
    assert_eq!(skor.predikat.map(|p| p.kode), Some("B"));
    assert_eq!(without_reason(templat, &potret.jawaban, &evaluasi.kode), []);
    assert!(templat.criteria().all(|k| pilih.contains_key(k.kode.as_str())));
    let way = next_grade(templat, &pilih).expect("scored").expect("possible");
    assert_eq!((way.predikat.kode, way.nilai > Decimal::from(70)), ("BB", true));
    assert_eq!(potret.rekomendasi.len(), 13);
    for r in &potret.rekomendasi {
        assert!(potret.follow_up_of(&r.kode).next().is_some(), "{}", r.kode);
        let old = potret.evaluation(r.evaluasi.as_deref().expect("named")).and_then(|e| potret.template(&e.templat));
        assert!(old.is_some_and(|t| t.question(&r.kriteria).is_some()), "{} {}", r.kode, r.kriteria);
    }
    let synthetic = potret.jawaban.iter().all(|j| j.sumber == "contoh");
    assert!(synthetic && evaluasi.sumber == "contoh");
}

#[test]
fn its_documents_can_be_rendered() {
    let potret = demo();
    let evaluasi = potret.evaluation("lke-2021").expect("there");
    let letter = lhe::build_letter(&potret, evaluasi).expect("template");
    let long = lhe::build_long(&potret, evaluasi).expect("template");
    for naskah in [&letter, &long] {
        let page = html::render(naskah);
        assert!(page.contains("60,10") && page.contains("700/CONTOH/2022"));
        let bytes = docx::render(naskah, &Pilihan::default()).expect("document");
        assert_eq!(bytes, docx::render(naskah, &Pilihan::default()).expect("document"), "the same bytes each time");
    }
    // Four worksheets hold the 80 criteria, 12 headings and 12 grades.
    let sheets: usize = long.tables().iter().filter(|t| t.nama.starts_with("lhe_lke_")).map(|t| t.isi.len()).sum();
    assert_eq!(sheets, 104);
    let follow_up = long.tables().into_iter().find(|t| t.nama == "lhe_tindak_lanjut").expect("there");
    assert_eq!(follow_up.isi.len(), 13);
}
