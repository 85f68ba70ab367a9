"""Addresses of the documents, under `/o/<slug>/`."""

from django.urls import path, register_converter

from clausette.reports.enums import FileFormat
from clausette.web.reports.views import checking, documents, issuing, making, sending

app_name = "reports"


class FormatConverter:
    """« xlsx » or « docx » at the end of an address."""

    regex = "xlsx|docx"

    def to_python(self, value: str) -> FileFormat:
        """The format of these letters."""
        return FileFormat(value)

    def to_url(self, value: str) -> str:
        """The letters of a format."""
        return str(value)


register_converter(FormatConverter, "format")

urlpatterns = [
    path("documents/", documents.documents, name="list"),
    path("documents/nouveau/", making.new, name="new"),
    path("documents/verifier/", checking.verify, name="verify"),
    path("documents/<uuid:uid>/", documents.show, name="show"),
    path("documents/<uuid:uid>/envoyer/", sending.send, name="send"),
    path("documents/<uuid:uid>.pdf", documents.pdf, name="pdf"),
    path("documents/<uuid:uid>.<format:chosen>", documents.file, name="file"),
    path("engagements/<uuid:uid>/attestation/", issuing.issue, name="issue"),
]
