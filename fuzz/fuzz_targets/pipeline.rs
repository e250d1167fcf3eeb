//! A manifest through import, report, YAML, picture, link and a posted form.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| podweave_fuzz::pipeline(&String::from_utf8_lossy(data)));
