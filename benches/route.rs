//! Routing recipients, and planning a booking of many: the time must grow with their number.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use core::{hint::black_box, time::Duration};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use peline::{Recipient, Unrouted, pe::RawEntry, plan, route};

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = routes, plans
}
criterion_main!(benches);

/// As many as there are entries, in all roles; every sixteenth one repeats the address before it.
fn recipients(entries: usize) -> Vec<Result<Recipient, Unrouted>> {
    let codes = ["TO", "CC", "BC", "CC", "FR"].into_iter().cycle();
    let recipients: Vec<_> = (0..entries)
        .zip(codes)
        .map(|(number, code)| {
            // An odd multiplier scatters the addresses, so that they do not come in their order.
            let person =
                (number & !usize::from(number & 15 == 15)).wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF;
            let entry = format!("PE‡CLIENT{person}@EXAMPLE.COM‡{code}/JANE DOE-1.1");
            RawEntry::parse(entry.as_bytes()).unwrap().recipient()
        })
        .collect();
    assert_eq!(recipients.len(), entries);
    recipients
}

fn routes(criterion: &mut Criterion) {
    let recipients: Vec<_> = recipients(1000).into_iter().flatten().collect();
    let mut group = criterion.benchmark_group("route");
    group.throughput(Throughput::Elements(recipients.len().try_into().unwrap()));
    group.bench_function(BenchmarkId::from_parameter(recipients.len()), |bencher| {
        bencher.iter(|| {
            for recipient in &recipients {
                black_box(route(black_box(recipient)));
            }
        });
    });
    group.finish();
}

fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("plan");
    for count in [10, 1_000, 10_000] {
        let recipients = recipients(count);
        group.throughput(Throughput::Elements(count.try_into().unwrap()));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter_batched(|| recipients.clone(), plan, BatchSize::LargeInput);
        });
    }
    group.finish();
}
