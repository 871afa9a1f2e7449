//! What one reading costs, in nanoseconds or in instructions.

use std::{env, process::Command};

use super::{
    clock::medians,
    shapes::{SHAPES, Shape},
};

/// The time of texts of each size, read in turn.
pub(crate) fn times(shape: &Shape, sizes: &[usize]) -> Vec<f64> {
    let texts: Vec<_> = sizes.iter().map(|&size| shape.make(size)).collect();
    let tasks = texts
        .iter()
        .map(|text| Box::new(|| text.read()) as Box<dyn Fn()>);
    medians(&tasks.collect::<Vec<_>>())
}

/// The instructions of reading texts of each size, as valgrind counts them in a process of its
/// own for each.
pub(crate) fn instructions(shape: &Shape, sizes: &[usize]) -> Vec<f64> {
    sizes
        .iter()
        .map(|&size| counted(shape.name, size))
        .collect()
}

fn counted(name: &str, size: usize) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*shapes::Hostile::read*")
        .arg(env::current_exe().unwrap())
        .args(["--read", name, &size.to_string()])
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stderr);
    let collected = report.split("Collected : ").nth(1);
    let number = collected.and_then(|rest| rest.split_whitespace().next());
    number
        .unwrap_or_else(|| panic!("{report}"))
        .parse()
        .unwrap()
}

/// What a process under valgrind does: `--read <shape> <size>`. Says whether it was asked to.
pub(crate) fn is_asked_to_read() -> bool {
    let arguments: Vec<String> = env::args().collect();
    let [_, asked, name, size] = &arguments[..] else {
        return false;
    };
    if asked != "--read" {
        return false;
    }
    let shape = SHAPES.iter().find(|shape| shape.name == name).unwrap();
    shape.make(size.parse().unwrap()).read();
    true
}
