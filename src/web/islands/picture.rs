//! The picture by the keyboard, and sharing from it: a volume is chosen, then a container that does not mount it, by a plus
//! sign or by a line that is dragged there.
//!
//! It is the button of the sharing table that shares; where there is none, nothing is offered.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Event, HtmlElement, HtmlFormElement, KeyboardEvent, MouseEvent};

use super::events::{by_id, each, listen, listen_first, target_of};
use super::explanation::ask_about;

const VOLUME: &str = "#diagram .volume";
const OFFER: &str = "#diagram .offer";
const SHOWN: &str = "shown";
const CHOSEN: &str = "chosen";

/// A place on the screen.
type Place = (i32, i32);

/// Watches the pointer, the focus and the keys in the picture within `sheet`.
pub(super) fn start(sheet: &Element) {
    let within = sheet.clone();
    listen(sheet, "focusin", move |event| _ = found(&event, VOLUME).map(|volume| choose(&within, &volume)));
    let within = sheet.clone();
    listen(sheet, "keydown", move |event| _ = pressed(&within, &event));
    let is_new = Rc::new(Cell::new(false));
    let dragged_from = Rc::new(Cell::new(None));
    let (within, new, from) = (sheet.clone(), Rc::clone(&is_new), Rc::clone(&dragged_from));
    listen(sheet, "mousedown", move |event| {
        let Some(volume) = found(&event, VOLUME) else { return };
        // Else the browser would drag the address of the shape.
        event.prevent_default();
        new.set(choose(&within, &volume));
        from.set(place(&event));
    });
    let (within, from) = (sheet.clone(), Rc::clone(&dragged_from));
    listen(sheet, "mousemove", move |event| {
        if let (Some(from), Some(to)) = (from.get(), place(&event)) {
            draw(&within, Some((from, to)));
        }
    });
    let within = sheet.clone();
    listen(&document(), "mouseup", move |event| {
        if dragged_from.take().is_some() {
            draw(&within, None);
            let container = found(&event, "#diagram .container");
            _ = container.and_then(|container| share(&container.query_selector(".shown").ok()??));
        }
    });
    let within = sheet.clone();
    listen_first(sheet, "click", move |event| {
        _ = found(&event, OFFER).map(|offer| share(&offer));
        // Where the form is below the picture, going there at once would take the offers out of view.
        if found(&event, VOLUME).is_some() && is_new.get() && is_one_column(&within) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
}

/// What the event happened in, if `selector` names it.
fn found(event: &Event, selector: &str) -> Option<Element> {
    target_of(event)?.closest(selector).ok()?
}

/// Where the first button of the mouse is held down.
fn place(event: &Event) -> Option<Place> {
    let mouse = event.dyn_ref::<MouseEvent>().filter(|mouse| mouse.buttons() == 1)?;
    Some((mouse.client_x(), mouse.client_y()))
}

fn is_one_column(sheet: &Element) -> bool {
    let side = sheet.query_selector(".result-side").ok().flatten();
    side.is_some_and(|side| side.get_bounding_client_rect().height() == 0.0)
}

/// Offers to share `volume` with every container that does not mount it. False if it was chosen already.
fn choose(sheet: &Element, volume: &Element) -> bool {
    if volume.class_list().contains(CHOSEN) {
        return false;
    }
    release(sheet);
    _ = volume.class_list().add_1(CHOSEN);
    _ = ask_about(volume.get_attribute("data-field"));
    each(sheet, OFFER, |offer| {
        if button(offer).is_some() {
            _ = offer.class_list().add_1(SHOWN);
            _ = volume.get_attribute("data-at").map(|at| offer.set_attribute("transform", &at));
        }
    });
    true
}

/// Chooses nothing any more.
pub(super) fn release(sheet: &Element) {
    each(sheet, ".chosen, .shown", |element| _ = element.class_list().remove_2(CHOSEN, SHOWN));
}

/// The button of the sharing table that does what `offer` offers.
fn button(offer: &Element) -> Option<HtmlElement> {
    let volume = document().query_selector("#diagram .chosen").ok()??.get_attribute("data-field")?;
    let container = offer.get_attribute("data-container")?;
    let selector = String::from("[value=\"share ") + &volume + " " + &container + "\"]";
    document().query_selector(&selector).ok()??.dyn_into().ok()
}

/// Sends the form by the button of `offer`. A click on it would be a second one within the first.
fn share(offer: &Element) -> Option<()> {
    by_id::<HtmlFormElement>("editor")?.request_submit_with_submitter(Some(&button(offer)?)).ok()
}

/// What a key does within the picture.
fn pressed(sheet: &Element, event: &Event) -> Option<()> {
    let shape = found(event, "#diagram a")?;
    let key = event.dyn_ref::<KeyboardEvent>()?.key();
    match key.as_str() {
        "Enter" | " " => share(&shape)?,
        "Escape" => release(sheet),
        _ => _ = neighbour(sheet, &shape, &key)?.unchecked_into::<HtmlElement>().focus(),
    }
    event.prevent_default();
    Some(())
}

/// The nearest shape in the direction of an arrow key.
fn neighbour(sheet: &Element, shape: &Element, key: &str) -> Option<Element> {
    let from = corner(shape)?;
    let (nearest, least) = (Cell::new(None), Cell::new(f64::MAX));
    each(sheet, "#diagram a", |other| {
        let Some(to) = corner(other).filter(|rect| rect.height() > 0.0) else { return };
        let (right, down) = (to.left() - from.left(), to.top() - from.top());
        let (ahead, aside) = match key {
            "ArrowRight" => (right, down),
            "ArrowLeft" => (-right, down),
            "ArrowDown" => (down, right),
            "ArrowUp" => (-down, right),
            _ => return,
        };
        let distance = ahead + 3.0 * aside.abs();
        if ahead > 8.0 && distance < least.get() {
            least.set(distance);
            nearest.set(Some(other.clone()));
        }
    });
    nearest.take()
}

/// Where a shape is, without the line that leads to it.
fn corner(shape: &Element) -> Option<DomRect> {
    Some(shape.query_selector(".card, .strip, text").ok()??.get_bounding_client_rect())
}

/// Draws a line over the picture, or none.
fn draw(sheet: &Element, line: Option<(Place, Place)>) -> Option<()> {
    let frame = sheet.query_selector("#diagram > svg").ok()??.get_bounding_client_rect();
    #[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
    let part = |at: i32, start: f64, length: f64| ((f64::from(at) - start) * 1000.0 / length) as i32;
    let point = |(x, y): Place| {
        part(x, frame.left(), frame.width()).to_string() + " " + &part(y, frame.top(), frame.height()).to_string()
    };
    let path = line.map_or_else(String::new, |(from, to)| String::from("M") + &point(from) + "L" + &point(to));
    _ = sheet.query_selector(".drag path").ok()??.set_attribute("d", &path);
    Some(())
}
