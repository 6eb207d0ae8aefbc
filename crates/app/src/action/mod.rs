//! Rencana Aksi: targets by period, the cash plan, the steps, and the printed document.

mod cells;
mod steps;

use tolok_domain::Potret;
use tolok_domain::document::{Dokumen, JenisDokumen};

pub use cells::SelDiketik;
pub use steps::{IsiLangkah, step_seen};

/// Code of the action plan's document in the snapshot; one is made where the office has none yet.
fn plan_code(potret: &mut Potret) -> String {
    if let Some(plan) = potret.action_plan() {
        return plan.kode.clone();
    }
    let mut kode = "rencana-aksi".to_owned();
    if potret.document(&kode).is_some() {
        kode = format!("rencana-aksi-{}", potret.tahun);
    }
    potret.dokumen.push(Dokumen {
        kode: kode.clone(),
        jenis: JenisDokumen::RencanaAksi,
        versi: 0,
        judul: format!("Rencana Aksi {}", potret.tahun),
        nomor: String::new(),
        tanggal: String::new(),
        keterangan: String::new(),
    });
    kode
}
