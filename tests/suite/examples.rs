//! What the examples in the documentation share is itself in order.

use peline::change::{Fact, Outcome, State};

use crate::example;

#[test]
fn the_case_of_the_examples_closes() {
    let (case, _) = example::case_in(State::Closed);
    assert_eq!(case.outcome(), Some(Outcome::Changed));
    assert_eq!(case.missing(example::now()), []);
}

#[test]
fn it_divides() {
    let case = example::case_that_divides();
    assert_eq!(case.state(), State::Division);
}

#[test]
fn its_figures_can_be_other_ones() {
    let (case, _) = example::case_in(State::Quote);
    let (case, _) = example::report(case, Fact::Priced(Box::new(example::pricing(200))));
    assert_eq!(case.state(), State::QuoteTold);
}
