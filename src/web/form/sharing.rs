//! Who shares what: a table with a row for each container and a column for each volume. It holds the inputs of the volumes and
//! of the mounts, which is the pattern itself.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Mounts, Path, Role};
use crate::web::form::ask::ask_for_all;
use crate::web::form::container::role_label;
use crate::web::form::control::messages;
use crate::web::form::list::edit_button;
use crate::web::form::mount;
use crate::web::form::volume;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::{IntoHtml, each, part};
use crate::web::sheet::{Sheet, label};

/// As many cells a table has at most. A larger document has its mounts in the cards of its containers.
const MAX_CELLS: usize = 400;

/// What the table shows.
pub struct Sharing<'a> {
    sheet: &'a Sheet,
    mounts: Mounts<'a>,
    rows: Vec<Row>,
    columns: Vec<Column<'a>>,
    choices: &'a VolumeChoices,
}

/// A container.
struct Row {
    path: Path,
    /// Its mounts whose volume there is not.
    strays: Vec<Path>,
}

/// A volume.
struct Column<'a> {
    path: Path,
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
            columns.push(Column { path, name, has_mounts });
        }
        let rows = mounts.all_containers().into_iter().map(|path| Row { strays: strays(sheet, &path, &columns), path }).collect();
        Some(Self { sheet, mounts, rows, columns, choices })
    }

    /// The section with the table and what adds to it.
    pub fn section(&self) -> impl IntoView {
        part(move |html| {
            let volumes = &self.sheet.document().pod_spec().entry("volumes");
            let has_strays = self.rows.iter().any(|row| !row.strays.is_empty());
            let stray_header = has_strays.then(|| view! { <th scope="col"><span class="label">"No such volume"</span></th> });
            view! {
                <section class="card sharing" aria-labelledby="sharing-heading">
                    <h2 id="sharing-heading">"Who shares what"</h2>
                    <p class="hint">"A volume is one directory. Each container that mounts it sees the same files, at a path of its own, for as long as the Pod lives."</p>
                    <div id=volumes.to_text() tabindex="-1">{messages(self.sheet, volumes)}</div>
                    {(!self.columns.is_empty()).then(|| self.asks(volumes))}
                    <div class="scroll">
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col"><span class="label">"Container"</span></th>
                                    {each(&self.columns, |column| self.header(column))}
                                    {stray_header}
                                </tr>
                            </thead>
                            <tbody>{each(self.rows.iter().enumerate(), |(number, row)| self.row(number, row, has_strays))}</tbody>
                        </table>
                    </div>
                    {self.adders(volumes)}
                </section>
            }
            .write(html);
        })
    }

    /// What the inputs of the table mean: once, and not in each of its cells.
    fn asks(&self, volumes: &Path) -> impl IntoView {
        let volume = volumes.index(0);
        let mount = self.sheet.document().pod_spec().entry("containers").index(0).entry("volumeMounts").index(0);
        let empty_dir = volume.entry("emptyDir");
        let fields = [
            (volume.entry("name"), "Volume"),
            (empty_dir.entry("sizeLimit"), "Size limit"),
            (empty_dir.entry("medium"), "Keep in memory"),
            (mount.entry("mountPath"), "Mount path"),
            (mount.entry("readOnly"), "Read-only"),
            (mount.entry("subPath"), "Sub path"),
        ];
        ask_for_all(self.sheet, fields)
    }

    fn header(&self, column: &Column<'_>) -> impl IntoView {
        view! { <th scope="col">{volume::head(self.sheet, &column.path)}</th> }
    }

    fn row(&self, number: usize, Row { path, strays }: &Row, has_strays: bool) -> impl IntoView {
        let name = self.sheet.name_of(path);
        let role = Role::of(self.sheet.document(), path);
        let strays = has_strays.then(|| view! { <td>{each(strays, |mount| self.mount(mount.clone()))}</td> });
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("#{path}")>{name}</a>
                    <span class="badge">{role_label(role)}</span>
                    <code>{label(self.sheet.document().text(&path.entry("image")))}</code>
                </th>
                {each(&self.columns, move |column| self.cell(column, number, path))}
                {strays}
            </tr>
        }
    }

    fn cell(&self, column: &Column<'_>, number: usize, container: &Path) -> impl IntoView {
        let mounts = if column.has_mounts { self.mounts.of(column.name) } else { &[] };
        let mut here = mounts.iter().filter(move |mount| mount.container == number).peekable();
        let share = here.peek().is_none().then(|| self.share(&column.path, container));
        let mounts = each(here, |mount| self.mount(self.mounts.path(*mount)));
        view! { <td><span class="of-volume" aria-hidden="true">{label(column.name)}</span>{share}{mounts}</td> }
    }

    fn mount(&self, path: Path) -> impl IntoView {
        mount::cell(self.sheet, path, self.choices)
    }

    fn share(&self, volume: &Path, container: &Path) -> impl IntoView {
        let words = format!("Share {} with {}", self.sheet.name_of(volume), self.sheet.name_of(container));
        let edit = Edit::Share(volume.clone(), container.clone()).to_string();
        view! { <button type="submit" class="add" name="edit" value=edit aria-label=words>"Share"</button> }
    }

    fn adders(&self, volumes: &Path) -> impl IntoView {
        let spec = self.sheet.document().pod_spec();
        let (init, ordinary) = (spec.entry("initContainers"), spec.entry("containers"));
        let has_init = self.sheet.document().get(&init).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
        // Where the list has no section of its own, this stands for it.
        let init_id = (!has_init).then(|| init.to_text());
        view! {
            <div class="adders">
                {edit_button(Edit::Add(ordinary), "Add container")}
                <span id=init_id tabindex="-1" class="adders">
                    {edit_button(Edit::Add(init.clone()), "Add init container")}
                    {edit_button(Edit::AddSidecar(init), "Add sidecar")}
                </span>
                {edit_button(Edit::Add(volumes.clone()), "Add volume")}
                {self.share_new()}
            </div>
        }
    }

    fn share_new(&self) -> Option<impl IntoView> {
        let between = match self.rows.as_slice() {
            [] | [_] => return None,
            [first, second] => format!("{} and {}", self.sheet.name_of(&first.path), self.sheet.name_of(&second.path)),
            all => format!("all {} containers", all.len()),
        };
        Some(edit_button(Edit::ShareNew, format!("Share a new volume between {between}")))
    }
}

/// The mounts of the container at `container` that name none of the volumes of `columns`.
fn strays(sheet: &Sheet, container: &Path, columns: &[Column<'_>]) -> Vec<Path> {
    let is_stray = |mount: &Value| {
        let name = mount.get("name").and_then(Value::as_str).unwrap_or_default();
        mount.is_object() && columns.iter().all(|column| column.name != name)
    };
    let list = container.entry("volumeMounts");
    sheet.document().items(&list).filter(|(_, mount)| is_stray(mount)).map(|(path, _)| path).collect()
}
