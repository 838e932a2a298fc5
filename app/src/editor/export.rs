//! The drawing as a picture: what of it, in which form, and the file.

mod look;
mod raster;

use dom::prelude::*;
use editor::export::Extent;
use wasm_bindgen::JsValue;

use self::look::Looks;
use super::desk::Desk;
use crate::{
    components::{Button, ButtonKind, Dialog, Segment, Segments, Toasts},
    download::{offer_blob, text_blob},
    flow_kind::NO_NAME,
};

/// The form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
}

/// Offers the drawing as a picture.
pub(crate) fn export_dialog(desk: Desk, open: RwSignal<bool>) -> View {
    view! {
        <Dialog open title="Export the drawing">
            <Choices desk open />
        </Dialog>
    }
}

#[component]
fn Choices(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let selected = desk.read(|editor| {
        let selection = editor.selection();
        selection.nodes().len() + selection.notes().len()
    });
    let extent = RwSignal::new(if selected > 1 {
        Extent::Selection
    } else {
        Extent::All
    });
    let form = RwSignal::new(Form::Svg);
    let busy = RwSignal::new(false);
    let save = move |_| {
        busy.set(true);
        spawn_local(async move {
            let made = save(desk, extent.get_untracked(), form.get_untracked()).await;
            // The page may have been left meanwhile.
            if busy.try_set(false).is_some() {
                return;
            }
            match made {
                Ok(words) => {
                    open.set(false);
                    toasts.success(words);
                }
                Err(sentence) => toasts.danger(sentence),
            }
        });
    };
    let segment = |value, label| Segment {
        value,
        label,
        icon: None,
    };
    // With nothing selected there is nothing to choose.
    let extents = (selected > 0).then(|| {
        vec![
            segment(Extent::All, "The whole flow"),
            segment(Extent::Selection, "The selection"),
        ]
    });
    let explains = move || match form.get() {
        Form::Svg => {
            "Sharp at every size, and its texts can be searched. It opens in browsers and drawing programs."
        }
        Form::Png => "Two pixels for each of the screen, for documents and chats.",
    };
    view! {
        <div class="dialog__body export" data-panel="export">
            {extents
                .map(|segments| {
                    view! {
                        <Segments
                            label="What is exported"
                            value=extent
                            on_change=move |chosen| extent.set(chosen)
                            segments
                        />
                    }
                })}
            <Segments
                label="Form"
                value=form
                on_change=move |chosen| form.set(chosen)
                segments=vec![
                    Segment { value: Form::Svg, label: "SVG", icon: None },
                    Segment { value: Form::Png, label: "PNG", icon: None },
                ]
            />
            <p class="text-muted">{explains} " The colours are those of the screen."</p>
        </div>
        <footer class="dialog__foot">
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary busy attr:autofocus=true on_click=save>
                "Save the picture"
            </Button>
        </footer>
    }
}

/// Makes a picture and has the browser save it. What was made is said, and
/// where it was not, why.
async fn save(desk: Desk, extent: Extent, form: Form) -> Result<String, String> {
    let looks = Looks::now(desk).await?;
    let picture = desk.read(|editor| looks.picture(desk, editor, extent));
    let picture = picture.ok_or("There is nothing to export: the flow is empty.")?;
    let name = desk.flow.with_untracked(|flow| flow.name.clone());
    let name = if name.trim().is_empty() {
        NO_NAME.to_owned()
    } else {
        name
    };
    let svg = text_blob(&picture.svg, "image/svg+xml").map_err(not_taken)?;
    match form {
        Form::Svg => {
            offer_blob(&svg, &format!("{name}.svg")).map_err(not_taken)?;
            Ok("Saved as an SVG.".to_owned())
        }
        Form::Png => {
            let raster = raster::raster(&svg, picture.size).await?;
            offer_blob(&raster.blob, &format!("{name}.png")).map_err(not_taken)?;
            Ok(raster.words)
        }
    }
}

fn not_taken(_: JsValue) -> String {
    "This browser did not take the file. Check whether it blocks downloads from this address."
        .to_owned()
}
