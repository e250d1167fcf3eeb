"""Prints when each field of the Kubernetes API first appeared, as releases of k8s-openapi know it."""
import re, sys, pathlib, collections
R = pathlib.Path(sys.argv[1])
BEST = {}
for crate in R.glob("k8s-openapi-0.*"):
    v = tuple(map(int, crate.name.rsplit("-",1)[1].split(".")))
    for d in (crate/"src").glob("v1_*"):
        m = int(d.name[3:])
        if m >= 7 and m <= 35: BEST[m] = max(BEST.get(m, ((0,),None)), (v, d), key=lambda x: x[0])
def read(d):
    defs = {}
    for f in d.rglob("*.rs"):
        t = f.read_text()
        m = re.match(r"// Generated from definition (\S+)", t)
        if not m: continue
        s = re.search(r"pub struct (\w+) \{\n(.*?)\n\}", t, re.S)
        if not s: 
            defs[m[1]] = {}
            continue
        types = dict((n.removeprefix("r#"), ty) for n, ty in re.findall(r"^    pub ([\w#]+): (.*?),$", s[2], re.M))
        i = t.find("Deserialize<'de> for Field")
        names = re.findall(r'"([^"]+)" => Field::Key_(\w+),', t[i:])
        fields = {}
        mod = f.parent.relative_to(d).parts
        for json, snake in names:
            ty = types.get(snake) or types.get(snake + "_") or types.get(snake.rstrip("_"))
            assert ty or snake not in types, (f, snake, types)
            refs = re.findall(r"crate::(?:v1_\d+::)?((?:\w+::)+\w+)", ty or "")
            fields[json] = refs[-1] if refs else None
        if "kind" not in fields and "Metadata" in t[:i] and False: pass
        # apiVersion and kind of objects are not struct fields
        defs[m[1]] = fields
    bypath = {}
    for name, fields in defs.items(): bypath[name] = fields
    return defs
def key(ref, defs, cache={}):
    """api::core::v1::Container → definition"""
    k = (id(defs), ref)
    if k not in cache:
        end = "." + ref.replace("::", ".")
        short = {"api": "io.k8s", "apimachinery": "io.k8s"}.get(ref.split("::")[0], "io.k8s")
        full = short + end
        cache[k] = full if full in defs else next((d for d in defs if d.endswith(end)), None)
    return cache[k]
KINDS = {"Pod": ["core.v1"], "PodTemplate": ["core.v1"], "ReplicationController": ["core.v1"],
 "Deployment": ["apps.v1","apps.v1beta2","extensions.v1beta1"], "StatefulSet": ["apps.v1","apps.v1beta2","apps.v1beta1"],
 "DaemonSet": ["apps.v1","apps.v1beta2","extensions.v1beta1"], "ReplicaSet": ["apps.v1","apps.v1beta2","extensions.v1beta1"],
 "Job": ["batch.v1"], "CronJob": ["batch.v1","batch.v1beta1","batch.v2alpha1"]}
def walk(defs, kind):
    for g in KINDS[kind]:
        root = f"io.k8s.api.{g}.{kind}"
        if root in defs: break
    else: return {}
    out = {}
    def go(d, path, depth, seen):
        for f, ref in defs[d].items():
            p = path + (f,)
            t = key(ref, defs) if ref else None
            out[p] = (d, t)
            if t and t not in seen and defs[t]: go(t, p, depth+1, seen | {t})
    go(root, (), 0, {root})
    return out
first = {k: {} for k in KINDS}
last = {}
kindsince = {}
for m in sorted(BEST):
    if m < 8: continue
    defs = read(BEST[m][1])
    for k in KINDS:
        w = walk(defs, k)
        if m == 35: last[k] = w
        for p in w: first[k].setdefault(p, m)
    print(m, BEST[m][1].parts[-3], len(defs), {k: len(walk(defs,k)) for k in KINDS}, file=sys.stderr)
# (definition, field) -> min
tab = {}
for k in KINDS:
    for p,(d,t) in last[k].items():
        tab[(d,p[-1])] = min(tab.get((d,p[-1]), 99), first[k][p])
bad = 0
for k in KINDS:
    for p,(d,t) in last[k].items():
        want = first[k][p]
        got = max(tab[(last[k][p[:i+1]][0], p[i])] for i in range(len(p)))
        if want != got:
            bad += 1
            if k in("Pod","CronJob","Job"): print("differs", k, ".".join(p), want, got, file=sys.stderr)
print("differing", bad, file=sys.stderr)
for (d,f),m in sorted(tab.items()):
    if m > 8: print(f"{d.rsplit('.',1)[1]}\t{f}\t1.{m}")
