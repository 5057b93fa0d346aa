//! Limits against files made to fill the memory.

/// How much compressed files and archives may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many times a file may grow when it is unpacked. Texts and tables grow four- to thirtyfold; a file made to
    /// fill the memory, a thousandfold.
    pub growth: u64,
    /// The size in bytes up to which any growth is harmless.
    pub harmless: u64,
    /// The number of members of an archive.
    pub members: usize,
    /// The size of a member of an archive in bytes: it is held in memory.
    pub member: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { growth: 200, harmless: 64 << 20, members: 100_000, member: 1 << 30 }
    }
}

impl Limits {
    /// The size in bytes up to which a file of `compressed` bytes may grow.
    pub fn unpacked(&self, compressed: u64) -> u64 {
        self.harmless.max(compressed.saturating_mul(self.growth))
    }

    /// The size in bytes that a member of an archive may have.
    pub fn member(&self, compressed: u64) -> u64 {
        self.member.min(self.unpacked(compressed))
    }
}
