//! A manifest through fixes, comments for learners and what happens to its data.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| podweave_fuzz::mending(&String::from_utf8_lossy(data)));
