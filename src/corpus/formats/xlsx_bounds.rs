//! What a workbook says of itself, looked at before calamine believes it: places of cells, the number of its strings, and
//! how much of it would be held in memory.

use super::members::Members;
use super::xml::Element;
use super::xml_scanner::{Scanned, XmlScanner};
use crate::corpus::Damage;
use crate::corpus::limits::Limits;

/// The last row and column of a sheet, XFD1048576.
pub(super) const ROWS: u32 = 1 << 20;
pub(super) const COLUMNS: u32 = 1 << 14;

/// What a string of the table of strings takes besides its text, in bytes.
const STRING: u64 = 24;

/// What calamine holds of a style, and of an element that describes the workbook, in bytes; more than it takes.
const DESCRIBED: u64 = 256;

/// The elements that do.
const DESCRIPTIONS: [&str; 9] =
    ["xf", "font", "fill", "border", "numFmt", "sheet", "Relationship", "definedName", "color"];

/// The shortest entry of the table of strings, `<si/>`, in bytes.
const SHORTEST_STRING: u64 = 5;

/// Refuses a workbook that calamine can't read, or not in the memory that a document may take.
pub(super) fn check(bytes: &[u8], limits: Limits) -> Result<(), Damage> {
    let limit = limits.document;
    let too_large = || Damage::TooLarge { size: None, limit };
    let mut held: u64 = 0;
    Members::open(bytes, limits)?.each(|member, size| {
        let mut xml = XmlScanner::new(member, limit);
        let mut is_strings = false;
        loop {
            match xml.next().map_err(|problem| Damage::Parser(problem.to_string()))? {
                Scanned::Start(element) => {
                    is_strings |= element.name() == "sst";
                    check_element(&element, size)?;
                    held = held.saturating_add(match element.name() {
                        "si" => STRING,
                        name if DESCRIPTIONS.contains(&name) => DESCRIBED,
                        _ => 0,
                    });
                }
                Scanned::Text(length) if is_strings => held = held.saturating_add(length),
                Scanned::Text(_) | Scanned::Other => {}
                Scanned::End => return Ok(()),
                Scanned::TooLarge => return Err(too_large()),
            }
            if held > limit {
                return Err(too_large());
            }
        }
    })
}

/// Checks an element of a member that has so many bytes.
fn check_element(element: &Element, size: u64) -> Result<(), Damage> {
    match element.name() {
        "row" | "c" => match element.attribute("r") {
            Some(place) => check_place(&place),
            None => Ok(()),
        },
        "dimension" => {
            let Some(range) = element.attribute("ref") else { return Ok(()) };
            range.split(':').try_for_each(check_place)?;
            match range.split_once(':').map(|(first, last)| (place(first), place(last))) {
                Some((Some((row, column)), Some((last_row, last_column))))
                    if row > last_row || column > last_column =>
                {
                    Err(Damage::CellOutside(range))
                }
                _ => Ok(()),
            }
        }
        "sst" => {
            let count = element.attribute("uniqueCount").and_then(|count| count.trim().parse().ok());
            match count {
                Some(count) if count > size / SHORTEST_STRING => Err(Damage::StringCount { count }),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// So many letters and digits are read into 32 bits whatever follows them.
const MOST_LETTERS: usize = 6;
const MOST_DIGITS: usize = 9;

/// Refuses a place that is in no sheet. What is no place at all is left to calamine, unless it would overflow there.
fn check_place(reference: &str) -> Result<(), Damage> {
    let behind = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let others = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    let letters = reference.len().saturating_sub(behind.len());
    let digits = behind.len().saturating_sub(others.len());
    if digits == 0 || !others.is_empty() {
        return match letters <= MOST_LETTERS && digits <= MOST_DIGITS {
            true => Ok(()),
            false => Err(Damage::CellOutside(reference.to_owned())),
        };
    }
    match place(reference) {
        Some(_) => Ok(()),
        None => Err(Damage::CellOutside(reference.to_owned())),
    }
}

/// The row and column of a place such as `B3`, from 1; the column is 0 where there is none. None outside of a sheet.
fn place(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = reference.strip_suffix(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let digit = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?).checked_add(1)?;
        column.checked_mul(26)?.checked_add(digit).filter(|column| *column <= COLUMNS)
    })?;
    let row = digits.parse().ok().filter(|row| *row <= ROWS)?;
    Some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_sheet() {
        for (reference, expected) in [
            ("A1", Some((1, 1))),
            ("xfd1048576", Some((1_048_576, 16_384))),
            ("7", Some((7, 0))),
            ("XFE1", None),
            ("A1048577", None),
            ("ZZZZZZZ99999999999", None),
            ("A4294967297", None),
            ("FXSHRXX1", None),
        ] {
            assert_eq!(place(reference), expected, "{reference}");
            assert_eq!(check_place(reference).is_ok(), expected.is_some(), "{reference}");
        }
        for reference in ["", "A", "A1B", "犬1", "-1"] {
            assert_eq!(check_place(reference), Ok(()), "{reference}");
        }
        for reference in ["nlineStr", "nlineStr1B", "A99999999999B"] {
            assert!(check_place(reference).is_err(), "{reference}");
        }
    }
}
