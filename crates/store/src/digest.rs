//! Days whose digest was written: a row claims the day in the transaction that puts its mails into the outbox, so that of several
//! processes one sends it, and one that dies in between has claimed nothing.

use tolok_domain::InstansiId;
use uuid::Uuid;

use crate::db::{Store, on, within};
use crate::error::Hasil;
use crate::mail::{SuratBaru, enqueue_mail};

impl Store {
    /// Whether the digest of a day (ISO date) was written.
    pub async fn has_digest(&self, hari: &str) -> Hasil<bool> {
        let sql = "SELECT COUNT(*) FROM ringkasan_harian WHERE hari = $1";
        Ok(on!(&self.db, p => sqlx::query_scalar::<_, i64>(sql).bind(hari).fetch_one(p).await)? > 0)
    }

    /// Writes the mails of a day's digest and notes which notices they tell, by office, so that no other digest tells them again.
    /// False, and nothing written, when another process was faster.
    pub async fn create_digest(
        &self,
        hari: &str,
        surat: &[SuratBaru],
        kabar: &[(InstansiId, Uuid)],
        waktu: i64,
    ) -> Hasil<bool> {
        let mut tx = self.begin().await?;
        let sql =
            "INSERT INTO ringkasan_harian (hari, dibuat, surat) VALUES ($1, $2, $3) ON CONFLICT (hari) DO NOTHING";
        let many = i64::try_from(surat.len()).unwrap_or(i64::MAX);
        let claimed = within!(&mut tx, c => {
            sqlx::query(sql).bind(hari).bind(waktu).bind(many).execute(c).await.map(|r| r.rows_affected())
        })?;
        if claimed == 0 {
            return Ok(false);
        }
        for one in surat {
            enqueue_mail(&mut tx, one, waktu).await?;
        }
        let sql = "UPDATE kabar SET diringkas = $1 WHERE instansi_id = $2 AND kabar_id = $3";
        for (instansi, id) in kabar {
            within!(&mut tx, c => sqlx::query(sql).bind(waktu).bind(instansi.0).bind(id).execute(c).await.map(|_| ()))?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
