//! What can be wrong with the value of an option for reading.

use crate::messages::Message;

/// A value of an option for reading that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum ReadOptionError {
    /// An encoding.
    Encoding {
        /// Its name.
        name: String,
        /// The name of an encoding that it is nearly.
        nearest: Option<String>,
    },
    /// What should be a CSS selector.
    Selector(String),
    /// A part of web pages.
    HtmlPart(String),
    /// What should be a size.
    Size(String),
}

impl ReadOptionError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            ReadOptionError::Encoding { name, nearest: Some(nearest) } => {
                Message::new("read_option.encoding_near", &[("name", name), ("nearest", nearest)])
            }
            ReadOptionError::Encoding { name, nearest: None } => {
                Message::new("read_option.encoding", &[("name", name)])
            }
            ReadOptionError::Selector(selector) => {
                Message::new("read_option.selector", &[("selector", selector)])
            }
            ReadOptionError::HtmlPart(part) => Message::new("read_option.html_part", &[("part", part)]),
            ReadOptionError::Size(size) => Message::new("read_option.size", &[("size", size)]),
        }
    }
}
