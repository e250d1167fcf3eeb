//! Where a field stands in the schema of its kind.

use kube_dry_run::Segment;
use kube_dry_run::kinds::Kind;

use crate::field_type::FieldType;
use crate::notes::AMOUNTS;
use crate::release::Release;
use crate::table::{Definition, Field};

/// The way from a kind to one of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) kind: &'static Kind,
    pub(crate) steps: Vec<PlaceStep>,
}

/// A field on the way, with the type that it is a field of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaceStep {
    pub(crate) owner: &'static Definition,
    pub(crate) field: &'static Field,
    /// The entry of the field, if that is a map of amounts: `memory`.
    pub(crate) amount: Option<&'static str>,
}

/// Why there is no such place.
#[derive(Clone, Debug)]
pub(crate) struct Lost {
    /// The last place on the way.
    pub(crate) at: Place,
    /// How many steps of the path led there.
    pub(crate) taken: usize,
}

/// What a step of a path can lead to.
enum Next {
    Here,
    Field(PlaceStep),
    Amount(&'static str),
    Nothing,
}

impl Place {
    /// The kind itself.
    pub(crate) fn of(kind: &'static Kind) -> Self {
        Self { kind, steps: Vec::new() }
    }

    /// The place of the field at `segments` of `kind`. An item of a list stands where its list does, an entry of a map where its map
    /// does.
    ///
    /// # Errors
    /// The step leads to nothing; with the last place on the way.
    pub(crate) fn find(kind: &'static Kind, segments: &[Segment]) -> Result<Self, Lost> {
        let mut place = Self::of(kind);
        for (taken, segment) in segments.iter().enumerate() {
            match place.next(segment, segments[..taken].last()) {
                Next::Here => {}
                Next::Field(step) => place.steps.push(step),
                Next::Amount(amount) => place.steps.last_mut().into_iter().for_each(|step| step.amount = Some(amount)),
                Next::Nothing => return Err(Lost { at: place, taken }),
            }
        }
        Ok(place)
    }

    /// Where `segment` leads to, which comes after `before`.
    fn next(&self, segment: &Segment, before: Option<&Segment>) -> Next {
        let field_type = self.field_type();
        let is_first = !matches!(before, Some(Segment::Index(_) | Segment::Key(_)));
        let (name, is_item) = match segment {
            Segment::Field(name) => (name.as_str(), name.bytes().all(|byte| byte.is_ascii_digit())),
            // `options.name` is read as an entry of a map, as elsewhere `options` is one.
            Segment::Key(name) => (name.as_str(), self.field(name).is_none()),
            Segment::Index(_) => ("", true),
        };
        match &field_type {
            FieldType::List(_) if is_item && is_first => Next::Here,
            FieldType::Map(_) if self.amount().is_none() && is_first => self.entry(name),
            _ => self.field(name).map_or(Next::Nothing, Next::Field),
        }
    }

    /// The field `name` of what is here.
    fn field(&self, name: &str) -> Option<PlaceStep> {
        let owner = self.definition()?;
        Some(PlaceStep { owner, field: owner.field(name)?, amount: None })
    }

    fn entry(&self, key: &str) -> Next {
        let is_here = |amount: &&str| *amount == key && self.has_amounts() && self.has_amount(amount);
        AMOUNTS.iter().find(|amount| is_here(amount)).map_or(Next::Here, |amount| Next::Amount(amount))
    }

    /// True if the place is the map of requests or of limits.
    pub(crate) fn has_amounts(&self) -> bool {
        self.steps.last().is_some_and(|step| {
            step.amount.is_none() && step.owner.name == "ResourceRequirements" && matches!(step.field.name, "requests" | "limits")
        })
    }

    /// False of what only containers have, where the place is that of a whole Pod.
    ///
    /// Follows `supportedPodLevelResources` of `staging/src/k8s.io/component-helpers/resource/helpers.go` (v1.35).
    fn has_amount(&self, amount: &str) -> bool {
        amount != "ephemeral-storage" || self.holder() != Some(("PodSpec", "resources"))
    }

    pub(crate) fn amount(&self) -> Option<&'static str> {
        self.steps.last().and_then(|step| step.amount)
    }

    /// The type of what is there.
    pub(crate) fn field_type(&self) -> FieldType {
        match self.steps.last() {
            None => FieldType::Object(self.kind.name),
            Some(PlaceStep { amount: Some(_), .. }) => FieldType::Quantity,
            Some(step) => step.field.type_.clone(),
        }
    }

    /// The type whose fields are inside.
    pub(crate) fn definition(&self) -> Option<&'static Definition> {
        Definition::named(self.field_type().definition_name()?)
    }

    /// This place, and one of the fields inside of it.
    pub(crate) fn then(&self, step: PlaceStep) -> Self {
        let steps = self.steps.iter().copied().chain([step]).collect();
        Self { kind: self.kind, steps }
    }

    /// The places of the fields inside.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Self> {
        let owner = self.definition();
        let fields = owner.into_iter().flat_map(|owner| owner.fields.iter().map(move |field| (owner, field)));
        fields.map(|(owner, field)| self.then(PlaceStep { owner, field, amount: None }))
    }

    /// The places of the amounts inside.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = Self> {
        let map = self.steps.split_last().filter(|_| self.has_amounts());
        let amounts = || AMOUNTS.iter().filter(|amount| self.has_amount(amount));
        let all = map.into_iter().flat_map(move |(step, rest)| amounts().map(move |amount| (step, rest, *amount)));
        all.map(|(step, rest, amount)| {
            let steps = rest.iter().copied().chain([PlaceStep { amount: Some(amount), ..*step }]).collect();
            Self { kind: self.kind, steps }
        })
    }

    /// The first release that has all of the way.
    pub(crate) fn since(&self) -> Release {
        self.steps.iter().map(|step| step.field.since).max().unwrap_or(Release::since(""))
    }

    /// The type and the field under which the tables of notes have it.
    pub(crate) fn key(&self) -> Option<(&'static str, String)> {
        let step = self.steps.last()?;
        let amount = step.amount.map(|amount| format!(".{amount}")).unwrap_or_default();
        Some((step.owner.name, format!("{}{amount}", step.field.name)))
    }

    /// The type and the name of the field that holds it.
    pub(crate) fn holder(&self) -> Option<(&'static str, &'static str)> {
        let (_, before) = self.steps.split_last()?;
        before.last().map(|step| (step.owner.name, step.field.name))
    }

    /// The path from the root of the object, without indexes.
    pub(crate) fn path(&self) -> String {
        let names = self.steps.iter().flat_map(|step| std::iter::once(step.field.name).chain(step.amount));
        names.collect::<Vec<_>>().join(".")
    }

    /// The path with which to ask for it, which names kinds other than Pod.
    pub(crate) fn link(&self) -> String {
        match (self.kind.name, self.steps.is_empty()) {
            ("Pod", false) => self.path(),
            (kind, true) => kind.to_ascii_lowercase(),
            (kind, false) => format!("{}.{}", kind.to_ascii_lowercase(), self.path()),
        }
    }
}
