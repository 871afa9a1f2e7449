//! What allocates, and what does not.

use allocation_counter::measure;
use peline::{
    mail::Message,
    pe::{self, Content, RawEntry, Scanner},
};

use super::{corpus, mail_corpus};

/// Looks at everything that can be had without decoding.
fn look(found: &pe::Found<'_>) -> usize {
    let Ok(content) = &found.content else {
        return 1;
    };
    let Some(entry) = content.entry() else {
        return 1;
    };
    let code = entry.code() as usize;
    let language = entry
        .language()
        .map_or(0, |language| language.letter() as usize);
    code + language + entry.as_written().len() + usize::from(matches!(content, Content::Listed(..)))
}

#[test]
fn scanning_a_slice_allocates_nothing() {
    let text = corpus::all();
    let mut seen = 0;
    let info = measure(|| seen = pe::scan(&text).map(|found| look(&found)).sum());
    assert!(seen > 0);
    assert_eq!(info.count_total, 0);
}

#[test]
fn feeding_a_scanner_allocates_nothing() {
    let text = corpus::all();
    for size in [1, 7, 4096] {
        let mut scanner = Scanner::new();
        let mut seen = 0;
        let info = measure(|| {
            for chunk in text.chunks(size) {
                scanner.feed(chunk, |found| seen += look(&found));
            }
        });
        assert!(seen > 0);
        assert_eq!(info.count_total, 0, "chunks of {size}");
    }
}

/// All that a scanner ever keeps, at once: an unfinished line, and an entry that may go on.
#[test]
fn a_new_scanner_allocates_128_kib_once() {
    let info = measure(|| drop(Scanner::new()));
    assert_eq!(info.count_total, 1);
    let kib = info.bytes_total / 1024;
    assert_eq!(kib, 128, "{} bytes", info.bytes_total);
}

#[test]
fn a_name_in_utf8_is_borrowed() {
    let text = "PE#a@example.com#CC/JOSÉ".as_bytes();
    let mut name = None;
    let info = measure(|| {
        name = RawEntry::parse(text)
            .ok()
            .and_then(|entry| entry.addressee())
    });
    assert_eq!(name.as_deref(), Some("JOSÉ"));
    assert_eq!(info.count_total, 0);
}

#[test]
fn what_a_scanner_keeps_is_bounded() {
    let info = measure(|| {
        let mut scanner = Scanner::new();
        let mut broken = 0;
        for _ in 0..200 {
            scanner.feed(&[b'X'; 10_000], |_| broken += 1);
        }
        scanner.feed(b"\n*PE\n 1.", |_| ());
        for _ in 0..200 {
            scanner.feed(&[b' '; 10_000], |_| broken += 1);
            scanner.feed(b"\n", |_| broken += 1);
        }
        scanner.finish(|_| broken += 1);
    });
    assert!(info.bytes_max <= 129 * 1024, "{} bytes", info.bytes_max);
}

/// The longest entry, a line that says nothing, and the longest line that could be its rest until it ends.
#[test]
fn an_entry_that_may_be_broken_is_kept_without_allocating() {
    let entry = format!("PE#a@example.com#CC/{}", "A".repeat(65_536 - 20));
    let below = format!("-{}", "X".repeat(65_535));
    // Marks at its beginning are no text of a line, but they are kept.
    for empty in [" ".repeat(79), "\u{FEFF}".repeat(20_000)] {
        let text = format!("{entry}\r\n{empty}\r\n{below}\r\nX\n");
        for size in [1, 999, 65_536] {
            let mut scanner = Scanner::new();
            let mut found = Vec::with_capacity(1);
            let info = measure(|| {
                for chunk in text.as_bytes().chunks(size) {
                    scanner.feed(chunk, |it| found.push((it.span, it.content.is_ok())));
                }
            });
            assert_eq!(info.count_total, 0, "chunks of {size}");
            assert_eq!(found, [(peline::Span::new(0, 65_536), true)]);
        }
    }
}

/// Looks at every recipient without decoding a name.
fn look_at_mail(text: &[u8]) -> usize {
    let message = Message::parse(text).unwrap();
    let looked = message.recipients(&[]).map(|listed| match listed.content {
        Ok(candidate) => {
            let mailbox = candidate.mailbox().unwrap();
            let name = mailbox.raw_name().map_or(0, <[u8]>::len);
            let routed = usize::from(candidate.reason().is_none());
            name + mailbox.raw_address().len() + candidate.notes().iter().count() + routed
        }
        Err(_) => 1,
    });
    looked.sum()
}

#[test]
fn recipients_with_undecoded_names_allocate_nothing() {
    let messages = mail_corpus::messages();
    for (path, text) in messages {
        if Message::parse(&text).is_err() {
            continue;
        }
        let info = measure(|| {
            look_at_mail(&text);
        });
        assert_eq!(info.count_total, 0, "{}", path.display());
    }
}

#[test]
fn a_plain_name_is_borrowed() {
    let text = b"To: Jane Doe <jane@example.com>, \"Doe, Joe\" <joe@example.com>\n\n";
    let info = measure(|| {
        let to = Message::parse(text).unwrap().to().unwrap().unwrap();
        let names: usize = to
            .mailboxes()
            .map(|mailbox| mailbox.name().unwrap().as_str().len())
            .sum();
        assert_eq!(names, 16);
    });
    assert_eq!(info.count_total, 0);
}
