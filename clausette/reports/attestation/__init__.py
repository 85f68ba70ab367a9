"""The attestation d'heures d'insertion: a document that certifies the hours done on one engagement.

`facts` holds what is certified (frozen, no person's name, no eligibility reason), `coherence` refuses figures
that contradict each other, `wording` says it in French, `render` sets it as a tagged PDF. Nothing here reads
the database or the clock: the dates come in the facts.
"""
