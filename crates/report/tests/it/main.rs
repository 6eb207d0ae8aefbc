//! Documents of the demo data.

mod lhe;
mod pohon;
