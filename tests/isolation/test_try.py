import time, collections
import pytest
from django.db import connection
from tests.isolation.knocking import Knocker
from tests.isolation.principals import seated
from tests.isolation.probes import targets
from tests.isolation.test_matrix import lines
pytestmark = pytest.mark.django_db
def test_time(world):
    t=time.perf_counter(); people = seated(world); print("seated", time.perf_counter()-t)
    k = Knocker(world)
    t=time.perf_counter(); k.remember(); print("remember", time.perf_counter()-t, len(k.before))
    t=time.perf_counter(); k._state(); print("state", time.perf_counter()-t)
    who = people[1]
    c=collections.Counter(); n=collections.Counter()
    for rep in range(2):
      for route, line in lines():
        for target in targets(world, route, line, who):
            t=time.perf_counter(); k.read(target); d=time.perf_counter()-t
            c[route.name]+=d; n[route.name]+=1
      print(rep, sum(c.values()), sum(n.values()), [(a, round(b/n[a]*1000)) for a,b in c.most_common(12)])
      c.clear(); n.clear()
    t=time.perf_counter(); k.send(target, [], "x"); print("send", time.perf_counter()-t)
