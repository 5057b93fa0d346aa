//! The digest of lines.

use sha2::{Digest, Sha256};

use crate::digest::hexadecimal;

/// The digest of the lines so far, whatever ends them.
#[derive(Clone, Default)]
pub(super) struct LineDigest(Sha256);

impl LineDigest {
    pub fn add(&mut self, line: &str) {
        self.0.update(line);
        self.0.update(b"\n");
    }

    pub fn finish(self) -> String {
        hexadecimal(self.0)
    }
}
