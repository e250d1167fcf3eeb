//! Who shares what: a table with a row for each container and a column for each volume. It holds the inputs of the volumes and
//! of the mounts, which is the pattern itself.

use serde_json::Value;

use crate::document::{Edit, Mounts, Path, Role};
use crate::web::form::ask::ask_for_all;
use crate::web::form::container::role_label;
use crate::web::form::control::messages;
use crate::web::form::list::{edit_button, submit};
use crate::web::form::mount;
use crate::web::form::mount_paths::PathHints;
use crate::web::form::place::{Place, name_of};
use crate::web::form::volume;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

const HINT: &str = "A volume is one directory. Each container that mounts it sees the same files, at a path of its own, for as long as the Pod lives.";

/// As many cells a table has at most. A larger document has its mounts in the cards of its containers.
const MAX_CELLS: usize = 400;

/// What the table shows.
pub struct Sharing<'a> {
    sheet: &'a Sheet,
    mounts: Mounts<'a>,
    rows: Vec<Row<'a>>,
    /// True if a container mounts a claim, or a volume that there is not.
    has_claimed: bool,
    has_strays: bool,
    columns: Vec<Column<'a>>,
    choices: &'a VolumeChoices,
}

/// A container.
struct Row<'a> {
    container: Place<'a>,
    mounts: Place<'a>,
    hints: PathHints,
    /// The places in its list of the mounts whose volume is a claim of the `StatefulSet`.
    claimed: Vec<usize>,
    /// Of those whose volume there is not.
    strays: Vec<usize>,
}

/// A volume.
struct Column<'a> {
    volume: Place<'a>,
    name: &'a str,
    /// False of a volume whose name another one before it has, which has its mounts.
    has_mounts: bool,
}

impl<'a> Sharing<'a> {
    /// The table for a document that is small enough for one.
    pub fn of(sheet: &'a Sheet, choices: &'a VolumeChoices) -> Option<Self> {
        let document = sheet.document();
        let mounts = Mounts::new(document);
        let volumes = Place::of(document, document.pod_spec().entry("volumes"));
        let fits = mounts.containers().max(1) * volumes.count().max(1) <= MAX_CELLS;
        if !fits || !sheet.window.is_whole() {
            return None;
        }
        let mut columns: Vec<Column> = Vec::new();
        for volume in (0..volumes.count()).map(|index| volumes.item(index)) {
            let name = volume.text_of("name");
            let has_mounts = columns.iter().all(|column| column.name != name);
            columns.push(Column { volume, name, has_mounts });
        }
        let containers = mounts.all_containers().into_iter().map(|path| Place::of(document, path));
        let claims: Vec<&str> = document.claims().collect();
        let rows: Vec<Row> = containers.map(|container| Row::of(container, &columns, &claims)).collect();
        let has_claimed = rows.iter().any(|row| !row.claimed.is_empty());
        let has_strays = rows.iter().any(|row| !row.strays.is_empty());
        Some(Self { sheet, mounts, rows, has_claimed, has_strays, columns, choices })
    }

    /// The section with the table and what adds to it.
    pub fn section(&self, html: &mut Html) {
        let volumes = &self.sheet.document().pod_spec().entry("volumes");
        let id = volumes.to_text();
        html.start("section").class("card sharing").fixed("aria-labelledby", "sharing-heading").holding(|html| {
            html.start("h2").fixed("id", "sharing-heading").saying("Who shares what");
            html.start("p").class("hint").saying(HINT);
            html.start("div").target(&id).holding(|html| messages(html, self.sheet, &id));
            if !self.columns.is_empty() {
                self.asks(html, volumes);
            }
            html.start("div").class("scroll").holding(|html| html.start("table").holding(|html| self.table(html)));
            self.adders(html, volumes);
        });
    }

    /// What the inputs of the table mean: once, and not in each of its cells.
    fn asks(&self, html: &mut Html, volumes: &Path) {
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
        ask_for_all(html, self.sheet, &fields);
    }

    fn table(&self, html: &mut Html) {
        html.start("thead").holding(|html| html.start("tr").holding(|html| self.head(html)));
        html.start("tbody").holding(|html| {
            for (number, row) in self.rows.iter().enumerate() {
                // Where one goes on when a mount is removed.
                let mounts = row.container.path.entry("volumeMounts").to_text();
                let element = html.start("tr").with("id", [&mounts]).fixed("tabindex", "-1");
                element.holding(|html| self.row(html, number, row));
            }
        });
    }

    fn head(&self, html: &mut Html) {
        let head = |html: &mut Html, words: &str| {
            html.start("th").fixed("scope", "col").holding(|html| html.start("span").class("label").saying(words));
        };
        head(html, "Container");
        for column in &self.columns {
            html.start("th").fixed("scope", "col").holding(|html| volume::head(html, self.sheet, &column.volume));
        }
        if self.has_claimed {
            head(html, "Claim of the StatefulSet");
        }
        if self.has_strays {
            head(html, "No such volume");
        }
    }

    fn row(&self, html: &mut Html, number: usize, row: &Row<'_>) {
        let container = &row.container;
        html.start("th").fixed("scope", "row").holding(|html| {
            html.start("a").with("href", ["#", &container.id]).saying(&name_of(container));
            html.start("span").class("badge").saying(role_label(Role::of(self.sheet.document(), &container.path)));
            html.start("code").saying(&label(container.text_of("image")));
        });
        for column in &self.columns {
            html.start("td").holding(|html| self.cell(html, column, number, row));
        }
        for (mounts, is_shown) in [(&row.claimed, self.has_claimed), (&row.strays, self.has_strays)] {
            if is_shown {
                html.start("td").holding(|html| mounts.iter().for_each(|index| self.mount(html, row, *index)));
            }
        }
    }

    fn cell(&self, html: &mut Html, column: &Column<'_>, number: usize, row: &Row<'_>) {
        html.start("span").class("of-volume").fixed("aria-hidden", "true").saying(&label(column.name));
        let mounts = if column.has_mounts { self.mounts.of(column.name) } else { &[] };
        let mut here = mounts.iter().filter(|mount| mount.container == number).peekable();
        if here.peek().is_none() {
            share(html, &column.volume, &row.container);
        }
        here.for_each(|mount| self.mount(html, row, mount.index));
    }

    fn mount(&self, html: &mut Html, row: &Row<'_>, index: usize) {
        mount::cell(html, self.sheet, &row.mounts.item(index), row.hints, self.choices);
    }

    fn adders(&self, html: &mut Html, volumes: &Path) {
        let spec = self.sheet.document().pod_spec();
        let init = spec.entry("initContainers");
        let has_init = self.sheet.document().count(&init) > 0;
        // Where the list has no section of its own, this stands for it.
        let init_id = (!has_init).then(|| init.to_text());
        html.start("div").class("adders").holding(|html| {
            edit_button(html, &Edit::Add(spec.entry("containers")), "Add container");
            html.start("span").class("adders").maybe("id", init_id).fixed("tabindex", "-1").holding(|html| {
                edit_button(html, &Edit::Add(init.clone()), "Add init container");
                edit_button(html, &Edit::AddSidecar(init.clone()), "Add sidecar");
            });
            edit_button(html, &Edit::Add(volumes.clone()), "Add volume");
            self.share_new(html);
        });
    }

    fn share_new(&self, html: &mut Html) {
        let between = match self.rows.as_slice() {
            [] | [_] => return,
            [first, second] => format!("{} and {}", name_of(&first.container), name_of(&second.container)),
            all => format!("all {} containers", all.len()),
        };
        edit_button(html, &Edit::ShareNew, &format!("Share a new volume between {between}"));
    }
}

impl<'a> Row<'a> {
    fn of(container: Place<'a>, columns: &[Column<'_>], claims: &[&str]) -> Self {
        let mounts = container.entry("volumeMounts");
        let name = |mount: &'a Value| mount.get("name").and_then(Value::as_str).unwrap_or_default();
        let all = mounts.value.and_then(Value::as_array).into_iter().flatten().enumerate();
        let named = all.filter(|(_, mount)| mount.is_object()).map(|(index, mount)| (index, name(mount)));
        let others = named.filter(|(_, name)| columns.iter().all(|column| column.name != *name));
        let (claimed, strays): (Vec<_>, Vec<_>) = others.partition(|(_, name)| claims.contains(name));
        let places = |mounts: Vec<(usize, &str)>| mounts.into_iter().map(|(index, _)| index).collect();
        let hints = PathHints::of(container.text_of("image"));
        Self { container, mounts, hints, claimed: places(claimed), strays: places(strays) }
    }
}

fn share(html: &mut Html, volume: &Place<'_>, container: &Place<'_>) {
    let words = ["Share ", &name_of(volume), " with ", &name_of(container)];
    let edit = Edit::Share(volume.path.clone(), container.path.clone());
    submit(html, "add", &edit).with("aria-label", words).saying("Share");
}
