//! Codes of links, and what they are made of.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| podweave_fuzz::link(data));
