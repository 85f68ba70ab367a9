"""Follow-up documents of a scope over a period: bilan, point d'étape, attestation of a firm for a year.

`facts` holds what is said (frozen, no person), `coherence` refuses figures that contradict each other, `bilan`,
`update` and `yearly` say it in French as a `paper`, which `rendering` sets as PDF, workbook or text.
"""
