//! Scripts, sources, adapters and calls that nobody thought of.

use byte_stream_tests::property::Case;
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_source_does_and_however_it_is_read_the_contract_is_kept(bytes in vec(any::<u8>(), 0..80)) {
        let case = Case::of(&bytes);
        if let Err(fault) = case.check() {
            panic!("{fault}\n  {case:?}");
        }
    }
}
