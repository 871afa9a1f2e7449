//! Every committed seed of the fuzz targets, through its law.

use std::{fs, path::Path};

use super::laws::LAWS;

#[test]
fn every_seed_keeps_its_law() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for (name, law) in LAWS {
        let mut replayed = 0;
        for entry in fs::read_dir(seeds.join(name)).unwrap() {
            law(&fs::read(entry.unwrap().path()).unwrap());
            replayed += 1;
        }
        assert!(
            replayed >= 10,
            "{name}: only {replayed} seeds were replayed"
        );
    }
}

#[test]
fn every_law_has_its_target() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut names: Vec<_> = fs::read_dir(targets)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    names.sort();
    let laws: Vec<_> = LAWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, laws);
}
