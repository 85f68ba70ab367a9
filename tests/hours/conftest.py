from tests.hours import neighbours

neighbours.install()
