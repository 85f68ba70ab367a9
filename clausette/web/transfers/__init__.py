"""Files on the way in and on the way out: uploads cut while they are read, downloads that cannot harm.

What the package does not do: it keeps nothing and judges no content, the files room does.
"""

from clausette.web.transfers.downloads import attachment
from clausette.web.transfers.uploads import file_input, limited_upload, refuse_cut

__all__ = ["attachment", "file_input", "limited_upload", "refuse_cut"]
