//! A folder that appears whole or not at all, and is replaced by another one whole or not at all.
//!
//! A [`Publication`] is written in a hidden folder beside its destination, its workplace, which is locked as long as the
//! run lives. When it is complete it is written through to the disk and takes its place by one rename; an earlier folder
//! is exchanged for it in one step where the system can do that, else set aside and put back if anything fails, and
//! deleted last. What in the earlier folder was not written by this program, or was changed since, is carried over. So
//! the destination is whole at every moment, or, between two renames, whole under a name by which the next run and every
//! reader finds it.

mod error;
mod exchange;
mod names;
mod new_file;
mod operations;
mod publication;
mod recovery;
mod registry;
mod syncing;
mod workplace;

pub use error::PublishError;
pub use exchange::OwnFile;
pub use new_file::NewFile;
pub use publication::Publication;
pub use recovery::restore;
pub use registry::{Interruption, interrupt};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::operations::{Fault, with_fault};
    use super::workplace::Workplace;
    use super::*;
    use crate::digest::sha256;

    /// Every path below a folder, with the bytes of files and the targets of links.
    fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let Ok(entries) = fs::read_dir(folder) else { return found };
        for entry in entries {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                let below = everything(&entry.path());
                found.extend(below.into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
                found.insert(name + "/", Vec::new());
            } else if let Ok(to) = fs::read_link(entry.path()) {
                found.insert(name + "@", to.into_os_string().into_encoded_bytes());
            } else {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        found
    }

    /// The names in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    const OWN: [&str; 4] = ["a.csv", "b.csv", "figures/a.svg", "run.json"];

    /// The names in a folder that holds them.
    const OWN_NAMES: [&str; 4] = ["a.csv", "b.csv", "figures", "run.json"];

    /// What the old run wrote.
    fn own_files() -> Vec<OwnFile> {
        let digest = |name: &str| (name != "run.json").then(|| sha256(format!("old {name}")));
        OWN.iter().map(|name| OwnFile { name: (*name).into(), sha256: digest(name) }).collect()
    }

    /// A folder of an earlier run with everything that a user may have put there; `b.csv` has been changed.
    fn earlier_run(place: &Path) -> PathBuf {
        let out = place.join("out");
        for folder in ["notes/deep", "figures"] {
            fs::create_dir_all(out.join(folder)).unwrap();
        }
        for name in OWN {
            fs::write(out.join(name), format!("old {name}")).unwrap();
        }
        fs::write(out.join("b.csv"), "edited").unwrap();
        fs::write(out.join("b.edited.csv"), "edited earlier").unwrap();
        fs::write(out.join("mine.txt"), "mine").unwrap();
        fs::write(out.join("notes/deep/mine.txt"), "mine, too").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere", out.join("link")).unwrap();
        out
    }

    fn publish(out: &Path) -> Result<Vec<crate::messages::Message>, PublishError> {
        let publication = Publication::replace(out, &OWN)?;
        for name in OWN {
            publication.write(name, format!("new {name}"))?;
        }
        publication.publish(&own_files())
    }

    /// The folder when the earlier run is replaced.
    fn replaced() -> BTreeMap<String, Vec<u8>> {
        let place = tempfile::tempdir().unwrap();
        let out = earlier_run(place.path());
        let mut files = everything(&out);
        for name in OWN {
            files.insert(name.into(), format!("new {name}").into());
        }
        files.insert("b.edited-2.csv".into(), b"edited".into());
        files
    }

    #[test]
    fn a_published_folder_is_whole_and_has_the_permissions_of_any_other() {
        let place = tempfile::tempdir().unwrap();
        let destination = place.path().join("deep/out");
        let publication = Publication::create(&destination).unwrap();
        publication.write("a", "a").unwrap();
        publication.write("b/c/d", "d").unwrap();
        assert!(!destination.exists());
        assert!(publication.publish(&[]).unwrap().is_empty());
        assert_eq!(names(&place.path().join("deep")), ["out"]);
        assert_eq!(names(&destination), ["a", "b"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let other = place.path().join("other");
            fs::create_dir(&other).unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(&destination), mode(&other));
        }
    }

    #[test]
    fn what_is_not_published_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let publication = Publication::create(&place.path().join("deep/er/out")).unwrap();
        publication.write("a", "a").unwrap();
        drop(publication);
        assert!(names(place.path()).is_empty());
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named_as_it_would_be_called() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out");
        let publication = Publication::create(&out).unwrap();
        let long = "長".repeat(100);
        let error = publication.write(&long, "").unwrap_err();
        assert!(matches!(&error, PublishError::Write { path, .. } if *path == out.join(&long)), "{error}");
        let error = PublishError::write(&publication.path().join("a.csv"), std::io::Error::other("full"));
        assert!(matches!(&error, PublishError::Write { path, .. } if *path == out.join("a.csv")), "{error}");
    }

    #[test]
    fn a_destination_that_comes_into_existence_is_not_touched_and_the_folder_is_kept() {
        let place = tempfile::tempdir().unwrap();
        let destination = place.path().join("out");
        let publication = Publication::create(&destination).unwrap();
        publication.write("a", "a").unwrap();
        fs::write(&destination, "a file").unwrap();
        let error = publication.publish(&[]).unwrap_err();
        let PublishError::Kept { error, folder } = error else { panic!("{error}") };
        assert!(matches!(*error, PublishError::NotAFolder { file, .. } if file == destination));
        assert_eq!(folder, place.path().join("out.new"));
        assert_eq!(names(&folder), ["a"]);
        assert_eq!(names(place.path()), ["out", "out.new"]);
        assert_eq!(fs::read(&destination).unwrap(), b"a file");
    }

    #[test]
    fn a_destination_that_exists_is_refused_unless_it_is_a_folder_to_be_replaced() {
        let place = tempfile::tempdir().unwrap();
        let [folder, file] = ["folder", "file"].map(|name| place.path().join(name));
        fs::create_dir(&folder).unwrap();
        fs::write(&file, "").unwrap();
        assert!(matches!(Publication::create(&folder).err(), Some(PublishError::Exists(_))));
        assert!(Publication::replace(&folder, &OWN).is_ok());
        for begin in [Publication::create, |path: &Path| Publication::replace(path, &OWN)] {
            assert!(matches!(begin(&file).err(), Some(PublishError::NotAFolder { .. })));
            let below = begin(&file.join("out")).err();
            assert!(matches!(below, Some(PublishError::NotAFolder { file: above, .. }) if above == file));
        }
        assert_eq!(names(place.path()), ["file", "folder"]);
    }

    #[test]
    fn a_second_run_into_the_same_folder_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out");
        let first = Publication::create(&out).unwrap();
        let second = Publication::create(&place.path().join("out/")).err();
        assert!(matches!(second, Some(PublishError::InUse(_))), "{second:?}");
        assert!(Publication::create(&place.path().join("other")).is_ok());
        first.publish(&[]).unwrap();
        assert!(matches!(Publication::create(&out).err(), Some(PublishError::Exists(_))));
        assert!(Publication::replace(&out, &OWN).is_ok());
        assert_eq!(names(place.path()), ["out"]);
    }

    #[test]
    fn what_is_not_the_programs_own_stays_and_what_was_changed_is_kept() {
        let place = tempfile::tempdir().unwrap();
        let out = earlier_run(place.path());
        let notes = publish(&out).unwrap();
        assert_eq!(everything(&out), replaced());
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        assert!(notes.len() == 1 && notes[0].contains("b.edited-2.csv"), "{notes:?}");
        assert_eq!(names(place.path()), ["out"]);
    }

    #[test]
    fn a_folder_with_the_name_of_a_table_is_kept_under_another() {
        let place = tempfile::tempdir().unwrap();
        let out = earlier_run(place.path());
        fs::remove_file(out.join("a.csv")).unwrap();
        fs::create_dir(out.join("a.csv")).unwrap();
        fs::write(out.join("a.csv/mine"), "mine").unwrap();
        publish(&out).unwrap();
        assert_eq!(fs::read(out.join("a.csv")).unwrap(), b"new a.csv");
        assert_eq!(fs::read(out.join("a.edited.csv/mine")).unwrap(), b"mine");
    }

    #[test]
    fn a_folder_of_the_programs_in_which_the_user_has_put_or_changed_something_is_kept_whole() {
        for (name, text) in
            [("figures/mine.svg", "mine"), ("figures/a.svg", "edited"), ("figures/deep/b", "b")]
        {
            let place = tempfile::tempdir().unwrap();
            let out = earlier_run(place.path());
            fs::create_dir_all(out.join(name).parent().unwrap()).unwrap();
            fs::write(out.join(name), text).unwrap();
            let notes = publish(&out).unwrap();
            assert_eq!(everything(&out.join("figures")).len(), 1, "{name}");
            assert_eq!(fs::read(out.join("figures/a.svg")).unwrap(), b"new figures/a.svg");
            let kept = out.join(name.replace("figures", "figures.edited"));
            assert_eq!(fs::read(kept).unwrap(), text.as_bytes());
            assert!(notes.iter().any(|note| note.to_string().contains("figures.edited")), "{notes:?}");
        }
    }

    /// Runs with a fault at each operation, until none is reached.
    fn at_every_operation(
        fault: fn(usize) -> Fault,
        check: impl Fn(usize, bool, &Path, Result<(), PublishError>),
    ) {
        for has_exchange in [true, false] {
            let mut points = 0;
            loop {
                let place = tempfile::tempdir().unwrap();
                let out = earlier_run(place.path());
                let (result, is_reached) =
                    with_fault(fault(points), has_exchange, || publish(&out).map(drop));
                if !is_reached {
                    result.unwrap();
                    break;
                }
                check(points, has_exchange, &out, result);
                points += 1;
            }
            println!("{points} operations, exchange: {has_exchange}");
            assert!(points > 15, "{points}");
        }
    }

    #[test]
    fn an_operation_that_fails_leaves_the_earlier_run_or_the_new_one_and_nothing_else() {
        let (new, place) = (replaced(), tempfile::tempdir().unwrap());
        let old = everything(&earlier_run(place.path()));
        at_every_operation(Fault::Fails, |point, has_exchange, out, result| {
            let state = format!("operation {point}, exchange: {has_exchange}, {result:?}");
            let expected = if result.is_ok() { &new } else { &old };
            assert_eq!(everything(out), *expected, "{state}");
            let beside = names(out.parent().unwrap());
            match result {
                Err(PublishError::Kept { folder, .. }) => {
                    assert_eq!(beside, ["out", "out.new"], "{state}");
                    assert_eq!(names(&folder), OWN_NAMES, "{state}");
                }
                Err(_) => assert_eq!(beside, ["out"], "{state}"),
                // What can't be removed stays until the next run.
                Ok(()) => {
                    assert!(beside == ["out"] || beside == [".hedgerow-out", "out"], "{state}: {beside:?}")
                }
            }
            publish_again(out, &state);
        });
    }

    #[test]
    fn a_run_that_is_killed_leaves_the_earlier_run_or_the_new_one_whole() {
        let (new, place) = (replaced(), tempfile::tempdir().unwrap());
        let old = everything(&earlier_run(place.path()));
        // A folder of the user's own has but one name, and is moved last.
        let without_folders = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
            files
                .iter()
                .filter(|(name, _)| !name.contains('/'))
                .map(|(name, bytes)| (name.clone(), bytes.clone()))
                .collect()
        };
        at_every_operation(Fault::Killed, |point, has_exchange, out, _| {
            let state = format!("killed before operation {point}, exchange: {has_exchange}");
            assert!(!has_exchange || out.exists(), "{state}");
            assert!(restore(out).is_ok(), "{state}");
            let found = without_folders(&everything(out));
            assert!(found == without_folders(&old) || found == without_folders(&new), "{state}: {found:?}");
            // Nothing of the user's is lost, wherever it stands.
            let everywhere = everything(out.parent().unwrap());
            for mine in [&b"mine, too"[..], b"mine", b"edited", b"edited earlier"] {
                assert!(everywhere.values().any(|bytes| bytes == mine), "{state}");
            }
            publish_again(out, &state);
        });
    }

    /// The next run puts everything right.
    fn publish_again(out: &Path, state: &str) {
        let notes = publish(out).unwrap_or_else(|error| panic!("{state}: {error}"));
        let mut found = everything(out);
        // Where the new run was there, its tables are not what the old one wrote, and are kept.
        found.retain(|name, _| !name.contains(".edited"));
        let mut expected = replaced();
        expected.retain(|name, _| !name.contains(".edited"));
        assert_eq!(found, expected, "{state}");
        let beside = names(out.parent().unwrap());
        assert!(!beside.iter().any(|name| name.starts_with('.')), "{state}: {beside:?} {notes:?}");
    }

    #[test]
    fn what_dead_runs_left_is_removed_and_said_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        for name in ["one", "two"] {
            let publication = Publication::create(&place.path().join(name)).unwrap();
            publication.write("a.csv", "half").unwrap();
            // As if it had been killed: the lock goes with the process.
            let workplace = Workplace::of(&place.path().join(name));
            let copy = place.path().join("copy");
            fs::rename(&workplace, &copy).unwrap();
            drop(publication);
            fs::rename(&copy, &workplace).unwrap();
        }
        let mine = [".hedgerow-mine/new/a", ".hedgerow-notes/lock", ".hedgerow-.txt/lock"];
        for path in mine {
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "mine").unwrap();
        }
        fs::create_dir(place.path().join(".hedgerow-empty")).unwrap();
        fs::write(place.path().join(".hedgerow-file"), "mine").unwrap();
        let alive = Publication::create(&place.path().join("alive")).unwrap();
        let publication = Publication::create(&place.path().join("one")).unwrap();
        let notes: Vec<String> = publication.publish(&[]).unwrap().iter().map(ToString::to_string).collect();
        assert!(alive.path().exists());
        drop(alive);
        let left =
            [".hedgerow-.txt", ".hedgerow-empty", ".hedgerow-file", ".hedgerow-mine", ".hedgerow-notes"];
        assert_eq!(names(place.path()), [&left[..], &["one"]].concat());
        // The first to come removed it.
        assert!(notes.is_empty(), "{notes:?}");
        let error = Publication::create(&place.path().join("mine")).err();
        assert!(matches!(error, Some(PublishError::NotOurs(_))), "{error:?}");
    }

    #[test]
    fn a_folder_that_was_made_between_two_renames_of_a_killed_run_is_not_mixed_with_it() {
        let place = tempfile::tempdir().unwrap();
        let out = earlier_run(place.path());
        let old = everything(&out);
        for point in 0.. {
            let (_, is_reached) = with_fault(Fault::Killed(point), false, || publish(&out));
            assert!(is_reached, "no kill between the renames");
            if !out.exists() {
                break;
            }
            fs::remove_dir_all(&out).unwrap();
            let _ = fs::remove_dir_all(Workplace::of(&out));
            earlier_run(place.path());
        }
        fs::create_dir(&out).unwrap();
        let error = publish(&out).unwrap_err();
        let PublishError::Remains(folder) = error else { panic!("{error}") };
        assert_eq!(everything(&folder), old);
        fs::remove_dir(&out).unwrap();
        assert!(restore(&out).unwrap());
        assert_eq!(everything(&out), old);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_a_folder_stays_one() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("disk")).unwrap();
        let real = earlier_run(&place.path().join("disk"));
        let link = place.path().join("link");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        publish(&link).unwrap();
        assert_eq!(fs::read_link(&link).unwrap(), real);
        assert_eq!(everything(&real), replaced());
        fs::remove_dir_all(&real).unwrap();
        assert!(matches!(Publication::create(&link).err(), Some(PublishError::Dangling(_))));
    }
}
