//! The corpus: invented scripts, displays and dumps, each with what is found in it beside it.
//!
//! `PELINE_BLESS=1 cargo test` writes the expectations anew; read the difference before you keep it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use peline::pe::{self, Code, Content, Found, Language, Scanner};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/pe")
}

fn texts() -> Vec<(PathBuf, Vec<u8>)> {
    let mut texts: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    texts.sort();
    assert!(
        texts.len() >= 20,
        "only {} corpus files were found",
        texts.len()
    );
    texts
}

/// All texts in one, each beginning on a line of its own.
pub(crate) fn all() -> Vec<u8> {
    texts()
        .into_iter()
        .flat_map(|(_, text)| [text, b"\n".to_vec()].concat())
        .collect()
}

/// One line for what was found.
fn described(found: &Found<'_>) -> String {
    let mut line = format!(
        "{} {}..{} ",
        found.line,
        found.span.start(),
        found.span.end()
    );
    let content = match found.content {
        Ok(content) => content,
        Err(error) => {
            let (start, end) = (error.span().start(), error.span().end());
            write!(line, "error {} {start}..{end}", error.kind().name()).unwrap();
            return line;
        }
    };
    match content {
        Content::Command(pe::RawCommand::Add(_)) => line.push_str("add"),
        Content::Command(pe::RawCommand::Change(None, _)) => line.push_str("change"),
        Content::Command(pe::RawCommand::Change(Some(item), _)) => {
            write!(line, "change {item}").unwrap();
        }
        Content::Command(pe::RawCommand::Delete(items)) => {
            write!(line, "delete {}", items.to_owned()).unwrap();
        }
        Content::Command(pe::RawCommand::Display) => line.push_str("display"),
        Content::Listed(item, _) => write!(line, "item {item}").unwrap(),
        Content::History(action, _) => write!(line, "history {action:?}").unwrap(),
        Content::AddressesNotInText => line.push_str("addresses not in text"),
    }
    let Some(entry) = content.entry() else {
        return line;
    };
    write!(
        line,
        " {} {}",
        entry.address(),
        entry.written_code().map_or("-", Code::as_str)
    )
    .unwrap();
    if let Some(name) = entry.addressee() {
        write!(line, " [{name}]").unwrap();
    }
    if let Some(language) = entry.language() {
        write!(line, " {}", Language::tag(language)).unwrap();
    }
    if let Some(reference) = entry.name_reference() {
        write!(line, " -{reference}").unwrap();
    }
    for note in entry.notes().iter() {
        write!(line, " ({})", note.name()).unwrap();
    }
    line
}

fn list(text: &[u8]) -> String {
    pe::scan(text)
        .map(|found| described(&found) + "\n")
        .collect()
}

#[test]
fn replay() {
    for (path, text) in texts() {
        let expected_path = path.with_extension("expected");
        let found = list(&text);
        if std::env::var_os("PELINE_BLESS").is_some() {
            fs::write(&expected_path, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap();
        assert_eq!(found, expected, "{}", path.display());
    }
}

#[test]
fn any_chunks() {
    for (path, text) in texts() {
        for size in [1, 2, 3, 5, 64, 1000] {
            let mut found = String::new();
            let mut scanner = Scanner::new();
            let mut sink = |it: Found<'_>| found.push_str(&(described(&it) + "\n"));
            for chunk in text.chunks(size) {
                scanner.feed(chunk, &mut sink);
            }
            scanner.finish(&mut sink);
            assert_eq!(found, list(&text), "{} in chunks of {size}", path.display());
        }
    }
}

#[test]
fn line_ends_change_nothing_but_places() {
    let without_places = |list: &str| -> Vec<String> {
        let words = |line: &str| {
            let mut words: Vec<_> = line.split(' ').collect();
            words.remove(1);
            words.retain(|word| !word.contains(".."));
            words.join(" ")
        };
        list.lines().map(words).collect()
    };
    let mut compared = 0;
    for (path, text) in texts() {
        if text.contains(&b'\r') || text.len() > 60_000 {
            continue;
        }
        let text = [&b"*X\n"[..], &text].concat();
        let returns = text
            .split(|&byte| byte == b'\n')
            .collect::<Vec<_>>()
            .join(&b"\r\n"[..]);
        assert_eq!(
            without_places(&list(&returns)),
            without_places(&list(&text)),
            "{}",
            path.display()
        );
        compared += 1;
    }
    assert!(compared > 10);
}

#[test]
fn every_fuzz_law_holds_over_the_corpus() {
    for (_, text) in texts() {
        for (_, law) in super::laws::LAWS {
            law(&text);
            for line in text.split(|&byte| byte == b'\n') {
                law(line);
            }
        }
    }
}
