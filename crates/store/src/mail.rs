//! The outbox: mails wait in a table, written together with what causes them, until a background task has sent them.

use sqlx::FromRow;
use uuid::Uuid;

use crate::db::{Store, Tx, on, within};
use crate::error::Hasil;

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuratBaru {
    /// Address of the recipient.
    pub kepada: String,
    /// Subject.
    pub perihal: String,
    /// Plain text.
    pub isi: String,
}

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Surat {
    /// Identity.
    pub surat_id: Uuid,
    /// Address of the recipient.
    pub kepada: String,
    /// Subject.
    pub perihal: String,
    /// Plain text.
    pub isi: String,
    /// How often sending was begun, this time included.
    pub coba: i64,
}

impl Store {
    /// Puts a mail into the outbox.
    pub async fn create_mail(&self, surat: &SuratBaru, waktu: i64) -> Hasil<()> {
        let mut tx = self.begin().await?;
        enqueue_mail(&mut tx, surat, waktu).await?;
        tx.commit().await
    }

    /// Takes a mail that is due, if there is one, and sets when it is due again should sending fail: `wait`, doubled with each try,
    /// later. Two processes never take the same one.
    pub async fn take_mail(&self, waktu: i64, wait: i64) -> Hasil<Option<Surat>> {
        let sql = "UPDATE surat SET coba = coba + 1, berikut = $1 + $2 * \
                   CASE coba WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 WHEN 3 THEN 8 WHEN 4 THEN 16 ELSE 32 END \
                   WHERE surat_id = (SELECT surat_id FROM surat WHERE berikut <= $1 ORDER BY berikut, surat_id LIMIT 1) \
                   AND berikut <= $1 RETURNING surat_id, kepada, perihal, isi, coba";
        Ok(on!(&self.db, p => sqlx::query_as::<_, Surat>(sql).bind(waktu).bind(wait).fetch_optional(p).await)?)
    }

    /// Forgets a mail: it was sent, or given up.
    pub async fn delete_mail(&self, surat: Uuid) -> Hasil<()> {
        let sql = "DELETE FROM surat WHERE surat_id = $1";
        on!(&self.writer, p => sqlx::query(sql).bind(surat).execute(p).await.map(|_| ()))?;
        Ok(())
    }
}

/// Puts a mail into the outbox within the transaction of what causes it.
pub(crate) async fn enqueue_mail(tx: &mut Tx<'_>, surat: &SuratBaru, waktu: i64) -> Hasil<()> {
    let sql =
        "INSERT INTO surat (surat_id, kepada, perihal, isi, dibuat, coba, berikut) VALUES ($1, $2, $3, $4, $5, 0, $5)";
    within!(tx, c => {
        sqlx::query(sql)
            .bind(Uuid::now_v7())
            .bind(&surat.kepada)
            .bind(&surat.perihal)
            .bind(&surat.isi)
            .bind(waktu)
            .execute(c)
            .await
            .map(|_| ())
    })?;
    Ok(())
}
