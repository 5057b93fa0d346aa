//! The end of an archive's directory, looked at before `zip` takes memory for as many members as it says there are.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem;

use crate::corpus::Damage;
use crate::corpus::limits::Limits;

/// How far from its end an archive may say where its directory is, in bytes: behind that stands a comment of 64 KiB at most.
const TAIL: u64 = (1 << 16) + 256;

/// What says where the record is that counts more than 65,535 members, and what begins that record.
const LOCATOR: &[u8] = b"PK\x06\x07";
const RECORD: &[u8] = b"PK\x06\x06";

/// How far the record may stand from what says where it is, in bytes; programs write the one behind the other.
const FARTHEST: u64 = 1 << 20;

/// Refuses an archive that counts more members than the limit. (A count in the short form has two bytes.)
pub(super) fn check_count(file: &mut (impl Read + Seek), limits: Limits) -> Result<(), Damage> {
    let broken = |error: io::Error| Damage::Archive(error.to_string());
    let length = file.seek(SeekFrom::End(0)).map_err(broken)?;
    let start = length.saturating_sub(TAIL);
    let tail = part(file, start, length).map_err(broken)?;
    for locator in memmem::find_iter(&tail, LOCATOR) {
        let Some(record) = number(&tail, locator, 8) else { continue };
        let end = start.saturating_add(locator as u64);
        if !(end.saturating_sub(FARTHEST)..=end).contains(&record) {
            return Err(Damage::Archive("its directory is not where it should be".into()));
        }
        let region = part(file, record, end).map_err(broken)?;
        for record in memmem::find_iter(&region, RECORD) {
            let members = number(&region, record, 32).unwrap_or_default();
            let members = usize::try_from(members).unwrap_or(usize::MAX);
            if members > limits.members {
                return Err(Damage::TooManyMembers { members, limit: limits.members });
            }
        }
    }
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    Ok(())
}

fn part(file: &mut (impl Read + Seek), start: u64, end: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.by_ref().take(end.saturating_sub(start)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The number of eight bytes that stands so far behind an offset.
fn number(bytes: &[u8], offset: usize, behind: usize) -> Option<u64> {
    let bytes = bytes.get(offset.checked_add(behind)?..)?;
    bytes.first_chunk().map(|number| u64::from_le_bytes(*number))
}
