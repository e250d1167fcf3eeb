//! What a live answer leaves out: the elements of a page that the browser has already.
//!
//! Both pages are drawn, and where a list of elements has items that are the same to the byte, a mark stands for them. The browser's
//! part ([`morph`](crate::web::islands)) reads the marks:
//!
//! * `<template data-stay="3 17"></template>`: seventeen elements stay as they are, of which the first is the fourth child that
//!   the element around them had.
//! * `data-of="2"` on an element: it is what the third of these children becomes. A child without it is new.
//!
//! Only HTML that this program wrote is read here: its elements are closed, and its texts escaped. Parsers for any HTML took
//! twice the time of drawing the page when they were tried.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use memchr::{memchr, memchr3};

/// Elements that have no end tag (HTML Standard, 13.1.2).
const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements with text that is not escaped.
const RAW: [&str; 2] = ["script", "style"];
/// What is sent whole: which option is chosen is a matter of all.
const CHOICE: &str = "select";

/// `after`, in which marks stand for what its element with this `id` has in common with that of `before`.
///
/// `None` if one of the pages has no such element, or is not closed properly.
#[must_use]
pub fn delta(before: &str, after: &str, id: &str) -> Option<String> {
    let (before, after) = (Page::read(before)?, Page::read(after)?);
    let (old, new) = (before.element(id)?, after.element(id)?);
    let whole = after.text;
    let mut delta = Delta { before: &before, after: &after, html: String::with_capacity(whole.len() / 16) };
    delta.html.push_str(&whole[..new.whole.start]);
    delta.write_changed(old, new, None);
    delta.html.push_str(&whole[new.whole.end..]);
    Some(delta.html)
}

/// The elements of a page, in the order in which they begin.
struct Page<'a> {
    text: &'a str,
    elements: Vec<Element>,
}

struct Element {
    /// From the `<` of the start tag to the `>` of the end tag.
    whole: Range<usize>,
    /// What is between the tags.
    inner: Range<usize>,
    /// The length of its name.
    name: usize,
    /// The elements directly in it.
    children: Vec<usize>,
    /// True if there is text directly in it, so that it is sent whole.
    has_text: bool,
}

impl<'a> Page<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut page = Self { text, elements: Vec::with_capacity(text.len() / 64) };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(length) = memchr(b'<', &text.as_bytes()[at..]) {
            if let (Some(&parent), true) = (open.last(), length > 0) {
                page.elements[parent].has_text = true;
            }
            at += length;
            at = match text.as_bytes().get(at + 1)? {
                b'!' => end_of_comment(text, at)?,
                b'/' => page.close(open.pop()?, at)?,
                _ => page.open(&mut open, at)?,
            };
        }
        open.is_empty().then_some(page)
    }

    /// Reads the start tag at `at`, and returns what is behind it.
    fn open(&mut self, open: &mut Vec<usize>, at: usize) -> Option<usize> {
        let text = self.text;
        let end = end_of_tag(text, at)?;
        let name = text[at + 1..end].find([' ', '/', '>'])?;
        let place = self.elements.len();
        if let Some(&parent) = open.last() {
            self.elements[parent].children.push(place);
        }
        let word = &text[at + 1..at + 1 + name];
        let is_empty = text[..end].ends_with("/>") || VOID.contains(&word);
        let has_text = word == CHOICE;
        self.elements.push(Element { whole: at..end, inner: end..end, name, children: Vec::new(), has_text });
        if is_empty {
            return Some(end);
        }
        open.push(place);
        if RAW.contains(&word) {
            self.elements[place].has_text = true;
            return Some(end + text[end..].find("</")?);
        }
        Some(end)
    }

    /// Reads the end tag at `at`, and returns what is behind it.
    fn close(&mut self, place: usize, at: usize) -> Option<usize> {
        let end = at + 1 + memchr(b'>', &self.text.as_bytes()[at..])?;
        let element = &mut self.elements[place];
        element.inner.end = at;
        element.whole.end = end;
        Some(end)
    }

    fn element(&self, id: &str) -> Option<&Element> {
        self.elements.iter().find(|element| self.id(element) == Some(id))
    }

    fn start_tag(&self, element: &Element) -> &'a str {
        &self.text[element.whole.start..element.inner.start]
    }

    fn name(&self, element: &Element) -> &'a str {
        &self.text[element.whole.start + 1..][..element.name]
    }

    fn whole(&self, place: usize) -> &'a str {
        &self.text[self.elements[place].whole.clone()]
    }

    /// What tells an element from its siblings: its `id`, or the field that it shows.
    fn id(&self, element: &Element) -> Option<&'a str> {
        let tag = self.start_tag(element);
        attribute(tag, " id=\"").or_else(|| attribute(tag, " data-field=\""))
    }
}

fn attribute<'a>(tag: &'a str, beginning: &str) -> Option<&'a str> {
    tag.split_once(beginning)?.1.split('"').next()
}

/// What is behind the comment, or the declaration, at `at`.
fn end_of_comment(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let end = if rest.starts_with("<!--") { rest.find("-->")? + 3 } else { rest.find('>')? + 1 };
    Some(at + end)
}

/// What is behind the start tag at `at`.
fn end_of_tag(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        at += memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
        if bytes[at] == b'>' {
            return Some(at + 1);
        }
        at += 2 + memchr(bytes[at], &bytes[at + 1..])?;
    }
}

struct Delta<'a> {
    before: &'a Page<'a>,
    after: &'a Page<'a>,
    html: String,
}

impl Delta<'_> {
    /// Writes `new`, which the browser makes of `old`, its parent's child number `of`.
    fn write_changed(&mut self, old: &Element, new: &Element, of: Option<usize>) {
        let tag = self.after.start_tag(new);
        let (name, attributes) = tag.split_at(1 + new.name);
        self.html.push_str(name);
        if let Some(of) = of {
            _ = write!(self.html, " data-of=\"{of}\"");
        }
        self.html.push_str(attributes);
        let text = self.after.text;
        if old.has_text || new.has_text || old.children.is_empty() || new.children.is_empty() {
            self.html.push_str(&text[new.inner.clone()]);
        } else {
            self.write_children(&old.children, &new.children);
        }
        self.html.push_str(&text[new.inner.end..new.whole.end]);
    }

    fn write_children(&mut self, old: &[usize], new: &[usize]) {
        let is_same = |(old, new): &(&usize, &usize)| self.before.whole(**old) == self.after.whole(**new);
        let begin = old.iter().zip(new).take_while(is_same).count();
        let end = old[begin..].iter().rev().zip(new[begin..].iter().rev()).take_while(is_same).count();
        self.write_stay(0, begin);
        self.write_middle(&old[..old.len() - end], &new[begin..new.len() - end], begin);
        self.write_stay(old.len() - end, end);
    }

    /// Writes `new`, made of what is in `old` from `place` on.
    fn write_middle(&mut self, old: &[usize], new: &[usize], mut place: usize) {
        let (before, after) = (self.before, self.after);
        let places = Places::of(before, old, place);
        let mut stays = 0..0;
        for &child in new {
            let element = &after.elements[child];
            let Some(found) = places.find(after, element, place).or_else(|| self.next_of_kind(old, place, element)) else {
                self.write_stay(stays.start, stays.len());
                stays = place..place;
                self.html.push_str(after.whole(child));
                continue;
            };
            let is_same = before.whole(old[found]) == after.whole(child);
            if !is_same || found != stays.end {
                self.write_stay(stays.start, stays.len());
                stays = found..found;
            }
            place = found + 1;
            stays.end = place;
            if !is_same {
                self.write_changed(&before.elements[old[found]], element, Some(found));
                stays.start = place;
            }
        }
        self.write_stay(stays.start, stays.len());
    }

    /// The child at `place`, if it is of the same kind as `element` and neither has anything that tells it from its siblings.
    fn next_of_kind(&self, old: &[usize], place: usize, element: &Element) -> Option<usize> {
        let candidate = &self.before.elements[*old.get(place)?];
        let is_nameless = self.before.id(candidate).is_none() && self.after.id(element).is_none();
        (is_nameless && self.before.name(candidate) == self.after.name(element)).then_some(place)
    }

    fn write_stay(&mut self, first: usize, count: usize) {
        if count > 0 {
            _ = write!(self.html, "<template data-stay=\"{first} {count}\"></template>");
        }
    }
}

/// Where the children of an element stand that something tells from their siblings.
struct Places<'a>(HashMap<(&'a str, &'a str), usize>);

impl<'a> Places<'a> {
    /// Those of `children` from `place` on. Of several that are told by the same, none is found.
    fn of(page: &Page<'a>, children: &[usize], place: usize) -> Self {
        let mut places = HashMap::new();
        for (at, child) in children.iter().enumerate().skip(place) {
            let element = &page.elements[*child];
            if let Some(id) = page.id(element) {
                places.entry((page.name(element), id)).and_modify(|place| *place = usize::MAX).or_insert(at);
            }
        }
        Self(places)
    }

    /// The place of `element`, unless that is before `place`: nothing moves.
    fn find(&self, page: &Page<'a>, element: &Element, place: usize) -> Option<usize> {
        let found = self.0.get(&(page.name(element), page.id(element)?))?;
        (*found >= place && *found != usize::MAX).then_some(*found)
    }
}

#[cfg(test)]
mod tests {
    use pod_lesson::lessons;
    use proptest::prelude::*;
    use scraper::{ElementRef, Html, Node};

    use super::*;
    use crate::document::{File, Links};
    use crate::web::pages;
    use crate::web::sheet::Sheet;

    /// Makes of `old` what `new` with its marks says, as the browser's part does, and writes it.
    fn follow(old: ElementRef, new: ElementRef, text: &mut String) {
        let before: Vec<_> = old.child_elements().collect();
        let value = new.value();
        let attributes = value.attrs().filter(|(name, _)| *name != "data-of").map(|(name, value)| format!(" {name}={value:?}"));
        write!(text, "<{}{}>", value.name(), attributes.collect::<String>()).unwrap();
        for child in new.children() {
            let Some(element) = ElementRef::wrap(child) else {
                if let Node::Text(words) = child.value() {
                    text.push_str(words);
                }
                continue;
            };
            let numbers = |name| {
                element.value().attr(name).map(|numbers| numbers.split(' ').map(|number| number.parse().unwrap()).collect())
            };
            if let Some([first, count]) = numbers("data-stay").as_ref().map(|numbers: &Vec<usize>| [numbers[0], numbers[1]]) {
                before[first..first + count].iter().for_each(|same| follow(*same, *same, text));
            } else if let Some(place) = numbers("data-of") {
                follow(before[place[0]], element, text);
            } else {
                follow(element, element, text);
            }
        }
        write!(text, "</{}>", value.name()).unwrap();
    }

    fn sheet(page: &Html) -> ElementRef<'_> {
        page.select(&scraper::Selector::parse("#sheet").unwrap()).next().unwrap()
    }

    /// Asserts that a browser that shows `before` shows `after` when it has followed the delta, and returns the delta.
    fn assert_followed(before: &str, after: &str) -> String {
        let written = delta(before, after, "sheet").unwrap();
        let [before, after, delta] = [before, after, &written].map(Html::parse_document);
        let (mut made, mut wanted) = (String::new(), String::new());
        follow(sheet(&before), sheet(&delta), &mut made);
        follow(sheet(&after), sheet(&after), &mut wanted);
        assert_eq!(made, wanted, "{written}");
        written
    }

    fn in_sheet(list: &str) -> String {
        format!("<html><body><div id=\"sheet\"><ul>{list}</ul></div></body></html>")
    }

    #[test]
    fn marks_stand_for_what_stays() {
        let before = in_sheet("<li>a</li><li id=\"b\"><p>b</p><p>c</p></li><li id=\"d\">d</li><li>e</li>");
        let after = in_sheet("<li>a</li><li id=\"b\"><p>x</p><p>c</p></li><li id=\"new\">d</li><li>e</li>");
        let marks = "<template data-stay=\"0 1\"></template><li data-of=\"1\" id=\"b\"><p data-of=\"0\">x</p>\
                     <template data-stay=\"1 1\"></template></li><li id=\"new\">d</li><template data-stay=\"3 1\"></template>";
        assert_eq!(assert_followed(&before, &after), in_sheet(marks).replace("<ul>", "<ul data-of=\"0\">"));
    }

    #[test]
    fn quotes_comments_scripts_and_empty_elements_are_read() {
        let before = in_sheet(
            "<li title=\"a > b\">a</li><!-- <li> --><li><br><svg><use href=\"#x\"/></svg></li><li><script>1 < 2</script></li>",
        );
        let after = before.replace("a > b", "'");
        assert!(assert_followed(&before, &after).contains("<template data-stay=\"1 2\"></template>"));
    }

    #[test]
    fn no_delta_is_made_of_what_is_not_closed() {
        let page = in_sheet("<li>a</li>");
        assert_eq!(delta(&page, &in_sheet("<li>a"), "sheet"), None);
        assert_eq!(delta(&page, &in_sheet("<li title=\"a"), "sheet"), None);
        assert_eq!(delta(&page, "<p></p>", "sheet"), None);
    }

    #[test]
    fn every_lesson_becomes_every_other() {
        let page = |text: &str| {
            let file = File::open(text.to_owned(), None).unwrap();
            let links = Links::new("http://localhost", &file).unwrap();
            pages::editor(&Sheet::new(file, links, None)).into_string()
        };
        let pages: Vec<_> = lessons().iter().map(|lesson| page(lesson.finished())).collect();
        for before in &pages {
            for after in &pages {
                let delta = assert_followed(before, after);
                assert!(before != after || delta.len() < after.len() / 4, "{} of {}", delta.len(), after.len());
            }
        }
    }

    /// A list of a few items, some of which something tells from the others, with a list in some of them.
    fn any_list() -> impl Strategy<Value = String> {
        let leaf = ("[ab]", 0..6_u8)
            .prop_map(|(word, id)| if id < 4 { format!("<li id=\"{id}\">{word}</li>") } else { format!("<li>{word}</li>") });
        let list = |item: BoxedStrategy<String>| prop::collection::vec(item, 0..6).prop_map(|items| items.concat());
        leaf.boxed().prop_recursive(3, 40, 6, move |item| {
            (list(item), 0..6_u8)
                .prop_map(|(items, id)| match id {
                    0..4 => format!("<li id=\"{id}\"><ul>{items}</ul></li>"),
                    _ => format!("<li><ul>{items}</ul></li>"),
                })
                .boxed()
        })
    }

    proptest! {
        #[test]
        fn any_list_becomes_any_other(before in prop::collection::vec(any_list(), 0..6), after in prop::collection::vec(any_list(), 0..6)) {
            assert_followed(&in_sheet(&before.concat()), &in_sheet(&after.concat()));
        }
    }
}
