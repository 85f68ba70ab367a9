"""Pages of paths: training actions, interviews, exits and their rates, FSE+ operations and questionnaires.

What the package does not do: decide (room `outcomes`), show an answer to somebody who does not follow the person."""
