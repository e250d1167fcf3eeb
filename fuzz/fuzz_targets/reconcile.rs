//! A text that follows its tree.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| podweave_fuzz::reconcile(&String::from_utf8_lossy(data)));
