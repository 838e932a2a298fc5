//! Real input: what a hand does with a mouse, a wheel and a keyboard, sent as
//! WebDriver actions so that the page cannot tell the difference.

use anyhow::{Result, bail};
use reqwest::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Key, RequestData, SessionId};

use crate::browser::Browser;
use crate::locator::Locator;

/// A place in the window, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// A place in the window.
    #[must_use]
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The place that far away.
    #[must_use]
    pub fn offset(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }
}

impl Browser {
    /// Clicks the middle of an element.
    ///
    /// # Errors
    /// When it does not come or keeps moving.
    pub async fn click(&self, locator: &Locator) -> Result<()> {
        self.bring_into_view(locator).await?;
        self.click_at(self.centre(locator).await?).await
    }

    /// Clicks a place.
    ///
    /// # Errors
    /// When it lies outside the window.
    pub async fn click_at(&self, at: Point) -> Result<()> {
        self.mouse(vec![moved(at), pressed(0), released(0)]).await
    }

    /// Clicks a place twice, quickly.
    ///
    /// # Errors
    /// When it lies outside the window.
    pub async fn double_click(&self, at: Point) -> Result<()> {
        let click = [pressed(0), released(0)];
        self.mouse([&[moved(at)], &click[..], &click[..]].concat())
            .await
    }

    /// Clicks a place with the right button.
    ///
    /// # Errors
    /// When it lies outside the window.
    pub async fn right_click(&self, at: Point) -> Result<()> {
        self.mouse(vec![moved(at), pressed(2), released(2)]).await
    }

    /// Drags from one place to another, with `steps` movements on the way.
    ///
    /// # Errors
    /// When a place lies outside the window.
    pub async fn drag(&self, from: Point, to: Point, steps: u32) -> Result<()> {
        let mut actions = vec![moved(from), pressed(0)];
        actions.extend(path(from, to, steps));
        actions.push(released(0));
        self.mouse(actions).await
    }

    /// Drags with the middle button, which pans a canvas.
    ///
    /// # Errors
    /// When a place lies outside the window.
    pub async fn drag_with_middle_button(&self, from: Point, to: Point, steps: u32) -> Result<()> {
        let mut actions = vec![moved(from), pressed(1)];
        actions.extend(path(from, to, steps));
        actions.push(released(1));
        self.mouse(actions).await
    }

    /// The first half of a drag: presses and moves, and stays there, so that
    /// a test can look at what is shown. End it with [`Browser::release`].
    ///
    /// # Errors
    /// When a place lies outside the window.
    pub async fn press_and_move(&self, from: Point, to: Point, steps: u32) -> Result<()> {
        let mut actions = vec![moved(from), pressed(0)];
        actions.extend(path(from, to, steps));
        self.mouse(actions).await
    }

    /// Lets go of the mouse button.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn release(&self) -> Result<()> {
        self.mouse(vec![released(0)]).await
    }

    /// Moves the pointer without a button.
    ///
    /// # Errors
    /// When the place lies outside the window.
    pub async fn hover(&self, at: Point) -> Result<()> {
        self.mouse(vec![moved(at)]).await
    }

    /// Drags while a key is held.
    ///
    /// # Errors
    /// When a place lies outside the window, or no key is called so.
    pub async fn drag_holding(&self, key: &str, from: Point, to: Point) -> Result<()> {
        self.key_down(key).await?;
        let dragged = self.drag(from, to, 8).await;
        self.key_up(key).await?;
        dragged
    }

    /// Touches places with a finger each, all at once, and moves each finger
    /// to another place. Fingers rest for so long before they move.
    ///
    /// # Errors
    /// When a place lies outside the window.
    pub async fn touch(&self, fingers: &[(Point, Point)], rest_millis: u64) -> Result<()> {
        let sources = fingers.iter().enumerate().map(|(number, (from, to))| {
            let mut actions = vec![moved(*from), pressed(0)];
            actions.push(json!({ "type": "pause", "duration": rest_millis }));
            if from != to {
                actions.extend(path(*from, *to, 8));
            }
            actions.push(released(0));
            json!({
                "type": "pointer", "id": format!("finger-{number}"), "actions": actions,
                "parameters": { "pointerType": "touch" },
            })
        });
        let sources: Vec<_> = sources.collect();
        self.session()?
            .cmd(PerformActions(json!({ "actions": sources })))
            .await?;
        Ok(())
    }

    /// Touches a place for a moment.
    ///
    /// # Errors
    /// When it lies outside the window.
    pub async fn tap(&self, at: Point) -> Result<()> {
        self.touch(&[(at, at)], 30).await
    }

    /// Turns the wheel over a place, by CSS pixels; with `ctrl` it zooms.
    ///
    /// # Errors
    /// When the place lies outside the window.
    pub async fn wheel(&self, at: Point, dx: i32, dy: i32, ctrl: bool) -> Result<()> {
        let scroll = json!({
            "type": "scroll", "origin": "viewport", "duration": 0,
            "x": at.x.round() as i64, "y": at.y.round() as i64, "deltaX": dx, "deltaY": dy,
        });
        if ctrl {
            self.key_down("Control").await?;
        }
        let turned = self
            .perform("wheel", "wheel", Value::Null, vec![scroll])
            .await;
        if ctrl {
            self.key_up("Control").await?;
        }
        turned
    }

    /// Presses keys together, as in `Control+Shift+z` or `Delete`, on whatever
    /// has the focus.
    ///
    /// # Errors
    /// When a key's name is unknown.
    pub async fn keys(&self, chord: &str) -> Result<()> {
        let keys = chord_keys(chord)?;
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        self.keyboard(down.chain(up).collect()).await
    }

    /// Holds a key down until [`Browser::key_up`].
    ///
    /// # Errors
    /// When the key's name is unknown.
    pub async fn key_down(&self, key: &str) -> Result<()> {
        self.keyboard(vec![json!({ "type": "keyDown", "value": key_value(key)? })])
            .await
    }

    /// Lets go of a key.
    ///
    /// # Errors
    /// When the key's name is unknown.
    pub async fn key_up(&self, key: &str) -> Result<()> {
        self.keyboard(vec![json!({ "type": "keyUp", "value": key_value(key)? })])
            .await
    }

    /// Types text, key by key, into whatever has the focus.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let strokes = text.chars().flat_map(|letter| {
            let letter = match letter {
                '\n' => char::from(Key::Enter),
                other => other,
            };
            [
                json!({ "type": "keyDown", "value": letter }),
                json!({ "type": "keyUp", "value": letter }),
            ]
        });
        self.keyboard(strokes.collect()).await
    }

    /// Clicks a field, selects what it holds and types over it.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn type_into(&self, locator: &Locator, text: &str) -> Result<()> {
        self.click(locator).await?;
        self.keys("Control+a").await?;
        if text.is_empty() {
            return self.keys("Delete").await;
        }
        self.type_text(text).await
    }

    async fn mouse(&self, actions: Vec<Value>) -> Result<()> {
        let parameters = json!({ "pointerType": "mouse" });
        self.perform("pointer", "mouse", parameters, actions).await
    }

    async fn keyboard(&self, actions: Vec<Value>) -> Result<()> {
        self.perform("key", "keyboard", Value::Null, actions).await
    }

    async fn perform(
        &self,
        kind: &str,
        id: &str,
        parameters: Value,
        actions: Vec<Value>,
    ) -> Result<()> {
        let mut source = json!({ "type": kind, "id": id, "actions": actions });
        if !parameters.is_null() {
            source["parameters"] = parameters;
        }
        self.session()?
            .cmd(PerformActions(json!({ "actions": [source] })))
            .await?;
        Ok(())
    }
}

/// WebDriver's "Perform Actions" with a body of our own: the library has no
/// wheel, and no pointer that stays down between commands.
#[derive(Debug)]
struct PerformActions(Value);

impl FormatRequestData for PerformActions {
    fn format_request(&self, session_id: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session_id}/actions"))
            .add_body(self.0.clone())
    }
}

fn moved(to: Point) -> Value {
    json!({
        "type": "pointerMove", "origin": "viewport", "duration": 0,
        "x": to.x.round() as i64, "y": to.y.round() as i64,
    })
}

fn pressed(button: u8) -> Value {
    json!({ "type": "pointerDown", "button": button })
}

fn released(button: u8) -> Value {
    json!({ "type": "pointerUp", "button": button })
}

/// A straight way in equal steps, one per frame, ending exactly at `to`.
fn path(from: Point, to: Point, steps: u32) -> impl Iterator<Item = Value> {
    let steps = steps.max(1);
    (1..=steps).flat_map(move |step| {
        let part = f64::from(step) / f64::from(steps);
        let at = from.offset((to.x - from.x) * part, (to.y - from.y) * part);
        [moved(at), json!({ "type": "pause", "duration": 16 })]
    })
}

fn chord_keys(chord: &str) -> Result<Vec<char>> {
    // A trailing plus is the plus key itself, as in `Control++`.
    let (names, plus) = match chord.strip_suffix("++") {
        Some(names) => (names, true),
        None => (chord, false),
    };
    let mut keys = names
        .split('+')
        .map(key_value)
        .collect::<Result<Vec<_>>>()?;
    if plus {
        keys.push('+');
    }
    Ok(keys)
}

fn key_value(name: &str) -> Result<char> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Ok(letter);
    }
    Ok(char::from(match name {
        "Alt" => Key::Alt,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "Backspace" => Key::Backspace,
        "Control" => Key::Control,
        "Delete" => Key::Delete,
        "End" => Key::End,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "F10" => Key::F10,
        "F2" => Key::F2,
        "F3" => Key::F3,
        "F8" => Key::F8,
        "Home" => Key::Home,
        "Insert" => Key::Insert,
        "Meta" => Key::Meta,
        "PageDown" => Key::PageDown,
        "PageUp" => Key::PageUp,
        "Shift" => Key::Shift,
        "Space" => Key::Space,
        "Tab" => Key::Tab,
        other => bail!("no key is called {other}"),
    }))
}
