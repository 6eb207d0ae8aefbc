//! The way of figures from entry to lock: handing in, taking back, sending back, verifying, locking, and exceptions to locks.

use std::collections::HashSet;

use jiff::civil::Date;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::approval::{self, Pembukaan, Penguncian, Tindakan};
use tolok_domain::deadline::Jadwal;
use tolok_domain::figure::{Angka, Keadaan, Subjek};
use tolok_domain::notice::JenisKabar;
use tolok_domain::period::Tahun;
use tolok_domain::remark::Komentar;
use tolok_domain::snapshot::Libur;
use tolok_domain::{AngkaId, Periode, Petak, Potret};
use tolok_store::{Ctx, Galat, Hasil};
use uuid::Uuid;

use crate::edit::Catat;
use crate::notice::Pergerakan;
use crate::remark::short_enough;
use crate::{App, day, require};

/// What is done to a figure as the user saw it, with the reason where it is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pilihan {
    /// Its place.
    pub petak: Petak,
    /// The figure that the user saw there.
    pub dilihat: AngkaId,
    /// What is done to it.
    pub tindakan: Tindakan,
    /// Why it is sent back; empty otherwise.
    pub alasan: String,
}

/// What has to be right for an action.
const fn right(tindakan: Tindakan) -> Hak {
    match tindakan {
        Tindakan::Isi | Tindakan::Ajukan | Tindakan::Tarik => Hak::UbahRealisasi,
        Tindakan::Kembalikan | Tindakan::Verifikasi => Hak::Verifikasi,
        Tindakan::Kunci => Hak::Kunci,
    }
}

const fn name(tindakan: Tindakan) -> &'static str {
    match tindakan {
        Tindakan::Isi => "isi realisasi",
        Tindakan::Ajukan => "ajukan",
        Tindakan::Tarik => "tarik pengajuan",
        Tindakan::Kembalikan => "kembalikan",
        Tindakan::Verifikasi => "verifikasi",
        Tindakan::Kunci => "kunci",
    }
}

impl App {
    /// Takes figures one step further, or back: all of them, or none. Whom it concerns is told in the same transaction: verifiers
    /// of what was handed in; those who entered it of what was sent back, verified or locked; planners of the last two.
    ///
    /// Permission: by action, [`Hak::UbahRealisasi`] for the figure's unit, [`Hak::Verifikasi`] or [`Hak::Kunci`]. Nobody verifies
    /// what he entered himself.
    pub async fn advance(&self, ctx: &Ctx, tahun: Tahun, pilihan: &[Pilihan]) -> Hasil<i64> {
        for p in pilihan {
            require(ctx, right(p.tindakan))?;
        }
        require(ctx, Hak::Lihat)?;
        // What was done already is not there to be chosen a second time.
        if let Some(nomor) = self.store.find_sent(ctx).await? {
            return Err(Galat::SudahTersimpan(nomor));
        }
        let Some(first) = pilihan.first() else {
            return Err(Galat::TidakSah("belum ada angka yang dipilih".to_owned()));
        };
        for p in pilihan {
            short_enough(&p.alasan)?;
            if p.tindakan == Tindakan::Kembalikan && p.alasan.trim().is_empty() {
                let apa = place(&p.petak);
                return Err(Galat::TidakSah(format!(
                    "{apa}: tulis alasan pengembalian, agar pengisi tahu apa yang kurang"
                )));
            }
        }
        let verifies = pilihan.iter().any(|p| p.tindakan == Tindakan::Verifikasi);
        let own = if verifies { self.own_entries(ctx, tahun).await? } else { HashSet::new() };
        let same = pilihan.iter().all(|p| p.tindakan == first.tindakan);
        let audience = self.audience(ctx, tahun).await?;
        let moves: Vec<Pergerakan> = pilihan.iter().filter_map(told).collect();
        let tell = |before: &Potret, _: &Potret| audience.tell(before, &moves);
        let change = |potret: &mut Potret| {
            for p in pilihan {
                step(ctx, potret, p, &own)?;
            }
            let many = pilihan.iter().map(|p| place(&p.petak)).collect::<Vec<_>>();
            let sasaran = if let [one] = many.as_slice() { one.clone() } else { format!("{} angka", many.len()) };
            let reasons = pilihan.iter().filter(|p| !p.alasan.trim().is_empty());
            let rincian = reasons.map(|p| format!("{}: {}", place(&p.petak), p.alasan.trim())).collect::<Vec<_>>();
            let rincian = if rincian.is_empty() { many.join("; ") } else { rincian.join("; ") };
            Ok(Catat {
                tindakan: if same { name(first.tindakan) } else { "periksa" },
                sasaran,
                rincian: shorten(&rincian),
            })
        };
        self.edit_and_tell(ctx, tahun, change, tell).await
    }

    /// Places of the year in which the account has entered something: it cannot verify them.
    ///
    /// Permission: [`Hak::Verifikasi`].
    pub async fn own_places(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<HashSet<Petak>> {
        require(ctx, Hak::Verifikasi)?;
        self.own_entries(ctx, tahun).await
    }

    async fn own_entries(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<HashSet<Petak>> {
        let rows = self.store.entered_by(ctx, tahun).await?;
        Ok(rows.iter().map(Petak::of).collect())
    }

    /// Closes a period: the verified figures of all that ends in it are locked, and nothing is entered in it any more but by exception.
    /// Everybody who enters or plans is told in the same transaction.
    ///
    /// Permission: [`Hak::Kunci`] in the whole office.
    pub async fn lock_period(&self, ctx: &Ctx, tahun: Tahun, periode: Periode) -> Hasil<i64> {
        require(ctx, Hak::Kunci)?;
        whole_office(ctx)?;
        if periode.tahun() != tahun {
            return Err(Galat::TidakSah(format!("{} bukan bagian dari tahun {tahun}", periode.heading())));
        }
        let audience = self.audience(ctx, tahun).await?;
        let tell = |before: &Potret, _: &Potret| audience.tell_lock(before, periode, &verified_in(before, periode));
        let change = |potret: &mut Potret| {
            if potret.penguncian.iter().any(|p| p.periode == periode) {
                return Err(Galat::TidakSah(format!("{} sudah dikunci", periode.heading())));
            }
            let verified = verified_in(potret, periode);
            let count = verified.len();
            for angka in verified {
                potret.record(moved(ctx, &angka, Keadaan::Dikunci));
            }
            potret.penguncian.push(Penguncian {
                periode,
                tanggal: day(ctx.waktu).to_string(),
                oleh: ctx.pelaku.clone(),
            });
            potret.pembukaan.retain(|p| p.periode != periode);
            Ok(Catat {
                tindakan: "kunci periode",
                sasaran: periode.heading(),
                rincian: format!("{count} angka terverifikasi dikunci"),
            })
        };
        self.edit_and_tell(ctx, tahun, change, tell).await
    }

    /// Opens a locked period, or one indicator of it, until a day.
    ///
    /// Permission: [`Hak::Kunci`] in the whole office.
    pub async fn open_lock(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        periode: Periode,
        indikator: Option<&str>,
        sampai: Date,
        alasan: &str,
    ) -> Hasil<i64> {
        require(ctx, Hak::Kunci)?;
        whole_office(ctx)?;
        let alasan = alasan.trim();
        if alasan.is_empty() {
            return Err(Galat::TidakSah("tulis alasan pembukaan kunci".to_owned()));
        }
        short_enough(alasan)?;
        if sampai < day(ctx.waktu) {
            return Err(Galat::TidakSah(format!("{sampai} sudah lewat; pilih tanggal mulai hari ini")));
        }
        let kode = Uuid::now_v7().to_string();
        self.edit(ctx, tahun, |potret| {
            let locked = potret.penguncian.iter().any(|p| p.periode == periode)
                || potret.angka.iter().any(|a| a.periode == periode && a.keadaan == Keadaan::Dikunci);
            if !locked {
                return Err(Galat::TidakSah(format!("{} tidak dikunci", periode.heading())));
            }
            potret.pembukaan.push(Pembukaan {
                kode: kode.clone(),
                periode,
                indikator: indikator.map(str::to_owned),
                sampai: sampai.to_string(),
                alasan: alasan.to_owned(),
                oleh: ctx.pelaku.clone(),
            });
            let what = indikator.map(|i| format!("{i} ")).unwrap_or_default();
            Ok(Catat {
                tindakan: "buka kunci",
                sasaran: format!("{what}{}", periode.heading()),
                rincian: format!("sampai {sampai}: {alasan}"),
            })
        })
        .await
    }

    /// Sets the deadlines of the year and the days off that move them.
    ///
    /// Permission: [`Hak::Kunci`] in the whole office.
    pub async fn set_schedule(&self, ctx: &Ctx, tahun: Tahun, hari: [u8; 6], libur: &[Libur]) -> Hasil<i64> {
        require(ctx, Hak::Kunci)?;
        whole_office(ctx)?;
        let jadwal = Jadwal::new(hari)
            .map_err(|faults| Galat::TidakSah(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
        self.edit(ctx, tahun, |potret| {
            potret.jadwal = jadwal;
            potret.libur = libur.to_vec();
            let days = hari.map(|h| h.to_string()).join(", ");
            Ok(Catat {
                tindakan: "ubah jadwal",
                sasaran: tahun.to_string(),
                rincian: format!("hari kerja {days}; {} hari libur", libur.len()),
            })
        })
        .await
    }
}

/// One figure one step on.
fn step(ctx: &Ctx, potret: &mut Potret, pilihan: &Pilihan, own: &HashSet<Petak>) -> Hasil<()> {
    let petak = &pilihan.petak;
    let stored = petak.figure(potret).filter(|a| a.id == pilihan.dilihat).cloned().ok_or(Galat::Bentrok)?;
    let wrong = |text: String| Galat::TidakSah(format!("{}: {text}", place(petak)));
    if !ctx.scope(right(pilihan.tindakan)).covers(potret.upwards(petak.unit(potret))) {
        return Err(wrong("milik unit lain".to_owned()));
    }
    if pilihan.tindakan == Tindakan::Verifikasi && own.contains(petak) {
        return Err(wrong("Anda sendiri yang mengisi angka ini; minta orang lain memverifikasinya".to_owned()));
    }
    let keadaan = approval::next(stored.keadaan, pilihan.tindakan, false).map_err(|e| wrong(e.to_string()))?;
    potret.record(moved(ctx, &stored, keadaan));
    let alasan = pilihan.alasan.trim();
    if let (false, Subjek::Indikator(indikator)) = (alasan.is_empty(), &petak.subjek) {
        potret.komentar.push(Komentar {
            kode: Uuid::now_v7().to_string(),
            indikator: indikator.clone(),
            periode: petak.periode,
            oleh: ctx.pelaku.clone(),
            waktu: ctx.waktu,
            isi: format!("Dikembalikan: {alasan}"),
        });
    }
    Ok(())
}

/// What others are told of a decision; nothing of what was only taken back.
fn told(pilihan: &Pilihan) -> Option<Pergerakan> {
    let jenis = match pilihan.tindakan {
        Tindakan::Ajukan => JenisKabar::Diajukan,
        Tindakan::Kembalikan => JenisKabar::Dikembalikan,
        Tindakan::Verifikasi => JenisKabar::Diverifikasi,
        Tindakan::Kunci => JenisKabar::Dikunci,
        Tindakan::Isi | Tindakan::Tarik => return None,
    };
    Some(Pergerakan { petak: pilihan.petak.clone(), jenis, alasan: pilihan.alasan.trim().to_owned() })
}

/// The figures that locking a period locks.
fn verified_in(potret: &Potret, periode: Periode) -> Vec<Angka> {
    let verified = |a: &&Angka| periode.closes(a.periode) && a.keadaan == Keadaan::Diverifikasi;
    potret.angka.iter().filter(verified).cloned().collect()
}

/// The same figure in another state.
fn moved(ctx: &Ctx, angka: &Angka, keadaan: Keadaan) -> Angka {
    Angka { id: AngkaId::new(), keadaan, oleh: ctx.pelaku.clone(), dicatat: ctx.waktu, ..angka.clone() }
}

/// What concerns all units is not for somebody of one unit.
fn whole_office(ctx: &Ctx) -> Hasil<()> {
    if ctx.scope(Hak::Kunci) == Lingkup::Semua { Ok(()) } else { Err(Galat::Terlarang) }
}

/// A place in words.
pub(crate) fn place(petak: &Petak) -> String {
    let variable = petak.variable().map(|v| format!(" {v}")).unwrap_or_default();
    format!("{}{variable} {}", petak.subjek.kode(), petak.periode)
}

/// Longest detail of an entry, in characters.
const DETAIL: usize = 2000;

fn shorten(text: &str) -> String {
    if text.chars().count() <= DETAIL {
        text.to_owned()
    } else {
        text.chars().take(DETAIL - 1).chain(['…']).collect()
    }
}
