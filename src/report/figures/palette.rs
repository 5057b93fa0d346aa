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
