//! The lock files of the program, of the Python package and of the fuzz targets agree.

use std::collections::BTreeMap;
use std::fs;

use toml::{Table, Value};

use crate::files::top;

/// Workspaces of their own, each with a lock file.
const OTHERS: [&str; 2] = ["bindings/python", "fuzz"];

/// The packages of a lock file by name and series, the part of a version that must be the same for two versions to be
/// compatible, with their versions.
fn packages(folder: &str) -> BTreeMap<(String, String), String> {
    let path = top().join(folder).join("Cargo.lock");
    let table = fs::read_to_string(path).unwrap().parse::<Table>().unwrap();
    let text = |package: &Value, key: &str| package[key].as_str().unwrap().to_owned();
    let package = |package: &Value| {
        let (name, version) = (text(package, "name"), text(package, "version"));
        let mut numbers = version.split('.');
        let series: Vec<&str> = match numbers.next().unwrap() {
            "0" => vec!["0", numbers.next().unwrap()],
            major => vec![major],
        };
        ((name, series.join(".")), version.clone())
    };
    table["package"].as_array().unwrap().iter().map(package).collect()
}

#[test]
fn a_package_has_the_same_version_in_every_lock_file() {
    let own = packages("");
    for folder in OTHERS {
        let others = packages(folder);
        for (package, version) in &others {
            if let Some(expected) = own.get(package) {
                assert_eq!(
                    version, expected,
                    "{folder}/Cargo.lock: cargo update --manifest-path {folder}/Cargo.toml -p {} --precise {expected}",
                    package.0
                );
            }
        }
        assert!(others.len() > 50, "{folder}/Cargo.lock has few packages");
    }
}

#[test]
fn the_python_package_has_the_version_of_the_program() {
    let version = |manifest: &str| {
        let table = fs::read_to_string(top().join(manifest)).unwrap().parse::<Table>().unwrap();
        table["package"]["version"].as_str().unwrap().to_owned()
    };
    assert_eq!(version("bindings/python/Cargo.toml"), version("Cargo.toml"));
}
