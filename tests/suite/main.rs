//! What the crate promises, stage by stage.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod address;
#[cfg(feature = "airports")]
mod airports;
mod architecture;
#[cfg(feature = "calendar")]
mod calendar;
mod changing_accounts;
mod changing_always;
mod changing_approval;
mod changing_corrected;
mod changing_currencies;
mod changing_departed;
mod changing_fees;
mod changing_handed_again;
mod changing_handover;
mod changing_hostile;
mod changing_laws;
mod changing_money;
mod changing_payments;
mod changing_record;
mod changing_reported;
mod changing_steps;
#[cfg(feature = "serde")]
mod changing_stored;
mod changing_table;
#[cfg(feature = "cli")]
mod changing_texts;
mod cli;
mod conformance;
mod corpus;
mod desk;
mod errors;
mod example;
mod examples;
mod flight_change;
mod flight_identity;
mod follow_machine;
#[cfg(feature = "serde")]
mod follow_stored;
mod following;
mod following_again;
mod following_change;
mod following_division;
mod following_host;
mod following_hostile;
mod following_names;
mod following_numbers;
mod following_order;
mod following_random;
mod following_share;
mod following_updates;
mod following_visibility;
mod fuzz_seeds;
#[path = "../../fuzz/laws.rs"]
mod laws;
mod mail_command;
mod mail_corpus;
mod mail_differential;
mod mail_list;
mod mail_message;
mod mail_properties;
mod mail_words;
mod memory;
#[cfg(feature = "notices")]
mod notices;
mod pe_entry;
mod pe_scan;
mod plan;
mod privacy;
mod properties;
#[cfg(all(
    feature = "airports",
    feature = "calendar",
    feature = "charsets",
    feature = "cli",
    feature = "notices",
    feature = "serde"
))]
mod public_api;
#[cfg(feature = "serde")]
mod serde_errors;
#[cfg(feature = "serde")]
mod serde_forms;
mod stage;
mod three_ways;
mod way;
