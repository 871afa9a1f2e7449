//! The public API with all features, item by item, as the snapshot has it; and that it is documented.
//!
//! rustdoc describes the API as JSON, in a format that changes from compiler to compiler. That of the
//! compiler which `Cargo.toml` names is always compared. Where another one writes another format,
//! these tests say aloud that nothing was compared; with `PUBLIC_API=required` they fail.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{self, Write},
    path::Path,
    process::Command,
    sync::LazyLock,
};

use public_api::{Builder, PublicItem};
use regex::{Captures, Regex};
use serde_json::Value;

/// The format of rustdoc's JSON that `public-api` reads.
const FORMAT: u64 = 57;

/// Of a hundred items that can have an example, so many have one at least, or point to one that uses
/// them.
const WITH_EXAMPLE: usize = 95;

/// What can have an example, as rustdoc calls it.
const TAUGHT: [&str; 8] = [
    "enum",
    "function",
    "macro",
    "module",
    "struct",
    "trait",
    "type_alias",
    "union",
];

struct Api {
    items: Vec<PublicItem>,
    /// What rustdoc knows of each item.
    index: Value,
}

/// The API; or why this compiler's description of it cannot be read.
static API: LazyLock<Result<Api, String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public-api");
    let output = Command::new(env!("CARGO"))
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--all-features"])
        .arg("--target-dir")
        .arg(&folder)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo rustdoc: {err}");
    let path = folder.join("doc/peline.json");
    let mut json: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let format = json["format_version"].as_u64();
    if format != Some(FORMAT) {
        return Err(format!("its format is {format:?}, and {FORMAT} is read"));
    }
    let api = Builder::from_rustdoc_json(path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .include_function_parameter_names(true)
        .build()
        .unwrap();
    Ok(Api {
        items: api.into_items().collect(),
        index: json["index"].take(),
    })
});

/// The API; `None`, and said aloud, where this compiler may describe it in another format.
fn api() -> Option<&'static Api> {
    let why = match &*API {
        Ok(api) => return Some(api),
        Err(why) => why,
    };
    let named = concat!("rustc ", env!("CARGO_PKG_RUST_VERSION"), ".");
    let compiler = Command::new("rustc").arg("--version").output().unwrap();
    let required = env::var_os("PUBLIC_API").is_some_and(|it| it == "required");
    assert!(
        !required && !compiler.stdout.starts_with(named.as_bytes()),
        "the public API cannot be read from rustdoc's JSON: {why}"
    );
    // Not `eprintln`, which the harness keeps to itself when a test passes.
    writeln!(
        io::stderr(),
        "NOT COMPARED: the public API, in this compiler's JSON: {why}"
    )
    .ok();
    None
}

impl Api {
    fn of(&self, item: &PublicItem) -> &Value {
        &self.index[item.id().0.to_string()]
    }

    /// What the item is, as rustdoc calls it.
    fn kind(&self, item: &PublicItem) -> &str {
        let inner = self.of(item)["inner"].as_object();
        inner
            .and_then(|inner| inner.keys().next())
            .map_or("", |kind| kind)
    }

    /// Whether the item stands in the implementation of a trait, which says what it is.
    fn is_of_trait(&self, item: &PublicItem) -> bool {
        item.parent_id().is_some_and(|parent| {
            let parent = &self.index[parent.0.to_string()];
            !parent["inner"]["impl"]["trait"].is_null()
        })
    }

    fn docs(&self, item: &PublicItem) -> &str {
        self.of(item)["docs"].as_str().unwrap_or_default()
    }

    /// Whether an item has an example: of its own, or one that it points to.
    fn has_example(&self, item: &PublicItem) -> bool {
        !examples(self.docs(item)).is_empty() || self.points_to_example(item)
    }

    /// Whether an item points to an example in the documentation of another, and that uses it.
    fn points_to_example(&self, item: &PublicItem) -> bool {
        let (this, kind) = (self.of(item), self.kind(item));
        let name = this["name"].as_str().unwrap_or_default();
        pointers(self.docs(item)).iter().any(|link| {
            let other = &self.index[this["links"][link].to_string()];
            let docs = other["docs"].as_str().unwrap_or_default();
            examples(docs).iter().any(|code| uses(code, name, kind))
        })
    }

    /// The items that are this crate's to document.
    fn documented(&self) -> impl Iterator<Item = &PublicItem> {
        self.items
            .iter()
            .filter(|item| !self.is_of_trait(item) && !["", "impl"].contains(&self.kind(item)))
    }

    /// One line an item, and one for all traits that a type has under the same condition.
    fn lines(&self) -> Vec<String> {
        let foreign = Regex::new(r"\b([a-z]\w*)::(?:\w+::)*(\w+)").unwrap();
        let mut lines = Vec::new();
        let mut traits = BTreeMap::<_, (usize, BTreeSet<_>)>::new();
        for item in &self.items {
            // Where others keep their items is theirs to change: `core::Option`, `jiff::Date`.
            let line = item.to_string();
            let line = foreign.replace_all(&line, |path: &Captures<'_>| match &path[1] {
                "peline" => path[0].to_owned(),
                other => format!("{other}::{}", &path[2]),
            });
            if self.kind(item) != "impl" {
                // The methods of a trait are known; which types it is given is not.
                if self.kind(item) != "function" || !self.is_of_trait(item) {
                    lines.push(line.into_owned());
                }
            } else if let Some((generics, name, of)) = implementation(&line) {
                let key = (generics.to_owned(), of.to_owned());
                let (_, names) = traits.entry(key).or_insert_with(|| {
                    lines.push(String::new());
                    (lines.len() - 1, BTreeSet::new())
                });
                // Every derived `PartialEq` brings it along.
                if name != "core::StructuralPartialEq" {
                    names.insert(name.to_owned());
                }
            }
        }
        for ((generics, of), (at, names)) in traits {
            let names: Vec<_> = names.into_iter().collect();
            lines[at] = format!("{generics} {} for {of}", names.join(" + "));
        }
        lines
    }
}

/// `impl<'a>`, `Trait<'a>` and `Type`, of `impl<'a> Trait<'a> for Type`; `None` where the methods
/// are the type's own, and so lines of their own.
fn implementation(line: &str) -> Option<(&str, &str, &str)> {
    let (head, of) = line.split_once(" for ")?;
    let mut depth = 0;
    let end = head.char_indices().find(|(_, char)| {
        match char {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        *char == ' ' && depth == 0
    });
    let (generics, name) = head.split_at(end?.0);
    Some((generics, name.trim_start(), of))
}

/// The Rust of a documentation that is compiled, as its reader sees it: without the hidden lines.
fn examples(docs: &str) -> Vec<String> {
    let shown = |block: String| {
        let lines = block.lines();
        let shown = lines.filter(|line| *line != "#" && !line.starts_with("# "));
        shown.map(|line| format!("{line}\n")).collect()
    };
    blocks(docs).into_iter().map(shown).collect()
}

/// The blocks of Rust that rustdoc compiles, with the lines that it hides.
fn blocks(docs: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open = None;
    for line in docs.lines() {
        let line = line.trim_start();
        if let Some(info) = line.strip_prefix("```") {
            match open.take() {
                Some(block) => blocks.extend(block),
                None => open = Some(is_compiled(info).then(String::new)),
            }
        } else if let Some(Some(block)) = &mut open {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks
}

/// The functions that a block defines and names nowhere else: no methods, whose trait calls them.
fn never_called(docs: &str) -> Vec<String> {
    static FUNCTION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^(?:# )?fn (\w+)(?:<.*?>)?\((.*)$").unwrap());
    let mut found = Vec::new();
    for block in blocks(docs) {
        let code = block.lines().filter(|line| !line.starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        for function in FUNCTION.captures_iter(&code) {
            let (name, arguments) = (&function[1], &function[2]);
            let word = Regex::new(&format!(r"\b{name}\b")).unwrap();
            let is_method = arguments.starts_with("&self") || arguments.starts_with("self");
            if name != "main" && !is_method && word.find_iter(&code).count() < 2 {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// Whether rustdoc compiles a block that begins with "```" and this.
fn is_compiled(info: &str) -> bool {
    info.split(',')
        .all(|tag| ["", "rust", "no_run", "should_panic"].contains(&tag.trim()))
}

/// Where a documentation says that its example is: the links of "See the example of [`X`].", as rustdoc
/// calls them.
fn pointers(docs: &str) -> Vec<&str> {
    static SENTENCE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)\bthe examples? of\s+\[.*?(?:\.\s|\.?\z)").unwrap());
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\]]+)\](?:\(([^)]+)\))?").unwrap());
    let sentences = SENTENCE.find_iter(docs);
    let links = sentences.flat_map(|sentence| LINK.captures_iter(sentence.as_str()));
    links
        .filter_map(|link| link.get(2).or(link.get(1)))
        .map(|target| target.as_str())
        .collect()
}

/// Whether code has a name as a word: that of a function, where it is called, passed or written.
fn uses(code: &str, name: &str, kind: &str) -> bool {
    let name = regex::escape(name);
    let used = match kind {
        "function" => format!(r"\b{name}\(|::{name}\b"),
        _ => format!(r"\b{name}\b"),
    };
    Regex::new(&used).unwrap().is_match(code)
}

#[test]
fn the_public_api_is_as_it_was() {
    let Some(api) = api() else { return };
    let lines = api.lines();
    assert!(lines.len() > 1000, "is the test still looking?");
    insta::assert_snapshot!("every_item", lines.join("\n"));
}

#[test]
fn every_public_item_is_documented() {
    let Some(api) = api() else { return };
    let bare: Vec<_> = api
        .documented()
        .filter(|item| !["assoc_type", "use"].contains(&api.kind(item)))
        .filter(|item| api.docs(item).trim().is_empty())
        .map(ToString::to_string)
        .collect();
    assert!(bare.is_empty(), "not documented:\n{}", bare.join("\n"));
}

#[test]
fn most_public_items_have_an_example() {
    let Some(api) = api() else { return };
    let taught = || {
        api.documented()
            .filter(|item| TAUGHT.contains(&api.kind(item)))
    };
    let without: Vec<_> = taught()
        .filter(|item| !api.has_example(item))
        .map(ToString::to_string)
        .collect();
    let all = taught().count();
    let with = all - without.len();
    assert!(all > 500, "is the test still looking?");
    assert!(
        with * 100 >= all * WITH_EXAMPLE,
        "{with} of {all} public items have an example, these have none:\n{}",
        without.join("\n")
    );
}

#[test]
fn an_example_that_is_pointed_to_uses_the_item() {
    let Some(api) = api() else { return };
    let pointing = || {
        api.documented()
            .filter(|item| !pointers(api.docs(item)).is_empty())
    };
    let astray: Vec<_> = pointing()
        .filter(|item| !api.points_to_example(item))
        .map(ToString::to_string)
        .collect();
    assert!(pointing().count() > 100, "is the test still looking?");
    assert!(
        astray.is_empty(),
        "the example that is pointed to does not use:\n{}",
        astray.join("\n")
    );
}

#[test]
fn an_example_calls_the_functions_that_it_defines() {
    let Some(api) = api() else { return };
    let idle: Vec<_> = api
        .documented()
        .filter(|item| !never_called(api.docs(item)).is_empty())
        .map(ToString::to_string)
        .collect();
    assert!(
        idle.is_empty(),
        "what this shows is never run:\n{}",
        idle.join("\n")
    );
}

#[test]
fn a_function_is_called_where_it_is_named_again() {
    assert_eq!(never_called("```\nfn a(b: B) {}\n// a\n```"), ["a"]);
    for docs in [
        "```\nfn a() {}\na();\n```",
        "```\nfn a<'a>() {}\n# b.map(a);\n```",
        "```\nfn main() {}\n```",
        "```\nfn a(&self, b: B) {}\n```",
    ] {
        assert!(never_called(docs).is_empty(), "{docs}");
    }
}

#[test]
fn an_example_is_rust_that_is_compiled() {
    for docs in [
        "```\na();\n```",
        "A.\n\n ```no_run\na();\n ```",
        "```text\na\n```\n```rust\na();\n```",
        "```\n# hidden();\n#\na();\n```",
    ] {
        assert_eq!(examples(docs), ["a();\n"], "{docs}");
    }
    for docs in [
        "",
        "`a`",
        "```text\na\n```",
        "```text\na\n```\nb\n```ignore\n```",
    ] {
        assert!(examples(docs).is_empty(), "{docs}");
    }
}

#[test]
fn a_pointer_is_the_link_of_its_sentence() {
    assert_eq!(pointers("A [`B`].\n\nSee the example of [`C`]."), ["`C`"]);
    assert_eq!(
        pointers("See the example of [`c`](Self::c). [D]."),
        ["Self::c"]
    );
    let both = "See [`A`] and the examples of [`B`] and\n[the page](super#c).\n\nSee [`D`].";
    assert_eq!(pointers(both), ["`B`", "super#c"]);
    assert!(pointers("An example of [`A`]. See the example of the type.").is_empty());
}

#[test]
fn a_use_is_the_name_itself() {
    assert!(uses("Route::List", "Route", "enum"));
    assert!(!uses("Routed", "Route", "enum"));
    for code in ["it.at()", "at(1)", "map(Entry::at)", "fn at(&self)"] {
        assert!(uses(code, "at", "function"), "{code}");
    }
    for code in ["at: 1", "it.at", "it.at_all()", "that(1)"] {
        assert!(!uses(code, "at", "function"), "{code}");
    }
}
