//! What happens to the data, the containers and the Pod when something happens.
//!
//! [`events`] are those that make sense for a document, [`what_happens`] follows one of them, from the Pod as it runs to the
//! Pod, or the Pods, afterwards. `facts` names the upstream source of each fact.

mod completion;
mod container_end;
mod drain;
mod event;
#[cfg(test)]
mod facts;
mod fill;
mod memory_use;
mod outcome;
mod owner;
mod policy;
mod reboot;
mod removal;
mod rollout;
mod scene;
mod writers;

use serde_json::Value;

pub use self::event::{Event, ParseEventError};
pub use self::outcome::{Cause, ContainerOutcome, Fate, Lever, Outcome, VolumeOutcome};
use self::scene::Scene;
use crate::workload::Workload;

/// The events that make sense for `document`, which may be any JSON value; none for kinds without a Pod.
#[must_use]
pub fn events(document: &Value) -> Vec<Event> {
    Workload::of(document).map(|workload| workload.events()).unwrap_or_default()
}

impl Workload<'_> {
    /// What [`events`] says of the document.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        event::of(self)
    }
}

/// The event of `document` that is called `id`, as [`Event::id`] says it.
#[must_use]
pub fn event(document: &Value, id: &str) -> Option<Event> {
    let event: Event = id.parse().ok()?;
    events(document).contains(&event).then_some(event)
}

/// What `event` does to the Pod of `document`; nothing at all if it is none of its [`events`].
#[must_use]
pub fn what_happens(document: &Value, event: &Event) -> Outcome {
    let workload = Workload::of(document).filter(|workload| workload.events().contains(event));
    workload.and_then(|workload| follow(&workload, event)).unwrap_or_default()
}

fn follow(workload: &Workload<'_>, event: &Event) -> Option<Outcome> {
    let mut scene = Scene::new(workload);
    match event {
        Event::Crash(name) => container_end::crash(&mut scene, scene::container(workload, name)?),
        Event::Restart(name) => container_end::restart(&mut scene, scene::container(workload, name)?),
        Event::Fill(name) => fill::fill(&mut scene, scene::volume(workload, name)?),
        Event::Memory(name) => memory_use::memory(&mut scene, scene::container(workload, name)?),
        Event::Reboot => reboot::reboot(&mut scene),
        Event::Drain => drain::drain(&mut scene),
        Event::Replace => rollout::replace(&mut scene),
        Event::Finish => completion::finish(&mut scene),
        Event::Delete => removal::delete(&mut scene),
    }
    if let Some(idle) = workload.idle() {
        scene.note(format!("With `{}` no Pod starts for now: this is what happens once one runs.", idle.written));
    }
    Some(scene.into_outcome())
}
