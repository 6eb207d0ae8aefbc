//! What was ever recorded about a subject: every figure with the entries in which it came and went.

use sqlx::FromRow;
use tolok_domain::period::Tahun;
use tolok_domain::{Angka, Subjek};

use crate::ctx::Ctx;
use crate::db::{Store, on};
use crate::error::Hasil;
use crate::row::BarisAngka;

/// A figure with the entries in which it came and went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tercatat {
    /// The figure, with who recorded it and when.
    pub angka: Angka,
    /// The entry in which it came.
    pub nomor: i64,
    /// The entry in which it went; none while it is current.
    pub keluar: Option<Keluar>,
}

/// The entry in which a figure went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keluar {
    /// Its number.
    pub nomor: i64,
    /// Who, in words.
    pub oleh: String,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    angka: BarisAngka,
    nomor: i64,
    pelaku: String,
    waktu: i64,
    keluar: Option<i64>,
    keluar_oleh: Option<String>,
    keluar_waktu: Option<i64>,
}

/// Rows that are read at most: a month's figures of an indicator with three variables move on some two hundred times a year.
const MOST: i64 = 2_000;

impl Store {
    /// Every figure that was ever recorded about a subject for periods of a year, in the order of the ledger. In a context of the
    /// past, what was known then.
    pub async fn history_of(&self, ctx: &Ctx, subjek: &Subjek, tahun: Tahun) -> Hasil<Vec<Tercatat>> {
        let sql = "SELECT a.angka_id, a.subjek_jenis, a.subjek, a.jenis, a.rincian, a.periode, a.tipe, a.nilai, \
                   a.keterangan, a.asal, a.bukti, a.keadaan, e.nomor, e.pelaku, e.waktu, k.nomor AS keluar, \
                   k.pelaku AS keluar_oleh, k.waktu AS keluar_waktu \
                   FROM angka a JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk \
                   LEFT JOIN entri k ON k.instansi_id = a.instansi_id AND k.nomor = a.keluar AND k.nomor <= $2 \
                   WHERE a.instansi_id = $1 AND a.masuk <= $2 AND a.subjek_jenis = $3 AND a.subjek = $4 \
                   AND (a.periode = $5 OR a.periode LIKE $6) ORDER BY a.masuk DESC LIMIT $7";
        let until = ctx.versi.filter(|_| ctx.lampau).unwrap_or(i64::MAX);
        let (jenis, kode) = match subjek {
            Subjek::Indikator(kode) => ("indikator", kode),
            Subjek::Simpul(kode) => ("simpul", kode),
        };
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, Row>(sql)
                .bind(ctx.instansi.0)
                .bind(until)
                .bind(jenis)
                .bind(kode)
                .bind(tahun.to_string())
                .bind(format!("{tahun}-%"))
                .bind(MOST)
                .fetch_all(p)
                .await
        })?;
        rows.into_iter().rev().map(Row::read).collect()
    }
}

impl Row {
    fn read(self) -> Hasil<Tercatat> {
        let keluar = self.keluar.map(|nomor| Keluar {
            nomor,
            oleh: self.keluar_oleh.unwrap_or_default(),
            waktu: self.keluar_waktu.unwrap_or_default(),
        });
        Ok(Tercatat { angka: self.angka.to_figure(self.pelaku, self.waktu)?, nomor: self.nomor, keluar })
    }
}
