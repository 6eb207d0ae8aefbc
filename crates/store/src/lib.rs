#![doc = include_str!("../README.md")]

mod account;
mod calendar;
mod ctx;
mod db;
mod digest;
mod error;
mod evidence;
mod history;
mod ledger;
mod mail;
mod nomenklatur;
mod notice;
mod once;
mod region;
mod row;
mod session;
mod snapshot;
mod upload;
mod verify;
mod weights;

pub use account::{Akun, AkunBaru, AkunInstansi, Diberi, Tetangga};
pub use ctx::Ctx;
pub use db::{Db, Store};
pub use error::{Galat, Hasil};
pub use history::{Keluar, Tercatat};
pub use ledger::{Bagian, Entri, Perubahan};
pub use mail::{Surat, SuratBaru};
pub use nomenklatur::{DaftarNomenklatur, HasilCari};
pub use notice::{Kabar, KabarBaru, Penerima};
pub use once::{JenisSekali, SekaliBaru};
pub use region::Kenal;
pub use row::{BarisAngka, Butir};
pub use session::{Faktor, PeranBerlaku, SesiAkun, SesiBaru, SesiTersimpan};
pub use upload::{MAX_UPLOADS, Unggahan};
pub use verify::{Kerusakan, Pemeriksaan};
pub use weights::BobotTersimpan;
