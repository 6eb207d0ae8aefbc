//! Links between offices. Each side keeps its own record of a link; what one of them does is written in both ledgers, or in none.

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::period::Tahun;
use tolok_domain::pohon::{ArahSilang, KeadaanSilang, Kondisi, Silang};
use tolok_store::{Ctx, Galat, Hasil, Tetangga};

use crate::edit::Catat;
use crate::plan::{Dilihat, refuse, require_plan, short, unchanged};
use crate::{App, require};

/// A link that an office proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsulanSilang {
    /// The own condition.
    pub kondisi: String,
    /// Whether it needs the other office's support, or supports one of its conditions.
    pub arah: ArahSilang,
    /// Code of the other office.
    pub instansi: String,
    /// What is needed, or offered.
    pub uraian: String,
}

/// What the other office says to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Jawaban {
    /// It takes it on, with this condition of its own.
    Terima(String),
    /// It does not, for this reason.
    Tolak(String),
}

impl App {
    /// The other offices of the region, with which a link can be made.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn neighbours(&self, ctx: &Ctx) -> Hasil<Vec<Tetangga>> {
        require(ctx, Hak::Lihat)?;
        self.store().neighbours(ctx).await
    }

    /// Proposes a link to another office of the region: it stands in both trees until the other office answers.
    ///
    /// Permission: [`Hak::UbahRencana`] for the whole office.
    pub async fn propose_link(&self, ctx: &Ctx, tahun: Tahun, usulan: &UsulanSilang) -> Hasil<i64> {
        require_plan(ctx)?;
        let uraian = usulan.uraian.trim();
        let mut wrong = Vec::new();
        if usulan.kondisi.is_empty() {
            wrong.push("kondisi: kosong; pilih kondisi sendiri yang dihubungkan".to_owned());
        }
        if uraian.is_empty() {
            wrong.push("yang diperlukan: kosong; tulis apa yang diperlukan atau ditawarkan".to_owned());
        }
        if usulan.instansi.is_empty() {
            wrong.push("instansi: kosong; pilih instansi yang dihubungi".to_owned());
        }
        if !wrong.is_empty() {
            return Err(refuse(wrong));
        }
        let neighbours = self.store().neighbours(ctx).await?;
        let other = neighbours.into_iter().find(|t| t.kode == usulan.instansi).ok_or_else(|| {
            refuse([format!("instansi: \"{}\" bukan instansi lain di daerah ini; pilih dari daftar", usulan.instansi)])
        })?;
        let here = self.store().load_office(ctx).await?;
        self.edit_both(ctx, &partner(ctx, &here, &other), tahun, |own, shared| {
            let Some(shared) = shared else {
                return Err(refuse([format!(
                    "{} belum mempunyai data tahun {tahun}; usulkan setelah rencananya dibuka",
                    other.nama
                )]));
            };
            let kondisi = find_condition(own, &usulan.kondisi)?;
            let twice = own.silang.iter().any(|s| {
                (&s.instansi, s.arah, s.kondisi.as_deref()) == (&other.kode, usulan.arah, Some(usulan.kondisi.as_str()))
                    && s.uraian == uraian
                    && s.keadaan != KeadaanSilang::Ditolak
            });
            if twice {
                return Err(refuse([format!("hubungan yang sama dengan {} sudah ada", other.nama)]));
            }
            let link = Silang {
                kode: free_code(&here.kode, own, shared),
                arah: usulan.arah,
                kondisi: Some(kondisi.kode.clone()),
                instansi: other.kode.clone(),
                kondisi_lain: String::new(),
                uraian: uraian.to_owned(),
                keadaan: KeadaanSilang::Diusulkan,
                alasan: String::new(),
                penawaran: usulan.arah == ArahSilang::Masuk,
            };
            shared.silang.push(Silang {
                arah: usulan.arah.turned(),
                kondisi: None,
                instansi: here.kode.clone(),
                kondisi_lain: told(kondisi),
                ..link.clone()
            });
            let rincian = short(&format!("{} {}: {uraian}", usulan.arah.label(), other.nama));
            let note = Catat { tindakan: "usulkan hubungan", sasaran: link.kode.clone(), rincian };
            own.silang.push(link);
            Ok(note)
        })
        .await
    }

    /// Answers a link that another office proposed. An answer can be changed as long as the link is there.
    ///
    /// Permission: [`Hak::UbahRencana`] for the whole office.
    pub async fn answer_link(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str, jawaban: &Jawaban) -> Hasil<i64> {
        require_plan(ctx)?;
        match jawaban {
            Jawaban::Terima(kondisi) if kondisi.is_empty() => {
                return Err(refuse(["kondisi: kosong; pilih kondisi sendiri yang dihubungkan".to_owned()]));
            }
            Jawaban::Tolak(alasan) if alasan.trim().is_empty() => {
                return Err(refuse(["alasan: kosong; tulis mengapa hubungan ini ditolak".to_owned()]));
            }
            _ => {}
        }
        self.on_both(ctx, dilihat, kode, |here, own, shared| {
            let link = find_link(own, kode)?.clone();
            if link.is_own() {
                return Err(refuse([format!(
                    "{kode} diusulkan instansi ini sendiri; jawabannya dari {}",
                    link.instansi
                )]));
            }
            let answered = match jawaban {
                Jawaban::Terima(kondisi) => Silang {
                    kondisi: Some(find_condition(own, kondisi)?.kode.clone()),
                    keadaan: KeadaanSilang::Diterima,
                    alasan: String::new(),
                    ..link
                },
                Jawaban::Tolak(alasan) => {
                    Silang { kondisi: None, keadaan: KeadaanSilang::Ditolak, alasan: alasan.trim().to_owned(), ..link }
                }
            };
            let condition = answered.kondisi.as_deref().and_then(|kode| own.condition(kode)).map(told);
            for theirs in counterpart(shared, here, kode) {
                theirs.keadaan = answered.keadaan;
                theirs.alasan.clone_from(&answered.alasan);
                theirs.kondisi_lain = condition.clone().unwrap_or_default();
            }
            let rincian = short(condition.as_deref().unwrap_or(&answered.alasan));
            let tindakan = match answered.keadaan {
                KeadaanSilang::Diterima => "terima hubungan",
                _ => "tolak hubungan",
            };
            own.silang.iter_mut().filter(|s| s.kode == kode).for_each(|s| s.clone_from(&answered));
            Ok(Catat { tindakan, sasaran: kode.to_owned(), rincian })
        })
        .await
    }

    /// Takes back a link that this office proposed, whatever was answered.
    ///
    /// Permission: [`Hak::UbahRencana`] for the whole office.
    pub async fn withdraw_link(&self, ctx: &Ctx, dilihat: Dilihat, kode: &str) -> Hasil<i64> {
        require_plan(ctx)?;
        self.on_both(ctx, dilihat, kode, |here, own, shared| {
            let link = find_link(own, kode)?;
            if !link.is_own() {
                return Err(refuse([format!(
                    "{kode} diusulkan {}, jadi hanya dapat dicabut di sana; tolak dengan alasan bila tidak sesuai",
                    link.instansi
                )]));
            }
            let rincian = short(&link.uraian);
            if let Some(shared) = shared {
                shared.silang.retain(|s| s.kode != kode || s.instansi != here);
            }
            own.silang.retain(|s| s.kode != kode);
            Ok(Catat { tindakan: "cabut hubungan", sasaran: kode.to_owned(), rincian })
        })
        .await
    }

    /// Changes a link that is there, and the other office's side of it where that office knows it. One to an office that is not in this
    /// database (it came with a package) has one side only.
    async fn on_both(
        &self,
        ctx: &Ctx,
        dilihat: Dilihat,
        kode: &str,
        change: impl Fn(&str, &mut Potret, Option<&mut Potret>) -> Hasil<Catat> + Send + Sync,
    ) -> Hasil<i64> {
        let seen = self.seen(ctx, dilihat).await?;
        let of = |potret: &Potret| potret.silang.iter().find(|s| s.kode == kode).cloned();
        let link = of(&seen.potret).ok_or_else(|| Galat::TidakDitemukan(format!("hubungan {kode}")))?;
        let (here, neighbours) = (self.store().load_office(ctx).await?, self.store().neighbours(ctx).await?);
        let same = |potret: &Potret| unchanged(Some(&link), of(potret).as_ref());
        let Some(other) = neighbours.iter().find(|t| t.kode == link.instansi) else {
            return self
                .edit(ctx, dilihat.tahun, |own| {
                    same(own)?;
                    change(&here.kode, own, None)
                })
                .await;
        };
        self.edit_both(ctx, &partner(ctx, &here, other), dilihat.tahun, |own, shared| {
            same(own)?;
            change(&here.kode, own, shared)
        })
        .await
    }
}

/// The context in which the other office's side is written: it says who acted, and for which office.
fn partner(ctx: &Ctx, here: &Tetangga, other: &Tetangga) -> Ctx {
    Ctx {
        instansi: other.instansi,
        pelaku: format!("{} ({})", ctx.pelaku, here.nama),
        tugas: Vec::new(),
        versi: None,
        kunci_kirim: None,
        ..ctx.clone()
    }
}

fn find_condition<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Kondisi> {
    potret
        .condition(kode)
        .ok_or_else(|| refuse([format!("kondisi: \"{kode}\" tidak ada dalam pohon kinerja; pilih dari daftar")]))
}

fn find_link<'a>(potret: &'a Potret, kode: &str) -> Hasil<&'a Silang> {
    potret.silang.iter().find(|s| s.kode == kode).ok_or_else(|| Galat::TidakDitemukan(format!("hubungan {kode}")))
}

/// The other office's side of a link.
fn counterpart<'a>(shared: Option<&'a mut Potret>, here: &str, kode: &str) -> impl Iterator<Item = &'a mut Silang> {
    shared.into_iter().flat_map(|potret| &mut potret.silang).filter(move |s| s.kode == kode && s.instansi == here)
}

/// A condition as the other office reads of it.
fn told(kondisi: &Kondisi) -> String {
    format!("{} {}", kondisi.kode, kondisi.uraian)
}

/// A code that neither office has used: both sides of a link have the same one.
fn free_code(here: &str, own: &Potret, shared: &Potret) -> String {
    let taken = |kode: &str| own.silang.iter().chain(&shared.silang).any(|s| s.kode == kode);
    let mut codes = (1..).map(|n| format!("{here}-{n}"));
    codes.find(|kode| !taken(kode)).unwrap_or_default()
}
