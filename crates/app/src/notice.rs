//! Notices: who is told when figures, recommendations and worksheets move on, and what; as rows that the pages list, and as mails for those who want them. Both are
//! written in the transaction of the change.

use jiff::civil::Date;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::evaluasi::{Giliran, turn};
use tolok_domain::figure::{Angka, Subjek};
use tolok_domain::notice::{JenisKabar, PilihanSurat};
use tolok_domain::period::Tahun;
use tolok_domain::rekomendasi::{BarisRekomendasi, Putusan, board};
use tolok_domain::{PenggunaId, Periode, Petak, Potret};
use tolok_store::{Ctx, Hasil, Kabar, KabarBaru, Penerima, SuratBaru};
use uuid::Uuid;

use crate::tasks::{has_turn, in_charge};
use crate::{App, Sesi, day, require};

/// Figures that a notice or a mail names; how many there are is always said.
const LINES: usize = 30;

/// A figure that moved on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pergerakan {
    /// Its place.
    pub petak: Petak,
    /// What is told of it.
    pub jenis: JenisKabar,
    /// Why it was sent back; empty otherwise.
    pub alasan: String,
}

/// What is told of a change.
#[derive(Debug, Default)]
pub(crate) struct Berita {
    pub surat: Vec<SuratBaru>,
    pub kabar: Vec<KabarBaru>,
}

/// A notice as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KabarSaya {
    /// Identity, in the order of writing.
    pub id: Uuid,
    /// What it tells.
    pub jenis: JenisKabar,
    /// Year of the figures.
    pub tahun: Tahun,
    /// The period that was locked as a whole.
    pub periode: Option<Periode>,
    /// Who did it.
    pub oleh: String,
    /// How many figures it tells of.
    pub jumlah: usize,
    /// The first of them, each with the reason why it was sent back.
    pub angka: Vec<(Petak, String)>,
    /// What it tells of where that is no figure, by code: wording of a recommendation, verdict, turn of a worksheet.
    pub hal: Vec<(String, String)>,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
    /// Whether it was marked as read.
    pub dibaca: bool,
}

impl App {
    /// The own notices in the office, newest first: those before `before` (or all), at most `most`.
    ///
    /// Permission: [`Hak::Lihat`]; nobody sees another's.
    pub async fn notices(&self, ctx: &Ctx, before: Option<Uuid>, most: i64) -> Hasil<Vec<KabarSaya>> {
        require(ctx, Hak::Lihat)?;
        let found = self.store.notices(ctx, before, most).await?;
        Ok(found.iter().filter_map(read).collect())
    }

    /// Marks own notices in the office as read: one, or all where none is named.
    ///
    /// Permission: [`Hak::Lihat`]; nobody marks another's.
    pub async fn mark_read(&self, ctx: &Ctx, only: Option<Uuid>) -> Hasil<()> {
        require(ctx, Hak::Lihat)?;
        self.store.mark_read(ctx, only).await
    }

    /// Which mails about the work the own account wants.
    ///
    /// Permission: a session.
    pub async fn mail_choice(&self, sesi: &Sesi) -> Hasil<PilihanSurat> {
        self.store.mail_choice(sesi.akun()).await
    }

    /// Chooses which mails about the work the own account gets.
    ///
    /// Permission: a session.
    pub async fn choose_mail(&self, sesi: &Sesi, pilihan: PilihanSurat) -> Hasil<()> {
        self.store.save_mail_choice(sesi.akun(), pilihan).await
    }

    /// Everybody who may have to be told of a change that the context makes. The caller has checked the permission.
    pub(crate) async fn audience(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Khalayak> {
        Ok(Khalayak {
            pelaku: ctx.pelaku.clone(),
            akun: ctx.akun,
            hari: day(ctx.waktu),
            orang: self.store.audience(ctx, &day(ctx.waktu).to_string()).await?,
            pengisi: self.store.enterers(ctx, tahun).await?,
            alamat: self.sends_mail().then(|| self.address("")),
        })
    }
}

/// A stored notice, if this version of Tolok knows its kind.
pub(crate) fn read(kabar: &Kabar) -> Option<KabarSaya> {
    let jenis = JenisKabar::find(&kabar.jenis)?;
    let lines: Vec<(String, String)> = serde_json::from_str(&kabar.isi).unwrap_or_default();
    let (of_figures, hal) =
        if JenisKabar::FIGURES.contains(&jenis) { (lines, Vec::new()) } else { (Vec::new(), lines) };
    Some(KabarSaya {
        id: kabar.kabar_id,
        jenis,
        tahun: Tahun::try_from(kabar.tahun).ok()?,
        periode: kabar.periode.parse().ok(),
        oleh: kabar.oleh.clone(),
        jumlah: usize::try_from(kabar.jumlah).unwrap_or_default(),
        angka: of_figures.into_iter().filter_map(|(petak, alasan)| Some((petak.parse().ok()?, alasan))).collect(),
        hal,
        waktu: kabar.dibuat,
        dibaca: kabar.dibaca.is_some(),
    })
}

/// Who may have to be told.
pub(crate) struct Khalayak {
    pelaku: String,
    akun: Option<PenggunaId>,
    hari: Date,
    orang: Vec<Penerima>,
    pengisi: Vec<(Petak, PenggunaId)>,
    /// Address of the server, where mail is sent.
    alamat: Option<String>,
}

impl Khalayak {
    /// What is told of figures that moved on: handed in to verifiers of their unit; sent back to those who entered them; verified and
    /// locked also to planners. Nobody is told of what he did himself.
    pub fn tell(&self, potret: &Potret, gerak: &[Pergerakan]) -> Berita {
        let enterers: Vec<Vec<PenggunaId>> = gerak.iter().map(|g| self.enterers(potret, &g.petak)).collect();
        let mut berita = Berita::default();
        for orang in self.others() {
            for jenis in JenisKabar::FIGURES {
                let concerns = |(g, enterers): &(&Pergerakan, &Vec<PenggunaId>)| {
                    let covers = |hak| covers(potret, orang, hak, &g.petak);
                    let entered = enterers.contains(&orang.akun);
                    g.jenis == jenis
                        && match jenis {
                            JenisKabar::Diajukan => covers(Hak::Verifikasi),
                            JenisKabar::Dikembalikan => entered,
                            JenisKabar::Diverifikasi | JenisKabar::Dikunci => entered || covers(Hak::UbahRencana),
                            JenisKabar::Rekomendasi
                            | JenisKabar::Jawaban
                            | JenisKabar::Putusan
                            | JenisKabar::LembarKerja => false,
                        }
                };
                let these: Vec<&Pergerakan> = gerak.iter().zip(&enterers).filter(concerns).map(|(g, _)| g).collect();
                if !these.is_empty() {
                    let lines = these.iter().take(LINES).map(|g| (g.petak.to_string(), g.alasan.clone())).collect();
                    self.add(&mut berita, potret, orang, &Isi { jenis, periode: None, jumlah: these.len(), lines });
                }
            }
        }
        berita
    }

    /// What is told of a period that was locked, with the figures that were: everybody who enters or plans, since what is missing
    /// cannot be entered any more.
    pub fn tell_lock(&self, potret: &Potret, periode: Periode, angka: &[Angka]) -> Berita {
        let mut berita = Berita::default();
        for orang in self.others() {
            let works = |t: &tolok_domain::access::Penugasan| {
                t.peran.grants(Hak::UbahRealisasi) || t.peran.grants(Hak::UbahRencana)
            };
            if orang.tugas.iter().any(works) {
                let mine = angka.iter().filter(|a| covers(potret, orang, Hak::UbahRealisasi, &Petak::of(a)));
                let (jenis, jumlah) = (JenisKabar::Dikunci, mine.count());
                self.add(&mut berita, potret, orang, &Isi { jenis, periode: Some(periode), jumlah, lines: Vec::new() });
            }
        }
        berita
    }

    /// What is told of recommendations and the worksheet that moved on: what was recommended and judged to those in charge, answers and
    /// the worksheet to those whose turn it has become.
    pub fn tell_turns(&self, before: &Potret, after: &Potret) -> Berita {
        let hari = self.hari;
        let (then, now) = (board(before, hari), board(after, hari));
        let judged = |p: Option<&Putusan>| p.map(|p| (p.tahun, p.keadaan, p.alasan.clone()));
        let mut told: Vec<(JenisKabar, &BarisRekomendasi<'_>, String)> = Vec::new();
        for row in &now {
            let old = then.iter().find(|b| b.rekomendasi.kode == row.rekomendasi.kode);
            let wording = shortened(&row.rekomendasi.rekomendasi);
            if old.is_none_or(|b| b.rekomendasi != row.rekomendasi) {
                told.push((JenisKabar::Rekomendasi, row, wording.clone()));
            }
            let answered = old.is_none_or(|b| !b.awaits_verdict() || judged(b.instansi) != judged(row.instansi));
            if row.awaits_verdict() && answered {
                told.push((JenisKabar::Jawaban, row, wording));
            }
            if let Some(other) = row.evaluator
                && judged(old.and_then(|b| b.evaluator)) != judged(Some(other))
            {
                let reason = if other.alasan.is_empty() { String::new() } else { format!(": {}", other.alasan) };
                told.push((JenisKabar::Putusan, row, shortened(&format!("{}{reason}", other.keadaan.label()))));
            }
        }
        let whose = |potret: &Potret| potret.evaluation_of(potret.tahun).and_then(|e| turn(potret, e)).map(|(g, _)| g);
        let worksheet = after.evaluation_of(after.tahun).zip(whose(after).filter(|g| Some(*g) != whose(before)));
        let mut berita = Berita::default();
        for orang in self.others() {
            for (jenis, row, text) in &told {
                let concerns = match jenis {
                    JenisKabar::Jawaban => orang.tugas.iter().any(|t| t.peran.grants(Hak::Evaluasi)),
                    _ => in_charge(&orang.tugas, after, row.rekomendasi, None),
                };
                if concerns {
                    let lines = vec![(row.rekomendasi.kode.clone(), text.clone())];
                    self.add(&mut berita, after, orang, &Isi { jenis: *jenis, periode: None, jumlah: 1, lines });
                }
            }
            if let Some((evaluasi, giliran)) = worksheet
                && has_turn(&orang.tugas, &orang.nama, after, evaluasi, giliran)
            {
                let lines = vec![(evaluasi.kode.clone(), giliran.as_str().to_owned())];
                let isi = Isi { jenis: JenisKabar::LembarKerja, periode: None, jumlah: 1, lines };
                self.add(&mut berita, after, orang, &isi);
            }
        }
        berita
    }

    fn others(&self) -> impl Iterator<Item = &Penerima> {
        self.orang.iter().filter(|orang| Some(orang.akun) != self.akun)
    }

    /// Those who entered the figure in a place or handed it in and may still do so; where there is none, as after an import,
    /// everybody who may.
    fn enterers(&self, potret: &Potret, petak: &Petak) -> Vec<PenggunaId> {
        let may: Vec<PenggunaId> = self
            .orang
            .iter()
            .filter(|orang| covers(potret, orang, Hak::UbahRealisasi, petak))
            .map(|orang| orang.akun)
            .collect();
        let entered = |akun: &&PenggunaId| self.pengisi.iter().any(|(place, who)| place == petak && who == *akun);
        let known: Vec<PenggunaId> = may.iter().filter(entered).copied().collect();
        if known.is_empty() { may } else { known }
    }

    fn add(&self, berita: &mut Berita, potret: &Potret, orang: &Penerima, isi: &Isi) {
        berita.kabar.push(KabarBaru {
            akun: orang.akun,
            jenis: isi.jenis.as_str(),
            tahun: potret.tahun,
            periode: isi.periode.map(|p| p.to_string()).unwrap_or_default(),
            jumlah: i64::try_from(isi.jumlah).unwrap_or(i64::MAX),
            isi: serde_json::to_string(&isi.lines).unwrap_or_default(),
        });
        let (Some(alamat), Some(surel)) = (&self.alamat, &orang.surel) else { return };
        if orang.pilihan == PilihanSurat::Segera {
            berita.surat.push(isi.mail(potret, &self.pelaku, surel, &format!("{alamat}/o/{}", orang.kantor)));
        }
    }
}

/// What one person is told.
struct Isi {
    jenis: JenisKabar,
    periode: Option<Periode>,
    jumlah: usize,
    /// Place and reason.
    lines: Vec<(String, String)>,
}

impl Isi {
    fn mail(&self, potret: &Potret, oleh: &str, kepada: &str, akar: &str) -> SuratBaru {
        let (n, instansi) = (self.jumlah, &potret.instansi);
        let what = headline(self.jenis, self.periode, n);
        let quarter = self.lines.first().and_then(|(petak, _)| petak.parse::<Petak>().ok()).map(|p| p.periode);
        let tw = quarter.or(self.periode).map_or(String::new(), |p| format!("&tw={}", p.last_month().div_ceil(3)));
        let kode = self.lines.first().map_or("", |(kode, _)| kode.as_str());
        let (page, todo) = match self.jenis {
            JenisKabar::Diajukan => ("verifikasi".to_owned(), "Periksa"),
            JenisKabar::Dikembalikan => ("isi".to_owned(), "Perbaiki dan ajukan lagi"),
            JenisKabar::Diverifikasi | JenisKabar::Dikunci => ("isi".to_owned(), "Lihat"),
            JenisKabar::Rekomendasi | JenisKabar::Putusan => (format!("rekomendasi/{kode}"), "Lihat"),
            JenisKabar::Jawaban => (format!("rekomendasi/{kode}"), "Putuskan"),
            JenisKabar::LembarKerja => (format!("evaluasi/{kode}"), "Buka"),
        };
        let mut isi = format!("{what}, oleh {}.\n{}\n\n", one_line(oleh), one_line(&instansi.nama));
        for (petak, alasan) in &self.lines {
            let name = petak.parse().map_or_else(|_| petak.clone(), |petak| place_name(potret, &petak));
            let alasan = match Giliran::find(alasan) {
                Some(giliran) if self.jenis == JenisKabar::LembarKerja => turn_words(giliran),
                _ => alasan.as_str(),
            };
            let reason = if alasan.is_empty() { String::new() } else { format!(": {}", one_line(alasan)) };
            isi.push_str(&format!("- {name}{reason}\n"));
        }
        if !self.lines.is_empty() && n > self.lines.len() {
            isi.push_str(&format!("- dan {} lainnya\n", n - self.lines.len()));
        }
        isi.push_str(&format!("\n{todo}: {akar}/{page}?tahun={}{tw}\n{}", potret.tahun, footer(akar)));
        SuratBaru { kepada: kepada.to_owned(), perihal: one_line(&format!("{}: {what}", short_name(potret))), isi }
    }
}

/// A notice in a line: "3 angka dikembalikan".
pub(crate) fn headline(jenis: JenisKabar, periode: Option<Periode>, jumlah: usize) -> String {
    match (jenis, periode) {
        (_, Some(periode)) => format!("{} dikunci, {jumlah} angka Anda di dalamnya", periode.heading()),
        (JenisKabar::Diajukan, None) => format!("{jumlah} angka menunggu verifikasi"),
        (JenisKabar::Dikembalikan, None) => format!("{jumlah} angka dikembalikan"),
        (JenisKabar::Diverifikasi, None) => format!("{jumlah} angka diverifikasi"),
        (JenisKabar::Dikunci, None) => format!("{jumlah} angka dikunci"),
        (JenisKabar::Rekomendasi, None) => format!("{jumlah} rekomendasi untuk unit Anda"),
        (JenisKabar::Jawaban, None) => format!("{jumlah} jawaban rekomendasi menunggu putusan"),
        (JenisKabar::Putusan, None) => format!("{jumlah} putusan evaluator atas tindak lanjut"),
        (JenisKabar::LembarKerja, None) => "lembar kerja evaluasi menunggu Anda".to_owned(),
    }
}

/// Whose turn a worksheet is, in words.
pub(crate) const fn turn_words(giliran: Giliran) -> &'static str {
    match giliran {
        Giliran::Mandiri => "penilaian mandiri diminta",
        Giliran::Evaluator => "menunggu penilaian evaluator",
        Giliran::PenjaminMutu => "menunggu penjamin mutu",
        Giliran::Terbit => "siap diterbitkan",
    }
}

/// Characters of a recommendation or a step that a line shows.
const WORDING: usize = 100;

/// The beginning of a text, on one line.
pub(crate) fn shortened(text: &str) -> String {
    let line = one_line(text);
    let begin: String = line.chars().take(WORDING).collect();
    if begin.len() < line.len() { format!("{}...", begin.trim_end()) } else { line }
}

/// The end of every mail about the work.
pub(crate) fn footer(akar: &str) -> String {
    format!("\nSurat yang Anda terima diatur di {akar}/saya\n")
}

/// The office's short name, or its name where it has none.
pub(crate) fn short_name(potret: &Potret) -> &str {
    let instansi = &potret.instansi;
    if instansi.singkatan.is_empty() { &instansi.nama } else { &instansi.singkatan }
}

/// A place as a person knows it: the indicator's name or the budget line's, the variable, the period.
pub(crate) fn place_name(potret: &Potret, petak: &Petak) -> String {
    let name = match &petak.subjek {
        Subjek::Indikator(kode) => potret.indicator(kode).map(|i| i.nama.clone()),
        Subjek::Simpul(kode) => potret.node(kode).map(|s| format!("Belanja {}", s.calm_name())),
    };
    let variable = petak.variable().map(|v| format!(", {}", v.replace('_', " "))).unwrap_or_default();
    let name = name.unwrap_or_else(|| petak.subjek.kode().to_owned());
    one_line(&format!("{name}{variable}, {}", petak.periode.heading()))
}

/// A text on one line: what people typed makes no lines of its own in a mail.
pub(crate) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

fn covers(potret: &Potret, orang: &Penerima, hak: Hak, petak: &Petak) -> bool {
    Lingkup::of(&orang.tugas, hak).covers(potret.upwards(petak.unit(potret)))
}
