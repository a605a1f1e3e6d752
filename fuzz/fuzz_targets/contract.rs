//! Whatever the source does and however it is read, the contract is kept.

#![no_main]

use byte_stream_tests::property::Case;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let case = Case::of(bytes);
    if let Err(fault) = case.check() {
        panic!("{fault}\n  {case:?}");
    }
});
