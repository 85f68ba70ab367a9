"""Sub-contractors invited by a firm for a contract: asked there, answered by the structure that follows it."""
