//! YAML and JSON text, read and judged.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| podweave_fuzz::decoder(&String::from_utf8_lossy(data)));
