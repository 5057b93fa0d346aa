//! See `TARGETS`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hedgerow_fuzz::run("xlsx", bytes));
