//! A table of how the cost of tasks grows with what they are done on.

use super::clock;

pub(crate) const GOAL: f64 = 2.6;

pub(crate) type Task<T> = (&'static str, fn(&T));

#[expect(clippy::print_stdout, reason = "the table is what this is run for")]
pub(crate) fn table<T>(tasks: &[Task<T>], sizes: &[usize], make: fn(usize) -> T) {
    let largest = sizes[sizes.len() - 1];
    println!(
        "{:<24} {:>14} {:>8} {:>6}",
        format!("n = {largest}"),
        "ns for each",
        "growth",
        "goal"
    );
    let inputs: Vec<T> = sizes.iter().map(|size| make(*size)).collect();
    for (name, task) in tasks {
        let timed = inputs
            .iter()
            .map(|input| Box::new(move || task(input)) as Box<dyn Fn()>);
        let costs = clock::medians(&timed.collect::<Vec<_>>());
        let growth = costs
            .windows(2)
            .map(|pair| pair[1] / pair[0])
            .fold(0.0, f64::max);
        println!(
            "{name:<24} {:>14.0} {growth:>8.2} {GOAL:>6.2}  {}",
            costs[costs.len() - 1] / largest as f64,
            if growth <= GOAL { "ok" } else { "short" },
        );
    }
}
