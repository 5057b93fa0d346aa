//! A page that is being built, and what was built last.

use std::borrow::Cow;
use std::cell::Cell;

use dom_query::{Document as Page, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};

use crate::corpus::limits::ATTRIBUTES;

/// A page whose depth can be asked for while it is parsed.
#[derive(Default)]
pub(super) struct BoundedSink {
    pub page: Page,
    newest: Cell<Option<NodeId>>,
    /// How many attributes later tags have given `<html>` and `<body>`.
    added: Cell<usize>,
}

impl BoundedSink {
    /// Whether later tags have given `<html>` and `<body>` more attributes than any element has.
    pub fn has_too_many_attributes(&self) -> bool {
        self.added.get() > ATTRIBUTES
    }

    /// How many elements the newest stands in, with itself.
    pub fn depth_of_newest(&self) -> usize {
        // The page itself is above all elements.
        self.newest.get().map_or(0, |newest| self.page.tree.ancestor_ids_of_it(&newest, None).count())
    }
}

impl TreeSink for BoundedSink {
    type Handle = NodeId;
    type Output = Page;
    type ElemName<'a> = <Page as TreeSink>::ElemName<'a>;

    fn finish(self) -> Page {
        self.page.finish()
    }

    /// Errors are not asked for, and a page may have as many as bytes.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.page.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.page.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let element = self.page.create_element(name, attributes, flags);
        self.newest.set(Some(element));
        element
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.page.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.page.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.page.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        self.page.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.page.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.page.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.page.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.page.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, node: NodeOrText<NodeId>) {
        self.page.append_before_sibling(sibling, node);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.added.set(self.added.get().saturating_add(attributes.len()));
        if !self.has_too_many_attributes() {
            self.page.add_attrs_if_missing(target, attributes);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.page.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.page.reparent_children(node, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &NodeId) -> bool {
        self.page.is_mathml_annotation_xml_integration_point(node)
    }
}
