//! XML that is not held in memory: the starts of its elements, and how long its texts are.

use std::io::{self, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::xml::{Element, XmlProblem, deeper};

/// Reads XML piece by piece.
pub(super) struct XmlScanner<R> {
    reader: Reader<BufReader<Metered<R>>>,
    buffer: Vec<u8>,
    depth: usize,
    /// How many bytes a text or a tag may have.
    limit: u64,
}

/// What is found in XML.
pub(super) enum Scanned<'a> {
    Start(Element<'a>),
    /// The length of a text in bytes.
    Text(u64),
    Other,
    /// The end of the XML, or of what is XML of it.
    End,
    /// A text or a tag beyond the limit.
    TooLarge,
}

impl<R: Read> XmlScanner<R> {
    pub fn new(xml: R, limit: u64) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(Metered { inner: xml, left: limit }));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        XmlScanner { reader, buffer: Vec::new(), depth: 0, limit }
    }

    pub fn next(&mut self) -> Result<Scanned<'_>, XmlProblem> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().left = self.limit;
        Ok(match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(element)) => {
                self.depth = deeper(self.depth)?;
                Scanned::Start(Element::new(element)?)
            }
            Ok(Event::End(_)) => {
                self.depth = self.depth.saturating_sub(1);
                Scanned::Other
            }
            Ok(Event::Text(text)) => Scanned::Text(text.len() as u64),
            Ok(Event::CData(text)) => Scanned::Text(text.len() as u64),
            Ok(Event::Eof) => Scanned::End,
            Ok(_) => Scanned::Other,
            Err(quick_xml::Error::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                Scanned::TooLarge
            }
            Err(_) => Scanned::End,
        })
    }
}

/// What may be read so many bytes of.
struct Metered<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
