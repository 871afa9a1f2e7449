//! Peers side by side, and the table of ratios.

use std::{
    fs,
    hint::black_box,
    process::Command,
    thread,
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
    goal: Option<f64>,
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

    /// One more peer, and how many times faster than it we want to be, if that is a goal.
    pub(crate) fn against<T>(
        mut self,
        name: &'static str,
        goal: impl Into<Option<f64>>,
        work: impl Fn() -> T + 'a,
    ) -> Self {
        self.peers.push(Peer {
            name,
            goal: goal.into(),
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
                let goal = match peer.goal {
                    None => "none".to_owned(),
                    Some(goal) if ratio >= goal => format!("{goal:.1}"),
                    Some(goal) => format!("{goal:.1}, short"),
                };
                format!(
                    "| {:<17} | {:<16} | {:>9} | {:>9} | {:>6.2} | {:<11} |",
                    self.input,
                    peer.name,
                    shown(median(ours.clone())),
                    shown(median(theirs.clone())),
                    ratio,
                    goal,
                )
            })
            .collect()
    }
}

/// Prints, as Markdown, how many times faster we are than each peer, and where and with what.
#[expect(clippy::print_stdout, reason = "the table is what this is run for")]
pub(crate) fn print(contests: &[Contest<'_>], peers: &[&str]) {
    println!("\n{}\n", setting(peers));
    println!(
        "| {:<17} | {:<16} | {:>9} | {:>9} | {:>6} | {:<11} |",
        "input", "against", "peline", "theirs", "ratio", "goal"
    );
    println!("|---|---|--:|--:|--:|---|");
    for contest in contests {
        for row in contest.rows() {
            println!("{row}");
        }
    }
}

/// The machine, the compiler, and the versions of the peers.
fn setting(peers: &[&str]) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = cpu.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim())
    };
    let threads = thread::available_parallelism().map_or(0, usize::from);
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    );
    let lock = include_str!("../../Cargo.lock");
    let version = |name: &&str| {
        let package = format!("name = \"{name}\"\nversion = \"");
        let behind = lock.split_once(&package).map_or("", |(_, behind)| behind);
        format!("{name} {}", behind.split('"').next().unwrap_or_default())
    };
    let peers: Vec<_> = peers.iter().map(version).collect();
    format!(
        "{}, {threads} threads, {}; {rustc}; {}",
        field("model name").unwrap_or("an unknown machine"),
        std::env::consts::OS,
        peers.join(", ")
    )
}

/// Nanoseconds in a unit that people read.
fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        ..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        _ => format!("{:.1} ms", nanoseconds / 1e6),
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
