//! Data flows one way: each stage uses only what stands before it.

use std::fs;

use crate::files::{below, top};
use crate::sources::{code, module_path, modules_used, names_crate};

/// Packages that one part of the program alone knows.
const AT_HOME: [(&str, &[&str]); 34] = [
    ("lindera", &["src/morphology/"]),
    (
        "lindera_dictionary",
        &["src/morphology/dictionary.rs", "src/morphology/embedded.rs", "src/morphology/lattice/"],
    ),
    ("bytemuck", &["src/markers/interning.rs", "src/morphology/lattice/lanes.rs"]),
    ("fixedbitset", &["src/markers/alphabet.rs"]),
    ("hashbrown", &["src/markers/unknown.rs"]),
    ("unicode_normalization", &["src/text/characters.rs", "src/text/composition.rs", "src/text/folding.rs"]),
    ("hayro_interpret", &["src/corpus/formats/pdf/"]),
    (
        "quick_xml",
        &["src/corpus/formats/xml.rs", "src/corpus/formats/xml_scanner.rs", "src/report/figures/canvas.rs"],
    ),
    ("calamine", &["src/corpus/formats/xlsx.rs", "src/corpus/formats/xlsx_dates.rs"]),
    ("rust_xlsxwriter", &["src/checking/sheet/workbook.rs", "src/report/workbook/"]),
    ("flate2", &["src/corpus/formats/compression.rs", "src/report/page/lines.rs"]),
    ("minijinja", &["src/report/page/template.rs"]),
    ("ruzstd", &["src/corpus/formats/compression.rs"]),
    ("zip", &["src/corpus/formats/archive.rs", "src/corpus/formats/members.rs"]),
    ("chardetng", &["src/corpus/encoding/mod.rs"]),
    ("dom_query", &["src/corpus/formats/html/"]),
    ("html5ever", &["src/corpus/formats/html/"]),
    ("pulldown_cmark", &["src/corpus/formats/markdown.rs"]),
    ("encoding_rs", &["src/corpus/encoding/"]),
    ("rayon", &["src/analysis/parallel.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/completions.rs"]),
    ("clap_mangen", &["src/cli/man.rs"]),
    ("console", &["src/cli/terminal.rs"]),
    ("open", &["src/cli/dropped.rs"]),
    ("glob", &["src/cli/paths.rs"]),
    ("indicatif", &["src/cli/"]),
    ("unicode_width", &["src/cli/show/", "src/report/figures/lettering.rs"]),
    ("walkdir", &["src/corpus/"]),
    ("rustix", &["src/publishing/operations.rs", "src/publishing/syncing.rs"]),
    ("signal_hook", &["src/cli/signals.rs"]),
    (
        "tempfile",
        &[
            "src/analysis/lists/sorting.rs",
            "src/analysis/partial/sorting.rs",
            "src/cli/outfile.rs",
            "src/corpus/input.rs",
            "src/publishing/new_file.rs",
        ],
    ),
    ("libm", &["src/statistics/"]),
    ("strsim", &["src/nearest.rs"]),
];

/// The table of folders in docs/architecture.md.
struct Layers {
    /// Each module, and those that it may use.
    may_use: Vec<(String, Vec<String>)>,
    /// What every module may use.
    free: Vec<String>,
}

impl Layers {
    fn read() -> Self {
        let text = fs::read_to_string(top().join("docs/architecture.md")).unwrap();
        let (_, table) =
            text.split_once("\n| folder |").expect("docs/architecture.md has a table of folders");
        let mut layers = Layers { may_use: Vec::new(), free: Vec::new() };
        for row in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [_, folder, _, may_use, _] = cells[..] else { panic!("docs/architecture.md: {row}") };
            if may_use.ends_with("(free to all)") {
                layers.free.extend(quoted(folder));
            }
            let may_use = match may_use {
                "all above" => layers.may_use.iter().map(|(name, _)| name.clone()).collect(),
                names => quoted(names),
            };
            layers.may_use.extend(quoted(folder).into_iter().map(|name| (name, may_use.clone())));
        }
        layers
    }

    fn allow(&self, module: &str, used: &str) -> bool {
        let found = self.may_use.iter().find(|(name, _)| name == module);
        let (_, may_use) = found.unwrap_or_else(|| panic!("docs/architecture.md: say what {module} may use"));
        module == used || may_use.iter().chain(&self.free).any(|name| name == used)
    }
}

/// The names in backquotes, as modules.
fn quoted(cell: &str) -> Vec<String> {
    let names = cell.split('`').skip(1).step_by(2);
    names.map(|name| name.trim_end_matches('/').trim_end_matches(".rs").to_owned()).collect()
}

#[test]
fn every_module_uses_only_what_the_architecture_allows() {
    let layers = Layers::read();
    for (file, text) in below("src", "rs") {
        let path = module_path(&file);
        let Some(module) = path.first() else { continue };
        for used in modules_used(&path, &code(&text)) {
            assert!(layers.allow(module, &used), "{file}: {module} may not use {used}");
        }
    }
}

#[test]
fn the_architecture_names_no_module_that_is_gone() {
    let files = below("src", "rs");
    for (name, _) in Layers::read().may_use {
        assert!(
            files.iter().any(|(file, _)| module_path(file).first() == Some(&&*name)),
            "there is no module {name}"
        );
    }
}

#[test]
fn every_source_file_is_a_module_that_the_one_above_names() {
    let files = below("src", "rs");
    for (file, _) in &files {
        let (folder, name) = file.rsplit_once('/').unwrap();
        let (above, module) = match name {
            "main.rs" | "lib.rs" => continue,
            "mod.rs" => folder.rsplit_once('/').unwrap(),
            name => (folder, name.trim_end_matches(".rs")),
        };
        let declares = |(other, text): &(String, String)| {
            let is_above =
                ["mod.rs", "lib.rs", "main.rs"].iter().any(|name| *other == format!("{above}/{name}"));
            is_above && text.contains(&format!("mod {module};"))
        };
        assert!(files.iter().any(declares), "{file}: no module names it");
    }
}

#[test]
fn a_module_with_a_folder_is_its_mod_rs() {
    for folder in ["src", "tests", "benches", "bindings", "build", "fuzz"] {
        for (file, _) in below(folder, "rs") {
            let beside = top().join(file.trim_end_matches(".rs"));
            assert!(!beside.is_dir(), "{file}: move it to {}/mod.rs", file.trim_end_matches(".rs"));
        }
    }
}

#[test]
fn a_package_is_named_only_where_it_is_at_home() {
    let files = below("src", "rs");
    for (package, homes) in AT_HOME {
        let named: Vec<&String> = files
            .iter()
            .filter(|(_, text)| names_crate(&code(text), package))
            .map(|(file, _)| file)
            .collect();
        for file in &named {
            assert!(homes.iter().any(|home| file.starts_with(home)), "{file} names {package}");
        }
        assert_eq!(named.is_empty(), homes.is_empty(), "{package} is used nowhere: strike it from this rule");
    }
}

#[test]
fn the_python_package_uses_the_public_library_alone() {
    let library = fs::read_to_string(top().join("src/lib.rs")).unwrap();
    let hidden = library.split("#[doc(hidden)]\npub mod ").skip(1).filter_map(|rest| rest.split(';').next());
    let hidden: Vec<&str> = hidden.filter(|module| *module != "cli").collect();
    assert!(hidden.contains(&"analysis") && hidden.contains(&"text"), "src/lib.rs hides {hidden:?}");
    for (file, text) in below("bindings/python", "rs") {
        for named in code(&text).split("hedgerow::").skip(1) {
            let list = named.strip_prefix('{').and_then(|rest| rest.split('}').next());
            for item in list.unwrap_or(named).split(',') {
                let name = item.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                assert!(!hidden.contains(&name), "{file} uses hedgerow::{name}, which is not promised");
                if list.is_none() {
                    break;
                }
            }
        }
    }
}
