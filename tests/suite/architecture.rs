//! The house is as `lib.rs` draws it: imports only point up its list, and nom stays in `grammar/`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file of the library below `folder`, and its code without comments and its own tests.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("src/bin") {
        } else if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code = code.lines().map(|line| line.split("//").next().unwrap());
            found.push((path, code.collect::<Vec<_>>().join("\n")));
        }
    }
    found
}

/// The modules of `lib.rs`, in the order in which data flows through them.
fn order() -> Vec<String> {
    let text = fs::read_to_string(source().join("lib.rs")).unwrap();
    let module = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    text.lines().filter_map(module).collect()
}

/// The modules of this crate that `code` names: `crate::a`, and `crate::{a, b::c}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let word = |text: &str| -> String {
            text.chars()
                .take_while(|char| char.is_alphanumeric() || *char == '_')
                .collect()
        };
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(word(rest));
            continue;
        };
        let mut depth = 1;
        let mut start = true;
        for (at, char) in group.char_indices() {
            match char {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                _ if depth == 1 && start && !char.is_whitespace() => {
                    names.insert(word(&group[at..]));
                    start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

#[test]
fn imports_only_point_up_the_list() {
    let order = order();
    assert!(
        order.len() >= 8,
        "the list of lib.rs was not found: {order:?}"
    );
    let place = |module: &str| order.iter().position(|name| name == module);
    let mut imports = 0;
    for (path, code) in files(&source()) {
        let inside = path.strip_prefix(source()).unwrap();
        let own = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let own = own.trim_end_matches(".rs");
        if own == "lib" {
            continue;
        }
        let own_place = place(own).unwrap_or_else(|| panic!("{own} is not in the list of lib.rs"));
        for name in named(&code) {
            let Some(named_place) = place(&name) else {
                panic!(
                    "{}: `crate::{name}` is not a module of the list",
                    inside.display()
                );
            };
            assert!(
                named_place <= own_place,
                "{}: `{own}` imports `{name}`, which stands below it",
                inside.display()
            );
            imports += 1;
        }
    }
    assert!(
        imports > 20,
        "hardly any import was found: is the check still looking?"
    );
}

#[test]
fn nom_is_named_in_the_grammar_only() {
    let mut inside = 0;
    for (path, code) in files(&source()) {
        let names_nom = code.match_indices("nom").any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let after = code[at + 3..].chars().next();
            let word =
                |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
            !word(before) && !word(after)
        });
        if path.starts_with(source().join("grammar")) {
            inside += usize::from(names_nom);
        } else {
            assert!(!names_nom, "{} names nom", path.display());
        }
    }
    assert!(
        inside > 0,
        "the grammar does not name nom: is the check still looking?"
    );
}

#[test]
fn the_check_sees_imports() {
    let code = "use crate::{\n a::{b, c},\n d,\n};\nfn f() { crate::e::g() }";
    let expected = ["a", "d", "e"].map(str::to_owned);
    assert_eq!(named(code), BTreeSet::from(expected));
}
