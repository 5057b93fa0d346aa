//! Fonts that say of a character nothing but its number in a collection of Adobe's, as those of TeX do.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

/// The composite fonts of a file by their names, without the prefix of a subset.
pub(super) struct Collections(HashMap<String, Font>);

/// How the codes of a font become numbers of its collection (CIDs), and these characters.
struct Font {
    cids: CMap,
    characters: Rc<CMap>,
}

impl Collections {
    pub fn of(pdf: &Pdf) -> Self {
        let mut of_families = HashMap::new();
        let fonts = pdf.objects().into_iter().filter_map(|object| match object {
            Object::Dict(font) => Some((name(&font)?, Font::read(&font, &mut of_families)?)),
            _ => None,
        });
        Collections(fonts.collect())
    }

    /// The character that a glyph stands for.
    pub fn character(&self, glyph: &OutlineGlyph) -> Option<BfString> {
        if self.0.is_empty() {
            return None;
        }
        let font = self.0.get(&glyph.font_data()?.postscript_name?)?;
        let code = glyph.char_code();
        // How many bytes the code has had is not known; one that fits into a byte is tried as such first.
        let lengths: &[u8] = if code < 0x100 { &[1, 2] } else { &[2, 3, 4] };
        let cid = lengths.iter().find_map(|length| font.cids.lookup_cid_code(code, *length))?;
        font.characters.lookup_bf_string(cid)
    }
}

/// The name of a composite font.
fn name(font: &Dict) -> Option<String> {
    let is_composite = font.get::<Name>(b"Subtype".as_slice())?.as_str() == "Type0";
    let name = font.get::<Name>(b"BaseFont".as_slice())?;
    let name = name.as_str();
    let without_prefix =
        name.split_once('+').filter(|(prefix, _)| prefix.len() == 6).map_or(name, |(_, rest)| rest);
    is_composite.then(|| without_prefix.to_owned())
}

impl Font {
    fn read(font: &Dict, of_families: &mut HashMap<CidFamily, Rc<CMap>>) -> Option<Self> {
        let cids = match font.get::<Object>(b"Encoding".as_slice())? {
            Object::Name(name) => match CMapName::from_bytes(&name) {
                CMapName::IdentityH | CMapName::IdentityV => CMap::identity_h(),
                name => CMap::parse(load_embedded(name)?, load_embedded)?,
            },
            Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
            _ => return None,
        };
        let own = cids.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
        let family = own.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| family(font))?;
        let name = family.ucs2_cmap()?;
        let characters = match of_families.entry(family) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => {
                new.insert(Rc::new(CMap::parse(load_embedded(name)?, load_embedded)?)).clone()
            }
        };
        Some(Font { cids, characters })
    }
}

fn family(font: &Dict) -> Option<CidFamily> {
    let descendant = font.get::<Array>(b"DescendantFonts".as_slice())?.iter::<Dict>().next()?;
    let info = descendant.get::<Dict>(b"CIDSystemInfo".as_slice())?;
    let [registry, ordering] =
        [b"Registry".as_slice(), b"Ordering".as_slice()].map(|key| info.get::<PdfString>(key));
    Some(CidFamily::from_registry_ordering(registry?.as_bytes(), ordering?.as_bytes()))
}
