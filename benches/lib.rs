#![doc = include_str!("README.md")]

use mimalloc::MiMalloc;

/// As the program has it, so that what is measured is what runs.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
