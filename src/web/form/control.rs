//! One field of the form: label, input, hint, and what is wrong with it.

use serde_json::Value;

use crate::form::Input;
use crate::web::form::ask::labelled;
use crate::web::form::place::Place;
use crate::web::form::suggestions::Suggestions;
use crate::web::html::Html;
use crate::web::sheet::{Message, Sheet, label};
use crate::web::tag::Tag;
use kube_dry_run::Severity;

/// A field of the form, to be built up and then drawn.
pub struct Control<'a> {
    sheet: &'a Sheet,
    place: Place<'a>,
    messages: &'a [Message],
    label: &'static str,
    hint: Option<&'static str>,
    placeholder: Option<&'static str>,
    kind: Kind,
    class: &'static str,
    is_asked: bool,
}

enum Kind {
    Typed(Option<Suggestions>),
    Chosen(Vec<Choice>),
}

/// One option of a list to choose from.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

impl<'a> Control<'a> {
    /// A field for the value at `place`, with a visible label.
    pub fn new(sheet: &'a Sheet, place: Place<'a>, label: &'static str) -> Self {
        let messages = sheet.messages_at(&place.id);
        let (hint, placeholder, kind) = (None, None, Kind::Typed(None));
        Self { sheet, place, messages, label, hint, placeholder, kind, class: "", is_asked: true }
    }

    /// A sentence below the input.
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// An example inside the empty input.
    pub fn placeholder(self, placeholder: &'static str) -> Self {
        Self { placeholder: Some(placeholder), ..self }
    }

    /// Common values, offered and never required.
    pub fn suggest(self, suggestions: Suggestions) -> Self {
        Self { kind: Kind::Typed(Some(suggestions)), ..self }
    }

    /// The values that there are; a value that is none of them is offered beside them.
    pub fn choose(self, choices: impl IntoIterator<Item = Choice>) -> Self {
        Self { kind: Kind::Chosen(choices.into_iter().collect()), ..self }
    }

    /// A class for the layout.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// Without a link to what the field means, which stands elsewhere.
    pub fn unasked(self) -> Self {
        Self { is_asked: false, ..self }
    }

    /// Writes the field. A value that its input cannot show is left out here; it is listed among what is kept.
    pub fn write(&self, html: &mut Html) {
        let Some(input) = self.place.input() else { return };
        let value = self.place.value;
        let is_fitting = value.is_none_or(|value| input.fits(value));
        let is_switch = is_fitting && input.is_switch(value);
        let class = if is_switch { "field switch" } else { "field" };
        let gap = if self.class.is_empty() { "" } else { " " };
        html.start("div").with("class", [class, gap, self.class]).holding(|html| {
            if is_switch {
                self.switch(html, input, value);
            } else if is_fitting {
                self.typed_or_chosen(html, input, value);
            } else {
                self.kept_instead(html);
            }
        });
    }

    fn typed_or_chosen(&self, html: &mut Html, input: Input, value: Option<&Value>) {
        let shown = match self.sheet.draft(&self.place.path) {
            Some(typed) => typed.to_owned(),
            None => input.show(value.map(|value| self.sheet.document().as_written(&self.place.path, value)).as_deref()),
        };
        self.labelled(html, |html| html.start("label").with("for", [&self.place.id]).saying(self.label));
        match (&self.kind, input) {
            (Kind::Chosen(choices), _) => self.select(html, choices, &shown),
            (Kind::Typed(_), Input::LongText | Input::Lines | Input::Pairs) => self.text_area(html, input, &shown),
            (Kind::Typed(suggestions), _) => self.text_input(html, input, *suggestions, &shown),
        }
        self.notes(html);
    }

    /// The `label` with the link to what the field means.
    fn labelled(&self, html: &mut Html, label: impl FnOnce(&mut Html)) {
        if !self.is_asked {
            return label(html);
        }
        labelled(html, self.sheet, &self.place.path, label);
    }

    /// Begins the element that is typed into or chosen from.
    fn start<'h>(&self, html: &'h mut Html, name: &'static str) -> Tag<'h> {
        html.start(name).with("id", [&self.place.id]).with("name", [&self.place.id])
    }

    /// Adds what is said about the input.
    fn described<'h>(&self, tag: Tag<'h>) -> Tag<'h> {
        let has_messages = !self.messages.is_empty();
        let tag = tag.maybe("aria-invalid", self.sheet.is_invalid(&self.place.path).then_some("true"));
        match (has_messages, self.hint.is_some()) {
            (true, true) => tag.with("aria-describedby", [&self.place.id, ":findings ", &self.place.id, ":hint"]),
            (true, false) => tag.with("aria-describedby", [&self.place.id, ":findings"]),
            (false, true) => tag.with("aria-describedby", [&self.place.id, ":hint"]),
            (false, false) => tag,
        }
    }

    fn text_input(&self, html: &mut Html, input: Input, suggestions: Option<Suggestions>, shown: &str) {
        let tag = self
            .start(html, "input")
            .fixed("type", "text")
            .with("value", [shown])
            .maybe("placeholder", self.placeholder)
            .maybe("inputmode", (input == Input::Integer).then_some("numeric"))
            .maybe("list", suggestions.map(Suggestions::id))
            .flag("required", self.sheet.is_to_do(&self.place.path));
        self.described(tag).close();
    }

    fn text_area(&self, html: &mut Html, input: Input, shown: &str) {
        let least = if input == Input::LongText { 1 } else { 2 };
        let rows = shown.split('\n').count().clamp(least, 24);
        let tag = self.start(html, "textarea").with("rows", [&rows.to_string()]).maybe("placeholder", self.placeholder);
        self.described(tag).holding(|html| html.text_area_content(shown));
    }

    fn select(&self, html: &mut Html, choices: &[Choice], shown: &str) {
        let tag = self.start(html, "select");
        self.described(tag).holding(|html| {
            if choices.iter().all(|choice| choice.value != shown) {
                html.option(shown, &format!("{} (as it was)", label(shown)), true);
            }
            for choice in choices {
                html.option(&choice.value, &choice.label, choice.value == shown);
            }
        });
    }

    fn switch(&self, html: &mut Html, input: Input, value: Option<&Value>) {
        let sent = if input == Input::Memory { "Memory" } else { "true" };
        let is_on = self.sheet.draft(&self.place.path).map_or_else(|| input.is_on(value), |typed| !typed.is_empty());
        html.start("input").fixed("type", "hidden").fixed("name", "switch").with("value", [&self.place.id]).close();
        self.labelled(html, |html| {
            html.start("label").with("for", [&self.place.id]).holding(|html| {
                let tag = self.start(html, "input").fixed("type", "checkbox").with("value", [sent]).flag("checked", is_on);
                self.described(tag).close();
                html.text(self.label);
            });
        });
        self.notes(html);
    }

    fn kept_instead(&self, html: &mut Html) {
        html.start("span").class("label").saying(self.label);
        html.start("p").class("hint").saying("This value has another type than the field; it is kept as it is, see below.");
    }

    fn notes(&self, html: &mut Html) {
        list(html, self.messages, &self.place.id);
        if let Some(hint) = self.hint {
            html.start("p").class("hint").with("id", [&self.place.id, ":hint"]).saying(hint);
        }
    }
}

/// What is to be said about the field whose element has this `id`, as the description of its input. Of very much the first is
/// said.
pub fn messages(html: &mut Html, sheet: &Sheet, id: &str) {
    list(html, sheet.messages_at(id), id);
}

/// Writes `messages` as what is said about the element with this `id`.
fn list(html: &mut Html, messages: &[Message], id: &str) {
    if messages.is_empty() {
        return;
    }
    html.start("div").class("messages").with("id", [id, ":findings"]).holding(|html| {
        for Message { severity, text } in messages {
            let severity = severity.map_or("to-do", Severity::word);
            html.start("p").class("message").with("data-severity", [severity]).holding(|html| html.add(text));
        }
    });
}
