//! By which weights the offices of a region are ranked. They belong to the region, not to an office: the region leads every key.

use sqlx::FromRow;

use crate::db::{Store, on};
use crate::error::{Galat, Hasil};
use crate::ledger::taken;

/// Weights as they were set once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BobotTersimpan {
    /// How many times weights were set in the region up to then.
    pub nomor: i64,
    /// Criterion and weight, as words.
    pub isi: Vec<(String, String)>,
    /// Who set them.
    pub oleh: String,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
}

#[derive(FromRow)]
struct Row {
    nomor: i64,
    isi: String,
    oleh: String,
    waktu: i64,
}

impl Store {
    /// The weights that a region had set up to a moment, the latest first.
    pub async fn find_weights(&self, daerah: &str, waktu: i64) -> Hasil<Vec<BobotTersimpan>> {
        let sql =
            "SELECT nomor, isi, oleh, waktu FROM bobot_daerah WHERE daerah = $1 AND waktu <= $2 ORDER BY nomor DESC";
        let rows = on!(&self.db, p => sqlx::query_as::<_, Row>(sql).bind(daerah).bind(waktu).fetch_all(p).await)?;
        let stored = |row: Row| {
            let isi = serde_json::from_str(&row.isi).map_err(Galat::unavailable)?;
            Ok(BobotTersimpan { nomor: row.nomor, isi, oleh: row.oleh, waktu: row.waktu })
        };
        rows.into_iter().map(stored).collect()
    }

    /// Adds the weights of a region as those that hold from now on.
    ///
    /// # Errors
    /// [`Galat::Bentrok`] where weights of that number are there already: somebody else set some in the meantime.
    pub async fn create_weights(&self, daerah: &str, bobot: &BobotTersimpan) -> Hasil<()> {
        let sql = "INSERT INTO bobot_daerah (daerah, nomor, isi, oleh, waktu) VALUES ($1, $2, $3, $4, $5)";
        let isi = serde_json::to_string(&bobot.isi).map_err(Galat::unavailable)?;
        on!(&self.writer, p => {
            let query = sqlx::query(sql).bind(daerah).bind(bobot.nomor).bind(&isi).bind(&bobot.oleh).bind(bobot.waktu);
            query.execute(p).await.map(|_| ())
        })
        .map_err(taken)
    }
}
