//! Laws of changing a flight, over random events and figures.

use proptest::prelude::*;

use crate::laws::{change_events, change_settlement};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

    #[test]
    fn every_step_keeps_the_laws(bytes in prop::collection::vec(any::<u8>(), 2..290)) {
        change_events(&bytes);
    }

    #[test]
    fn a_settlement_is_what_an_accountant_comes_to(bytes in prop::collection::vec(any::<u8>(), 10..24)) {
        change_settlement(&bytes);
    }
}
