"""« Mandats de déclaration »: what a firm gives, follows, withdraws (docs/adr/0022)."""
