//! Documents: composing the report and rendering it in every format.

use std::collections::BTreeMap;
use std::sync::Arc;

use tolok_domain::access::Hak;
use tolok_domain::{Periode, Potret, ukur};
use tolok_report::naskah::Gambar;
use tolok_report::{Naskah, aksi, chart, docx, html, lkjip, pk, xlsx};
use tolok_store::{Ctx, Galat, Hasil};

use crate::cache::{Tercetak, Termuat};
use crate::{App, require};

/// File formats of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF/A.
    Pdf,
    /// One web page.
    Html,
    /// Spreadsheet with one table per sheet.
    Xlsx,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Docx, Self::Pdf, Self::Html, Self::Xlsx];

    /// The format of that extension.
    pub fn find(extension: &str) -> Hasil<Self> {
        let unknown = || Galat::TidakDitemukan(format!("format {extension}"));
        Self::ALL.into_iter().find(|f| f.extension() == extension).ok_or_else(unknown)
    }

    /// File name extension.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }

    /// Media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A finished file.
#[derive(Debug, Clone)]
pub struct Berkas {
    /// File name.
    pub nama: String,
    /// Its format.
    pub format: Format,
    /// Content.
    pub isi: Vec<u8>,
}

/// A PDF renderer.
pub trait CetakPdf: Send + Sync {
    /// The PDF, and the printed page number of each outline entry.
    fn print(&self, naskah: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String>;
}

/// For programs without a PDF renderer (tests of other things).
pub struct TanpaPdf;

impl CetakPdf for TanpaPdf {
    fn print(&self, _: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String> {
        Err("PDF tidak tersedia di sini".to_owned())
    }
}

/// The LKjIP of a snapshot, or every reference in its chapters that cannot be resolved.
pub fn compose(potret: &Potret) -> Result<Naskah, Vec<lkjip::GalatNarasi>> {
    lkjip::build(&ukur(potret, Periode::Tahun(potret.tahun)))
}

/// The action plan of a snapshot.
pub fn compose_action_plan(potret: &Potret) -> Naskah {
    aksi::build(&ukur(potret, Periode::Tahun(potret.tahun)))
}

/// Formats of forms: to be printed and signed, or to be finished in Word.
pub const FORMS: [Format; 2] = [Format::Pdf, Format::Docx];

/// Which agreements a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perjanjian<'a> {
    /// The one of that code.
    Kode(&'a str),
    /// The latest one of that unit's head.
    Unit(&'a str),
    /// The latest one of every unit's head.
    Semua,
}

/// The chosen agreements in the forms of the regulation, and the name of its files without extension.
pub fn compose_agreements(potret: &Potret, which: Perjanjian<'_>) -> Hasil<(Naskah, String)> {
    let (found, name) = match which {
        Perjanjian::Kode(kode) => (potret.agreement(kode).into_iter().collect(), format!("-{kode}")),
        Perjanjian::Unit(unit) => (potret.agreement_of(unit).into_iter().collect(), format!("-{unit}")),
        Perjanjian::Semua => (potret.unit.iter().filter_map(|u| potret.agreement_of(&u.kode)).collect(), String::new()),
    };
    let found: Vec<_> = found;
    if found.is_empty() {
        let whose = match which {
            Perjanjian::Kode(kode) => format!("perjanjian {kode}"),
            Perjanjian::Unit(unit) => format!("perjanjian kinerja unit {unit}"),
            Perjanjian::Semua => format!("perjanjian kinerja {}", potret.tahun),
        };
        return Err(Galat::TidakDitemukan(whose));
    }
    let file = format!("perjanjian-kinerja-{}-{}{name}", potret.tahun, potret.instansi.kode);
    Ok((pk::build(potret, &found), file))
}

/// Width at which charts are drawn for Word, in pixels: 16 cm at about 200 dots per inch. Wider drawings get as many dots for an inch.
const CHART_PIXELS: u32 = 1300;

/// Renders a document. The DOCX takes its page numbers from the PDF's layout, passed in `halaman`.
pub fn render(
    naskah: &Naskah,
    format: Format,
    cetak: &dyn CetakPdf,
    halaman: &BTreeMap<String, String>,
) -> Result<Vec<u8>, String> {
    match format {
        Format::Docx => {
            let pages = |key: &str| halaman.get(key).cloned();
            let picture = |g: &Gambar| chart::rasterize(&g.svg, CHART_PIXELS.max(g.ukuran.0 * 2)).unwrap_or_default();
            docx::render(naskah, &docx::Pilihan { halaman: &pages, gambar: &picture }).map_err(|e| e.to_string())
        }
        Format::Pdf => cetak.print(naskah).map(|(bytes, _)| bytes),
        Format::Html => Ok(html::render(naskah).into_bytes()),
        Format::Xlsx => xlsx::render(naskah).map_err(|e| e.to_string()),
    }
}

/// Name of a document's file: what it is ("lkjip"), year, office.
pub fn file_name(dokumen: &str, potret: &Potret, format: Format) -> String {
    format!("{dokumen}-{}-{}.{}", potret.tahun, potret.instansi.kode, format.extension())
}

impl App {
    /// The report of a year in one format.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn report(&self, ctx: &Ctx, tahun: i16, format: Format) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let app = self.clone();
        let _permit = self.cache.typesetting().await;
        // Typesetting takes a tenth of a second of CPU: not on the threads that answer requests.
        tokio::task::spawn_blocking(move || app.make(&loaded, format)).await.map_err(Galat::unavailable)?
    }

    /// The action plan of a year in one format.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn action_plan(&self, ctx: &Ctx, tahun: i16, format: Format) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let app = self.clone();
        let _permit = self.cache.typesetting().await;
        let make = move || {
            let naskah = compose_action_plan(&loaded.potret);
            // It has no list of contents, so Word needs no page numbers.
            let isi = render(&naskah, format, &*app.cetak, &BTreeMap::new()).map_err(Galat::unavailable)?;
            Ok(Berkas { nama: file_name("rencana-aksi", &loaded.potret, format), format, isi })
        };
        tokio::task::spawn_blocking(make).await.map_err(Galat::unavailable)?
    }

    /// Agreements of a year as a file to be signed, in one of [`FORMS`].
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn agreement_document(
        &self,
        ctx: &Ctx,
        tahun: i16,
        which: Perjanjian<'_>,
        format: Format,
    ) -> Hasil<Berkas> {
        require(ctx, Hak::Lihat)?;
        if !FORMS.contains(&format) {
            return Err(Galat::TidakDitemukan(format!("format {}", format.extension())));
        }
        let loaded = self.load(ctx, tahun).await?;
        let (naskah, file) = compose_agreements(&loaded.potret, which)?;
        let cetak = Arc::clone(&self.cetak);
        let _permit = self.cache.typesetting().await;
        let made = tokio::task::spawn_blocking(move || render(&naskah, format, &*cetak, &BTreeMap::new()));
        let isi = made.await.map_err(Galat::unavailable)?.map_err(Galat::unavailable)?;
        Ok(Berkas { nama: format!("{file}.{}", format.extension()), format, isi })
    }

    fn make(&self, loaded: &Termuat, format: Format) -> Hasil<Berkas> {
        let potret = &loaded.potret;
        let naskah = compose(potret).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Galat::TidakSah(lines.join("\n"))
        })?;
        let isi = match format {
            Format::Pdf => self.print(loaded, &naskah)?.pdf.clone(),
            // Without a PDF renderer a Word file still opens; its page numbers come when Word updates the fields.
            Format::Docx => {
                let pages = self.print(loaded, &naskah).map(|p| p.halaman.clone()).unwrap_or_default();
                render(&naskah, format, &*self.cetak, &pages).map_err(Galat::unavailable)?
            }
            _ => render(&naskah, format, &*self.cetak, &BTreeMap::new()).map_err(Galat::unavailable)?,
        };
        Ok(Berkas { nama: file_name("lkjip", potret, format), format, isi })
    }

    /// The printed report; set once for a snapshot.
    fn print(&self, loaded: &Termuat, naskah: &Naskah) -> Hasil<Arc<Tercetak>> {
        if let Some(printed) = self.cache.printed(loaded) {
            return Ok(printed);
        }
        let (pdf, halaman) = self.cetak.print(naskah).map_err(Galat::unavailable)?;
        let printed = Arc::new(Tercetak { pdf, halaman });
        self.cache.keep_printed(loaded, &printed);
        Ok(printed)
    }
}
