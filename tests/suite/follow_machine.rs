//! Following a trip against its model, over random sequences of commands.

use peline::follow::HeldTrip;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use crate::laws::{
    follow_acts::{Act, nothing},
    follow_laws::{check_act, follow_order},
    follow_model::Model,
    follow_numbers,
};

/// The model, as the machine that the library is compared with.
struct Relations;

impl ReferenceStateMachine for Relations {
    type State = Model;
    type Transition = Act;

    fn init_state() -> BoxedStrategy<Model> {
        Just(Model::default()).boxed()
    }

    fn transitions(_: &Model) -> BoxedStrategy<Act> {
        any::<[u8; 4]>().prop_map(Act::decode).boxed()
    }

    fn apply(mut model: Model, act: &Act) -> Model {
        // A refusal leaves the model as it was; which one it is, `check_act` compares.
        let _ = model.apply(*act);
        model
    }
}

/// The library, beside a model of its own that says what each command must do.
struct Library {
    model: Model,
    held: HeldTrip,
    queue: Vec<peline::follow::Notice>,
}

impl StateMachineTest for Library {
    type SystemUnderTest = Self;
    type Reference = Relations;

    fn init_test(model: &Model) -> Self {
        Self {
            model: model.clone(),
            held: nothing(),
            queue: Vec::new(),
        }
    }

    fn apply(mut library: Self, _: &Model, act: Act) -> Self {
        library.held = check_act(&mut library.model, library.held, &mut library.queue, act);
        library
    }

    #[cfg(feature = "serde")]
    fn check_invariants(library: &Self, _: &Model) {
        let stored = serde_json::to_string(&library.held).unwrap();
        let read: HeldTrip = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, library.held, "what is stored is what is read");
        for notice in &library.queue {
            let stored = serde_json::to_string(notice).unwrap();
            let read: peline::follow::Notice = serde_json::from_str(&stored).unwrap();
            assert_eq!(read, *notice);
        }
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_library_follows_its_model(sequential 1..40 => Library);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_the_same_confirmations_ends_in_the_same_state(
        swaps in any::<[u8; 8]>(),
        acts in prop::collection::vec((prop::sample::select(vec![0_u8, 1, 26, 27, 28]), any::<[u8; 3]>()), 1..8),
    ) {
        let acts = acts.into_iter().flat_map(|(what, [one, two, three])| [what, one, two & !1, three]);
        follow_order(&swaps.into_iter().chain(acts).collect::<Vec<_>>());
    }

    #[test]
    fn nobody_sees_a_ticket_of_somebody_for_whom_he_was_not_there(
        start in any::<[u8; 2]>(),
        acts in prop::collection::vec(any::<[u8; 4]>(), 1..24),
    ) {
        follow_numbers(&start.into_iter().chain(acts.into_flattened()).collect::<Vec<_>>());
    }
}
