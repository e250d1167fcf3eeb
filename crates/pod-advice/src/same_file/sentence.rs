//! The sentence about one file, in plain words.

use std::collections::HashSet;

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
        parts.extend(self.is_example.then(|| Part::Text("For example, ".to_owned())));
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
        parts.extend(self.places.first().map(|place| Part::File(place.path.clone())));
        parts.push(Part::Text(format!(" is one {} in ", self.noun())));
        add_names(&self.places.iter().collect::<Vec<_>>(), parts);
        parts.push(Part::Text(self.end()));
    }

    /// At which path each container has it.
    fn add_paths(&self, parts: &mut Vec<Part>) {
        for (index, place) in self.places.iter().enumerate() {
            let before = match index {
                0 => String::new(),
                1 => format!(" is the same {} as ", self.noun()),
                _ if index + 1 == self.places.len() && self.omitted == 0 => " and ".to_owned(),
                _ => ", ".to_owned(),
            };
            parts.extend((!before.is_empty()).then_some(Part::Text(before)));
            parts.push(Part::File(place.path.clone()));
            parts.push(Part::Text(" in ".to_owned()));
            parts.push(Part::Container(shown(&place.container).into_owned()));
        }
        parts.push(Part::Text(self.end()));
    }

    fn noun(&self) -> &'static str {
        if self.is_surely_file { "file" } else { "file or directory" }
    }

    /// How the sentence about all of them ends.
    fn end(&self) -> String {
        match self.omitted {
            0 => ".".to_owned(),
            1 => " and at one more place.".to_owned(),
            more => format!(" and at {more} more places."),
        }
    }

    /// The containers of the places that are such, each once.
    fn containers(&self, is_meant: impl Fn(&FilePlace) -> bool) -> Vec<&FilePlace> {
        let mut seen = HashSet::new();
        self.places.iter().filter(|place| is_meant(place) && seen.insert(&place.container)).collect()
    }

    /// Who can only read: at none of its places a container can write.
    fn add_readers(&self, parts: &mut Vec<Part>) {
        let may_write = |container: &str| self.places.iter().any(|place| place.container == container && place.may_write);
        let readers = self.containers(|place| !may_write(&place.container));
        if self.places.iter().all(|place| !place.may_write) {
            parts.push(Part::Text(" None of them can write it.".to_owned()));
        } else if !readers.is_empty() {
            parts.push(Part::Text(" ".to_owned()));
            add_names(&readers, parts);
            parts.push(Part::Text(" can only read it.".to_owned()));
        }
    }

    /// Who has ended before the others start.
    fn add_first(&self, parts: &mut Vec<Part>) {
        let first = self.containers(|place| place.ends_first);
        let all = self.containers(|_| true);
        if first.is_empty() || all.len() < 2 {
            return;
        }
        if first.len() == all.len() {
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
