//! Fields: what of them is seen on the page.

use super::equations::shown;

/// How deep fields are nested whose code is looked into.
const DEEPEST: usize = 64;

/// The fields around what is being read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    code: String,
    /// Where text within it goes.
    to: To,
    /// Whether text of the page has gone into its code.
    has_swallowed: bool,
    is_in_code: bool,
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// Onto the page.
    Page,
    /// Into the code of a field, by its index.
    Code(usize),
    /// Nowhere.
    Nothing,
}

impl Fields {
    /// Where text goes.
    pub fn to(&self) -> To {
        self.open.last().map_or(To::Page, |field| field.to)
    }

    /// Adds text of the page to the code of a field.
    pub fn swallow(&mut self, field: usize, text: &str) {
        if let Some(field) = self.open.get_mut(field) {
            field.code.push_str(text);
            field.has_swallowed = true;
        }
    }

    /// Adds to the code of the field.
    pub fn push_code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.is_in_code) {
            field.code.push_str(text);
        }
    }

    pub fn begin(&mut self) {
        let to = To::Code(self.open.len());
        self.open.push(Field { code: String::new(), to, has_swallowed: false, is_in_code: true });
    }

    /// The code ends and the result begins. Gives what the code itself shows, if it is one that does.
    pub fn separate(&mut self) -> Option<String> {
        let depth = self.open.len();
        let above =
            depth.checked_sub(2).and_then(|above| self.open.get(above)).map_or(To::Page, |field| field.to);
        let field = self.open.last_mut().filter(|field| field.is_in_code)?;
        field.is_in_code = false;
        let shown = if depth <= DEEPEST { shown(&field.code) } else { None };
        field.code = String::new();
        field.to = if shown.is_some() { To::Nothing } else { above };
        shown
    }

    /// The field ends. Gives what its code shows, if it has no result.
    pub fn end(&mut self) -> Option<String> {
        let shown = self.separate();
        self.open.pop();
        shown
    }

    /// Whether a field that has no end has swallowed text of the page.
    pub fn have_swallowed(&self) -> bool {
        self.open.iter().any(|field| field.is_in_code && field.has_swallowed)
    }
}
