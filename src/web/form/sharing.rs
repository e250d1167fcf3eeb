//! Who shares what: a table with a row for each container and a column for each volume. It holds the inputs of the volumes and
//! of the mounts, which is the pattern itself.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Mount, Mounts, Path, Role};
use crate::web::form::container::role_label;
use crate::web::form::control::messages;
use crate::web::form::list::edit_button;
use crate::web::form::mount;
use crate::web::form::volume;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::{Sheet, label};

/// As many cells a table has at most. A larger document has its mounts in the cards of its containers.
const MAX_CELLS: usize = 400;

/// What the table shows.
pub struct Sharing<'a> {
    sheet: &'a Sheet,
    mounts: Mounts<'a>,
    containers: Vec<Path>,
    columns: Vec<Column<'a>>,
    choices: &'a VolumeChoices,
}

/// A volume, or what the mounts of no volume stand in.
struct Column<'a> {
    /// `None` of the mounts whose volume there is not.
    volume: Option<Path>,
    name: &'a str,
    /// False of a volume whose name another one before it has, which has its mounts.
    has_mounts: bool,
}

impl<'a> Sharing<'a> {
    /// The table for a document that is small enough for one.
    pub fn of(sheet: &'a Sheet, choices: &'a VolumeChoices) -> Option<Self> {
        let document = sheet.document();
        let mounts = Mounts::new(document);
        let volumes: Vec<_> = document.items(&document.pod_spec().entry("volumes")).collect();
        let fits = mounts.containers().max(1) * volumes.len().max(1) <= MAX_CELLS;
        if !fits || !sheet.window.is_whole() {
            return None;
        }
        let mut columns: Vec<Column> = Vec::new();
        for (path, volume) in volumes {
            let name = volume.get("name").and_then(Value::as_str).unwrap_or_default();
            let has_mounts = columns.iter().all(|column| column.name != name);
            columns.push(Column { volume: Some(path), name, has_mounts });
        }
        let containers = mounts.all_containers();
        Some(Self { sheet, mounts, containers, columns, choices })
    }

    /// The section with the table and what adds to it.
    pub fn section(&self) -> Html {
        let volumes = self.sheet.document().pod_spec().entry("volumes");
        let columns: Html = self.columns.iter().map(|column| self.header(column)).collect();
        let strays = self.has_strays();
        let rows: Html = self.containers.iter().enumerate().map(|(number, path)| self.row(number, path, strays)).collect();
        let stray_header = strays.then(|| view! { <th scope="col"><span class="label">"No such volume"</span></th> });
        view! {
            <section class="card sharing" aria-labelledby="sharing-heading">
                <h2 id="sharing-heading">"Who shares what"</h2>
                <p class="hint">"A volume is one directory. Each container that mounts it sees the same files, at a path of its own, for as long as the Pod lives."</p>
                <div id=volumes.to_text() tabindex="-1">{messages(self.sheet, &volumes)}</div>
                <div class="scroll">
                    <table>
                        <thead><tr><th scope="col"><span class="label">"Container"</span></th>{columns}{stray_header}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {self.adders(&volumes)}
            </section>
        }
        .html()
    }

    fn header(&self, column: &Column<'_>) -> Html {
        let Some(path) = &column.volume else { return Html::default() };
        view! { <th scope="col">{volume::head(self.sheet, path)}</th> }.html()
    }

    fn row(&self, number: usize, path: &Path, has_strays: bool) -> Html {
        let name = self.sheet.name_of(path);
        let role = Role::of(self.sheet.document(), path);
        let cells: Html = self.columns.iter().map(|column| self.cell(column, number, path)).collect();
        let strays = if has_strays { self.strays(number) } else { Html::default() };
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("#{path}")>{name}</a>
                    <span class="badge">{role_label(role)}</span>
                    <code>{label(self.sheet.document().text(&path.entry("image")))}</code>
                </th>
                {cells}
                {strays}
            </tr>
        }
        .html()
    }

    fn cell(&self, column: &Column<'_>, number: usize, container: &Path) -> Html {
        let mounts = if column.has_mounts { self.mounts.of(column.name) } else { &[] };
        let here: Html = mounts.iter().filter(|mount| mount.container == number).map(|mount| self.mount(*mount)).collect();
        let content = match &column.volume {
            Some(volume) if here.as_str().is_empty() => self.share(volume, container),
            _ => here,
        };
        view! { <td><span class="of-volume" aria-hidden="true">{label(column.name)}</span>{content}</td> }.html()
    }

    fn mount(&self, mount: Mount) -> Html {
        mount::cell(self.sheet, &self.mounts.path(mount), self.choices)
    }

    fn share(&self, volume: &Path, container: &Path) -> Html {
        let words = format!("Share {} with {}", self.sheet.name_of(volume), self.sheet.name_of(container));
        let edit = Edit::Share(volume.clone(), container.clone()).to_string();
        view! { <button type="submit" class="add" name="edit" value=edit aria-label=words>"Share"</button> }.html()
    }

    /// True if a mount names a volume that there is not.
    fn has_strays(&self) -> bool {
        (0..self.containers.len()).any(|number| self.stray_mounts(number).next().is_some())
    }

    fn stray_mounts(&self, number: usize) -> impl Iterator<Item = Path> {
        let list = self.containers[number].entry("volumeMounts");
        let is_stray = |mount: &Value| {
            let name = mount.get("name").and_then(Value::as_str).unwrap_or_default();
            mount.is_object() && self.columns.iter().all(|column| column.name != name)
        };
        let mounts = self.sheet.document().items(&list).filter(move |(_, mount)| is_stray(mount));
        mounts.map(|(path, _)| path).collect::<Vec<_>>().into_iter()
    }

    fn strays(&self, number: usize) -> Html {
        let mounts: Html = self.stray_mounts(number).map(|path| mount::cell(self.sheet, &path, self.choices)).collect();
        view! { <td>{mounts}</td> }.html()
    }

    fn adders(&self, volumes: &Path) -> Html {
        let spec = self.sheet.document().pod_spec();
        let (init, ordinary) = (spec.entry("initContainers"), spec.entry("containers"));
        let has_init = self.sheet.document().get(&init).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
        // Where the list has no section of its own, this stands for it.
        let init_id = (!has_init).then(|| init.to_text());
        view! {
            <div class="adders">
                {edit_button(&Edit::Add(ordinary), "Add container")}
                <span id=init_id tabindex="-1" class="adders">
                    {edit_button(&Edit::Add(init.clone()), "Add init container")}
                    {edit_button(&Edit::AddSidecar(init), "Add sidecar")}
                </span>
                {edit_button(&Edit::Add(volumes.clone()), "Add volume")}
                {self.share_new()}
            </div>
        }
        .html()
    }

    fn share_new(&self) -> Html {
        let between = match self.containers.as_slice() {
            [] | [_] => return Html::default(),
            [first, second] => format!("{} and {}", self.sheet.name_of(first), self.sheet.name_of(second)),
            all => format!("all {} containers", all.len()),
        };
        edit_button(&Edit::ShareNew, format!("Share a new volume between {between}"))
    }
}
