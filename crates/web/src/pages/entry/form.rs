//! What a browser sends of the grid: three fields for each figure.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use tolok_app::{Galat, IsianAngka, Penolakan};
use tolok_domain::figure::Angka;
use tolok_domain::number::write_value_plain;
use tolok_domain::{AngkaId, Nilai, Petak};

/// One figure that a button names: its place and the figure that stood there, with a stroke between them.
#[derive(Debug, Deserialize)]
pub(crate) struct Satu {
    pub pilih: String,
}

/// What was typed for one figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Isian {
    pub nilai: String,
    pub keterangan: String,
    /// What the page was made of: identity of the figure and a mark of its texts, see [`seen`].
    pub lihat: String,
    /// What was wrong with it.
    pub pesan: String,
}

/// All that was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Terkirim {
    pub isian: BTreeMap<Petak, Isian>,
    /// Key of the form, so that it is written once.
    pub kunci: String,
    /// Only asks what saving would do.
    pub pratinjau: bool,
}

/// Value and remark of a stored figure as the grid's fields hold them.
pub(crate) fn texts(angka: Option<&Angka>) -> (String, String) {
    match angka {
        None => (String::new(), String::new()),
        Some(a) => match &a.nilai {
            Nilai::BelumAda { alasan } => (String::new(), alasan.clone()),
            known => (write_value_plain(known), a.keterangan.clone()),
        },
    }
}

/// The mark that a page carries of what it shows: which figure, and a hash of its texts that tells whether they were touched.
pub(crate) fn seen(angka: Option<&Angka>) -> String {
    let (nilai, keterangan) = texts(angka);
    let id = angka.map(|a| a.id.to_string()).unwrap_or_default();
    format!("{id}~{}", mark(&nilai, &keterangan))
}

fn mark(nilai: &str, keterangan: &str) -> String {
    let hash = Sha256::new().chain_update(nilai.trim()).chain_update([0]).chain_update(keterangan.trim()).finalize();
    hash.iter().take(4).map(|b| format!("{b:02x}")).collect()
}

impl Isian {
    fn is_touched(&self) -> bool {
        self.lihat.split_once('~').is_none_or(|(_, was)| was != mark(&self.nilai, &self.keterangan))
    }

    fn figure(&self) -> Option<AngkaId> {
        self.lihat.split_once('~').and_then(|(id, _)| id.parse().ok())
    }
}

impl Terkirim {
    /// Reads the fields `nilai:PETAK`, `ket:PETAK`, `lihat:PETAK`, `kunci` and `pratinjau`.
    pub fn read(fields: Vec<(String, String)>) -> Result<Self, Galat> {
        let mut read = Self::default();
        for (name, value) in fields {
            match name.split_once(':') {
                None if name == "kunci" => read.kunci = value,
                None if name == "pratinjau" => read.pratinjau = true,
                None => {}
                Some((field, place)) => {
                    let petak: Petak =
                        place.parse().map_err(|e: tolok_domain::duty::BukanPetak| Galat::TidakSah(e.to_string()))?;
                    let isian = read.isian.entry(petak).or_default();
                    match field {
                        "nilai" => isian.nilai = value,
                        "ket" => isian.keterangan = value,
                        "lihat" => isian.lihat = value,
                        _ => {}
                    }
                }
            }
        }
        Ok(read)
    }

    /// The figures that the user touched.
    pub fn changed(&self) -> Vec<IsianAngka> {
        let touched = self.isian.iter().filter(|(_, isian)| isian.is_touched());
        touched
            .map(|(petak, isian)| IsianAngka {
                petak: petak.clone(),
                nilai: isian.nilai.clone(),
                keterangan: isian.keterangan.clone(),
                bukti: None,
                dilihat: isian.figure(),
            })
            .collect()
    }

    /// The same with what was wrong, to be shown beside each figure. After a conflict the page has seen what is stored now: sending
    /// it again means "use mine".
    pub fn with_faults(mut self, changed: &[IsianAngka], refused: &[(usize, Penolakan)]) -> Self {
        for (place, why) in refused {
            let Some(isian) = changed.get(*place).and_then(|c| self.isian.get_mut(&c.petak)) else { continue };
            isian.pesan = message(why);
            if let Penolakan::Bentrok(conflict) = why {
                isian.lihat = seen(conflict.tersimpan.as_ref());
            }
        }
        self
    }
}

/// What is wrong with a figure, in words.
pub(crate) fn message(why: &Penolakan) -> String {
    match why {
        Penolakan::TidakSah(text) => text.clone(),
        Penolakan::Bentrok(conflict) => match &conflict.tersimpan {
            Some(a) => format!(
                "sudah diubah {} menjadi {}; simpan sekali lagi untuk memakai isian Anda ({})",
                a.oleh, a.nilai, conflict.diketik
            ),
            None => "angka ini baru saja dihapus orang lain; simpan sekali lagi untuk memakai isian Anda".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn only_what_was_touched_is_sent_on() {
        let empty = seen(None);
        let read = Terkirim::read(vec![
            field("kunci", "k1"),
            field("nilai:i/iku.1//2021-TW1", ""),
            field("ket:i/iku.1//2021-TW1", " "),
            field("lihat:i/iku.1//2021-TW1", &empty),
            field("nilai:i/iku.2/peserta/2021-TW1", "28"),
            field("ket:i/iku.2/peserta/2021-TW1", ""),
            field("lihat:i/iku.2/peserta/2021-TW1", &empty),
        ])
        .expect("readable");
        let changed = read.changed();
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].petak.to_string().as_str(), changed[0].nilai.as_str()),
            ("i/iku.2/peserta/2021-TW1", "28")
        );
        assert!(!read.pratinjau && read.kunci == "k1");
        assert!(Terkirim::read(vec![field("nilai:apa saja", "1")]).is_err());
    }
}
