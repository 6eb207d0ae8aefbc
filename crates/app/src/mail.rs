//! Mails: their texts, and the background task that sends what waits in the outbox. Without a mail server in the settings nothing is
//! written into it.

use std::pin::Pin;

use tolok_store::{Akun, Ctx, Hasil, Surat, SuratBaru};

use crate::App;
use crate::account::JenisTautan;

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GagalKirim {
    /// Whether trying again is of no use: the server does not want this mail.
    pub tetap: bool,
    /// For the log. Holds nothing of the text.
    pub detail: String,
}

/// Something that sends mails. Lives outside, so that this crate speaks no protocol.
pub trait KirimSurat: Send + Sync {
    /// Sends one.
    fn send<'a>(&'a self, surat: &'a Surat) -> Pin<Box<dyn Future<Output = Result<(), GagalKirim>> + Send + 'a>>;
}

/// What became of the mails that were due.
#[derive(Debug, Default)]
pub struct Terkirim {
    /// How many were sent.
    pub jumlah: usize,
    /// What went wrong, for the log.
    pub gagal: Vec<String>,
}

/// The wait after the first failure, microseconds; each further one doubles it, up to an hour.
const WAIT: i64 = 2 * 60 * 1_000_000;
/// Tries before a mail is given up: about five hours.
const TRIES: i64 = 10;

impl App {
    /// Puts a mail into the outbox; does nothing where no mail is sent. What belongs to a change of an office's data goes into
    /// `Perubahan::surat` instead, so that both are written or neither.
    pub async fn queue_mail(&self, ctx: &Ctx, kepada: &str, perihal: &str, isi: &str) -> Hasil<()> {
        if !self.sends_mail() {
            return Ok(());
        }
        let surat = SuratBaru { kepada: kepada.to_owned(), perihal: perihal.to_owned(), isi: isi.to_owned() };
        self.store.create_mail(&surat, ctx.waktu).await
    }

    /// Sends the mails that are due. A failed one is tried again later.
    pub async fn deliver(&self, sender: &dyn KirimSurat, waktu: i64) -> Hasil<Terkirim> {
        let mut done = Terkirim::default();
        while let Some(surat) = self.store.take_mail(waktu, WAIT).await? {
            match sender.send(&surat).await {
                Ok(()) => {
                    self.store.delete_mail(surat.surat_id).await?;
                    done.jumlah += 1;
                }
                Err(gagal) => {
                    let given_up = gagal.tetap || surat.coba >= TRIES;
                    if given_up {
                        self.store.delete_mail(surat.surat_id).await?;
                    }
                    let what = if given_up { "tidak dikirim lagi" } else { "dicoba lagi nanti" };
                    done.gagal
                        .push(format!("surat {} percobaan {}: {}; {what}", surat.surat_id, surat.coba, gagal.detail));
                }
            }
        }
        Ok(done)
    }

    /// Tells the owner of an account what was changed, where mail is sent and the address is known.
    pub(crate) fn notice(&self, akun: &Akun, what: &str) -> Option<SuratBaru> {
        let kepada = akun.surel.clone().filter(|_| self.sends_mail())?;
        let isi = format!(
            "{what}\n\nNama akun: {}\n\nBila bukan Anda yang melakukannya, segera hubungi admin instansi Anda.\n{}\n",
            akun.nama_masuk,
            self.address("/")
        );
        Some(SuratBaru { kepada, perihal: "Perubahan pada akun Tolok Anda".to_owned(), isi })
    }
}

/// The mail that brings a link to a password.
pub(crate) fn link(jenis: JenisTautan, kepada: &str, nama_masuk: &str, alamat: &str, hours: i64) -> SuratBaru {
    let (perihal, what) = match jenis {
        JenisTautan::Undangan => (
            "Undangan masuk ke Tolok",
            "Admin instansi Anda membuatkan akun di Tolok. Buka tautan ini untuk membuat sandi:",
        ),
        JenisTautan::Sandi => ("Sandi baru untuk Tolok", "Buka tautan ini untuk membuat sandi baru di Tolok:"),
    };
    let span = if hours >= 48 { format!("{} hari", hours / 24) } else { format!("{hours} jam") };
    let isi = format!(
        "{what}\n\n{alamat}\n\nNama akun: {nama_masuk}\n\nTautan berlaku {span} dan hanya dapat dipakai sekali. Jangan teruskan surat ini \
         kepada siapa pun. Bila Anda tidak memintanya, abaikan saja; sandi Anda tidak berubah.\n"
    );
    SuratBaru { kepada: kepada.to_owned(), perihal: perihal.to_owned(), isi }
}
