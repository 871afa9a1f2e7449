//! What hostile texts cost when they double: at most 2.6 times as much.
//!
//! `cargo bench --bench growth` measures the time, `cargo bench --bench growth -- --count` counts
//! the instructions, which needs `valgrind`. A word behind it chooses the shapes that hold it.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark may stop"
)]

#[path = "support/growth/mod.rs"]
mod growth;

use std::env;

use self::growth::{
    cost::{instructions, is_asked_to_read, times},
    shapes::SHAPES,
};

/// Each twice the one before it.
const TIMED: [usize; 5] = [8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10];
const COUNTED: [usize; 3] = [8 << 10, 16 << 10, 32 << 10];

const GOAL: f64 = 2.6;

#[expect(clippy::print_stdout, reason = "the table is what this is run for")]
fn main() {
    if is_asked_to_read() {
        return;
    }
    // Without `--bench` this is a test run, which asks whether all can be read and not how fast.
    if !env::args().any(|argument| argument == "--bench") {
        for shape in SHAPES {
            shape.make(1 << 10).read();
        }
        return;
    }
    let counts = env::args().any(|argument| argument == "--count");
    let word = env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let word = word.unwrap_or_default();
    let unit = if counts { "instructions" } else { "ns" };
    println!(
        "{:<24} {unit:>14} {:>8} {:>6}",
        "shape, 32 KiB", "growth", "goal"
    );
    for shape in SHAPES.iter().filter(|shape| shape.name.contains(&word)) {
        let (costs, at) = if counts {
            (instructions(shape, &COUNTED), 2)
        } else {
            (times(shape, &TIMED), 2)
        };
        let growths = costs.windows(2).map(|pair| pair[1] / pair[0]);
        let growth = growths.fold(0.0, f64::max);
        println!(
            "{:<24} {:>14.0} {growth:>8.2} {GOAL:>6.2}  {}",
            shape.name,
            costs[at],
            if growth <= GOAL { "ok" } else { "short" },
        );
    }
}
