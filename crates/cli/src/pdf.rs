//! The PDF renderer plugged into the use cases.

use std::collections::BTreeMap;

use tolok_app::CetakPdf;
use tolok_report::Naskah;

/// PDF by typst.
pub struct Typst;

impl CetakPdf for Typst {
    fn print(&self, naskah: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String> {
        let pdf = tolok_pdf::render(naskah).map_err(|e| e.to_string())?;
        Ok((pdf.bytes, pdf.halaman))
    }
}
