//! Rows and changes for tests that need no plan around them.

use tolok_store::{BarisAngka, Butir, Ctx, Entri, Galat, Hasil, Perubahan, Store};
use uuid::Uuid;

/// A realisation of the first quarter of 2021.
pub fn figure(indikator: &str, nilai: &str) -> BarisAngka {
    BarisAngka {
        angka_id: Uuid::now_v7(),
        subjek_jenis: "indikator".to_owned(),
        subjek: indikator.to_owned(),
        jenis: "realisasi".to_owned(),
        rincian: String::new(),
        periode: "2021-TW1".to_owned(),
        tipe: "bilangan".to_owned(),
        nilai: nilai.to_owned(),
        keterangan: String::new(),
        asal: String::new(),
        bukti: String::new(),
        keadaan: "draf".to_owned(),
    }
}

/// A unit of the organisation in 2021.
pub fn unit(kode: &str, nama: &str) -> Butir {
    Butir {
        tahun: 2021,
        lembar: "unit".to_owned(),
        kunci: kode.to_owned(),
        urut: 0,
        isi: format!("[\"{kode}\",\"\",\"bidang\",\"{nama}\",\"\"]"),
    }
}

/// Figures that come.
pub fn coming(angka: &[&BarisAngka]) -> Perubahan {
    Perubahan { angka_masuk: angka.iter().map(|a| (*a).clone()).collect(), ..Perubahan::default() }
}

/// A figure that goes, and what comes in its place.
pub fn replacing(old: &BarisAngka, new: &[&BarisAngka]) -> Perubahan {
    Perubahan { angka_keluar: vec![old.angka_id], ..coming(new) }
}

/// Writes a change on whatever version is the last.
pub async fn write(store: &Store, ctx: &Ctx, change: &Perubahan) -> Hasil<i64> {
    store.apply(ctx, "ubah", "sasaran uji", "rincian uji", None, change).await
}

/// The whole ledger, newest first.
pub async fn ledger(store: &Store, ctx: &Ctx) -> Vec<Entri> {
    store.entries(ctx, None, 1_000).await.expect("entries")
}

/// Whether it is the conflict that a user is told about.
pub fn is_conflict<T>(result: &Hasil<T>) -> bool {
    matches!(result, Err(Galat::Bentrok))
}
