//! Documents of the demo data.

mod pohon;
