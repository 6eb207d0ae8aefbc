//! Document versions: added, changed, revised.

use tolok_domain::document::document_of;
use tolok_domain::figure::Angka;
use tolok_domain::indicator::Sebutan;
use tolok_domain::{AngkaId, Dokumen, Potret};
use tolok_store::{Ctx, Galat, Hasil};

use super::{Dilihat, read, read_new, refuse, require_plan, unchanged};
use crate::App;
use crate::edit::Catat;

/// What a revision of a document is called and why it is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revisi {
    /// Title of the new version.
    pub judul: String,
    /// Number of its decree; empty while there is none.
    pub nomor: String,
    /// Its date, ISO text.
    pub tanggal: String,
    /// Why.
    pub alasan: String,
}

impl App {
    /// Adds a document without targets and ceilings. `sel`: the cells of its row.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn add_document(&self, ctx: &Ctx, dilihat: Dilihat, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Dokumen = read_new(sel)?;
        for other in self.documents_elsewhere(ctx, dilihat).await? {
            // The figures of both would be the same ones.
            if other.kode == new.kode && other.jenis != new.jenis {
                let message = format!("kode {} dipakai tahun lain untuk {}; pilih kode lain", new.kode, other.judul);
                return Err(Galat::TidakSah(message));
            }
        }
        self.edit(ctx, dilihat.tahun, |potret| {
            if let Some(other) = potret.document(&new.kode) {
                return Err(Galat::TidakSah(format!("kode {} sudah dipakai: {}", new.kode, other.judul)));
            }
            if let Some(other) = potret.versions(new.jenis).into_iter().find(|d| d.versi == new.versi) {
                let version = new.version_label().to_lowercase();
                return Err(Galat::TidakSah(format!("versi {version} sudah ada: {}; buat revisinya", other.judul)));
            }
            potret.dokumen.push(new.clone());
            Ok(Catat { tindakan: "tambah dokumen", sasaran: new.kode.clone(), rincian: new.judul.clone() })
        })
        .await
    }

    /// Changes title, number, date and remark of a document.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn change_document(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, sel: &[String]) -> Hasil<i64> {
        require_plan(ctx)?;
        let new: Dokumen = read(sel)?;
        let seen = self.seen(ctx, dilihat).await?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let old = find(potret, kode)?.clone();
            unchanged(seen.potret.document(kode), Some(&old))?;
            let new = Dokumen { kode: old.kode.clone(), jenis: old.jenis, versi: old.versi, ..new.clone() };
            let rincian = [&new.judul, &new.nomor, &new.tanggal].map(String::as_str).join(", ");
            potret.dokumen.iter_mut().filter(|d| d.kode == kode).for_each(|d| d.clone_from(&new));
            Ok(Catat { tindakan: "ubah dokumen", sasaran: kode.to_owned(), rincian })
        })
        .await
    }

    /// Makes the next version of a document: with the same targets, ceilings and wordings, to be changed from there. The version before
    /// stays as it is, and counts for the time before.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office. Gives back the code of the new version.
    pub async fn revise_document(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        kode: &str,
        revisi: &Revisi,
    ) -> Hasil<(i64, String)> {
        require_plan(ctx)?;
        let elsewhere = self.documents_elsewhere(ctx, dilihat).await?;
        let loaded = self.load(ctx, dilihat.tahun).await?;
        let next = next_version(&loaded.potret, &elsewhere, kode, revisi)?;
        let nomor = self
            .edit(ctx, dilihat.tahun, |potret| {
                let old = latest(potret, kode)?.clone();
                if potret.document(&next.kode).is_some() {
                    return Err(Galat::Bentrok);
                }
                let copies = copies(potret, &old, &next, ctx);
                let rincian = format!("{} {}: {}", next.kode, next.tanggal, next.keterangan);
                let at = potret.dokumen.iter().position(|d| d.kode == kode).map_or(potret.dokumen.len(), |at| at + 1);
                potret.dokumen.insert(at, next.clone());
                potret.angka.extend(copies);
                let worded = potret.sebutan.iter().filter(|s| s.dokumen == kode);
                let worded: Vec<Sebutan> =
                    worded.map(|s| Sebutan { dokumen: next.kode.clone(), ..s.clone() }).collect();
                potret.sebutan.extend(worded);
                Ok(Catat { tindakan: "revisi dokumen", sasaran: kode.to_owned(), rincian })
            })
            .await?;
        Ok((nomor, next.kode))
    }

    /// Takes a document out that sets nothing and that nothing names.
    ///
    /// Permission: [`tolok_domain::access::Hak::UbahRencana`] for the whole office.
    pub async fn remove_document(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str) -> Hasil<i64> {
        require_plan(ctx)?;
        self.edit(ctx, dilihat.tahun, |potret| {
            let judul = find(potret, kode)?.judul.clone();
            let figures = potret.angka.iter().filter(|a| document_of(a) == Some(kode)).count();
            let agreements = potret.perjanjian.iter().filter(|p| p.dokumen == kode).count();
            if figures + agreements > 0 {
                return Err(refuse([format!(
                    "{judul} tidak dapat dihapus karena memuat {figures} target atau pagu dan {agreements} perjanjian"
                )]));
            }
            potret.dokumen.retain(|d| d.kode != kode);
            potret.sebutan.retain(|s| s.dokumen != kode);
            Ok(Catat { tindakan: "hapus dokumen", sasaran: kode.to_owned(), rincian: judul })
        })
        .await
    }

    /// Documents of the office's other years: figures belong to a document by its code, whatever year names it.
    async fn documents_elsewhere(&self, ctx: &Ctx, dilihat: Dilihat) -> Hasil<Vec<Dokumen>> {
        let mut found = Vec::new();
        for tahun in self.years(ctx).await?.into_iter().filter(|t| *t != dilihat.tahun) {
            found.extend(self.load(ctx, tahun).await?.potret.dokumen.iter().cloned());
        }
        Ok(found)
    }
}

fn find<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Dokumen> {
    potret.document(kode).ok_or_else(|| Galat::TidakDitemukan(format!("dokumen {kode}")))
}

/// The document, if it is the latest of its kind: an older one has been revised already.
fn latest<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Dokumen> {
    let found = find(potret, kode)?;
    if potret.is_past(found) {
        return Err(refuse([format!("{} dari tahun sebelumnya; isinya tidak diubah lagi", found.judul)]));
    }
    match potret.versions(found.jenis).pop() {
        Some(last) if last.kode != kode => {
            Err(refuse([format!("{} bukan versi terakhir; revisi dibuat dari {}", found.judul, last.judul)]))
        }
        _ => Ok(found),
    }
}

fn next_version(potret: &Potret, elsewhere: &[Dokumen], kode: &str, revisi: &Revisi) -> Hasil<Dokumen> {
    let old = latest(potret, kode)?;
    let mut wrong = Vec::new();
    if revisi.judul.trim().is_empty() {
        wrong.push("judul: kosong; tulis judul versi barunya".to_owned());
    }
    if revisi.alasan.trim().is_empty() {
        wrong.push("alasan: kosong; tulis mengapa dokumen ini diubah".to_owned());
    }
    if revisi.tanggal.parse::<jiff::civil::Date>().is_err() {
        wrong.push(format!("tanggal: \"{}\" bukan tanggal; tulis seperti 2021-12-31", revisi.tanggal));
    }
    let Some(versi) = old.versi.checked_add(1) else {
        return Err(refuse(["versinya sudah terlalu banyak".to_owned()]));
    };
    if !wrong.is_empty() {
        return Err(refuse(wrong));
    }
    let first = potret.versions(old.jenis).first().map_or(old.kode.as_str(), |d| d.kode.as_str());
    let wished = if versi == 1 { format!("{first}-p") } else { format!("{first}-p{versi}") };
    let taken = |kode: &str| potret.document(kode).is_some() || elsewhere.iter().any(|d| d.kode == kode);
    let mut codes = std::iter::once(wished.clone()).chain((2..).map(|n| format!("{wished}-{n}")));
    Ok(Dokumen {
        kode: codes.find(|kode| !taken(kode)).unwrap_or(wished),
        jenis: old.jenis,
        versi,
        judul: revisi.judul.trim().to_owned(),
        nomor: revisi.nomor.trim().to_owned(),
        tanggal: revisi.tanggal.trim().to_owned(),
        keterangan: revisi.alasan.trim().to_owned(),
    })
}

/// The old version's figures as figures of the new one. A yearly document may hold those of earlier years under the same code:
/// they stay where they are.
fn copies(potret: &Potret, old: &Dokumen, next: &Dokumen, ctx: &Ctx) -> Vec<Angka> {
    use tolok_domain::JenisAngka;
    let of_year = |a: &&Angka| old.jenis.spans_years() || a.periode.tahun() == potret.tahun;
    let figures = potret.angka.iter().filter(|a| document_of(a) == Some(&old.kode)).filter(of_year);
    figures
        .map(|a| {
            let dokumen = next.kode.clone();
            let jenis = match a.jenis {
                JenisAngka::Pagu { .. } => JenisAngka::Pagu { dokumen },
                _ => JenisAngka::Target { dokumen },
            };
            Angka { id: AngkaId::new(), jenis, oleh: ctx.pelaku.clone(), dicatat: ctx.waktu, ..a.clone() }
        })
        .collect()
}
