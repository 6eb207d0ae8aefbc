//! Sending mail by SMTP, and the task that empties the outbox.

use std::pin::Pin;
use std::time::Duration;

use anyhow::{Context, anyhow};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tolok_app::{App, GagalKirim, KirimSurat, Surat};

use crate::args::SuratArgs;
use crate::setup::now;

/// How long the mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often the outbox is looked at.
const PAUSE: Duration = Duration::from_secs(3);

/// A mail server.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    dari: Mailbox,
}

impl Smtp {
    /// The server of that address, for mails from that sender. Errors hold nothing of the address: there is a password in it.
    pub fn new(alamat: &str, dari: &str) -> anyhow::Result<Self> {
        let dari: Mailbox = dari.parse().context("TOLOK_SURAT_DARI bukan alamat surel")?;
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(alamat)
            .map_err(|_| anyhow!("TOLOK_SMTP tidak terbaca; tulis seperti smtps://pengguna:sandi@surat.contoh.go.id"))?
            .timeout(Some(PATIENCE))
            // Mail servers look at the name that the other side gives itself.
            .hello_name(ClientId::Domain(dari.email.domain().to_owned()))
            .build();
        Ok(Self { server, dari })
    }

    async fn send(&self, surat: &Surat) -> Result<(), GagalKirim> {
        let never = |detail: String| GagalKirim { tetap: true, detail };
        let kepada: Mailbox = surat.kepada.parse().map_err(|e| never(format!("alamat tidak sah: {e}")))?;
        let mail = Message::builder()
            .from(self.dari.clone())
            .to(kepada)
            // The same at each try, so that a mail that arrives twice shows once.
            .message_id(Some(format!("<{}@{}>", surat.surat_id, self.dari.email.domain())))
            .subject(&surat.perihal)
            .header(ContentType::TEXT_PLAIN)
            .body(surat.isi.clone())
            .map_err(|e| never(e.to_string()))?;
        match self.server.send(mail).await {
            Ok(_) => Ok(()),
            Err(e) => Err(GagalKirim { tetap: e.is_permanent(), detail: e.to_string() }),
        }
    }
}

impl KirimSurat for Smtp {
    fn send<'a>(&'a self, surat: &'a Surat) -> Pin<Box<dyn Future<Output = Result<(), GagalKirim>> + Send + 'a>> {
        Box::pin(self.send(surat))
    }
}

/// The mail server of the settings, if they name one; `alamat` is the public address of Tolok, which links in mails begin with.
pub fn mail_server(surat: &SuratArgs, alamat: Option<&str>) -> anyhow::Result<Option<Smtp>> {
    let Some(smtp) = &surat.smtp else { return Ok(None) };
    let dari = surat.surat_dari.as_deref().context("TOLOK_SURAT_DARI belum diisi")?;
    alamat.context("TOLOK_ALAMAT belum diisi; tautan dalam surat memerlukannya")?;
    Smtp::new(smtp, dari).map(Some)
}

/// Sends what waits in the outbox, for as long as the server runs.
pub async fn keep_sending(app: App, smtp: Smtp) {
    loop {
        match app.deliver(&smtp, now()).await {
            Ok(done) => done.gagal.iter().for_each(|why| tracing::warn!("{why}")),
            Err(galat) => tracing::error!(?galat, "kotak keluar surat tidak terbaca"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::{TcpListener, TcpStream};

    fn surat(kepada: &str) -> Surat {
        Surat {
            surat_id: uuid::Uuid::nil(),
            kepada: kepada.to_owned(),
            perihal: "Sandi baru – Tolok".to_owned(),
            isi: "Buka tautan ini:\n\nhttps://tolok.test/sandi/0123\n".to_owned(),
            coba: 1,
        }
    }

    /// Speaks as much SMTP as it takes for one mail, and gives back what was said; refuses recipients named "tidak".
    async fn server(stream: TcpStream) -> Vec<String> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let (mut heard, mut in_data) = (Vec::new(), false);
        write.write_all(b"220 surat.test\r\n").await.expect("written");
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.as_str() {
                "." if in_data => {
                    in_data = false;
                    "250 diterima\r\n"
                }
                _ if in_data => "",
                "DATA" => {
                    in_data = true;
                    "354 silakan\r\n"
                }
                "QUIT" => "221 sampai jumpa\r\n",
                refused if refused.contains("<tidak@") => "550 tidak ada\r\n",
                _ => "250 baik\r\n",
            };
            heard.push(line);
            if !answer.is_empty() {
                write.write_all(answer.as_bytes()).await.expect("written");
            }
        }
        heard
    }

    #[tokio::test]
    async fn a_mail_arrives_as_it_was_written() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
        let alamat = format!("smtp://{}", listener.local_addr().expect("address"));
        let smtp = Smtp::new(&alamat, "Tolok <tolok@contoh.test>").expect("settings");
        let surat = surat("seksi@contoh.test");
        let (sent, heard) =
            tokio::join!(smtp.send(&surat), async { server(listener.accept().await.expect("connection").0).await });
        assert_eq!(sent, Ok(()));
        let text = heard.join("\n");
        assert!(
            text.contains("MAIL FROM:<tolok@contoh.test>") && text.contains("RCPT TO:<seksi@contoh.test>"),
            "{text}"
        );
        assert!(
            text.contains("https://tolok.test/sandi/0123") && text.contains("Subject: Sandi baru =?utf-8?"),
            "{text}"
        );
        assert!(text.starts_with("EHLO contoh.test\n") && text.contains("Message-ID: <00000000-"), "{text}");
    }

    #[tokio::test]
    async fn what_the_server_does_not_want_is_not_tried_again_and_what_is_down_is() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
        let alamat = format!("smtp://{}", listener.local_addr().expect("address"));
        let smtp = Smtp::new(&alamat, "tolok@contoh.test").expect("settings");
        let unwanted = surat("tidak@contoh.test");
        let (refused, _) =
            tokio::join!(smtp.send(&unwanted), async { server(listener.accept().await.expect("connection").0).await });
        assert!(refused.expect_err("refused").tetap);
        assert!(smtp.send(&surat("bukan alamat")).await.expect_err("no address").tetap);
        drop(listener);
        let down = smtp.send(&surat("seksi@contoh.test")).await.expect_err("nobody listens");
        assert!(!down.tetap && !down.detail.contains("tautan"), "{down:?}");
    }

    #[test]
    fn a_wrong_setting_does_not_show_its_password() {
        let error = Smtp::new("surat://pengguna:rahasia@contoh.test", "tolok@contoh.test").err().expect("wrong");
        assert!(!format!("{error:?}").contains("rahasia"));
    }
}
