//! Finds the source archive of the dictionary where cargo keeps it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

const PACKAGE: &str = "lindera-ipadic";
const PACKAGE_VERSION: &str = "0.14.0";
const PATH: &str = "resources/mecab-ipadic-2.7.0-20070801.tar.gz";
pub const SHA256: &str = "b62f527d881c504576baed9c6ef6561554658b175ce6ae0096a60307e49e3523";
/// The one folder at the top of the archive.
pub const FOLDER: &str = "mecab-ipadic-2.7.0-20070801";

/// The bytes of the archive, once their digest is checked.
pub fn read(manifest: &Path) -> Result<Vec<u8>, String> {
    let path = package_folder(manifest)?.join(PATH);
    let shown = path.display();
    let remedy = "delete that package's folder, run `cargo fetch` and build again";
    let bytes = fs::read(&path).map_err(|error| format!("cannot read {shown}: {error}; {remedy}"))?;
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if digest == SHA256 {
        Ok(bytes)
    } else {
        Err(format!("{shown} has SHA-256 {digest}, expected {SHA256}; {remedy}"))
    }
}

/// The package with the archive: in cargo's registry, or in a vendor folder.
fn package_folder(manifest: &Path) -> Result<PathBuf, String> {
    // Offline first, as only the first build has anything to download. With
    // --locked first, as the folder may be read-only; without it for a copy of
    // this package that came without its lock file.
    let attempts: [&[&str]; 4] = [&["--locked", "--offline"], &["--locked"], &["--offline"], &[]];
    let mut reason = String::new();
    for options in attempts {
        match ask_cargo(manifest, options) {
            Ok(folder) => return Ok(folder),
            Err(error) => reason = error,
        }
    }
    Err(format!(
        "cannot find the package {PACKAGE} {PACKAGE_VERSION}, which holds the dictionary's \
         source: {reason}; run `cargo fetch` with a network connection, then build again"
    ))
}

fn ask_cargo(manifest: &Path, options: &[&str]) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--manifest-path"])
        .arg(manifest.join("Cargo.toml"))
        .args(options)
        // From here cargo finds its configuration, such as a vendor folder.
        .current_dir(manifest)
        .output()
        .map_err(|error| format!("cargo metadata cannot start: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        let line = message.lines().find_map(|line| line.strip_prefix("error: "));
        return Err(line.unwrap_or("cargo metadata failed").to_owned());
    }
    let answer: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata answered with invalid JSON: {error}"))?;
    answer["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == PACKAGE && package["version"] == PACKAGE_VERSION)
        .and_then(|package| Path::new(package["manifest_path"].as_str()?).parent())
        .map(Path::to_path_buf)
        .ok_or_else(|| "cargo metadata does not list it".to_owned())
}
