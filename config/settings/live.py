"""What runs: all the parts together."""

from config.settings.base import *  # noqa: F403  # settings are made of their parts
from config.settings.database import *  # noqa: F403  # settings are made of their parts
from config.settings.security import *  # noqa: F403  # settings are made of their parts
from config.settings.services import *  # noqa: F403  # settings are made of their parts
