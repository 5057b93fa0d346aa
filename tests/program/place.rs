//! A folder of its own for each test, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::tables::Tables;

/// A lexicon file whose marker is a dog, so that a test knows its hits whatever the default lexicon holds.
pub const DOGS: &str = r#"category = "animals"
stance = "hedge"

[[entry]]
id = "dog"
pattern = '"犬"'
examples = ["犬"]
"#;

/// The sample corpus.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The program, in the language that it has by itself.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hedgerow"));
    for variable in ["HEDGEROW_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        program.env_remove(variable);
    }
    program
}

/// Whether whoever runs the tests has a signal ignored, as `nohup` and shells in the background do; the program then
/// ignores it, too.
#[cfg(unix)]
pub fn is_ignored(signal: &str) -> bool {
    let bit = match signal {
        "HUP" => 0,
        "INT" => 1,
        "TERM" => 14,
        _ => panic!("{signal}"),
    };
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() >> bit & 1 == 1)
}

/// A temporary folder; paths are relative to it.
pub struct Place(TempDir);

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

impl Place {
    /// A folder with these files.
    pub fn with<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let place = Place(TempDir::new().unwrap());
        for (name, bytes) in files {
            place.write(name, bytes);
        }
        place
    }

    /// Where a file of it stands.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "", &[])
    }

    /// Runs the program with something on standard input and in its environment.
    pub fn run_with(&self, arguments: &[&str], input: &str, environment: &[(&str, &str)]) -> Run {
        let mut command = program();
        command.args(arguments).current_dir(self.0.path()).envs(environment.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that has no use for it may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let [out, err] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Run { status: status.code(), out, err }
    }

    /// Counts into `out`, which must succeed without a word of complaint; gives the tables and the summary.
    pub fn count(&self, arguments: &[&str]) -> (Tables, String) {
        let run = self.run(&[&["count", "--out", "out"], arguments].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        (Tables::read(&self.path("out")), run.out)
    }

    /// Counts dogs, and nothing but dogs.
    pub fn count_dogs(&self, arguments: &[&str]) -> (Tables, String) {
        self.write("dogs.toml", DOGS);
        self.count(&[&["--lexicon", "dogs.toml"], arguments].concat())
    }

    /// Asserts that a run is refused: exit status 1, one line for each problem with all these words, nothing
    /// said twice, and not a byte written or changed.
    pub fn assert_refused(&self, arguments: &[&str], problems: &[&[&str]]) {
        let before = self.everything();
        let run = self.run(arguments);
        assert_eq!(run.status, Some(1), "{arguments:?}: {run:?}");
        assert_eq!(run.out, "", "{arguments:?}");
        let lines: Vec<&str> = run.err.lines().collect();
        assert_eq!(lines.len(), problems.len(), "{arguments:?}: one line for each problem: {}", run.err);
        for (line, words) in lines.iter().zip(problems) {
            assert!(line.starts_with("error: "), "{line}");
            for word in *words {
                assert!(line.contains(word), "{word:?} is not said in: {line}");
            }
            let mut clauses: Vec<&str> = line.split([':', ';']).map(str::trim).collect();
            clauses.sort_unstable();
            assert!(clauses.windows(2).all(|pair| pair[0] != pair[1]), "says a thing twice: {line}");
        }
        assert_eq!(self.everything(), before, "{arguments:?} left something behind");
    }

    /// Every path in the folder; with its bytes, if it is a file that can be held in memory.
    fn everything(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let entries = walkdir::WalkDir::new(self.0.path()).into_iter().filter_map(Result::ok);
        let is_read = |path: &Path| {
            fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() < 1 << 30)
        };
        let bytes = |path: &Path| if is_read(path) { fs::read(path).ok() } else { None };
        entries.map(|entry| (entry.path().into(), bytes(entry.path()))).collect()
    }
}
