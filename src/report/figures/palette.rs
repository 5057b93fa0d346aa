//! Colours that colour-blind readers tell apart (Okabe & Ito 2008), and for each a second cue that grey print keeps.

use super::canvas::Canvas;
use crate::lexicon::Stance;

/// Hedges.
pub const BLUE: &str = "#0072B2";
/// Assertive markers.
pub const VERMILION: &str = "#D55E00";

/// The colour of a stance.
pub fn colour(stance: Stance) -> &'static str {
    match stance {
        Stance::Hedge => BLUE,
        Stance::Assertive => VERMILION,
    }
}

/// The mark of a stance at a point: a filled circle for hedges, an open square for assertive markers.
pub fn point(canvas: &mut Canvas, stance: Stance, at: (f64, f64), radius: f64) {
    match stance {
        Stance::Hedge => canvas.circle(at, radius, &[("fill", BLUE)]),
        Stance::Assertive => {
            let side = radius * 1.8;
            let corner = (at.0 - side / 2.0, at.1 - side / 2.0);
            let attributes = [("fill", "none"), ("stroke", VERMILION), ("stroke-width", "1.6")];
            canvas.rectangle(corner, (side, side), &attributes);
        }
    }
}

/// What an area is filled with: each differs from the others without its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// A colour.
    Plain,
    /// Lines that rise from left to right.
    Hatched,
    /// Lines both ways.
    Crossed,
    /// Dots.
    Dotted,
    /// The outline alone.
    Open,
}

/// How an area looks: its colour and what it is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// `#rrggbb`
    pub colour: String,
    /// What it is filled with.
    pub filling: Filling,
}

impl Look {
    /// A look.
    pub fn new(colour: &str, filling: Filling) -> Self {
        Look { colour: colour.to_owned(), filling }
    }

    /// That of a stance.
    pub fn of(stance: Stance) -> Self {
        match stance {
            Stance::Hedge => Look::new(BLUE, Filling::Plain),
            Stance::Assertive => Look::new(VERMILION, Filling::Hatched),
        }
    }

    /// The name of its pattern within a drawing; none where it needs none.
    fn part(&self) -> Option<String> {
        let kind = match self.filling {
            Filling::Plain | Filling::Open => return None,
            Filling::Hatched => "hatched",
            Filling::Crossed => "crossed",
            Filling::Dotted => "dotted",
        };
        Some(format!("{kind}-{}", self.colour.trim_start_matches('#')))
    }

    /// Defines its pattern, which a drawing does once before areas are filled with it.
    pub fn define(&self, canvas: &mut Canvas) {
        let Some(part) = self.part() else { return };
        let id = canvas.id(&part);
        let colour = self.colour.as_str();
        let attributes =
            [("id", id.as_str()), ("patternUnits", "userSpaceOnUse"), ("width", "6"), ("height", "6")];
        let lines = [("stroke", colour), ("stroke-width", "1.3"), ("fill", "none")];
        // Opaque: printing a pattern that one sees through takes browsers a picture for each area.
        let ground = lighter(colour, 0.78);
        canvas.group("pattern", &attributes, |canvas| {
            canvas.rectangle((0.0, 0.0), (6.0, 6.0), &[("fill", &ground)]);
            match self.filling {
                Filling::Dotted => canvas.circle((3.0, 3.0), 1.2, &[("fill", colour)]),
                _ => canvas.path(&[(-1.0, 7.0), (7.0, -1.0)], false, &lines),
            }
            if self.filling == Filling::Crossed {
                canvas.path(&[(-1.0, -1.0), (7.0, 7.0)], false, &lines);
            }
        });
    }

    /// Draws an area.
    pub fn fill(&self, canvas: &mut Canvas, corner: (f64, f64), size: (f64, f64)) {
        let outline = ("stroke", self.colour.as_str());
        match self.part() {
            Some(part) => {
                let pattern = format!("url(#{})", canvas.id(&part));
                canvas.rectangle(corner, size, &[("fill", &pattern), outline, ("stroke-width", "0.7")]);
            }
            None if self.filling == Filling::Open => {
                canvas.rectangle(corner, size, &[("fill", "none"), outline, ("stroke-width", "1")]);
            }
            None => canvas.rectangle(corner, size, &[("fill", &self.colour)]),
        }
    }
}

/// A colour mixed with white: 0 is the colour, 1 white.
pub fn lighter(colour: &str, white: f64) -> String {
    let digits = colour.trim_start_matches('#');
    let part = |from: usize| {
        let own = digits.get(from..from + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let own = f64::from(own.unwrap_or_default());
        (own + (255.0 - own) * white).round() as u8
    };
    format!("#{:02x}{:02x}{:02x}", part(0), part(2), part(4))
}
