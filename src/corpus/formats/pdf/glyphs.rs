//! The characters of a page and where they stand, from the commands that draw it.

use super::collections::Collections;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

/// Glyphs are drawn in thousandths of the size of their font.
const UNITS: f64 = 1000.0;

/// Characters of a font that stand one behind the other, in the direction of writing. Lengths are in points, y upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub is_vertical: bool,
    pub start: Point,
    pub end: Point,
    /// Of the font.
    pub size: f64,
}

/// How far a glyph may stand from the end of the one before it to be of the same run, in sizes of the font.
const TOUCHING: f64 = 0.1;

/// The runs of a page, in the order in which they are drawn.
pub(super) fn runs<'a>(page: &Page<'a>, collections: &Collections, cache: &InterpreterCache<'a>) -> Vec<Run> {
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
    let upright = Affine::new(page.initial_transform(false).as_coeffs());
    let mut context = Context::new(upright, bounds, cache, page.xref(), settings);
    let mut drawn = Drawn { collections, runs: Vec::new() };
    interpret_page(page, &mut context, &mut drawn);
    drawn.runs
}

/// Whether what a page is drawn by can be unpacked. What is damaged at its end is, as far as it goes.
pub(super) fn is_whole(page: &Page) -> bool {
    let is_unpacked = |stream: Stream| {
        stream.decoded_data().is_ok_and(|unpacked| !unpacked.is_empty() || stream.raw_data().is_empty())
    };
    match page.raw().get::<Object>(b"Contents".as_slice()) {
        Some(Object::Stream(stream)) => is_unpacked(stream),
        Some(Object::Array(parts)) => parts.iter::<Stream>().all(is_unpacked),
        _ => true,
    }
}

/// What draws on no paper, and writes down the characters.
struct Drawn<'c> {
    collections: &'c Collections,
    runs: Vec<Run>,
}

impl Drawn<'_> {
    fn add(&mut self, run: Run) {
        if let Some(last) = self.runs.last_mut() {
            let is_next = last.is_vertical == run.is_vertical
                && (last.size - run.size).abs() < 0.01 * run.size
                && (run.start - last.end).hypot() < TOUCHING * run.size;
            if is_next {
                last.text.push_str(&run.text);
                last.end = run.end;
                return;
            }
        }
        self.runs.push(run);
    }
}

/// The last code of a font with a byte a character, as those of Latin letters, formulas and signs have.
const LAST_OF_A_BYTE: u32 = 0xff;

/// A glyph as a run of its own. If nothing says which character it is, it is � in a font of many characters, and else none.
fn run_of(glyph: &Glyph, collections: &Collections, transform: Affine, is_vertical: bool) -> Option<Run> {
    let (width, text) = match glyph {
        Glyph::Outline(glyph) => {
            let known = glyph.as_unicode().or_else(|| collections.character(glyph));
            let unknown =
                (glyph.char_code() > LAST_OF_A_BYTE).then_some(BfString::Char(char::REPLACEMENT_CHARACTER));
            (glyph.advance_width(), known.or(unknown)?)
        }
        Glyph::Type3(glyph) => (glyph.advance_width(), glyph.as_unicode()?),
    };
    let text = match text {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    };
    let width = width.map_or(UNITS, f64::from);
    // Of a vertical line, glyphs are placed by the middle of their upper edge, 880 above the baseline unless the font says otherwise.
    let (start, end) = if is_vertical {
        (Point::new(width / 2.0, 880.0), Point::new(width / 2.0, 880.0 - UNITS))
    } else {
        (Point::ZERO, Point::new(width, 0.0))
    };
    let [.., across, up, _, _] = transform.as_coeffs();
    Some(Run {
        text,
        is_vertical,
        start: transform * start,
        end: transform * end,
        size: (across.hypot(up) * UNITS).max(1.0),
    })
}

impl<'a> Device<'a> for Drawn<'_> {
    fn draw_glyph_run(&mut self, glyphs: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = glyphs.writing_mode() == WritingMode::Vertical;
        for glyph in glyphs.glyphs() {
            if let Some(run) =
                run_of(glyph, self.collections, props.transform * glyph.transform(), is_vertical)
            {
                self.add(run);
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
