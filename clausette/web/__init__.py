"""Web: pages, forms, components, layout. It sees no table.

Words: a *door* is what stands before each view: it opens the rights, says who may enter and turns refusals into
pages. An *area* (desk, contracts, people, hours…) is a folder with its addresses, views, forms and templates.
"""
