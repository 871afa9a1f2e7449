//! The form of the JSON lines, as the README promises it.

use std::{collections::BTreeSet, fs, path::Path};

use insta::assert_snapshot;
use serde_json::Value;

use super::{Folder, run_in};

/// The files of the corpus with one of these endings.
fn corpus(folder: &str, ending: &str) -> Vec<String> {
    let folder = Path::new("tests/corpus").join(folder);
    let paths = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = paths
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.ends_with(ending))
        .collect();
    paths.sort();
    assert!(paths.len() > 10, "the corpus was not found");
    paths
}

/// Every line that the corpus gives, entry by entry and as plans.
fn every_line() -> Vec<Value> {
    let pe = corpus("pe", ".txt");
    let mail = corpus("mail", ".eml");
    let route = ["route", "--quiet", "--format", "jsonl"].map(str::to_owned);
    let envelope = ["--from", "mail", "--envelope-to", "chief@example.com"].map(str::to_owned);
    let mut lines = Vec::new();
    for plan in [None, Some("--plan".to_owned())] {
        for args in [&pe[..], &[&envelope[..], &mail].concat()] {
            let args = route.iter().chain(&plan).chain(args);
            let run = run_in(Path::new("."), args, "");
            assert!(run.code < 2, "{}", run.err);
            lines.extend(run.out.lines().map(|line| line.parse::<Value>().unwrap()));
        }
    }
    lines
}

/// The fields of the README's table.
fn promised() -> BTreeSet<String> {
    let readme = include_str!("../../../README.md");
    let (_, section) = readme.split_once("\n### JSON lines\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section
        .lines()
        .filter_map(|row| row.strip_prefix("| `")?.split_once('`'));
    rows.map(|(field, _)| field.to_owned()).collect()
}

#[test]
fn each_kind_of_line() {
    let folder = Folder::new("kinds")
        .file(
            "pe",
            "PE#jane@example.com#TO/JANE¤S-1.1\nPE#desk@example.com#FR/\nPE#a@example.com#BCC/\n\
             PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\n",
        )
        .file(
            "mail",
            "To: Jane <jane@example.com>,, cli@localhost\nCc: ?\n\n",
        );
    let entries = folder.run(["route", "--format", "jsonl", "pe"]).out;
    assert_snapshot!(entries, @r#"
    {"schema":1,"input":"pe","line":1,"span":[0,34],"source":"pe","address":"jane@example.com","role":"to","name":"JANE","language":"es","passenger":"1.1","route":"my_trips","notes":[]}
    {"schema":1,"input":"pe","line":2,"span":[35,58],"source":"pe","address":"desk@example.com","role":"fr","route":null,"reason":"sender_override","notes":[]}
    {"schema":1,"input":"pe","line":3,"span":[59,80],"source":"pe","error":{"kind":"code_bcc","message":"BCC is no PE code; a blind copy is BC/","span":[76,79]}}
    {"schema":1,"input":"pe","line":4,"span":[81,128],"source":"pe","notice":"addresses_not_in_text"}
    "#);
    let envelope = "chief@example.com";
    let mail = folder.run([
        "route",
        "--format",
        "jsonl",
        "--envelope-to",
        envelope,
        "mail",
    ]);
    assert_snapshot!(mail.out, @r#"
    {"schema":1,"input":"mail","line":1,"span":[0,43],"source":"mail","notice":"empty_slot"}
    {"schema":1,"input":"mail","line":1,"span":[4,27],"source":"mail","address":"jane@example.com","role":"to","name":"Jane","route":"my_trips","notes":[]}
    {"schema":1,"input":"mail","line":1,"span":[30,43],"source":"mail","address":"cli@localhost","role":"to","route":null,"reason":"single_label","notes":[]}
    {"schema":1,"input":"mail","line":2,"span":[44,49],"source":"mail","error":{"kind":"expected_at","message":"the address has no @","span":[48,49]}}
    {"schema":1,"input":"mail","source":"mail","address":"chief@example.com","role":"bc","route":null,"reason":"unreadable_field","notes":[]}
    "#);
    let plan = folder.run(["route", "--plan", "--format", "jsonl", "pe"]);
    assert_snapshot!(plan.out, @r#"
    {"schema":1,"input":"pe","line":3,"span":[59,80],"source":"pe","error":{"kind":"code_bcc","message":"BCC is no PE code; a blind copy is BC/","span":[76,79]}}
    {"schema":1,"input":"pe","line":4,"span":[81,128],"source":"pe","notice":"addresses_not_in_text"}
    {"schema":1,"input":"pe","source":"pe","address":"jane@example.com","role":"to","name":"JANE","language":"es","passengers":["1.1"],"route":"my_trips","notes":[]}
    {"schema":1,"input":"pe","source":"pe","address":"desk@example.com","route":null,"reason":"sender_override","notes":[]}
    "#);
}

#[test]
fn every_line_has_the_schema() {
    for line in every_line() {
        assert_eq!(line["schema"], 1, "{line}");
    }
}

#[test]
fn every_line_keeps_the_promise() {
    let text = [
        "input",
        "address",
        "reason",
        "role",
        "name",
        "language",
        "passenger",
        "notice",
    ];
    let lines = every_line();
    assert!(lines.len() > 300, "only {} lines", lines.len());
    for line in lines {
        let has = |field: &str| line.get(field).is_some();
        assert!(has("input"), "{line}");
        assert!(
            ["pe", "mail"].map(Value::from).contains(&line["source"]),
            "{line}"
        );
        let kinds = ["address", "error", "notice"];
        assert_eq!(
            kinds.into_iter().filter(|kind| has(kind)).count(),
            1,
            "{line}"
        );
        assert_eq!(has("line"), has("span"), "{line}");
        let nothing = line
            .get("notice")
            .is_some_and(|notice| notice == "nothing_found" || notice == "not_one_list");
        assert!(has("line") || has("address") || nothing, "{line}");
        assert!(!nothing || !has("line"), "{line}");
        for field in text {
            assert!(!has(field) || line[field].is_string(), "{field}: {line}");
        }
        assert_eq!(has("route"), has("address"), "{line}");
        assert_eq!(has("notes"), has("address"), "{line}");
        let routed = has("route") && !line["route"].is_null();
        assert_eq!(has("reason"), has("route") && !routed, "{line}");
        if routed {
            let routes = ["my_trips", "following", "notify_only"];
            assert!(routes.map(Value::from).contains(&line["route"]), "{line}");
        }
        if routed || (has("address") && has("line")) {
            let roles = ["to", "cc", "bc", "fr"];
            assert!(roles.map(Value::from).contains(&line["role"]), "{line}");
        }
        for field in ["passengers", "notes"] {
            assert!(!has(field) || line[field].is_array(), "{field}: {line}");
        }
        if let Some(error) = line.get("error") {
            let [kind, message, span] = ["kind", "message", "span"].map(|field| &error[field]);
            assert!(kind.is_string() && message.is_string(), "{line}");
            assert_eq!(span.as_array().unwrap().len(), 2, "{line}");
        }
    }
}

#[test]
fn the_readme_lists_every_field() {
    let lines = every_line();
    let fields = lines
        .iter()
        .flat_map(|line| line.as_object().unwrap().keys());
    assert_eq!(fields.cloned().collect::<BTreeSet<_>>(), promised());
}
