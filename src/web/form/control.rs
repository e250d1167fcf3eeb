//! One field of the form: label, input, hint, and what is wrong with it.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use crate::document::Path;
use crate::form::{Input, input_at};
use crate::web::form::ask::ask;
use crate::web::form::suggestions::Suggestions;
use crate::web::html::{Html, IntoHtml};
use crate::web::prose::prose;
use crate::web::sheet::{Sheet, label};
use crate::web::text_area::text_area_content;
use kube_dry_run::Severity;

/// A field of the form, to be built up and then drawn.
pub struct Control<'a> {
    sheet: &'a Sheet,
    path: Path,
    /// The path as text.
    id: Arc<str>,
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
    /// A field for the value at `path`, with a visible label.
    pub fn new(sheet: &'a Sheet, path: Path, label: &'static str) -> Self {
        let id = path.to_text().into();
        Self { sheet, path, id, label, hint: None, placeholder: None, kind: Kind::Typed(None), class: "", is_asked: true }
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

    /// Draws the field. A value that its input cannot show is left out here; it is listed among what is kept.
    pub fn view(self) -> Html {
        let value = self.sheet.document().get(&self.path);
        let Some(input) = input_at(self.sheet.document(), &self.path) else { return Html::default() };
        if value.is_some_and(|value| !input.fits(value)) {
            return self.kept_instead();
        }
        if input.is_switch(value) {
            return self.switch(input, value);
        }
        let shown = self
            .sheet
            .draft(&self.path)
            .map_or_else(|| input.show(self.sheet.document().as_written(&self.path).as_deref()), str::to_owned);
        let control = match (&self.kind, input) {
            (Kind::Chosen(choices), _) => self.select(choices, &shown),
            (Kind::Typed(_), Input::LongText | Input::Lines | Input::Pairs) => self.text_area(input, &shown),
            (Kind::Typed(suggestions), _) => self.text_input(input, *suggestions, shown),
        };
        view! {
            <div class=format!("field {}", self.class)>
                {self.labelled(view! { <label for=self.id()>{self.label}</label> }.html())}
                {control}
                {self.notes()}
            </div>
        }
        .html()
    }

    /// The `label` with the link to what the field means.
    fn labelled(&self, label: Html) -> Html {
        if !self.is_asked {
            return label;
        }
        view! { <div class="labelled">{label}{ask(self.sheet, &self.path)}</div> }.html()
    }

    fn id(&self) -> Arc<str> {
        Arc::clone(&self.id)
    }

    fn text_input(&self, input: Input, suggestions: Option<Suggestions>, shown: String) -> Html {
        view! {
            <input
                type="text"
                id=self.id()
                name=self.id()
                value=shown
                placeholder=self.placeholder
                inputmode=(input == Input::Integer).then_some("numeric")
                list=suggestions.map(Suggestions::id)
                required=self.sheet.is_to_do(&self.path)
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            />
        }
        .html()
    }

    fn text_area(&self, input: Input, shown: &str) -> Html {
        let least = if input == Input::LongText { 1 } else { 2 };
        let rows = shown.split('\n').count().clamp(least, 24);
        view! {
            <textarea
                id=self.id()
                name=self.id()
                rows=rows
                placeholder=self.placeholder
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            >
                {text_area_content(shown)}
            </textarea>
        }
        .html()
    }

    fn select(&self, choices: &[Choice], shown: &str) -> Html {
        let known = choices.iter().any(|choice| choice.value == shown);
        let other = (!known)
            .then(|| view! { <option value=shown.to_owned() selected>{format!("{} (as it was)", label(shown))}</option> });
        let options: Vec<_> = choices
            .iter()
            .map(|choice| {
                let selected = choice.value == shown;
                view! { <option value=choice.value.clone() selected=selected>{choice.label.clone()}</option> }
            })
            .collect();
        view! {
            <select id=self.id() name=self.id() aria-invalid=self.invalid() aria-describedby=self.described_by()>
                {other}
                {options}
            </select>
        }
        .html()
    }

    fn switch(&self, input: Input, value: Option<&Value>) -> Html {
        let sent = if input == Input::Memory { "Memory" } else { "true" };
        let is_on = self.sheet.draft(&self.path).map_or_else(|| input.is_on(value), |typed| !typed.is_empty());
        let label = view! {
            <label for=self.id()>
                <input
                    type="checkbox"
                    id=self.id()
                    name=self.id()
                    value=sent
                    checked=is_on
                    aria-invalid=self.invalid()
                    aria-describedby=self.described_by()
                />
                {self.label}
            </label>
        };
        view! {
            <div class=format!("field switch {}", self.class)>
                <input type="hidden" name="switch" value=self.id() />
                {self.labelled(label.html())}
                {self.notes()}
            </div>
        }
        .html()
    }

    fn kept_instead(&self) -> Html {
        view! {
            <div class=format!("field {}", self.class)>
                <span class="label">{self.label}</span>
                <p class="hint">"This value has another type than the field; it is kept as it is, see below."</p>
            </div>
        }
        .html()
    }

    fn invalid(&self) -> Option<&'static str> {
        self.sheet.is_invalid(&self.path).then_some("true")
    }

    fn described_by(&self) -> Option<String> {
        let mut ids = Vec::new();
        if !self.sheet.messages_at(&self.path).is_empty() {
            ids.push(format!("{}:findings", self.id));
        }
        if self.hint.is_some() {
            ids.push(format!("{}:hint", self.id));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn notes(&self) -> Html {
        let hint = self.hint.map(|hint| view! { <p class="hint" id=format!("{}:hint", self.id)>{prose(hint)}</p> }.html());
        Html::from([messages(self.sheet, &self.path), hint.unwrap_or_default()])
    }
}

/// What is to be said about `path`, as the description of its input. Of very much the first is said.
pub fn messages(sheet: &Sheet, path: &Path) -> Html {
    let messages = sheet.messages_at(path);
    if messages.is_empty() {
        return Html::default();
    }
    let lines: Vec<_> = messages
        .iter()
        .map(|message| view! { <p class="message" data-severity=message.severity.map_or("to-do", Severity::word)>{message.text.clone()}</p> })
        .collect();
    view! { <div class="messages" id=format!("{path}:findings")>{lines}</div> }.html()
}
