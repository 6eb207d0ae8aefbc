//! Evidence that is sent in pieces, so that a broken line goes on where it stopped.

use tolok_domain::access::Hak;
use tolok_domain::period::Tahun;
use tolok_domain::{AngkaId, Petak};
use tolok_store::{Ctx, Galat, Hasil, Unggahan};
use uuid::Uuid;

use crate::evidence::{BuktiBaru, MAX_EVIDENCE};
use crate::{App, require};

/// Largest piece of an upload, bytes.
pub const MAX_CHUNK: usize = 1024 * 1024;

/// How long an unfinished upload is kept after its last piece, microseconds: a day.
const KEPT: i64 = 24 * 3600 * 1_000_000;

impl App {
    /// Begins to send a file of that hash (SHA-256, 64 hexadecimal digits) and size, or goes on with it where the account stopped.
    ///
    /// Permission: [`Hak::UbahRealisasi`].
    ///
    /// # Errors
    /// [`Galat::TidakSah`] for an empty or too large file, and when too many are unfinished.
    pub async fn begin_upload(&self, ctx: &Ctx, sha256: &str, ukuran: u64) -> Hasil<Unggahan> {
        require(ctx, Hak::UbahRealisasi)?;
        let sha256 = sha256.trim().to_ascii_lowercase();
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Galat::TidakSah("sidik berkas tidak terbaca; muat ulang halaman lalu kirim lagi".to_owned()));
        }
        if ukuran == 0 {
            return Err(Galat::TidakSah("berkasnya kosong".to_owned()));
        }
        let fits = i64::try_from(ukuran).ok().filter(|n| usize::try_from(*n).is_ok_and(|n| n <= MAX_EVIDENCE));
        let ukuran = fits.ok_or_else(|| {
            let size = ukuran / (1024 * 1024);
            Galat::TidakSah(format!("berkasnya {size} MB; paling besar 25 MB, perkecil atau bagi dahulu"))
        })?;
        self.store.create_upload(ctx, &sha256, ukuran).await
    }

    /// Takes the next piece of a file, at most [`MAX_CHUNK`]; says how far it has come, also when the piece was not the next one.
    ///
    /// Permission: [`Hak::UbahRealisasi`]; the upload's own sender.
    pub async fn continue_upload(&self, ctx: &Ctx, id: Uuid, mulai: i64, bytes: &[u8]) -> Hasil<Unggahan> {
        require(ctx, Hak::UbahRealisasi)?;
        if bytes.is_empty() || bytes.len() > MAX_CHUNK {
            return Err(Galat::TidakSah("satu potong berkas paling besar 1 MB dan tidak boleh kosong".to_owned()));
        }
        self.store.save_chunk(ctx, id, mulai, bytes).await
    }

    /// Adds a file that has arrived whole to a figure, as [`App::attach_evidence`] does; `bukti` says all about it but its content.
    /// A file that is no evidence is not kept; after a conflict it is, and need not be sent again.
    ///
    /// Permission: [`Hak::UbahRealisasi`] for the figure's unit; the upload's own sender.
    pub async fn attach_upload(
        &self,
        ctx: &Ctx,
        tahun: Tahun,
        petak: &Petak,
        dilihat: AngkaId,
        id: Uuid,
        bukti: BuktiBaru,
    ) -> Hasil<i64> {
        require(ctx, Hak::UbahRealisasi)?;
        if let Some(nomor) = self.store.find_sent(ctx).await? {
            return Err(Galat::SudahTersimpan(nomor));
        }
        let isi = self.store.load_upload(ctx, id).await?;
        let outcome = self.attach_evidence(ctx, tahun, petak, dilihat, &[BuktiBaru { isi, ..bukti }]).await;
        // After a conflict, or when the storage fails, the same file can be sent to its end once more.
        if !matches!(outcome, Err(Galat::Bentrok | Galat::TidakTersedia { .. })) {
            self.store.delete_upload(ctx.instansi, id).await?;
        }
        outcome
    }

    /// Removes uploads to which nothing has come for a day; gives back how many. For the server's own housekeeping: no person asks.
    pub async fn remove_stale_uploads(&self, waktu: i64) -> Hasil<usize> {
        self.store.delete_stale_uploads(waktu - KEPT).await
    }
}
