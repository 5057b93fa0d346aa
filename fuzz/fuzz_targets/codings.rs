//! See `TARGETS`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: hedgerow_fuzz::run("codings", b""), |bytes: &[u8]| hedgerow_fuzz::run("codings", bytes));
