//! The last line of a part: what of it is in no document's line, and the digest of all of it.

use serde::{Deserialize, Serialize};

use super::line_digest::LineDigest;
use crate::corpus::InputRecord;

/// What is known of a part at its end.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct End {
    /// How many documents it has.
    pub documents: u64,
    /// How its files were read; none where it was given documents one by one.
    pub inputs: Vec<InputRecord>,
    /// What could not be read and was left out on request, with the reason.
    pub skipped: Vec<String>,
}

/// What stands before an end, between it and its digest, and behind.
const BEFORE: &str = "{\"end\":";
const BETWEEN: &str = ",\"sha256\":\"";
const BEHIND: &str = "\"}";

impl End {
    /// How its line begins.
    pub const KEY: &str = BEFORE;

    /// Its line, behind lines with this digest.
    pub fn line(&self, mut digest: LineDigest) -> serde_json::Result<String> {
        let body = serde_json::to_string(self)?;
        digest.add(&body);
        Ok([BEFORE, &body, BETWEEN, &digest.finish(), BEHIND].concat())
    }

    /// Reads a line behind lines with this digest, and gives the digest of all; none if it is not as it was written, or they
    /// are not.
    pub fn read(line: &str, mut digest: LineDigest) -> Option<(Self, String)> {
        let (body, written) = line.strip_prefix(BEFORE)?.strip_suffix(BEHIND)?.rsplit_once(BETWEEN)?;
        digest.add(body);
        let digest = digest.finish();
        (written == digest).then_some((serde_json::from_str(body).ok()?, digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_known_by_its_digest_and_one_that_was_changed_by_another() {
        let mut digest = LineDigest::default();
        digest.add("{}");
        let end = End { documents: 1, skipped: vec!["\"sha256\":\"".into()], ..End::default() };
        let line = end.line(digest.clone()).unwrap();
        let (read, sha256) = End::read(&line, digest.clone()).unwrap();
        assert!(read == end && line.contains(&sha256));
        assert_eq!(End::read(&line, LineDigest::default()), None);
        for at in 0..line.len() {
            let mut changed = line.clone().into_bytes();
            changed[at] ^= 1;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            assert_eq!(End::read(&changed, digest.clone()), None, "{changed}");
        }
    }
}
