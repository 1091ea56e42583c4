//! A picture as PNG.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb};

use crate::TypesetError;
use crate::fonts::{FAMILY, FILES};

/// More pixels than this are refused.
const MOST_PIXELS: f64 = 32e6;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for file in FILES {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(file)));
    }
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_serif_family(FAMILY);
    Arc::new(fonts)
});

/// How finely a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raster {
    /// Pixels for each unit of the SVG.
    pub scale: f32,
}

/// Draws an SVG.
///
/// # Errors
///
/// [`TypesetError::Picture`] where it is no SVG or would have too many pixels.
pub fn png(svg: &str, raster: Raster) -> Result<Vec<u8>, TypesetError> {
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: FAMILY.to_owned(),
        // Nothing but what stands in the SVG itself.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..usvg::ImageHrefResolver::default()
        },
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|error| TypesetError::Picture(error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(raster.scale);
    let size = size
        .filter(|size| f64::from(size.width()) * f64::from(size.height()) <= MOST_PIXELS)
        .ok_or_else(|| TypesetError::Picture("too many pixels".to_owned()))?;
    let mut pixels = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| TypesetError::Picture("no pixels".to_owned()))?;
    let transform = Transform::from_scale(raster.scale, raster.scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| TypesetError::Picture(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><text x="5" y="20" font-family="system-ui, sans-serif">Wide</text></svg>"#;

    fn dark_pixels(svg: &str) -> usize {
        let png = png(svg, Raster { scale: 2.0 }).expect("a picture");
        let pixels = Pixmap::decode_png(&png).expect("a PNG");
        assert_eq!((pixels.width(), pixels.height()), (120, 60));
        pixels
            .pixels()
            .iter()
            .filter(|pixel| pixel.alpha() > 128)
            .count()
    }

    #[test]
    fn words_are_drawn_with_the_embedded_font() {
        assert!(dark_pixels(WORD) > 100);
        assert_eq!(dark_pixels(&WORD.replace("Wide", "")), 0);
    }

    #[test]
    fn every_script_that_has_a_font_is_drawn() {
        for word in crate::fonts::WORDS {
            let dark = dark_pixels(&WORD.replace("Wide", word));
            assert!(dark > 60, "{word}: {dark} pixels");
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        for svg in [
            "<p/>",
            "",
            &WORD.replace("60", "60000").replace("30", "30000"),
        ] {
            assert!(png(svg, Raster { scale: 1.0 }).is_err(), "{svg}");
        }
    }
}
