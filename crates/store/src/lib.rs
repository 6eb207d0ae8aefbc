#![doc = include_str!("../README.md")]

mod account;
mod ctx;
mod db;
mod error;
mod evidence;
mod ledger;
mod region;
mod row;
mod snapshot;
mod verify;

pub use account::{Akun, AkunBaru, PeranBerlaku, SesiTersimpan};
pub use ctx::Ctx;
pub use db::{Db, Store};
pub use error::{Galat, Hasil};
pub use ledger::{Entri, Perubahan};
pub use region::Kenal;
pub use row::{BarisAngka, Butir};
pub use verify::{Kerusakan, Pemeriksaan};
