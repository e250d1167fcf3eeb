//! The picture of a document as PNG, which chat programs and social sites show beside a link (the Open Graph protocol).
//!
//! It is the SVG file, drawn by `resvg` with the fonts of this program alone: a server may have none, and a picture is to look
//! the same everywhere. They are subsets of Noto Sans and Noto Sans Mono with the letters of European languages; a character
//! that they lack is an empty box.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::diagram::{Picture, Use};
use serde_json::Value;

/// The width in pixels that the sites recommend.
pub const WIDTH: u32 = 1200;
/// The height in pixels.
pub const HEIGHT: u32 = 630;

/// What stays free around the picture, in pixels.
const MARGIN: f32 = 40.0;
/// As small a picture is drawn, so that it can be read; the end of a larger one is cut off.
const MIN_SCALE: f32 = 1.0;

const FONTS: [&[u8]; 3] = [
    include_bytes!("preview/fonts/NotoSans-Regular.ttf"),
    include_bytes!("preview/fonts/NotoSans-SemiBold.ttf"),
    include_bytes!("preview/fonts/NotoSansMono-Regular.ttf"),
];

/// No font, file or image is looked for elsewhere.
static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in FONTS {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family("Noto Sans");
    fonts.set_monospace_family("Noto Sans Mono");
    let no_images = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    Options { fontdb: Arc::new(fonts), font_family: "Noto Sans".to_owned(), image_href_resolver: no_images, ..Options::default() }
});

/// The picture of the Pod in `document` as PNG, [`WIDTH`] by [`HEIGHT`] pixels; `None` where it cannot be drawn.
#[must_use]
pub fn png(document: &Value) -> Option<Vec<u8>> {
    let tree = Tree::from_str(&Picture::of(document).svg(Use::Standalone), &OPTIONS).ok()?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT)?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, placed(tree.size().width(), tree.size().height()), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

/// How a picture of this size gets its place: as large as fits, in the middle.
#[expect(clippy::cast_precision_loss, reason = "both are small")]
fn placed(width: f32, height: f32) -> Transform {
    let (room_x, room_y) = (WIDTH as f32 - 2.0 * MARGIN, HEIGHT as f32 - 2.0 * MARGIN);
    let scale = (room_x / width).min(room_y / height).max(MIN_SCALE);
    let free = |room: f32, length: f32| MARGIN + ((room - length * scale) / 2.0).max(0.0);
    Transform::from_scale(scale, scale).post_translate(free(room_x, width), free(room_y, height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pod_lesson::lessons;
    use serde_json::json;

    fn drawn(document: &Value) -> Pixmap {
        Pixmap::decode_png(&png(document).unwrap()).unwrap()
    }

    fn ink(pixels: &Pixmap) -> usize {
        pixels.pixels().iter().filter(|pixel| pixel.red() < 200).count()
    }

    #[test]
    fn every_lesson_has_a_preview_of_the_recommended_size_on_a_light_ground() {
        for lesson in lessons() {
            let pixels = drawn(&lesson.document);
            assert_eq!((pixels.width(), pixels.height()), (WIDTH, HEIGHT));
            assert!(pixels.pixel(0, 0).is_some_and(|pixel| pixel.red() == 255), "{}", lesson.name);
            assert!(ink(&pixels) > 5_000, "{}", lesson.name);
        }
    }

    #[test]
    fn names_are_written_with_the_fonts_of_this_program() {
        let named = |name: &str| ink(&drawn(&json!({"kind": "Pod", "spec": {"containers": [{"name": name}]}})));
        assert!(named("wwwwwwwwww") > named("i") + 500);
        assert_eq!(named("\u{4e2d}"), named("\u{6587}"), "a character without a glyph is a box");
    }

    #[test]
    fn the_largest_picture_is_cut_off_rather_than_made_unreadable() {
        let many = |item: Value| Value::Array(vec![item; 5000]);
        let container = json!({"name": "c", "volumeMounts": vec![json!({"name": "v"}); 100]});
        let pixels = drawn(&json!({"spec": {"containers": many(container), "volumes": many(json!({}))}}));
        assert!(ink(&pixels) > 5_000);
    }
}
