//! Evidence on its way: a file that arrives in pieces, each at the place where the one before it ended. It stands aside until it is
//! whole; then it is read, stored by its hash like any other, and forgotten here.

use std::io::{self, SeekFrom};
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use sqlx::FromRow;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tolok_domain::InstansiId;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Store, on};
use crate::error::{Galat, Hasil};

/// Most unfinished uploads of one account in an office. Nobody sends more files at once, and no account fills the disk.
pub const MAX_UPLOADS: i64 = 50;

/// An upload and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Unggahan {
    /// Identity, by which pieces are addressed.
    #[sqlx(rename = "unggahan_id")]
    pub id: Uuid,
    /// SHA-256 of the whole, as the sender computed it.
    pub sidik: String,
    /// Size of the whole, bytes.
    pub ukuran: i64,
    /// What has arrived, bytes: the place at which the next piece begins.
    pub diterima: i64,
}

impl Unggahan {
    /// Whether nothing is missing.
    pub const fn is_whole(&self) -> bool {
        self.diterima == self.ukuran
    }
}

impl Store {
    fn upload_path(&self, instansi: InstansiId, id: Uuid) -> PathBuf {
        self.bukti.join(instansi.to_string()).join(format!("{id}.bagian"))
    }

    /// Begins an upload, or goes on with the one of the same content that the account has not finished.
    ///
    /// # Errors
    /// [`Galat::Terlarang`] without an account; [`Galat::TidakSah`] when it has too many unfinished ones.
    pub async fn create_upload(&self, ctx: &Ctx, sidik: &str, ukuran: i64) -> Hasil<Unggahan> {
        let akun = ctx.akun.ok_or(Galat::Terlarang)?.0;
        let open = "SELECT count(*) FROM unggahan WHERE instansi_id = $1 AND akun_id = $2";
        let open = on!(&self.db, p => {
            sqlx::query_scalar::<_, i64>(open).bind(ctx.instansi.0).bind(akun).fetch_one(p).await
        })?;
        if open < MAX_UPLOADS {
            let sql = "INSERT INTO unggahan (instansi_id, unggahan_id, akun_id, sidik, ukuran, diterima, terakhir) \
                       VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (instansi_id, akun_id, sidik) DO NOTHING";
            on!(&self.writer, p => {
                sqlx::query(sql).bind(ctx.instansi.0).bind(Uuid::now_v7()).bind(akun).bind(sidik).bind(ukuran)
                    .bind(ctx.waktu).execute(p).await.map(|_| ())
            })?;
        }
        let sql = "SELECT unggahan_id, sidik, ukuran, diterima FROM unggahan \
                   WHERE instansi_id = $1 AND akun_id = $2 AND sidik = $3";
        let found = on!(&self.db, p => {
            sqlx::query_as::<_, Unggahan>(sql).bind(ctx.instansi.0).bind(akun).bind(sidik).fetch_optional(p).await
        })?;
        found.ok_or_else(|| {
            Galat::TidakSah(format!(
                "sudah ada {open} berkas Anda yang belum selesai terkirim; selesaikan dahulu, atau tunggu sehari"
            ))
        })
    }

    /// An unfinished upload of the account.
    pub async fn find_upload(&self, ctx: &Ctx, id: Uuid) -> Hasil<Unggahan> {
        let akun = ctx.akun.ok_or(Galat::Terlarang)?.0;
        let sql = "SELECT unggahan_id, sidik, ukuran, diterima FROM unggahan \
                   WHERE instansi_id = $1 AND unggahan_id = $2 AND akun_id = $3";
        let found = on!(&self.db, p => {
            sqlx::query_as::<_, Unggahan>(sql).bind(ctx.instansi.0).bind(id).bind(akun).fetch_optional(p).await
        })?;
        found.ok_or_else(|| Galat::TidakDitemukan("unggahan".to_owned()))
    }

    /// Takes the piece that begins at byte `mulai` and says how far the upload is. A piece that begins elsewhere is left out: it came
    /// before, or one before it is missing; the answer says where to go on.
    ///
    /// # Errors
    /// [`Galat::TidakSah`] when the piece is longer than what is missing.
    pub async fn save_chunk(&self, ctx: &Ctx, id: Uuid, mulai: i64, bytes: &[u8]) -> Hasil<Unggahan> {
        let found = self.find_upload(ctx, id).await?;
        if mulai != found.diterima {
            return Ok(found);
        }
        let diterima = i64::try_from(bytes.len()).ok().and_then(|n| mulai.checked_add(n));
        let diterima = diterima.filter(|end| *end <= found.ukuran).ok_or_else(|| {
            Galat::TidakSah("yang dikirim lebih panjang dari berkasnya; kirim berkas itu dari awal".to_owned())
        })?;
        let path = self.upload_path(ctx.instansi, id);
        let write = async {
            if let Some(folder) = path.parent() {
                tokio::fs::create_dir_all(folder).await?;
            }
            // Written at its place, not appended: what a broken write left behind is written over.
            let mut file = tokio::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path).await?;
            file.seek(SeekFrom::Start(mulai.unsigned_abs())).await?;
            file.write_all(bytes).await?;
            // On disk before the row says so.
            file.sync_data().await
        };
        write.await.map_err(Galat::unavailable)?;
        let sql = "UPDATE unggahan SET diterima = $1, terakhir = $2 \
                   WHERE instansi_id = $3 AND unggahan_id = $4 AND diterima = $5";
        on!(&self.writer, p => {
            sqlx::query(sql).bind(diterima).bind(ctx.waktu).bind(ctx.instansi.0).bind(id).bind(mulai).execute(p).await
                .map(|_| ())
        })?;
        // Not what was meant to be written but what stands there: the same piece may have come twice at once.
        self.find_upload(ctx, id).await
    }

    /// The whole content of an upload.
    ///
    /// # Errors
    /// [`Galat::TidakSah`] when something is missing, and when the content is not what its sender promised; such an upload is
    /// forgotten, so that sending it again begins anew.
    pub async fn load_upload(&self, ctx: &Ctx, id: Uuid) -> Hasil<Vec<u8>> {
        let found = self.find_upload(ctx, id).await?;
        if !found.is_whole() {
            let (diterima, ukuran) = (found.diterima, found.ukuran);
            return Err(Galat::TidakSah(format!("berkas belum lengkap: {diterima} dari {ukuran} bita terkirim")));
        }
        let bytes = match tokio::fs::read(self.upload_path(ctx.instansi, id)).await {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Galat::unavailable(error)),
        };
        let sidik: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        if sidik != found.sidik {
            self.delete_upload(ctx.instansi, id).await?;
            return Err(Galat::TidakSah("isi berkas berubah dalam perjalanan; kirim sekali lagi".to_owned()));
        }
        Ok(bytes)
    }

    /// Forgets an upload and removes what has arrived of it.
    pub async fn delete_upload(&self, instansi: InstansiId, id: Uuid) -> Hasil<()> {
        let sql = "DELETE FROM unggahan WHERE instansi_id = $1 AND unggahan_id = $2";
        on!(&self.writer, p => sqlx::query(sql).bind(instansi.0).bind(id).execute(p).await.map(|_| ()))?;
        match tokio::fs::remove_file(self.upload_path(instansi, id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Galat::unavailable(error)),
            _ => Ok(()),
        }
    }

    /// Removes the uploads of all offices to which nothing has come since a moment; gives back how many.
    pub async fn delete_stale_uploads(&self, since: i64) -> Hasil<usize> {
        let sql = "SELECT instansi_id, unggahan_id FROM unggahan WHERE terakhir < $1";
        let stale = on!(&self.db, p => sqlx::query_as::<_, (Uuid, Uuid)>(sql).bind(since).fetch_all(p).await)?;
        for (instansi, id) in &stale {
            self.delete_upload(InstansiId(*instansi), *id).await?;
        }
        Ok(stale.len())
    }
}
