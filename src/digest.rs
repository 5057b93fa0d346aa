//! SHA-256 (FIPS 180-4), by which files, lexicons and dictionaries are known.

#[cfg(feature = "documents")]
use std::{fs::File, io, io::Read, path::Path};

use sha2::{Digest, Sha256};

/// The digest of some bytes, in hexadecimal.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

/// The digest of all that a hasher was given, in hexadecimal.
pub fn hexadecimal(hasher: Sha256) -> String {
    let digits = hasher.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The digest of a file, in hexadecimal.
#[cfg(feature = "documents")]
pub fn sha256_of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hexadecimal(hasher)),
            Ok(read) => hasher.update(buffer.get(..read).unwrap_or(&buffer)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_digest_is_that_of_the_standard() {
        // The first example of FIPS 180-4: one block.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256("abc"), expected);
    }
}
