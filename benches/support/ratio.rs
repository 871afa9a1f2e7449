//! Peers side by side, and the table of ratios.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{Criterion, Throughput};

/// How often the contestants run in turn. The text of a long contest takes long, too.
const ROUNDS: usize = 41;
const LONG_ROUNDS: usize = 7;
/// How long one contestant runs in one round, at least.
const SAMPLE: Duration = Duration::from_millis(4);

/// Contestants that do the same work on the same input.
pub(crate) struct Contest<'a> {
    input: &'static str,
    bytes: usize,
    ours: Runner<'a>,
    peers: Vec<Peer<'a>>,
}

struct Peer<'a> {
    name: &'static str,
    goal: f64,
    run: Runner<'a>,
}

/// Does the work so many times.
type Runner<'a> = Box<dyn Fn(u64) + 'a>;

fn runner<'a, T>(work: impl Fn() -> T + 'a) -> Runner<'a> {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(work());
        }
    })
}

impl<'a> Contest<'a> {
    pub(crate) fn new<T>(input: &'static str, bytes: usize, ours: impl Fn() -> T + 'a) -> Self {
        Self {
            input,
            bytes,
            ours: runner(ours),
            peers: Vec::new(),
        }
    }

    /// One more peer, and how many times faster than it we want to be.
    pub(crate) fn against<T>(
        mut self,
        name: &'static str,
        goal: f64,
        work: impl Fn() -> T + 'a,
    ) -> Self {
        self.peers.push(Peer {
            name,
            goal,
            run: runner(work),
        });
        self
    }

    fn is_long(&self) -> bool {
        self.bytes > 1 << 20
    }

    /// Measures every contestant with criterion.
    pub(crate) fn bench(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(self.input);
        group.throughput(Throughput::Bytes(self.bytes.try_into().unwrap()));
        if self.is_long() {
            group.sample_size(10);
            group.sampling_mode(criterion::SamplingMode::Flat);
        }
        let peers = self.peers.iter().map(|peer| (peer.name, &peer.run));
        for (name, run) in [("peline", &self.ours)].into_iter().chain(peers) {
            group.bench_function(name, |bencher| {
                bencher.iter_custom(|times| timed(run, times));
            });
        }
        group.finish();
    }

    /// Runs the contestants in turn, so that whatever disturbs one disturbs all, and gives for
    /// each peer the median of its ratios.
    fn rows(&self) -> Vec<String> {
        let rounds = if self.is_long() { LONG_ROUNDS } else { ROUNDS };
        let runners: Vec<&Runner<'_>> = [&self.ours]
            .into_iter()
            .chain(self.peers.iter().map(|peer| &peer.run))
            .collect();
        let times: Vec<u64> = runners.iter().map(|run| times_in_a_sample(run)).collect();
        let mut samples: Vec<Vec<f64>> = vec![Vec::new(); runners.len()];
        for _ in 0..rounds {
            for ((run, &times), samples) in runners.iter().zip(&times).zip(&mut samples) {
                samples.push(timed(run, times).as_secs_f64() * 1e9 / times as f64);
            }
        }
        let ours = &samples[0];
        self.peers
            .iter()
            .zip(&samples[1..])
            .map(|(peer, theirs)| {
                let ratios = theirs.iter().zip(ours).map(|(theirs, ours)| theirs / ours);
                let ratio = median(ratios.collect());
                format!(
                    "{:<12} {:<14} {:>14.1} {:>14.1} {:>8.2} {:>6.2}  {}",
                    self.input,
                    peer.name,
                    median(ours.clone()),
                    median(theirs.clone()),
                    ratio,
                    peer.goal,
                    if ratio >= peer.goal { "ok" } else { "short" },
                )
            })
            .collect()
    }
}

/// Prints how many times faster we are than each peer.
#[expect(clippy::print_stdout, reason = "the table is what this is run for")]
pub(crate) fn print(contests: &[Contest<'_>]) {
    println!(
        "{:<12} {:<14} {:>14} {:>14} {:>8} {:>6}",
        "input", "peer", "ours, ns", "theirs, ns", "ratio", "goal"
    );
    for contest in contests {
        for row in contest.rows() {
            println!("{row}");
        }
    }
}

fn timed(run: &Runner<'_>, times: u64) -> Duration {
    let start = Instant::now();
    run(times);
    start.elapsed()
}

fn times_in_a_sample(run: &Runner<'_>) -> u64 {
    let mut times = 1;
    while timed(run, times) < SAMPLE {
        times *= 2;
    }
    times
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
