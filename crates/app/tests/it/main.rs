//! Integration tests of the use cases, each on both engines.

mod change;
mod import;
mod permission;
mod session;
