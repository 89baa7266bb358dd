//! Messages of QCVN 102:2016/BTTTT and the papers in them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::read_all(bytes));
