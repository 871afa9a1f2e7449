//! The recipients of messages: peline and its peers side by side.
//!
//! `cargo bench --bench mail` measures each with criterion and then prints the table of ratios;
//! `cargo bench --bench mail -- --table` prints the table alone. Before anything is timed, all must
//! have read the same records from the same messages.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark may stop"
)]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/mail/mod.rs"]
mod mail;
#[path = "support/ratio.rs"]
mod ratio;

use std::{env, hint::black_box, time::Duration};

use criterion::Criterion;

use self::{
    mail::{
        inputs::{circular, confirmation},
        peers::{self, must_agree},
    },
    ratio::Contest,
};

/// No slower than 1.1 times, as a ratio.
const NO_SLOWER: f64 = 1.0 / 1.1;

fn main() {
    let table_alone = env::args().any(|argument| argument == "--table");
    // Without `--bench` this is a test run, which asks whether all agree and not how fast they are.
    let measured = env::args().any(|argument| argument == "--bench");
    let many = if measured { 1000 } else { 50 };

    let [two_kb, sixty_kb, half_a_mb] = [2, 60, 500].map(|size| confirmation(size * 1024));
    let circular = circular(many);
    for mail in [&two_kb, &sixty_kb, &half_a_mb] {
        must_agree(mail.as_bytes(), 4);
    }
    must_agree(circular.as_bytes(), many);

    let contests = [
        against_peers("message, 2 KB", &two_kb),
        against_itself("message, 60 KB", &sixty_kb, &two_kb),
        against_itself("message, 500 KB", &half_a_mb, &two_kb),
        against_peers("1000 recipients", &circular),
    ];
    if !measured {
        return;
    }
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
    ratio::print(&contests, &["mail-parser", "mailparse", "email_address"]);
}

fn against_peers<'a>(input: &'static str, mail: &'a str) -> Contest<'a> {
    ours(input, mail)
        .against("mail-parser + ea", 3.0, move || {
            peers::mail_parser(black_box(mail).as_bytes(), |record| {
                black_box(record);
            });
        })
        .against("mailparse + ea", 8.0, move || {
            peers::mailparse(black_box(mail).as_bytes(), |record| {
                black_box(record);
            });
        })
}

/// What stands in the body is not read.
fn against_itself<'a>(input: &'static str, mail: &'a str, small: &'a str) -> Contest<'a> {
    ours(input, mail).against("that of 2 KB", NO_SLOWER, move || read(small))
}

fn ours<'a>(input: &'static str, mail: &'a str) -> Contest<'a> {
    Contest::new(input, mail.len(), move || read(mail))
}

fn read(mail: &str) {
    peers::ours(black_box(mail).as_bytes(), |record| {
        black_box(record);
    });
}
