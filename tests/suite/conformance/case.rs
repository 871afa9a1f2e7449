//! The cases as their files have them: nothing here reads an address.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Verdict {
    Valid,
    Obsolete,
    Invalid,
}

/// What an input holds.
#[derive(Default, PartialEq)]
pub(super) struct Content {
    pub(super) facts: Vec<String>,
    /// For each mailbox, whether SMTP without extensions can send to it.
    pub(super) routed: Vec<bool>,
}

pub(super) struct Case {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) input: Vec<u8>,
    pub(super) verdict: Verdict,
    /// The fields of a message of which something is expected.
    pub(super) fields: Vec<String>,
    /// What it holds: any of these. Nothing is expected where there are none.
    pub(super) expected: Vec<Content>,
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/conformance")
}

pub(super) fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Every case of every file but `differences.jsonl`.
pub(super) fn cases() -> Vec<Case> {
    let mut paths: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .filter(|path| !path.ends_with("differences.jsonl"))
        .collect();
    paths.sort();
    let lines = paths.iter().flat_map(|path| lines(path));
    lines.map(|line| Case::of(&line)).collect()
}

impl Case {
    fn of(line: &Value) -> Self {
        let kind = text(&line["kind"]);
        let expect = line.get("expect");
        let also = line.get("also").map(|also| also.as_array().unwrap());
        let any_of = expect.into_iter().chain(also.into_iter().flatten());
        let fields = match expect {
            Some(Value::Object(fields)) if kind == "message" => fields.keys().cloned().collect(),
            _ => Vec::new(),
        };
        Self {
            id: text(&line["id"]),
            input: match line.get("input_hex") {
                Some(hex) => octets(&text(hex)),
                None => joined(&line["input"]).into_bytes(),
            },
            verdict: match line["verdict"].as_str().unwrap() {
                "valid" => Verdict::Valid,
                "obsolete" => Verdict::Obsolete,
                "invalid" => Verdict::Invalid,
                other => panic!("{other} is no verdict"),
            },
            fields,
            expected: any_of.map(|value| Content::of(&kind, value)).collect(),
            kind,
        }
    }
}

/// A text; or texts in a row, some of which are repeated: `["(", ["x", 3], ")"]`.
fn joined(value: &Value) -> String {
    let Some(parts) = value.as_array() else {
        return text(value);
    };
    let part = |part: &Value| match part.as_array() {
        Some(repeated) => {
            let times = repeated[1].as_u64().unwrap();
            text(&repeated[0]).repeat(times.try_into().unwrap())
        }
        None => text(part),
    };
    parts.iter().map(part).collect()
}

fn octets(hex: &str) -> Vec<u8> {
    let starts = (0..hex.len()).step_by(2);
    starts
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

impl Content {
    fn of(kind: &str, expected: &Value) -> Self {
        let mut content = Self::default();
        match kind {
            "addr-spec" => content.take_mailbox("to", "", expected),
            "address-list" => content.take_list("to", expected),
            "message" => {
                for (field, value) in expected.as_object().unwrap() {
                    match value.as_array() {
                        Some(_) => content.take_list(field, value),
                        None if value.is_null() => content.absent(field),
                        None => content.text(field, &text(value)),
                    }
                }
            }
            _ => content.text("text", &joined(expected)),
        }
        content
    }

    fn take_list(&mut self, field: &str, list: &Value) {
        let items = list.as_array().unwrap();
        for item in items {
            let Some(group) = item.get("group") else {
                self.take_mailbox(field, "", item);
                continue;
            };
            for member in item["members"].as_array().unwrap() {
                self.take_mailbox(field, &text(group), member);
            }
        }
        for group in items.iter().filter_map(|item| item.get("group")) {
            self.group(field, &text(group));
        }
    }

    fn take_mailbox(&mut self, field: &str, group: &str, mailbox: &Value) {
        let name = mailbox.get("name").map(text).unwrap_or_default();
        let [local, domain] = ["local", "domain"].map(|part| text(&mailbox[part]));
        let routed = mailbox.get("smtp").is_none_or(|smtp| smtp == "ascii");
        self.mailbox(field, [group, &name, &local, &domain], routed);
    }

    /// `parts` are the name of its group, its name, its local part, its domain.
    pub(super) fn mailbox(&mut self, field: &str, parts: [&str; 4], routed: bool) {
        self.facts.push(format!("{field}: {parts:?}"));
        self.routed.push(routed);
    }

    pub(super) fn group(&mut self, field: &str, name: &str) {
        self.facts.push(format!("{field}: group {name:?}"));
    }

    pub(super) fn text(&mut self, field: &str, text: &str) {
        self.facts.push(format!("{field}: {text:?}"));
    }

    pub(super) fn absent(&mut self, field: &str) {
        self.facts.push(format!("{field}: absent"));
    }
}
