//! Giving a person a file.

use dom::{document, spawn_local};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use crate::{
    client::{Client, Failure, FlowFile},
    components::Toasts,
};

/// Downloads a flow as Patchbay's own file.
pub fn download_flow(client: Client, toasts: Toasts, id: String, name: String) {
    spawn_local(async move {
        offer(client.flow_file(&id).await, toasts, &name);
    });
}

/// Downloads a data action as Patchbay's own file.
pub fn download_data_action(client: Client, toasts: Toasts, id: String, name: String) {
    spawn_local(async move {
        offer(client.data_action_file(&id).await, toasts, &name);
    });
}

/// Gives a person the file that came, or says why none did.
fn offer(answer: Result<FlowFile, Failure>, toasts: Toasts, name: &str) {
    match answer {
        Ok(file) => {
            let file_name = file.name.unwrap_or_else(|| format!("{name}.json"));
            if offer_download(&file.text, &file_name).is_err() {
                toasts.danger(
                        "This browser did not take the file. Check whether it blocks downloads from this address.",
                    );
            }
        }
        Err(Failure::SessionEnded) => {}
        Err(failure) => toasts.danger(format!("“{name}” was not downloaded. {failure}")),
    }
}

/// Has the browser save a text as a file, under its own rules on where.
fn offer_download(text: &str, file_name: &str) -> Result<(), JsValue> {
    offer_blob(&text_blob(text, "application/json")?, file_name)
}

/// A text as a blob of a media type.
pub fn text_blob(text: &str, media_type: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options)
}

/// Has the browser save a blob as a file, under its own rules on where.
pub fn offer_blob(blob: &Blob, file_name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link = document().create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", file_name)?;
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    Url::revoke_object_url(&address)
}
