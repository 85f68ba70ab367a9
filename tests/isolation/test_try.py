import time, json, os, logging
import pytest
from tests.isolation.knocking import Knocker
from tests.isolation.principals import seated
from tests.isolation.test_matrix import *
from tests.isolation import test_matrix as T
pytestmark = pytest.mark.django_db
del test_every_address_is_listed_once_and_nothing_else_is, test_every_tenant_table_has_its_direct_probe, test_as_it_is, test_the_database_holds_alone, test_the_queries_hold_alone, test_without_both_nets_every_table_leaks_to_every_role
def dump(name, k, direct):
    o = k.out
    with open(f'/tmp/team/matrix_{name}.txt','w') as f:
        f.write(f"{o.knocks} {o.statuses}\n")
        f.write(f"DIRECT {dict(direct)}\n")
        f.write(f"FORMS {sorted(o.bodies)}\n")
        f.write("\n".join(o.faults)+"\n")
        f.write("\n".join(sorted({f"LEAK {l}: {r.table} {r.pk} {sorted(r.seen_by)}" for _, l, r in o.leaks}))+"\n")
        f.write("\n".join("DIFF "+d for d in T.different(o))+"\n")
        for key, a in o.unseen.items():
            v = list(a.values())
            if len(set(v)) > 1 and v[0][0] == v[-1][0]:
                import difflib
                f.write("BODYDIFF %s %s\n" % (key, "\n".join(difflib.unified_diff(v[0][1].decode().splitlines(), v[-1][1].decode().splitlines(), lineterm="", n=0)))); break
        f.write("\n".join(f"SEEN {k} {sorted(v)}" for k,v in sorted(o.seen.items(), key=str))+"\n")
def test_time(world, monkeypatch):
    logging.disable(logging.CRITICAL)
    people = seated(world)
    only = os.environ.get("ONLY")
    if only: people = [p for p in people if p.name in only.split(",")]
    which = os.environ.get("RUNS","1234")
    for run in which:
        t = time.perf_counter()
        k = Knocker(world, strict=run=="1")
        if run == "1":
            try: knock_at_all(k, people)
            finally: dump(run, k, {})
            d = look_directly(world, people)
        elif run == "2":
            with monkeypatch.context() as m:
                without_scopes(m); knock_to_read(k, people); d = look_directly(world, people)
        elif run == "3":
            with without_policies():
                knock_to_read(k, people); d = look_directly(world, people)
        else:
            with monkeypatch.context() as m, without_policies():
                without_scopes(m); knock_to_read(k, people); d = look_directly(world, people)
        dump(run, k, d)
        print("run", run, k.out.knocks, time.perf_counter()-t)
