//! How long something takes, beside other things that are done in turn.

use std::time::{Duration, Instant};

/// How often each is done; the median counts.
const ROUNDS: usize = 31;
/// How long one round of one takes, at least.
const SAMPLE: Duration = Duration::from_micros(500);

/// The median time of each task, in nanoseconds.
pub(crate) fn medians<'a>(tasks: &[Box<dyn Fn() + 'a>]) -> Vec<f64> {
    let time = |task: &dyn Fn(), times: u32| {
        let start = Instant::now();
        for _ in 0..times {
            task();
        }
        start.elapsed()
    };
    let times = tasks.iter().map(|task| {
        let mut times = 1;
        while time(task, times) < SAMPLE {
            times *= 2;
        }
        times
    });
    let times: Vec<u32> = times.collect();
    let mut samples = vec![Vec::new(); tasks.len()];
    for _ in 0..ROUNDS {
        for ((task, &times), samples) in tasks.iter().zip(&times).zip(&mut samples) {
            samples.push(time(task, times).as_secs_f64() * 1e9 / f64::from(times));
        }
    }
    let median = |samples: &mut Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        samples[samples.len() / 2]
    };
    samples.iter_mut().map(median).collect()
}
