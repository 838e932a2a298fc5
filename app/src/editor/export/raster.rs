//! An SVG as pixels.

use dom::document;
use editor::{Size, export::raster_scale};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

const NOT_MADE: &str = "This browser could not make the picture: it may be too large. Export the selection, or an SVG.";

/// A picture of pixels.
pub(super) struct Raster {
    /// The file.
    pub(super) blob: Blob,
    /// What was made, in words.
    pub(super) words: String,
}

/// Draws an SVG of this size, as sharp as there is room for.
pub(super) async fn raster(svg: &Blob, size: Size) -> Result<Raster, String> {
    let scale = raster_scale(size);
    let address = Url::create_object_url_with_blob(svg).map_err(not_made)?;
    let drawn = draw(&address, size, scale).await;
    // Fails only for an address that was never made.
    let _ = Url::revoke_object_url(&address);
    let canvas = drawn.map_err(not_made)?;
    let blob = blob_of(&canvas).await.ok_or(NOT_MADE)?;
    let (width, height) = (canvas.width(), canvas.height());
    let words = if scale < 1.0 {
        let percent = (scale * 100.0).round();
        format!(
            "Saved as a PNG of {width} × {height} pixels, {percent}% of the drawing: browsers make none that is larger. An SVG is sharp at every size."
        )
    } else {
        format!("Saved as a PNG of {width} × {height} pixels.")
    };
    Ok(Raster { blob, words })
}

async fn draw(address: &str, size: Size, scale: f64) -> Result<HtmlCanvasElement, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    let (width, height) = (
        (size.width * scale).floor().max(1.0),
        (size.height * scale).floor().max(1.0),
    );
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

/// The canvas as a PNG; none where the browser has no room for it.
async fn blob_of(canvas: &HtmlCanvasElement) -> Option<Blob> {
    let made = Promise::new(&mut |made, _| {
        let callback = Closure::once_into_js(move |blob: JsValue| {
            // Calling what settles a promise does not fail.
            let _ = made.call1(&JsValue::NULL, &blob);
        });
        // A canvas that cannot be read answers with nothing.
        let _ = canvas.to_blob(callback.unchecked_ref());
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

fn not_made(_: JsValue) -> String {
    NOT_MADE.to_owned()
}
