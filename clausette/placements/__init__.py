"""People at work: work contracts, and to which engagement each is given.

Words: a *placement* (mise à l'emploi) is one work contract of one participant with one employer; an *allocation*
(répartition des heures) is one mise à disposition: host company and engagement credited, between two dates.
What the room does not do: hours (`hours`)."""
