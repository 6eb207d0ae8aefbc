//! Evidence files, addressed by SHA-256. A file that is there is never written again: its name is its content.

use std::io;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::Store;
use crate::error::{Galat, Hasil};

impl Store {
    fn evidence_path(&self, ctx: &Ctx, sha256: &str) -> Hasil<PathBuf> {
        // The name comes from outside: nothing but a hash may reach the file system.
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Galat::TidakDitemukan("bukti".to_owned()));
        }
        Ok(self.bukti.join(ctx.instansi.to_string()).join(sha256))
    }

    /// Stores a file and gives back its hash. Written aside and renamed, so that a half-written file is never seen.
    pub async fn save_evidence(&self, ctx: &Ctx, bytes: &[u8]) -> Hasil<String> {
        let sha256: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        let path = self.evidence_path(ctx, &sha256)?;
        if tokio::fs::try_exists(&path).await.map_err(Galat::unavailable)? {
            return Ok(sha256);
        }
        let write = async {
            if let Some(folder) = path.parent() {
                tokio::fs::create_dir_all(folder).await?;
            }
            // A name of its own: the same file may come from two people at once.
            let aside = path.with_extension(Uuid::now_v7().to_string());
            let mut file = tokio::fs::File::create(&aside).await?;
            file.write_all(bytes).await?;
            // On disk before the ledger speaks of it, as the database is.
            file.sync_all().await?;
            tokio::fs::rename(&aside, &path).await
        };
        write.await.map_err(Galat::unavailable)?;
        Ok(sha256)
    }

    /// Content of an evidence file of the office.
    pub async fn find_evidence(&self, ctx: &Ctx, sha256: &str) -> Hasil<Vec<u8>> {
        let path = self.evidence_path(ctx, sha256)?;
        tokio::fs::read(path).await.map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => Galat::TidakDitemukan("bukti".to_owned()),
            _ => Galat::unavailable(e),
        })
    }
}
