//! Reading PE entries and addresses: peline and its peers side by side.
//!
//! `cargo bench --bench parse` measures each with criterion and then prints the table of ratios;
//! `cargo bench --bench parse -- --table` prints the table alone. Before anything is timed, all
//! must have read the same records from the same texts.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark may stop"
)]

mod support;

use std::{env, hint::black_box, thread, time::Duration};

use criterion::Criterion;
use email_address::EmailAddress;
use peline::{
    Address,
    pe::{self, RawEntry, Scan},
};

use self::support::{
    inputs::{ADDRESS_20, ADDRESS_40, ENTRY_22, ENTRY_45, pe_lines, pnr_text},
    peers::{consume, consume_all, consume_found, hand, must_agree, nom, regex},
    ratio::{self, Contest},
};

fn main() {
    let table_alone = env::args().any(|argument| argument == "--table");
    // Without `--bench` this is a test run, which asks whether all agree and not how fast they are.
    let measured = env::args().any(|argument| argument == "--bench");
    let size = if measured { 64 << 20 } else { 1 << 20 };

    let lines = pe_lines(size);
    let pnr = pnr_text(size);
    for (text, entries) in [
        (ENTRY_22, 1),
        (ENTRY_45, 1),
        (&lines, size / 100),
        (&pnr, size / 2000),
    ] {
        must_agree("regex", text, entries, regex::entries(text));
        must_agree("nom", text, entries, nom::entries(text));
        must_agree("hand", text, entries, hand::entries(text));
    }

    let [check_20, parse_20] = addresses(["is it one, 20", "make one, 20"], ADDRESS_20);
    let [check_40, parse_40] = addresses(["is it one, 40", "make one, 40"], ADDRESS_40);
    let contests = [
        entry("entry, 22 bytes", ENTRY_22),
        entry("entry, 45 bytes", ENTRY_45),
        check_20,
        check_40,
        parse_20,
        parse_40,
        text("PE lines, 64 MiB", &lines, [15.0, 5.0, 4.0]),
        text("PNR text, 64 MiB", &pnr, [10.0, 3.5, 2.0]),
        two_threads("PE lines, halves", &lines),
        two_threads("PNR text, halves", &pnr),
    ];
    if !table_alone {
        let mut criterion = Criterion::default()
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(2))
            .configure_from_args();
        for contest in &contests {
            contest.bench(&mut criterion);
        }
        criterion.final_summary();
    }
    if measured {
        ratio::print(&contests, &["regex", "nom", "memchr", "email_address"]);
    }
}

fn entry<'a>(input: &'static str, text: &'a str) -> Contest<'a> {
    for (peer, record) in [
        ("regex", regex::entry(text)),
        ("nom", nom::entry(text)),
        ("hand", hand::entry(text)),
    ] {
        must_agree(peer, text, 1, record.into_iter());
    }
    Contest::new(input, text.len(), move || {
        let entry = RawEntry::parse(black_box(text).as_bytes()).unwrap();
        consume(&entry);
    })
    .against("regex + ea", 15.0, move || regex::entry(black_box(text)))
    .against("nom + ea", 4.0, move || nom::entry(black_box(text)))
    .against("memchr + ea", 3.0, move || hand::entry(black_box(text)))
}

/// Asking whether it is one, and making one.
fn addresses<'a>(input: [&'static str; 2], text: &'a str) -> [Contest<'a>; 2] {
    let [check, parse] = input;
    [
        Contest::new(check, text.len(), move || {
            Address::is_valid(black_box(text))
        })
        .against("email_address", 5.0, move || {
            EmailAddress::is_valid(black_box(text))
        }),
        // Both allocate, and that is most of it.
        Contest::new(parse, text.len(), move || {
            black_box(text).parse::<Address>().unwrap()
        })
        .against("email_address", None, move || {
            black_box(text).parse::<EmailAddress>().unwrap()
        }),
    ]
}

fn text<'a>(input: &'static str, text: &'a str, goals: [f64; 3]) -> Contest<'a> {
    let [against_regex, against_nom, against_hand] = goals;
    Contest::new(input, text.len(), move || {
        consume_all(black_box(text).as_bytes())
    })
    .against("regex + ea", against_regex, move || {
        regex::entries(black_box(text)).map(black_box).count()
    })
    .against("nom + ea", against_nom, move || {
        nom::entries(black_box(text)).map(black_box).count()
    })
    .against("memchr + ea", against_hand, move || {
        hand::entries(black_box(text)).map(black_box).count()
    })
}

/// Two threads and one.
fn two_threads<'a>(input: &'static str, text: &'a str) -> Contest<'a> {
    let count = |part: Scan<'_>| part.map(|found| consume_found(&found)).sum::<usize>();
    let in_two = move || -> usize {
        thread::scope(|scope| {
            let parts = pe::scan_in_parts(black_box(text).as_bytes(), 2);
            let threads: Vec<_> = parts.map(|part| scope.spawn(move || count(part))).collect();
            threads.into_iter().map(|it| it.join().unwrap()).sum()
        })
    };
    assert_eq!(in_two(), consume_all(text.as_bytes()));
    Contest::new(input, text.len(), in_two).against("one thread", 1.8, move || {
        consume_all(black_box(text).as_bytes())
    })
}
