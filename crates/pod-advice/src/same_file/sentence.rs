//! The sentence about one file, in plain words.

use kube_dry_run::shown::shown;

use super::{FilePlace, SameFile};

/// A part of a sentence, for whoever marks paths and names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain words.
    Text(String),
    /// The path of a file.
    File(String),
    /// The name of a container.
    Container(String),
}

impl SameFile {
    /// The sentence in plain words, paths and names in backquotes.
    #[must_use]
    pub fn sentence(&self) -> String {
        let written = |part: Part| match part {
            Part::Text(text) => text,
            Part::File(text) | Part::Container(text) => format!("`{text}`"),
        };
        self.parts().into_iter().map(written).collect()
    }

    /// The parts of the sentence.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if self.places.windows(2).all(|pair| pair[0].path == pair[1].path) {
            self.add_containers(&mut parts);
        } else {
            self.add_paths(&mut parts);
        }
        self.add_readers(&mut parts);
        self.add_first(&mut parts);
        parts
    }

    /// Which containers have it at the same path.
    fn add_containers(&self, parts: &mut Vec<Part>) {
        parts.extend(self.places.first().map(|place| Part::File(shown(&place.path).into_owned())));
        parts.push(Part::Text(" is one file in ".to_owned()));
        add_names(&self.places.iter().collect::<Vec<_>>(), parts);
        parts.push(Part::Text(self.end()));
    }

    /// At which path each container has it.
    fn add_paths(&self, parts: &mut Vec<Part>) {
        for (index, place) in self.places.iter().enumerate() {
            let before = match index {
                0 => "",
                1 => " is the same file as ",
                _ if index + 1 == self.places.len() && self.omitted == 0 => " and ",
                _ => ", ",
            };
            parts.extend((!before.is_empty()).then(|| Part::Text(before.to_owned())));
            parts.push(Part::File(shown(&place.path).into_owned()));
            parts.push(Part::Text(" in ".to_owned()));
            parts.push(Part::Container(shown(&place.container).into_owned()));
        }
        parts.push(Part::Text(self.end()));
    }

    /// How the sentence about all of them ends.
    fn end(&self) -> String {
        if self.omitted > 0 { format!(" and in {} more containers.", self.omitted) } else { ".".to_owned() }
    }

    /// Who can only read.
    fn add_readers(&self, parts: &mut Vec<Part>) {
        let readers: Vec<_> = self.places.iter().filter(|place| !place.may_write).collect();
        if readers.len() == self.places.len() {
            parts.push(Part::Text(" None of them can write it.".to_owned()));
        } else if !readers.is_empty() {
            parts.push(Part::Text(" ".to_owned()));
            add_names(&readers, parts);
            parts.push(Part::Text(" can only read it.".to_owned()));
        }
    }

    /// Who has ended before the others start.
    fn add_first(&self, parts: &mut Vec<Part>) {
        let first: Vec<_> = self.places.iter().filter(|place| place.ends_first).collect();
        if first.is_empty() {
            return;
        }
        if first.len() == self.places.len() {
            return parts.push(Part::Text(" They run one after the other.".to_owned()));
        }
        let verb = if first.len() == 1 { " ends" } else { " end" };
        parts.push(Part::Text(" ".to_owned()));
        add_names(&first, parts);
        parts.push(Part::Text(format!("{verb} before the app containers start.")));
    }
}

/// Adds the names of the containers of `places`, as a sentence lists them.
fn add_names(places: &[&FilePlace], parts: &mut Vec<Part>) {
    for (index, place) in places.iter().enumerate() {
        let before = if index + 1 == places.len() { " and " } else { ", " };
        parts.extend((index > 0).then(|| Part::Text(before.to_owned())));
        parts.push(Part::Container(shown(&place.container).into_owned()));
    }
}
