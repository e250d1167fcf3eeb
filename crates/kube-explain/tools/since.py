"""Writes data/since.tsv: the release in which each field of the workload kinds appeared, if that was after 1.8.

python3 since.py FOLDER > ../data/since.tsv

FOLDER holds unpacked releases of k8s-openapi, k8s-openapi-0.7.1 and so on, that have the API of 1.8 to 1.35 between them, such as
the sources that cargo keeps of its registry. Where two have the same API, the later one is read. 0.7.1, 0.13.1, 0.16.0, 0.18.0,
0.20.0, 0.22.0, 0.24.0, 0.26.0 and 0.29.0 are enough.
"""

import pathlib
import re
import sys

OLDEST, NEWEST = 8, 35

# Where a kind is found, the version of today first.
KINDS = {
    "Pod": ["core.v1"],
    "PodTemplate": ["core.v1"],
    "ReplicationController": ["core.v1"],
    "Deployment": ["apps.v1", "apps.v1beta2", "extensions.v1beta1"],
    "StatefulSet": ["apps.v1", "apps.v1beta2", "apps.v1beta1"],
    "DaemonSet": ["apps.v1", "apps.v1beta2", "extensions.v1beta1"],
    "ReplicaSet": ["apps.v1", "apps.v1beta2", "extensions.v1beta1"],
    "Job": ["batch.v1"],
    "CronJob": ["batch.v1", "batch.v1beta1", "batch.v2alpha1"],
}


def sources(folder):
    """The folder of each API, by its minor release."""
    found = {}
    for crate in folder.glob("k8s-openapi-0.*"):
        version = tuple(int(part) for part in crate.name.rsplit("-", 1)[1].split("."))
        for api in (crate / "src").glob("v1_*"):
            minor = int(api.name[len("v1_"):])
            found[minor] = max(found.get(minor, (version, api)), (version, api))
    missing = [minor for minor in range(OLDEST, NEWEST + 1) if minor not in found]
    assert not missing, f"no release has the API of 1.{missing}"
    return {minor: found[minor][1] for minor in range(OLDEST, NEWEST + 1)}


def read(api):
    """The types of an API: their fields, each with the Rust path of the type that it leads to."""
    types = {}
    for file in api.rglob("*.rs"):
        text = file.read_text()
        name = re.match(r"// Generated from definition (\S+)", text)
        struct = re.search(r"pub struct \w+ \{\n(.*?)\n\}", text, re.S)
        if not name:
            continue
        members = struct[1] if struct else ""
        rust = {member.removeprefix("r#"): type_ for member, type_ in re.findall(r"^    pub ([\w#]+): (.*?),$", members, re.M)}
        keys = text[max(text.find("Deserialize<'de> for Field"), 0):] if struct else ""
        fields = {}
        for field, member in re.findall(r'"([^"]+)" => Field::Key_(\w+),', keys):
            type_ = rust.get(member) or rust.get(member + "_") or rust.get(member.rstrip("_")) or ""
            leads_to = re.findall(r"crate::(?:v1_\d+::)?((?:\w+::)+\w+)", type_)
            fields[field] = leads_to[-1] if leads_to else None
        types[name[1]] = fields
    return types


def walk(types, kind):
    """The paths of all fields of a kind, each with the type that it is a field of."""
    by_end = {}
    for name in types:
        by_end.setdefault("::".join(name.split(".")[2:]), name)
    root = next((name for group in KINDS[kind] if (name := f"io.k8s.api.{group}.{kind}") in types), None)
    found = {}

    def follow(name, path, above):
        for field, leads_to in types[name].items():
            found[path + (field,)] = name
            inside = by_end.get(leads_to) if leads_to else None
            if inside and inside not in above:
                follow(inside, path + (field,), above | {inside})

    if root:
        follow(root, (), {root})
    return found


def main():
    first = {kind: {} for kind in KINDS}
    newest = {}
    for minor, api in sources(pathlib.Path(sys.argv[1])).items():
        types = read(api)
        for kind in KINDS:
            newest[kind] = walk(types, kind)
            for path in newest[kind]:
                first[kind].setdefault(path, minor)
    since = {}
    for kind, paths in newest.items():
        for path, name in paths.items():
            key = (name, path[-1])
            since[key] = min(since.get(key, NEWEST), first[kind][path])
    for kind, paths in newest.items():
        for path in paths:
            along = max(since[paths[path[:end]], path[end - 1]] for end in range(1, len(path) + 1))
            assert along == first[kind][path], (kind, path, along, first[kind][path])
    for (name, field), minor in sorted(since.items()):
        if minor > OLDEST:
            print(f"{name.rsplit('.', 1)[1]}\t{field}\t1.{minor}")


main()
