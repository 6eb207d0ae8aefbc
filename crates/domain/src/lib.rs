#![doc = include_str!("../README.md")]

pub mod access;
pub mod action;
pub mod agreement;
pub mod approval;
pub mod bacaan;
pub mod calendar;
pub mod code;
pub mod coverage;
pub mod deadline;
pub mod document;
pub mod duty;
pub mod entry_sheet;
pub mod evaluasi;
pub mod figure;
pub mod formula;
pub mod id;
pub mod indicator;
pub mod measure;
pub mod nomenklatur;
pub mod notice;
pub mod number;
pub mod opening;
pub mod outlier;
pub mod period;
pub mod plan;
pub mod pohon;
pub mod publication;
pub mod ranking;
pub mod region;
pub mod register;
pub mod rekomendasi;
pub mod remark;
pub mod revision;
pub mod scale;
pub mod sheet;
pub mod snapshot;
pub mod timeliness;
pub mod uang_kinerja;
pub mod value;

pub use code::KodeRekening;
pub use coverage::Cakupan;
pub use deadline::{Jadwal, Tingkat};
pub use document::{Dokumen, JenisDokumen};
pub use duty::Petak;
pub use figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
pub use id::{AngkaId, InstansiId, PenggunaId};
pub use indicator::{Akumulasi, Arah, Indikator, RumusMinimal};
pub use measure::{Capaian, Pengukuran, ukur};
pub use nomenklatur::{ItemNomenklatur, Nomenklatur};
pub use period::{Periode, Tahun};
pub use plan::{JenisSimpul, Simpul, Unit};
pub use snapshot::Potret;
pub use value::{Nilai, Rupiah, TipeNilai};

/// Exact decimal number used for every figure; see the README on why never a float.
pub use rust_decimal::Decimal;
