//! The parts of a document, found through its relationships.

use crate::corpus::Damage;
use crate::corpus::formats::members::{Members, resolve};
use crate::corpus::formats::xml::{Node, XmlProblem, XmlReader, decode_xml};
use crate::corpus::limits::Limits;

/// The main part where the package doesn't say which it is.
const MAIN: &str = "word/document.xml";

/// A document in its archive.
pub(super) struct Package<'a> {
    members: Members<'a>,
    /// The name of the main part.
    pub main: String,
    /// What the main part refers to: the last word of the type, and the name of the part. None where it doesn't say.
    related: Option<Vec<(String, String)>>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Damage> {
        let members = Members::open(bytes, limits)?;
        let mut package = Package { members, main: MAIN.into(), related: None };
        let found = package.relationships("")?.unwrap_or_default();
        if let Some((_, main)) = found.into_iter().find(|(kind, _)| kind == "officeDocument") {
            package.main = main;
        }
        package.related = package.relationships(&package.main.clone())?;
        Ok(package)
    }

    /// The part of a kind that the main part refers to, such as `footnotes`.
    pub fn related(&self, kind: &str) -> Option<String> {
        match &self.related {
            Some(related) => related.iter().find(|(known, _)| known == kind).map(|(_, name)| name.clone()),
            None => Some(resolve(&self.main, &format!("{kind}.xml"))),
        }
    }

    /// The text of a part, if it is there.
    pub fn xml(&mut self, part: &str) -> Result<Option<String>, Damage> {
        let decoded =
            |bytes| decode_xml(bytes).map(|(xml, _)| xml).map_err(|problem| problem_of(part, problem));
        self.members.get(part)?.map(decoded).transpose()
    }

    /// The relationships of a part, or of the package, whose name is empty.
    fn relationships(&mut self, part: &str) -> Result<Option<Vec<(String, String)>>, Damage> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let own = format!("{folder}/_rels/{name}.rels");
        let Some(xml) = self.xml(&own)? else { return Ok(None) };
        let mut found = Vec::new();
        let mut reader = XmlReader::new(&xml);
        while let Some(node) = reader.next().map_err(|problem| problem_of(&own, problem))? {
            let Node::Start(element) = node else { continue };
            let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
            if let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
                && !is_outside
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push((kind, resolve(part, &target)));
            }
        }
        Ok(Some(found))
    }
}

/// What is wrong with a part.
pub(super) fn problem_of(part: &str, problem: XmlProblem) -> Damage {
    Damage::MemberNotXml(part.into(), problem.to_string())
}
